"""Computes the look-up tables that `model.engine.webassembly.elementary_table` stores, with 40 decimal digits.

    python -m tests.model.engine.webassembly.elementary_table

writes them anew.
"""

from __future__ import annotations

import struct
from decimal import Decimal, localcontext
from pathlib import Path

from model.engine.webassembly import elementary_table as stored
from model.engine.webassembly.elementary_table import (
    CENTRE_AT_1,
    DIGITS,
    FIRST_MANTISSA,
    LOGARITHM_UNIT,
    ROW_BITS,
    ROWS,
    natural_logarithm_of_two,
    split,
)


def computed_table() -> bytes:
    """The tables as they are stored."""
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


if __name__ == "__main__":
    Path(stored.__file__).with_suffix(".bin").write_bytes(computed_table())
