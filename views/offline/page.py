"""The file of Explore and the lessons: the component, the chart library, the model and its data in one text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import metadata
from pathlib import Path
from string import Template

from model.scenario import Scenario, shipped_scenarios
from views.language import LANGUAGES, Locale, catalogue
from views.standalone.data import sections
from views.standalone.markup import RULES, data_sections, in_both, library, read, scripts, style

from .lesson_data import lesson_texts

FOLDER = Path(__file__).parent
SCRIPTS = ("lesson_parts.js", "lessons.js", "file.js")
"""The code of the lessons, and what begins the file."""


def offline_page(given: Sequence[Scenario] = (), lesson: str = "") -> str:
    """The page as HTML, with the `given` scenarios, whose names are their keys in links, and the shipped ones.

    Where the address names nothing, it opens the `lesson` with this id, else Explore.

    It loads nothing: its rules forbid the browser every request.
    """
    scenarios = {**{one.name: one for one in given}, **shipped_scenarios()}
    lessons = {f"{language}_lessons": {"lessons": lesson_texts(Locale(language))} for language in LANGUAGES}
    return Template(read(FOLDER / "page.html")).substitute(
        rules=RULES,
        style=f"{style()}\n{read(FOLDER / 'page.css')}",
        library=library(),
        scripts="\n".join([scripts(), *(read(FOLDER / "js" / name) for name in SCRIPTS)]),
        data=data_sections(sections(scenarios) | lessons),
        title=escape(" · ".join(catalogue(language)["app.title"] for language in LANGUAGES)),
        lesson=escape(lesson),
        version=escape(metadata.version("hebei2025")),
        **{key: in_both(f"offline.{key}") for key in ("loading", "no_scripts", "too_old")},
    )
