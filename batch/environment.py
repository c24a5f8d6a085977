"""Where results came from: the machine, the versions of packages, and the commit of the checkout."""

from __future__ import annotations

import functools
import platform
import subprocess
from pathlib import Path

SCHEMA_VERSION = 1
"""Version of the layout of everything that is written as JSON; raised when a key changes its meaning or goes away."""
PATIENCE = 10.0
"""Seconds after which git is not waited for."""
ROOT = Path(__file__).parents[1]


def environment(root: Path = ROOT) -> dict[str, object]:
    """Entries of a manifest on the environment of a run: schema version, platform, and commit where known."""
    described: dict[str, object] = {
        "schema_version": SCHEMA_VERSION,
        "platform": {
            "system": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
            "python": f"{platform.python_implementation()} {platform.python_version()}",
        },
    }
    commit = commit_of(root)
    return described if commit is None else described | {"commit": commit}


@functools.cache
def commit_of(root: Path) -> dict[str, object] | None:
    """The commit of the git checkout whose top is `root`, and whether tracked files differ from it; None elsewhere."""
    if not (root / ".git").exists():
        return None
    identity = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    if not identity or changes is None:
        return None
    return {"id": identity, "changed": bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(root), "--no-optional-locks", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
