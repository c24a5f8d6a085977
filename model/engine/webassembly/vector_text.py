"""Text of WebAssembly instructions on pairs of numbers (type v128), written as ordinary expressions.

Every helper takes and returns text in the folded form of WebAssembly, so that `add(x, mul(x, y))` is the text of
x + x*y. A pair is two f64 or two i64; both halves ("lanes") undergo the same instruction.
"""

from __future__ import annotations

LOWER_LANES = "0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23"
UPPER_LANES = "8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31"


def floats(value: float) -> str:
    """Both lanes equal to one f64; the hexadecimal form loses no bit."""
    text = float(value).hex()
    return f"(v128.const f64x2 {text} {text})"


def integers(value: int) -> str:
    """Both lanes equal to one i64, given modulo 2**64."""
    text = hex(value % 2**64)
    return f"(v128.const i64x2 {text} {text})"


def operation(name: str, *arguments: str) -> str:
    """The instruction `name` on its arguments."""
    return f"({name} {' '.join(arguments)})"


def add(x: str, y: str) -> str:
    """x + y of f64."""
    return operation("f64x2.add", x, y)


def subtract(x: str, y: str) -> str:
    """x - y of f64."""
    return operation("f64x2.sub", x, y)


def multiply(x: str, y: str) -> str:
    """x * y of f64."""
    return operation("f64x2.mul", x, y)


def divide(x: str, y: str) -> str:
    """x / y of f64."""
    return operation("f64x2.div", x, y)


def compare(relation: str, x: str, y: str) -> str:
    """Lanes of all ones where the relation of f64 (eq, lt, gt, ge, le) holds, else of zeros."""
    return operation(f"f64x2.{relation}", x, y)


def clamp(x: str, smallest: float, largest: float) -> str:
    """The values of x within the bounds.

    NaN stays NaN, because pmin and pmax give their first argument when they cannot compare.
    """
    return operation("f64x2.pmax", operation("f64x2.pmin", x, floats(largest)), floats(smallest))


def add_integers(x: str, y: str) -> str:
    """x + y of i64, modulo 2**64."""
    return operation("i64x2.add", x, y)


def subtract_integers(x: str, y: str) -> str:
    """x - y of i64, modulo 2**64."""
    return operation("i64x2.sub", x, y)


def greater_integers(x: str, y: str) -> str:
    """Lanes of all ones where x > y as signed i64."""
    return operation("i64x2.gt_s", x, y)


def shift(x: str, left: int) -> str:
    """Bits of each lane moved to the left, or to the right (zeros come in) when `left` is negative."""
    name = "i64x2.shl" if left > 0 else "i64x2.shr_u"
    return operation(name, x, f"(i32.const {abs(left)})")


def both(x: str, y: str) -> str:
    """Bitwise and."""
    return operation("v128.and", x, y)


def either(x: str, y: str) -> str:
    """Bitwise or."""
    return operation("v128.or", x, y)


def choose(mask: str, where_ones: str, where_zeros: str) -> str:
    """Bits of the first value where the mask has ones, of the second elsewhere."""
    return operation("v128.bitselect", where_ones, where_zeros, mask)


def lower_lanes(x: str, y: str) -> str:
    """The pair (lane 0 of x, lane 0 of y)."""
    return operation("i8x16.shuffle", LOWER_LANES, x, y)


def upper_lanes(x: str, y: str) -> str:
    """The pair (lane 1 of x, lane 1 of y)."""
    return operation("i8x16.shuffle", UPPER_LANES, x, y)


def both_words(x: str, upper: bool) -> str:
    """An i64 of the upper or lower 32 bits of lane 0, then (in its upper half) those of lane 1."""
    words = "4 5 6 7 12 13 14 15" if upper else "0 1 2 3 8 9 10 11"
    together = operation(f"i8x16.shuffle {words} {words}", x, x)
    return operation("i64.reinterpret_f64", f"(f64x2.extract_lane 0 {together})")


class FunctionText:
    """Text of one function on pairs: statements are collected, every value is computed once and has a name."""

    def __init__(self, name: str, parameters: tuple[str, ...]) -> None:
        self.name = name
        self.parameters = parameters
        self.locals: dict[str, str] = {}
        self.statements: list[str] = []

    def parameter(self, name: str) -> str:
        """The value of a parameter."""
        return f"(local.get ${name})"

    def let(self, name: str, value: str, kind: str = "v128") -> str:
        """Compute `value`, keep it under a new name and return the text that reads it."""
        if name in self.locals or name in self.parameters:
            raise ValueError(f"function {self.name} already has a local variable {name}")
        self.locals[name] = kind
        self.statements.append(f"(local.set ${name} {value})")
        return f"(local.get ${name})"

    def return_if_any(self, mask: str, value: str) -> None:
        """Leave the function with `value` when a bit of the mask is set."""
        self.statements.append(f"(if (v128.any_true {mask}) (then (return {value})))")

    def call(self, name: str) -> str:
        """Call another function with the parameters of this one."""
        return operation("call", f"${name}", *map(self.parameter, self.parameters))

    def text(self, result: str) -> str:
        """The whole function, whose result is the value `result`."""
        parameters = " ".join(f"(param ${name} v128)" for name in self.parameters)
        variables = " ".join(f"(local ${name} {kind})" for name, kind in self.locals.items())
        head = f"(func ${self.name} {parameters} (result v128) {variables}"
        return "\n  ".join([head, *self.statements, f"{result})"])
