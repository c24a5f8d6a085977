"""Text in both languages of a model: names of variables, axes and inputs, and whatever else people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("zh", "en")
"""Codes of the languages, in the order in which both are written side by side."""


@dataclass(frozen=True)
class Text:
    """A text in Chinese and English; `text[language]` is one of them, `zh, en = text` are both.

    Neither may be missing or empty, else a `ValueError` names it.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            if not str(getattr(self, language) or "").strip():
                raise ValueError(f"a text in both languages is needed; {language} is missing")

    def __getitem__(self, language: str) -> str:
        """The text in a language; an unknown language is a `KeyError`."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return getattr(self, language)

    def __iter__(self) -> Iterator[str]:
        return iter((self.zh, self.en))

    def keys(self) -> tuple[str, ...]:
        """The languages, so that `dict(text)` is the text by language."""
        return LANGUAGES


class Labelled:
    """Base of classes with a name in both languages in its fields `zh` and `en`."""

    zh: str
    en: str

    @property
    def label(self) -> Text:
        """The name in both languages."""
        return Text(self.zh, self.en)


def with_texts(value: Any) -> Any:
    """Data as read from YAML or JSON, with a `Text` in place of every mapping of exactly `zh` and `en`."""
    if isinstance(value, Mapping):
        if set(value) == set(LANGUAGES):
            return Text(**value)
        return {key: with_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_texts(item) for item in value]
    return value
