"""The command export: the model with scenarios as files for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from batch.staging import OutputError, write_folder
from model.browser import ScenarioDataError, browser_files
from model.exchange import ExportError, xmile_of
from model.run_limits import METHODS, RunError, check_until, steps_per_year
from model.scenario import BASELINE, SHIPPED
from model.scenario.problems import suggestion

from .refusals import fail, write_file
from .running import changed, load_all, named_apart

WASM, XMILE = "wasm", "xmile"
FORMATS = (WASM, XMILE)


def export_scenarios(
    files: Sequence[Path],
    form: str,
    out: Path | None,
    settings: Sequence[str],
    until: int | None,
    dt: str,
    method: str,
) -> None:
    """Write the model with scenarios (default: as happened) in a format; where something is wrong, nothing."""
    if form not in FORMATS:
        raise fail(f"--format {form!r} is unknown; {suggestion(form, FORMATS)}")
    if method not in METHODS:
        raise fail(f"--method {method!r} is unknown; {suggestion(method, METHODS)}")
    if form == XMILE and len(files) > 1:
        raise fail(f"--format xmile takes one scenario, not {len(files)}")
    if form == WASM and out is None:
        raise fail("--format wasm needs --out with a folder")
    try:
        check_until(until)
        steps = steps_per_year(dt)
    except RunError as error:
        raise fail(f"--{error}") from None
    loaded = load_all(files or (SHIPPED / f"{BASELINE}.yaml",))
    scenarios = named_apart([changed(scenario, settings) for scenario in loaded])
    try:
        if form == WASM and out is not None:
            _write_folder(browser_files(scenarios, until, steps, method), out)
        else:
            _write_text(xmile_of(scenarios[0], until, steps, method), out)
    except (OutputError, ScenarioDataError, ExportError) as error:
        raise fail(str(error)) from None


def _write_text(text: str, out: Path | None) -> None:
    if out is None:
        print(text, end="")
    else:
        write_file(out, text)


def _write_folder(files: Mapping[str, bytes], out: Path) -> None:
    """Write files into a folder and list them; those of an earlier export give way."""
    write_folder(files, out)
    for name, content in files.items():
        print(f"{out / name}: {len(content) / 1000:,.0f} kB")
