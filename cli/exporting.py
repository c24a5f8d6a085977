"""The command export: the model with one scenario as a file for other programs."""

from __future__ import annotations

from pathlib import Path

from model.exchange import FORMATS, ExportError, xmile_of
from model.run_limits import METHODS, RunError, check_until, steps_per_year
from model.scenario.problems import suggestion

from .main import fail, write_file
from .running import changed, load_all


def export_scenario(
    file: Path,
    form: str,
    out: Path | None,
    settings: tuple[str, ...],
    until: int | None,
    dt: str,
    method: str,
) -> None:
    """Write the model with a scenario to a file, or print it; nothing is written where something is wrong."""
    if form not in FORMATS:
        raise fail(f"--format {form!r} is unknown; {suggestion(form, FORMATS)}")
    if method not in METHODS:
        raise fail(f"--method {method!r} is unknown; {suggestion(method, METHODS)}")
    try:
        check_until(until)
        steps = steps_per_year(dt)
    except RunError as error:
        raise fail(f"--{error}") from None
    (scenario,) = load_all([file])
    try:
        text = xmile_of(changed(scenario, settings), until, steps, method)
    except ExportError as error:
        raise fail(str(error)) from None
    if out is None:
        print(text, end="")
    else:
        write_file(out, text)
