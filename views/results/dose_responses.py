"""What the Evidence page shows of the levers: responses by dose and what is required of them, with names for people."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.dose_response import DOSES, FIRST, Response, Responses, shared_responses, value_at
from analysis.lever_contract import LEVER_ITEMS, SPINE_ITEMS, Part, Verdict, quarters_text, verdicts
from analysis.lever_expectations import CUMULATIVE, PERCENT, Outcome, expectations
from analysis.response_shape import shares_by_part, time_to_half
from model.inputs import END, levers
from model.system import system
from views.display_units import DisplayUnit, display_unit
from views.language import Locale

from .evidence_badge import Badge, indicator_badge
from .evidence_tables import percent_text
from .uncertainty import WHOLE

YEARS = (2020, END)
COST = "cost"
"""In place of an outcome: what is booked under the lever."""
BOOKED = "public_cost"
"""The indicator that adds up what is booked under all levers."""
_computing = threading.Lock()


@dataclass(frozen=True)
class ResponsePanel:
    """Effects on one outcome by dose, in the unit that is shown, by year."""

    title: str
    unit: DisplayUnit
    effects: Mapping[int, np.ndarray]


def responses() -> Responses:
    """The responses of all levers, computed once for all sessions."""
    with _computing:
        return shared_responses()


@functools.cache
def all_verdicts() -> tuple[Verdict, ...]:
    """The verdicts on all levers."""
    return tuple(verdicts(responses(), expectations()))


def entry_ids() -> tuple[str, ...]:
    """Levers, and levers in one sector alone, in the order of the list."""
    return tuple(expectations().entries)


def entry_name(entry_id: str, locale: Locale) -> str:
    """Name of a lever, with its sector where it is alone."""
    return locale.text(expectations().entries[entry_id].label)


def doses() -> np.ndarray:
    """Doses in per cent of the range."""
    return 100 * np.array(DOSES)


def dose_values(entry_id: str, locale: Locale) -> list[str]:
    """Values of the lever at each dose, with their unit."""
    lever = levers()[expectations().entries[entry_id].lever]
    shown = display_unit(lever.unit, locale, lever.max)
    return [shown.with_unit(shown.number(value_at(lever, dose))) for dose in DOSES]


def panels(entry_id: str, locale: Locale) -> list[ResponsePanel]:
    """Panels of a lever: the headline outcomes, the one it is named for, and its cost."""
    response = responses().by_entry[entry_id]
    known = expectations().outcomes
    return [
        ResponsePanel(
            _name(known.get(outcome), locale),
            unit := _unit(known.get(outcome), response, locale),
            {year: unit.scaled(_effects(response, outcome, year)) for year in YEARS},
        )
        for outcome in _shown(response)
    ]


def panel_badges(entry_id: str, locale: Locale) -> list[tuple[str, Badge]]:
    """Names of the panels of a lever, each with the badge of its outcome's level under actual policies."""
    known = expectations().outcomes
    measured = [known.get(outcome) for outcome in _shown(responses().by_entry[entry_id])]
    lines = [(BOOKED, WHOLE) if one is None else (one.indicator, one.element) for one in measured]
    titles = [panel.title for panel in panels(entry_id, locale)]
    return [(title, indicator_badge(*line, locale)) for title, line in zip(titles, lines, strict=True)]


def effect_rows(entry_id: str, locale: Locale) -> pd.DataFrame:
    """Effects of a lever by outcome and dose, share of each quarter of the range, and years to half of the effect."""
    response, rows, colon = responses().by_entry[entry_id], [], locale.translate("tests.colon")
    for outcome, panel in zip(_shown(response), panels(entry_id, locale), strict=True):
        row = {
            locale.translate("evidence.response_outcome"): panel.title,
            locale.translate("evidence.unit"): panel.unit.text,
        }
        for year in YEARS:
            values = zip(doses()[1:], panel.effects[year][1:], strict=True)
            row |= {f"{year}{colon}{percent_text(dose, locale)}": _figure(panel.unit, value) for dose, value in values}
        quarters, half = _shape(response, outcome)
        row[locale.translate("evidence.response_quarters")] = quarters
        row[locale.translate("evidence.response_half")] = half
        rows.append(row)
    return pd.DataFrame(rows)


def verdict_rows(entry_id: str, locale: Locale) -> pd.DataFrame:
    """What is required of a lever: status, requirement, outcome and figures, a row for each figure."""
    rows = []
    for one in all_verdicts():
        if one.entry == entry_id:
            item = f"({one.item}) " if one.item in SPINE_ITEMS else ""
            title = locale.text({**SPINE_ITEMS, **LEVER_ITEMS}[one.item])
            rows += [
                {
                    locale.translate("evidence.status"): _status(part.passed, locale),
                    locale.translate("evidence.asks"): f"{item}{title}",
                    locale.translate("evidence.result"): locale.text(part.figures),
                    locale.translate("evidence.response_outcome"): _part_name(part, locale),
                }
                for part in one.parts
            ]
    return pd.DataFrame(rows)


def summary(locale: Locale) -> str:
    """How many requirements hold: of the spine levers, and of all levers."""
    counts: dict[str, int] = {}
    for name, items in (("spine", SPINE_ITEMS), ("levers", LEVER_ITEMS)):
        chosen = [one.passed for one in all_verdicts() if one.item in items]
        counts |= {f"{name}_passed": sum(chosen), f"{name}_all": len(chosen)}
    return locale.translate("evidence.response_summary", **counts)


def _shown(response: Response) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*expectations().headline, response.entry.own, COST)))


def _name(outcome: Outcome | None, locale: Locale) -> str:
    return locale.translate("evidence.response_cost") if outcome is None else locale.text(outcome.label)


def _unit(outcome: Outcome | None, response: Response, locale: Locale) -> DisplayUnit:
    """Unit of an effect, chosen by its greatest size so that all doses share it."""
    if outcome is None:
        return display_unit("亿元", locale, float(np.abs(response.cost).max()))
    size = float(np.nanmax(np.abs(response.effects[outcome.id])))
    unit = system().variables[outcome.indicator].unit
    if outcome.measure == PERCENT:
        return display_unit("%", locale, size)
    if outcome.measure == CUMULATIVE:
        unit = unit.removesuffix("/yr")
    return display_unit("pp" if unit == "%" else unit, locale, size)


def _effects(response: Response, outcome: str, year: int) -> np.ndarray:
    return response.cost[:, year - END - 1] if outcome == COST else response.at(outcome, year)


def _figure(unit: DisplayUnit, value: float) -> str:
    return unit.figure(float(value), sign=True, digits=None if abs(value) >= 1 else 2)


def _shape(response: Response, outcome: str) -> tuple[str, str]:
    if outcome == COST or abs(response.whole(outcome)) < expectations().outcomes[outcome].moves:
        return "", ""
    years = time_to_half(response.effects[outcome][-1][FIRST:])
    return quarters_text(shares_by_part(response.at(outcome))).removesuffix(" %"), f"{years:.1f}"


def _status(passed: bool, locale: Locale) -> str:
    return locale.translate("evidence.status_passed" if passed else "evidence.status_failed")


def _part_name(part: Part, locale: Locale) -> str:
    known = expectations().outcomes
    return locale.text(known[part.outcome].label) if part.outcome else locale.translate("evidence.response_cost")
