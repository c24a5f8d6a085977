"""exp, log, pow, log1p and tanh on pairs, against mpmath: errors in units of the last place, special values, lanes."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.engine.webassembly.elementary import TABLE_BYTES, elementary_table
from model.engine.webassembly.elementary_parts import EXPONENTIAL_SERIES, LOGARITHM_SERIES
from model.engine.webassembly.elementary_table import CENTRE_AT_1, EXPONENTIAL_OFFSET

from .elementary_table import computed_table
from .pairs import Pairs

mpmath.mp.prec = 120
INF, NAN = math.inf, math.nan
SUBNORMAL, SMALLEST_NORMAL, LARGEST = 5e-324, 2.0**-1022, 1.7976931348623157e308
EDGES = [0.0, SUBNORMAL, 1e-310, SMALLEST_NORMAL, 3.1e-308, 3.2e-308, 1e-300, 1e-16, 0.5, 1 - 2.0**-53, 1.0]
EDGES += [1 + 2.0**-52, 2.0, 10.0, 689.9, 690.1, 709.7, 709.8, 745.1, 745.2, 1e10, 1e300, LARGEST, INF]
SIGNED = [*EDGES, *(-x for x in EDGES), NAN]
EXACT = {"exp": mpmath.exp, "log": mpmath.log, "log1p": mpmath.log1p, "tanh": mpmath.tanh, "pow": mpmath.power}


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    return Pairs()


def worst_ulp(pairs: Pairs, name: str, *arrays: np.ndarray) -> float:
    """Largest error of a function at the given numbers, in units of the last place of the exact values."""
    exact: Callable[..., mpmath.mpf] = EXACT[name]
    worst = 0.0
    for result, *numbers in zip(pairs(name, *arrays), *arrays, strict=True):
        value = exact(*(mpmath.mpf(float(number)) for number in numbers))
        worst = max(worst, float(abs(mpmath.mpf(float(result)) - value)) / math.ulp(float(value)))
    return worst


def signed_powers_of_ten(smallest: float, largest: float, count: int) -> np.ndarray:
    """Numbers of both signs whose magnitudes are spread evenly over the exponents."""
    random = np.random.default_rng(count)
    return random.choice([-1.0, 1.0], count) * 10 ** random.uniform(smallest, largest, count)


@pytest.mark.parametrize(
    "numbers",
    [np.linspace(-744, 709.7, 4000), np.linspace(-1, 1, 4001), signed_powers_of_ten(-18, 2.8, 4000)],
    ids=["to subnormal results", "around 0", "all magnitudes"],
)
def test_exp_is_within_1_ulp(pairs: Pairs, numbers: np.ndarray) -> None:
    assert worst_ulp(pairs, "exp", numbers) <= 1


@pytest.mark.parametrize(
    "numbers",
    [
        abs(signed_powers_of_ten(-323.3, 308.2, 4000)),
        np.linspace(0.5, 2, 4000),
        1 + np.linspace(-1, 1, 4000) * 2.0**-6,
        1 + 2.0**-8 + np.arange(1, 500) * 2.0**-19,
        1 + signed_powers_of_ten(-15.5, -1, 4000),
    ],
    ids=["all magnitudes", "one power of two", "near 1", "where the first table row ends", "nearer and nearer to 1"],
)
def test_log_is_within_1_ulp(pairs: Pairs, numbers: np.ndarray) -> None:
    assert worst_ulp(pairs, "log", numbers) <= 1


@pytest.mark.parametrize(
    "numbers",
    [
        np.linspace(-0.999, 3, 4000),
        signed_powers_of_ten(-323.3, -0.01, 4000),
        signed_powers_of_ten(-17, -15, 500),
        abs(signed_powers_of_ten(0, 308.2, 500)),
    ],
    ids=["around 0", "small", "where 1 + x is rounded to 1", "large"],
)
def test_log1p_is_within_2_ulp(pairs: Pairs, numbers: np.ndarray) -> None:
    assert worst_ulp(pairs, "log1p", numbers) <= 2


@pytest.mark.parametrize(
    "numbers",
    [
        np.linspace(-25, 25, 4000),
        np.linspace(-0.3, 0.3, 4000),
        np.linspace(-0.004, 0.004, 4000),
        signed_powers_of_ten(-323.3, 0, 4000),
    ],
    ids=["whole range", "both formulas", "first table rows", "small"],
)
def test_tanh_is_within_2_ulp(pairs: Pairs, numbers: np.ndarray) -> None:
    assert worst_ulp(pairs, "tanh", numbers) <= 2


def powers(logarithms: np.ndarray, smallest: float, largest: float) -> tuple[np.ndarray, np.ndarray]:
    """Bases exp(logarithms) and exponents for abs(y*log(a)) from `smallest` to `largest`."""
    random = np.random.default_rng(len(logarithms))
    bases = np.exp(logarithms)
    bases = bases[bases != 1]
    sizes = random.choice([-1.0, 1.0], bases.size) * random.uniform(smallest, largest, bases.size)
    return bases, sizes / np.log(bases)


@pytest.mark.parametrize(
    "logarithms",
    [np.linspace(-4, 4, 4000), signed_powers_of_ten(-13, 2.84, 4000), signed_powers_of_ten(-2.41, -2.2, 4000)],
    ids=["ordinary", "all magnitudes", "where the first table row ends"],
)
def test_pow_is_within_2_ulp_while_the_result_is_moderate(pairs: Pairs, logarithms: np.ndarray) -> None:
    assert worst_ulp(pairs, "pow", *powers(logarithms, 0, 4)) <= 2


def test_pow_is_within_2_ulp_where_the_logarithm_is_least_accurate(pairs: Pairs) -> None:
    assert worst_ulp(pairs, "pow", *powers(np.linspace(0.00391, 0.00394, 10_000), 3.98, 4)) <= 2


def test_pow_is_within_5_ulp_up_to_the_limits_when_the_base_is_not_near_1(pairs: Pairs) -> None:
    logarithms = signed_powers_of_ten(math.log10(0.25), 2.84, 2000)
    assert worst_ulp(pairs, "pow", *powers(logarithms, 4, 708)) <= 5
    bases, exponents = powers(logarithms, 708, 744)
    assert worst_ulp(pairs, "pow", bases, -np.sign(np.log(bases)) * abs(exponents)) <= 5


@pytest.mark.parametrize("size", [8, 60, 300, 700])
def test_pow_loses_little_with_large_results_of_bases_near_1(pairs: Pairs, size: float) -> None:
    bases, exponents = powers(signed_powers_of_ten(-8, -1, 700), 0.9 * size, size)
    assert worst_ulp(pairs, "pow", bases, exponents) <= 1.1 + 0.35 * size


def same(results: np.ndarray, expected: np.ndarray, ulp: float) -> np.ndarray:
    """Where both are NaN, or the same zero or infinity, or nearly the same number."""
    with np.errstate(invalid="ignore", over="ignore"):
        near = abs(results - expected) <= ulp * np.spacing(abs(expected))
    equal = (results == expected) & (np.signbit(results) == np.signbit(expected))
    return equal | near & (expected != 0) | np.isnan(results) & np.isnan(expected)


@pytest.mark.parametrize(("name", "ulp"), [("exp", 2), ("log", 2), ("log1p", 3), ("tanh", 3)])
def test_special_values_are_those_of_numpy(pairs: Pairs, name: str, ulp: float) -> None:
    numbers = np.array(SIGNED)
    with np.errstate(all="ignore"):
        expected = getattr(np, name)(numbers)
    wrong = ~same(pairs(name, numbers), expected, ulp)
    assert not wrong.any(), numbers[wrong]


def test_pow_at_special_values_is_that_of_numpy_for_bases_that_are_not_negative(pairs: Pairs) -> None:
    bases, exponents = (grid.ravel() for grid in np.meshgrid([*EDGES, NAN], SIGNED))
    with np.errstate(all="ignore"):
        expected = np.power(bases, exponents)
    wrong = ~same(pairs("pow", bases, exponents), expected, 4)
    assert not wrong.any(), (bases[wrong], exponents[wrong])


def test_pow_of_a_negative_base_is_nan_and_minus_0_counts_as_0(pairs: Pairs) -> None:
    bases, exponents = (grid.ravel() for grid in np.meshgrid([-x for x in EDGES if x], [y for y in SIGNED if y != 0]))
    assert np.isnan(pairs("pow", bases, exponents)).all()
    assert pairs("pow", [-0.0] * 4, [3, -3, 0.5, 0]).tolist() == [0, INF, 0, 1]
    assert not np.signbit(pairs("pow", [-0.0, -0.0], [3, -3])).any()
    assert pairs("pow", [-2, -INF], 0.0).tolist() == [1, 1]


def test_results_underflow_gradually(pairs: Pairs) -> None:
    assert pairs("pow", 2.0, [-1022, -1023, -1073, -1074, -1075, -1076]).tolist() == [
        2.0**-1022,
        2.0**-1023,
        2.0**-1073,
        2.0**-1074,
        0,
        0,
    ]
    assert pairs("exp", [-740.0]).tolist() == [float(mpmath.exp(-740))]


@pytest.mark.parametrize("name", EXACT)
def test_lanes_do_not_influence_one_another(pairs: Pairs, name: str) -> None:
    random = np.random.default_rng(1)
    numbers = np.concatenate([SIGNED, random.uniform(0.1, 3, 20)])
    first, second = (grid.ravel() for grid in np.meshgrid(numbers, numbers))
    both_lanes = np.stack([first, second], axis=1)
    others = (random.permutation(both_lanes.ravel()).reshape(both_lanes.shape),) if name == "pow" else ()

    def bits(swapped: bool) -> np.ndarray:
        step = -1 if swapped else 1
        results = pairs(name, *(array[:, ::step].ravel() for array in (both_lanes, *others)))
        results = results.reshape(both_lanes.shape)[:, ::step]
        return np.where(np.isnan(results), 0, results.view(np.int64))

    assert np.array_equal(bits(swapped=False), bits(swapped=True))
    alone = pairs(name, *(np.repeat(array.ravel(), 2) for array in (both_lanes, *others)))[::2]
    alone = alone.reshape(both_lanes.shape)
    assert np.array_equal(bits(swapped=False), np.where(np.isnan(alone), 0, alone.view(np.int64)))


@given(st.floats(0.1, 10), st.floats(-3, 3))
def test_powers_of_inverse_exponents_and_bases(pairs: Pairs, base: float, exponent: float) -> None:
    power, inverse, of_inverse = pairs("pow", [base, base, 1 / base], [exponent, -exponent, exponent])
    assert power * inverse == pytest.approx(1, rel=1e-15)
    assert of_inverse == pytest.approx(inverse, rel=2e-15)
    assert power == pytest.approx(base**exponent, rel=6e-16)


@given(st.floats(-700, 700))
def test_log_of_exp(pairs: Pairs, number: float) -> None:
    assert pairs("log", pairs("exp", [number]))[0] == pytest.approx(number, rel=3e-16, abs=3e-16)


@given(st.floats(min_value=SUBNORMAL, max_value=LARGEST), st.floats(min_value=SUBNORMAL, max_value=LARGEST))
def test_log_does_not_fall(pairs: Pairs, number: float, other: float) -> None:
    smaller, larger = pairs("log", sorted([number, other]))
    assert smaller <= larger or number == pytest.approx(other, rel=4e-16)


def test_table_rows_are_logarithms_and_powers() -> None:
    table = elementary_table()
    assert len(table) == TABLE_BYTES
    rows = list(struct.iter_unpack("<4d", table[:EXPONENTIAL_OFFSET]))
    for centre, reciprocal, leading, rest in rows:
        assert reciprocal == 1 / centre
        assert abs(mpmath.mpf(centre) * reciprocal - 1) < (2.0**-56 if abs(centre - 1) < 1 / 32 else 2.0**-54)
        assert leading == round(leading * 2.0**41) / 2.0**41
        assert abs(mpmath.mpf(leading) + mpmath.mpf(rest) - mpmath.log(centre)) < 1e-28
    assert sum(centre == 1 for centre, *_ in rows) == 3
    for row, (bits, error) in enumerate(struct.iter_unpack("<qd", table[EXPONENTIAL_OFFSET:])):
        (power,) = struct.unpack("<d", struct.pack("<q", bits + (row << 44)))
        assert abs(mpmath.mpf(power) * (1 + mpmath.mpf(error)) - mpmath.mpf(2) ** (mpmath.mpf(row) / 256)) < 1e-31


def test_series_are_as_accurate_as_stated() -> None:
    def series(coefficients: tuple[float, ...], x: mpmath.mpf) -> mpmath.mpf:
        return mpmath.polyval(list(reversed([mpmath.mpf(c) for c in coefficients])), x)

    parts = [mpmath.mpf(part) / 200 for part in range(-200, 201) if part]
    arguments = [CENTRE_AT_1 * part for part in parts]
    errors = [abs((r + r**2 * series(LOGARITHM_SERIES, r)) / mpmath.log1p(r) - 1) for r in arguments]
    assert 1.5e-17 < max(errors) < 2.1e-17
    arguments = [mpmath.log(2) / 512 * part for part in parts]
    errors = [abs((1 + e + e**2 * series(EXPONENTIAL_SERIES, e)) / mpmath.exp(e) - 1) for e in arguments]
    assert 4e-18 < max(errors) < 6e-18


def test_the_stored_table_is_the_computed_one():
    assert elementary_table() == computed_table()
