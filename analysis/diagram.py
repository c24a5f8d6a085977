"""Diagrams of the structure as data: nodes and signed links around a variable, of a chapter, and of a feedback loop."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.engine.checked_system import TIME
from model.engine.graph import causal_graph
from model.inputs import drivers, levers, parameters
from model.system import system

from .structure import signs, variables_of

LEFT_OUT = frozenset({"parameter"})
"""Kinds of causes that are not drawn: they are constants, and would crowd the picture."""


@dataclass(frozen=True)
class Node:
    """A variable, lever or driver; `outside` where it does not belong to what the diagram shows."""

    id: str
    kind: str
    outside: bool = False


@dataclass(frozen=True)
class Link:
    """A cause and its effect; `sign` is 0 where it is not known, `flow` says that it fills or drains a stock."""

    cause: str
    effect: str
    sign: int
    flow: bool


@dataclass(frozen=True)
class Diagram:
    """Nodes and the links between them."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


@functools.cache
def causal_links() -> dict[tuple[str, str], int]:
    """Every link from cause to effect with its sign, insides of delays bridged; yearly indicators included."""
    graph = causal_graph(system(), signs(), generated=False)
    links = {(a, b): data["sign"] for a, b, data in graph.edges(data=True)}
    for name, variable in system().variables.items():
        if variable.kind == "annual":
            links |= {(cause, name): 0 for cause in variable.causes if cause != TIME}
    return links


@functools.cache
def causes_of() -> dict[str, tuple[str, ...]]:
    """The causes of each variable that are drawn: variables, levers and drivers."""
    return _grouped((effect, cause) for cause, effect in causal_links() if kind_of(cause) not in LEFT_OUT)


@functools.cache
def effects_of() -> dict[str, tuple[str, ...]]:
    """What each variable, lever or driver is a cause of."""
    return _grouped(causal_links())


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for first, second in pairs:
        found[first] = (*found.get(first, ()), second)
    return found


def kind_of(name: str) -> str:
    """Kind of a variable or input: stock, flow, auxiliary, delayed, annual, lever, driver or parameter."""
    known = system()
    return known.variables[name].kind if name in known.variables else known.inputs[name].kind


def name_of(name: str, language: str) -> str:
    """Name of a variable or input in a language; an unknown name as it is."""
    for group in (system().variables, levers(), drivers(), parameters()):
        if name in group:
            return group[name].zh if language == "zh" else group[name].en
    return name


def neighbourhood(name: str, steps: int = 1) -> Diagram:
    """A variable with what it is used for, its causes, and with two `steps` the causes of those.

    Causes of causes are `outside`. Raises KeyError for an unknown variable.
    """
    if name not in system().variables:
        raise KeyError(f"{name}: no variable of this name")
    near = {name, *causes_of().get(name, ()), *effects_of().get(name, ())}
    links = {(a, b) for a, b in causal_links() if name in (a, b) and a in near}
    reached, last = {name}, {name}
    for _ in range(steps):
        links |= {(cause, effect) for effect in last for cause in causes_of().get(effect, ())}
        last = {cause for effect in last for cause in causes_of().get(effect, ())} - reached
        reached |= last
    return _diagram(links, {name}, near)


def chapter_diagram(chapter: str) -> Diagram:
    """All variables of a chapter, with their links; causes from other chapters, levers and drivers are `outside`.

    Raises KeyError for an unknown chapter.
    """
    members = {v.name for v in variables_of(chapter) if not v.generated}
    if not members:
        raise KeyError(f"{chapter}: no chapter of this name")
    links = {(cause, effect) for effect in members for cause in causes_of().get(effect, ())}
    return _diagram(links, members, members)


def loop_diagram(variables: Sequence[str]) -> Diagram:
    """One feedback loop: its variables in causal order."""
    links = list(zip(variables, (*variables[1:], variables[0]), strict=True))
    nodes = tuple(Node(name, kind_of(name)) for name in variables)
    return Diagram(nodes, tuple(_link(*pair) for pair in links))


def _diagram(links: Iterable[tuple[str, str]], members: set[str], inside: set[str]) -> Diagram:
    """The links in a fixed order, with their ends and `members`; what is not `inside` is outside."""
    ordered = sorted(links)
    names = sorted(members | {name for pair in ordered for name in pair})
    return Diagram(
        tuple(Node(name, kind_of(name), name not in inside) for name in names),
        tuple(_link(*pair) for pair in ordered),
    )


def _link(cause: str, effect: str) -> Link:
    variable = system().variables[effect]
    flow = cause in (*variable.inflows, *variable.outflows)
    return Link(cause, effect, causal_links().get((cause, effect), 0), flow)
