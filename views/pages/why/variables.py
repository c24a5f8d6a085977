"""What the Why page shows of a variable: definition, equation, causes, uses, and its path; and runs without a loop."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from analysis.diagram import name_of
from analysis.knockouts import knockouts, run_of
from analysis.structure import chapter_of
from model.axes import BRANCH_LABELS
from model.definitions import definition
from model.engine.graph import causes, equation_text
from model.inputs import END
from model.run import simulate
from model.scenario import Scenario
from model.system import system
from views.display_units import display_unit
from views.language import Locale, catalogue
from views.results.cache import ResultCache, scenario_key
from views.results.evidence_badge import Badge, indicator_badge

MOST = 4
"""Runs with all variables that are cached: each is a few megabytes."""
MOST_LINES = 6
"""Lines of one figure; of variables by branch the largest are drawn."""
_runs: ResultCache[Mapping] = ResultCache(MOST)


@dataclass(frozen=True)
class Description:
    """One variable for people; `unit` is that of the model."""

    title: str
    kind: str
    unit: str
    definition: str
    equation: str
    causes: tuple[str, ...]
    uses: tuple[str, ...]

    def facts(self, locale: Locale) -> dict[str, str]:
        """Kind, unit and definition by the key of their heading."""
        unit = display_unit(self.unit, locale, 1.0).text or locale.translate("why.no_unit")
        return {"kind": locale.translate(f"why.kind_{self.kind}"), "unit": unit, "definition": self.definition}


@functools.cache
def _uses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, variable in system().variables.items():
        for cause in dict.fromkeys(causes(system(), name)):
            if not variable.generated:
                found.setdefault(cause, []).append(name)
    return found


def has_chapter(name: object) -> bool:
    """Whether this is the name of a variable that has a place of its own."""
    return isinstance(name, str) and chapter_of(name) is not None


def describe(name: str, locale: Locale) -> Description:
    """A variable with everything that is declared of it."""
    variable = system().variables[name]
    known = [c for c in causes(system(), name) if c in system().inputs or c in system().variables]
    return Description(
        locale.text(variable.label),
        variable.kind,
        variable.unit,
        definition(variable, locale.language),
        equation_text(system(), name),
        tuple(dict.fromkeys(known)),
        tuple(_uses().get(name, ())),
    )


def _run(scenario: Scenario) -> Mapping:
    return _runs.get(scenario_key(scenario), lambda: simulate(scenario, END))


def paths(name: str, scenario: Scenario, locale: Locale) -> pd.DataFrame:
    """Yearly values of a variable: line, year, value; the largest lines where it has branches."""
    return _lines(_run(scenario)[name], locale)


def shown_in(rows: pd.DataFrame, unit: str, locale: Locale) -> tuple[pd.DataFrame, str]:
    """A table of lines in the unit in which readers of the language expect it, and the name of that unit."""
    shown = display_unit(unit, locale, float(rows["value"].abs().max()))
    return rows.assign(value=shown.scaled(rows["value"].to_numpy())), shown.text


def path_badges(name: str, scenario: Scenario, locale: Locale) -> list[tuple[str, Badge]]:
    """Names and badges of the lines of `paths`; a single one without a name where all have the same."""
    array = _run(scenario)[name]
    axis = _axis(array)
    if axis is None:
        return [("", indicator_badge(name, None, locale))]
    named = [(_line_name(label, locale), indicator_badge(name, label, locale)) for label in _largest(array, axis)]
    return named if len({badge for _, badge in named}) > 1 else [("", named[0][1])]


def _axis(array: xr.DataArray) -> str | None:
    """The axis of a variable beside the years."""
    return next((str(d) for d in array.dims if d != "year"), None)


def _largest(array: xr.DataArray, axis: str) -> list[str]:
    """Elements of an axis whose lines are drawn, the largest first."""
    size = abs(array).max("year").values
    return [str(array[axis].values[k]) for k in np.argsort(-size)[:MOST_LINES]]


def _lines(array: xr.DataArray, locale: Locale, called: str = "") -> pd.DataFrame:
    axis = _axis(array)
    if axis is None:
        lines = {called or array.attrs.get("belongs_to", "all"): array.values}
    else:
        lines = {label: array.sel({axis: label}).values for label in _largest(array, axis)}
    years = array["year"].values
    parts = [
        pd.DataFrame({"line": called or _line_name(label, locale), "year": years, "value": values})
        for label, values in lines.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _line_name(label: str, locale: Locale) -> str:
    """Name of an element of an axis: a branch, a sector, a lever, an actor."""
    if label in BRANCH_LABELS:
        return locale.text(BRANCH_LABELS[label])
    return catalogue(locale.language).get(f"line.{label}", name_of(label, locale.language))


def paths_without_loop(name: str, locale: Locale) -> pd.DataFrame:
    """The first indicator that shows what a loop does, with the loop and without it: line, year, value."""
    knockout = knockouts()[name]
    shown = knockout.shows[0]
    parts = []
    for switched_off, label in (
        (False, locale.translate("why.with_loop")),
        (True, locale.translate("why.without_loop")),
    ):
        array = run_of(knockout, switched_off)[shown.indicator]
        axis = _axis(array)
        if axis:
            array = array.sel({axis: shown.sector}) if shown.sector else array.sum(axis)
        parts.append(_lines(array, locale, label))
    return pd.concat(parts, ignore_index=True)
