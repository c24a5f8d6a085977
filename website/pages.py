"""Which pages the site has: for each the file of each language, by the place that both languages share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from views.language import LANGUAGES

from .places import CONTENTS, DOCS, HOME

CHINESE = ".zh.md"
RENAMED = {HOME: "index.md", CONTENTS: "contents.md"}
"""Pages whose name in the site differs from that in docs/; a README of a folder is the first page of the folder."""


@dataclass(frozen=True)
class Page:
    """A page of docs/ by its path there without the ending of a language; `files` has the file of each language."""

    path: str
    files: dict[str, Path]

    @property
    def place(self) -> str:
        """Its path in the site, the same in both languages."""
        return place_of(self.path)

    @property
    def is_one_file(self) -> bool:
        """Whether both languages show the same file."""
        return len(set(self.files.values())) == 1


def place_of(path: str) -> str:
    """Where a file of docs/ is in the site; a notebook becomes a page."""
    path = path.replace(CHINESE, ".md").replace(".ipynb", ".md")
    folder, _, name = path.rpartition("/")
    if folder and name == "README.md":
        return f"{folder}/index.md"
    return RENAMED.get(path, path)


def docs_pages(folder: Path = DOCS) -> dict[str, Page]:
    """Every Markdown page of docs/, by its path."""
    pages = {}
    for file in sorted(folder.rglob("*.md")):
        if file.name.endswith(CHINESE):
            continue
        chinese = file.with_name(file.name.removesuffix(".md") + CHINESE)
        files = {language: chinese if language == "zh" and chinese.is_file() else file for language in LANGUAGES}
        path = file.relative_to(folder).as_posix()
        pages[path] = Page(path, files)
    return pages
