"""Smooths and material delays of any order, and fixed delays: by hand, by closed solutions, and refused."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.engine import Axis, DeclarationError, auxiliary, delay, delay3, fixed_delay, flow, graph, smooth, units
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import ramp
from model.engine.reference import run, solve

from . import mini

LABELS = ("t", "果", "Result", "For a test.")
RATE = ("t/yr", "果", "Result", "For a test.")
PULSE = {"arrivals": np.array([8.0, 0.0, 0.0, 0.0])}
SITE = mini.SITE


@auxiliary("t", "输入", "Input")
def signal(time, slope, begin):
    """Rises from the start."""
    return ramp(time, slope, begin)


@flow("t/yr", "进入", "Entering")
def entering(arrivals):
    """What arrives."""
    return arrivals


SIGNAL = mini.parameters_of(slope="t/yr", begin="yr", lag="yr", before="t")
GIVEN = {"slope": 4.0, "begin": 2000.0, "lag": 0.5, "before": -1.0}


def _late(run, lag=0.5, method="euler", steps=4, years=2, every_step=True, **arguments):
    """A ramp of 1 t a quarter, and late, its fixed delay."""
    system = mini.system_of(SIGNAL, signal=signal, late=fixed_delay(*LABELS, of="signal", time="lag", **arguments))
    horizon = Horizon(2000, 2000 + years - 1, steps, method)
    return run(system, horizon, {**GIVEN, "lag": lag}, {}, every_step=every_step)


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_fixed_delay_is_the_value_some_steps_ago(run_model, method):
    assert _late(run_model, method=method)["late"].tolist() == [0, 0, 0, 1, 2, 3, 4, 5]
    assert _late(run_model, method=method, initial="before")["late"].tolist() == [-1, -1, 0, 1, 2, 3, 4, 5]
    assert _late(run_model, method=method, initial=7.0)["late"].tolist() == [7, 7, 0, 1, 2, 3, 4, 5]


def test_a_fixed_delay_takes_whole_steps_and_at_least_one(run_model):
    assert _late(run_model, lag=0.6)["late"].tolist() == _late(run_model, lag=0.5)["late"].tolist()
    assert _late(run_model, lag=0.7)["late"].tolist() == [0, 0, 0, 0, 1, 2, 3, 4]
    assert _late(run_model, lag=0.0)["late"].tolist() == [0, 0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_fixed_delay_by_year_is_the_mean_of_its_steps(run_model, method):
    means = [(0 + 0 + 0 + 1) / 4, (2 + 3 + 4 + 5) / 4]
    np.testing.assert_allclose(_late(run_model, every_step=False, method=method)["late"], means)


def test_a_fixed_delay_longer_than_the_run_keeps_its_initial_value(run_model):
    assert _late(run_model, lag=9.0, initial=3.0)["late"].tolist() == [3] * 8


def test_the_delay_time_may_differ_by_entry_and_by_member():
    inputs = [Input("lag", "parameter", "yr", axis=SITE), Input("arrivals", "driver", "t/yr")]
    late = fixed_delay(*RATE, of="entering", time="lag", initial=0.0, over=SITE)
    system = mini.system_of(inputs, [SITE], entering=entering, late=late)
    lags = np.array([[1.0, 2.0], [3.0, 1.0]])
    table = {"arrivals": np.array([5.0, 6.0, 7.0, 8.0])}
    seen = run(system, Horizon(2000, 2003, 1), {"lag": lags}, table, every_step=True, members=2)["late"]
    np.testing.assert_array_equal(seen[0], [[0, 0], [5, 0], [6, 0], [7, 5]])
    np.testing.assert_array_equal(seen[1], [[0, 0], [0, 5], [5, 6], [6, 7]])


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_fixed_delay_conserves_what_flows_through_it(run_model, method):
    """8 t/yr in the first year leave in the third; constant within steps, RK4 moves what Euler moves."""
    system = mini.system_of(
        [Input("arrivals", "driver", "t/yr"), *mini.parameters_of(lag="yr")],
        entering=entering,
        leaving=fixed_delay(*RATE, of="entering", time="lag", initial=0.0),
        inside=mini.level(["entering"], ["leaving"], initial=0.0),
    )
    seen = run_model(system, Horizon(2000, 2003, 4, method), {"lag": 2.0}, PULSE)
    np.testing.assert_allclose(seen["inside"], [8, 8, 0, 0], atol=1e-14)
    np.testing.assert_allclose(seen["leaving"], [0, 0, 8, 0], atol=1e-14)


def test_a_fixed_delay_breaks_a_loop_and_may_follow_another(run_model):
    """Fibonacci's numbers: each is the sum of the two before."""

    @auxiliary("t", "和", "Sum")
    def both(one, two):
        """The two before."""
        return one + two

    pair = {
        "one": fixed_delay(*LABELS, of="both", time="step", initial=1.0),
        "two": fixed_delay(*LABELS, of="one", time="step", initial=0.0),
    }
    system = mini.system_of(mini.parameters_of(step="yr"), both=both, **pair)
    seen = run_model(system, Horizon(2000, 2007, 1), {"step": 1.0}, {}, every_step=True)
    assert seen["both"].tolist() == [1, 2, 3, 5, 8, 13, 21, 34]
    assert system.delayed == ("one", "two")
    assert system.order == ("both",)
    assert [loop.stocks for loop in graph.feedback_loops(system)] == [("one",), ("one", "two")]


def test_a_loop_through_the_start_of_a_fixed_delay_is_refused():
    @auxiliary("t", "回", "Echo")
    def echo(late):
        """Depends on its own start."""
        return 2 * late

    late = fixed_delay(*LABELS, of="echo", time="lag")
    with pytest.raises(DeclarationError, match="while starting the stocks: give an `initial`"):
        mini.system_of(mini.parameters_of(lag="yr"), echo=echo, late=late)


def test_a_fixed_delay_of_unknown_causes_is_refused():
    with pytest.raises(DeclarationError, match=r"late \(mini\): unknown cause 'sgnal'; did you mean signal"):
        mini.system_of(SIGNAL, signal=signal, late=fixed_delay(*LABELS, of="sgnal", time="lag"))
    with pytest.raises(DeclarationError, match=r"late \(mini\): unknown initial 'befor'; did you mean before"):
        mini.system_of(SIGNAL, signal=signal, late=fixed_delay(*LABELS, of="signal", time="lag", initial="befor"))
    by_site = Input("by_site", "parameter", "t", axis=SITE)
    with pytest.raises(DeclarationError, match=r"late .*over no axis, but by_site is over site \(2\); give the delay"):
        mini.system_of([by_site, *SIGNAL], [SITE], late=fixed_delay(*LABELS, of="by_site", time="lag"))


@pytest.mark.parametrize(
    ("unit", "arguments", "named"),
    [
        ("kg", {"of": "signal", "time": "lag", "initial": 0.0}, "signal in 't'"),
        ("t", {"of": "signal", "time": "before"}, "before in 't'"),
        ("t", {"of": "signal", "time": "lag", "initial": "begin"}, "begin in 'yr'"),
    ],
)
def test_a_fixed_delay_of_another_unit_is_refused(unit, arguments, named):
    system = mini.system_of(SIGNAL, signal=signal, late=fixed_delay(unit, *LABELS[1:], **arguments))
    problems = units.check_units(system)
    assert len(problems) == 1
    assert re.match(rf"late \(mini\): unit '{unit}' does not fit {named}; a fixed delay has the unit of", problems[0])


def test_the_adaptive_solver_refuses_fixed_delays():
    system = mini.system_of(SIGNAL, signal=signal, late=fixed_delay(*LABELS, of="signal", time="lag"))
    with pytest.raises(DeclarationError, match="late: a fixed delay counts steps"):
        solve(system, GIVEN, {}, Horizon(2000, 2001))


def test_a_fixed_delay_in_the_causal_graph():
    system = mini.system_of(SIGNAL, signal=signal, late=fixed_delay(*LABELS, of="signal", time="lag", initial="before"))
    assert units.check_units(system) == []
    assert graph.causes(system, "late") == ("signal", "lag", "before")
    assert graph.equation_text(system, "late") == "fixed_delay(signal, lag, before)"
    signs = graph.link_signs(system, GIVEN, {}, 2001.0)
    assert (signs["signal", "late"], signs["lag", "late"], signs["slope", "signal"]) == (1, 0, 1)
    with pytest.raises(DeclarationError, match="late: a variable of kind delayed has no equation"):
        _ = system.variables["late"].equation


def _delayed(run, make, order, steps=256, method="rk4", **parameters):
    """A delay or smooth of the driver `arrivals`, a constant 5."""
    declared = make(*RATE, of="entering", time="lag", initial="first", order=order)
    inputs = [Input("arrivals", "driver", "t/yr"), *mini.parameters_of(lag="yr", first="t/yr")]
    system = mini.system_of(inputs, entering=entering, result=declared)
    assert units.check_units(system) == []
    horizon = Horizon(2000, 2003, steps, method)
    return run(system, horizon, parameters, {"arrivals": np.full(4, 5.0)}, ["result"], every_step=True)["result"]


@pytest.mark.parametrize("make", [delay, smooth])
@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_delays_and_smooths_answer_a_step_like_an_erlang_distribution(run_model, make, order):
    x = order * mini.elapsed(steps=256) / 2.0
    rest = np.exp(-x) * sum(x**k / np.prod(np.arange(1.0, k + 1)) for k in range(order))
    np.testing.assert_allclose(_delayed(run_model, make, order, lag=2.0, first=0.0), 5 * (1 - rest), atol=1e-7)


@settings(max_examples=20, deadline=None)
@given(order=st.integers(1, 8), lag=st.floats(0.5, 5), first=st.floats(0, 10))
def test_a_delay_of_any_order_starts_at_its_initial_value(run_model, order, lag, first):
    for make in (delay, smooth):
        seen = _delayed(run_model, make, order, steps=8, method="euler", lag=lag, first=first)
        assert seen[0] == pytest.approx(first)


def test_orders_one_and_three_have_the_names_they_always_had():
    third = [v.name for v in delay3(*RATE, of="x", time="t").bind("out", "mini")]
    assert third == [v.name for v in delay(*RATE, of="x", time="t", order=3).bind("out", "mini")]
    expected = ["out_initial_content"]
    expected += ["out_stage_1", "out_leaving_1", "out_stage_2", "out_leaving_2", "out_stage_3", "out"]
    assert third == expected
    assert [v.name for v in smooth(*LABELS, of="x", time="t").bind("late", "mini")] == ["late", "late_adjustment"]
    chain = smooth(*LABELS, of="x", time="t", order=2).bind("late", "mini")
    assert [(v.name, v.generated) for v in chain] == [
        ("late_level_1", True),
        ("late_level_1_adjustment", True),
        ("late", False),
        ("late_adjustment", True),
    ]


def test_the_text_of_a_delay_has_its_order_as_a_number():
    out = delay(*RATE, of="entering", time="lag", order=3)
    late = smooth(*RATE, of="entering", time="lag", order=2)
    inputs = [Input("arrivals", "driver", "t/yr"), *mini.parameters_of(lag="yr")]
    system = mini.system_of(inputs, entering=entering, out=out, late=late)
    assert graph.equation_text(system, "out") == "return out_stage_3 * 3 / lag"
    assert graph.equation_text(system, "late_adjustment") == "return (late_level_1 - late) * 2 / lag"


@pytest.mark.parametrize("order", [0, -1, 2.0, True])
@pytest.mark.parametrize("make", [delay, smooth])
def test_an_order_that_makes_no_sense_is_refused(make, order):
    with pytest.raises(DeclarationError, match="out: the order must be a whole number from 1"):
        make(*RATE, of="x", time="t", order=order).bind("out", "mini")


def test_a_smooth_may_start_at_a_number():
    system = mini.system_of(SIGNAL, signal=signal, late=smooth(*LABELS, of="signal", time="lag", initial=0.0))
    assert system.variables["late"].initial == 0.0


def test_axis_objects_of_delays_reach_every_stage():
    axis = Axis("site", ("a", "b"))
    for make in (delay, smooth):
        assert {v.axes for v in make(*RATE, of="x", time="t", order=4, over=axis).bind("out", "mini")} == {(axis,)}
