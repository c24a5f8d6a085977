"""Reading YAML from people: the values, the line of each, and refusals that say what is wrong and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

LARGEST_FILE = 64 * 1024
"""Scenario files larger than this many bytes are refused."""

Where = tuple[str | int, ...]
_SCIENTIFIC = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+$")
"""Numbers such as 1e5, which YAML 1.1 takes for text unless they have a dot and a sign."""


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where (file and line), what, and what is allowed."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ScenarioError(ValueError):
    """A scenario that cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Document:
    """A parsed YAML mapping and the line on which each part of it stands."""

    file: str
    data: dict
    lines: dict[Where, int]

    def problem(self, where: Where, message: str) -> Problem:
        """A `Problem` at the part `where`, or at the nearest part above it."""
        while where and where not in self.lines:
            where = where[:-1]
        return Problem(self.file, self.lines.get(where, 1), message)


def read_document(path: Path) -> Document:
    """Read the YAML mapping in the file `path`; a `ScenarioError` says why it cannot be used."""
    name = str(path)
    if path.is_dir():
        raise ScenarioError([Problem(name, 1, "this is a directory; give a scenario file (.yaml)")])
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ScenarioError([Problem(name, 1, "no such file; give the path of a scenario file (.yaml)")]) from None
    except OSError as error:
        raise ScenarioError([Problem(name, 1, f"cannot be read: {error.strerror}")]) from None
    return parse_document(content, name)


def parse_document(content: bytes | str, name: str) -> Document:
    """Parse YAML text as `read_document` does; `name` is used in messages."""

    def refuse(message: str, line: int = 1):
        return ScenarioError([Problem(name, line, message)])

    raw = content.encode() if isinstance(content, str) else content
    if len(raw) > LARGEST_FILE:
        raise refuse(f"the file has {len(raw)} bytes; at most {LARGEST_FILE} are allowed")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refuse("the file is not UTF-8 text; save it as UTF-8", line) from None
    if not text.strip():
        raise refuse("the file is empty; at least `title` and `levers` are needed")
    try:
        _refuse_aliases(text, name)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise refuse("a mapping is expected: `title: …` and `levers: …` at the left margin")
        lines: dict[Where, int] = {(): 1}
        data = _value(root, (), lines, name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise refuse(f"this is not valid YAML: {what}", mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise refuse("the file is nested too deeply") from None
    return Document(name, data, lines)


def _refuse_aliases(text: str, name: str) -> None:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None) is not None:
            line = event.start_mark.line + 1
            message = "anchors (&) and aliases (*) are not allowed; write the values out"
            raise ScenarioError([Problem(name, line, message)])


def _value(node: yaml.Node, where: Where, lines: dict[Where, int], name: str):
    """Turn a node into plain Python values, noting lines and refusing duplicate and compound keys."""
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        if node.style is None and _SCIENTIFIC.match(node.value):
            return float(node.value)
        try:
            return yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError):
            raise ScenarioError(
                [Problem(name, node.start_mark.line + 1, f"{node.value!r} cannot be read as a value")]
            ) from None
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*where, k), lines, name) for k, child in enumerate(node.value)]
    result: dict = {}
    for key_node, child in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise ScenarioError([Problem(name, line, "keys must be plain words or years")])
        key = _value(key_node, (*where, "(key)", line), lines, name)
        if key in result:
            raise ScenarioError([Problem(name, line, f"duplicate key {key!r}; give each key once")])
        lines[(*where, key)] = line
        result[key] = _value(child, (*where, key), lines, name)
    return result


def suggestion(word: object, known: Iterable[str], shown: int = 40) -> str:
    """ "did you mean …?" where a known word is near, else the list of what is allowed."""
    known = list(known)
    near = difflib.get_close_matches(str(word), known, n=2)
    if near:
        return f"did you mean {' or '.join(near)}? Allowed: {', '.join(known[:shown])}"
    return f"allowed: {', '.join(known[:shown])}"
