"""Definitions of variables and summaries of chapters, in English and Chinese.

The English definition is the docstring of the equation (for a stock, its `doc`). Its Chinese translation is in
`data/definitions_zh`, one file a chapter, beside the fingerprint of the English text that was translated, so that a
changed English definition is noticed. Files are read when a Chinese text is first needed.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .engine.declare import Variable
from .inputs import FOLDER, load_yaml

TRANSLATIONS = FOLDER / "definitions_zh"
LANGUAGES = ("en", "zh")
GENERATED = (
    (r"Gap between `(.+)` and `(.+)` closed over `(.+)`\.", r"`\1`与`\2`之差按调整时间`\3`弥合的速率。"),
    (r"Content of one stage when `(.+)` flows through steadily\.", r"`\1`稳定流过时每一阶段的存量。"),
    (r"Material in stage (\d) of the delay `(.+)`\.", r"延迟`\2`第\1阶段的存量。"),
    (r"Flow out of stage (\d) of the delay `(.+)`\.", r"延迟`\2`第\1阶段的流出量。"),
)
"""Definitions that the engine writes for the parts of a smooth or a delay, with their Chinese wording."""


@dataclass(frozen=True)
class Translation:
    """A Chinese text and the fingerprint of the English text that it translates."""

    zh: str
    translated: str


@dataclass(frozen=True)
class ChapterTranslation:
    """The Chinese texts of one chapter: its summary, and the definitions of its variables by name."""

    summary: Translation
    definitions: Mapping[str, Translation]


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def fingerprint(text: str) -> str:
    """First eight hexadecimal digits of the SHA-256 of a text, regardless of its line breaks."""
    return hashlib.sha256(one_line(text).encode()).hexdigest()[:8]


def file_of(chapter: str) -> Path:
    """The file with the Chinese texts of a chapter."""
    return TRANSLATIONS / f"{chapter}.yaml"


@functools.cache
def chapter_translation(chapter: str) -> ChapterTranslation:
    """The Chinese texts of a chapter; `FileNotFoundError` where there are none."""
    content = load_yaml(file_of(chapter))
    definitions = {name: Translation(**entry) for name, entry in content["variables"].items()}
    return ChapterTranslation(Translation(**content["chapter"]), definitions)


def definition(variable: Variable, language: str) -> str:
    """The definition of a variable in "en" or "zh", on one line.

    Raises `ValueError` for another language and `LookupError` for a variable without a Chinese definition.
    """
    _require_known(language)
    if language == "en":
        return one_line(variable.doc)
    if variable.generated:
        return _generated(variable)
    entry = chapter_translation(variable.chapter).definitions.get(variable.name)
    if entry is None:
        raise LookupError(f"{variable.name} has no Chinese definition; add one to {file_of(variable.chapter)}")
    return entry.zh


def chapter_summary(chapter: str, language: str) -> str:
    """What a chapter explains, in "en" (the first paragraph of its docstring) or "zh", on one line."""
    _require_known(language)
    if language == "zh":
        return chapter_translation(chapter).summary.zh
    module = importlib.import_module(f"model.chapters.{chapter}")
    return one_line((module.__doc__ or "").strip().split("\n\n")[0])


def _require_known(language: str) -> None:
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")


def _generated(variable: Variable) -> str:
    text = one_line(variable.doc)
    for pattern, chinese in GENERATED:
        match = re.fullmatch(pattern, text)
        if match:
            return match.expand(chinese)
    raise LookupError(f"{variable.name} has no Chinese definition; add a pattern for {text!r} to GENERATED")
