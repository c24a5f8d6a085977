"""Texts of the app in Chinese and English, read from the catalogues in `views/text`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "text"
LANGUAGES = {"zh": "中文", "en": "English"}
"""Languages of the app, by their own name."""
DEFAULT = "en"

Translate = Callable[..., str]
"""Gives the text of a key, with named values filled in."""


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


@functools.cache
def translator(language: str) -> Translate:
    """The function that gives texts in `language`; an unknown key is a `KeyError`."""
    texts = catalogue(language)

    def text(key: str, **values: object) -> str:
        return texts[key].format(**values) if values else texts[key]

    return text


def of_locale(locale: str | None) -> str:
    """The language of the app for a browser's locale such as zh-CN."""
    return "zh" if (locale or "").lower().startswith("zh") else DEFAULT


def unit(name: str, language: str) -> str:
    """A unit in words of the language, or as it is where nothing needs saying."""
    return catalogue(language).get(f"unit.{name}", name)


def number(value: float, digits: int | None = None, sign: bool = False) -> str:
    """A figure for people: thousands separated, a true minus, as many digits as its size deserves."""
    if value != value:
        return "–"
    if digits is None:
        size = abs(value)
        digits = next(d for limit, d in ((1, 2), (100, 1), (float("inf"), 0)) if size < limit)
    text = f"{value:{'+' if sign else ''},.{digits}f}"
    return f"{0:.{digits}f}" if float(text.replace(",", "")) == 0 else text.replace("-", "−")


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without the characters that XML, and so neither file, can hold."""
    return _FORBIDDEN.sub("", text)
