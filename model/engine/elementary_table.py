"""Look-up tables of the logarithm and the exponential: 12 kB, computed with 40 decimal digits and then rounded.

Logarithm: 256 rows (centre, 1/centre, log(centre) rounded to a multiple of 2**-41, what is left of log(centre)).
Row i holds for the i-th of the intervals that have equal steps of bits and begin at FIRST_MANTISSA. The centre is
1 in the intervals near 1, so that log is accurate relative to its own small value there; elsewhere the
centre is near the middle, at a number whose reciprocal happens to be almost an f64 (an idea of S. Gal, 1986).

Exponential: 256 rows (2**(i/256), the error of that f64 relative to it). The exponent bits of the first value are
lowered by i/256, so that adding the integer 256*k + i, moved to the exponent, gives 2**(k + i/256).
"""

from __future__ import annotations

import struct
from decimal import Context, Decimal, localcontext
from functools import cache

ROWS = 256
ROW_BITS = 8
LOGARITHM_ROW_BYTES = 32
EXPONENTIAL_ROW_BYTES = 16
EXPONENTIAL_OFFSET = ROWS * LOGARITHM_ROW_BYTES
TABLE_BYTES = EXPONENTIAL_OFFSET + ROWS * EXPONENTIAL_ROW_BYTES

FIRST_MANTISSA = 0x3FE6901000000000
"""Bits of 0.705: a number is written as 2**k times a mantissa from here to twice this.

One of the intervals begins just above 1 + 2**-8, so that abs(log(x)) is at least 2**-8 outside of those at 1.
"""

CENTRE_AT_1 = 2.0**-8 + 2.0**-16
"""The centre is 1 up to this distance from 1."""

LOGARITHM_UNIT = 2.0**-41
"""The leading parts of log(2) and log(centre) are multiples of this: k*log(2) + log(centre) is exact."""

DIGITS = Context(prec=40)


def split(value: Decimal, unit: float) -> tuple[float, float]:
    """The multiple of `unit` nearest to the value, and the rest."""
    leading = float(round(value / Decimal(unit)) * Decimal(unit))
    return leading, float(value - Decimal(leading))


@cache
def natural_logarithm_of_two() -> Decimal:
    """log(2) to 40 digits."""
    return DIGITS.ln(Decimal(2))


def elementary_table() -> bytes:
    """The tables for a data segment: TABLE_BYTES bytes, to lie at a multiple of 16."""
    with localcontext(DIGITS):
        numbers = [number for row in range(ROWS) for number in _logarithm_row(row)]
        exponentials = [_exponential_row(row) for row in range(ROWS)]
    return struct.pack(f"<{len(numbers)}d", *numbers) + b"".join(exponentials)


def _logarithm_row(row: int) -> tuple[float, float, float, float]:
    step = 1 << (52 - ROW_BITS)
    first = _float_of_bits(FIRST_MANTISSA + row * step)
    last = _float_of_bits(FIRST_MANTISSA + (row + 1) * step)
    centre = 1.0 if max(abs(first - 1), abs(last - 1)) <= CENTRE_AT_1 else _centre_with_good_reciprocal(first, last)
    return centre, 1 / centre, *split(Decimal(centre).ln(), LOGARITHM_UNIT)


def _centre_with_good_reciprocal(first: float, last: float) -> float:
    middle = (first + last) / 2
    # squares, because the errors of numbers at equal distances may be nearly equal
    return min((middle + step**2 * 2.0**-52 for step in range(16)), key=_error_of_reciprocal)


def _error_of_reciprocal(number: float) -> float:
    """abs(number * (1/number) - 1), the product being exact."""
    numerator, denominator = number.as_integer_ratio()
    other_numerator, other_denominator = (1 / number).as_integer_ratio()
    exact_1 = denominator * other_denominator
    return abs(numerator * other_numerator - exact_1) / exact_1


def _exponential_row(row: int) -> bytes:
    exact = (natural_logarithm_of_two() * row / ROWS).exp()
    nearest = float(exact)
    error = float((exact - Decimal(nearest)) / exact)
    return struct.pack("<qd", _bits_of_float(nearest) - (row << (52 - ROW_BITS)), error)


def _bits_of_float(number: float) -> int:
    return struct.unpack("<q", struct.pack("<d", number))[0]


def _float_of_bits(bits: int) -> float:
    return struct.unpack("<d", struct.pack("<q", bits))[0]
