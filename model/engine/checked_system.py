"""The checked set of all declarations of a model: names, order of evaluation, axes, and no algebraic loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from types import ModuleType

from .declare import Axis, Declaration, Variable
from .errors import DeclarationError, suggestion
from .text import Labelled

TIME = "time"
HOLDING = ("stock", "delayed")
"""Kinds of variables that hold their value through a step and start with an initial value."""


@dataclass(frozen=True)
class Input(Labelled):
    """A value that comes from outside the equations.

    `kind` is parameter (constant in time), lever (a policy path) or driver (an exogenous path).
    Paths are tables of one value per calendar year; `interpolation` gives the values between:
    "step" is constant within a year, "linear" joins the middles of the years.
    """

    name: str
    kind: str
    unit: str
    zh: str = ""
    en: str = ""
    axis: Axis | None = None
    interpolation: str = "step"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of its value at one moment."""
        return () if self.axis is None else (len(self.axis),)


@dataclass(frozen=True, eq=False)
class System:
    """All variables and inputs of a model, checked and put in order of evaluation.

    `order` lists auxiliaries and flows so that causes come first; `annual_order` does the same
    for annual statistics; `initial_order` holds the stocks, the fixed delays and what they depend on at the start.
    """

    variables: dict[str, Variable]
    inputs: dict[str, Input]
    axes: tuple[Axis, ...]
    order: tuple[str, ...] = field(default=())
    annual_order: tuple[str, ...] = field(default=())
    initial_order: tuple[str, ...] = field(default=())

    @property
    def stocks(self) -> tuple[str, ...]:
        """Names of the stocks, in order of declaration."""
        return tuple(name for name, v in self.variables.items() if v.kind == "stock")

    @property
    def delayed(self) -> tuple[str, ...]:
        """Names of the fixed delays, in order of declaration."""
        return tuple(name for name, v in self.variables.items() if v.kind == "delayed")

    def inputs_of(self, kind: str) -> tuple[str, ...]:
        """Names of the inputs of one kind: parameter, lever or driver."""
        return tuple(name for name, i in self.inputs.items() if i.kind == kind)

    def shape_of(self, name: str) -> tuple[int, ...]:
        """The shape of a variable, of an input or of the time at one moment: the sizes of its axes."""
        return () if name == TIME else (self.variables.get(name) or self.inputs[name]).shape

    def needed_for(self, names: Iterable[str]) -> tuple[str, ...]:
        """The auxiliaries and flows that `names` depend on at the same instant, causes first."""
        wanted: set[str] = set()
        pending = [n for n in names if n in self.variables]
        while pending:
            name = pending.pop()
            if name in wanted or self.variables[name].kind in HOLDING:
                continue
            wanted.add(name)
            pending += [c for c in self.variables[name].causes if c in self.variables]
        return tuple(n for n in self.order if n in wanted)

    @classmethod
    def from_chapters(cls, chapters: Iterable[ModuleType], inputs: Iterable[Input], axes: Iterable[Axis]) -> System:
        """Collect the declarations of `chapters` (modules) and check them against `inputs`."""
        declarations = {}
        for chapter in chapters:
            short = chapter.__name__.rpartition(".")[2]
            for name, value in vars(chapter).items():
                if isinstance(value, Declaration):
                    declarations[name, short] = value
        return cls.from_declarations(declarations, inputs, axes)

    @classmethod
    def from_declarations(
        cls, declarations: Mapping[tuple[str, str], Declaration], inputs: Iterable[Input], axes: Iterable[Axis]
    ) -> System:
        """Build from (name, chapter) -> declaration."""
        variables: dict[str, Variable] = {}
        by_name = {}
        for declared in inputs:
            if declared.name in by_name:
                raise DeclarationError(f"{declared.name}: declared twice as an input; rename one")
            by_name[declared.name] = declared
        for (name, chapter), declaration in declarations.items():
            for variable in declaration.bind(name, chapter):
                if variable.name in variables or variable.name in by_name:
                    raise DeclarationError(f"{variable.name}: declared twice; rename one of them")
                variables[variable.name] = variable
        axes = tuple(axes)
        _check_names(variables, by_name)
        _check_axes(variables, by_name, axes)
        instant = {n: v for n, v in variables.items() if v.kind in ("auxiliary", "flow")}
        yearly = {n: v for n, v in variables.items() if v.kind == "annual"}
        system = cls(variables, by_name, axes, _sort(instant, lambda v: v.causes), _sort(yearly, lambda v: v.causes))
        object.__setattr__(system, "initial_order", _initial_order(variables, instant))
        return system


def _sort(variables: Mapping[str, Variable], causes: Callable[[Variable], Iterable[str]]) -> tuple[str, ...]:
    graph = {n: [c for c in causes(v) if c in variables] for n, v in variables.items()}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        loop = " -> ".join(error.args[1])
        raise DeclarationError(
            f"{error.args[1][0]}: algebraic loop {loop}; put a stock, smooth or delay into it"
        ) from None


def _initial_order(variables: Mapping[str, Variable], instant: Mapping[str, Variable]) -> tuple[str, ...]:
    """Stocks, fixed delays and auxiliaries in the order in which they get their initial values."""

    def causes(variable: Variable) -> tuple[str, ...]:
        if variable.kind not in HOLDING:
            return variable.causes
        time = (variable.time,) if variable.kind == "delayed" else ()
        return (*time, variable.initial) if isinstance(variable.initial, str) else time

    reachable: set[str] = set()
    pending = [n for n, v in variables.items() if v.kind in HOLDING]
    while pending:
        name = pending.pop()
        if name in reachable or name not in variables:
            continue
        reachable.add(name)
        pending += causes(variables[name])
    candidates = {n: variables[n] for n in variables if n in reachable}
    try:
        return _sort(candidates, causes)
    except DeclarationError as error:
        raise DeclarationError(
            f"{error} (while starting the stocks: give an `initial` that does not need them)"
        ) from None


def _check_names(variables: Mapping[str, Variable], inputs: Mapping[str, Input]) -> None:
    known = [*variables, *inputs, TIME]
    for name, variable in variables.items():
        references = [("cause", c) for c in variable.causes]
        references += [("flow", f) for f in (*variable.inflows, *variable.outflows)]
        references += [("initial", variable.initial)] if isinstance(variable.initial, str) else []
        for role, other in references:
            if other not in variables and other not in inputs and other != TIME:
                hint = suggestion(other, known) or "; declare it"
                raise DeclarationError(f"{name} ({variable.chapter}): unknown {role} {other!r}{hint}")
            kind = variables[other].kind if other in variables else None
            if role == "flow" and kind not in ("flow", "auxiliary", "delayed"):
                raise DeclarationError(f"{name}: {other!r} is no flow; stocks change only through flows")
            if kind == "annual" and variable.kind != "annual":
                raise DeclarationError(
                    f"{name}: cause {other!r} is an annual statistic; only annual statistics may use it"
                )


def _check_axes(variables: Mapping[str, Variable], inputs: Mapping[str, Input], axes: tuple[Axis, ...]) -> None:
    """Axes are those of the system, each once; flows and initial value of a stock are over its axes, or scalars.

    So are the causes and initial value of a fixed delay."""
    names = [axis.name for axis in axes]
    if len(set(names)) != len(names):
        raise DeclarationError(f"axes must differ in name, got {', '.join(names)}")
    over = {name: v.axes for name, v in variables.items()}
    over |= {name: () if i.axis is None else (i.axis,) for name, i in inputs.items()}
    for name, its in over.items():
        for axis in its:
            if axis not in axes or its.count(axis) > 1:
                raise DeclarationError(f"{name}: over {_axis_names(its)}; allowed: each of {_axis_names(axes)} once")
    for name, variable in variables.items():
        initial = (variable.initial,) if isinstance(variable.initial, str) else ()
        causes = variable.causes if variable.kind == "delayed" else ()
        for other in (*variable.inflows, *variable.outflows, *causes, *initial):
            if over.get(other) and over[other] != variable.axes:
                raise DeclarationError(
                    f"{name} ({variable.chapter}): declared over {_axis_names(variable.axes)}, but {other} is over "
                    f"{_axis_names(over[other])}; give the {'delay' if causes else 'stock'} `over=` its axis"
                )


def _axis_names(axes: tuple[Axis, ...]) -> str:
    return ", ".join(f"{axis.name} ({len(axis)})" for axis in axes) or "no axis"
