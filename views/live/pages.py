"""The pages of the live class, and the files that they load."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from html import escape
from importlib import metadata
from pathlib import Path
from string import Template
from typing import Any

from model.browser import HOST
from views.component.component import CHART_LIBRARY
from views.component.component import FOLDER as COMPONENT
from views.display_units import SEPARATORS, SPACES, quantity
from views.language import DEFAULT, LANGUAGES, TAGS, Locale, catalogue
from views.pages.classroom import game
from views.pages.classroom.lessons import lessons

from .game_data import game_texts
from .rooms import LONGEST_NAME, STEPS

FOLDER = Path(__file__).parent
SHARED = ("numbers.js", "elements.js")
"""Parts of the Explore component that all pages use."""
GAME = ("moves.js", "lever_tables.js", "model.js")
"""Parts of the Explore component that run the model."""
SCRIPTS = {
    "phone": ("connection.js", "parts.js", "outbox.js", "budget_game.js", "phone.js"),
    "teacher": ("connection.js", "parts.js", "screen.js", "teacher.js"),
}
"""The code of each page, in an order in which every part comes after those that it builds on."""
SECTIONS = ("live_class.", "classroom.", "app.language")
"""Beginnings of the keys of the texts that the pages have."""
LISTS, COLONS = {"zh": "、", "en": ", "}, {"zh": "：", "en": ": "}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'",
}
KINDS = {".js": "text/javascript", ".css": "text/css"}


def page(name: str, language: str, addresses: Sequence[str], assets: str) -> str:
    """A page as HTML: "phone", or "teacher" for projector and teacher.

    Its first texts are in `language`, or in the default one where it is none of the app's. `addresses` are those under
    which phones reach the server, `assets` is where the page finds its files.
    """
    first = catalogue(language if language in LANGUAGES else DEFAULT)
    return Template((FOLDER / "page.html").read_text(encoding="utf-8")).substitute(
        name=name,
        tag=TAGS.get(language, TAGS[DEFAULT]),
        title=escape(first["live_class.title"]),
        loading=escape(first["live_class.loading"]),
        no_scripts=escape(first["live_class.no_scripts"]),
        version=escape(metadata.version("hebei2025")),
        assets=assets,
        stamp=_stamp(),
        library=f'<script src="{assets}/echarts.js"></script>\n' if name == "teacher" else "",
        # Inside an element of HTML no text may look like the end of the element.
        data=json.dumps(_data(tuple(addresses)), ensure_ascii=False).replace("<", "\\u003c"),
    )


def _data(addresses: Sequence[str]) -> dict[str, Any]:
    return {
        "tags": TAGS,
        "steps": STEPS,
        "longest_name": LONGEST_NAME,
        "addresses": list(addresses),
        "languages": {language: _texts(language) for language in LANGUAGES},
    }


@functools.cache
def _texts(language: str) -> dict[str, Any]:
    locale = Locale(language)
    return {
        "name": LANGUAGES[language],
        "texts": {key: text for key, text in catalogue(language).items() if key.startswith(SECTIONS)},
        "separator": SEPARATORS[language],
        "space": SPACES[language],
        "list": LISTS[language],
        "colon": COLONS[language],
        "lessons": [[key, locale.text(lesson.title)] for key, lesson in lessons().items()],
        "game": game_texts(locale),
        "budget_text": quantity(game.BUDGET, "亿元", locale),
    }


@functools.cache
def _stamp() -> str:
    contents = [asset(name)[0] for name in ("phone.js", "teacher.js", "live.css")]  # type: ignore[index]
    return hashlib.sha256(b"".join(contents)).hexdigest()[:16]


@functools.cache
def asset(name: str) -> tuple[bytes, str] | None:
    """The content and the media type of a file that the pages load; None where there is no such file."""
    if name == "echarts.js":
        return CHART_LIBRARY.read_bytes(), KINDS[".js"]
    if name == "live.css":
        return (FOLDER / name).read_bytes(), KINDS[".css"]
    stem = name.removesuffix(".js")
    if stem not in SCRIPTS or stem == name:
        return None
    shared = [COMPONENT / "js" / one for one in (*SHARED, *(GAME if stem == "phone" else ()))]
    host = [HOST] if stem == "phone" else []
    files = [*host, *shared, *(FOLDER / "js" / one for one in SCRIPTS[stem])]
    return "\n".join(one.read_text(encoding="utf-8") for one in files).encode(), KINDS[".js"]
