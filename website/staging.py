"""The folder of Markdown of one language that the generator reads."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from views.language import LANGUAGES

from .api_pages import api_page
from .command_pages import command_page
from .dose_responses import dose_response_of
from .links import links_for_site
from .navigation import english_only, navigation
from .notebooks import executed_notebook, notebook_files, notebook_page
from .pages import docs_pages, place_of
from .places import ASSETS, DOCS, THEME

NAMES = {"zh": "hebei2025 文档", "en": "hebei2025 documentation"}
ONLY_ENGLISH = "*本页只有英文。*\n\n"
LEVERS = "levers/"
MADE = {"commands.md": command_page, "api.md": api_page}
"""Pages that are no file of docs/."""
CONTINUED = re.compile(r" {0,3}[\[(`*“]{0,3}[\u3001-\u9fff\uff00-\uffef]")
"""A line of a paragraph that begins with Chinese, perhaps in a link or in emphasis."""
ITEM = re.compile(r" *(\d+[.)]|[-*+>#|]) ")
"""A line that begins something of its own."""
CHINESE_END = re.compile(r"^(?![#|]| {4}).*[\u3001-\u9fff\uff00-\uffef”][*`)]*(\]\([^()]*\))?[*`)]*$")
"""A line of a paragraph that ends with Chinese; neither heading nor table nor code."""
BUILT = "site"
"""Folder beside the settings into which the generator writes."""


def stage(folder: Path, language: str, run_notebooks: bool) -> Path:
    """Write pages, other files and settings of one language into `folder`; gives the file of settings.

    Without `run_notebooks`, notebooks show their code alone.
    """
    source = folder / "pages"
    for place, text in texts(language, run_notebooks).items():
        file = source / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for file in other_files():
        target = source / place_of(file.relative_to(DOCS).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    shutil.copytree(ASSETS, source / "assets", ignore=shutil.ignore_patterns("start.html"))
    (source / "assets" / "plotly.min.js").write_text(_plotly_script(), encoding="utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(yaml.safe_dump(_settings(source.name, language), allow_unicode=True), encoding="utf-8")
    return settings


def texts(language: str, run_notebooks: bool) -> dict[str, str]:
    """Every page of the site in one language, by its place."""
    pages = {}
    english = english_only()
    for page in docs_pages().values():
        file = page.files[language]
        text = chinese_lines_joined(links_for_site(file.read_text(encoding="utf-8"), file, language))
        if page.path.startswith(LEVERS):
            text += dose_response_of(text.partition("\n")[0])
        pages[page.place] = _marked(text) if language == "zh" and page.place in english else text
    for file in notebook_files():
        executed = executed_notebook(file) if run_notebooks else None
        pages[place_of(file.relative_to(DOCS).as_posix())] = notebook_page(file, language, executed)
    return pages | {place: make(language) for place, make in MADE.items()}


def chinese_lines_joined(text: str) -> str:
    """A page whose Chinese paragraphs stand in one line each, as a browser shows a line break as a space.

    Code, tables, headings and the beginnings of list items stay as they are.
    """
    lines: list[str] = []
    is_code = False
    for line in text.split("\n"):
        is_fence = line.lstrip().startswith("```")
        can_follow = bool(CONTINUED.match(line)) and not ITEM.match(line)
        if lines and not is_code and not is_fence and can_follow and CHINESE_END.search(lines[-1]):
            lines[-1] += line.lstrip()
        else:
            lines.append(line)
        is_code ^= is_fence
    return "\n".join(lines)


def other_files() -> list[Path]:
    """Files of docs/ that pages show or offer as they are."""
    return sorted(file for file in DOCS.rglob("*") if file.is_file() and file.suffix not in (".md", ".ipynb"))


def _marked(text: str) -> str:
    """A page with the sentence that it is in English only, under its title."""
    title, _, rest = text.partition("\n")
    return f"{title}\n\n{ONLY_ENGLISH}{rest.lstrip()}"


def _plotly_script() -> str:
    from plotly.offline import get_plotlyjs

    return get_plotlyjs()


def _settings(source: str, language: str) -> dict[str, Any]:
    """Settings of the generator; fonts, scripts and search are its own files."""
    (other,) = set(LANGUAGES) - {language}
    return {
        "site_name": NAMES[language],
        "docs_dir": source,
        "site_dir": BUILT,
        "use_directory_urls": False,
        "nav": navigation(language),
        "theme": {
            "language": language,
            "custom_dir": str(THEME),
            "font": False,
            "features": ["navigation.tabs", "navigation.indexes", "navigation.top", "content.code.copy"],
        },
        "plugins": ["search"],
        "extra": {
            "generator": False,
            "alternate": True,
            "other": {"lang": other, "name": LANGUAGES[other]},
        },
        "extra_css": ["assets/site.css"],
        "markdown_extensions": [
            {"toc": {"slugify": {"object": "pymdownx.slugs.slugify", "kwds": {"case": "lower"}}, "permalink": False}},
            "tables",
            "sane_lists",
            {"pymdownx.highlight": {"anchor_linenums": False}},
            "pymdownx.superfences",
        ],
    }
