"""Links of a page of docs/, as they must be in the site."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from .pages import CHINESE, place_of
from .places import DOCS, ROOT

_PARTS = re.compile(
    r"(?P<code>^(?P<fence>`{3,})[^\n]*\n.*?^(?P=fence)[ ]*$|^    [^\n]*$|(?P<tick>`+)(?!`).*?(?P=tick))"
    r"|(?P<picture>!?)\[(?P<text>(?:`[^`\n]*`|[^\[\]`]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)
"""Code, which is left as it is, or a link."""
_EXTERNAL = re.compile(r"^[a-z]+:")


def links_for_site(text: str, source: Path, language: str) -> str:
    """The text of a page in the file `source` with links to pages and files of the site.

    A link to a file that the site does not have (outside docs/) becomes its path in the checkout, as code.
    Raises ValueError for a link to a file that does not exist.
    """

    def changed(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        target = match["target"]
        if target.startswith("#") or _EXTERNAL.match(target):
            return match[0]
        path, mark, anchor = target.partition("#")
        file = Path(posixpath.normpath((source.parent / path).as_posix()))
        if not file.exists():
            raise ValueError(f"{source.relative_to(ROOT)}: link to {target}, which does not exist")
        place = _place(file)
        if place is None:
            return f"`{file.relative_to(ROOT)}`"
        here = posixpath.dirname(place_of(source.relative_to(DOCS).as_posix()))
        other = _other_language(file, source, language)
        if other:
            up = "/".join([".."] * (len(here.split("/")) if here else 0) + ["..", other])
            return f"[{match['text']}]({up}/{place.removesuffix('.md')}.html{mark}{anchor})"
        return f"{match['picture']}[{match['text']}]({posixpath.relpath(place, here or '.')}{mark}{anchor})"

    return _PARTS.sub(changed, text)


def _place(file: Path) -> str | None:
    """Where a file or folder of the checkout is in the site, or None."""
    if not file.is_relative_to(DOCS):
        return None
    if file.is_dir():
        return _place(file / "README.md") if (file / "README.md").is_file() else None
    return place_of(file.relative_to(DOCS).as_posix())


def _other_language(file: Path, source: Path, language: str) -> str:
    """The other language, where a link leads there: to a Chinese page, or from one to its own twin; else nothing."""
    if language == "en":
        return "zh" if file.name.endswith(CHINESE) else ""
    return "en" if source.name.endswith(CHINESE) and file.name == source.name.replace(CHINESE, ".md") else ""
