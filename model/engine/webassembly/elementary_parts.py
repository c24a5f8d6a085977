"""The steps of the logarithm and the exponential on pairs of f64 that the functions of `elementary` are made of.

Every function adds statements to the text of a WebAssembly function and returns the text of values. `table` is the
byte at which the memory holds `elementary_table()`.
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
    both_words,
    choose,
    clamp,
    compare,
    either,
    floats,
    greater_integers,
    integers,
    lower_lanes,
    multiply,
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
LAST_EASY = INFINITY + BIAS - 1
EXPONENT_OF_ONE = (0x3FF << 52) + BIAS >> 52
TWO_52 = 0x433 << 52
"""Bits of 2**52: with a small integer in the last bits, it is the f64 2**52 plus that integer."""

ROUNDING = 1.5 * 2**52
"""Adding this to an f64 leaves the nearest integer in the last bits."""
STEP_UNIT = 2.0**-42
"""The leading part of log(2)/256 is a multiple of this: its products with n are exact."""

LOGARITHM_SERIES = (-0.5, 0.33333333331877946, -0.24999999998726538, 0.20000305878044575, -0.16666934310054718)
"""(log(1 + r) - r)/r**2, interpolated at 0, +-0.68125 R and +-0.96343 R, where R = CENTRE_AT_1 is the largest abs(r).

These points make the error relative to log(1 + r) nearly as small as it can be: 2.1e-17.
"""
EXPONENTIAL_SERIES = (0.5, 0.16666667987644918, 0.04166666886829706)
"""(exp(e) - 1 - e)/e**2, interpolated at 0 and +-0.93*log(2)/512; the error of exp(e) is below 6e-18."""
ACCURATE_EXPONENTIAL_SERIES = (1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720)
"""The same by Taylor's series, accurate relative to e itself."""


class Logarithm(NamedTuple):
    """log(x) = leading + r + rest: text of values, each smaller than the one before; and x in biased bits."""

    leading: str
    r: str
    rest: str
    biased: str


class Exponential(NamedTuple):
    """exp(t) = scale * (1 + fraction) up to the rounding of scale, whose relative error is scale_error; and n."""

    scale: str
    fraction: str
    scale_error: str
    n: str

    def corrected(self) -> Exponential:
        """The same without the error of scale: two instructions, half an ulp."""
        return self._replace(fraction=add(self.fraction, self.scale_error))


class Steps(NamedTuple):
    """exp(t) = scale * (1 + scale_error) * exp(e + e_rest) with scale = 2**(n/256): text of values."""

    scale: str
    scale_error: str
    n: str
    e: str
    e_rest: str


def logarithm(f: FunctionText, table: int, x: str, missing_exponent: str | None = None) -> Logarithm:
    """Parts of log(x) of positive x from SMALLEST_EASY on; `missing_exponent` is added to the exponent of x.

    The parts of other x are meaningless, but they read the table within its bounds.
    """
    biased = f.let("biased", add_integers(x, integers(BIAS)))
    upper, lower = _table_rows(f, "centre", table, biased, 52 - ROW_BITS, LOGARITHM_ROW_BYTES)
    centre, reciprocal = lower_lanes(*upper), upper_lanes(*upper)
    log_centre, log_centre_rest = lower_lanes(*lower), upper_lanes(*lower)
    # integers: the table begins at FIRST_MANTISSA, where the lower 52 bits of `biased` are 0
    mantissa = add_integers(both(biased, integers(MANTISSA)), integers(FIRST_MANTISSA))
    r = f.let("r", multiply(subtract(mantissa, centre), reciprocal))
    # the upper 12 bits of `biased`, put behind the exponent of 2**52, become an f64 without conversion
    k = subtract(either(shift(biased, -52), integers(TWO_52)), floats(2.0**52 + EXPONENT_OF_ONE))
    k = f.let("k", add(k, missing_exponent) if missing_exponent else k)
    log_2, log_2_rest = split(natural_logarithm_of_two(), LOGARITHM_UNIT)
    leading = f.let("leading", add(multiply(k, floats(log_2)), log_centre))
    trailing = add(multiply(k, floats(log_2_rest)), log_centre_rest)
    r_2 = f.let("r_2", multiply(r, r))
    rest = f.let("rest", add(trailing, multiply(r_2, _polynomial(r, r_2, LOGARITHM_SERIES))))
    return Logarithm(leading, r, rest, biased)


def logarithm_of_any_size(f: FunctionText, table: int, x: str) -> Logarithm:
    """Parts of log(x) of positive x, subnormal ones too."""
    small = f.let("small", compare("lt", x, floats(2.0**-1000)))
    enlarged = f.let("enlarged", choose(small, multiply(x, floats(2.0**54)), x))
    return logarithm(f, table, enlarged, missing_exponent=both(small, floats(-54)))


def rounded_logarithm(log: Logarithm) -> str:
    """log(x) as one f64."""
    return add(log.leading, add(log.r, log.rest))


def is_rare(log: Logarithm) -> str:
    """Mask of the arguments that `logarithm` cannot treat: not positive, below SMALLEST_EASY, infinite, NaN."""
    return greater_integers(log.biased, integers(LAST_EASY))


def product(f: FunctionText, y: str, log: Logarithm) -> tuple[str, str]:
    """y * log(a) in a leading part without error, and the rest."""
    leading = f.let("log_leading", both(rounded_logarithm(log), integers(LEADING_BITS)))
    trailing = f.let("log_trailing", add(add(subtract(log.leading, leading), log.r), log.rest))
    y_leading = f.let("y_leading", both(y, integers(LEADING_BITS)))
    high = f.let("high", multiply(y_leading, leading))
    return high, f.let("low", add(multiply(subtract(y, y_leading), leading), multiply(y, trailing)))


def exponential(f: FunctionText, table: int, t: str, rest: str | None = None) -> Exponential:
    """Parts of exp(t + rest), for abs(t) up to about 750 and a small rest."""
    steps = _steps(f, table, t)
    reduced = add(steps.e, steps.e_rest)
    e = f.let("e", add(reduced, rest) if rest else reduced)
    e_2 = f.let("e_2", multiply(e, e))
    fraction = add(e, multiply(e_2, _polynomial(e, e_2, EXPONENTIAL_SERIES)))
    return Exponential(steps.scale, fraction, steps.scale_error, steps.n)


def exponential_less_1(f: FunctionText, table: int, t: str) -> str:
    """exp(t) - 1 for t from 0 to 44: the large terms are added last."""
    steps = _steps(f, table, t)
    e = f.let("e", add(steps.e, steps.e_rest))
    e_2 = f.let("e_2", multiply(e, e))
    curved = add(steps.scale_error, multiply(e_2, _polynomial(e, e_2, ACCURATE_EXPONENTIAL_SERIES)))
    scale_less_1 = f.let("scale_less_1", subtract(steps.scale, floats(1)))
    small = add(add(multiply(steps.scale, curved), multiply(scale_less_1, e)), steps.e_rest)
    return add(scale_less_1, add(steps.e, small))


def scaled(exp: Exponential) -> str:
    """exp(t) as one f64, when it and its parts are normal numbers."""
    return add(exp.scale, multiply(exp.scale, exp.fraction))


def scaled_in_two_steps(f: FunctionText, exp: Exponential) -> str:
    """The value of exp where it may overflow or be subnormal: kept 2**128 away from there until the last product."""
    factor = f.let("factor", choose(compare("gt", exp.n, floats(0)), floats(2.0**128), floats(2.0**-128)))
    change = subtract_integers(factor, floats(1))
    scale = f.let("near_scale", subtract_integers(exp.scale, change))
    return multiply(scaled(exp._replace(scale=scale)), factor)


def within_f64(f: FunctionText, t: str) -> str:
    """The values of t, brought to where exp(t) is just 0 or infinite when it is beyond."""
    return f.let("bounded", clamp(t, -750, 720))


def exceeds(t: str, limit: float) -> str:
    """Mask of abs(t) > limit, or NaN: the bits of positive f64 are in the order of the numbers, NaN above all."""
    return greater_integers(both(t, integers(SIGN - 1)), floats(limit))


def _steps(f: FunctionText, table: int, t: str) -> Steps:
    log_2 = natural_logarithm_of_two()
    step, step_rest = split(log_2 / ROWS, STEP_UNIT)
    rounded = f.let("rounded", add(multiply(t, floats(float(ROWS / log_2))), floats(ROUNDING)))
    n = f.let("n", subtract(rounded, floats(ROUNDING)))
    e = f.let("e_leading", subtract(t, multiply(n, floats(step))))
    (entries,) = _table_rows(f, "power", table + EXPONENTIAL_OFFSET, rounded, 0, EXPONENTIAL_ROW_BYTES)
    # 8 bits of n choose the row, whose exponent was lowered by as much; the others are the exponent of scale
    scale = f.let("scale", add_integers(lower_lanes(*entries), shift(rounded, 52 - ROW_BITS)))
    return Steps(scale, upper_lanes(*entries), n, e, multiply(n, floats(-step_rest)))


def _polynomial(x: str, x_2: str, coefficients: tuple[float, ...]) -> str:
    """c0 + c1*x + c2*x**2 + ..., in pairs of terms so that products do not wait for one another."""
    first, *others = coefficients
    if not others:
        return floats(first)
    pair = add(floats(first), multiply(x, floats(others[0])))
    if len(others) == 1:
        return pair
    return add(pair, multiply(x_2, _polynomial(x, x_2, tuple(others[1:]))))


def _table_rows(
    f: FunctionText, name: str, address: int, bits: str, lowest: int, row_bytes: int
) -> list[tuple[str, str]]:
    """Load one row for each lane: for each 16 bytes of a row, what was read for lane 0 and for lane 1.

    The number of the row is in 8 bits of each lane, which begin at bit `lowest` and lie in one half of the lane.
    """
    packed = f.let(f"{name}_bits", both_words(bits, upper=lowest >= 32), "i64")
    row_bits = row_bytes.bit_length() - 1
    places = []
    for lane in (0, 1):
        right = lowest % 32 + 32 * lane - row_bits
        moved = f"(i64.shr_u {packed} (i64.const {right}))" if right > 0 else f"(i64.shl {packed} (i64.const {-right}))"
        offset = f"(i32.wrap_i64 (i64.and {moved} (i64.const {(ROWS - 1) * row_bytes})))"
        places.append(f.let(f"{name}_{lane}", offset, "i32"))
    return [
        (
            f.let(f"{name}_{part}_of_0", f"(v128.load offset={address + part} {places[0]})"),
            f.let(f"{name}_{part}_of_1", f"(v128.load offset={address + part} {places[1]})"),
        )
        for part in range(0, row_bytes, 16)
    ]
