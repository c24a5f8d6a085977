"""The file of the Explore page: the component, the chart library, the model and its data in one text."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from html import escape
from importlib import metadata
from pathlib import Path
from string import Template
from typing import Any

from model.scenario import Scenario
from views.component import model_data
from views.component.component import CHART_LIBRARY, code, styles
from views.language import LANGUAGES, catalogue

from .page_data import sections

FOLDER = Path(__file__).parent
SCRIPTS = ("link_check.js", "words.js", "kept.js", "lesson_parts.js", "lessons.js", "host.js")
"""The code that stands in for the app, in an order in which every part comes after those that it builds on."""
MODULE = "module"
"""The section with the model; the others hold JSON."""


def offline_page(given: Sequence[Scenario] = (), lesson: str = "") -> str:
    """The page as HTML, with the shipped scenarios and the `given` ones, whose names are their keys in links.

    Where the address names nothing, it opens the `lesson` with this id, else Explore.

    It loads nothing: its rules forbid the browser every request.
    """
    data = {MODULE: model_data.module(), **{name: _packed(part) for name, part in sections(given).items()}}
    scripts = "\n".join([code(), *((FOLDER / "js" / name).read_text(encoding="utf-8") for name in SCRIPTS)])
    return Template(_own("page.html")).substitute(
        style=f"{styles()}\n{_own('page.css')}",
        library=CHART_LIBRARY.read_text(encoding="utf-8"),
        scripts=scripts,
        data="\n".join(_section(name, content) for name, content in data.items()),
        title=escape(" · ".join(catalogue(language)["app.title"] for language in LANGUAGES)),
        lesson=escape(lesson),
        version=escape(metadata.version("hebei2025")),
        **{key: _in_both(key) for key in ("loading", "no_scripts", "too_old")},
    )


def _own(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _packed(part: Mapping[str, Any]) -> bytes:
    text = json.dumps(part, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _section(name: str, content: bytes) -> str:
    return f'<script type="text/plain" id="{name}">{base64.b64encode(content).decode()}</script>'


def _in_both(key: str) -> str:
    """A text of the file in every language, for what is shown before a language is chosen."""
    texts = {language: escape(catalogue(language)[f"offline.{key}"]) for language in LANGUAGES}
    return " ".join(f'<span lang="{language}">{text}</span>' for language, text in texts.items())
