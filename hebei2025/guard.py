"""Refusing to start with foreign modules: a `model.py` beside the user's script hides the package of that name.

Needs nothing but the standard library, so that it can run before anything else of the project is imported.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

PACKAGES = ("model", "calibration", "analysis", "batch", "documents", "cli", "views")
"""Packages installed together with this one."""
COMMAND = "hebei2025"
FAULTY_INPUT = 2
"""Exit code for what the user can mend."""


class ForeignModuleError(ImportError):
    """Another module has the name of a package of the project; the message names its file and what to do."""


def check_packages(root: Path) -> None:
    """Require that `PACKAGES` are those in the folder `root`; called when `hebei2025` is imported.

    Raises `ForeignModuleError`. In a process started as the command, prints the message and exits instead.
    """
    foreign = {name: place for name in PACKAGES if (place := origin_of(name)) and not place.is_relative_to(root / name)}
    if not foreign:
        return
    message = message_about(foreign)
    if is_command(sys.orig_argv):
        print(message, file=sys.stderr)
        sys.exit(FAULTY_INPUT)
    raise ForeignModuleError(message)


def origin_of(name: str) -> Path | None:
    """The file that `import name` gives or would give; None where there is no such module."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):  # already imported, and not loaded from a file
        spec = None
    origin = spec.origin if spec is not None else getattr(sys.modules.get(name), "__file__", None)
    return Path(origin).resolve() if origin else None


def message_about(foreign: dict[str, Path]) -> str:
    """What is in the way, and what to do."""
    files = "; ".join(f"`import {name}` gives {place}" for name, place in foreign.items())
    which = "that file" if len(foreign) == 1 else "those files"
    return (
        f"hebei2025 has packages of its own that other files hide: {files}. "
        f"Rename {which}, or start Python in another folder."
    )


def is_command(arguments: list[str]) -> bool:
    """Whether a process was started as `hebei2025` or `python -m hebei2025`, by its original arguments."""
    if len(arguments) > 1 and Path(arguments[1]).stem.removesuffix("-script") == COMMAND:
        return True
    return any(pair == ("-m", COMMAND) for pair in zip(arguments, arguments[1:], strict=False))
