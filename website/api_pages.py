"""The reference of the Python package: each public name with its signature and its docstring."""

from __future__ import annotations

import inspect
from typing import Any

import hebei2025

HEADS = {
    "en": "# Python names\n\nEvery public name of `import hebei2025 as hb`, written from the code. "
    "[hebei2025 in Python](python.md) shows them at work.",
    "zh": "# Python 接口\n\n`import hebei2025 as hb` 的全部公开名称，由代码生成（说明为英文）。用法示例见"
    "[Python 用法](python.md)。",
}
WIDTH = 88
_STARS = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}


def api_page(language: str) -> str:
    """All public names of the package, functions before classes."""
    objects = {name: getattr(hebei2025, name) for name in public_names()}
    ordered = sorted(objects, key=lambda name: (inspect.isclass(objects[name]), name.lower()))
    return "\n\n".join([HEADS[language], *(_section(name, objects[name]) for name in ordered)]) + "\n"


def public_names() -> list[str]:
    """Names that the page has: all public ones but the version."""
    return [name for name in hebei2025.__all__ if not name.startswith("__")]


def _section(name: str, what: Any) -> str:
    parts = [f"## {name}", _signature(name, what), _documentation(what)]
    if inspect.isclass(what):
        parts += [
            f"### {name}.{member}\n\n{_signature(f'{name}.{member}', value)}\n\n{_documentation(value)}"
            for member, value in vars(what).items()
            if not member.startswith("_") and inspect.isfunction(value) and value.__doc__
        ]
    return "\n\n".join(part for part in parts if part)


def _signature(name: str, what: Any) -> str:
    """The call, one parameter a line where it is long; a class with names only, an exception without a call."""
    if inspect.isclass(what) and issubclass(what, BaseException):
        return ""
    signature = inspect.signature(what)
    if inspect.isclass(what):
        return f"```python\n{name}({', '.join(signature.parameters)})\n```"
    parts = _parameters(signature)
    back = signature.return_annotation
    end = "" if back is inspect.Signature.empty else f" -> {_annotation(back)}"
    call = f"{name}({', '.join(parts)}){end}"
    if len(call) > WIDTH:
        lines = "\n".join(f"    {part}," for part in parts)
        call = f"{name}(\n{lines}\n){end}"
    return f"```python\n{call}\n```"


def _parameters(signature: inspect.Signature) -> list[str]:
    """Parameters as a call has them, with the star before those that need their name."""
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not any(part.startswith("*") for part in parts):
            parts.append("*")
        parts.append(_parameter(parameter))
    return parts


def _parameter(parameter: inspect.Parameter) -> str:
    stars = _STARS.get(parameter.kind.name, "")
    typed = "" if parameter.annotation is parameter.empty else f": {_annotation(parameter.annotation)}"
    default = parameter.default
    if default is parameter.empty:
        value = ""
    else:
        shown = default.__name__ if inspect.isfunction(default) else repr(default)
        value = f" = {shown}" if typed else f"={shown}"
    return f"{stars}{parameter.name}{typed}{value}"


def _annotation(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _documentation(what: Any) -> str:
    """The docstring as Markdown."""
    return inspect.getdoc(what) or ""
