"""How far results and rankings hang on numbers that nobody knows.

Three steps. One at a time: every number of the model goes to both ends of its range. Together: the numbers that matter
most are drawn from their ranges at once (Latin hypercube), the estimated ones from their posterior, and rank
correlations say which of them decide a result (PRCC: partial, so that what others explain is taken out). Policies: in
every draw four packages of the document are compared, and their order is held against the order at the default values.

Run `python -m calibration.sensitivity --write` to renew docs/evidence/sensitivity.md and its table.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import qmc, rankdata

from calibration.estimated import Estimated, candidates, values_at
from calibration.parameter_ensemble import Ensemble
from calibration.posterior import Posterior, load
from calibration.series import FOLDER
from documents import markdown
from model.inputs import START
from model.scenario import shipped_scenarios

PAGE = FOLDER.parent / "docs" / "evidence" / "sensitivity.md"
TABLE = FOLDER / "results" / "sensitivity.csv"
YEAR = 2025
SEED = 1
PER_INDICATOR = 20
"""Numbers beside the estimated ones that are drawn, for each indicator: those that move it most."""
SHOWN = 8
"""Rows of a ranking that the page shows."""
REFERENCE, WHOLE = "no_document", "document_implemented"
PACKAGES = ("renovation_only", "closure_only", "efficiency_only", "smart_only")
INDICATORS = {
    "crude_steel_output": "crude steel, Mt",
    "equipment_minus_steel_share": "equipment less steel, points",
    "energy_per_above_scale_industrial_va_change_cumulative": "energy per value added, % of 2015",
    "co2_emissions_industry": "CO2 of industry, Mt",
    "vai_above_scale_real": "value added at 2015 prices, 亿元",
}


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
        """Draws that were made."""
        return len(next(iter(self.effects.values()))) + self.failed


def run(numbers: Sequence[Estimated], values: np.ndarray, scenario: str) -> dict[str, np.ndarray]:
    """Indicators of a scenario in the last year, one value per row of `values`."""
    ensemble = Ensemble(numbers, YEAR, tuple(INDICATORS), shipped_scenarios()[scenario])
    return {name: array.reshape(len(values), YEAR - START + 1, -1)[:, -1, -1]
            for name, array in ensemble.indicators(values).items()}  # fmt: skip


def one_at_a_time() -> pd.DataFrame:
    """The larger move of each indicator when one number alone goes to an end of its range: (numbers, indicators)."""
    numbers = list(candidates().values())
    base = np.array([number.value for number in numbers])
    rows = np.repeat(base[None], 2 * len(numbers) + 1, axis=0)
    for position, number in enumerate(numbers):
        rows[2 * position + 1 : 2 * position + 3, position] = number.low, number.high
    found = run(numbers, rows, WHOLE)
    moves = {name: np.abs(v[1:] - v[0]).reshape(-1, 2).max(axis=1) for name, v in found.items()}
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
    held = np.column_stack([posterior.draws, np.repeat(default[:, len(known) :], len(values), axis=0)])

    by_scenario = {name: run(drawn, np.concatenate([default, values]), name) for name in (REFERENCE, WHOLE, *PACKAGES)}
    estimated_only = run(drawn, held, WHOLE)
    fine = np.all([np.isfinite(v[1:]) for found in by_scenario.values() for v in found.values()], axis=0)
    effects = {
        name: np.column_stack([by_scenario[p][name] - by_scenario[REFERENCE][name] for p in PACKAGES])
        for name in INDICATORS
    }
    ranks = pd.DataFrame(
        {name: partial_rank_correlations(values[fine], by_scenario[WHOLE][name][1:][fine]) for name in INDICATORS},
        index=[number.id for number in drawn],
    )
    return Sensitivity(
        len(known), alone, drawn, ranks, {name: effect[1:][fine] for name, effect in effects.items()},
        {name: effect[0] for name, effect in effects.items()},
        {n: (_width(by_scenario[WHOLE][n][1:][fine]), _width(estimated_only[n])) for n in INDICATORS},
        int((~fine).sum()),
    )  # fmt: skip


def _width(values: np.ndarray) -> float:
    low, high = np.nanquantile(values, (0.05, 0.95))
    return float(high - low)


def order_kept(effects: np.ndarray, defaults: np.ndarray) -> tuple[float, float, dict[tuple[str, str], float]]:
    """Shares of the draws in which the package that moves an indicator most is the same as at the defaults, in which
    the whole order is the same, and in which each pair of packages has the same order (by signed effect)."""
    order, default = np.argsort(effects, axis=1), np.argsort(defaults)
    strongest = np.abs(effects).argmax(axis=1) == np.abs(defaults).argmax()
    pairs = {
        (PACKAGES[a], PACKAGES[b]): float(
            np.mean((effects[:, a] > effects[:, b]) == (defaults[a] > defaults[b])))
        for a, b in itertools.combinations(range(len(PACKAGES)), 2)
    }  # fmt: skip
    return float(strongest.mean()), float((order == default).all(axis=1).mean()), pairs


TEXT = """# Sensitivity

Generated by `python -m calibration.sensitivity --write`. All figures are of {year}.

{numbers} numbers of the model have a range. Each was moved to both ends alone; the {other} that move one of five
indicators most were then drawn together from their ranges (Latin hypercube, {draws} draws, {failed} of which broke
down), and the {estimated} estimated numbers from their posterior to 2020. Ranges of grade D are wide on purpose, and
nothing ties these draws to the observed years except those: many of them would not fit the past. So this is an outer
limit of what is not known, wider than any band in the app.

## Does the order of the policies hold?

Four packages of the document, each alone on top of "no document". *Strongest*: the same package moves the indicator
most as at the default values. *Order*: all four are in the same order. Then the pair that swaps most often.

{policies}

## What decides the results?

Partial rank correlation (PRCC) under the whole document, strongest first: above 0 the indicator rises with the number.

{ranks}

## How much wider are the bands with everything drawn?

Width of the 90 % band of {year} under the whole document.

{widths}
"""


POLICY_HEADER = ("indicator", "effect at defaults (5-95 % of the draws)", "strongest", "order", "pair")


def page(found: Sensitivity) -> str:
    """The page."""
    policies, ranks, widths = [], [], []
    for name, label in INDICATORS.items():
        effects, defaults = found.effects[name], found.defaults[name]
        strongest, order, pairs = order_kept(effects, defaults)
        weakest = min(pairs, key=pairs.get)
        told = "; ".join(
            f"{p.removesuffix('_only')} {d:+.3g} ({_quantiles(e)})"
            for p, d, e in zip(PACKAGES, defaults, effects.T, strict=True)
        )
        pair = " / ".join(p.removesuffix("_only") for p in weakest)
        policies.append([label, told, f"{strongest:.0%}", f"{order:.0%}", f"{pair}: {pairs[weakest]:.0%}"])
        top = found.ranks[name].reindex(found.ranks[name].abs().sort_values(ascending=False).index)[:SHOWN]
        ranks.append([label, "<br>".join(f"`{n}` ({candidates()[n].grade}) {v:+.2f}" for n, v in top.items())])
        everything, estimated = found.spreads[name]
        widths.append([label, f"{estimated:.3g}", f"{everything:.3g}", f"{everything / estimated:.1f}"])
    return TEXT.format(
        year=YEAR, numbers=len(found.alone), other=len(found.drawn) - found.estimated,
        estimated=found.estimated, draws=found.draws, failed=found.failed,
        policies=markdown.table(POLICY_HEADER, policies),
        ranks=markdown.table(("indicator", "numbers (grade) and PRCC"), ranks),
        widths=markdown.table(("indicator", "estimated numbers only", "all drawn numbers", "ratio"), widths),
    )  # fmt: skip


def _quantiles(values: np.ndarray) -> str:
    low, high = np.quantile(values, (0.05, 0.95))
    return f"{low:+.3g} to {high:+.3g}"


def files(found: Sensitivity) -> Mapping[Path, str]:
    """The page, and the table of both measures for every number that was drawn."""
    table = found.ranks.add_prefix("prcc_").join(found.alone.add_prefix("alone_"))
    table.insert(0, "grade", [candidates()[name].grade for name in table.index])
    text = table.rename_axis("number").to_csv(float_format="%.4g", lineterminator="\n")
    return {PAGE: page(found), TABLE: text}


def main() -> None:
    """Print the page, or write it with its table."""
    found = sensitivity(load(2020))
    if "--write" in sys.argv:
        for file, text in files(found).items():
            file.write_text(text, encoding="utf-8")
    print(page(found))


if __name__ == "__main__":
    main()
