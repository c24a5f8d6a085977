"""The integrator against solutions known in closed form."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.engine.horizon import Horizon

from . import mini

TIGHT = 1e-8
T = mini.elapsed()
PIPELINE = mini.pipeline()


def test_exponential_growth():
    seen = mini.run(mini.exponential(), start_level=3.0, rate=0.4)["level"]
    np.testing.assert_allclose(seen, 3.0 * np.exp(0.4 * T), rtol=TIGHT)


def test_goal_seeking_smooth():
    seen = mini.run(mini.goal_seeking(), goal=10.0, delay=1.5, belief=4.0)["perceived"]
    np.testing.assert_allclose(seen, 10.0 - 6.0 * np.exp(-T / 1.5), rtol=TIGHT)


def test_logistic_growth():
    seen = mini.run(mini.logistic_growth(), start_level=1.0, rate=1.2, capacity=20.0)["level"]
    np.testing.assert_allclose(seen, 20.0 / (1 + 19.0 * np.exp(-1.2 * T)), rtol=TIGHT)


def test_third_order_delay_answers_a_step_like_an_erlang_distribution():
    delay, rate = 2.0, 5.0
    tables = {"arrivals": np.full(4, rate)}
    seen = mini.run(PIPELINE, tables, steps=256, delay=delay, start_rate=0.0)["leaving"]
    x = 3 * mini.elapsed(steps=256) / delay
    np.testing.assert_allclose(seen, rate * (1 - np.exp(-x) * (1 + x + x**2 / 2)), rtol=TIGHT, atol=TIGHT)


def test_bass_diffusion():
    p, q, market = 0.03, 0.9, 1000.0
    seen = mini.run(mini.bass(), market=market, innovation=p, imitation=q)["adopters"]
    decay = np.exp(-(p + q) * T)
    np.testing.assert_allclose(seen, market * (1 - decay) / (1 + q / p * decay), rtol=TIGHT, atol=TIGHT)


def test_two_stock_oscillator_by_rk4():
    seen = mini.run(mini.oscillator(), start_level=2.0, frequency=3.0)
    np.testing.assert_allclose(seen["position"], 2.0 * np.cos(3.0 * T), atol=2e-6)
    np.testing.assert_allclose(seen["speed"], -2.0 * np.sin(3.0 * T), atol=2e-6)


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk4", 4)])
def test_the_error_falls_with_the_order_of_the_method(method, order):
    def error(steps):
        seen = mini.run(mini.oscillator(), steps=steps, method=method, start_level=1.0, frequency=1.0)["position"]
        return np.max(np.abs(seen - np.cos(mini.elapsed(steps=steps))))

    assert np.log2(error(32) / error(64)) == pytest.approx(order, abs=0.1)


@settings(max_examples=40, deadline=None)
@given(
    arrivals=st.lists(st.floats(0, 1e3), min_size=4, max_size=4),
    delay=st.floats(0.3, 20),
    start_rate=st.floats(0, 1e3),
    method=st.sampled_from(["euler", "rk4"]),
)
def test_a_delay_neither_makes_nor_loses_material(arrivals, delay, start_rate, method):
    seen = mini.run(
        PIPELINE, {"arrivals": np.array(arrivals)}, steps=16, method=method, delay=delay, start_rate=start_rate
    )
    inside = sum(seen[f"leaving_stage_{k}"] for k in (1, 2, 3))
    scale = 1 + inside[0] + seen["entered"][-1]
    np.testing.assert_allclose(inside[0], start_rate * delay, atol=1e-12 * scale)
    np.testing.assert_allclose(seen["entered"] - seen["left"], inside - inside[0], atol=1e-12 * scale)
    assert (seen["leaving"] >= 0).all()


def test_a_delay_in_balance_stays_there():
    seen = mini.run(PIPELINE, {"arrivals": np.full(4, 7.0)}, delay=1.3, start_rate=7.0)["leaving"]
    np.testing.assert_allclose(seen, 7.0, rtol=1e-12)


def test_years_are_means_of_flows_and_ends_of_stocks():
    system = mini.exponential()
    yearly = mini.run(system, every_step=False, steps=16, method="euler", start_level=1.0, rate=0.1)
    steps = mini.run(system, steps=16, method="euler", years=5, start_level=1.0, rate=0.1)
    np.testing.assert_allclose(yearly["growth"], steps["growth"][:64].reshape(4, 16).mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(yearly["level"], steps["level"][16::16][:4], rtol=1e-12)


def test_yearly_means_of_rk4_are_accurate_and_those_of_euler_add_up():
    exact = np.diff(np.exp(0.5 * np.arange(5)))
    given = {"every_step": False, "steps": 16, "start_level": 1.0, "rate": 0.5}
    fine = mini.run(mini.exponential(), method="rk4", **given)
    np.testing.assert_allclose(fine["growth"], exact, rtol=1e-4)
    coarse = mini.run(mini.exponential(), method="euler", **given)
    np.testing.assert_allclose(coarse["growth"], np.diff([1.0, *coarse["level"]]), rtol=1e-12)


def test_the_mean_of_a_year_stops_before_the_lever_of_the_next():
    seen = mini.run(PIPELINE, {"arrivals": np.array([1.0, 9.0, 0.0, 4.0])}, every_step=False, delay=1.0, start_rate=0.0)
    np.testing.assert_allclose(seen["entering"], [1.0, 9.0, 0.0, 4.0])


def test_step_tables_hold_through_the_year():
    weights = Horizon(2000, 2002, 4).weights("step", 0.5)
    np.testing.assert_array_equal(weights @ np.array([1.0, 5.0, 2.0]), np.repeat([1.0, 5.0, 2.0], 4))


def test_linear_tables_join_the_middles_of_the_years():
    horizon = Horizon(2000, 2002, 4)
    table = np.array([1.0, 5.0, 2.0])
    for offset in (0.0, 0.5, 1.0):
        moments = horizon.times + offset / 4
        expected = np.interp(moments, [2000.5, 2001.5, 2002.5], table)
        np.testing.assert_allclose(horizon.weights("linear", offset) @ table, expected)


@given(
    steps=st.integers(1, 24), years=st.integers(1, 12), offset=st.floats(0, 1), kind=st.sampled_from(["step", "linear"])
)
def test_weights_of_tables_are_averages(steps, years, offset, kind):
    weights = Horizon(2000, 1999 + years, steps).weights(kind, offset)
    assert weights.shape == (steps * years, years)
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((2005, 2001), "before start"), ((2000, 2001, 0), "at least 1"), ((2000, 2001, 4, "magic"), "euler or rk4")],
)
def test_a_horizon_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Horizon(*arguments)
