"""Sensitivity of results and policy rankings to uncertain parameters.

Three steps. One at a time: every number of the model goes to 5 and 95 % of its prior. Together: the numbers that matter
most are drawn from their priors at once (Latin hypercube), the estimated ones from their posterior, and rank
correlations identify those that decide a result (PRCC: partial, without the part explained by others). Policies: in
every draw four packages of the document are compared, and their order is compared with the order at the default values.

This is an outer limit that the stored Sobol indices and robust choices (`analysis.answers`) do not give: those vary
numbers with a prior of their own or draws of the calibration, this every number with a range, assumed ones included.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import qmc, rankdata

from calibration.estimated import Estimated, candidates, values_at
from calibration.parameter_ensemble import Ensemble
from calibration.posterior import RESULTS, Posterior
from calibration.screening import ENDS
from model.indicator_tags import tagged
from model.inputs import START
from model.scenario import shipped_scenarios

TABLE = RESULTS / "sensitivity.csv"
"""Rank correlations and single moves of every number that was drawn."""
PACKAGE_TABLE, INDICATOR_TABLE = RESULTS / "sensitivity_packages.csv", RESULTS / "sensitivity_indicators.csv"
"""Effects of the packages, and order of the packages and width of the bands, by indicator."""
YEAR = 2025
SEED = 1
PER_INDICATOR = 20
"""Numbers beside the estimated ones that are drawn, for each indicator: those that move it most."""
REFERENCE, WHOLE = "no_document", "document_implemented"
PACKAGES = ("renovation_only", "closure_only", "efficiency_only", "smart_only")
INDICATORS = tagged("sensitivity")


@dataclass(frozen=True)
class Sensitivity:
    """`estimated`: how many numbers come from the posterior; `alone`: largest move of each indicator by each number
    alone (numbers by indicators); `drawn`: the numbers drawn together; `ranks`: their partial rank correlations with
    each indicator; `effects`: what each package changes in each draw, {indicator: (draws, packages)}; `defaults`: the
    same at default values; `spreads`: width of the 90 % band with every number drawn, and with the estimated ones only;
    `failed`: draws whose runs broke down."""

    estimated: int
    alone: pd.DataFrame
    drawn: tuple[Estimated, ...]
    ranks: pd.DataFrame
    effects: dict[str, np.ndarray]
    defaults: dict[str, np.ndarray]
    spreads: dict[str, tuple[float, float]]
    failed: int

    @property
    def draws(self) -> int:
        """Number of draws, failed ones included."""
        return len(next(iter(self.effects.values()))) + self.failed


def run(numbers: Sequence[Estimated], values: np.ndarray, scenario: str) -> dict[str, np.ndarray]:
    """Indicators of a scenario in the last year, one value per row of `values`."""
    ensemble = Ensemble(numbers, YEAR, INDICATORS, shipped_scenarios()[scenario])
    return {
        name: array.reshape(len(values), YEAR - START + 1, -1)[:, -1, -1]
        for name, array in ensemble.indicators(values).items()
    }


def one_at_a_time() -> pd.DataFrame:
    """The larger move of each indicator when one number alone goes to 5 or 95 % of its prior: (numbers, indicators)."""
    numbers = list(candidates().values())
    base = np.array([number.value for number in numbers])
    rows = np.repeat(base[None], 2 * len(numbers) + 1, axis=0)
    ends = np.stack([values_at(numbers, np.full(len(numbers), quantile)) for quantile in ENDS])
    for position in range(len(numbers)):
        rows[2 * position + 1 : 2 * position + 3, position] = ends[:, position]
    simulated = run(numbers, rows, WHOLE)
    moves = {name: np.abs(v[1:] - v[0]).reshape(-1, 2).max(axis=1) for name, v in simulated.items()}
    return pd.DataFrame(moves, index=[number.id for number in numbers]).fillna(0.0)


def partial_rank_correlations(inputs: np.ndarray, output: np.ndarray) -> np.ndarray:
    """Correlation of the ranks of each column of `inputs` (draws, numbers) with those of `output`, what the other
    columns explain being taken out of both. Needs more draws than columns."""
    if len(inputs) <= inputs.shape[1] + 2:
        raise ValueError(f"{len(inputs)} draws are too few for {inputs.shape[1]} numbers")
    ranks = np.column_stack([rankdata(column) for column in (*inputs.T, output)])
    precision = np.linalg.inv(np.corrcoef(ranks, rowvar=False))
    return -precision[:-1, -1] / np.sqrt(np.diag(precision)[:-1] * precision[-1, -1])


def sensitivity(posterior: Posterior) -> Sensitivity:
    """All three steps."""
    alone = one_at_a_time()
    known = {number.id for number in posterior.numbers}
    others = alone[~alone.index.isin(known)]
    chosen = sorted({name for column in others for name in others[column].nlargest(PER_INDICATOR).index})
    drawn = (*posterior.numbers, *(candidates()[name] for name in chosen))
    places = qmc.LatinHypercube(len(chosen), rng=SEED).random(len(posterior.draws))
    values = np.column_stack([posterior.draws, values_at(drawn[len(known) :], places)])
    default = np.array([[number.value for number in drawn]])
    others_fixed = np.column_stack([posterior.draws, np.repeat(default[:, len(known) :], len(values), axis=0)])

    by_scenario = {name: run(drawn, np.concatenate([default, values]), name) for name in (REFERENCE, WHOLE, *PACKAGES)}
    estimated_only = run(drawn, others_fixed, WHOLE)
    fine = np.all([np.isfinite(v[1:]) for simulated in by_scenario.values() for v in simulated.values()], axis=0)
    effects = {
        name: np.column_stack([by_scenario[p][name] - by_scenario[REFERENCE][name] for p in PACKAGES])
        for name in INDICATORS
    }
    ranks = pd.DataFrame(
        {name: partial_rank_correlations(values[fine], by_scenario[WHOLE][name][1:][fine]) for name in INDICATORS},
        index=[number.id for number in drawn],
    )
    return Sensitivity(
        len(known),
        alone,
        drawn,
        ranks,
        {name: effect[1:][fine] for name, effect in effects.items()},
        {name: effect[0] for name, effect in effects.items()},
        {n: (_width(by_scenario[WHOLE][n][1:][fine]), _width(estimated_only[n])) for n in INDICATORS},
        int((~fine).sum()),
    )


def _width(values: np.ndarray) -> float:
    low, high = np.nanquantile(values, (0.05, 0.95))
    return float(high - low)


def order_agreement(effects: np.ndarray, defaults: np.ndarray) -> tuple[float, float, dict[tuple[str, str], float]]:
    """Shares of the draws in which the package that moves an indicator most is the same as at the defaults, in which
    the whole order is the same, and in which each pair of packages has the same order (by signed effect)."""
    order, default = np.argsort(effects, axis=1), np.argsort(defaults)
    strongest = np.abs(effects).argmax(axis=1) == np.abs(defaults).argmax()
    pairs = {
        (PACKAGES[a], PACKAGES[b]): float(np.mean((effects[:, a] > effects[:, b]) == (defaults[a] > defaults[b])))
        for a, b in itertools.combinations(range(len(PACKAGES)), 2)
    }
    return float(strongest.mean()), float((order == default).all(axis=1).mean()), pairs


def rank_table(results: Sensitivity) -> pd.DataFrame:
    """Grade, rank correlations (`prcc_`) and single moves (`alone_`) of every number that was drawn, by number."""
    table = results.ranks.add_prefix("prcc_").join(results.alone.add_prefix("alone_"))
    table.insert(0, "grade", [candidates()[name].grade for name in table.index])
    return table.rename_axis("number")


def package_table(results: Sensitivity) -> pd.DataFrame:
    """Effect of each package on each indicator: at default values, and its 5 and 95 % quantiles over the draws."""
    rows = []
    for name in INDICATORS:
        for package, default, effects in zip(PACKAGES, results.defaults[name], results.effects[name].T, strict=True):
            low, high = np.quantile(effects, (0.05, 0.95))
            rows.append({"indicator": name, "package": package, "default": default, "p5": low, "p95": high})
    return pd.DataFrame(rows)


def indicator_table(results: Sensitivity) -> pd.DataFrame:
    """For each indicator the shares of draws with the same strongest package (`strongest`) and the same order (`order`)
    as at default values, the pair of packages that changes places most often (`first`, `second`) with the share of
    draws in which it does not (`pair`), widths of the bands, and how many numbers and draws there were."""
    rows = []
    for name in INDICATORS:
        strongest, order, pairs = order_agreement(results.effects[name], results.defaults[name])
        weakest = min(pairs, key=lambda pair: pairs[pair])
        everything, estimated = results.spreads[name]
        rows.append(
            {
                "indicator": name,
                "strongest": strongest,
                "order": order,
                "first": weakest[0],
                "second": weakest[1],
                "pair": pairs[weakest],
                "width_estimated": estimated,
                "width_drawn": everything,
                "numbers": len(results.alone),
                "estimated": results.estimated,
                "drawn": len(results.drawn),
                "draws": results.draws,
                "failed": results.failed,
            }
        )
    return pd.DataFrame(rows)
