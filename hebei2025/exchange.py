"""Files: a scenario as a scenario file, and the model with it for other system-dynamics programs."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from batch.staging import write_whole
from model.exchange import FORMATS, xmile_of
from model.run_limits import steps_per_year
from model.scenario import shipped_scenarios
from model.scenario.problems import suggestion
from model.scenario.writing import file_text

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


def save_scenario(scenario: ScenarioLike, out: str | Path, extends: str | None = None) -> Path:
    """Write a scenario file, which `simulate`, designs and the command line read, and give its path.

    extends: name of a shipped scenario on which the file builds, so that it has only what differs; without it
    everything is written out. Raises ValueError where that scenario cannot be built upon, OSError where `out` cannot be
    written.
    """
    if extends is not None and extends not in shipped_scenarios():
        known = suggestion(extends, shipped_scenarios())
        raise ValueError(f"extends {extends!r} is no shipped scenario; {known}")
    base = None if extends is None else shipped_scenarios()[extends]
    write_whole(Path(out), file_text(find_scenario(scenario), base))
    return Path(out)
