"""Wrong declarations and wrong inputs: the message names the variable and says what to do."""

import re
import types

import numpy as np
import pytest

from model.engine import Axis, DeclarationError, annual, auxiliary, delay3, flow, smooth, stock
from model.engine.checked_system import Input, System
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.ops import total
from model.engine.units import check_units

from . import mini
from .mini import SITE, level, parameters_of, system_of

RATE = Input("rate", "parameter", "t/yr")


def documented(function):
    """Give a helper equation its definition."""
    function.__doc__ = "Made for a test."
    return function


@documented
def filling(rate):
    return rate


def test_a_declared_equation_can_be_called():
    assert flow("t/yr", "流入", "Filling")(filling)(3.0) == 3.0


def test_a_stock_cannot_be_called():
    with pytest.raises(TypeError, match="call its flows"):
        level()(1.0)


def test_an_unknown_cause_is_named_with_what_was_meant():
    @flow("t/yr", "流入", "Filling")
    def filling(raet):
        """Filling."""
        return raet

    with pytest.raises(DeclarationError, match=r"filling \(mini\): unknown cause 'raet'; did you mean rate\?"):
        system_of([RATE], filling=filling)


@pytest.mark.parametrize(
    ("role", "declared"), [("flow", level(["fillign"], initial=0.0)), ("initial", level([], initial="rat"))]
)
def test_unknown_flows_and_initial_values_are_named(role, declared):
    with pytest.raises(DeclarationError, match=rf"level \(mini\): unknown {role} .* did you mean (filling|rate)\?"):
        system_of([RATE], filling=flow("t/yr", "流入", "Filling")(filling), level=declared)


@pytest.mark.parametrize("missing", ["unit", "zh", "en"])
def test_a_missing_unit_or_label_is_named(missing):
    texts = {"unit": "t/yr", "zh": "流入", "en": "Filling", missing: " "}
    with pytest.raises(DeclarationError, match=f"filling: {missing} is missing"):
        system_of([RATE], filling=flow(**texts)(filling))


def test_a_missing_docstring_is_named():
    def silent(rate):
        return rate

    with pytest.raises(DeclarationError, match="silent: docstring is missing"):
        system_of([RATE], silent=flow("t/yr", "流入", "Filling")(silent))


@pytest.mark.parametrize("make", [smooth, delay3])
def test_smooths_and_delays_need_their_texts(make):
    with pytest.raises(DeclarationError, match="late: docstring is missing"):
        system_of([RATE], late=make("t/yr", "迟", "Late", "", of="rate", time="rate"))


def test_an_argument_with_default_is_refused():
    @documented
    def filling(rate, factor=2):
        return rate * factor

    with pytest.raises(DeclarationError, match="filling: argument 'factor' must be a plain name"):
        system_of([RATE], filling=flow("t/yr", "流入", "Filling")(filling))


def test_an_algebraic_loop_is_written_out():
    @auxiliary("1", "甲", "A")
    def a(b):
        """A of b."""
        return b

    @auxiliary("1", "乙", "B")
    def b(a):
        """B of a."""
        return a

    with pytest.raises(DeclarationError, match=r"algebraic loop (a -> b -> a|b -> a -> b); put a stock"):
        system_of([], a=a, b=b)


def test_a_loop_through_initial_values_is_refused():
    @auxiliary("t", "起点", "Start")
    def start(level):
        """Depends on what it starts."""
        return level

    with pytest.raises(DeclarationError, match="while starting the stocks"):
        system_of([], start=start, level=level([], initial="start"))


def test_a_name_declared_twice_is_refused():
    declared = flow("t/yr", "流入", "Filling")(filling)
    with pytest.raises(DeclarationError, match="filling: declared twice"):
        System.from_declarations({("filling", "one"): declared, ("filling", "two"): declared}, [RATE], [])
    with pytest.raises(DeclarationError, match="rate: declared twice"):
        system_of([RATE], rate=declared)
    with pytest.raises(DeclarationError, match="rate: declared twice as an input"):
        system_of([RATE, RATE])


def test_a_flow_must_be_a_flow():
    with pytest.raises(DeclarationError, match="level: 'rate' is no flow; stocks change only through flows"):
        system_of([RATE], level=level(["rate"], initial=0.0))


def test_annual_statistics_serve_annual_statistics_only():
    @annual("t/yr", "年", "Yearly")
    def yearly(rate):
        """A statistic."""
        return rate

    @auxiliary("t/yr", "误", "Wrong")
    def wrong(yearly):
        """Uses a statistic at an instant."""
        return yearly

    with pytest.raises(DeclarationError, match="wrong: cause 'yearly' is an annual statistic"):
        system_of([RATE], yearly=yearly, wrong=wrong)


def test_axes_must_be_told_apart_by_name():
    with pytest.raises(DeclarationError, match="axes must differ in name, got site, site"):
        system_of([], [SITE, Axis("site", ("a", "b", "c"))])


@pytest.mark.parametrize("over", [Axis("season", ("wet", "dry")), (SITE, SITE)])
def test_a_variable_is_over_axes_of_the_system_each_once(over):
    declared = auxiliary("t/yr", "果", "Result", over=over)(filling)
    with pytest.raises(DeclarationError, match=r"result: over (season|site) .*; allowed: each of site \(2\) once"):
        system_of([RATE], [SITE], result=declared)


def test_an_unknown_axis_label_lists_those_there_are():
    with pytest.raises(DeclarationError, match="axis site: no element 'west'; it has north, south"):
        SITE.index("west")


def _first_year(system, **parameters):
    return compiled(system, Horizon(2000, 2000, 2))(parameters, {})


def test_arrays_that_do_not_fit_are_named():
    axes = [SITE, Axis("season", ("wet", "dry", "cold"))]
    inputs = [Input("by_site", "parameter", "1", axis=SITE), Input("by_season", "parameter", "1", axis=axes[1])]

    @auxiliary("1", "混", "Mix", over=SITE)
    def mix(by_site, by_season):
        """Multiplies what cannot be multiplied."""
        return by_site * by_season

    with pytest.raises(DeclarationError, match=r"mix \(mini\): .*by_site\(2,\), by_season\(3,\)"):
        _first_year(system_of(inputs, axes, mix=mix), by_site=np.ones(2), by_season=np.ones(3))


@pytest.mark.parametrize(
    ("over", "factor", "message"),
    [
        (None, np.ones(2), r"declared over no axis, but the equation gives an array of shape \(2,\)"),
        (SITE, 1.0, r"declared over site \(2\), but the equation gives an array of shape \(\)"),
        (SITE, np.ones(4), r"declared over site \(2\), but the equation gives an array of shape \(4,\)"),
    ],
)
def test_a_shape_that_is_not_the_declared_one_is_named_in_a_run_and_in_the_check(over, factor, message):
    @auxiliary("t/yr", "形", "Shape", over=over)
    def odd(rate):
        """Has another shape than is declared."""
        return rate * factor

    @flow("t/yr", "流入", "Filling")
    def filling(odd):
        """Makes the run need it."""
        return total(odd)

    system = system_of([RATE], [SITE], odd=odd, filling=filling, level=level(["filling"], initial=0.0))
    with pytest.raises(DeclarationError, match=rf"odd \(mini\): {message}; change `over=` or the equation"):
        compiled(system, Horizon(2000, 2000, 2), ("level",))({"rate": 1.0}, {})
    problems = [problem for problem in check_units(system) if problem.startswith("odd")]
    assert len(problems) == 1 and re.match(rf"odd \(mini\): {message}", problems[0])


def test_an_annual_statistic_of_another_shape_is_named():
    @annual("t/yr", "年", "Yearly")
    def yearly(by_site):
        """Forgets to add up."""
        return by_site

    system = system_of([Input("by_site", "driver", "t/yr", axis=SITE)], [SITE], yearly=yearly)
    with pytest.raises(DeclarationError, match=r"yearly \(mini\): declared over no axis.*shape \(2,\)"):
        compiled(system, Horizon(2000, 2002))({}, {"by_site": np.ones((3, 2))})
    assert "shape (2, 2) with (2,) behind it" in check_units(system)[0]


def test_an_annual_statistic_without_years_holds_in_every_year():
    @annual("t/yr", "年", "Yearly")
    def yearly(rate):
        """The same in all years."""
        return rate

    system = system_of([RATE], yearly=yearly)
    result = compiled(system, Horizon(2000, 2002))({"rate": 1.5}, {})
    np.testing.assert_array_equal(result["yearly"], [1.5, 1.5, 1.5])


def test_a_stock_over_no_axis_refuses_flows_and_initial_values_over_one():
    by_site = Input("by_site", "parameter", "t/yr", axis=SITE)

    @flow("t/yr", "流入", "Filling", over=SITE)
    def filling(by_site):
        """Over sites."""
        return by_site

    for name, given in {"filling": level(["filling"], initial=0.0), "by_site": level([], initial="by_site")}.items():
        expected = rf"level \(mini\): declared over no axis, but {name} is over site \(2\); give the stock `over=`"
        with pytest.raises(DeclarationError, match=expected):
            system_of([by_site], [SITE], filling=filling, level=given)


def test_chapters_are_modules_read_in_order():
    chapter = types.ModuleType("somewhere.pond")
    chapter.level = level(["filling"], initial=0.0)
    chapter.filling = flow("t/yr", "流入", "Filling")(filling)
    chapter.total = total
    system = System.from_chapters([chapter], [RATE], [])
    assert list(system.variables) == ["level", "filling"]
    assert {v.chapter for v in system.variables.values()} == {"pond"}
    assert system.stocks == ("level",)
    assert system.inputs_of("parameter") == ("rate",)


def test_a_delay_expands_into_three_stages():
    system = mini.pipeline()
    assert system.stocks == ("leaving_stage_1", "leaving_stage_2", "leaving_stage_3", "entered", "left")
    assert system.variables["leaving"].doc == "What has passed."
    assert not system.variables["leaving"].generated
    assert system.variables["leaving_leaving_1"].generated
    assert system.needed_for(["leaving"]) == ("leaving",)


def test_an_initial_value_is_a_number_or_a_name():
    assert float(_first_year(system_of([], level=level([], initial=2.5)))["level"][0]) == 2.5
    started = system_of(parameters_of(start_level="t"), level=level())
    assert float(_first_year(started, start_level=4.0)["level"][0]) == 4.0


def test_a_stock_needs_a_definition():
    with pytest.raises(DeclarationError, match="level: docstring is missing"):
        system_of([], level=stock("t", "存量", "Level", "", initial=0.0))
