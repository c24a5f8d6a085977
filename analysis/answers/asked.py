"""What is asked: which indicators, years, policies and experiments the stored answers are about."""

from __future__ import annotations

from model.indicator_tags import indicator_tags
from model.inputs import LAST_OBSERVED, POLICY_START

TOTAL = "_total"
"""End of the names of indicators that are added up over the years of the plan."""
INDICATORS = (
    "co2_emissions_industry",
    "crude_steel_output",
    "energy_per_above_scale_industrial_va_change_cumulative",
    "vai_above_scale_real",
    "equipment_minus_steel_share",
    "employment.steel",
    "public_cost_total",
)
YEARS = (2020, 2025)
WHOLE, REFERENCE = "document_implemented", "no_document"
LEVEL, DIFFERENCE = "level", "difference"
MEASURES = (LEVEL, DIFFERENCE)
"""A result under `WHOLE`, or that less the result under `REFERENCE` at the same point."""
PACKAGES, PLANS = "packages", "plans"
SETS = {
    PACKAGES: ("closure_only", "renovation_only", "efficiency_only", "smart_only", REFERENCE),
    PLANS: (WHOLE, "as_happened", "green_first", "smart_first", REFERENCE),
}
"""Policies that are compared with each other: single packages, and whole plans."""
POLICIES = tuple(dict.fromkeys(policy for policies in SETS.values() for policy in policies))
CALIBRATED, PRIORS, SCREENED = "calibrated", "priors", "screened"
DESIGNS = {CALIBRATED: "closure_or_renovation", PRIORS: "what_decides", SCREENED: "screen_numbers"}
"""Shipped designs by what varies in them: draws of the calibration, disturbances and drivers; twelve numbers over their
whole priors; all numbers with a prior of their own, one after the other."""
UNDER = {CALIBRATED: YEARS, PRIORS: YEARS[-1:]}
"""Under what uncertainty policies are compared, with the years of each."""
SPLIT = tuple(name for name in INDICATORS if not name.endswith(TOTAL))
"""Indicators whose change is split."""
FROM = POLICY_START - 1
UNTIL = (YEARS[0], LAST_OBSERVED)
"""Years from which, and until which, changes are split."""
WORTH_ERRORS = 3
"""Standard errors below which the worth of knowing a number is read as none."""


def base_of(indicator: str) -> tuple[str, str | None]:
    """The indicator of the model, and the entry of its axis (None: it has one value a year)."""
    name, _, entry = indicator.removesuffix(TOTAL).partition(".")
    return name, entry or None


def better_of(indicator: str) -> tuple[str, ...]:
    """Whether more or less of an indicator is better; both where the model takes no side."""
    found = {one.id: one.better for one in indicator_tags()}.get(base_of(indicator)[0])
    return {1: ("higher",), -1: ("lower",)}.get(found or 0, ("lower", "higher"))
