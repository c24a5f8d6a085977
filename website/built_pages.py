"""What must hold of the built pages: every link leads somewhere in the site, and nothing comes from another machine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "link": "href",
}
"""Elements that a browser loads with the page, and their attribute."""
NOT_LOADED = {"canonical", "alternate", "prev", "next"}
"""Kinds of `link` that a browser does not load."""
STYLE_ADDRESS = re.compile(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)")


@dataclass
class _Page(HTMLParser):
    """Ids, links and loaded addresses of a page."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element names, links to, and loads."""
        values = {name: value for name, value in attrs if value}
        self.ids |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        attribute = LOADING.get(tag)
        if attribute in values and not (tag == "link" and NOT_LOADED & set(values.get("rel", "").split())):
            self.loaded.append(values[attribute])


@cache
def _read(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


def problems(site: Path) -> list[str]:
    """Every broken link and every address of another machine that a page loads, one a line."""
    found = []
    for file in sorted(site.rglob("*.html")):
        page = _read(file)
        where = file.relative_to(site)
        found += [f"{where}: link to {link}, which does not exist" for link in page.links if not _leads(link, file)]
        for address in page.loaded:
            if _is_elsewhere(address):
                found.append(f"{where}: loads {address}")
            elif not _leads(address, file):
                found.append(f"{where}: loads {address}, which does not exist")
    for file in sorted(site.rglob("*.css")):
        style = file.read_text(encoding="utf-8")
        found += [f"{file.relative_to(site)}: loads {address}" for address in STYLE_ADDRESS.findall(style)]
    _read.cache_clear()
    return found


def _is_elsewhere(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https") or address.startswith("//")


def _leads(address: str, file: Path) -> bool:
    """Whether an address of a page is outside the site, or a file of it that has the part named."""
    parts = urlsplit(address)
    if parts.scheme or address.startswith("//"):
        return True
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    return not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in _read(target).ids
