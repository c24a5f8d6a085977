"""Language of the app: texts from the catalogues in `views/text`, units and numbers as people write them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from model.engine import Text

FOLDER = Path(__file__).parent / "text"
LANGUAGES = {"zh": "中文", "en": "English"}
"""Languages of the app, each by its own name."""
DEFAULT = "en"
TAGS = {"zh": "zh-CN", "en": "en"}
"""Language tags of pages of HTML."""


def _flat(tree: Mapping, before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{before}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: str(value)}
    return flat


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """All texts of a language, by dotted key."""
    return _flat(yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Locale:
    """One language, and how texts, units and numbers are written in it."""

    language: str

    @property
    def is_chinese(self) -> bool:
        """Whether the language is Chinese, which sets other marks and no spaces."""
        return self.language == "zh"

    @property
    def tag(self) -> str:
        """The language tag of pages of HTML."""
        return TAGS[self.language]

    def translate(self, key: str, **values: object) -> str:
        """The text of a key of the catalogue, with named values filled in; an unknown key is a `KeyError`."""
        text = catalogue(self.language)[key]
        return text.format(**values) if values else text

    def text(self, text: Text | Mapping[str, str] | str) -> str:
        """A text of the model, or a mapping by language, in this language; a plain string stands for both."""
        return text if isinstance(text, str) else text[self.language]

    def unit(self, name: str) -> str:
        """A unit in words, or as it is where the catalogue has no words for it."""
        return catalogue(self.language).get(f"unit.{name}", name)

    def with_unit(self, name: str, unit: str) -> str:
        """A name followed by its unit in brackets, where the unit has a name."""
        words = self.unit(unit)
        return f"{name} ({words})" if words else name

    @staticmethod
    def number(value: float | None, digits: int | None = None, sign: bool = False) -> str:
        """A number with thousands separators, a true minus, and decimals by its size unless `digits` are given; a dash
        where there is none."""
        if value is None or value != value:
            return "–"
        if digits is None:
            size = abs(value)
            digits = next(d for limit, d in ((1, 2), (100, 1), (float("inf"), 0)) if size < limit)
        text = f"{value:{'+' if sign else ''},.{digits}f}"
        return f"{0:.{digits}f}" if float(text.replace(",", "")) == 0 else text.replace("-", "−")

    def enumeration(self, parts: Iterable[str]) -> str:
        """Words side by side."""
        return ("、" if self.is_chinese else ", ").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of a sentence side by side."""
        return ("；" if self.is_chinese else "; ").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Sentences one after the other."""
        return ("" if self.is_chinese else " ").join(parts)


def language_of_browser(tag: str | None) -> str:
    """The language of the app for a browser's language tag such as zh-CN."""
    return "zh" if (tag or "").lower().startswith("zh") else DEFAULT


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without the characters that neither XML nor a Word file can hold."""
    return _FORBIDDEN.sub("", text)
