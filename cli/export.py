"""The command export: scenarios as files with which other programs run the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from batch.staging import Mover, OutputError, Staged
from model.run_limits import RunError, check_until
from model.scenario import BASELINE, SHIPPED, Scenario
from model.scenario.problems import suggestion

from .main import fail
from .running import load_all, named_apart

Files = dict[str, bytes]
"""Contents by path in the folder of an export, with forward slashes."""


def run_export(files: Sequence[Path], form: str, out: Path, until: int | None) -> None:
    """Write scenarios (default: as happened) in a format into a folder: all files, or none."""
    if form not in FORMATS:
        raise fail(f"--format {form!r} is unknown; {suggestion(form, FORMATS)}")
    try:
        check_until(until)
        scenarios = named_apart(load_all(files or (SHIPPED / f"{BASELINE}.yaml",)))
        written = FORMATS[form](scenarios, until)
        with Staged(out, lambda stage, mover: _move(written, stage, out, mover)) as stage:
            for name, content in written.items():
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).write_bytes(content)
    except RunError as error:
        raise fail(f"--{error}") from None
    except OutputError as error:
        raise fail(str(error)) from None
    for name, content in written.items():
        print(f"{out / name}: {len(content) / 1000:,.0f} kB")


def _move(files: Mapping[str, bytes], stage: Path, out: Path, mover: Mover) -> None:
    """Put the files of an export in their places; files of an earlier export give way."""
    for name in files:
        for folder in reversed(PurePosixPath(name).parents[:-1]):
            mover.make_folder(out / folder)
        mover.put(stage / name, out / name)


def _for_browsers(scenarios: Sequence[Scenario], until: int | None) -> Files:
    from model.browser import ScenarioDataError, browser_files

    try:
        return browser_files(scenarios, until)
    except ScenarioDataError as error:
        raise fail(str(error)) from None


FORMATS: dict[str, Callable[[Sequence[Scenario], int | None], Files]] = {"wasm": _for_browsers}
"""How the files of each format are written."""
