"""Finds paths of the machine in what was built there: they would differ elsewhere, and tell of its user."""

from __future__ import annotations

import re
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .facts import ROOT

SHORTEST = 3
"""Parts of a path that is looked for, so that the text `/root/` in prose is no finding."""


def machine_paths(file: Path) -> list[str]:
    """Paths of this machine in a file, each with the member of the archive that has it."""
    places = _places()
    return sorted(
        {
            f"{found.decode(errors='replace')} in {member}"
            for member, content in _members(file)
            for found in places.findall(content)
        }
    )


def _places() -> re.Pattern[bytes]:
    """The checkout, the environment and folders of temporary files, with what stands behind them."""
    temporary = re.escape(tempfile.gettempdir())
    fixed = [re.escape(str(place)) for place in (ROOT, Path(sys.prefix)) if len(place.parts) >= SHORTEST]
    fixed.sort(key=len, reverse=True)  # the environment may be in the checkout
    text = "|".join([*fixed, rf"{temporary}/(?:hebei2025-|tmp|pip-|build-)[\w-]+"])
    return re.compile(text.encode())


def _members(file: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif tarfile.is_tarfile(file):
        with tarfile.open(file) as packed:
            for entry in packed:
                content = packed.extractfile(entry)
                yield entry.name, content.read() if content else b""
    else:
        yield file.name, file.read_bytes()
