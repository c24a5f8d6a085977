"""The data behind a chart as a table, and tables as files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from views.language import Translate
from views.language import unit as unit_name
from views.results.catalogue import Chart, line_name
from views.results.observed import observed, targets_of
from views.results.simulation import Result

BYTE_ORDER_MARK = "utf-8-sig"
"""Encoding of CSV files: with this mark spreadsheets read Chinese correctly."""
DIGITS = 6


def table(chart: Chart, now: Result, ghost: Result, t: Translate, language: str) -> pd.DataFrame:
    """All points of a chart in long form: line, kind, year, value, unit, source."""
    rows: list[tuple] = []
    for line in chart.lines:
        name = line_name(line, t)
        for kind, result in (("now", now), ("ghost", ghost)):
            values = result.series(line.indicator, line.element) * chart.scale
            known = zip(result.years, values, strict=True)
            rows += [
                (name, t(f"table.{kind}"), int(y), float(f"{v:.{DIGITS}g}"), "") for y, v in known if np.isfinite(v)
            ]
        for point in observed(line.indicator, line.observed):
            rows.append(
                (name, t("table.observed", grade=point.grade), point.year, point.value * chart.scale, point.source)
            )
        for target in targets_of(line.indicator, line.observed):
            rows.append((name, t("table.target"), target.year, target.value * chart.scale, target.source))
    columns = [t(f"table.{key}") for key in ("indicator", "kind", "year", "value", "source")]
    made = pd.DataFrame(rows, columns=columns)
    made.insert(4, t("table.unit"), unit_name(chart.unit, language))
    return made


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """A table as CSV that spreadsheets open with the right characters."""
    return rows.to_csv(index=False).encode(BYTE_ORDER_MARK)
