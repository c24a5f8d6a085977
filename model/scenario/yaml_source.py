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
DEEPEST = 12
"""Deepest nesting of a scenario file; the schema needs half of it."""
LONGEST_QUOTE = 60
"""Most characters of a wrong value that are repeated in a message."""

Where = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCIENTIFIC = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+")
"""Numbers such as 1e5, which YAML 1.1 takes for text unless they have a dot and a sign."""
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
"""Whole numbers; YAML 1.1 would read 010 as 8 and 1:30 as 90."""
_YEAR = re.compile(r"[0-9]{4}")
"""Years are keys; JSON, which is YAML too, puts all keys in quotes."""


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

    def refuse(message: str) -> ScenarioError:
        return ScenarioError([Problem(name, 1, message)])

    try:
        if path.is_dir():
            raise refuse("this is a directory; give a scenario file (.yaml)")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse("no such file; give the path of a scenario file (.yaml)") from None
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror}") from None
    return parse_document(content, name)


def parse_document(content: bytes | str, name: str) -> Document:
    """Parse YAML text as `read_document` does; `name` is used in messages."""

    def refuse(message: str, line: int = 1) -> ScenarioError:
        return ScenarioError([Problem(name, line, message)])

    # Text may hold halves of surrogate pairs, which no file can: they come out as bytes that are not UTF-8.
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > LARGEST_FILE:
        raise refuse(f"the file is too large; at most {LARGEST_FILE // 1024} KB are allowed")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refuse("the file is not UTF-8 text; save it as UTF-8", line) from None
    if not text.strip():
        raise refuse("the file is empty; at least `title` and `levers` are needed")
    try:
        _refuse_what_is_not_plain(text, name)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise refuse("there is a control character in the text; only plain text is allowed", line) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = (
            f"this is not valid YAML: {error.problem or error.context}; allowed: one mapping with `title` and `levers`"
        )
        raise refuse(message, mark.line + 1 if mark else 1) from None
    if not isinstance(root, yaml.MappingNode):
        raise refuse("a mapping is expected: `title: …` and `levers: …` at the left margin")
    lines: dict[Where, int] = {(): 1}
    return Document(name, _value(root, (), lines, name), lines)


def _refuse_what_is_not_plain(text: str, name: str) -> None:
    """Refuse anchors, tags and deep nesting, which scenarios do not need and hostile files are made of."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        message = None
        if getattr(event, "anchor", None) is not None:
            message = "anchors (&) and aliases (*) are not allowed; write the values out"
        elif getattr(event, "tag", None) is not None:
            message = "tags (!) are not allowed; write plain text and numbers"
        elif depth > DEEPEST:
            message = f"this is nested too deeply; at most {DEEPEST} levels are allowed"
        if message:
            raise ScenarioError([Problem(name, event.start_mark.line + 1, message)])


def _value(node: yaml.Node, where: Where, lines: dict[Where, int], name: str):
    """Turn a node into plain Python values, noting lines and refusing duplicate and compound keys."""
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*where, k), lines, name) for k, child in enumerate(node.value)]
    result: dict = {}
    for key_node, child in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise ScenarioError([Problem(name, line, "keys must be plain words or years")])
        key = _scalar(key_node, name)
        if isinstance(key, str) and _YEAR.fullmatch(key):
            key = int(key)
        if key in result:
            raise ScenarioError([Problem(name, line, f"duplicate key {shown(key)}; give each key once")])
        lines[(*where, key)] = line
        result[key] = _value(child, (*where, key), lines, name)
    return result


def _scalar(node: yaml.ScalarNode, name: str):
    """Text, number, true, false, date or nothing; numbers only as people write them."""
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    quoted = node.style in ("'", '"', "|", ">")
    if not quoted and _SCIENTIFIC.fullmatch(node.value):
        return float(node.value)
    message = f"{shown(node.value)} cannot be read as a value; allowed: text in quotes, or a number such as 12.5"
    if kind == "int" and not _DECIMAL.fullmatch(node.value):
        message = f"{shown(node.value)} is no plain number; write it without leading zeros, colons or letters"
    elif kind == "float" and ":" in node.value:
        message = f"{shown(node.value)} is no plain number; write it without colons"
    else:
        try:
            return yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError):
            pass
    raise ScenarioError([Problem(name, node.start_mark.line + 1, message)])


def shown(value: object) -> str:
    """A value as it is quoted in messages: in words of YAML, cut short where it is long."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    try:
        text = repr(value)
    except ValueError:  # whole numbers of thousands of digits have no decimal text
        return "a huge number"
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def suggestion(word: object, known: Iterable[str]) -> str:
    """ "did you mean …?" where a known word is near, and the list of what is allowed."""
    known = list(known)
    near = nearest(word, known)
    return f"{near}allowed: {', '.join(known)}"


def nearest(word: object, known: Iterable[str]) -> str:
    """ "did you mean …? " where a known word is near, else nothing."""
    near = difflib.get_close_matches(str(word)[:LONGEST_QUOTE], list(known), n=2)
    return f"did you mean {' or '.join(near)}? " if near else ""
