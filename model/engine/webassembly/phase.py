"""Writing a set of expressions as WebAssembly functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from model.engine.expression import (
    ACCUMULATED,
    BROADCAST,
    CONSTANT,
    ELEMENT,
    IN_YEAR,
    INPUT,
    MASKS,
    PREVIOUS_YEAR,
    RESHAPE,
    STACK,
    SUM,
    WHERE,
    Expression,
)

from .layout import VECTOR, Layout, constant, get, put
from .schedule import Piece, Schedule

INSTRUCTIONS = {
    "add": "f64x2.add",
    "subtract": "f64x2.sub",
    "multiply": "f64x2.mul",
    "divide": "f64x2.div",
    "negative": "f64x2.neg",
    "absolute": "f64x2.abs",
    "sqrt": "f64x2.sqrt",
    "floor": "f64x2.floor",
    "ceil": "f64x2.ceil",
    "trunc": "f64x2.trunc",
    "rint": "f64x2.nearest",
    "greater": "f64x2.gt",
    "less": "f64x2.lt",
    "greater_equal": "f64x2.ge",
    "less_equal": "f64x2.le",
    "equal": "f64x2.eq",
    "not_equal": "f64x2.ne",
    "logical_and": "v128.and",
    "logical_or": "v128.or",
    "logical_not": "v128.not",
    "exp": "call $exp",
    "log": "call $log",
    "log1p": "call $log1p",
    "tanh": "call $tanh",
    "power": "call $pow",
}
"""Instructions of operations that take their arguments in order."""
_LIMITS = {"minimum": "f64x2.pmin", "maximum": "f64x2.pmax"}
"""Instructions of limits. They give their first argument where one is not a number."""
EARLIER = (PREVIOUS_YEAR, IN_YEAR)
"""Operations whose values another year has put into memory."""


def is_computed(e: Expression) -> bool:
    """Whether an expression gets a value of its own: inputs are read, numbers written, truth values used at once."""
    return e.operation not in (INPUT, CONSTANT, *EARLIER) and e.operation not in MASKS


class Phase:
    """Functions that compute `expressions` (arguments first) when they are called in order, as `calls` does.

    `targets` are expressions with addresses to write them to besides, `kept` those that other phases read. Where the
    phase `adopts`, its targets are the only place of their expressions. `copies` are like targets, but written after
    everything else, in this order.
    """

    def __init__(
        self,
        name: str,
        layout: Layout,
        expressions: Sequence[Expression],
        targets: Sequence[tuple[Expression, int]] = (),
        kept: Iterable[Expression] = (),
        adopts: bool = False,
        copies: Sequence[tuple[Expression, int]] = (),
    ):
        self.layout, self.name = layout, name
        self.plan = Schedule([e for e in expressions if is_computed(e)])
        self.targets: dict[int, list[int]] = {}
        for e, address in targets:
            if adopts and e.id in self.plan.users and e.id not in layout.place:
                layout.place[e.id] = address
            else:
                self.targets.setdefault(e.id, []).append(address)
        self.plan.kept |= {e.id for e in expressions if e.id in layout.place}
        self.plan.kept |= {e.id for e in kept} | {e.id for e, _ in copies}
        self._piece, self._function = 0, 0
        self.text: list[str] = []
        self.calls: list[str] = []
        for pieces in self.plan.functions:
            self._write([line for piece in pieces for line in self._lines(piece)])
            self._function += 1
        last = [*(part for part in targets if part[0].id not in self.plan.users), *copies]
        if last:
            self._write([self._copy(e, address) for e, address in last])

    def _write(self, lines: list[str]) -> None:
        name = f"${self.name}_part_{len(self.calls)}"
        self.calls.append(f"call {name}")
        words = {word for line in lines for word in line.split() if word.startswith(("$s", "$t", "$half"))}
        values = "".join(f" (local {word} v128)" for word in sorted(words))
        self.text.append("\n".join([f"(func {name} (local $at i32){values}", *lines, ")"]))

    def _copy(self, e: Expression, address: int) -> str:
        """Write an expression that is not computed here."""
        if not e.shape:
            return self.layout.store(address, self._scalar(e))
        size = self.layout.vectors(e.size) * VECTOR
        return f"i32.const {address} i32.const {self.layout.address(e)} i32.const {size} memory.copy"

    def _lines(self, piece: Piece) -> list[str]:
        self._piece = self.plan.piece_of[piece.expressions[0].id]
        if not piece.entries:
            return [line for e in piece.expressions for line in self._scalar_lines(e)]
        label, end = f"$loop{self._piece}", self.layout.vectors(piece.entries) * VECTOR
        again = f"{get('at')} i32.const {VECTOR} i32.add local.tee $at i32.const {end} i32.ne br_if {label} end"
        lines = [line for e in piece.expressions for line in self._array_lines(e)]
        return [f"i32.const 0 {put('at')} loop {label}", *lines, again]

    def _scalar_lines(self, e: Expression) -> list[str]:
        if e.operation == STACK:
            values = [self._scalar(a) for a in e.arguments]
            return [line for address in self._addresses(e) for line in self.layout.store_entries(address, values)]
        if self._is_inline(e):
            return []
        name = f"s{e.id}"
        return [f"{self._scalar_value(e)} {put(name)}", *(self.layout.store(a, get(name)) for a in self._addresses(e))]

    def _array_lines(self, e: Expression) -> list[str]:
        if self._is_inline(e):
            return []
        name, addresses, value = f"t{e.id}", self._addresses(e), self._value(e, self._entry)
        if len(addresses) == 1 and all(self.plan.piece_of[u.id] != self._piece for u in self.plan.users[e.id]):
            return [f"{get('at')} {value} v128.store offset={addresses[0]}"]
        return [f"{value} {put(name)}", *(f"{get('at')} {get(name)} v128.store offset={a}" for a in addresses)]

    def _is_inline(self, e: Expression) -> bool:
        """Whether the instructions of `e` stand where its value is used."""
        return e.id not in self.targets and self.plan.is_inline(e)

    def _addresses(self, e: Expression) -> list[int]:
        place = [self.layout.address(e)] if e.id in self.plan.kept else []
        return place + self.targets.get(e.id, [])

    def _scalar(self, e: Expression) -> str:
        """A scalar in both lanes: a number, or computed in this function, or read from memory."""
        if e.operation == CONSTANT:
            return constant(e.attribute[0])
        if self.plan.function_of.get(e.id) == self._function:
            return self._scalar_value(e) if self._is_inline(e) else get(f"s{e.id}")
        return self.layout.load(self.layout.address(e))

    def _scalar_value(self, e: Expression) -> str:
        if e.operation == ELEMENT:
            return self.layout.load(self.layout.address(e.arguments[0]) + e.attribute * self.layout.entry)
        if e.operation == SUM:
            return self.layout.total(self.layout.address(e.arguments[0]), e.arguments[0].size)
        return self._value(e, self._scalar)

    def _entry(self, e: Expression) -> str:
        """The vector of an array at the place of the loop, or a scalar."""
        if not e.shape:
            return self._scalar(e)
        if self.plan.piece_of.get(e.id) == self._piece:
            return self._value(e, self._entry) if self._is_inline(e) else get(f"t{e.id}")
        return f"{get('at')} v128.load offset={self.layout.address(e)}"

    def _value(self, e: Expression, argument: Callable[[Expression], str]) -> str:
        """The instructions that leave the value of an operation on the stack."""
        values = [self._value(a, argument) if a.operation in MASKS else argument(a) for a in e.arguments]
        if e.operation == WHERE:
            mask, chosen, other = values
            return f"{chosen} {other} {mask} v128.bitselect"
        if e.operation in (BROADCAST, RESHAPE):
            return values[0]
        if e.operation == ACCUMULATED:
            before = (
                f"{get('at')} v128.load offset={self.layout.address(e)}"
                if e.shape
                else self.layout.load(self.layout.address(e))
            )
            return f"{before} {values[0]} f64x2.add"
        if e.operation in _LIMITS:
            return self._limit(_LIMITS[e.operation], e.arguments, values)
        return " ".join([*values, INSTRUCTIONS[e.operation]])

    def _limit(self, instruction: str, arguments: tuple[Expression, ...], values: list[str]) -> str:
        """The smaller or larger of two values, and NaN where either is NaN.

        A constant goes second and needs no more; another second value is chosen where it is NaN. That takes half as
        long as the instructions for this, f64x2.min and f64x2.max, as processors have none like them.
        """
        if arguments[0].operation == CONSTANT:
            arguments, values = arguments[::-1], values[::-1]
        if arguments[1].operation == CONSTANT:
            return f"{values[0]} {values[1]} {instruction}"
        second = get("second")
        is_number = f"{second} {second} f64x2.eq"
        return f"{values[0]} {values[1]} local.tee $second {instruction} {second} {is_number} v128.bitselect"
