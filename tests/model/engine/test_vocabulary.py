"""Conditions, inputs over time, tables, whole numbers and reductions: by hand, with units, and as expressions."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.engine import Axis, DeclarationError, Table, auxiliary, ops, units
from model.engine.checked_system import Input
from model.engine.expression import INPUT, Expression, Pool, below, numbers
from model.engine.tables import tables_of

from . import mini

YEARS = np.array([2000.0, 2000.5, 2001.0, 2001.5, 2002.0, 2003.0])
PRICE = Table((1.0, 2.0, 4.0), (10.0, 20.0, 0.0), "t", "florin", zh="价格", en="Price", source="a test")
LINE = Table(PRICE.x, PRICE.y, "t", "florin", "extrapolate")
STAIRS = Table(PRICE.x, PRICE.y, "t", "florin", "discrete")
AT = np.array([-1.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0])
GRID = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -6.0]])


@pytest.fixture(scope="module", autouse=True)
def _florins(tmp_path_factory):
    path = tmp_path_factory.mktemp("units") / "units.txt"
    path.write_text("florin = [test_money]\n", encoding="utf-8")
    units.load(path)


T = "yr"
CASES = {
    "where": (lambda a, b: ops.where((a > b) & ~(b == 2.0 * b / b), a, -b), [(AT, "t"), (AT[::-1], "t")], "t"),
    "step": (ops.step, [(YEARS, T), (3.0, "t"), (2001.0, T)], "t"),
    "ramp": (ops.ramp, [(YEARS, T), (2.0, "t/yr"), (2000.5, T), (2002.0, T)], "t"),
    "ramp_without_end": (ops.ramp, [(YEARS, T), (2.0, "t/yr"), (2001.0, T)], "t"),
    "pulse": (ops.pulse, [(YEARS, T), (3.0, "t"), (2000.5, T), (1.0, T)], "t"),
    "pulse_train": (ops.pulse, [(YEARS, T), (3.0, "t"), (2000.0, T), (0.5, T), (1.0, T), (2003.0, T)], "t"),
    "clamp": (lambda x: ops.lookup(x, PRICE), [(AT, "t")], "florin"),
    "extrapolate": (lambda x: ops.lookup(x, LINE), [(AT, "t")], "florin"),
    "discrete": (lambda x: ops.lookup(x, STAIRS), [(AT, "t")], "florin"),
    "integer": (ops.integer, [(np.array([-9.9, -0.5, 0.5, 2.0]), "1")], "1"),
    "rounded": (ops.rounded, [(np.array([-9.9, -0.5, 0.6, 2.5]), "1")], "1"),
    "quantum": (ops.quantum, [(np.array([-9.9, 7.0, 0.5]), "t"), (2.0, "t")], "t"),
    "modulo": (ops.modulo, [(np.array([-9.5, 7.0, 0.5]), "t"), (3.0, "t")], "t"),
    "total_of_columns": (ops.total, [(GRID, "t")], "t"),
    "total_of_rows": (lambda v: ops.total(v, axis=1), [(GRID, "t")], "t"),
    "smallest": (ops.smallest, [(GRID, "t")], "t"),
    "smallest_of_rows": (lambda v: ops.smallest(v, axis=1), [(GRID, "t")], "t"),
    "largest": (ops.largest, [(GRID, "t")], "t"),
    "largest_of_all": (lambda v: ops.largest(ops.largest(v)), [(GRID, "t")], "t"),
    "product": (ops.product, [(GRID, "1")], "1"),
    "product_of_rows": (lambda v: ops.product(v, axis=1), [(GRID, "1")], "1"),
}
EXPECTED = {
    "where": [-5, -4, -3, -2, 3, 4, 5],
    "step": [0, 0, 3, 3, 3, 3],
    "ramp": [0, 0, 1, 2, 3, 3],
    "ramp_without_end": [0, 0, 0, 1, 2, 4],
    "pulse": [0, 3, 3, 0, 0, 0],
    "pulse_train": [3, 0, 3, 0, 3, 0],
    "clamp": [10, 10, 15, 20, 10, 0, 0],
    "extrapolate": [-10, 10, 15, 20, 10, 0, -10],
    "discrete": [10, 10, 10, 20, 20, 0, 0],
    "integer": [-9, 0, 0, 2],
    "rounded": [-10, 0, 1, 2],
    "quantum": [-8, 6, 0],
    "modulo": [-0.5, 1, 0.5],
    "total_of_columns": [1.5, 2, -3],
    "total_of_rows": [2, -1.5],
    "smallest": [0.5, -2, -6],
    "smallest_of_rows": [-2, -6],
    "largest": [1, 4, 3],
    "largest_of_all": 4,
    "product": [0.5, -8, -18],
    "product_of_rows": [-6, -12],
}


@pytest.mark.parametrize("name", CASES)
def test_numbers(name):
    function, arguments, _ = CASES[name]
    np.testing.assert_allclose(function(*(value for value, _ in arguments)), EXPECTED[name], rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("name", CASES)
def test_quantities_have_the_unit_of_the_result(name):
    function, arguments, unit = CASES[name]
    result = function(*(value * units.unit(unit) for value, unit in arguments))
    assert result.units == units.unit(unit)
    np.testing.assert_allclose(result.magnitude, EXPECTED[name], rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("name", CASES)
def test_expressions_compute_the_same(name):
    function, arguments, _ = CASES[name]
    pool = Pool()
    values = {(INPUT, str(k)): np.asarray(value) for k, (value, _) in enumerate(arguments)}
    inputs = [pool.input(key, value.shape, 2) for key, value in values.items()]
    result = function(*inputs)
    assert isinstance(result, Expression)
    assert result.shape == np.shape(EXPECTED[name])
    np.testing.assert_allclose(_computed(result, values), EXPECTED[name], rtol=1e-14, atol=1e-14)


def _computed(root, inputs):
    """The value of an expression, operation by operation with numpy."""
    values = {}
    for e in below([root]):
        given = [values[a.id] for a in e.arguments]
        values[e.id] = {
            "constant": lambda e=e, given=given: numbers(e),
            "input": lambda e=e, given=given: inputs[e.attribute],
            "element": lambda e=e, given=given: given[0].ravel()[e.attribute],
            "stack": lambda e=e, given=given: np.array(given).reshape(e.shape),
            "sum": lambda e=e, given=given: np.sum(given[0]),
            "broadcast": lambda e=e, given=given: np.broadcast_to(given[0], e.shape),
        }.get(e.operation, lambda e=e, given=given: getattr(np, e.operation)(*given))()
    return values[root.id]


def test_a_function_over_time_reads_floats():
    assert float(ops.step(2001.0, 3.0, 2000)) == 3
    assert float(ops.pulse(2000.25, 3.0, 2000, 0.5)) == 3
    assert float(ops.ramp(2001.0, 3.0, 2000)) == 3
    assert float(ops.lookup(1.5, PRICE)) == 15
    assert float(ops.where(1.0 > 2.0, 3.0, 4.0)) == 4


def test_steps_of_a_tenth_are_not_missed():
    """30 pulses of two tenths, five tenths apart, in steps of a tenth: two steps each."""
    times = 2000 + np.arange(150) / 10
    train = ops.pulse(times, 1.0, 2000.0, 0.2, 0.5)
    np.testing.assert_array_equal(train.reshape(30, 5), np.tile([1, 1, 0, 0, 0], (30, 1)))
    np.testing.assert_array_equal(ops.step(times, 1.0, 2000 + 0.1 * 53).argmax(), 53)


@pytest.mark.parametrize("condition", [1.0, ~(2.0 > 1.0), np.array([1, 0])])
def test_a_condition_is_a_comparison(condition):
    with pytest.raises(TypeError, match="needs a comparison"):
        ops.where(condition, 1.0, 2.0)


tonne, year = units.unit("t"), units.unit("yr")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: ops.where(1 * tonne > 1 * year, 1.0, 2.0),
        lambda: ops.where(1 * tonne > 2 * tonne, 1 * tonne, 1 * year),
        lambda: ops.step(1 * year, 1.0, 1 * tonne),
        lambda: ops.step(1 * year, 1.0, 1.0),
        lambda: ops.pulse(1 * year, 1.0, 1 * year, 1 * year, 1 * tonne),
        lambda: ops.ramp(1 * year, 1.0, 1 * tonne),
        lambda: ops.lookup(1 * year, PRICE),
        lambda: ops.integer(1 * tonne),
        lambda: ops.modulo(1 * tonne, 1 * year),
        lambda: ops.quantum(1 * tonne, 1.0),
        lambda: ops.product(np.ones(2) * tonne),
    ],
)
def test_other_dimensions_are_refused(wrong):
    with pytest.raises(pint.DimensionalityError):
        wrong()


def _problems(unit, function, **inputs):
    function.__doc__ = "For a test."
    declared = auxiliary(unit, "果", "Result")(function)
    return units.check_units(mini.system_of(mini.parameters_of(**inputs), result=declared))


def test_the_unit_check_knows_tables_and_time():
    assert _problems("florin", lambda mass: ops.lookup(mass, PRICE), mass="t") == []
    assert _problems("t", lambda mass: ops.lookup(mass, PRICE), mass="t")[0].startswith("result (mini): declared 't'")
    assert "different scale" in _problems("florin", lambda mass: ops.lookup(mass, PRICE), mass="kg")[0]
    assert "Cannot convert" in _problems("florin", lambda mass: ops.lookup(mass, PRICE), mass="yr")[0]
    unknown = Table((1, 2), (1, 2), "furlongs_of_hay", "1")
    assert _problems("1", lambda mass: ops.lookup(mass, unknown), mass="t")[0].startswith(
        "result (mini): unit 'furlongs_of_hay' cannot be read"
    )
    assert _problems("t", lambda time, rise, begin: ops.ramp(time, rise, begin), rise="t/yr", begin="yr") == []
    assert _problems("t", lambda time, rise, begin: ops.ramp(time, rise, begin), rise="t", begin="yr")
    assert _problems("t", lambda a, b: ops.where(a > b, a, 0), a="t", b="t") == []
    assert _problems("t", lambda a, b: ops.where(a > b, a, 0), a="t", b="yr")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((1, 2), (1,), "t", "t"), "as many y as x, at least 2; got 2 x, 1 y"),
        (((1,), (1,), "t", "t"), "at least 2; got 1 x"),
        (((1, 3, 3), (1, 2, 3), "t", "t"), "x must rise strictly, but 3 follows 3"),
        (((1, 2), (1, np.nan), "t", "t"), "y must be finite"),
        (((1, np.inf), (1, 2), "t", "t"), "x must be finite"),
        (((1, "two"), (1, 2), "t", "t"), "x must be a list of numbers"),
        (((1, 2), (1, 2), "t", "t", "guess"), "beyond must be clamp, extrapolate, discrete, not 'guess'"),
    ],
)
def test_wrong_tables_are_refused(arguments, message):
    with pytest.raises(DeclarationError, match=f"Scarcity: .*{message}"):
        Table(*arguments, en="Scarcity")


def test_the_tables_of_an_equation_are_known():
    assert tables_of(lambda x: ops.lookup(x, PRICE) + ops.lookup(x, STAIRS)) == {"PRICE": PRICE, "STAIRS": STAIRS}
    assert tables_of(lambda x: x) == {}
    assert (*PRICE.label, PRICE.source) == ("价格", "Price", "a test")


def test_an_export_may_take_a_table_whole():
    class Exporting(Pool):
        def lookup(self, x, table):
            return self.make("lookup", (x,), table, x.shape)

    result = ops.lookup(Exporting().input((INPUT, "x"), (), 2), PRICE)
    assert (result.operation, result.attribute) == ("lookup", PRICE)


@given(
    points=st.lists(st.tuples(st.floats(0.01, 10), st.floats(-100, 100)), min_size=2, max_size=8),
    x=st.floats(-100, 200),
)
def test_a_clamped_table_is_linear_interpolation(points, x):
    xs = np.cumsum([step for step, _ in points])
    ys = [y for _, y in points]
    table = Table(xs, ys, "1", "1")
    assert float(ops.lookup(x, table)) == pytest.approx(np.interp(x, xs, ys), rel=1e-9, abs=1e-9)
    assert [float(ops.lookup(at, table)) for at in xs] == ys
    assert np.isnan(ops.lookup(np.nan, table))


@given(value=st.floats(-1e6, 1e6), base=st.floats(0.01, 100))
def test_quantum_and_modulo_add_up(value, base):
    rest = float(ops.modulo(value, base))
    assert float(ops.quantum(value, base)) + rest == pytest.approx(value, abs=1e-9)
    assert abs(rest) <= base * (1 + 1e-6)


def test_members_trail_behind_both_axes():
    members = np.stack([GRID, 2 * GRID], axis=-1)
    np.testing.assert_array_equal(ops.largest(members, axis=1), [[3, 6], [4, 8]])
    np.testing.assert_array_equal(ops.total(members), [[1.5, 3], [2, 4], [-3, -6]])


def test_two_axes_of_one_size_are_added_up_one_by_one():
    origin, target = Axis("origin", ("a", "b")), Axis("target", ("a", "b"))

    @auxiliary("t", "运量", "Trade", over=(origin, target))
    def trade(supply):
        """What goes from where to where, worked out from the supply of each."""
        return np.array([[1.0, 2.0], [3.0, 4.0]]) * supply

    @auxiliary("t", "到货", "Arrivals", over=target)
    def arrivals(trade):
        """By target."""
        return ops.total(trade)

    @auxiliary("t", "发货", "Departures", over=origin)
    def departures(trade):
        """By origin."""
        return ops.total(trade, axis=1)

    from model.engine.horizon import Horizon
    from model.engine.reference import run

    system = mini.system_of(
        [Input("supply", "parameter", "t", axis=target)],
        [origin, target],
        trade=trade,
        arrivals=arrivals,
        departures=departures,
    )
    assert units.check_units(system) == []
    results = run(system, Horizon(2000, 2000, 1), {"supply": np.array([1.0, 10.0])}, {})
    np.testing.assert_array_equal(results["arrivals"], [[4, 60]])
    np.testing.assert_array_equal(results["departures"], [[21, 43]])
