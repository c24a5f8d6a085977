"""One figure: a variable of one run or several over the years, with observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import xarray as xr

from calibration.observations import points_of
from model.axes import BELT_LABELS, BRANCH_LABELS

from .arguments import check_names
from .runs import RunLike, as_run, table

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#1C2733", "#C9A600")
"""Colours that people with any colour vision can tell apart (Okabe and Ito)."""
INK = "#1C2733"
DASHES = ("solid", "dash", "dot", "dashdot")
UNVERIFIED = "D"
"""Grade of observations drawn hollow."""
WORDS = {"en": {"observed": "observed", "year": "Year"}, "zh": {"observed": "观测值", "year": "年份"}}


def plot(
    runs: RunLike | Sequence[RunLike] | Mapping[str, RunLike],
    variable: str,
    sector: str | None = None,
    language: str = "en",
) -> go.Figure:
    """A Plotly figure of `variable` over the years, for one run or scenario or several, with unit and observations.

    `sector` chooses one label of the variable's axis; without it each label has a line. Observations are points,
    hollow where they are unverified (grade D); the text of a point names its source. `language` is "en" or "zh".
    """
    import plotly.graph_objects as go

    check_names(language, WORDS, "language")
    named = _named(runs, language)
    figure = go.Figure()
    first = next(iter(named.values()))
    for number, (name, run) in enumerate(named.items()):
        _add_lines(figure, table(run, variable, sector), name, number, language)
    sectors = list(dict.fromkeys(table(first, variable, sector)["sector"]))
    for number, label in enumerate(sectors):
        colour = INK if len(sectors) == 1 else COLOURS[number % len(COLOURS)]
        _add_observations(figure, variable, label, colour, first, language)
    attributes = first[variable].attrs
    figure.update_layout(
        title=attributes[language],
        xaxis_title=WORDS[language]["year"],
        yaxis_title=attributes["unit"],
        template="plotly_white",
        legend={"orientation": "h", "y": -0.2},
        showlegend=True,
    )
    return figure


def _named(runs: RunLike | Sequence[RunLike] | Mapping[str, RunLike], language: str) -> dict[str, xr.Dataset]:
    """The runs by the name in the legend: that of a mapping, or the title of the scenario."""
    if isinstance(runs, Mapping) and not isinstance(runs, xr.Dataset):
        return {name: as_run(run) for name, run in runs.items()}
    several = [runs] if isinstance(runs, RunLike) else list(runs)
    if not several:
        raise ValueError("nothing to plot: give a run or a scenario")
    named: dict[str, xr.Dataset] = {}
    for run in [as_run(one) for one in several]:
        name = run.attrs[f"title_{language}"]
        if name in named:
            raise ValueError(f"two runs are called {name!r}; give a mapping of names to runs")
        named[name] = run
    return named


def _add_lines(figure: go.Figure, rows: pd.DataFrame, name: str, number: int, language: str) -> None:
    """The lines of one run: one colour a run where each has one line, else one colour a sector and a dash a run."""
    sectors = list(dict.fromkeys(rows["sector"]))
    for position, label in enumerate(sectors):
        single = len(sectors) == 1
        line = {"color": COLOURS[(number if single else position) % len(COLOURS)]}
        if not single:
            line["dash"] = DASHES[number % len(DASHES)]
        of_sector = rows[rows["sector"] == label]
        shown = name if single else f"{name} · {_sector_name(label, language)}"
        figure.add_scatter(x=of_sector["year"], y=of_sector["value"], mode="lines", name=shown, line=line)


def _sector_name(label: str, language: str) -> str:
    name = BRANCH_LABELS.get(label) or BELT_LABELS.get(label)
    return label if name is None else name[language]


def _add_observations(
    figure: go.Figure, variable: str, sector: str, colour: str, run: xr.Dataset, language: str
) -> None:
    """Points of the series that carries name and sector of the variable, within the years of the run."""
    points: pd.DataFrame = points_of(variable, sector)
    points = points[points["year"].between(run.attrs["start"], run.attrs["end"])]
    if points.empty:
        return
    symbols = ["circle-open" if grade == UNVERIFIED else "circle" for grade in points["confidence"]]
    figure.add_scatter(
        x=points["year"],
        y=points["value"],
        mode="markers",
        name=WORDS[language]["observed"],
        legendgroup="observed",
        showlegend="observed" not in {trace.legendgroup for trace in figure.data},
        marker={"color": colour, "symbol": symbols, "size": 7},
        text=[f"{grade}: {source}" for grade, source in zip(points["confidence"], points["source"], strict=True)],
        hovertemplate="%{x}: %{y:,.4g}<br>%{text}<extra></extra>",
    )
