"""Which uncertain parameters of the model the observations can identify.

Every number is moved to both ends of its range, alone, and the change of each observed indicator is measured in
standard deviations of a typical error. Numbers that hardly move anything observed cannot be estimated: they stay
assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED, START

from .estimated import candidates
from .parameter_ensemble import Ensemble
from .posterior import RESULTS
from .series import Series, fitted_series

TABLE = RESULTS / "screening.csv"
TYPICAL = {"level": 0.03, "share": 1.0, "growth": 1.5}
"""Error of one observation of a good model: relative, or percentage points."""


def screening(last: int = LAST_OBSERVED) -> pd.DataFrame:
    """Parameters by their influence on the observed series: name, grade, range, influence (root of the summed
    squared moves in typical errors, over all observations, the larger of both ends), and the series they move most."""
    numbers = list(candidates().values())
    base = np.array([n.value for n in numbers])
    rows = [base]
    for position, number in enumerate(numbers):
        for end in (number.low, number.high):
            moved = base.copy()
            moved[position] = end
            rows.append(moved)
    indicators = Ensemble(numbers, last).indicators(np.array(rows))
    moves = {name: _moves(series, indicators, last) for name, series in fitted_series().items()}
    squared = {name: (move**2).sum(axis=1).reshape(len(numbers), 2).max(axis=1) for name, move in moves.items()}
    table = pd.DataFrame(squared, index=[n.id for n in numbers])
    influences = pd.DataFrame(
        {
            "grade": [n.grade for n in numbers],
            "low": [n.low for n in numbers],
            "value": [n.value for n in numbers],
            "high": [n.high for n in numbers],
            "influence": np.sqrt(table.sum(axis=1)).to_numpy(),
            "moves_most": table.idxmax(axis=1).to_numpy(),
        },
        index=table.index,
    )
    return influences.rename_axis("number").sort_values("influence", ascending=False)


def _moves(series: Series, indicators: Mapping[str, np.ndarray], last: int) -> np.ndarray:
    """Changes of a series at its observed years, in typical errors: (runs without the first, points)."""
    years = series.points(last)["year"].to_numpy() - START
    runs = series.simulated(indicators)
    with np.errstate(divide="ignore", invalid="ignore"):  # runs without output count as unmoved
        runs = np.log(runs[:, years]) if series.kind == "level" else runs[:, years]
        moves = runs[1:] - runs[0]
    return np.nan_to_num(moves, nan=0.0, posinf=0.0, neginf=0.0) / TYPICAL[series.kind]
