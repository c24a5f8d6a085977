"""Which uncertain parameters decide results, and which of them the observations can identify.

Two rankings. Policy: all entries of a parameter are drawn from their priors, all others held, and the effects of the
four spine packages on outcomes of the last year of the document are compared between draws; a parameter on which the
effects of policies depend belongs into the calibration, whether it is observed or not. Influence: every number is moved
to 5 and 95 % of its prior, alone, and the change of each observed indicator is measured in standard deviations of a
typical error; a number that hardly moves anything observed stays what its prior says.

It serves the choice of the numbers that are estimated, for which observed series count as well as outcomes; which
numbers decide one result is answered by `analysis.answers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from model.engine.chunks import Arrays
from model.indicator_tags import tagged
from model.inputs import END, START
from model.scenario import shipped_scenarios

from .estimated import Estimated, candidates, values_at
from .parameter_ensemble import Ensemble
from .posterior import RESULTS, WINDOWS
from .series import Series, fitted_series

TABLE = RESULTS / "screening.csv"
TYPICAL = {"level": 0.03, "share": 1.0, "growth": 1.5}
"""Error of one observation of a good model: relative, or percentage points."""
ENDS = (0.05, 0.95)
REFERENCE = "no_document"
PACKAGES = ("renovation_only", "closure_only", "efficiency_only", "smart_only")
"""Scenarios of the four spine tasks, each compared with the reference."""
OUTCOMES = tagged("sensitivity")
DRAWS = 16
"""Draws of the prior of each parameter."""
SEED = 1


def screening(last: int = WINDOWS[-1]) -> pd.DataFrame:
    """Numbers by their weight in the effects of policies, then by influence on what is observed: number, grade, prior
    (5 %, value, 95 %), `policy` (see `policy_spreads`), influence (root of the summed squared moves in typical errors,
    over all observations, the larger of both ends), and the series they move most."""
    numbers = list(candidates().values())
    table = influences(numbers, last)
    spreads = policy_spreads(numbers)
    table.insert(4, "policy", [spreads[number.parameter] for number in numbers])
    return table.rename_axis("number").sort_values(["policy", "influence"], ascending=False)


def policy_spreads(numbers: Sequence[Estimated], draws: int = DRAWS) -> dict[str, float]:
    """By parameter: how much the effects of the packages vary when its entries are drawn from their priors and all
    others stay. The standard deviation of each effect over the largest effect of any package on the same outcome at the
    default values; root mean square over packages and outcomes."""
    rows, groups = group_draws(numbers, draws)
    # The first row has the default values.
    by_scenario = {name: _outcomes(numbers, rows, name) for name in (REFERENCE, *PACKAGES)}
    effects = np.stack([by_scenario[package] - by_scenario[REFERENCE] for package in PACKAGES], axis=1)
    largest = np.abs(effects[0]).max(axis=0)
    relative = effects / np.where(largest > 0, largest, np.inf)
    spreads = {}
    for name, members in groups.items():
        deviations = np.nanstd(relative[members], axis=0)
        spreads[name] = float(np.sqrt(np.mean(deviations**2)))
    return spreads


def group_draws(numbers: Sequence[Estimated], draws: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Values (members, numbers) with the default values first, then `draws` for each parameter in which its entries
    alone are drawn; and the members of each parameter. Draws are at the same quantiles for all parameters."""
    default = np.array([number.value for number in numbers])
    of_parameter: dict[str, list[int]] = {}
    for position, number in enumerate(numbers):
        of_parameter.setdefault(number.parameter, []).append(position)
    random, rows, groups = np.random.default_rng(SEED), [default[None]], {}
    first = 1
    for name, positions in of_parameter.items():
        layers = np.array([random.permutation(draws) for _ in positions]).T
        values = values_at([numbers[k] for k in positions], (layers + 0.5) / draws)
        group = np.repeat(default[None], draws, axis=0)
        group[:, positions] = values
        rows.append(group)
        groups[name] = np.arange(first, first + draws)
        first += draws
    return np.concatenate(rows), groups


def _outcomes(numbers: Sequence[Estimated], rows: np.ndarray, scenario: str) -> np.ndarray:
    """Outcomes of the last year of the document (members, outcomes) in a scenario."""
    ensemble = Ensemble(numbers, END, OUTCOMES, shipped_scenarios()[scenario])
    return ensemble.summaries(rows, _last_year)["outcomes"]


def _last_year(indicators: Arrays) -> Arrays:
    """Values of the outcomes in the last year; entries of those by branch or sector side by side."""
    columns = [values[:, -1].reshape(len(values), -1) for values in indicators.values()]
    return {"outcomes": np.concatenate(columns, axis=1)}


def influences(numbers: Sequence[Estimated], last: int) -> pd.DataFrame:
    """Influence of each number on the observed series, and the series that it moves most."""
    base = np.array([n.value for n in numbers])
    rows = np.repeat(base[None], 2 * len(numbers) + 1, axis=0)
    ends = np.stack([values_at(numbers, np.full(len(numbers), quantile)) for quantile in ENDS])
    for position in range(len(numbers)):
        rows[2 * position + 1 : 2 * position + 3, position] = ends[:, position]
    indicators = Ensemble(numbers, last).indicators(rows)
    moves = {name: _moves(series, indicators, last) for name, series in fitted_series().items()}
    squared = {name: (move**2).sum(axis=1).reshape(len(numbers), 2).max(axis=1) for name, move in moves.items()}
    table = pd.DataFrame(squared, index=[n.id for n in numbers])
    return pd.DataFrame(
        {
            "grade": [n.grade for n in numbers],
            "low": ends[0],
            "value": base,
            "high": ends[1],
            "influence": np.sqrt(table.sum(axis=1)).to_numpy(),
            "moves_most": table.idxmax(axis=1).to_numpy(),
        },
        index=table.index,
    )


def _moves(series: Series, indicators: Mapping[str, np.ndarray], last: int) -> np.ndarray:
    """Changes of a series at its observed years, in typical errors: (runs without the first, points)."""
    years = series.points(last)["year"].to_numpy() - START
    runs = series.simulated(indicators)
    with np.errstate(divide="ignore", invalid="ignore"):  # runs without output count as unmoved
        runs = np.log(runs[:, years]) if series.kind == "level" else runs[:, years]
        moves = runs[1:] - runs[0]
    return np.nan_to_num(moves, nan=0.0, posinf=0.0, neginf=0.0) / TYPICAL[series.kind]
