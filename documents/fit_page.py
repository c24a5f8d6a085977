"""The page that compares the run "as happened" with observations."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from analysis.fit_table import compared, fit_table
from calibration.posterior import WINDOWS
from model import shipped_scenarios, simulate
from model.run import indicator_names
from model.scenario import BASELINE

from .markdown import table

TEXT = """# The run "as happened" against observations

Written by `hebei2025 documents fit_table`. Estimated parameters are at the medians of their posterior given
observations of grades A to C up to {used} (docs/evidence/calibration.md); others were set by hand. The table therefore
shows a fit, not a forecast; the forecast of 2016-2020 from data to 2015 is in docs/evidence/validation.md. No output
of Hebei is an input. Rows of grade D are unverified and separate. "Points" are percentage points.

{fit}

## Crude steel, year by year (Mt)

{steel}

The largest error is in 2017: furnaces outside the statistics were removed in the first half of the year, and the model
lets recorded furnaces take over at once, while the official figure rises only in 2018.
"""


def fit_page() -> str:
    """The page, from a run of the model."""
    result = simulate(shipped_scenarios()[BASELINE], outputs=indicator_names())
    return TEXT.format(used=WINDOWS[-1], fit=_fit(fit_table(result)), steel=_steel(result))


def _fit(fits: pd.DataFrame) -> str:
    shown = fits.copy()
    for column in ("U^M", "U^S", "U^C"):
        shown[column] = ["" if pd.isna(value) else f"{value:.2f}" for value in shown[column]]
    return table(list(shown.columns), [[str(cell) for cell in row] for row in shown.itertuples(index=False)])


def _steel(result: xr.Dataset) -> str:
    pairs = compared(result)
    steel = pairs[(pairs["series"] == "crude_steel_output") & (pairs["sector"] == "steel")]
    rows = [
        [str(year), f"{observed:.1f}", f"{simulated:.1f}", f"{100 * (simulated / observed - 1):+.1f} %"]
        for year, observed, simulated in steel[["year", "observed", "simulated"]].itertuples(index=False, name=None)
    ]
    return table(("year", "observed", "simulated", "error"), rows)
