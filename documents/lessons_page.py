"""docs/lessons.md and docs/lessons.zh.md: teacher notes and role cards, with figures of the runs of the lessons."""

from __future__ import annotations

import functools
import json
import subprocess
import sys

from .places import DOCS

PAGES = {"en": DOCS / "lessons.md", "zh": DOCS / "lessons.zh.md"}
MAKER = "views.pages.classroom.handbook"
"""The part of the app that writes the pages."""


def lessons_page(language: str) -> str:
    """The page in a language."""
    return _pages()[language]


@functools.cache
def _pages() -> dict[str, str]:
    """Both pages, made by a process of its own, since documents do not build on the app."""
    # -P: modules in the folder where the user works must not take the place of ours.
    done = subprocess.run([sys.executable, "-P", "-m", MAKER], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        told = done.stderr.strip().splitlines() or [""]
        raise RuntimeError(f"the lessons could not be written: {told[-1]}")
    return json.loads(done.stdout)
