"""The page that ranks uncertain numbers by how far they move what is observed, from the stored table."""

from __future__ import annotations

import pandas as pd

from .markdown import number_text, table

SHOWN = 100
"""Numbers that the page shows; the stored table has all."""
TEXT = """# Screening

Written by `hebei2025 documents screening` from `calibration/results/screening.csv`.

Each of {numbers} numbers of the model with a range is moved to both ends of it, alone, in the run "as happened" to
2020. *Influence* is the change of all observed points in typical errors of one observation (root of the sum of
squares, the larger of both ends); the last column is the series that changes most. Numbers with little influence
cannot be estimated and stay assumptions. The {shown} most influential numbers:

{rows}
"""


def screening_page(stored: pd.DataFrame) -> str:
    """The page, from the table of `calibration.screening`."""
    top = stored.head(SHOWN)
    columns = ["number", "grade", "low", "value", "high", "influence", "moves_most"]
    rows = [
        [f"`{name}`", grade, *(number_text(value) for value in values), f"`{series}`"]
        for name, grade, *values, series in top[columns].itertuples(index=False, name=None)
    ]
    header = ("number", "grade", "low", "value", "high", "influence", "series")
    return TEXT.format(numbers=len(stored), shown=len(top), rows=table(header, rows))
