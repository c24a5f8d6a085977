"""The page that ranks uncertain numbers by how far they decide effects of policies and move what is observed, from the
stored table."""

from __future__ import annotations

import pandas as pd

from .markdown import number_text, table

SHOWN = 100
"""Numbers that the page shows; the stored table has all."""
TEXT = """# Screening

Written by `hebei2025 documents screening` from `calibration/results/screening.csv`.

*Policy*: all entries of a parameter are drawn from their priors, all others held, and the effects of the four spine
packages on the outcomes of 2025 are compared between draws. It is the standard deviation of an effect over the largest
effect of any package on the same outcome (root mean square over packages and outcomes), the same for all entries of a
parameter. *Influence*: each of {numbers} numbers of the model with a range is moved to 5 and 95 % of its prior, alone,
in the run "as happened"; it is the change of all observed points in typical errors of one observation (root of the sum
of squares, the larger of both ends); the last column is the series that changes most. Numbers with little influence
cannot be estimated and stay what their priors say. The first {shown} numbers by policy, then influence:

{rows}
"""


def screening_page(stored: pd.DataFrame) -> str:
    """The page, from the table of `calibration.screening`. Raises ValueError for a table without its columns."""
    top = stored.head(SHOWN)
    columns = ["number", "grade", "low", "value", "high", "policy", "influence", "moves_most"]
    missing = [name for name in columns if name not in stored]
    if missing:
        raise ValueError(f"the stored screening is of another version: it has no column {', '.join(missing)}")
    rows = [
        [f"`{name}`", grade, *(number_text(value) for value in values), f"`{series}`"]
        for name, grade, *values, series in top[columns].itertuples(index=False, name=None)
    ]
    header = ("number", "grade", "5 %", "value", "95 %", "policy", "influence", "series")
    return TEXT.format(numbers=len(stored), shown=len(top), rows=table(header, rows))
