"""The command offline: the Explore page as one file that needs neither a server nor a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer

from .arguments import given_path, scenario_files
from .refusals import fail, require_extra, write_file

LESSONS = Path(__file__).parents[1] / "views" / "pages" / "classroom" / "lessons.yaml"
"""The lessons of the app, which is found by its place, as the app itself is."""
MOST_BYTES = 5_000_000
"""Size of the file that is not exceeded: it is sent by mail and opened on phones."""
MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def offline(
        out: Annotated[
            Path,
            typer.Option(help="File to write.", show_default=False, parser=given_path, metavar="FILE.html"),
        ],
        scenario: Annotated[
            Optional[list[Path]],
            typer.Option(
                "--scenario",
                help="Scenario file to add to the shipped ones; repeat for several.",
                show_default=False,
                parser=given_path,
                metavar="SCENARIO.yaml",
                autocompletion=scenario_files,
            ),
        ] = None,
        lesson: Annotated[
            Optional[str],
            typer.Option(help="Lesson that the file opens with (default: Explore).", show_default=False, metavar="ID"),
        ] = None,
    ) -> None:
        """Write Explore and the lessons as one HTML file that runs the model without server and network."""
        write_offline(scenario or (), lesson, out)


def write_offline(files: Sequence[Path], lesson: str | None, out: Path) -> None:
    """Write the file with the shipped scenarios and those given; where something is wrong, nothing."""
    require_extra("app", "the offline file")
    from model.scenario.problems import suggestion

    if lesson is not None and lesson not in lesson_ids():
        raise fail(f"--lesson {lesson!r} is unknown; {suggestion(lesson, lesson_ids())}")
    if out.is_dir():
        raise fail(f"{out} is a folder; give a file for --out, such as {out / 'hebei2025.html'}")
    page = _page(_added(files), lesson)
    size = len(page.encode())
    if size > MOST_BYTES:
        raise fail(
            f"the file would have {size / MEGABYTE:.1f} MB with {len(files)} scenarios of your own, and at most "
            f"{MOST_BYTES / MEGABYTE:.0f} MB are allowed; give fewer with --scenario"
        )
    write_file(out, page)
    print(f"{out}: {size / MEGABYTE:.1f} MB")


def _added(files: Sequence[Path]) -> list[Path]:
    """The files that are not shipped ones; the exit for bad input where one is wrong or its name is taken."""
    from model.scenario import shipped_scenarios

    from .running import load_all

    shipped = shipped_scenarios()
    added: dict[str, Path] = {}
    for file, scenario in zip(files, load_all(files), strict=True):
        if shipped.get(scenario.name) == scenario:
            continue
        if scenario.name in shipped:
            raise fail(f"{file}: a shipped scenario is named {scenario.name!r}; rename the file")
        if added.setdefault(scenario.name, file).resolve() != file.resolve():
            raise fail(f"two scenarios are named {scenario.name!r}: {added[scenario.name]} and {file}; rename one file")
    return list(added.values())


def lesson_ids() -> tuple[str, ...]:
    """The lessons by id, as their file has them."""
    from model.inputs import load_yaml

    return tuple(load_yaml(LESSONS))


def _page(files: Sequence[Path], lesson: str | None = None) -> str:
    """The page, made by a process of its own, since commands do not build on the app."""
    # -P: modules in the folder where the user works must not take the place of ours.
    command = [sys.executable, "-P", "-m", "views.offline", lesson or "", *map(str, files)]
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines() or [""]
        raise RuntimeError(f"the page could not be made: {told[-1]}")
    return done.stdout.decode()
