"""exp, log, pow, log1p and tanh as WebAssembly functions on pairs of f64.

Only additions, products, quotients, comparisons and bit operations, each rounded once: every browser and Python give
the same bits (those of NaN apart). The lanes of a pair do not influence one another.

Largest error in units of the last place (ulp), t being y*log(a):
- exp and log: 1; log1p and tanh: 2;
- pow: 2 where abs(t) <= 4; beyond, 5 where abs(log(a)) >= 1/4 and 1.1 + 0.35*abs(t) for a nearer to 1.
Results below 2.2e-308 underflow gradually, with half an ulp of 4.9e-324 more; subnormal arguments are treated exactly.

Special values are those of IEEE 754 and numpy: exp overflows to inf and underflows to 0, log(0) = log1p(-1) = -inf, the
logarithm of a negative number is NaN, tanh and log1p return -0 and subnormal numbers unchanged. NaN gives NaN, except
that pow(1, y) = pow(a, 0) = 1 whatever y and a. One difference: the base of pow is meant to be positive, so that every
negative base gives NaN (unless y is 0) and -0 counts as 0.

Method: log(x) = k*log(2) + log(centre) + log(1 + r) with r = (m - centre)/centre from a table of centres, no division,
and exp(t) = 2**(n/256) * exp(e) with n = round(t*256/log(2)), as P. T. P. Tang (ACM TOMS 15 and 16, 1989 and 1990)
and Arm's Optimized Routines do. pow carries log(a) as a leading part of 26 bits and a trailing part, and y likewise,
because products are exact up to 53 bits. Arguments that the short way cannot treat (special values, results near
overflow or underflow) send the pair to a second function, which gives the same bits for all others.
"""

from __future__ import annotations

from .elementary_parts import (
    SIGN,
    exceeds,
    exponential,
    exponential_less_1,
    is_rare,
    logarithm,
    logarithm_of_any_size,
    product,
    rounded_logarithm,
    scaled,
    scaled_in_two_steps,
    within_f64,
)
from .elementary_table import TABLE_BYTES, elementary_table
from .vector_text import (
    FunctionText,
    add,
    both,
    choose,
    clamp,
    compare,
    divide,
    either,
    floats,
    integers,
    multiply,
    operation,
    subtract,
)

__all__ = ["TABLE_BYTES", "elementary_data", "elementary_functions", "elementary_table"]

LARGEST_EASY = 690.0
"""Up to this abs(t) all parts of exp(t) are normal numbers: larger ones go the long way."""


def elementary_functions(table: int) -> str:
    """Text of the functions $exp, $log, $log1p, $tanh (x) and $pow (a, y) for a module with one memory.

    Parameters and results are v128. `table` is the byte, a multiple of 16, at which the memory holds
    `elementary_table()`, TABLE_BYTES bytes. The names $exp_rare, $log_rare and $pow_rare are taken too.
    """
    with_table = (_exp, _exp_rare, _log, _log_rare, _pow, _pow_rare, _tanh)
    return "\n".join([*(function(table) for function in with_table), _log1p()])


def elementary_data(table: int) -> str:
    """Text of the data segment that puts the tables at byte `table` of the memory."""
    contents = "".join(f"\\{byte:02x}" for byte in elementary_table())
    return f'(data (i32.const {table}) "{contents}")'


def _exp(table: int) -> str:
    f = FunctionText("exp", ("x",))
    x = f.parameter("x")
    f.return_if_any(exceeds(x, LARGEST_EASY), f.call("exp_rare"))
    return f.text(scaled(exponential(f, table, x).corrected()))


def _exp_rare(table: int) -> str:
    f = FunctionText("exp_rare", ("x",))
    exp = exponential(f, table, within_f64(f, f.parameter("x")))
    return f.text(scaled_in_two_steps(f, exp.corrected()))


def _log(table: int) -> str:
    f = FunctionText("log", ("x",))
    log = logarithm(f, table, f.parameter("x"))
    f.return_if_any(is_rare(log), f.call("log_rare"))
    return f.text(rounded_logarithm(log))


def _log_rare(table: int) -> str:
    f = FunctionText("log_rare", ("x",))
    x = f.parameter("x")
    result = f.let("result", rounded_logarithm(logarithm_of_any_size(f, table, x)))
    result = f.let("with_inf", choose(compare("eq", x, floats(float("inf"))), x, result))
    result = f.let("with_0", choose(compare("eq", x, floats(0)), floats(float("-inf")), result))
    return f.text(_nan_unless(compare("ge", x, floats(0)), result))


def _pow(table: int) -> str:
    f = FunctionText("pow", ("a", "y"))
    log = logarithm(f, table, f.parameter("a"))
    high, low = product(f, f.parameter("y"), log)
    f.return_if_any(either(is_rare(log), exceeds(high, LARGEST_EASY)), f.call("pow_rare"))
    return f.text(scaled(exponential(f, table, high, low)))


def _pow_rare(table: int) -> str:
    f = FunctionText("pow_rare", ("a", "y"))
    a, y = f.parameter("a"), f.parameter("y")
    log = logarithm_of_any_size(f, table, a)
    # abs(log(a)) is 0 or above 2**-54, so that a larger y changes nothing, but infinity would give NaN
    high, low = product(f, f.let("bounded_y", clamp(y, -(2.0**80), 2.0**80)), log)
    low = f.let("bounded_low", clamp(low, -1, 1))
    finite = f.let("finite", scaled_in_two_steps(f, exponential(f, table, within_f64(f, high), low)))
    size = f.let("size", operation("f64x2.abs", a))
    at_the_end = either(compare("eq", size, floats(0)), compare("eq", size, floats(float("inf"))))
    limit = choose(compare("gt", y, floats(0)), size, divide(floats(1), size))
    result = f.let("with_ends", choose(both(at_the_end, compare("eq", y, y)), limit, finite))
    result = f.let("with_nan", _nan_unless(compare("ge", a, floats(0)), result))
    return f.text(choose(either(compare("eq", a, floats(1)), compare("eq", y, floats(0))), floats(1), result))


def _log1p() -> str:
    """log(u) + (1 + x - u)/u with u = 1 + x as rounded; the difference is exact (Knuth's sum of two)."""
    f = FunctionText("log1p", ("x",))
    x = f.parameter("x")
    u = f.let("u", add(floats(1), x))
    added = f.let("added", subtract(u, floats(1)))
    difference = add(subtract(floats(1), subtract(u, added)), subtract(x, added))
    correction = f.let("correction", divide(difference, u))
    usable = compare("eq", correction, correction)  # not so where u is 0 or infinite
    result = add(operation("call", "$log", u), both(correction, usable))
    return f.text(choose(compare("eq", u, floats(1)), x, result))


def _tanh(table: int) -> str:
    """h/(1 + h) with h = (exp(2*abs(x)) - 1)/2, written as h - h*h/(1 + h) where h is small; then the sign."""
    f = FunctionText("tanh", ("x",))
    x = f.parameter("x")
    size = f.let("size", operation("f64x2.pmin", operation("f64x2.abs", x), floats(22)))  # tanh(22) is 1 in f64
    h = f.let("h", multiply(exponential_less_1(f, table, f.let("doubled", add(size, size))), floats(0.5)))
    small = f.let("small", compare("lt", size, floats(0.25)))
    dividend = choose(small, subtract(floats(0), multiply(h, h)), h)
    result = add(both(small, h), divide(dividend, add(h, floats(1))))
    return f.text(either(result, both(x, integers(SIGN))))


def _nan_unless(mask: str, value: str) -> str:
    return choose(mask, value, floats(float("nan")))
