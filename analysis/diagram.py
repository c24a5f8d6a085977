"""Diagrams of the structure in the DOT language: stocks and flows of a chapter, and single feedback loops."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from model.engine.checked_system import TIME
from model.engine.graph import causal_graph
from model.system import system

from .structure import signs, variables_of

INK, BLUE, RED, GREY = "#1C2733", "#0072B2", "#B84A00", "#8A96A3"
SHAPES = {
    "stock": 'shape=box style="filled" fillcolor="#D3E6F2" penwidth=1.6',
    "flow": 'shape=cds style="filled" fillcolor="#F6E7D3"',
    "auxiliary": "shape=plaintext",
    "annual": 'shape=box style="rounded"',
    "lever": 'shape=hexagon style="filled" fillcolor="#E3F1EA"',
    "parameter": "shape=plaintext fontcolor=" + f'"{GREY}"',
    "driver": "shape=plaintext fontcolor=" + f'"{GREY}"',
}
"""Style by kind; stocks, flows and levers differ in shape, not only in colour."""
HEAD = (
    'digraph structure {{ rankdir={rank}; bgcolor="transparent"; nodesep=0.18; ranksep=0.35;'
    ' node [fontname="Source Sans 3, Noto Sans CJK SC, sans-serif" fontsize=11 color="{ink}" height=0.3'
    ' margin="0.08,0.03"];'
    ' edge [fontname="Source Sans 3, sans-serif" fontsize=12 arrowsize=0.6];'
)
MARKS = {1: "+", -1: "−", 0: ""}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wrapped(name: str, width: int = 18) -> str:
    """A name over several lines, broken at spaces; Chinese names have none and stay whole."""
    lines, line = [], ""
    for word in name.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return _quoted("\n".join([*lines, line])).replace("\n", "\\n")


def name_of(name: str, language: str) -> str:
    """Name of a variable or input in a language."""
    known = system()
    if name in known.variables:
        variable = known.variables[name]
        return variable.zh if language == "zh" else variable.en
    from model.inputs import drivers, levers, parameters

    for group in (levers(), drivers(), parameters()):
        if name in group:
            return group[name].zh if language == "zh" else group[name].en
    return name


def _node(name: str, language: str, more: str = "") -> str:
    known = system()
    kind = known.variables[name].kind if name in known.variables else known.inputs[name].kind
    return f"{_quoted(name)} [label={_wrapped(name_of(name, language))} {SHAPES[kind]} {more}];"


def _edge(cause: str, effect: str, sign: int, strong: bool = False) -> str:
    """A link with its sign; what flows into or out of a stock is drawn thick."""
    colour = {1: BLUE, -1: RED, 0: GREY}[sign]
    thick = "penwidth=2.4" if strong else f"fontcolor={_quoted(colour)} label={_quoted(MARKS[sign])}"
    return f"{_quoted(cause)} -> {_quoted(effect)} [color={_quoted(colour)} {thick}];"


def chapter_diagram(chapter: str, language: str, around: str | None = None) -> str:
    """Stocks, flows and auxiliaries of a chapter with their links; causes from other chapters and levers in grey.

    With `around`, only that variable, its causes and its uses. Raises KeyError for an unknown chapter or variable.
    """
    links = _all_links()
    members = {v.name for v in variables_of(chapter) if not v.generated}
    if not members:
        raise KeyError(f"{chapter}: no chapter of this name")
    if around is not None:
        members = {around, *(a for a, b in links if b == around), *(b for a, b in links if a == around)}
        shown = {(a, b) for a, b in links if around in (a, b)}
    else:
        shown = {(a, b) for a, b in links if b in members and (a in members or _shown(a))}
    nodes = members | {a for a, _ in shown}
    in_chapter = {v.name for v in variables_of(chapter)}
    lines = [HEAD.format(rank="LR", ink=INK)]
    for name in sorted(nodes):
        quiet = f'fontcolor="{GREY}" color="{GREY}"' if name not in in_chapter else ""
        lines.append(_node(name, language, "penwidth=3" if name == around else quiet))
    known = system().variables
    for cause, effect in sorted(shown):
        flows = (*known[effect].inflows, *known[effect].outflows)
        lines.append(_edge(cause, effect, links[cause, effect], strong=cause in flows))
    return "\n".join([*lines, "}"])


@functools.cache
def _all_links() -> dict[tuple[str, str], int]:
    """Every link from cause to effect with its sign, insides of delays bridged; yearly indicators included."""
    graph = causal_graph(system(), signs(), generated=False)
    links = {(a, b): data["sign"] for a, b, data in graph.edges(data=True)}
    for name, variable in system().variables.items():
        if variable.kind == "annual":
            links |= {(cause, name): 0 for cause in variable.causes if cause != TIME}
    return links


def _shown(cause: str) -> bool:
    """Levers and variables of other chapters are shown as causes; parameters and drivers would crowd the picture."""
    known = system()
    return cause in known.variables or (cause != TIME and known.inputs[cause].kind == "lever")


def loop_diagram(variables: Sequence[str], language: str) -> str:
    """One feedback loop, each link with its sign."""
    lines = [HEAD.format(rank="LR", ink=INK).replace("digraph structure {", "digraph loop { layout=circo;")]
    lines += [_node(name, language) for name in variables]
    pairs = zip(variables, (*variables[1:], variables[0]), strict=True)
    lines += [_edge(a, b, _all_links().get((a, b), 0)) for a, b in pairs]
    return "\n".join([*lines, "}"])
