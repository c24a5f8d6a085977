"""Where inputs, stocks and results lie in the memory of a module: one block after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from model.engine.checked_system import TIME
from model.engine.expression import Expression
from model.engine.trace import (
    DELAYED,
    LINEAR_PATH,
    MOMENT,
    PARAMETER,
    PRESCRIBED,
    SHOWN,
    STEP_PATH,
    STOCK,
    Named,
    Trace,
)

from .layout import Layout

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


@dataclass(frozen=True)
class _Block:
    """Values that lie one after another: its address and length in bytes, and by name the address and the entries."""

    address: int
    length: int
    places: Mapping[str, tuple[int, int]]


class Blocks:
    """The blocks of the module of a trace, in the memory of `layout`. The first, the parameters, lies at address 0."""

    def __init__(self, trace: Trace, layout: Layout):
        self.trace, self.layout = trace, layout
        self.inputs = trace.inputs
        self._blocks = {name: self._block(sizes, kind) for name, sizes, kind in self._contents()}

    def targets(self, expressions: Named, *blocks: str) -> list[tuple[Expression, int]]:
        """Values with the addresses in blocks that they are written to."""
        return [(expressions[n], at) for block in blocks for n, (at, _) in self._blocks[block].places.items()]

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

    def addresses(self) -> dict[str, int]:
        """Addresses and lengths in bytes by name, the constants that `control.wat` refers to."""
        found = {name: block.address for name, block in self._blocks.items()}
        found |= {f"{name}_LENGTH": block.length for name, block in self._blocks.items()}
        found |= {"SHOWN": found["HELD"], "OPENING": found["OPENING_HELD"], "SUMS": found["SUMS_HELD"]}
        found["EXACT_LENGTH"] = found["HELD_LENGTH"] + found["FLOWS_LENGTH"]
        found["MEANS_LENGTH"] = found["EXACT_LENGTH"] + found["OTHERS_LENGTH"]
        found["SHOWN_LENGTH"] = found["MEANS_LENGTH"] + found["ENDS_LENGTH"]
        found["TABLE_ROW"] = found["STEP_PATHS_LENGTH"] + found["LINEAR_PATHS_LENGTH"]
        found["REPORT_ROW"] = found["SHOWN_LENGTH"] + found["ANNUAL_LENGTH"]
        return found

    def form(self) -> Form:
        """Where inputs and results lie, in entries."""
        lengths = {name: address // self.layout.entry for name, address in self.addresses().items()}

        def places(*blocks: str, begin: int = 0) -> Places:
            chosen = chain.from_iterable(self._blocks[block].places.items() for block in blocks)
            return {name: ((address - begin) // self.layout.entry, size) for name, (address, size) in chosen}

        shown, annual = self._blocks["HELD"].address, self._blocks["ANNUAL"].address
        return Form(
            members=self.layout.members,
            free=self.layout.align() // self.layout.entry,
            parameters=places("PARAMETERS"),
            parameters_length=lengths["PARAMETERS_LENGTH"],
            paths=places("STEP_PATHS", "LINEAR_PATHS", begin=self._blocks["STEP_PATHS"].address),
            table_row=lengths["TABLE_ROW"],
            shown=places("HELD", "FLOWS", "OTHERS", "ENDS", begin=shown),
            shown_row=lengths["SHOWN_LENGTH"],
            annual=places("ANNUAL", begin=annual - self.addresses()["SHOWN_LENGTH"]),
            report_row=lengths["REPORT_ROW"],
            history_row=lengths["DELAYED_LENGTH"],
            prescribed=places("PRESCRIBED"),
            watched=places("WATCHED"),
        )


def _sizes(values: Named) -> dict[str, int]:
    return {name: e.size for name, e in values.items()}
