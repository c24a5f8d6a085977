"""The four figures at the top: value, difference from what happened, and target."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from model.inputs import POLICY_START, START
from model.targets import UP
from views.language import Locale

from .catalogue import HEADLINES, INTENSITY, LEAD, STEEL_OUTPUT
from .observed import target_for
from .simulation import Result

COSTS = {"public_cost": "private_cost"}
"""Yearly costs shown as a sum since the policy began, and what firms pay beside them."""
UNITS = {STEEL_OUTPUT: "Mt", "public_cost": "亿元"}
SIGNED = (LEAD, INTENSITY)
"""Figures that are changes or differences, shown with their sign."""
LARGE = 100.0
"""Figures from here on are shown without decimals."""


@dataclass(frozen=True)
class Figure:
    """One headline figure; `better` says whether the difference is an improvement (None: neither)."""

    indicator: str
    value: float
    delta: float
    target: str
    met: bool | None


def headline_value(result: Result, indicator: str, year: int) -> float:
    """The figure of an indicator in a year; costs are summed from the first policy year on."""
    if indicator in HEADLINES and result.values[indicator].ndim > 1:
        return float(result.series(indicator, "all")[POLICY_START - START : year - START + 1].sum())
    return result.at(year, indicator)


def figures(now: Result, ghost: Result, year: int, locale: Locale) -> list[Figure]:
    """The four figures for one year."""
    found = []
    for indicator in HEADLINES:
        value, before = headline_value(now, indicator, year), headline_value(ghost, indicator, year)
        target = target_for(indicator, year)
        if target:
            sign = "≥" if target.direction == UP else "≤"
            text = locale.translate(
                "headline.target", year=target.year, sign=sign, value=locale.number(target.value, 0)
            )
            met = target.missed_by(now.at(target.year, indicator)) == 0.0
        elif indicator in COSTS:
            firms = now.series(COSTS[indicator], "all")[POLICY_START - START : year - START + 1].sum()
            text, met = locale.translate("headline.firms", value=locale.number(float(firms))), None
        else:
            text, met = locale.translate("headline.no_target"), None
        found.append(Figure(indicator, value, value - before, text, met))
    return found


def digits_for(value: float) -> int:
    """Decimals of a headline figure."""
    return 0 if abs(value) >= LARGE else 1


def unit_of(indicator: str, locale: Locale) -> str:
    """Unit of a headline figure in words."""
    if indicator == LEAD:
        return locale.translate("headline.unit_lead")
    return locale.unit(UNITS.get(indicator, "%"))


def cards_html(shown: list[Figure], locale: Locale) -> str:
    """The figures as HTML; all texts are the project's own, and escaped all the same."""
    parts = []
    for figure in shown:
        signed = figure.indicator in SIGNED
        delta = locale.number(figure.delta, digits_for(figure.delta), sign=True)
        changed = delta.startswith(("+", "−"))
        against = locale.translate("headline.against", delta=delta) if changed else locale.translate("headline.same")
        status = ""
        if figure.met is not None:
            mark, word = ("✓", "met") if figure.met else ("✗", "missed")
            status = f'<span class="status {word}">{mark} {escape(locale.translate(f"headline.{word}"))}</span>'
        parts.append(
            f'<div class="card" data-figure="{figure.indicator}">'
            f'<div class="card-name">{escape(locale.translate(f"headline.{figure.indicator}"))}</div>'
            f'<div class="card-value">{escape(locale.number(figure.value, digits_for(figure.value), sign=signed))}'
            f'<span class="card-unit">{escape(unit_of(figure.indicator, locale))}</span></div>'
            f'<div class="card-delta{" changed" if changed else ""}">{escape(against)}</div>'
            f'<div class="card-target"><span>{escape(figure.target)}</span>{status}</div></div>'
        )
    return f'<div class="cards" role="group">{"".join(parts)}</div>'
