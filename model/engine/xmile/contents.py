"""What the file holds: the variables and inputs of a system as entries, and the helpers that XMILE needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from model.engine.checked_system import TIME, Input, System
from model.engine.declare import Axis, Variable
from model.engine.expression import Expression, numbers
from model.engine.horizon import Horizon

from .document import Entry, Points
from .equations import Printer, axes_of_all, number_text, traced
from .factors import units_of_numbers
from .names import Unit, element_labels, parse_unit, safe_name, unit_text

TABLES, CONSTANTS = "tables", "constants"
"""Parts of the diagram beside chapters: levers and drivers, and factors between units."""


@dataclass
class Contents:
    """Collects the entries of a system with the numbers of one run; `docs` are the texts by name.

    `units` gives the meaning of units that XMILE cannot write.
    """

    system: System
    horizon: Horizon
    numbers: Mapping[str, np.ndarray]
    docs: Mapping[str, str]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        system = self.system
        shown = [n for n, v in system.variables.items() if v.kind != "annual"]
        self.names = {n: safe_name(n) for n in (*shown, *system.inputs)} | {TIME: "TIME"}
        self.axes = axes_of_all(system)
        self.labels = element_labels(system.axes, self.names.values())
        declared = {n: system.variables[n].unit for n in shown} | {n: i.unit for n, i in system.inputs.items()}
        self.units = {n: self._unit(u) for n, u in declared.items()} | {TIME: parse_unit("yr")}
        self.constants: dict[str, Entry] = {}

    def _unit(self, text: str) -> Unit:
        for shown in sorted(self.aliases, key=len, reverse=True):
            text = text.replace(shown, self.aliases[shown])
        return parse_unit(text)

    def entries(self) -> list[Entry]:
        """All entries: inputs, then variables in the order of evaluation, then stocks and factors between units."""
        system = self.system
        variables = [self._variable(system.variables[name]) for name in (*system.order, *system.delayed)]
        stocks = [e for name in system.stocks for e in self._stock(system.variables[name])]
        entries = [*variables, *stocks, *self.constants.values()]
        return [*self._inputs(entries), *_flows_attached(entries)]

    def _variable(self, variable: Variable) -> Entry:
        if variable.kind == "delayed":
            return self._delay(variable)
        expression = traced(self.system, variable)
        units = {cause: self.units[cause] for cause in variable.causes}
        places = units_of_numbers(expression, self.units[variable.name], units)
        used: dict[str, None] = {}

        def substitute(parent: Expression, position: int) -> str | None:
            unit = places.get((parent.id, position))
            if unit is None:
                return None
            name = self._factor(float(numbers(parent.arguments[position])), unit)
            used[name] = None
            return name

        printer = Printer(self.names, self.axes, self.labels, substitute)
        equation = printer.equation(expression, variable.axes)
        causes = (*(self.names[n] for n in equation.uses if n != TIME), *used)
        return self._entry("aux", variable, equation.texts, causes)

    def _delay(self, variable: Variable) -> Entry:
        """A fixed delay, whose initial value is a name or a number."""
        axes, initial = variable.axes, variable.initial
        parts = (self._value(part, axes) for part in (variable.of, variable.time, initial))
        causes = [self.names[n] for n in (variable.of, variable.time, initial) if isinstance(n, str)]
        return self._entry("aux", variable, (f"DELAY({', '.join(parts)})",), tuple(dict.fromkeys(causes)))

    def _entry(self, tag: str, variable: Variable, texts: tuple[str, ...], causes: tuple[str, ...]) -> Entry:
        name, unit = self.names[variable.name], self.units[variable.name]
        doc = self.docs.get(variable.name, variable.doc)
        return Entry(tag, name, unit, doc, variable.chapter, variable.axes, texts, causes)

    def _stock(self, variable: Variable) -> list[Entry]:
        """A stock, and copies of flows that do not fit it as they are: scalars into an array, or used by two stocks."""
        initial = variable.initial
        causes = (self.names[initial],) if isinstance(initial, str) else ()
        text = self._value(initial, variable.axes)
        copies: dict[str, Entry] = {}
        sides = []
        for role, flows in (("filled", variable.inflows), ("drained", variable.outflows)):
            side = []
            for flow in flows:
                users = [s for s in self.system.stocks if flow in _side(self.system.variables[s], role)]
                if users[0] == variable.name and self.axes[flow] == variable.axes:
                    side.append(self.names[flow])
                else:
                    copy = self._copy(flow, variable)
                    copies[copy.name] = copy
                    side.append(copy.name)
            sides.append(tuple(side))
        entry = self._entry("stock", variable, (text,), causes)
        return [*copies.values(), replace(entry, inflows=sides[0], outflows=sides[1])]

    def _copy(self, flow: str, stock: Variable) -> Entry:
        name = safe_name(f"{self.names[flow]}_of_{self.names[stock.name]}", self.names.values())
        doc = f"`{flow}` 在存量 `{stock.name}` 中的流量。\nThe flow `{flow}` at the stock `{stock.name}`."
        text, unit = self._value(flow, stock.axes), self.units[flow]
        return Entry("aux", name, unit, doc, stock.chapter, stock.axes, (text,), (self.names[flow],))

    def _value(self, value: str | float | None, axes: tuple[Axis, ...]) -> str:
        """The text of a name or a number."""
        if isinstance(value, str):
            return Printer(self.names, self.axes, self.labels).reference(value, axes)
        return number_text(float(value or 0.0))

    def _factor(self, value: float, unit: Unit) -> str:
        """The name of a constant with a unit."""
        text = number_text(value)
        words = unit_text(unit).replace("1/", "per_").replace("/", "_per_").replace("*", "_")
        plain = text.replace("-", "minus_").replace(".", "_point_").replace("+", "")
        name = safe_name(f"factor_{plain}_{words}", self.names.values())
        shown = f"{text} {unit_text(unit)}"
        doc = f"单位换算系数或带单位的常数：{shown}。\nA factor between units, or a constant with a unit: {shown}."
        self.constants[name] = Entry("aux", name, unit, doc, CONSTANTS, equations=(text,))
        return name

    def _inputs(self, entries: list[Entry]) -> list[Entry]:
        """Inputs; parameters are shown in the chapter that uses them first, levers and drivers apart."""
        first: dict[str, str] = {}
        order = {name: k for k, name in enumerate(self.system.variables)}
        by_place = sorted(entries, key=lambda e: order.get(e.name, len(order)))
        for entry in by_place:
            for cause in entry.causes:
                first.setdefault(cause, entry.chapter)
        inputs = []
        for name, source in self.system.inputs.items():
            chapter = first.get(self.names[name], CONSTANTS) if source.kind == "parameter" else TABLES
            inputs += self._input(source, chapter)
        return inputs

    def _input(self, source: Input, chapter: str) -> list[Entry]:
        name, unit, axes = self.names[source.name], self.units[source.name], self.axes[source.name]
        values = np.asarray(self.numbers[source.name], dtype=float)
        entry = Entry("aux", name, unit, self.docs.get(source.name, f"{source.zh}\n{source.en}"), chapter, axes)
        if source.kind == "parameter":
            return [replace(entry, equations=_texts(np.broadcast_to(values, source.shape)))]
        if not axes:
            return [replace(entry, equations=("TIME",), graph=self._points(values, source.interpolation))]
        parts, texts = [], []
        for label, column in zip(self.labels[axes[0].name], values.T, strict=True):
            if len(set(column)) == 1:
                texts.append(number_text(column[0]))
                continue
            # Programs exist that ignore graphical functions of single elements, so each is a variable of its own.
            part = safe_name(f"{name}_of_{label}", self.names.values())
            graph = self._points(column, source.interpolation)
            parts.append(replace(entry, name=part, axes=(), equations=("TIME",), graph=graph))
            texts.append(part)
        uses = tuple(part.name for part in parts)
        return [*parts, replace(entry, equations=tuple(texts) if len(set(texts)) > 1 else (texts[0],), causes=uses)]

    def _points(self, column: np.ndarray, interpolation: str) -> Points:
        """The points of a table: constant within years, or straight lines between the middles of years."""
        start = self.horizon.start
        if interpolation != "step":
            return tuple((start + k + 0.5, float(value)) for k, value in enumerate(column))
        # The last point of a year lies within its last step, so that no step begins on the slope to the next year.
        end = 1 - 0.25 / self.horizon.steps
        return tuple((start + k + after, float(v)) for k, v in enumerate(column) for after in (0.0, end))


def _texts(values: np.ndarray) -> tuple[str, ...]:
    texts = tuple(number_text(v) for v in np.ravel(values))
    return texts if len(set(texts)) > 1 else texts[:1]


def _side(stock: Variable, role: str) -> tuple[str, ...]:
    return stock.inflows if role == "filled" else stock.outflows


def _flows_attached(entries: list[Entry]) -> list[Entry]:
    """Entries that fill or drain a stock become flows; others that were declared as flows stay auxiliaries."""
    attached = {flow for e in entries for flow in (*e.inflows, *e.outflows)}
    return [replace(e, tag="flow") if e.name in attached else e for e in entries]
