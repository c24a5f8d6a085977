"""The equation reference: one page per chapter, written from the declarations and the data."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import numpy as np

from analysis.structure import variables_of
from model.definitions import chapter_summary, definition, one_line
from model.engine.checked_system import TIME
from model.engine.declare import Variable
from model.engine.graph import causes, equation_text
from model.inputs import Parameter, parameters
from model.system import system

from .labels import branch_label
from .markdown import table, unit_text

KINDS = {
    "stock": ("存量", "stock"),
    "flow": ("流量", "flow"),
    "auxiliary": ("辅助变量", "auxiliary"),
    "annual": ("年度指标", "annual indicator"),
}


def chapter_page(chapter: str) -> str:
    """The page of one chapter."""
    members = variables_of(chapter)
    shown = [variable for variable in members if not variable.generated]
    parts = [f"# `{chapter}`", *(chapter_summary(chapter, language) for language in ("zh", "en"))]
    parts.append("[目录 / index](README.md)")
    parts += [_contents(shown)] if shown else []
    parts += ["\n\n".join(_block(variable, chapter)) for variable in shown]
    hidden = [variable for variable in members if variable.generated]
    if hidden:
        parts += ["## 平滑和延迟内部 / Inside smooths and delays", _hidden(hidden)]
    used = _parameters_used(members)
    if used:
        parts += ["## 所用参数 / Parameters used", _parameter_table(used, members)]
    return "\n\n".join(parts) + "\n"


def _contents(shown: list[Variable]) -> str:
    lines = []
    for kind, names in KINDS.items():
        links = [f"[{v.name}](#{v.name})" for v in shown if v.kind == kind]
        lines += [f"- {names[0]} / {names[1]} ({len(links)}): {', '.join(links)}"] if links else []
    return "\n".join(lines)


def _block(variable: Variable, chapter: str) -> list[str]:
    """Names, unit, definition, equation, causes and uses of one variable."""
    kind = KINDS[variable.kind]
    parts = [
        f"### {variable.name}",
        f"**{variable.zh} / {variable.en}** · {kind[0]} / {kind[1]} · {unit_text(variable.unit)}{_scope(variable)}",
        definition(variable, "zh"),
        definition(variable, "en"),
        f"```python\n{equation_text(system(), variable.name)}\n```",
    ]
    if variable.initial is not None:
        start = _link(variable.initial, chapter) if isinstance(variable.initial, str) else f"{variable.initial:g}"
        parts.append(f"初值 / initial value: {start}")
    reasons = [name for name in causes(system(), variable.name) if name != variable.initial]
    parts.append(f"取决于 / depends on: {_links(reasons, chapter)}")
    parts.append(f"用于 / used by: {_links(_uses().get(variable.name, ()), chapter)}")
    return parts


@functools.cache
def _uses() -> dict[str, list[str]]:
    """Variables that depend on each variable or input, in order of declaration."""
    result: dict[str, list[str]] = {}
    for name in system().variables:
        for cause in dict.fromkeys(causes(system(), name)):
            result.setdefault(cause, []).append(name)
    return result


def _scope(variable: Variable) -> str:
    if variable.axes:
        return f" · {' × '.join(axis.name for axis in variable.axes)}"
    return f" · {variable.belongs_to}" if variable.belongs_to != "all" else ""


def _links(names: Sequence[str], chapter: str) -> str:
    return ", ".join(_link(name, chapter) for name in names) or "—"


def _link(name: str, chapter: str) -> str:
    """A variable as a link to its entry; inputs with their kind."""
    known = system()
    if name == TIME:
        return "`time`"
    if name in known.inputs:
        kind = known.inputs[name].kind
        return f"[{name}](../levers/{name}.md) (政策措施 / lever)" if kind == "lever" else f"`{name}` ({kind})"
    variable = known.variables[name]
    if variable.generated:
        return f"`{name}`"
    page = "" if variable.chapter == chapter else f"{variable.chapter}.md"
    return f"[{name}]({page}#{name})"


def _hidden(hidden: list[Variable]) -> str:
    rows = [
        (
            f"`{v.name}`",
            f"{v.zh} / {v.en}",
            KINDS[v.kind][1],
            unit_text(v.unit),
            f"`{one_line(equation_text(system(), v.name))}`",
        )
        for v in hidden
    ]
    return table(("变量 / variable", "名称 / name", "类别 / kind", "单位 / unit", "方程 / equation"), rows)


def _parameters_used(members: list[Variable]) -> list[Parameter]:
    used = {cause for variable in members for cause in causes(system(), variable.name)}
    return [parameter for name, parameter in parameters().items() if name in used]


def _parameter_table(used: list[Parameter], members: list[Variable]) -> str:
    inside = {variable.name for variable in members}
    rows = [
        (
            f"`{p.id}`",
            f"{p.zh} / {p.en}",
            parameter_value(p),
            unit_text(p.unit),
            "{:g}–{:g}".format(*p.ends) + (" ×" if p.relative else ""),
            p.grade,
            one_line(p.source),
            ", ".join(f"`{name}`" for name in _uses()[p.id] if name in inside),
        )
        for p in used
    ]
    heads = ("参数 / parameter", "名称 / name", "值 / value", "单位 / unit", "范围 / range", "等级 / grade")
    return table((*heads, "来源 / source", "用于 / used by"), rows)


def parameter_value(parameter: Parameter) -> str:
    """The value as written: a number, or the numbers of branches."""
    if not isinstance(parameter.value, Mapping):
        return _number(parameter.value)
    return "; ".join(f"{_branch(name)} {_number(value)}" for name, value in parameter.value.items())


def _branch(name: str) -> str:
    return "其余 / default" if name == "default" else branch_label(name)


def _number(value: float) -> str:
    return np.format_float_positional(value, trim="-") if 1e-4 <= abs(value) < 1e7 or value == 0 else f"{value:g}"
