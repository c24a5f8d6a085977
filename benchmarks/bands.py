"""Time of the bands of a scenario from 500 posterior draws, warm: python -m benchmarks.bands."""

from __future__ import annotations

import functools

from calibration.bands import BANDED, model_errors, scenario_bands
from calibration.posterior import WINDOWS, load
from model import shipped_scenarios

from .report import heading, row, spread, timed

REPEATS = 10
FEW = ("crude_steel_output", "sector_va_share")
"""Two indicators, as on two charts."""


def main() -> None:
    heading("Bands of 500 draws, 2010-2025")
    posterior = load(WINDOWS[-1])
    errors = model_errors(posterior)
    scenario = shipped_scenarios()["document_implemented"]
    for name, outputs in (("all banded indicators", BANDED), ("two indicators", FEW)):
        seconds = timed(functools.partial(scenario_bands, posterior, scenario, 2025, outputs, errors), REPEATS)
        row(f"{name} ({len(outputs)})", spread(seconds))


if __name__ == "__main__":
    main()
