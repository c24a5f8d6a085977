"""Functions for equations: the same answer for floats, numpy, quantities, and in a run."""

import inspect

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.engine import Axis, DeclarationError, annual, auxiliary, ops, units
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.integrate import compiled

from .mini import system_of

AXIS = Axis("field", ("wheat", "rye", "oats"))
GROUPS = Axis("group", ("bread", "fodder"))
MEMBERSHIP = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
A = np.array([0.5, 2.0, 3.0])
B = np.array([4.0, 0.25, 3.0])
YEARS = np.array([2000.0, 2001.0, 2002.0])

SAME_UNIT = {
    "maximum": (ops.maximum, (A, B), np.array([4.0, 2.0, 3.0])),
    "minimum": (ops.minimum, (A, B), np.array([0.5, 0.25, 3.0])),
    "clip": (ops.clip, (A, 1.0 * np.ones(3), B), np.array([1.0, 0.25, 3.0])),
    "smooth_minimum": (ops.smooth_minimum, (A, B), (A**-8.0 + B**-8.0) ** (-1 / 8)),
    "softened_minimum": (lambda a, b: ops.softened_minimum(a, b, 3.0), (A, B), (A**-3.0 + B**-3.0) ** (-1 / 3)),
    "smooth_positive_part": (ops.smooth_positive_part, (A - B, B), B * np.log(1 + np.exp((A - B) / B))),
    "total": (ops.total, (A,), 5.5),
    "element": (lambda a: ops.element(a, AXIS, "rye"), (A,), 2.0),
    "stack": (lambda a: ops.stack(AXIS, oats=ops.element(a, AXIS, "rye")), (A,), np.array([0.0, 0.0, 2.0])),
    "regroup": (lambda a: ops.regroup(a, MEMBERSHIP), (A,), np.array([2.5, 3.0])),
    "previous_year": (ops.previous_year, (A,), np.array([np.nan, 0.5, 2.0])),
    "in_year": (lambda a: ops.in_year(a, YEARS, 2001.0), (A,), np.full(3, 2.0)),
    "in_year_outside": (lambda a: ops.in_year(a, YEARS, 1990.0), (A,), np.full(3, np.nan)),
}
PURE = {
    "exp": (ops.exp, (A,), np.exp(A)),
    "log": (ops.log, (A,), np.log(A)),
    "logistic": (ops.logistic, (A - 2,), 1 / (1 + np.exp(2 - A))),
    "power": (ops.power, (A, B), A**B),
    "power_of_zero": (ops.power, (A * np.array([0, 1, -1]), B), np.array([0.0, 2.0**0.25, 0.0])),
    "ratio": (ops.ratio, (A, B), A / B),
    "ratio_to_next_to_nothing": (ops.ratio, (A, B * np.array([1e-306, 1, 1])), np.array([0.0, 8.0, 1.0])),
    "ratio_to_nothing": (ops.ratio, (A, B * np.array([0, 1, 1])), np.array([0.0, 8.0, 1.0])),
}
ALL = {**SAME_UNIT, **PURE}
OF_YEARS = ("previous_year", "in_year", "in_year_outside")


@pytest.mark.parametrize("name", ALL)
def test_numpy(name):
    function, arguments, expected = ALL[name]
    np.testing.assert_allclose(function(*arguments), expected, rtol=1e-12)


def in_a_run(function, arguments, shape):
    """The value of an equation that applies `function` to parameters over `AXIS`, as a run computes it."""
    names = ("a", "b", "c")[: len(arguments)]

    def equation(*values):
        """The operation."""
        return function(*values)

    plain = inspect.Parameter.POSITIONAL_OR_KEYWORD
    equation.__signature__ = inspect.Signature([inspect.Parameter(name, plain) for name in names])
    over = {(): None, (2,): GROUPS, (3,): AXIS}[shape]
    system = system_of(
        [Input(name, "parameter", "1", axis=AXIS) for name in names],
        [AXIS, GROUPS],
        result=auxiliary("1", "结果", "Result", over=over)(equation),
    )
    return compiled(system, Horizon(2000, 2000, 4))(dict(zip(names, arguments, strict=True)), {})["result"][0]


@pytest.mark.parametrize("name", [name for name in ALL if name not in OF_YEARS])
def test_a_run(name):
    function, arguments, expected = ALL[name]
    np.testing.assert_allclose(in_a_run(function, arguments, np.shape(expected)), expected, rtol=1e-12)


def test_operations_over_years_in_a_run():
    @annual("1", "上年", "Last year")
    def last_year(a):
        """The value a year before."""
        return ops.previous_year(a)

    @annual("1", "当年", "In 2001")
    def in_2001(a, time):
        """The value of one year."""
        return ops.in_year(a, time, 2001.0)

    @annual("1", "期外", "In 1990")
    def in_1990(a, time):
        """A year that is not in the run."""
        return ops.in_year(a, time, 1990.0)

    system = system_of([Input("a", "driver", "1")], last_year=last_year, in_2001=in_2001, in_1990=in_1990)
    results = compiled(system, Horizon(2000, 2002, 4))({}, {"a": A})
    np.testing.assert_allclose(results["last_year"], ALL["previous_year"][2])
    np.testing.assert_allclose(results["in_2001"], ALL["in_year"][2])
    np.testing.assert_allclose(results["in_1990"], ALL["in_year_outside"][2])


@pytest.mark.parametrize("name", SAME_UNIT)
def test_quantities_keep_their_unit(name):
    function, arguments, expected = SAME_UNIT[name]
    result = function(*[a * units.unit("kg") for a in arguments])
    assert result.units == units.unit("kg")
    np.testing.assert_allclose(result.magnitude, expected, rtol=1e-12)


@pytest.mark.parametrize("name", PURE)
def test_quantities_without_dimension(name):
    function, arguments, expected = PURE[name]
    result = function(*[a * units.unit("1") for a in arguments])
    assert result.units == units.unit("1")
    np.testing.assert_allclose(result.magnitude, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        (ops.maximum, (1, 2.5), 2.5),
        (ops.minimum, (1.0, 2.5), 1.0),
        (ops.clip, (9.0, 0, 1), 1.0),
        (ops.smooth_minimum, (1.0, 1.0), 0.5 ** (1 / 8)),
        (ops.softened_minimum, (1.0, 1.0, 20.0), 0.5 ** (1 / 20)),
        (ops.softened_minimum, (3.0, 4.0, 2.0), 2.4),
        (ops.softened_minimum, (0.0, 4.0, 20.0), 0.0),
        (ops.exp, (1.0,), np.e),
        (ops.log, (np.e,), 1.0),
        (ops.logistic, (0.0,), 0.5),
        (ops.power, (2.0, 3), 8.0),
        (ops.power, (0.0, 0.5), 0.0),
        (ops.ratio, (1.0, 4.0), 0.25),
        (ops.ratio, (1.0, 0.0), 0.0),
        (ops.percent, (0.25,), 25.0),
        (ops.fraction, (25.0,), 0.25),
        (ops.convert, (3.0, "t", "kg", 1000.0), 3000.0),
        (ops.over_year, (3.0,), 3.0),
    ],
)
def test_floats(function, arguments, expected):
    assert float(function(*arguments)) == pytest.approx(expected)


def test_units_of_percent_fraction_convert_and_over_year():
    half = 0.5 * units.unit("1")
    assert ops.percent(half).magnitude == pytest.approx(50)
    assert f"{ops.percent(half).units}" == "percent"
    assert ops.fraction(50 * units.unit("%")).to("").magnitude == pytest.approx(0.5)
    assert ops.convert(3 * units.unit("t"), "t", "kg", 1000.0).magnitude == pytest.approx(3000)
    assert ops.over_year(3 * units.unit("t/yr")).units == units.unit("t")


def test_ratio_divides_units():
    result = ops.ratio(6 * units.unit("t"), np.array([2.0, 0.0]) * units.unit("yr"))
    np.testing.assert_array_equal(result.to(units.unit("t/yr")).magnitude, [3.0, 0.0])
    assert ops.ratio(1.0, 2 * units.unit("yr")).to(units.unit("1/yr")).magnitude == 0.5


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: ops.maximum(1 * units.unit("t"), 1 * units.unit("yr")),
        lambda: ops.minimum(1 * units.unit("t"), 2.0),
        lambda: ops.exp(1 * units.unit("t")),
        lambda: ops.power(1 * units.unit("t"), 2.0),
        lambda: ops.stack(AXIS, rye=1 * units.unit("t"), oats=1 * units.unit("yr")),
    ],
)
def test_quantities_of_other_dimensions_are_refused(wrong):
    with pytest.raises(pint.DimensionalityError):
        wrong()


def test_zero_and_infinity_fit_every_unit():
    assert ops.maximum(-1 * units.unit("t"), 0).magnitude == 0
    assert ops.minimum(1 * units.unit("t"), np.inf) == 1 * units.unit("t")


def test_unknown_labels_are_refused():
    with pytest.raises(DeclarationError, match="no element 'corn'; it has wheat, rye, oats"):
        ops.element(A, AXIS, "corn")
    with pytest.raises(DeclarationError, match="no element 'corn'"):
        ops.stack(AXIS, corn=1.0)


def test_members_trail_behind_the_axis():
    members = np.stack([A, B], axis=-1)
    np.testing.assert_allclose(ops.total(members), [5.5, 7.25])
    np.testing.assert_allclose(ops.element(members, AXIS, "oats"), [3.0, 3.0])
    np.testing.assert_allclose(ops.stack(AXIS, rye=np.array([1.0, 2.0])), [[0, 0], [1, 2], [0, 0]])
    assert ops.regroup(members, MEMBERSHIP).shape == (2, 2)


@pytest.mark.parametrize(
    ("function", "at"),
    [
        (lambda x: ops.ratio(1.0, x), 0.0),
        (lambda x: ops.power(x, 0.5), 0.0),
        (lambda x: ops.smooth_minimum(x, 0.0), 0.0),
        (lambda x: ops.smooth_minimum(x, 1e300), 1e-300),
        (lambda x: ops.softened_minimum(x, 0.0, 20.0), 0.0),
        (lambda x: ops.softened_minimum(x, 1e300, 20.0), 1e-300),
        (lambda x: ops.smooth_positive_part(x, 1.0), 1e4),
        (lambda x: ops.smooth_positive_part(x, 1.0), -1e4),
        (lambda x: ops.logistic(x), 1e4),
        (lambda x: ops.logistic(x), -1e4),
    ],
)
def test_values_stay_finite_at_the_edges(function, at):
    assert np.isfinite(function(at))
    assert np.isfinite(in_a_run(function, (np.full(3, at),), (3,))).all()


positive = st.floats(1e-6, 1e6)


def test_the_smooth_positive_part_is_near_the_sharp_one():
    value = np.array([-3.0, 0.0, 3.0])
    np.testing.assert_allclose(ops.smooth_positive_part(value, 1.0), [0.0486, 0.6931, 3.0486], atol=5e-5)
    np.testing.assert_allclose(ops.smooth_positive_part(value, 0.01), [0.0, 0.0069, 3.0], atol=5e-5)


@given(a=positive, b=positive)
def test_the_smooth_minimum_lies_just_below_the_minimum(a, b):
    result = float(ops.smooth_minimum(a, b))
    assert result == pytest.approx(float(ops.smooth_minimum(b, a)))
    assert 0.5 ** (1 / 8) * min(a, b) * (1 - 1e-12) <= result <= min(a, b)
    if max(a, b) >= 2 * min(a, b):
        assert result >= 0.999 * min(a, b)


@given(a=positive, b=positive, sharpness=st.floats(1, 200))
def test_the_softened_minimum_lies_just_below_the_minimum(a, b, sharpness):
    result = float(ops.softened_minimum(a, b, sharpness))
    assert result == pytest.approx(float(ops.softened_minimum(b, a, sharpness)))
    assert 0.5 ** (1 / sharpness) * min(a, b) * (1 - 1e-12) <= result <= min(a, b)
    assert float(ops.softened_minimum(a, b, 8.0)) == pytest.approx(float(ops.smooth_minimum(a, b)))


def test_the_softened_minimum_turns_into_the_sharp_one():
    """Depth of the corner and slopes beside it, for ever sharper corners: 1 below and 0 above the other value."""
    corner = [1 - float(ops.softened_minimum(1.0, 1.0, n)) for n in (8.0, 20.0, 1000.0)]
    np.testing.assert_allclose(corner, [0.083, 0.034, 0.0007], atol=5e-4)

    def slope(x, sharpness, step=1e-6):
        up, down = (float(ops.softened_minimum(x + h, 1.0, sharpness)) for h in (step, -step))
        return (up - down) / (2 * step)

    # d/dx (x^-n + 1)^(-1/n) = (1 + x^n)^(-1 - 1/n): 2^(-1 - 1/n) in the corner.
    for n in (2.0, 8.0, 20.0):
        assert slope(1.0, n) == pytest.approx(0.5 ** (1 + 1 / n), rel=1e-6)
    np.testing.assert_allclose([slope(0.9, n) for n in (8.0, 20.0, 200.0)], [0.6666, 0.8861, 1.0], atol=2e-3)
    np.testing.assert_allclose([slope(1.1, n) for n in (8.0, 20.0, 200.0)], [0.2753, 0.1150, 0.0], atol=2e-3)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: ops.softened_minimum(1 * units.unit("t"), 1 * units.unit("yr"), 20.0),
        lambda: ops.softened_minimum(1 * units.unit("t"), 1 * units.unit("t"), 20.0 * units.unit("t")),
    ],
)
def test_a_softened_minimum_of_other_dimensions_is_refused(wrong):
    with pytest.raises(pint.DimensionalityError):
        wrong()


@given(value=st.floats(-700, 700))
def test_the_logistic_is_symmetric_and_bounded(value):
    up, down = float(ops.logistic(value)), float(ops.logistic(-value))
    assert up + down == pytest.approx(1)
    assert 0 <= up <= 1
