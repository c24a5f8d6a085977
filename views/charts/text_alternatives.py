"""Charts in words, for people who cannot see them: what is drawn, with its figures in a few years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from views.language import Translate, number

from .echarts import TEXT_YEARS


def told(title: str, unit: str, parts: Iterable[tuple[str, str]], t: Translate) -> str:
    """A chart in words: its title, its unit, and names with what is to be said of them."""
    lines = [t("chart.alternative_line", name=name, values=values) for name, values in parts]
    series = t("app.then").join(lines)
    return t("chart.alternative", title=title, unit=unit, series=series) if unit else f"{title}. {series}"


def values_in_words(years: Sequence[int] | np.ndarray, values: Sequence[float] | np.ndarray) -> str:
    """A line in the years that are told, as far as it has values in them."""
    known = dict(zip(map(int, years), map(float, values), strict=True))
    return ", ".join(f"{y} {number(known[y])}" for y in TEXT_YEARS if y in known and np.isfinite(known[y]))


def paths_in_words(title: str, unit: str, lines: Mapping[str, tuple], t: Translate) -> str:
    """Lines over the years; `lines` holds years and values by name."""
    return told(title, unit, ((name, values_in_words(*line)) for name, line in lines.items()), t)


def rows_in_words(title: str, unit: str, rows: pd.DataFrame, t: Translate) -> str:
    """The same for a table of line, year and value."""
    groups = rows.groupby("line", sort=False)
    return paths_in_words(title, unit, {str(name): (own["year"], own["value"]) for name, own in groups}, t)


def panels_in_words(panels: Sequence[str], runs: Sequence[str], t: Translate) -> str:
    """Small multiples: what their panels and lines are; a table has the figures."""
    return t("chart.panels", panels="; ".join(dict.fromkeys(panels)), lines="; ".join(runs))
