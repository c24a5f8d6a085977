"""The causal graph: who causes whom, feedback loops with polarity, and equations as text, all from the declarations."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from .integrate import evaluate, start_values
from .system import TIME, System


@dataclass(frozen=True)
class Loop:
    """A feedback loop: its variables in causal order, and its sign at a state (+1 reinforcing, -1 balancing, 0 unknown)."""

    variables: tuple[str, ...]
    polarity: int = 0

    @property
    def kind(self) -> str:
        """R, B, or ? where the polarity was not or could not be computed."""
        return {1: "R", -1: "B", 0: "?"}[self.polarity]


def causal_graph(system: System) -> nx.DiGraph:
    """Nodes are variables and inputs (attributes kind, unit, chapter); edges run from cause to effect.

    A flow causes its stock; the edge carries sign +1 for inflows and -1 for outflows. Initial values
    and annual statistics are left out: they close no loop.
    """
    graph = nx.DiGraph()
    for name, given in system.inputs.items():
        graph.add_node(name, kind=given.kind, unit=given.unit, chapter="")
    for name, variable in system.variables.items():
        if variable.kind != "annual":
            graph.add_node(name, kind=variable.kind, unit=variable.unit, chapter=variable.chapter)
    for name, variable in system.variables.items():
        if variable.kind == "stock":
            graph.add_edges_from((flow, name, {"sign": 1}) for flow in variable.inflows)
            graph.add_edges_from((flow, name, {"sign": -1}) for flow in variable.outflows)
        elif variable.kind != "annual":
            graph.add_edges_from((cause, name) for cause in variable.causes if cause != TIME)
    return graph


def uses(system: System, name: str) -> tuple[str, ...]:
    """Variables that name `name` among their causes or flows, in order of declaration."""
    return tuple(
        other
        for other, v in system.variables.items()
        if name in v.causes or name in v.inflows or name in v.outflows or name == v.initial
    )


def feedback_loops(
    system: System, through: str | None = None, longest: int = 12, limit: int = 500, signs: Mapping | None = None
) -> list[Loop]:
    """Feedback loops of at most `longest` variables, shortest first, at most `limit`, those through `through` if given.

    Large models have millions of loops, so both bounds matter; the order is the same in every run.
    `signs` (from `link_signs`) gives the loops their polarity.
    """
    graph = causal_graph(system)
    loops: list[tuple[str, ...]] = []
    for cycle in _bounded_cycles(graph, longest):
        if through is None or through in cycle:
            loops.append(_rotated(cycle))
        if len(loops) >= limit:
            break
    return [Loop(c, _polarity(c, signs) if signs else 0) for c in sorted(set(loops), key=lambda c: (len(c), c))]


def _bounded_cycles(graph: nx.DiGraph, longest: int) -> Iterator[list[str]]:
    for length in range(2, longest + 1):
        for cycle in nx.simple_cycles(graph, length_bound=length):
            if len(cycle) == length:
                yield cycle


def _rotated(cycle: list[str]) -> tuple[str, ...]:
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first])


def _polarity(cycle: tuple[str, ...], signs: Mapping) -> int:
    product = 1
    for cause, effect in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
        product *= signs.get((cause, effect), 0)
    return product


def link_signs(system: System, parameters: Mapping, paths: Mapping, start: float) -> dict[tuple[str, str], int]:
    """Sign of each causal link at the start of a run: +1, -1, or 0 where the effect does not respond.

    `paths` holds levers and drivers at the start. Derivatives are those of the summed effect with
    respect to a common relative change of the cause.
    """
    values = {**parameters, **paths, TIME: start}
    state = start_values(system, dict(values))
    values = evaluate(system, system.order, {**values, **state})
    signs = {}
    for name, variable in system.variables.items():
        if variable.kind == "stock":
            signs |= {(flow, name): 1 for flow in variable.inflows} | {(flow, name): -1 for flow in variable.outflows}
        elif variable.kind != "annual":
            for cause in variable.causes:
                signs[cause, name] = _link_sign(variable, cause, values)
    return signs


def _link_sign(variable, cause: str, values: Mapping, width: float = 1e-4) -> int:
    def effect(scale: float) -> float:
        moved = {**values, cause: np.asarray(values[cause]) * scale}
        return float(np.sum(variable.function(*[moved[c] for c in variable.causes])))

    change = effect(1 + width) - effect(1 - width)
    return int(np.sign(change)) if abs(change) > 1e-12 else 0


def equation_text(system: System, name: str) -> str:
    """The equation of a variable as written: its body without docstring, or the balance of flows of a stock."""
    variable = system.variables[name]
    if variable.kind == "stock":
        inflows = " + ".join(variable.inflows) or "0"
        return f"d({name})/dt = {inflows}" + "".join(f" - {flow}" for flow in variable.outflows)
    if variable.generated:
        return f"{name} = f({', '.join(variable.causes)})"
    tree = ast.parse(textwrap.dedent(inspect.getsource(variable.function)))
    body = tree.body[0].body
    return "\n".join(ast.unparse(part) for part in body[1:])
