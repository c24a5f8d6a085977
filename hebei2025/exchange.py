"""The model with one scenario as a file for other system-dynamics programs."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from batch.staging import write_whole
from model.exchange import FORMATS, xmile_of
from model.run_limits import steps_per_year

from .arguments import ScenarioLike, find_scenario
from .runs import DEFAULT_STEP


def export(
    scenario: ScenarioLike,
    out: str | Path | None = None,
    format: str = "xmile",
    until: int | None = None,
    dt: float | str | Fraction = DEFAULT_STEP,
    method: str = "euler",
) -> str:
    """The whole model with the levers, drivers and parameters of a scenario as text; also written to `out` where given.

    format: "xmile", which Stella, Vensim, Simlin and PySD open; the other arguments are those of `simulate`. Annual
    statistics are left out (`docs/exchange.md`). Raises ScenarioError for a faulty file, ValueError for an argument out
    of range or a scenario with discrete projects, OSError where `out` cannot be written.
    """
    if format not in FORMATS:
        raise ValueError(f"format {format!r} is unknown; allowed: {', '.join(FORMATS)}")
    text = xmile_of(find_scenario(scenario), until, steps_per_year(dt), method)
    if out is not None:
        write_whole(Path(out), text)
    return text
