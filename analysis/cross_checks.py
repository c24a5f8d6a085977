"""The model's answers to the questions of published studies, by the experiments of cross_checks.yaml."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from calibration.observations import DATA
from model.engine.errors import suggestion
from model.engine.result import YEAR
from model.engine.text import Text, with_texts
from model.inputs import levers, load_yaml, parameters
from model.run import simulate
from model.scenario import Scenario, inputs_of, lever_value, shipped_scenarios, with_levers
from model.system import system

FILE = Path(__file__).parent / "cross_checks.yaml"
STUDIES = DATA / "benchmark_models.csv"
EFFECT, GROWTH_EFFECT, CHANGE, YEARLY_SUM = "effect", "growth_effect", "change", "yearly_sum"
MEASURES = (EFFECT, GROWTH_EFFECT, CHANGE, YEARLY_SUM)


class CrossCheckError(ValueError):
    """An entry of cross_checks.yaml that does not fit the model or the file of studies; the message names both."""


@dataclass(frozen=True)
class Run:
    """A shipped scenario with levers on top of it."""

    scenario: str = "as_happened"
    levers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CrossCheck:
    """A published figure, and the experiment that answers it or the reason why none does."""

    id: str
    study: tuple[str, str]
    why_not: Text | None = None
    run: Run = field(default_factory=Run)
    against: Run | None = None
    measure: str = EFFECT
    indicator: Sequence[str] = ()
    sector: str | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    times: str | None = None
    years: Sequence[int] = ()
    scope: Text | None = None


@dataclass(frozen=True)
class Answer:
    """A published figure beside the model's: None where the model has no answer, NaN where its number does not exist.
    `parts` are the terms of a sum by name."""

    check: CrossCheck
    published: float
    unit: str
    year: int
    source: str
    grade: str
    model: float | None
    parts: Mapping[str, float] = field(default_factory=dict)


@functools.cache
def cross_checks(file: Path = FILE) -> dict[str, CrossCheck]:
    """All entries by id. Raises CrossCheckError for an unknown lever, variable, parameter, scenario, measure, or
    study."""
    return {name: _checked(_read(name, entry), file) for name, entry in load_yaml(file).items()}


def _read(name: str, entry: Mapping[str, Any]) -> CrossCheck:
    fields = dict(with_texts(entry))
    fields["study"] = tuple(fields["study"])
    indicator = fields.get("indicator", ())
    fields["indicator"] = (indicator,) if isinstance(indicator, str) else tuple(indicator)
    if "run" in fields:
        run = fields["run"]
        fields["run"] = Run(run) if isinstance(run, str) else Run(**run)
    if "against" in fields:
        fields["against"] = Run(**{"scenario": fields["run"].scenario, **fields["against"]})
    return CrossCheck(name, **fields)


def _checked(check: CrossCheck, file: Path) -> CrossCheck:
    runs = (check.run, *([check.against] if check.against else []))
    variables = (*check.indicator, *check.terms)
    known = system().variables
    for what, names, allowed in (
        ("study", ["/".join(check.study)], {"/".join(key) for key in _studies().index}),
        ("scenario", [run.scenario for run in runs], shipped_scenarios()),
        ("lever", [name for run in runs for name in run.levers], levers()),
        ("variable", variables, known),
        ("parameter", [check.times] if check.times else [], parameters()),
        ("measure", [check.measure], MEASURES),
    ):
        _require(what, names, allowed, f"{file.name}: {check.id}")
    for name in variables:
        axis = known[name].axis
        if axis is not None:
            _require(f"sector of {name}", [check.sector or "(none)"], axis.labels, f"{file.name}: {check.id}")
    return check


def _require(what: str, names: Sequence[str], allowed: Collection[str], where: str) -> None:
    for name in names:
        if name not in allowed:
            raise CrossCheckError(f"{where}: there is no {what} {name!r}{suggestion(name, allowed)}")


@functools.cache
def _studies() -> pd.DataFrame:
    return pd.read_csv(STUDIES).set_index(["series", "sector"])


def answers() -> list[Answer]:
    """Every published figure with the model's answer, in the order of the file of studies."""
    by_study = {check.study: check for check in cross_checks().values()}
    missing = [f"{series} ({sector})" for series, sector in _studies().index if (series, sector) not in by_study]
    if missing:
        raise CrossCheckError(f"{FILE.name}: no entry for {', '.join(missing)} of {STUDIES.name}")
    return [_answer(by_study[key], row) for key, row in _studies().iterrows()]


def _answer(check: CrossCheck, row: pd.Series) -> Answer:
    model, parts = (None, {}) if check.why_not else measured(check)
    return Answer(check, float(row["value"]), row["unit"], int(row["year"]), row["source"], row["grade"], model, parts)


def measured(check: CrossCheck) -> tuple[float, dict[str, float]]:
    """The model's number, and the terms of it where it is a sum."""
    outputs = tuple(dict.fromkeys((*check.indicator, *check.terms)))
    last = max(check.years)
    dataset = simulate(scenario_of(check.run), last, outputs=outputs)
    if check.measure == YEARLY_SUM:
        factor = _parameter(check)
        parts = {
            name: sign * factor * float(_selected(dataset[name], check.sector).sel({YEAR: last}))
            for name, sign in check.terms.items()
        }
        return sum(parts.values()), parts
    path = _path(dataset, check)
    if check.measure == CHANGE:
        return 100 * (path[check.years[-1]] / path[check.years[0]] - 1), {}
    assert check.against is not None, f"{check.id}: an effect needs a run to compare with"
    other = _path(simulate(scenario_of(check.against), last, outputs=outputs), check)
    ratio = path[last] / other[last]
    if check.measure == EFFECT:
        return 100 * (ratio - 1), {}
    first = check.years[0]
    earlier = path[first] / other[first]
    return 100 * ((ratio / earlier) ** (1 / (last - first)) - 1), {}


def scenario_of(run: Run) -> Scenario:
    """The scenario of a run."""
    scenario = shipped_scenarios()[run.scenario]
    values = {name: lever_value(name, value) for name, value in run.levers.items()}
    return scenario.model_copy(update={"levers": with_levers(scenario.levers, values)})


def _path(dataset: xr.Dataset, check: CrossCheck) -> dict[int, float]:
    """The indicator, or the ratio of two, by year."""
    arrays = [_selected(dataset[name], check.sector) for name in check.indicator]
    values = arrays[0] if len(arrays) == 1 else arrays[0] / arrays[1]
    return dict(zip(map(int, dataset[YEAR].values), map(float, values.values), strict=True))


def _selected(array: xr.DataArray, sector: str | None) -> xr.DataArray:
    axis = next((str(dimension) for dimension in array.dims if dimension != YEAR), None)
    return array if axis is None else array.sel({axis: sector})


def _parameter(check: CrossCheck) -> float:
    """The parameter that converts the sum into the unit of the study."""
    if check.times is None:
        return 1.0
    constants, _ = inputs_of(scenario_of(check.run), np.array(check.years))
    parameter, value = parameters()[check.times], constants[check.times]
    if parameter.axis is None or check.sector is None:
        return float(value)
    return float(value[parameter.axis.labels.index(check.sector)])
