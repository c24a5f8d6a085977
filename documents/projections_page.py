"""The page of projections, from the stored table."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.projections import EXTRAPOLATED, YEARS
from calibration.posterior import WINDOWS

from .labels import bilingual_label
from .markdown import table

LARGE = 100.0
"""Figures from here on are written without decimals."""
TEXT = """# 预测 / Projections

由 `hebei2025 documents projections` 根据 `calibration/results/projections.csv` 生成。政策措施按实际情况取值，
外生驱动分低、中、高三条路径（`scenarios/drivers_low.yaml`、`scenarios/drivers_high.yaml`，范围为D级假设）。
表中为后验中位数和90%区间，括号内为计入模型误差的区间；外生驱动走哪条路径不计入区间，故分列三行。
{extrapolated}年以后（标*）为外推：政策措施和外生驱动均为假设。

Written by `hebei2025 documents projections` from `calibration/results/projections.csv`. Levers are as they happened,
and drivers take a low, a central and a high path (`scenarios/drivers_low.yaml`, `scenarios/drivers_high.yaml`; the
ranges are assumptions of grade D). The table has the median and the 90 % interval of the posterior, in brackets with
the model error. No interval contains the uncertainty of the drivers, so there are three rows. Years after
{extrapolated} (marked *) are extrapolated: both levers and drivers are assumed. No observation of Hebei after {used}
was used.

{rows}
"""


class _Interval(NamedTuple):
    """Median and bands of one year, in the order of the stored table."""

    median: float
    low: float
    high: float
    low_with_error: float
    high_with_error: float


def projections_page(stored: pd.DataFrame) -> str:
    """The page, from the rows of `analysis.projections.table`."""
    years = [f"{year}{'*' if year > EXTRAPOLATED else ''}" for year in YEARS]
    header = ["指标 / indicator", "外生驱动 / drivers", *years]
    rows = []
    for (name, path), group in stored.groupby(["indicator", "path"], sort=False):
        intervals = group[list(_Interval._fields)].itertuples(index=False)
        rows.append([bilingual_label(str(name)), str(path), *(_cell(_Interval(*one)) for one in intervals)])
    return TEXT.format(extrapolated=EXTRAPOLATED, used=WINDOWS[-1], rows=table(header, rows))


def _cell(one: _Interval) -> str:
    shown = f"{_number(one.median)}: {_number(one.low)} – {_number(one.high)}"
    if pd.isna(one.low_with_error):
        return shown
    return f"{shown} ({_number(one.low_with_error)} – {_number(one.high_with_error)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:.1f}"
