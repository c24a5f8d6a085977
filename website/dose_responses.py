"""The dose response of a lever, for the page of the lever."""

from __future__ import annotations

import functools
import re

from .places import DOCS

PAGE = DOCS / "evidence" / "dose_response.md"
CHAPTER = "## 剂量响应 / Dose responses\n"
NOTE = (
    "各档力度的作用；要求与总表见[剂量响应](../evidence/dose_response.md)。 / Effects by strength; requirements and "
    "all levers are in [Dose response](../evidence/dose_response.md)."
)


def dose_response_of(title: str) -> str:
    """The sections about the lever whose page has this title (`# 中文 / English`), as the last part of its page.

    A lever without sections, and the index of levers, have none.
    """
    chinese, _, _ = title.lstrip("# ").partition(" / ")
    sections = [
        f"**{head}**\n{body}"
        for head, body in _sections().items()
        if head.partition(" / ")[0].partition("·")[0] == chinese
    ]
    return "\n\n".join(["\n## 剂量响应 / Dose response", NOTE, *sections]) + "\n" if sections else ""


@functools.cache
def _sections() -> dict[str, str]:
    """Sections of the page by title."""
    chapter = PAGE.read_text(encoding="utf-8").partition(CHAPTER)[2]
    parts = re.split(r"^### (.+)$", chapter, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))
