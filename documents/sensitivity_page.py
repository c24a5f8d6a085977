"""The page of the sensitivity analysis, from the stored tables."""

from __future__ import annotations

import pandas as pd

from analysis.sensitivity import YEAR
from calibration.posterior import WINDOWS

from .labels import english_label
from .markdown import table

SHOWN = 8
"""Numbers of a ranking that the page shows."""
TEXT = """# Sensitivity

Written by `hebei2025 documents sensitivity` from `calibration/results/sensitivity*.csv`. All figures are of {year}.

{numbers} numbers of the model have a range. Each was moved to 5 and 95 % of its prior alone; the {other} that move one
of five indicators most were then drawn together from their priors (Latin hypercube, {draws} draws, of which {failed}
gave no complete run), and the {estimated} estimated numbers from their posterior to {used}. Ranges of grade D are wide
on purpose, and apart from the estimated numbers nothing ties these draws to the observed years: many of them would not
fit the past. The result is therefore an outer limit of the uncertainty, wider than any band in the app. How much each
of the numbers with a prior of their own decides, and how sure the order is under the calibration, is in
[robust.md](../robust.md).

## Does the order of the policies hold?

Four packages of the document, each alone on top of "no document". *Strongest*: share of draws in which the package
with the largest effect is the same as at default values. *Order*: share in which all four have the same order. *Pair*:
the two packages that change places most often, and the share of draws in which they do not.

{policies}

## Which numbers decide the results?

Partial rank correlation (PRCC) under the whole document, strongest first; above 0 the indicator rises with the number.

{ranks}

## How much wider are the bands with everything drawn?

Width of the 90 % band of {year} under the whole document.

{widths}
"""


def sensitivity_page(ranks: pd.DataFrame, packages: pd.DataFrame, indicators: pd.DataFrame) -> str:
    """The page, from the stored tables by number, by package and by indicator."""
    policies, tops, widths = [], [], []
    for name, row in indicators.set_index("indicator").iterrows():
        effects = packages[packages["indicator"] == name]
        label = english_label(str(name))
        pair = f"{_short(row['first'])} / {_short(row['second'])}: {row['pair']:.0%}"
        policies.append([label, _effects(effects), f"{row['strongest']:.0%}", f"{row['order']:.0%}", pair])
        tops.append([label, "<br>".join(_top(ranks, f"prcc_{name}"))])
        ratio = row["width_drawn"] / row["width_estimated"]
        widths.append([label, f"{row['width_estimated']:.3g}", f"{row['width_drawn']:.3g}", f"{ratio:.1f}"])
    first = indicators.iloc[0]
    header = ("indicator", "effect at default values (5-95 % of the draws)", "strongest", "order", "pair")
    return TEXT.format(
        year=YEAR,
        used=WINDOWS[-1],
        numbers=first["numbers"],
        other=first["drawn"] - first["estimated"],
        estimated=first["estimated"],
        draws=first["draws"],
        failed=first["failed"],
        policies=table(header, policies),
        ranks=table(("indicator", "numbers (grade) and PRCC"), tops),
        widths=table(("indicator", "estimated numbers only", "all drawn numbers", "ratio"), widths),
    )


def _short(package: str) -> str:
    return package.removesuffix("_only")


def _effects(packages: pd.DataFrame) -> str:
    columns = packages[["package", "default", "p5", "p95"]].itertuples(index=False, name=None)
    return "; ".join(
        f"{_short(name)} {default:+.3g} ({low:+.3g} to {high:+.3g})" for name, default, low, high in columns
    )


def _top(ranks: pd.DataFrame, column: str) -> list[str]:
    names = ranks[column].abs().sort_values(ascending=False).index[:SHOWN]
    return [f"`{name}` ({ranks.at[name, 'grade']}) {ranks.at[name, column]:+.2f}" for name in names]
