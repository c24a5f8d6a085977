"""Symbolic arrays: equations called with them build one graph of expressions, in which equal expressions exist once.

An `Expression` behaves like a numpy array in equations (operators, the numpy functions that `ops` uses), but records
what is computed. The WebAssembly engine and the export to other tools are written from this graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

Shape = tuple[int, ...]
Operand = Any
"""What combines with an expression: another expression, a number or an array of numbers."""

NEVER, EACH_YEAR, ALWAYS = 0, 1, 2
"""Levels of values, by how often they change: never in a run, at the turn of years, at every step."""
CONSTANT, INPUT = "constant", "input"
ELEMENT, STACK, SUM, BROADCAST, RESHAPE, WHERE = "element", "stack", "sum", "broadcast", "reshape", "where"
COMPARISONS = frozenset(("greater", "less", "greater_equal", "less_equal", "equal", "not_equal"))
LOGICAL = frozenset(("logical_and", "logical_or", "logical_not"))
MASKS = COMPARISONS | LOGICAL
"""Operations that give truth values; only `where` and other logical operations take them."""
ARITHMETIC = frozenset(("add", "subtract", "multiply", "divide", "power", "minimum", "maximum"))
FUNCTIONS = frozenset(
    ("negative", "absolute", "sqrt", "exp", "log", "log1p", "tanh", "floor", "ceil", "trunc", "rint"),
)
PREVIOUS_YEAR, ACCUMULATED, IN_YEAR = "previous_year", "accumulated", "in_year"
"""Operations over the years of a run, in annual statistics."""
_SAME = {
    "bitwise_and": "logical_and",
    "bitwise_or": "logical_or",
    "invert": "logical_not",
    "bitwise_not": "logical_not",
    "true_divide": "divide",
    "abs": "absolute",
    "float_power": "power",
    "pow": "power",
}
_FOLDED = ARITHMETIC | FUNCTIONS | COMPARISONS
"""Operations of constants that are carried out at once."""


class Expression(NDArrayOperatorsMixin):
    """A value that is computed from others: an operation, its arguments, and the shape of the result.

    `attribute` is what the operation needs besides: the values of a constant, the key of an input, the flat index of an
    element. `level` is how often the value changes: as given for inputs, else the largest of its arguments'.
    """

    __slots__ = ("arguments", "attribute", "id", "level", "operation", "pool", "shape")

    def __init__(
        self,
        pool: Pool,
        id_: int,
        operation: str,
        arguments: tuple[Expression, ...],
        attribute: Any,
        shape: Shape,
        level: int,
    ):
        self.pool, self.id, self.operation, self.arguments = pool, id_, operation, arguments
        self.attribute, self.shape, self.level = attribute, shape, level

    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: math.prod(self.shape))
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{self.operation} {self.id} {self.shape}>"

    def __len__(self) -> int:
        return self.shape[0]

    def __bool__(self) -> bool:
        raise TypeError("the truth of a value is not known before the run; use where(), maximum() or minimum()")

    def __getitem__(self, key: Any) -> Expression:
        """Entries by whole numbers, slices and None, as numpy takes them; the last axis runs fastest."""
        try:
            chosen = np.arange(self.size).reshape(self.shape)[key]
        except IndexError as error:
            raise ValueError(str(error)) from None
        return self.pool.chosen(self.pool.lifted(self), chosen)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Operand, **options: Any) -> Expression:
        name = _SAME.get(ufunc.__name__, ufunc.__name__)
        if method != "__call__" or options:
            raise TypeError(f"numpy.{ufunc.__name__}.{method} with options cannot be used in equations")
        if name in _FOLDED or name in LOGICAL:
            return self.pool.elementwise(name, *inputs)
        if name in _COMPOSED:
            return _COMPOSED[name](self.pool, *inputs)
        known = ", ".join(sorted(_FOLDED | set(_COMPOSED)))
        raise TypeError(f"numpy.{ufunc.__name__} cannot be used in equations; there are {known}")

    def __array_function__(self, function: Callable, types: Any, arguments: tuple, options: dict) -> Any:
        own = _ARRAY_FUNCTIONS.get(function.__name__)
        if own is None:
            known = ", ".join(sorted(_ARRAY_FUNCTIONS))
            raise TypeError(f"numpy.{function.__name__} cannot be used in equations; there are {known}")
        return own(self.pool, *arguments, **options)


class Pool:
    """All expressions of one trace. `reciprocals` turns divisions by values that change less often into products."""

    def __init__(self, reciprocals: bool = True):
        self.reciprocals = reciprocals
        self._known: dict[tuple, Expression] = {}

    def make(
        self,
        operation: str,
        arguments: tuple[Expression, ...] = (),
        attribute: Any = None,
        shape: Shape = (),
        level: int | None = None,
    ) -> Expression:
        """The expression of these parts, the same object for the same parts."""
        key = (operation, tuple(a.id for a in arguments), attribute, shape)
        known = self._known.get(key)
        if known is None:
            if level is None:
                level = max((a.level for a in arguments), default=0)
            known = Expression(self, len(self._known), operation, arguments, attribute, shape, level)
            self._known[key] = known
        return known

    def input(self, key: tuple[str, str], shape: Shape, level: int) -> Expression:
        """A value that comes from outside the expressions, by kind and name."""
        return self.make(INPUT, (), key, shape, level)

    def constant(self, value: Operand) -> Expression:
        """A number or an array of numbers."""
        array = np.asarray(value, dtype=float)
        # Hexadecimal numbers tell 0 from -0, and are equal for NaN.
        return self.make(CONSTANT, (), tuple(float(x).hex() for x in array.ravel()), array.shape)

    def lifted(self, value: Operand) -> Expression:
        """`value` as an expression; truth values become 1 and 0."""
        if not isinstance(value, Expression):
            return self.constant(value)
        return self.where(value, 1.0, 0.0) if value.operation in MASKS else value

    def truth(self, value: Operand) -> Expression:
        """`value` as truth values: numbers are true unless they are 0."""
        if isinstance(value, Expression) and value.operation in MASKS:
            return value
        return self.elementwise("not_equal", value, 0.0)

    def element(self, array: Expression, index: int) -> Expression:
        """One entry of `array` by its flat index."""
        if not array.shape:
            return array
        if array.operation in (STACK, CONSTANT):
            return array.arguments[index] if array.arguments else self.constant(float.fromhex(array.attribute[index]))
        if array.operation == BROADCAST:
            return array.arguments[0]
        if array.operation == RESHAPE:
            return self.element(array.arguments[0], index)
        return self.make(ELEMENT, (array,), index)

    def stack(self, scalars: Sequence[Expression], shape: Shape) -> Expression:
        """An array of `shape` from its entries in flat order."""
        if not shape:
            return scalars[0]
        if all(s.operation == CONSTANT for s in scalars):
            return self.make(CONSTANT, (), tuple(s.attribute[0] for s in scalars), shape)
        return self.make(STACK, tuple(scalars), None, shape)

    def broadcast(self, value: Expression, shape: Shape) -> Expression:
        """`value` with the given shape, after numpy's rules."""
        if value.shape == shape:
            return value
        if value.operation in MASKS:
            return self.truth(self.broadcast(self.lifted(value), shape))
        if not value.shape:
            return self.make(BROADCAST, (value,), None, shape)
        return self.chosen(value, np.broadcast_to(np.arange(value.size).reshape(value.shape), shape))

    def chosen(self, value: Expression, indices: np.ndarray) -> Expression:
        """An array of the entries of `value` at flat indices."""
        if indices.shape and np.array_equal(indices.ravel(), np.arange(value.size)):
            return value if indices.shape == value.shape else self.make(RESHAPE, (value,), None, indices.shape)
        return self.stack([self.element(value, int(i)) for i in indices.ravel()], indices.shape)

    def elementwise(self, name: str, *operands: Operand) -> Expression:
        """An operation entry by entry; simplified where a rule applies."""
        values = [self.truth(o) if name in LOGICAL else self.lifted(o) for o in operands]
        shape = np.broadcast_shapes(*(v.shape for v in values))
        values = [self.broadcast(v, shape) if v.shape else v for v in values]
        if name in _FOLDED - COMPARISONS and all(v.operation == CONSTANT for v in values):
            with np.errstate(all="ignore"):
                return self.constant(getattr(np, name)(*(numbers(v) for v in values)))
        simple = self._simplified(name, values, shape)
        return self.make(name, tuple(values), None, shape) if simple is None else simple

    def where(self, mask: Operand, chosen: Operand, other: Operand) -> Expression:
        """`chosen` where `mask` is true, else `other`."""
        known = not isinstance(mask, Expression) and np.asarray(mask).dtype == bool
        if not known and (not isinstance(mask, Expression) or mask.operation not in MASKS):
            raise TypeError("where() needs a comparison as its condition")
        a, b = self.lifted(chosen), self.lifted(other)
        shape = np.broadcast_shapes(np.shape(mask), a.shape, b.shape)
        if known:  # a comparison of numbers, such as that of a stock which starts at a number
            choice = np.broadcast_to(np.asarray(mask), shape)
            parts = [self.broadcast(v, shape) for v in (a, b)]
            if choice.all() or not choice.any():
                return parts[0] if choice.all() else parts[1]
            return self.stack([self.element(parts[0 if c else 1], i) for i, c in enumerate(choice.ravel())], shape)
        if a is b:
            return self.broadcast(a, shape)
        return self.make(WHERE, tuple(self.broadcast(v, shape) if v.shape else v for v in (mask, a, b)), None, shape)

    def total(self, value: Expression, axis: int | None = 0) -> Expression:
        """Sum over an axis, or over all."""
        value = self.lifted(value)
        if not value.shape:
            return value
        if axis is None or value.ndim == 1:
            return self.make(SUM, (value,))
        return self.reduced("add", value, axis)

    def reduced(self, name: str, value: Expression, axis: int | None = 0) -> Expression:
        """A binary operation over all entries of an axis, or over all entries."""
        value = self.lifted(value)
        indices = np.arange(value.size).reshape(value.shape)
        rows = indices.reshape(-1, 1) if axis is None else np.moveaxis(indices, axis, 0).reshape(value.shape[axis], -1)
        shape = () if axis is None else np.delete(value.shape, axis)
        columns = [self.tree(name, [self.element(value, int(i)) for i in column]) for column in rows.T]
        return self.stack(columns, tuple(int(n) for n in shape))

    def tree(self, name: str, values: Sequence[Expression]) -> Expression:
        """Values combined pair by pair, which keeps chains short; 0 for none."""
        if not values:
            return self.constant(0.0)
        while len(values) > 1:
            pairs = [self.elementwise(name, a, b) for a, b in zip(values[::2], values[1::2], strict=False)]
            values = [*pairs, *values[len(values) - len(values) % 2 :]]
        return values[0]

    def _simplified(self, name: str, values: list[Expression], shape: Shape) -> Expression | None:
        """A simpler expression of the same value, or None."""
        first, last = values[0], values[-1]
        if name == "power":
            return self._simple_power(first, last)
        if name == "divide" and self.reciprocals and len(values) == 2 and last.level < first.level:
            return self.elementwise("multiply", first, self.elementwise("divide", 1.0, last))
        if name in ("add", "subtract") and is_constant(last, 0.0) and first.shape == shape:
            return first
        if name == "add" and is_constant(first, 0.0) and last.shape == shape:
            return last
        if name in ("multiply", "divide") and is_constant(last, 1.0) and first.shape == shape:
            return first
        if name == "multiply" and is_constant(first, 1.0) and last.shape == shape:
            return last
        return None

    def _simple_power(self, base: Expression, exponent: Expression) -> Expression | None:
        if base.shape and exponent.shape:
            return None
        if is_constant(exponent, 2.0):
            return self.elementwise("multiply", base, base)
        if is_constant(exponent, 0.5):
            return self.elementwise("sqrt", base)
        return base if is_constant(exponent, 1.0) else None


def is_constant(value: Expression, number: float) -> bool:
    """Whether an expression is the scalar constant `number` (0 and -0 count as equal)."""
    return value.operation == CONSTANT and not value.shape and float.fromhex(value.attribute[0]) == number


def numbers(constant: Expression) -> np.ndarray:
    """The values of a constant."""
    return np.array([float.fromhex(x) for x in constant.attribute]).reshape(constant.shape)


def below(roots: Iterable[Expression], known: Iterable[Expression] = ()) -> list[Expression]:
    """What `roots` are computed from and they themselves, arguments first, not going past `known`."""
    seen, ordered = {k.id for k in known}, []
    pending = [(root, False) for root in reversed(list(roots))]
    while pending:
        expression, complete = pending.pop()
        if complete:
            ordered.append(expression)
        elif expression.id not in seen:
            seen.add(expression.id)
            pending.append((expression, True))
            pending += [(a, False) for a in reversed(expression.arguments) if a.id not in seen]
    return ordered


def _logaddexp(pool: Pool, a: Operand, b: Operand) -> Expression:
    do = pool.elementwise
    distance = do("negative", do("absolute", do("subtract", a, b)))
    return do("add", do("maximum", a, b), do("log1p", do("exp", distance)))


def _regrouped(pool: Pool, matrix: np.ndarray, value: Expression, axes: int = 1) -> Expression:
    """Rows of numbers times a value over one axis."""
    if axes != 1 or value.ndim != 1 or np.shape(matrix)[1:] != value.shape:
        raise ValueError(f"a matrix of {np.shape(matrix)} cannot group values of shape {value.shape}")
    whole = np.all(np.asarray(matrix) == 1, axis=1)
    rows = [
        pool.total(value)
        if every
        else pool.tree("add", [pool.element(value, int(k)) * row[k] for k in np.flatnonzero(row)])
        for row, every in zip(np.asarray(matrix, dtype=float), whole, strict=True)
    ]
    return pool.stack(rows, (len(rows),))


def _stacked(pool: Pool, parts: Sequence[Operand], axis: int = 0) -> Expression:
    values = [pool.lifted(part) for part in parts]
    if axis != 0 or len({v.shape for v in values}) != 1:
        raise ValueError("only values of one shape can be stacked, on a new first axis")
    entries = [pool.element(v, k) for v in values for k in range(v.size)]
    return pool.stack(entries, (len(values), *values[0].shape))


def _broadcast_arrays(pool: Pool, *parts: Operand) -> list[Expression]:
    values = [pool.lifted(part) for part in parts]
    shape = np.broadcast_shapes(*(v.shape for v in values))
    return [pool.broadcast(v, shape) for v in values]


_COMPOSED: dict[str, Callable[..., Expression]] = {
    "square": lambda pool, a: pool.elementwise("multiply", a, a),
    "logaddexp": _logaddexp,
}
"""Functions of numpy that are written with others, by name."""

_ARRAY_FUNCTIONS: dict[str, Callable] = {
    "where": Pool.where,
    "sum": lambda pool, a, axis=None: pool.total(a, axis),
    "max": lambda pool, a, axis=None: pool.reduced("maximum", a, axis),
    "min": lambda pool, a, axis=None: pool.reduced("minimum", a, axis),
    "stack": _stacked,
    "tensordot": _regrouped,
    "broadcast_arrays": _broadcast_arrays,
    "broadcast_to": lambda pool, a, shape: pool.broadcast(pool.lifted(a), tuple(np.atleast_1d(shape).tolist())),
    "shape": lambda pool, a: a.shape,
}
"""Functions of numpy that take whole arrays, by name."""
