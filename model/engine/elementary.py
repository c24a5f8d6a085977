"""exp, log, pow, log1p and tanh as WebAssembly functions on pairs of f64.

Only additions, products, quotients, comparisons and bit operations, each rounded once: every browser and Python give
the same bits (those of NaN apart). The lanes of a pair do not influence one another.

Largest error, in units of the last place (ulp):
- exp and log 1, log1p and tanh 2;
- pow 2 where abs(y*log(a)) <= 4, and 8 up to the limits of f64.
Results below 2.2e-308 underflow gradually, subnormal arguments are exact.

Special values are those of IEEE 754 and numpy. exp: overflow gives inf, underflow 0. log: log(0) = -inf, log(x) = NaN
for x < 0. log1p(-1) = -inf, and -0 and subnormal numbers come back. tanh(-0) = -0. NaN gives NaN everywhere, except
that pow(1, y) = pow(a, 0) = 1 for all y and a. The base of pow is meant to be positive: every negative base gives NaN
(unless y is 0), and -0 counts as 0.

Method: log(x) = k*log(2) + log(centre) + log(1 + r) with r = (m - centre)/centre from a table of centres, no division,
and exp(t) = 2**(n/256) * exp(f) with n = round(t*256/log(2)), as P. T. P. Tang (ACM TOMS 15 and 16, 1989 and 1990)
and Arm's Optimized Routines do. pow carries log(a) as a leading part of 26 bits and a trailing part, and y likewise,
because products are exact up to 53 bits. Arguments that the short way cannot treat (special values, results near
overflow or underflow) send the pair to a second function, which gives the same bits for all others.
"""

from __future__ import annotations

from typing import NamedTuple

from .elementary_table import (
    EXPONENTIAL_OFFSET,
    EXPONENTIAL_ROW_BYTES,
    FIRST_MANTISSA,
    LOGARITHM_ROW_BYTES,
    LOGARITHM_UNIT,
    ROW_BITS,
    ROWS,
    natural_logarithm_of_two,
    split,
)
from .vector_text import (
    FunctionText,
    add,
    add_integers,
    both,
    choose,
    clamp,
    compare,
    divide,
    either,
    floats,
    greater_integers,
    integers,
    lower_lanes,
    multiply,
    operation,
    shift,
    subtract,
    subtract_integers,
    upper_lanes,
)

SIGN = 1 << 63
INFINITY = 0x7FF << 52
MANTISSA = (1 << 52) - 1
LEADING_BITS = -1 << 27
"""Mask that keeps the first 26 bits of a mantissa."""

SMALLEST_EASY = FIRST_MANTISSA & MANTISSA | 1 << 52
"""Bits of the smallest argument of the short logarithm, 3.1e-308; it has the mantissa FIRST_MANTISSA."""
BIAS = SIGN - SMALLEST_EASY
"""Added to the bits of x, it lets the table rows begin at FIRST_MANTISSA and all easy arguments be below a limit."""
LAST_EASY = INFINITY + BIAS - 1 - 2**64
EXPONENT_OF_ONE = (0x3FF << 52) + BIAS >> 52
TWO_52 = 0x433 << 52
"""Bits of 2**52: with a small integer in the last bits, it is the f64 2**52 plus that integer."""

LARGEST_EASY = 690.0
"""exp(t) is far from overflow and underflow up to this abs(t)."""
ROUNDING = 1.5 * 2**52
"""Adding this to an f64 leaves the nearest integer in the last bits."""
STEP_UNIT = 2.0**-42
"""The leading part of log(2)/256 is a multiple of this: its products with n are exact."""

LOGARITHM_SERIES = (-0.5, 0.33333333332293896, -0.24999999999090491, 0.20000272481609913, -0.16666905088156186)
"""(log(1 + r) - r)/r**2, interpolated at the five Chebyshev points of abs(r) <= 2**-8; error below 1e-14."""
EXPONENTIAL_SERIES = (0.5, 0.16666667812155952, 0.04166666857581546)
"""(exp(f) - 1 - f)/f**2, interpolated at the three Chebyshev points of abs(f) <= log(2)/512; error below 6e-12."""
ACCURATE_EXPONENTIAL_SERIES = (1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720)
"""The same by Taylor's series, accurate relative to f itself."""


class Logarithm(NamedTuple):
    """log(x) = leading + r + rest: text of values, each smaller than the one before; and x in biased bits."""

    leading: str
    r: str
    rest: str
    biased: str


class Exponential(NamedTuple):
    """exp(t) = scale * (1 + fraction): text of values."""

    scale: str
    fraction: str
    steps: str


def elementary_functions(table_address: int) -> str:
    """Text of the functions $exp, $log, $log1p, $tanh (x) and $pow (a, y), all on v128, for a module with one memory.

    `table_address` is the byte at which the memory holds `elementary_table()`.
    """
    builders = (_exp, _exp_rare, _log, _log_rare, _pow, _pow_rare, _log1p, _tanh)
    return "\n".join(builder(table_address) for builder in builders)


def _exp(table: int) -> str:
    f = FunctionText("exp", ("x",))
    x = f.parameter("x")
    f.return_if_any(_exceeds(x, LARGEST_EASY), f.call("exp_rare"))
    return f.text(_scaled(_exponential(f, table, x)))


def _exp_rare(table: int) -> str:
    f = FunctionText("exp_rare", ("x",))
    return f.text(_scaled_in_two_steps(f, _exponential(f, table, _within_f64(f, f.parameter("x")))))


def _log(table: int) -> str:
    f = FunctionText("log", ("x",))
    log = _logarithm(f, table, f.parameter("x"))
    f.return_if_any(_is_rare(log), f.call("log_rare"))
    return f.text(_rounded(log))


def _log_rare(table: int) -> str:
    f = FunctionText("log_rare", ("x",))
    x = f.parameter("x")
    result = f.let("result", _rounded(_logarithm_of_any_size(f, table, x)))
    result = f.let("with_inf", choose(compare("eq", x, floats(float("inf"))), x, result))
    result = f.let("with_0", choose(compare("eq", x, floats(0)), floats(float("-inf")), result))
    return f.text(_nan_unless(compare("ge", x, floats(0)), result))


def _pow(table: int) -> str:
    f = FunctionText("pow", ("a", "y"))
    log = _logarithm(f, table, f.parameter("a"))
    high, low = _product(f, f.parameter("y"), log)
    f.return_if_any(either(_is_rare(log), _exceeds(high, LARGEST_EASY)), f.call("pow_rare"))
    return f.text(_scaled(_exponential(f, table, high, low)))


def _pow_rare(table: int) -> str:
    f = FunctionText("pow_rare", ("a", "y"))
    a, y = f.parameter("a"), f.parameter("y")
    log = _logarithm_of_any_size(f, table, a)
    # abs(log(a)) is 0 or above 2**-54, so that a larger y changes nothing, but infinity would give NaN
    high, low = _product(f, f.let("bounded_y", clamp(y, -(2.0**80), 2.0**80)), log)
    low = f.let("bounded_low", clamp(low, -1, 1))
    finite = f.let("finite", _scaled_in_two_steps(f, _exponential(f, table, _within_f64(f, high), low)))
    size = f.let("size", operation("f64x2.abs", a))
    at_the_end = either(compare("eq", size, floats(0)), compare("eq", size, floats(float("inf"))))
    limit = choose(compare("gt", y, floats(0)), size, divide(floats(1), size))
    result = f.let("with_ends", choose(both(at_the_end, compare("eq", y, y)), limit, finite))
    result = f.let("with_nan", _nan_unless(compare("ge", a, floats(0)), result))
    return f.text(choose(either(compare("eq", a, floats(1)), compare("eq", y, floats(0))), floats(1), result))


def _log1p(table: int) -> str:
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
    """(exp(2x) - 1)/(exp(2x) + 1) of abs(x), with exp(2x) - 1 accurate relative to itself; then the sign."""
    f = FunctionText("tanh", ("x",))
    x = f.parameter("x")
    size = f.let("size", operation("f64x2.pmin", operation("f64x2.abs", x), floats(22)))  # tanh(22) is 1 in f64
    exp = _exponential(f, table, f.let("doubled", add(size, size)), series=ACCURATE_EXPONENTIAL_SERIES)
    less_1 = f.let("less_1", add(subtract(exp.scale, floats(1)), multiply(exp.scale, exp.fraction)))
    return f.text(either(divide(less_1, add(less_1, floats(2))), both(x, integers(SIGN))))


def _logarithm(f: FunctionText, table: int, x: str, missing_exponent: str | None = None) -> Logarithm:
    """Parts of log(x) of normal positive x; `missing_exponent` is added to the exponent of x.

    The parts of other x are meaningless, but reading the table is safe.
    """
    biased = f.let("biased", add_integers(x, integers(BIAS)))
    rows = shift(biased, ROW_BITS - 52 + _bits_of_offset(LOGARITHM_ROW_BYTES))
    upper, lower = _table_rows(f, "centre", table, rows, LOGARITHM_ROW_BYTES)
    centre, reciprocal = lower_lanes(*upper), upper_lanes(*upper)
    log_centre, log_centre_rest = lower_lanes(*lower), upper_lanes(*lower)
    mantissa = add_integers(both(biased, integers(MANTISSA)), integers(FIRST_MANTISSA))
    r = f.let("r", multiply(subtract(mantissa, centre), reciprocal))
    k = subtract(either(shift(biased, -52), integers(TWO_52)), floats(2.0**52 + EXPONENT_OF_ONE))
    k = f.let("k", add(k, missing_exponent) if missing_exponent else k)
    log_2, log_2_rest = split(natural_logarithm_of_two(), LOGARITHM_UNIT)
    leading = f.let("leading", add(multiply(k, floats(log_2)), log_centre))
    trailing = add(multiply(k, floats(log_2_rest)), log_centre_rest)
    r_2 = f.let("r_2", multiply(r, r))
    rest = f.let("rest", add(trailing, multiply(r_2, _polynomial(r, r_2, LOGARITHM_SERIES))))
    return Logarithm(leading, r, rest, biased)


def _logarithm_of_any_size(f: FunctionText, table: int, x: str) -> Logarithm:
    """Parts of log(x) of positive x, subnormal ones too."""
    small = f.let("small", compare("lt", x, floats(2.0**-1000)))
    enlarged = f.let("enlarged", choose(small, multiply(x, floats(2.0**54)), x))
    return _logarithm(f, table, enlarged, missing_exponent=both(small, floats(-54)))


def _rounded(log: Logarithm) -> str:
    return add(log.leading, add(log.r, log.rest))


def _is_rare(log: Logarithm) -> str:
    """Mask of the arguments that are not normal, positive and finite."""
    return greater_integers(log.biased, integers(LAST_EASY))


def _product(f: FunctionText, y: str, log: Logarithm) -> tuple[str, str]:
    """y * log(a) in a leading part without error, and the rest."""
    leading = f.let("log_leading", both(_rounded(log), integers(LEADING_BITS)))
    trailing = f.let("log_trailing", add(add(subtract(log.leading, leading), log.r), log.rest))
    y_leading = f.let("y_leading", both(y, integers(LEADING_BITS)))
    high = f.let("high", multiply(y_leading, leading))
    return high, f.let("low", add(multiply(subtract(y, y_leading), leading), multiply(y, trailing)))


def _exponential(
    f: FunctionText, table: int, t: str, rest: str | None = None, series: tuple[float, ...] = EXPONENTIAL_SERIES
) -> Exponential:
    """Parts of exp(t + rest), for abs(t) up to about 750 and a small rest."""
    log_2 = natural_logarithm_of_two()
    step, step_rest = split(log_2 / ROWS, STEP_UNIT)
    rounded = f.let("rounded", add(multiply(t, floats(float(ROWS / log_2))), floats(ROUNDING)))
    n = f.let("n", subtract(rounded, floats(ROUNDING)))
    reduced = subtract(subtract(t, multiply(n, floats(step))), multiply(n, floats(step_rest)))
    e = f.let("e", add(reduced, rest) if rest else reduced)
    rows = shift(rounded, _bits_of_offset(EXPONENTIAL_ROW_BYTES))
    (entries,) = _table_rows(f, "power", table + EXPONENTIAL_OFFSET, rows, EXPONENTIAL_ROW_BYTES)
    scale = f.let("scale", add_integers(lower_lanes(*entries), shift(rounded, 52 - ROW_BITS)))
    e_2 = f.let("e_2", multiply(e, e))
    fraction = add(add(e, multiply(e_2, _polynomial(e, e_2, series))), upper_lanes(*entries))
    return Exponential(scale, fraction, n)


def _scaled(exp: Exponential) -> str:
    return add(exp.scale, multiply(exp.scale, exp.fraction))


def _scaled_in_two_steps(f: FunctionText, exp: Exponential) -> str:
    """The value of exp where it may overflow or be subnormal: kept 2**128 away from there until the last product."""
    factor = f.let("factor", choose(compare("gt", exp.steps, floats(0)), floats(2.0**128), floats(2.0**-128)))
    change = subtract_integers(factor, floats(1))
    scale = f.let("near_scale", subtract_integers(exp.scale, change))
    return multiply(_scaled(exp._replace(scale=scale)), factor)


def _within_f64(f: FunctionText, t: str) -> str:
    """T, brought to where exp(t) is just 0 or infinite when it is beyond."""
    return f.let("bounded", clamp(t, -750, 720))


def _exceeds(t: str, limit: float) -> str:
    """Mask of abs(t) > limit, or NaN: the bits of positive f64 are in the order of the numbers, NaN above all."""
    return greater_integers(both(t, integers(SIGN - 1)), floats(limit))


def _nan_unless(mask: str, value: str) -> str:
    return choose(mask, value, floats(float("nan")))


def _polynomial(x: str, x_2: str, coefficients: tuple[float, ...]) -> str:
    """c0 + c1*x + c2*x**2 + ..., in pairs of terms so that products do not wait for one another."""
    first, *others = coefficients
    if not others:
        return floats(first)
    pair = add(floats(first), multiply(x, floats(others[0])))
    if len(others) == 1:
        return pair
    return add(pair, multiply(x_2, _polynomial(x, x_2, tuple(others[1:]))))


def _table_rows(f: FunctionText, name: str, address: int, offsets: str, row_bytes: int) -> list[tuple[str, str]]:
    """Load one row for each lane: for each 16 bytes of a row, what was read for lane 0 and for lane 1.

    The byte offsets of the rows lie in the bits of `offsets` that a table of ROWS rows can have.
    """
    offsets = f.let(f"{name}_offsets", both(offsets, integers((ROWS - 1) * row_bytes)))
    places = [
        f.let(f"{name}_{lane}", operation("i32.wrap_i64", f"(i64x2.extract_lane {lane} {offsets})"), "i32")
        for lane in (0, 1)
    ]
    return [
        (
            f.let(f"{name}_{part}_of_0", f"(v128.load offset={address + part} {places[0]})"),
            f.let(f"{name}_{part}_of_1", f"(v128.load offset={address + part} {places[1]})"),
        )
        for part in range(0, row_bytes, 16)
    ]


def _bits_of_offset(row_bytes: int) -> int:
    return row_bytes.bit_length() - 1
