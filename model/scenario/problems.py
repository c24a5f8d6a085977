"""Problems of scenario files in both languages: the problem, its place, and the allowed values."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from model.engine.text import Text

from .first_edition import range_note

LONGEST_QUOTE = 60
"""Most characters of a wrong value that are repeated in a message."""
MOST_NAMES = 12
"""Longest list of allowed names that a message spells out."""
SHORTEST_PART = 4
"""Fewest letters of an unknown name for which names that contain it are proposed."""
MOST_NEAREST = 3
"""Most names that a message proposes in place of an unknown one."""

Where = tuple[str | int, ...]
"""The place of a part in a file: the keys that lead to it."""
Report = Callable[[Where, Text], None]
"""Receives the problem of the part at a place."""


@dataclass(frozen=True)
class Problem:
    """A problem in a file: file and line, and in both languages the problem and the allowed values."""

    file: str
    line: int
    text: Text

    @property
    def message(self) -> str:
        """The problem in English."""
        return self.text.en

    @property
    def message_zh(self) -> str:
        """The problem in Chinese."""
        return self.text.zh

    def described(self, language: str) -> str:
        """File, line and message in "zh" or "en"."""
        return f"{self.file} 第{self.line}行：{self.text.zh}" if language == "zh" else str(self)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ScenarioError(ValueError):
    """A scenario that cannot be used; `problems` lists every reason, and the text of the error is English."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quoted(value: object) -> Text:
    """A value for messages: as YAML writes it, shortened where it is long."""
    if value is None:
        return Text(zh="（空）", en="nothing")
    if isinstance(value, bool):
        word = "true" if value else "false"
        return Text(word, word)
    try:
        text = repr(value)
    except ValueError:  # whole numbers of thousands of digits have no decimal text
        return Text(zh="位数过多的数", en="a huge number")
    text = text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
    return Text(text, text)


def alternatives(word: object, known: Iterable[str], listed: Text | None = None) -> Text:
    """The known names nearest to an unknown one, and the allowed ones: all where they are few, else `listed`."""
    known = list(known)
    names, near = ", ".join(known), _nearest_names(word, known)
    spelled = Text(names, names) if known else Text(zh="（无）", en="none")
    allowed = listed if listed is not None and len(known) > MOST_NAMES else spelled
    proposal = f"是否应为 {' 或 '.join(near)}？" if near else ""
    return Text(zh=f"{proposal}允许：{allowed.zh}", en=f"{nearest(word, known)}allowed: {allowed.en}")


def no_number(name: str, value: object, allowed: Text) -> Text:
    """The refusal of a value that is no finite number."""
    what = quoted(value)
    return Text(
        zh=f"{name} 的取值 {what.zh} 不是有效数值；允许：{allowed.zh}",
        en=f"{what.en} is no finite number; {name} allows {allowed.en}",
    )


def out_of_range(name: str, value: float, allowed: Text) -> Text:
    """The refusal of a number outside the allowed range."""
    note = range_note(name, value)
    return Text(
        zh=f"{name} 的取值 {value:g} 超出允许范围；{note.zh}允许：{allowed.zh}",
        en=f"{value:g} is out of range for {name}; {note.en}allowed: {allowed.en}",
    )


def empty_table(name: str, allowed: Text) -> Text:
    """The refusal of a table without years."""
    return Text(
        zh=f"{name} 的年度表是空的；允许：至少一行 `年份: 取值`，{allowed.zh}",
        en=f"an empty table for {name}; allowed: at least one `year: value`, {allowed.en}",
    )


def unknown_key(key: object, known: Iterable[str], place: Text | None = None) -> Text:
    """The refusal of a key that a mapping does not have; `place` says which mapping it is."""
    what, names = quoted(key), alternatives(key, known)
    zh, en = ("", "") if place is None else (place.zh, f" {place.en}")
    return Text(zh=f"{zh}出现未知的键 {what.zh}；{names.zh}", en=f"unknown key {what.en}{en}; {names.en}")


def missing(key: str) -> Text:
    """The message that a key is missing."""
    return Text(zh=f"缺少 `{key}`", en=f"`{key}` is missing")


def key_and_value(key: object, value: object) -> Text:
    """A key and its value, for messages."""
    what = quoted(value)
    return Text(zh=f"`{key}` 的值是 {what.zh}", en=f"`{key}` is {what.en}")


def suggestion(word: object, known: Iterable[str]) -> str:
    """ "did you mean …?" where a known word is near, and the list of allowed values, in English."""
    return alternatives(word, known).en


def nearest(word: object, known: Iterable[str]) -> str:
    """ "did you mean …? " where a known word is near, else nothing, in English."""
    near = _nearest_names(word, known)
    return f"did you mean {' or '.join(near)}? " if near else ""


def _nearest_names(word: object, known: Iterable[str]) -> list[str]:
    """Names spelled like the word, the nearest first, else names of which it is a part."""
    known, text = list(known), str(word)[:LONGEST_QUOTE]
    spelled_alike = difflib.get_close_matches(text, known, n=MOST_NEAREST)
    around = [name for name in known if text in name] if len(text) >= SHORTEST_PART else []
    return spelled_alike or around[:MOST_NEAREST]
