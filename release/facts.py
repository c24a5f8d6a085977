"""What a release is called and when it was made, from the files that state it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, time
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
NAME = "hebei2025"
DIST = ROOT / "dist"
"""Where releases are written; ignored by git."""
CONSTRAINTS = ROOT / "constraints.txt"


def project() -> dict:
    """The table `project` of pyproject.toml, where the version stands."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def version() -> str:
    """The version of the checkout."""
    return project()["version"]


def epoch() -> int:
    """The day of the release in seconds since 1970: the time of every file in what is built."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return int(datetime.combine(citation["date-released"], time(), UTC).timestamp())


def pins() -> dict[str, str]:
    """Versions of all packages in constraints.txt, by normalised name."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").split()
    return {normalised(name): pinned for name, pinned in (line.split("==") for line in lines)}


def normalised(name: str) -> str:
    """The name of a package as package indexes compare it."""
    return name.lower().replace("_", "-").replace(".", "-")
