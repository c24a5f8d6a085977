"""What the three kinds of stored answers have in common: names of indicators and policies, percentages, commands."""

from __future__ import annotations

from analysis.answers import asked
from analysis.varying_numbers import name_of
from calibration.estimated import candidates
from model.axes import BRANCH_LABELS
from model.engine.text import Text
from model.scenario import shipped_scenarios
from model.system import system
from views.display_units import PER_CENT, POINTS, SPACES, DisplayUnit, display_unit, quantity
from views.language import Locale

from .evidence_badge import Badge, indicator_badge
from .evidence_tables import calibration_interval, range_text

SMALL_SHARE = 0.0005
"""Smallest share that a percentage with one digit shows."""


def indicator_name(indicator: str, locale: Locale) -> str:
    """Name of an indicator, with its branch, or that it is added up."""
    base, entry = asked.base_of(indicator)
    name = locale.text(system().variables[base].label)
    if entry is not None:
        name = f"{name} · {locale.text(BRANCH_LABELS[entry])}"
    return locale.translate("answers.total", name=name) if indicator.endswith(asked.TOTAL) else name


def inside_sentence(indicator: str, locale: Locale) -> str:
    """The same as it stands inside an English sentence: without a capital, unless the word has more of them."""
    name = indicator_name(indicator, locale)
    return name if locale.is_chinese or name[1].isupper() else f"{name[0].lower()}{name[1:]}"


def indicator_badges(indicator: str, locale: Locale) -> list[tuple[str, Badge]]:
    """How far to trust the level of an indicator."""
    return [("", indicator_badge(*asked.base_of(indicator), locale))]


def result_unit(unit: str, size: float, difference: bool, locale: Locale) -> DisplayUnit:
    """The unit of a result; that of differences of percentages is percentage points."""
    return display_unit(POINTS if difference and unit == PER_CENT else unit, locale, size)


def policy_name(policy: str, locale: Locale) -> str:
    """Title of a shipped scenario."""
    return locale.text(shipped_scenarios()[policy].title)


def quoted(policy: str) -> Text:
    """Title of a shipped scenario as it stands in a sentence."""
    title = shipped_scenarios()[policy].title
    zh, en = (title, title) if isinstance(title, str) else title
    return Text(zh=f"“{zh}”", en=f"“{en}”")


def number_name(number: str, locale: Locale) -> str:
    """Name of what varies."""
    return locale.text(name_of(number))


def percent(share: float, locale: Locale, digits: int = 0) -> str:
    """A share in per cent."""
    return f"{locale.number(100 * share, digits)}{SPACES[locale.language]}%"


def whole(number: int, locale: Locale) -> str:
    """A count, with separators."""
    return quantity(number, "1", locale, digits=0)


def frequency(share: float, locale: Locale) -> str:
    """How often something holds; only what holds always is 100 %, only what never does 0 %."""
    if 1 - SMALL_SHARE < share < 1:
        return f">{percent(1 - 2 * SMALL_SHARE, locale, 1)}"
    if 0 < share < SMALL_SHARE:
        return f"<{percent(2 * SMALL_SHARE, locale, 1)}"
    return percent(share, locale, 0 if share in (0, 1) else 1)


def prior_text(number: str) -> str:
    """The middle 90 % of the prior of a number; nothing for what has none."""
    if number not in candidates():
        return ""
    low, _, high = candidates()[number].prior.quantiles
    return range_text(low, high)


def calibrated_text(number: str) -> str:
    """The 90 % interval of a number after the observations; nothing where it is not estimated."""
    interval = calibration_interval(number)
    return "" if interval is None else range_text(*interval)


def small_text(unit: DisplayUnit, value: float) -> str:
    """A size in its unit; where it is too small for the decimals that are shown, that it is below the smallest."""
    told = unit.figure(value)
    if value > 0 and not any(digit in told for digit in "123456789"):
        whole, point, decimals = told.partition(".")
        smallest = f"{whole}{point}{decimals[:-1]}1" if decimals else "1"
        return f"<{unit.with_unit(smallest)}"
    return unit.with_unit(told)
