"""Folders of the site: what it is made from, and where it is built."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
THEME = Path(__file__).parent / "theme"
ASSETS = Path(__file__).parent / "assets"
BUILD = ROOT / "build" / "site"
"""Ignored by git."""
EXECUTED = ROOT / "build" / "notebooks"
"""Notebooks that have been run, by what they depend on."""
HOME, CONTENTS = "home.md", "README.md"
"""Pages of docs/: the first page of the site, and the table of everything in docs/."""
