"""The command export for other system-dynamics programs: the model with one scenario as an XMILE file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from model.exchange import ExportError, xmile_of
from model.run_limits import METHODS, RunError, check_until, steps_per_year
from model.scenario import BASELINE, SHIPPED
from model.scenario.problems import suggestion

from .main import fail, write_file
from .running import changed, load_all


def export_xmile(
    files: Sequence[Path], out: Path | None, settings: Sequence[str], until: int | None, dt: str, method: str
) -> None:
    """Write the model with a scenario (default: as happened) to a file, or print it where no file is named."""
    if len(files) > 1:
        raise fail(f"--format xmile takes one scenario, not {len(files)}; export them one by one")
    if method not in METHODS:
        raise fail(f"--method {method!r} is unknown; {suggestion(method, METHODS)}")
    try:
        check_until(until)
        steps = steps_per_year(dt)
    except RunError as error:
        raise fail(f"--{error}") from None
    (scenario,) = load_all(files or (SHIPPED / f"{BASELINE}.yaml",))
    try:
        text = xmile_of(changed(scenario, settings), until, steps, method)
    except ExportError as error:
        raise fail(str(error)) from None
    if out is None:
        print(text, end="")
    else:
        write_file(out, text)
