"""The text of the WebAssembly module of a trace, and where its inputs and results lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from model.engine.expression import (
    ACCUMULATED,
    CONSTANT,
    IN_YEAR,
    INPUT,
    MASKS,
    PREVIOUS_YEAR,
    Expression,
    below,
    numbers,
)
from model.engine.trace import (
    EACH_YEAR,
    NEVER,
    Trace,
)

from .blocks import Blocks, Form
from .elementary import TABLE_BYTES, elementary_data, elementary_functions
from .layout import Layout
from .phase import EARLIER, Phase, is_computed
from .schedule import operands

CONTROL = Path(__file__).with_name("control.wat")
PAGE = 65536
"""Bytes of a page of memory."""


def module_text(trace: Trace, members: bool) -> tuple[str, Form]:
    """The module as text, and its form; `members` for ensembles, which run two members at a time."""
    module = _Module(trace, members)
    module.write()
    return module.text(), module.blocks.form()


class _Module:
    """A module while it is written."""

    def __init__(self, trace: Trace, members: bool):
        self.trace, self.layout = trace, Layout(members)
        self.blocks = Blocks(trace, self.layout)
        self.everything = below(trace.roots)
        self.known = [e for e in self.everything if e.operation in (INPUT, CONSTANT)]
        self.functions: list[str] = []
        self.arrays = [e for e in self.known if e.operation == CONSTANT and e.shape]
        for e in self.arrays:
            self.layout.address(e)
        self.functions_table = self.layout.align()
        self.layout.top += TABLE_BYTES

    def write(self) -> None:
        """Write what is computed once a run, once a year, at the start, at a moment, and for years."""
        trace = self.trace
        self._seldom("constants", NEVER)
        self._seldom("each_year", EACH_YEAR)
        start = self.blocks.targets(trace.start, "STOCKS")
        self._phase(
            "start", [*start, *self.blocks.targets(trace.lags, "LAGS"), *self.blocks.targets(trace.first, "FIRST")]
        )
        self._phase("watch", self.blocks.targets(trace.watched, "WATCHED"))
        now = self.blocks.targets(trace.rates, "RATES") + self.blocks.targets(trace.followed, "FOLLOWED")
        now += self.blocks.targets(trace.shown, "HELD", "FLOWS", "OTHERS", "ENDS")
        self._phase("moment", now, adopts=True)
        self._forget()
        self._annual()

    def _seldom(self, name: str, level: int) -> None:
        """Write the phase of the values of a level, as far as values that change more often need them."""
        users = [e for e in self.everything if e.level > level and e.operation not in MASKS]
        needed = chain((a for e in users for a in operands(e)), self.trace.roots)
        kept = [e for e in dict.fromkeys(needed) if e.level == level and is_computed(e)]
        self._phase(name, kept=kept)
        self.known += kept

    def _phase(
        self,
        name: str,
        targets: Sequence[tuple[Expression, int]] = (),
        kept: Sequence[Expression] = (),
        adopts: bool = False,
    ) -> None:
        """Write a phase with a function that carries it out. Others do not find its values in memory, except `kept`."""
        self._forget()
        expressions = below([*(e for e, _ in targets), *kept], self.known)
        phase = Phase(name, self.layout, expressions, targets, kept, adopts)
        self.functions += [*phase.text, _function(name, phase.calls)]

    def _forget(self) -> None:
        """Forget where values of earlier phases lie that this one may have to compute again."""
        lasting = {e.id for e in self.known}
        self.layout.place = {id_: address for id_, address in self.layout.place.items() if id_ in lasting}

    def _annual(self) -> None:
        """Write the passes over the years: for values of certain years first, by how many of them they go through."""
        depth: dict[int, int] = {}
        for e in below(self.trace.annual.values()):
            depth[e.id] = max((depth[a.id] for a in e.arguments), default=0) + (e.operation == IN_YEAR)
        chosen = [e for e in self.everything if e.operation == IN_YEAR]
        self.passes = 1 + max((depth[e.id] for e in chosen), default=0)
        for number in range(self.passes - 1):
            found = [e for e in chosen if depth[e.id] == number + 1]
            self._pass(number, [(_found(e), self.layout.address(e)) for e in found], found)
        self._pass(self.passes - 1, self.blocks.targets(self.trace.annual, "ANNUAL"))
        for name in ("annual", "reset_years"):
            calls = [
                f"(if (i32.eq (local.get $pass) (i32.const {k})) (then (call ${name}_{k})))" for k in range(self.passes)
            ]
            self.functions.append("\n".join([f"(func ${name} (param $pass i32)", *calls, ")"]))

    def _pass(self, number: int, targets: list[tuple[Expression, int]], found: Sequence[Expression] = ()) -> None:
        """Write one pass over the years; it starts without values of the year before, sums, and finds."""
        expressions, carried = self._of_pass([e for e, _ in targets])
        sums = [e for e in expressions if e.operation == ACCUMULATED]
        lines = [line for e in sums for line in self.layout.fill(self.layout.address(e), e.size, 0.0)]
        for e in (*carried, *found):
            lines += self.layout.fill(self.layout.address(e), e.size, float("nan"))
        copies = [(e.arguments[0], self.layout.address(e)) for e in carried]
        phase = Phase(f"annual_{number}", self.layout, expressions, targets, copies=copies)
        self.functions += [*phase.text, _function(f"annual_{number}", phase.calls)]
        self.functions.append(_function(f"reset_years_{number}", lines))

    def _of_pass(self, roots: list[Expression]) -> tuple[list[Expression], list[Expression]]:
        """What a pass computes, and the values of the year before that it reads, those of later use first."""
        earlier = [e for e in self.everything if e.operation in EARLIER]
        carried: dict[int, Expression] = {}
        while True:
            sources = [e.arguments[0] for e in carried.values()]
            expressions = below([*roots, *sources], [*self.known, *earlier])
            read = chain(roots, sources, (a for e in expressions for a in e.arguments))
            new = {e.id: e for e in read if e.operation == PREVIOUS_YEAR and e.id not in carried}
            if not new:
                # Values of two years before are carried on before those of one year before are.
                return expressions, [carried[id_] for id_ in sorted(carried, reverse=True)]
            carried |= new

    def text(self) -> str:
        """The whole module."""
        pages = -(-self.layout.align() // PAGE)
        constants = self.blocks.addresses() | {"PASSES": self.passes}
        addresses = [f"(global ${name} i32 (i32.const {value}))" for name, value in constants.items()]
        return "\n".join(
            [
                f'(module (memory (export "memory") {pages})',
                *addresses,
                *(_data(self.layout.address(e), self._content(e)) for e in self.arrays),
                elementary_data(self.functions_table),
                elementary_functions(self.functions_table),
                *self.functions,
                CONTROL.read_text(encoding="utf-8"),
                ")",
            ]
        )

    def _content(self, array: Expression) -> bytes:
        """A constant array as it lies in memory."""
        return np.repeat(numbers(array).ravel(), self.layout.entry // 8).astype("<f8").tobytes()


def _found(e: Expression) -> Expression:
    """What is known of the value of a certain year after one more year."""
    value, moment, year = e.arguments
    return e.pool.where(e.pool.elementwise("equal", moment, year), value, e)


def _function(name: str, lines: Sequence[str]) -> str:
    return "\n".join([f"(func ${name}", *lines, ")"])


def _data(address: int, content: bytes) -> str:
    """The first content of a part of memory."""
    text = "".join(f"\\{byte:02x}" for byte in content)
    return f'(data (i32.const {address}) "{text}")'
