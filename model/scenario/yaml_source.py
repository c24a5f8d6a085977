"""Reading YAML that people write: the values, the line of each, and errors with the problem and the allowed values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from model.engine.text import Text

from .problems import Problem, ScenarioError, Where, quoted

LARGEST_FILE = 64 * 1024
"""Scenario files larger than this many bytes are refused."""
DEEPEST = 12
"""Deepest nesting of a scenario file; the schema needs half of it."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCIENTIFIC = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+")
"""Numbers such as 1e5, which YAML 1.1 takes for text unless they have a dot and a sign."""
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
"""Whole numbers; YAML 1.1 would read 010 as 8 and 1:30 as 90."""
_YEAR = re.compile(r"[0-9]{4}")
"""Years are keys; JSON, which is YAML too, puts all keys in quotes."""


@dataclass(frozen=True)
class Document:
    """A parsed YAML mapping and the line of each of its parts."""

    file: str
    data: dict
    lines: dict[Where, int]

    def problem(self, where: Where, text: Text) -> Problem:
        """A `Problem` at the part `where`, or at the nearest part above it."""
        while where and where not in self.lines:
            where = where[:-1]
        return Problem(self.file, self.lines.get(where, 1), text)


def read_document(path: Path) -> Document:
    """Read the YAML mapping in the file `path`; raises a `ScenarioError` where it cannot be used."""
    name = str(path)

    def refuse(zh: str, en: str) -> ScenarioError:
        return ScenarioError([Problem(name, 1, Text(zh, en))])

    try:
        if path.is_dir():
            raise refuse(
                zh="这是文件夹；请给出情景文件（.yaml）", en="this is a directory; give a scenario file (.yaml)"
            )
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse(
            zh="没有这个文件；请给出情景文件（.yaml）的路径",
            en="no such file; give the path of a scenario file (.yaml)",
        ) from None
    except OSError as error:
        raise refuse(zh=f"文件无法读取：{error.strerror}", en=f"cannot be read: {error.strerror}") from None
    return parse_document(content, name)


def parse_document(content: bytes | str, name: str) -> Document:
    """Parse YAML text as `read_document` does; `name` is used in messages."""

    def refuse(zh: str, en: str, line: int = 1) -> ScenarioError:
        return ScenarioError([Problem(name, line, Text(zh, en))])

    # Text may hold halves of surrogate pairs, which no file can: they come out as bytes that are not UTF-8.
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > LARGEST_FILE:
        most = LARGEST_FILE // 1024
        raise refuse(zh=f"文件过大；最多允许 {most} KB", en=f"the file is too large; at most {most} KB are allowed")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refuse(
            zh="文件不是UTF-8文本；请以UTF-8编码保存", en="the file is not UTF-8 text; save it as UTF-8", line=line
        ) from None
    if not text.strip():
        raise refuse(
            zh="文件是空的；至少要有 `title` 和 `levers`",
            en="the file is empty; at least `title` and `levers` are needed",
        )
    try:
        _refuse_special_syntax(text, name)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise refuse(
            zh="文本中有控制字符；只允许普通文本",
            en="there is a control character in the text; only plain text is allowed",
            line=line,
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context
        raise refuse(
            zh=f"不是有效的YAML（{reason}）；允许：一个含有 `title` 和 `levers` 的映射",
            en=f"this is not valid YAML: {reason}; allowed: one mapping with `title` and `levers`",
            line=mark.line + 1 if mark else 1,
        ) from None
    if not isinstance(root, yaml.MappingNode):
        raise refuse(
            zh="应为一个映射：`title: …` 和 `levers: …` 顶格书写",
            en="a mapping is expected: `title: …` and `levers: …` at the left margin",
        )
    lines: dict[Where, int] = {(): 1}
    return Document(name, _value(root, (), lines, name), lines)


def _refuse_special_syntax(text: str, name: str) -> None:
    """Refuse anchors, tags and deep nesting, which scenarios do not need and hostile files use."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        refusal = None
        if getattr(event, "anchor", None) is not None:
            refusal = Text(
                zh="不允许使用锚点（&）和别名（*）；请直接写出取值",
                en="anchors (&) and aliases (*) are not allowed; write the values out",
            )
        elif getattr(event, "tag", None) is not None:
            refusal = Text(
                zh="不允许使用标签（!）；请写普通文本和数字",
                en="tags (!) are not allowed; write plain text and numbers",
            )
        elif depth > DEEPEST:
            refusal = Text(
                zh=f"嵌套过深；最多允许 {DEEPEST} 层",
                en=f"this is nested too deeply; at most {DEEPEST} levels are allowed",
            )
        if refusal is not None:
            raise ScenarioError([Problem(name, event.start_mark.line + 1, refusal)])


def _value(node: yaml.Node, where: Where, lines: dict[Where, int], name: str) -> Any:
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
            text = Text(zh="键必须是普通的词或年份", en="keys must be plain words or years")
            raise ScenarioError([Problem(name, line, text)])
        key = _scalar(key_node, name)
        if isinstance(key, str) and _YEAR.fullmatch(key):
            key = int(key)
        if key in result:
            same = quoted(key)
            text = Text(zh=f"键 {same.zh} 重复；每个键只能写一次", en=f"duplicate key {same.en}; give each key once")
            raise ScenarioError([Problem(name, line, text)])
        lines[(*where, key)] = line
        result[key] = _value(child, (*where, key), lines, name)
    return result


def _scalar(node: yaml.ScalarNode, name: str) -> Any:
    """Text, number, true, false, date or nothing; numbers only as people write them."""
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    in_quotes = node.style in ("'", '"', "|", ">")
    if not in_quotes and _SCIENTIFIC.fullmatch(node.value):
        return float(node.value)
    what = quoted(node.value)
    text = Text(
        zh=f"{what.zh} 无法识别为取值；允许：加引号的文本，或如 12.5 这样的数",
        en=f"{what.en} cannot be read as a value; allowed: text in quotes, or a number such as 12.5",
    )
    if kind == "int" and not _DECIMAL.fullmatch(node.value):
        text = Text(
            zh=f"{what.zh} 不是普通的数；请勿使用前导零、冒号或字母",
            en=f"{what.en} is no plain number; write it without leading zeros, colons or letters",
        )
    elif kind == "float" and ":" in node.value:
        text = Text(
            zh=f"{what.zh} 不是普通的数；请勿使用冒号", en=f"{what.en} is no plain number; write it without colons"
        )
    else:
        try:
            return yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError):
            pass
    raise ScenarioError([Problem(name, node.start_mark.line + 1, text)])
