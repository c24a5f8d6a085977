"""Policies compared under the same draws of the stored calibration: differences, targets, which is best."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import xarray as xr

from model.run_limits import check_until

from .arguments import check_names
from .knowledge import calibrated, scenario_and_end
from .runs import RunLike

if TYPE_CHECKING:
    import numpy as np

    from model.scenario import Scenario

MOST_CACHED = 8
"""Scenarios whose draws are cached: each takes about 10 MB."""
RunsLike = RunLike | Sequence[RunLike] | Mapping[str, RunLike]
"""One run or scenario, several, or a mapping that names them."""


def differences(
    runs: RunsLike,
    reference: RunLike = "as_happened",
    outputs: str | Iterable[str] | None = None,
    until: int | None = None,
) -> pd.DataFrame:
    """Differences of runs or scenarios from `reference`, with all of them under the same 500 draws.

    Columns: scenario, indicator, sector, year, unit; p5, p25, p50, p75, p95 of the difference; percent_p5 to
    percent_p95 in per cent of the reference (missing for percentages); above and below: shares of the draws in which
    the scenario lies above or below the reference. `outputs` are indicators out of `calibration.bands.BANDED` (default:
    all). The years are those that both runs have. The model error, the same for all, is not included.
    """
    from calibration.bands import BANDED
    from calibration.differences import difference_table

    names = check_names(outputs, BANDED, "indicator") or BANDED
    named = _named(runs, until)
    base = _draws(*_one(reference, until))
    return _by_scenario({name: difference_table(_draws(*one), base, names) for name, one in named.items()})


def target_probabilities(runs: RunsLike, until: int | None = None) -> pd.DataFrame:
    """Probability that runs or scenarios meet each target, under the same 500 draws.

    Columns: scenario, target, scope, indicator, sector, year, direction ("up": at least), wanted, unit, band (whether
    the model error is included: it is where the indicator is held against observations, with the same draw for all
    scenarios), p5, p50, p95 of what is reached, probability. p5, p95 and probability are missing where the draws do
    not vary what is reached, so that none was estimated. Targets after the last year have no row.
    """
    from calibration.differences import target_table

    _, errors = calibrated()
    return _by_scenario({name: target_table(_draws(*one), errors) for name, one in _named(runs, until).items()})


def ranking(
    runs: Sequence[RunLike] | Mapping[str, RunLike],
    outputs: str | Iterable[str] | None = None,
    until: int | None = None,
) -> pd.DataFrame:
    """Which of several runs or scenarios is best, under the same 500 draws.

    Columns: scenario, indicator, sector, year, unit, better ("higher" or "lower"), probability_best (sums to 1 over the
    scenarios) and expected_regret: the mean distance to the best of each draw, in the unit. `outputs` are indicators
    with bands of which more or less is better (default: all).
    """
    from calibration.differences import ranked_draws, ranked_entries, ranking_table

    known = tuple(dict.fromkeys(name for name, _, _ in ranked_entries()))
    names = check_names(outputs, known, "indicator with a better direction") or known
    drawn = {name: _draws(*one) for name, one in _named(runs, until).items()}
    return ranking_table({name: ranked_draws({n: draws[n] for n in names}) for name, draws in drawn.items()})


def _named(runs: RunsLike, until: int | None) -> dict[str, tuple[Scenario, int]]:
    """Every scenario with its last year, by the key of a mapping or its name; ValueError for none, and for two of one
    name."""
    if isinstance(runs, Mapping) and not isinstance(runs, xr.Dataset):
        named = {name: _one(run, until) for name, run in runs.items()}
    else:
        several = [runs] if isinstance(runs, str | Path | xr.Dataset) or not isinstance(runs, Sequence) else runs
        named = {}
        for scenario, end in (_one(run, until) for run in several):
            if scenario.name in named:
                raise ValueError(f"two runs are of a scenario {scenario.name!r}; give a mapping of names to runs")
            named[scenario.name] = scenario, end
    if not named:
        raise ValueError("nothing to compare: give runs or scenarios")
    return named


def _one(run: RunLike, until: int | None) -> tuple[Scenario, int]:
    check_until(until)
    return scenario_and_end(run, until)


def _by_scenario(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The tables below each other, with their scenario in front."""
    for name, table in tables.items():
        table.insert(0, "scenario", name)
    return pd.concat(tables.values(), ignore_index=True)


def _draws(scenario: Scenario, until: int) -> dict[str, np.ndarray]:
    """Draws of all compared indicators, simulated once for a scenario and last year."""
    from model.run_dataset import definition_of

    return _simulated(definition_of(scenario), until)


@functools.lru_cache(MOST_CACHED)
def _simulated(definition: str, until: int) -> dict[str, np.ndarray]:
    from calibration.differences import scenario_draws
    from model.scenario import parse_scenario

    return scenario_draws(calibrated()[0], parse_scenario(definition), until)
