"""Small systems in Simlin against the numpy reference."""

import numpy as np
import pytest

from model.engine import Axis, auxiliary, delay, fixed_delay, flow
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import element, lookup, pulse, ramp, rounded, stack, step, total
from model.engine.tables import Table

from ..mini import FISHERY_PARAMETERS, SITE, fishery, fishery_tables, level, parameters_of, system_of
from .support import HORIZON, SPACES, differences, equation, exported

KIND = Axis("kind", ("small", "large", "very_large"))
SMALL = 1e-12


def worst(*arguments):
    """The largest of the differences."""
    return max(differences(*arguments).values())


def test_axis_lever_and_driver(tmp_path):
    assert worst(fishery(), HORIZON, FISHERY_PARAMETERS, fishery_tables(5), tmp_path) < SMALL


def test_steps_that_are_no_binary_fractions(tmp_path):
    horizon = Horizon(2000, 2003, 10)
    assert worst(fishery(), horizon, FISHERY_PARAMETERS, fishery_tables(5), tmp_path) < 1e-9


def test_runge_kutta_where_no_lever_jumps(tmp_path):
    horizon, tables = Horizon(2000, 2003, 8, "rk4"), fishery_tables(5)
    tables["quota"] = np.broadcast_to([12.0, 9.0], (5, 2))
    assert worst(fishery(), horizon, FISHERY_PARAMETERS, tables, tmp_path) < SMALL


def two_axes():
    """Ponds of three kinds at two sites; an inflow without axes reaches every pond."""
    over = (SITE, KIND)

    @flow("t/yr", "降雨", "Rain")
    def rain(wetness):
        """The same everywhere."""
        return wetness

    @flow("t/yr", "渗漏", "Leak", over=over)
    def leak(water, depth, leak_rate):
        """Deep ponds leak less; the depth belongs to the kind."""
        return water * leak_rate / depth

    @auxiliary("t", "各类水量", "Water by kind", over=KIND)
    def by_kind(water):
        """Sum over sites."""
        return total(water)

    @auxiliary("t", "各地水量", "Water by site", over=SITE)
    def by_site(water):
        """Sum over kinds."""
        return total(water, axis=1)

    @auxiliary("t", "北部水量", "Water in the north", over=KIND)
    def northern(water):
        """One row."""
        return element(water, SITE, "north")

    @auxiliary("t", "表", "Table", over=over)
    def compared(by_site, by_kind):
        """Two rows that differ in form."""
        return stack(SITE, north=by_kind, south=2 * by_kind) + total(by_site)

    inputs = [*parameters_of(wetness="t/yr", leak_rate="1/yr", first="t"), Input("depth", "parameter", "1", axis=KIND)]
    water = level(["rain"], ["leak"], initial="first", over=over)
    declared = dict(rain=rain, leak=leak, by_kind=by_kind, by_site=by_site, northern=northern, compared=compared)
    return system_of(inputs, [SITE, KIND], water=water, **declared)


TWO_AXES = {"wetness": 2.0, "leak_rate": 0.5, "first": 3.0, "depth": np.array([1.0, 2.0, 4.0])}


def test_two_axes(tmp_path):
    assert worst(two_axes(), HORIZON, TWO_AXES, {}, tmp_path) < SMALL


def test_equations_over_two_axes():
    root = exported(two_axes(), HORIZON, TWO_AXES)
    assert equation(root, "leak") == "water[site, kind]*leak_rate/depth[kind]"
    assert equation(root, "by_kind")["very large"] == "water[north, very_large] + water[south, very_large]"
    assert equation(root, "by_site")["south"] == "water[south, small] + water[south, large] + water[south, very_large]"
    assert equation(root, "compared")["south, small"].startswith("2*by_kind[small] + (by_site[north] +")
    assert equation(root, "water") == "first"
    assert equation(root, "rain_of_water") == "rain"


def test_a_flow_that_leaves_one_stock_and_fills_another_is_one_flow_but_two_stocks_need_two(tmp_path):
    @flow("t/yr", "转移", "Transfer")
    def transfer(source, rate):
        """From one to two others."""
        return source * rate

    inputs = parameters_of(rate="1/yr", start_level="t")
    system = system_of(
        inputs,
        transfer=transfer,
        source=level([], ["transfer"]),
        goal=level(["transfer"], initial=0.0),
        copy=level(["transfer"], initial=1.0),
    )
    numbers = {"rate": 0.3, "start_level": 10.0}
    assert worst(system, HORIZON, numbers, {}, tmp_path) < SMALL
    root = exported(system, HORIZON, numbers)
    stocks = root.findall(".//variables/stock", SPACES)
    flows = {stock.get("name"): [f.text for f in stock.findall("inflow", SPACES)] for stock in stocks}
    assert flows == {"source": [], "goal": ["transfer"], "copy": ["transfer_of_copy"]}


def test_delays_lookups_and_input_functions(tmp_path):
    leaving = delay("t/yr", "离开", "Leaving", "What has passed.", of="entering", time="transit", order=2)
    late = fixed_delay("t/yr", "滞后", "Late", "What entered then.", of="entering", time="transit", initial=1.5)
    table = Table((0.0, 2.0, 5.0), (1.0, 4.0, 3.0), "t/yr", "t/yr")

    @flow("t/yr", "进入", "Entering")
    def entering(time, first, amount, slope):
        """A pulse, a ramp and a step."""
        rising = ramp(time, slope, first, first + 1)
        return step(time, amount * 3, first) + rising + pulse(time, amount, first + 1, 0.5, 1.0)

    @auxiliary("t/yr", "查表", "Looked up")
    def looked_up(entering):
        """By a table."""
        return lookup(entering, table)

    @auxiliary("1", "取整", "Rounded")
    def whole(looked_up, unit_rate):
        """Halves to the even neighbour."""
        return rounded(looked_up / unit_rate)

    inputs = parameters_of(transit="yr", first="yr", amount="t/yr", slope="t/yr/yr", unit_rate="t/yr")
    declared = dict(entering=entering, leaving=leaving, late=late, looked_up=looked_up, whole=whole)
    system = system_of(inputs, **declared)
    numbers = {"transit": 1.25, "first": 2001.0, "amount": 1.5, "slope": 0.7, "unit_rate": 1.0}
    found = differences(system, HORIZON, numbers, {}, tmp_path)
    # Simlin takes the DELAY of XMILE, which is a fixed delay, for a first-order one.
    assert found.pop("late") > 0.1
    assert max(found.values()) < SMALL
    assert equation(exported(system, HORIZON, numbers), "late") == "DELAY(entering, transit, 1.5)"


@pytest.mark.parametrize("interpolation", ["step", "linear"])
def test_tables_are_graphical_functions(interpolation):
    @auxiliary("1", "值", "Value")
    def value(path):
        """The table itself."""
        return path

    system = system_of([Input("path", "lever", "1", interpolation=interpolation)], value=value)
    root = exported(system, Horizon(2000, 2001, 8), {"path": np.array([1.0, 3.0, 2.5])})
    graph = root.find(".//aux[@name='path']/gf", SPACES)
    assert graph.find("xscale", SPACES) is None  # PySD takes it for the places of the points
    points = {tag: graph.find(f"{tag}pts", SPACES).text for tag in "xy"}
    # Constant to a quarter of a step before the end of the year, or straight between the middles of years.
    steps = "2000,2000.96875,2001,2001.96875,2002,2002.96875", "1,1,3,3,2.5,2.5"
    lines = "2000.5,2001.5,2002.5", "1,3,2.5"
    assert tuple(points.values()) == (steps if interpolation == "step" else lines)
