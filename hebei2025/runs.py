"""Running scenarios, and tables of what runs give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import pandas as pd
import xarray as xr

from model.engine.result import TIME_DIMENSION, YEAR, to_table
from model.run import indicator_names
from model.run import simulate as run_model
from model.run_limits import METHODS, check_method, check_outputs, check_until, steps_per_year
from model.scenario import Scenario
from model.system import system

from .arguments import ScenarioLike, check_names, find_scenario

if TYPE_CHECKING:
    from model.run_dataset import Run

DEFAULT_STEP = "1/16"
KEYS = ["variable", "sector", "year"]
RunLike = ScenarioLike | xr.Dataset
"""A finished run, or a scenario to be run."""


def simulate(
    scenario: ScenarioLike,
    until: int | None = None,
    dt: float | str | Fraction = DEFAULT_STEP,
    method: str = "euler",
    outputs: str | Iterable[str] | None = None,
    every_step: bool = False,
) -> Run:
    """Run one scenario and return a Dataset of all variables, or of those named in `outputs`.

    scenario: a Scenario, the path of a file, or id or title of a shipped scenario ("as_happened", "As happened
        (baseline)"); until: last year, 2010 to 2035 (default: that of the scenario, else 2025; after 2025 an
        extrapolation); dt: step in years, 1/n with n from 4 to 512; method: "euler" or "rk4".
    Values are yearly (means of flows, ends of stocks, statistics of the year for indicators), or with `every_step`
    those at the start of each step. Each variable has `units`, `long_name`, zh and en as attributes. A scenario with
    `pipeline: stochastic` gives the mean of its replications.

    Raises ScenarioError for a faulty file, RunError (a ValueError) for arguments out of range.
    """
    chosen, steps = find_scenario(scenario), steps_per_year(dt)
    check_until(until)
    check_method(method)
    names = None if outputs is None else (outputs,) if isinstance(outputs, str) else tuple(outputs)
    check_outputs(names, system().variables)
    if chosen.pipeline is None:
        return _as_class(run_model(chosen, until, steps, method, every_step, names))
    if every_step or method != METHODS[0] or steps != steps_per_year(DEFAULT_STEP):
        raise ValueError("every_step, dt and method do not go with `pipeline: stochastic`, which moves by half months")
    return _replicated(chosen, until, names)


def _replicated(scenario: Scenario, until: int | None, names: tuple[str, ...] | None) -> Run:
    """The mean run of a scenario with discrete projects."""
    from model.projects.replications import replicate

    run = replicate(scenario, until)[0]
    return _as_class(run if names is None else run[list(names)])


def _as_class(run: xr.Dataset) -> Run:
    """A Dataset of the model as the `Run` that it is: the model declares the more general type."""
    return cast("Run", run)


def table(
    run: RunLike,
    variables: str | Iterable[str] | None = None,
    sectors: str | Iterable[str] | None = None,
    years: int | Iterable[int] | None = None,
) -> pd.DataFrame:
    """A run in long form, one row a number: scenario, variable, sector, year, value, unit.

    Only `variables` (default: all of the run), `sectors` (labels of the variable's axis, or what a variable without
    axis belongs to) and `years` where given. Numbers that do not exist, such as growth in the first year, are left out.
    """
    run = as_run(run)
    names = check_names(variables, map(str, run.data_vars), "variable")
    rows = to_table(run, run.attrs["scenario"], names)
    if sectors is not None:
        wanted = check_names(sectors, dict.fromkeys(rows["sector"]), "sector")
        rows = rows[rows["sector"].isin(wanted)]
    if years is not None:
        rows = rows[rows["year"].isin([years] if isinstance(years, int) else list(years))]
    return rows.reset_index(drop=True)


def compare(
    runs: Sequence[RunLike] | Mapping[str, RunLike],
    variables: str | Iterable[str] | None = None,
    until: int | None = None,
) -> pd.DataFrame:
    """Several runs or scenarios beside the first of them, in long form.

    Columns: scenario, variable, sector, year, value, unit, reference (the value in the first run) and difference
    (value - reference). `variables` are by default all yearly indicators. The keys of a mapping name the runs;
    otherwise they have those of their scenarios, which must differ. Scenarios are run until `until`.
    """
    named = dict(runs) if isinstance(runs, Mapping) else _by_scenario([as_run(run, until) for run in runs])
    if not named:
        raise ValueError("nothing to compare: give runs or scenarios")
    parts = [_compared(as_run(run, until), name, variables) for name, run in named.items()]
    rows = pd.concat(parts, ignore_index=True)
    reference = parts[0].set_index(KEYS)["value"]
    rows["reference"] = reference.reindex(pd.MultiIndex.from_frame(rows[KEYS])).to_numpy()
    rows["difference"] = rows["value"] - rows["reference"]
    return rows


def _compared(run: Run, name: str, variables: str | Iterable[str] | None) -> pd.DataFrame:
    """Table of one run under its name: the chosen variables, or the indicators that it has."""
    chosen = [v for v in indicator_names() if v in run] if variables is None else variables
    return table(run, chosen or None).assign(scenario=name)


def _by_scenario(runs: Sequence[Run]) -> dict[str, Run]:
    named: dict[str, Run] = {}
    for run in runs:
        name = run.attrs["scenario"]
        if name in named:
            raise ValueError(f"two runs are of a scenario {name!r}; give a mapping of names to runs")
        named[name] = run
    return named


def as_run(run: RunLike, until: int | None = None) -> Run:
    """The run itself, or that of a scenario until `until`."""
    if not isinstance(run, xr.Dataset):
        return simulate(run, until)
    if "scenario" not in run.attrs or not {YEAR, TIME_DIMENSION} & set(run.dims):
        raise ValueError("this Dataset is no run over years; pass what simulate() returned")
    return _as_class(run)
