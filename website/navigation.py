"""The navigation of the site in each language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from model.reading_order import READING_ORDER
from views.language import catalogue

from .notebooks import notebook_files, notebook_title
from .pages import docs_pages, place_of
from .places import DOCS

FILE = Path(__file__).parent / "navigation.yaml"
ENGLISH_ONLY = "（英文）"
"""What marks a page that has no Chinese, in the Chinese navigation."""
Item = dict[str, Any]


@functools.cache
def entries() -> list[Item]:
    """The navigation as it is written, with folders and notebooks spelled out."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [_spelled_out(item) for item in written]


def navigation(language: str) -> list[Item]:
    """The navigation as the generator wants it: title to page, or title to a list."""
    return [_titled(item, language) for item in entries()]


def leaves(items: list[Item] | None = None) -> Iterator[Item]:
    """Every entry that is a page, in order."""
    for item in entries() if items is None else items:
        if "pages" in item:
            yield from leaves(item["pages"])
        else:
            yield item


def place(item: Item) -> str:
    """Where the page of an entry is in the site."""
    return item["made"] if "made" in item else place_of(item["page"])


def english_only() -> set[str]:
    """Places of the pages that exist in English only."""
    return {place(item) for item in leaves() if item.get("english")}


def _titled(item: Item, language: str) -> Item:
    if "pages" in item:
        return {item[language]: [_titled(inner, language) for inner in item["pages"]]}
    mark = ENGLISH_ONLY if language == "zh" and item.get("english") else ""
    return {f"{item[language]}{mark}": place(item)}


def _spelled_out(item: Item) -> Item:
    names = {language: item[language] for language in ("zh", "en")}
    if "folder" in item:
        return names | {"pages": _folder(item["folder"])}
    if item.get("notebooks"):
        return names | {"pages": [_notebook(file) for file in notebook_files()]}
    if "pages" in item:
        return names | {"pages": [_spelled_out(inner) for inner in item["pages"]]}
    return item


def _folder(folder: str) -> list[Item]:
    """All pages of a folder: its README first, chapters in reading order, others by name."""
    paths = [path for path in docs_pages() if path.rpartition("/")[0] == folder]
    chapters = {f"{folder}/{chapter}.md": number for number, chapter in enumerate(READING_ORDER)}
    paths.sort(key=lambda path: (not path.endswith("/README.md"), path not in chapters, chapters.get(path, 0), path))
    return [{"page": path, **_names(path)} for path in paths]


def _names(path: str) -> dict[str, str]:
    """The title of a page in both languages: of a chapter as the app calls it, of others from their first line."""
    if path.endswith("/README.md"):
        return {"zh": "概览", "en": "Overview"}
    chapter = f"why.chapter_{Path(path).stem}"
    if chapter in catalogue("en"):
        return {language: catalogue(language)[chapter] for language in ("zh", "en")}
    with (DOCS / path).open(encoding="utf-8") as file:
        title = re.sub(r"[#`]", "", file.readline()).strip()
    chinese, _, english = title.partition(" / ")
    return {"zh": chinese, "en": english or chinese}


def _notebook(file: Path) -> Item:
    chinese, english = notebook_title(file)
    return {"page": file.relative_to(DOCS).as_posix(), "zh": chinese, "en": english, "english": True}
