"""Text alternatives of charts, for people who cannot see them: title, unit, and the values of some years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from views.language import Locale

TEXT_YEARS = (2010, 2015, 2020, 2025)
"""Years whose values a text alternative gives."""
Figure: TypeAlias = Callable[[float], str]
Values: TypeAlias = Sequence[float] | np.ndarray | pd.Series


def chart_text(title: str, unit: str, parts: Iterable[tuple[str, str]], locale: Locale) -> str:
    """A chart in words: its title, its unit, and for each line its name and a description."""
    lines = [locale.translate("chart.alternative_line", name=name, values=values) for name, values in parts]
    series = locale.translate("app.then").join(lines)
    if not unit:
        return f"{title}{'。' if locale.is_chinese else '. '}{series}"
    return locale.translate("chart.alternative", title=title, unit=unit, series=series)


def values_text(years: Values, values: Values, figure: Figure, chosen: Sequence[int] = TEXT_YEARS) -> str:
    """The finite values of a line in chosen years."""
    known = dict(zip(map(int, years), map(float, values), strict=True))
    return ", ".join(f"{y} {figure(known[y])}" for y in chosen if y in known and np.isfinite(known[y]))


def lines_text(
    title: str,
    unit: str,
    lines: Mapping[str, tuple[Values, Values]],
    locale: Locale,
    figure: Figure = Locale.number,
    chosen: Sequence[int] = TEXT_YEARS,
) -> str:
    """A chart of lines over the years; `lines` holds years and values by name, `figure` writes a value."""
    parts = ((name, values_text(*line, figure, chosen)) for name, line in lines.items())
    return chart_text(title, unit, parts, locale)


def table_text(title: str, unit: str, rows: pd.DataFrame, locale: Locale) -> str:
    """The same for a table with the columns line, year and value."""
    groups = rows.groupby("line", sort=False)
    return lines_text(title, unit, {str(name): (group["year"], group["value"]) for name, group in groups}, locale)


def panels_text(panels: Sequence[str], runs: Sequence[str], locale: Locale) -> str:
    """Small multiples: the names of their panels and lines; a table has the values."""
    return locale.translate("chart.panels", panels="; ".join(dict.fromkeys(panels)), lines="; ".join(runs))
