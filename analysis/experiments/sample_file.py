"""The sample of a design from a CSV file: one column a dimension, one row a point."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from model.engine.text import Text
from model.scenario.problems import alternatives, quoted

from .design import Among, Between, Dimension, FromPrior
from .design_source import Source

WHERE = ("sample", "file")
MOST_WRONG = 20
"""Most wrong values that are listed."""
SLACK = 1e-9
"""Part of a range by which a value may lie outside it, for rounding."""


def read_rows(source: Source, name: object, dimensions: Sequence[Dimension]) -> dict[str, np.ndarray]:
    """Values by dimension from the file `name` beside the design; problems are noted in `source`."""
    path = source.folder / name if isinstance(name, str) else None
    try:
        table = pd.read_csv(path) if path is not None else None
    except (OSError, ValueError) as error:
        _report(source, zh=f"样本文件无法读取：{error}", en=f"the file of the sample cannot be read: {error}")
        return {}
    if path is None or table is None or table.empty:
        what = quoted(name)
        _report(
            source, zh=f"{what.zh} 中没有样本点", en=f"{what.en} holds no points; allowed: a CSV file, one point a row"
        )
        return {}
    names = [dimension.name for dimension in dimensions]
    for column in table.columns:
        if column not in names:
            what, allowed = quoted(column), alternatives(column, names)
            _report(
                source,
                zh=f"列 {what.zh} 不是变化项；{allowed.zh}",
                en=f"column {what.en} is none that varies; {allowed.en}",
            )
    rows = {}
    for dimension in dimensions:
        if dimension.name not in table.columns:
            _report(source, zh=f"缺少列 {dimension.name}", en=f"column {dimension.name} is missing")
            continue
        rows[dimension.name] = _checked(source, path, dimension, table[dimension.name])
    return rows


def _report(source: Source, zh: str, en: str) -> None:
    source.report(WHERE, Text(zh=zh, en=en))


def _checked(source: Source, path: Path, dimension: Dimension, column: pd.Series) -> np.ndarray:
    """The values of a column; those outside the range of the dimension are noted with their line."""
    spread = dimension.spread
    names = isinstance(spread, Among) and any(isinstance(choice, str) for choice in spread.choices)
    values = column.astype(str).to_numpy(object) if names else pd.to_numeric(column, errors="coerce").to_numpy(float)
    if isinstance(spread, Among):
        fine, allowed = np.isin(values, spread.choices), ", ".join(map(str, spread.choices[:MOST_WRONG]))
    else:
        low, high = (
            (spread.number.low, spread.number.high) if isinstance(spread, FromPrior) else (spread.low, spread.high)
        )
        slack = SLACK * (high - low)
        fine, allowed = (values >= low - slack) & (values <= high + slack), f"{low:g} to {high:g}"
        if isinstance(spread, Between) and spread.whole:
            fine &= values == np.round(values)
            allowed += " (whole)"
    for row in np.flatnonzero(~fine)[:MOST_WRONG]:
        written = column.iloc[row]
        what = quoted(written.item() if isinstance(written, np.generic) else written)
        text = f"{path.name}:{row + 2}: {dimension.name}: "
        _report(source, zh=f"{text}{what.zh}；允许：{allowed}", en=f"{text}{what.en}; allowed: {allowed}")
    return np.array(values.tolist()) if names else values
