"""Optional dependencies: which extra brings which modules, and a clear message where one is missing."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable

EXTRAS = {
    "app": ("streamlit", "matplotlib", "openpyxl", "docx", "pyarrow", "segno", "starlette", "anyio"),
    "files": ("pyarrow", "openpyxl", "netCDF4"),
    "analysis": ("pyarrow", "SALib", "zarr"),
    "search": ("pymoo",),
    "cluster": ("distributed",),
}
"""Modules of each extra, by the name under which they are imported."""


class MissingExtraError(ImportError):
    """An extra is not installed; the message names it and the command that installs it."""


def require(extra: str, purpose: str, modules: Iterable[str] | None = None) -> None:
    """Raise `MissingExtraError` unless `modules` (default: all) of an extra can be imported.

    `purpose` names the part of the product that needs them, as in "the app". Nothing is imported, so this is quick.
    """
    missing = [name for name in (EXTRAS[extra] if modules is None else modules) if not is_installed(name)]
    if missing:
        names, verb = ", ".join(missing), "is" if len(missing) == 1 else "are"
        raise MissingExtraError(
            f'{purpose} needs {names}, which {verb} not installed; run: pip install "hebei2025[{extra}]"'
        )


def is_installed(module: str) -> bool:
    """Whether a top-level module is installed."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
