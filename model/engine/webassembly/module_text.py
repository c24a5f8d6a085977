"""The text of the WebAssembly module of a trace, and where its inputs and results lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from model.engine.checked_system import TIME
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
    DELAYED,
    EACH_YEAR,
    LINEAR_PATH,
    MOMENT,
    NEVER,
    PARAMETER,
    PRESCRIBED,
    SHOWN,
    STEP_PATH,
    STOCK,
    Named,
    Trace,
)

from .elementary import TABLE_BYTES, elementary_data, elementary_functions
from .layout import Layout
from .phase import EARLIER, Phase, is_computed
from .schedule import operands

CONTROL = Path(__file__).with_name("control.wat")
PAGE = 65536
"""Bytes of a page of memory."""
Places = dict[str, tuple[int, int]]
"""By name, the position of a value and its number of entries."""


@dataclass(frozen=True)
class Form:
    """Where a module has its inputs and results, in entries: of 8 bytes, or 16 with two `members` in a vector.

    Parameters, prescribed flows and watched variables lie in memory, counted from its start; `free` is the first entry
    that is not in use. A row of the tables has the `paths` of a year, a row of the report the `shown` variables of a
    year or a step, and for years the `annual` statistics behind them: there positions are counted from the row's start.
    """

    members: bool
    free: int
    parameters: Places
    parameters_length: int
    paths: Places
    table_row: int
    shown: Places
    shown_row: int
    annual: Places
    report_row: int
    history_row: int
    prescribed: Places
    watched: Places

    def plain(self) -> dict[str, Any]:
        """As plain data, for hosts in other languages."""
        return asdict(self)


def module_text(trace: Trace, members: bool) -> tuple[str, Form]:
    """The module as text, and its form; `members` for ensembles, which run two members at a time."""
    module = _Module(trace, members)
    module.write()
    return module.text(), module.form()


@dataclass(frozen=True)
class _Block:
    """Values that lie one after another: its address and length in bytes, and by name the address and the entries."""

    address: int
    length: int
    places: Mapping[str, tuple[int, int]]


class _Module:
    """A module while it is written. Its first block, the parameters, lies at address 0."""

    def __init__(self, trace: Trace, members: bool):
        self.trace, self.layout = trace, Layout(members)
        self.inputs = trace.inputs
        self.everything = below(trace.roots)
        self.known = [e for e in self.everything if e.operation in (INPUT, CONSTANT)]
        self.functions: list[str] = []
        self.blocks = {name: self._block(sizes, kind) for name, sizes, kind in self._contents()}
        self.arrays = [e for e in self.known if e.operation == CONSTANT and e.shape]
        for e in self.arrays:
            self.layout.address(e)
        self.functions_table = self.layout.align()
        self.layout.top += TABLE_BYTES

    # Room in memory

    def _contents(self) -> list[tuple[str, dict[str, int], str | None]]:
        """The blocks in order: name, entries by name of a value, and the kind of the inputs that are read there."""
        trace, variables = self.trace, self.trace.system.variables
        stocks, delayed, shown = _sizes(trace.rates), _sizes(trace.followed), _sizes(trace.shown)
        means = {n: size for n, size in shown.items() if variables[n].report == "mean"}
        held = {n: size for n, size in means.items() if variables[n].kind == "delayed"}
        flows = {n: size for n, size in means.items() if variables[n].kind == "flow"}
        others = {n: size for n, size in means.items() if n not in flows and n not in held}
        means_by_rule = (("HELD", held), ("FLOWS", flows), ("OTHERS", others))
        ends = {n: size for n, size in shown.items() if n not in means}
        return [
            ("PARAMETERS", self._of_kind(PARAMETER), PARAMETER),
            ("STEP_PATHS", self._of_kind(STEP_PATH), STEP_PATH),
            ("LINEAR_PATHS", self._of_kind(LINEAR_PATH), LINEAR_PATH),
            ("TIME", {TIME: 1}, MOMENT),
            ("PRESCRIBED", self._of_kind(PRESCRIBED), PRESCRIBED),
            ("STOCKS", stocks, STOCK),
            ("RATES", stocks, None),
            ("BEFORE", stocks, None),
            ("SLOPES", stocks, None),
            ("DELAYED", delayed, DELAYED),
            ("FOLLOWED", delayed, None),
            ("LAGS", delayed, None),
            ("FIRST", delayed, None),
            *((name, sizes, SHOWN) for name, sizes in means_by_rule),
            ("ENDS", ends, SHOWN),
            *((f"OPENING_{name}", sizes, None) for name, sizes in means_by_rule),
            *((f"SUMS_{name}", sizes, None) for name, sizes in means_by_rule),
            ("ANNUAL", _sizes(trace.annual), None),
            ("WATCHED", _sizes(trace.watched), None),
        ]

    def _of_kind(self, kind: str) -> dict[str, int]:
        return {name: e.size for (k, name), e in self.inputs.items() if k == kind}

    def _block(self, sizes: Mapping[str, int], kind: str | None) -> _Block:
        begin, places = self.layout.align(), {}
        for name, size in sizes.items():
            places[name] = (self.layout.room(size), size)
            if kind is not None and (kind, name) in self.inputs:
                self.layout.place[self.inputs[kind, name].id] = places[name][0]
        return _Block(begin, self.layout.align() - begin, places)

    @property
    def addresses(self) -> dict[str, int]:
        """The constants that the text of control refers to."""
        found = {name: block.address for name, block in self.blocks.items()}
        found |= {f"{name}_LENGTH": block.length for name, block in self.blocks.items()}
        found |= {"SHOWN": found["HELD"], "OPENING": found["OPENING_HELD"], "SUMS": found["SUMS_HELD"]}
        found["EXACT_LENGTH"] = found["HELD_LENGTH"] + found["FLOWS_LENGTH"]
        found["MEANS_LENGTH"] = found["EXACT_LENGTH"] + found["OTHERS_LENGTH"]
        found["SHOWN_LENGTH"] = found["MEANS_LENGTH"] + found["ENDS_LENGTH"]
        found["TABLE_ROW"] = found["STEP_PATHS_LENGTH"] + found["LINEAR_PATHS_LENGTH"]
        found["REPORT_ROW"] = found["SHOWN_LENGTH"] + found["ANNUAL_LENGTH"]
        return found | {"PASSES": self.passes}

    def form(self) -> Form:
        """Where inputs and results lie, in entries."""
        lengths = {name: address // self.layout.entry for name, address in self.addresses.items()}

        def places(*blocks: str, begin: int = 0) -> Places:
            chosen = chain.from_iterable(self.blocks[block].places.items() for block in blocks)
            return {name: ((address - begin) // self.layout.entry, size) for name, (address, size) in chosen}

        shown, annual = self.blocks["HELD"].address, self.blocks["ANNUAL"].address
        return Form(
            members=self.layout.members,
            free=self.layout.align() // self.layout.entry,
            parameters=places("PARAMETERS"),
            parameters_length=lengths["PARAMETERS_LENGTH"],
            paths=places("STEP_PATHS", "LINEAR_PATHS", begin=self.blocks["STEP_PATHS"].address),
            table_row=lengths["TABLE_ROW"],
            shown=places("HELD", "FLOWS", "OTHERS", "ENDS", begin=shown),
            shown_row=lengths["SHOWN_LENGTH"],
            annual=places("ANNUAL", begin=annual - self.addresses["SHOWN_LENGTH"]),
            report_row=lengths["REPORT_ROW"],
            history_row=lengths["DELAYED_LENGTH"],
            prescribed=places("PRESCRIBED"),
            watched=places("WATCHED"),
        )

    # Phases

    def write(self) -> None:
        """Write what is computed once a run, once a year, at the start, at a moment, and for years."""
        trace = self.trace
        self._seldom("constants", NEVER)
        self._seldom("each_year", EACH_YEAR)
        start = self._targets(trace.start, "STOCKS")
        self._phase("start", [*start, *self._targets(trace.lags, "LAGS"), *self._targets(trace.first, "FIRST")])
        self._phase("watch", self._targets(trace.watched, "WATCHED"))
        now = self._targets(trace.rates, "RATES") + self._targets(trace.followed, "FOLLOWED")
        now += self._targets(trace.shown, "HELD", "FLOWS", "OTHERS", "ENDS")
        self._phase("moment", now, adopts=True)
        self._forget()
        self._annual()

    def _targets(self, expressions: Named, *blocks: str) -> list[tuple[Expression, int]]:
        """Values with the addresses in blocks that they are written to."""
        return [(expressions[n], at) for block in blocks for n, (at, _) in self.blocks[block].places.items()]

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
        self._pass(self.passes - 1, self._targets(self.trace.annual, "ANNUAL"))
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
        addresses = [f"(global ${name} i32 (i32.const {value}))" for name, value in self.addresses.items()]
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


def _sizes(values: Named) -> dict[str, int]:
    return {name: e.size for name, e in values.items()}


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
