"""Arguments that several commands share: paths, and what a shell proposes for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def given_path(text: str | Path) -> Path:
    """The path that was given; an empty one, which would be the current folder, is refused."""
    if not str(text).strip():
        raise typer.BadParameter("the path is empty; give the name of a file or folder, or . for the current folder")
    return Path(text)


def scenario_files(incomplete: str) -> list[str]:
    """Folders and YAML files that begin with what was typed."""
    typed = Path(incomplete)
    folder = typed if incomplete.endswith(("/", "\\")) else typed.parent
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    names = [f"{p}/" if p.is_dir() else str(p) for p in entries if p.is_dir() or p.suffix in (".yaml", ".yml")]
    return [name for name in names if name.startswith(incomplete)]


def settings(incomplete: str) -> list[str]:
    """Levers, with = for a value, that begin with what was typed."""
    from model.inputs import levers

    return [f"{name}=" for name in levers() if name.startswith(incomplete)]


def split_names(given: list[str] | None) -> tuple[str, ...]:
    """Names that were given one by one or with commas between them."""
    return tuple(name.strip() for text in given or () for name in text.split(",") if name.strip())


Threads = Annotated[Optional[int], typer.Option(help="Threads (default: one a core).", min=1, max=1024)]
MovingLevers = Annotated[
    Optional[list[str]],
    typer.Option("--levers", help="Levers that may move, with commas or repeated (default: all).", show_default=False),
]
HeldLevers = Annotated[
    Optional[list[str]],
    typer.Option("--hold", help="Levers that stay as in the base, with commas or repeated.", show_default=False),
]
FirstYear = Annotated[int, typer.Option("--from", metavar="YEAR", help="Earliest year in which levers move.")]
MostStrength = Annotated[
    float, typer.Option("--most", help="Largest strength: 1 is the document, 2 the end of a lever's range.")
]
SearchBase = Annotated[
    str, typer.Option("--base", metavar="SCENARIO", help="Shipped scenario or scenario file that the mixes start from.")
]
SearchSeed = Annotated[int, typer.Option("--seed", help="Seed; the same seed gives the same result.", min=0)]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
File = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO.yaml",
        help="Scenario file.",
        show_default=False,
        parser=given_path,
        autocompletion=scenario_files,
    ),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="SCENARIO.yaml",
        help="Scenario files.",
        show_default=False,
        parser=given_path,
        autocompletion=scenario_files,
    ),
]
OptionalFiles = Annotated[
    Optional[list[Path]],
    typer.Argument(
        metavar="SCENARIO.yaml",
        help="Scenario files.",
        show_default=False,
        parser=given_path,
        autocompletion=scenario_files,
    ),
]
