"""The text of a design with those that it extends: one mapping, and the file and line of each of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.engine.text import LANGUAGES, Text
from model.scenario.problems import (
    Problem,
    ScenarioError,
    Where,
    alternatives,
    key_and_value,
    quoted,
    unknown_key,
)
from model.scenario.yaml_source import Document, read_document

SHIPPED_DESIGNS = Path(__file__).parents[2] / "scenarios" / "designs"
"""Folder of the designs that come with the model."""
SUFFIX = ".yaml"
JOINED = ("vary", "sample", "keep")
"""Fields of which a design that extends another gives only what differs; others it replaces."""
LONGEST_CHAIN = 10
"""Most files that may extend one another."""


SHIPPED_LISTED = Text(
    zh="内置情景，如 as_happened、no_document", en="a shipped scenario, such as as_happened or no_document"
)
"""Words for the shipped scenarios, of which there are too many to list."""


class DesignError(ScenarioError):
    """A design that cannot be used; `problems` lists every reason."""


@dataclass
class Source:
    """The data of a design, where each part was written, and the folder in which files that it names are looked for."""

    data: dict[str, Any]
    places: dict[Where, tuple[str, int]]
    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def report(self, where: Where, text: Text) -> None:
        """Note the problem of a part, at the nearest place that was written."""
        while where and where not in self.places:
            where = where[:-1]
        file, line = self.places[where]
        problem = Problem(file, line, text)
        if problem not in self.problems:
            self.problems.append(problem)

    def refuse(self) -> None:
        """Raise a `DesignError` where there are problems."""
        if self.problems:
            raise DesignError(self.problems)

    def get(self, where: Where, default: Any = None) -> Any:
        """The value at a place, or `default` where there is none."""
        value: Any = self.data
        for key in where:
            if not isinstance(value, Mapping) or key not in value:
                return default
            value = value[key]
        return value

    def whole(self, where: Where, default: int, low: int, high: int) -> int:
        """The whole number at a place; `default` where there is none, or after noting that it is wrong."""
        value = self.get(where, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        what = key_and_value(where[-1], value)
        self.report(
            where,
            Text(
                zh=f"{what.zh}；允许：{low} 至 {high} 的整数",
                en=f"{what.en}; allowed: a whole number from {low} to {high}",
            ),
        )
        return default

    def text(self, key: str) -> str | Text:
        """A text, or one in both languages; an empty one where there is none."""
        value = self.data.get(key, "")
        if isinstance(value, str):
            return value
        both = isinstance(value, Mapping) and set(value) == set(LANGUAGES)
        if both and all(isinstance(text, str) for text in value.values()):
            return Text(zh=value["zh"], en=value["en"])
        what = key_and_value(key, value)
        self.report(
            (key,),
            Text(
                zh=f"{what.zh}；允许：一段文本，或 {{zh: …, en: …}}，两种语言都要有",
                en=f"{what.en}; allowed: a text, or {{zh: …, en: …}} with both languages",
            ),
        )
        return ""

    def mapping(self, key: str, keys: Iterable[str]) -> Mapping:
        """A field that is a mapping with some of `keys`; an empty one where there is none."""
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            names, what = ", ".join(keys), key_and_value(key, value)
            self.report(
                (key,), Text(zh=f"{what.zh}；允许的键：{names}", en=f"{what.en}; allowed: a mapping with {names}")
            )
            return {}
        for name in value:
            if name not in keys:
                self.report((key, name), unknown_key(name, keys))
        return value

    def list_at(self, where: Where, value: object) -> list:
        """The value at a place as a list that is not empty; an empty one after noting that it is none."""
        if isinstance(value, list) and value:
            return value
        what = key_and_value(where[-1], value)
        self.report(where, Text(zh=f"{what.zh}；允许：非空列表", en=f"{what.en}; allowed: a list, not empty"))
        return []


def design_names() -> tuple[str, ...]:
    """Names of the shipped designs."""
    return tuple(file.stem for file in sorted(SHIPPED_DESIGNS.glob(f"*{SUFFIX}")))


def read_source(path: Path, chain: tuple[Path, ...] = ()) -> Source:
    """The design in a file, or the shipped one of this name, joined with those that it extends."""
    file = path if path.is_file() or str(path) not in design_names() else SHIPPED_DESIGNS / f"{path}{SUFFIX}"
    try:
        document = read_document(file)
    except ScenarioError as error:
        raise DesignError(error.problems) from None
    own = Source(document.data, {where: (document.file, line) for where, line in document.lines.items()}, file.parent)
    if "extends" not in document.data:
        return own
    parent = read_source(_parent(document, file, (*chain, file.resolve())), (*chain, file.resolve()))
    return _joined(parent, own)


def _parent(document: Document, file: Path, chain: tuple[Path, ...]) -> Path:
    """The file that a design extends: beside it, or a shipped one."""

    def refusal(text: Text) -> DesignError:
        return DesignError([document.problem(("extends",), text)])

    target = document.data["extends"]
    if isinstance(target, str):
        name = target if target.endswith(SUFFIX) else f"{target}{SUFFIX}"
        found = next((f for f in (file.parent / name, SHIPPED_DESIGNS / name) if f.is_file()), None)
    else:
        found = None
    if found is None:
        what, allowed = quoted(target), alternatives(target, design_names())
        raise refusal(
            Text(
                zh=f"`extends` 所指的 {what.zh} 不存在；同一文件夹中的文件或内置试验方案，{allowed.zh}",
                en=f"`extends` names {what.en}, which is not there; a file beside this one or a shipped design, "
                f"{allowed.en}",
            )
        )
    if found.resolve() in chain or len(chain) >= LONGEST_CHAIN:
        names = " -> ".join(p.stem for p in (*chain, found.resolve()))
        raise refusal(
            Text(
                zh=f"extends 形成循环或层次过多：{names}；允许：有尽头的继承关系，最多 {LONGEST_CHAIN} 个文件",
                en=f"extends goes in a circle or too deep: {names}; allowed: a chain that ends, of at most "
                f"{LONGEST_CHAIN} files",
            )
        )
    return found


def _joined(parent: Source, own: Source) -> Source:
    """The design `own` on top of its parent."""
    data, places = dict(parent.data), dict(parent.places)
    for key, value in own.data.items():
        if key == "extends":
            continue
        old = data.get(key)
        if key in JOINED and isinstance(old, Mapping) and isinstance(value, Mapping):
            data[key] = _joined_mapping(old, value, deep=key == "vary")
        else:
            data[key] = value
            places = {where: place for where, place in places.items() if where[:1] != (key,)}
    data.pop("extends", None)
    return Source(data, {**places, **own.places}, own.folder)


def _joined_mapping(old: Mapping, new: Mapping, deep: bool) -> dict:
    """`new` on top of `old`; with `deep` also mappings inside, such as the levers that vary."""
    joined = dict(old)
    for key, value in new.items():
        both = isinstance(value, Mapping) and isinstance(old.get(key), Mapping)
        joined[key] = {**old[key], **value} if deep and both else value
    return joined
