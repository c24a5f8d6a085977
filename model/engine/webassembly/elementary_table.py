"""Look-up tables of the logarithm and the exponential, 12 kB, stored beside this module as they lie in memory.

Logarithm: 256 rows (centre, 1/centre, log(centre) rounded to a multiple of 2**-41, what is left of log(centre)).
Row i holds for the i-th of the intervals that have equal steps of bits and begin at FIRST_MANTISSA. The centre is
1 in the intervals near 1, so that log is accurate relative to its own small value there; elsewhere the
centre is near the middle, at a number whose reciprocal happens to be almost an f64 (an idea of S. Gal, 1986).

Exponential: 256 rows (2**(i/256), the error of that f64 relative to it). The exponent bits of the first value are
lowered by i/256, so that adding the integer 256*k + i, moved to the exponent, gives 2**(k + i/256).

The tests compute the tables with 40 decimal digits and compare; computing them at every start would take a tenth of a
second.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import cache
from pathlib import Path

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
    return Path(__file__).with_name("elementary_table.bin").read_bytes()
