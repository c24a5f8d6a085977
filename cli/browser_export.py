"""The command export for browsers: the model and scenarios as files with which any page runs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from batch.staging import Mover, OutputError, Staged
from model.browser import ScenarioDataError, browser_files
from model.run_limits import METHODS, RunError, check_until, steps_per_year
from model.scenario import BASELINE, SHIPPED
from model.scenario.problems import suggestion

from .main import fail
from .running import changed, load_all, named_apart


def export_for_browsers(
    files: Sequence[Path], out: Path, settings: Sequence[str], until: int | None, dt: str, method: str
) -> None:
    """Write the model with scenarios (default: as happened) into a folder: all files, or none."""
    if method not in METHODS:
        raise fail(f"--method {method!r} is unknown; {suggestion(method, METHODS)}")
    try:
        check_until(until)
        steps = steps_per_year(dt)
    except RunError as error:
        raise fail(f"--{error}") from None
    loaded = load_all(files or (SHIPPED / f"{BASELINE}.yaml",))
    scenarios = named_apart([changed(scenario, settings) for scenario in loaded])
    try:
        _write(browser_files(scenarios, until, steps, method), out)
    except (OutputError, ScenarioDataError) as error:
        raise fail(str(error)) from None


def _write(files: Mapping[str, bytes], out: Path) -> None:
    """Write files into a folder and list them; those of an earlier export give way."""

    def move(stage: Path, mover: Mover) -> None:
        for name in files:
            for folder in reversed(PurePosixPath(name).parents[:-1]):
                mover.make_folder(out / folder)
            mover.put(stage / name, out / name)

    with Staged(out, move) as stage:
        for name, content in files.items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_bytes(content)
    for name, content in files.items():
        print(f"{out / name}: {len(content) / 1000:,.0f} kB")
