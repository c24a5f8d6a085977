"""The numpy reference against sums worked by hand, closed solutions and scipy."""

import numpy as np
import pytest

from model.engine import annual, auxiliary, flow
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import over_year, previous_year
from model.engine.reference import differences, run, solve

from . import mini

FISHERY = mini.fishery()
EULER = Horizon(mini.START, mini.START + 1, 2)


def test_two_years_of_euler_by_hand():
    """10 t growing by 20 % a year in half-year steps: 10, 11, 12.1, 13.31, 14.641."""
    given = {"start_level": 10.0, "rate": 0.2}
    steps = run(mini.exponential(), EULER, given, {}, every_step=True)
    np.testing.assert_allclose(steps["level"], [10, 11, 12.1, 13.31], rtol=1e-14)
    np.testing.assert_allclose(steps["growth"], [2, 2.2, 2.42, 2.662], rtol=1e-14)
    yearly = run(mini.exponential(), EULER, given, {})
    np.testing.assert_allclose(yearly["level"], [12.1, 14.641], rtol=1e-14)
    np.testing.assert_allclose(yearly["growth"], [2.1, 2.541], rtol=1e-14)


def test_one_step_of_rk4_by_hand():
    """A year at rate 1 multiplies by 1 + 1 + 1/2 + 1/6 + 1/24."""
    horizon = Horizon(mini.START, mini.START, 1, "rk4")
    yearly = run(mini.exponential(), horizon, {"start_level": 24.0, "rate": 1.0}, {})
    assert yearly["level"] == pytest.approx([65.0], rel=1e-14)
    assert yearly["growth"] == pytest.approx([(24 + 65) / 2], rel=1e-14)


def _driven(interpolation):
    """What arrives, its share of ten, and what it adds up to in a year and adds to the year before."""

    @flow("t/yr", "进入", "Entering")
    def entering(arrivals):
        """What arrives."""
        return arrivals

    @auxiliary("t/yr", "一成", "Tenth")
    def tenth(arrivals):
        """A tenth of it."""
        return arrivals / 10

    @annual("t", "年增", "Rise")
    def rise(entering):
        """More than in the year before."""
        return over_year(entering - previous_year(entering))

    return mini.system_of(
        [Input("arrivals", "driver", "t/yr", interpolation=interpolation)],
        entering=entering,
        tenth=tenth,
        rise=rise,
        entered=mini.level(["entering"], initial=0.0),
    )


def test_levers_at_the_end_of_a_year_hold_in_steps_and_move_on_in_lines():
    """Closing values: a step table keeps the value of its year; a line has come half way to the next year's."""
    table = {"arrivals": np.array([2.0, 6.0, 4.0])}
    step = run(_driven("step"), EULER, {}, table)
    np.testing.assert_allclose(step["entering"], [2, 6])
    np.testing.assert_allclose(step["tenth"], [0.2, 0.6])
    np.testing.assert_allclose(step["entered"], [2, 8])
    np.testing.assert_array_equal(step["rise"], [np.nan, 4])
    line = run(_driven("linear"), EULER, {}, table)
    np.testing.assert_allclose(line["entering"], [(2 + 2) / 2, (4 + 6) / 2])
    np.testing.assert_allclose(line["tenth"], [(2 / 2 + 2 + 4 / 2) / 20, (4 / 2 + 6 + 5 / 2) / 20])
    np.testing.assert_array_equal(line["rise"], [np.nan, 3])


def test_members_together_are_the_runs_alone():
    generator = np.random.default_rng(3)
    tables = mini.fishery_tables()
    changes = {
        "fertility": generator.uniform(0.4, 1.0, 5),
        "room": generator.uniform(40, 90, (2, 5)),
        "quota": tables["quota"][..., None] * generator.uniform(0.5, 1.5, 5),
    }
    horizon = Horizon(mini.START, mini.START + 3, 8, "rk4")
    given = {**mini.FISHERY_PARAMETERS, **{n: changes[n] for n in ("fertility", "room")}}
    together = run(FISHERY, horizon, given, {**tables, "quota": changes["quota"]}, members=5)
    assert set(together) == set(FISHERY.variables)
    for member in range(5):
        mine = {n: v[..., member] for n, v in changes.items()}
        parameters = {**mini.FISHERY_PARAMETERS, "fertility": mine["fertility"], "room": mine["room"]}
        alone = run(FISHERY, horizon, parameters, {**tables, "quota": mine["quota"]})
        for name, values in alone.items():
            np.testing.assert_allclose(together[name][member], values, rtol=1e-12)
    assert np.ptp(together["willingness"][:, -1]) > 0


def test_members_have_annual_statistics():
    table = np.array([[1.0, 2.0], [2.0, 5.0]])
    yearly = run(_driven("step"), EULER, {}, {"arrivals": table}, names=("rise",), members=2)
    np.testing.assert_array_equal(yearly["rise"], [[np.nan, 1], [np.nan, 3]])


def test_steps_leave_annual_statistics_out_and_names_choose():
    steps = run(_driven("step"), EULER, {}, {"arrivals": np.ones(2)}, ("rise", "tenth"), every_step=True)
    assert list(steps) == ["tenth"]
    assert steps["tenth"].shape == (4,)


def test_fixed_steps_come_close_to_the_adaptive_solver():
    horizon = Horizon(mini.START, mini.START + 3, 128, "rk4")
    given = mini.FISHERY_PARAMETERS, mini.fishery_tables()
    simulated = run(FISHERY, horizon, *given, names=FISHERY.stocks, every_step=True)
    found = differences(simulated, FISHERY, *given, horizon)
    assert set(found) == {"fish", "fleet"}
    assert max(found.values()) < 1e-8


def test_the_adaptive_solver_knows_the_closed_solution():
    horizon = Horizon(mini.START, mini.START + 3, 16)
    level = solve(mini.exponential(), {"start_level": 3.0, "rate": 0.4}, {}, horizon)["level"]
    np.testing.assert_allclose(level, 3 * np.exp(0.4 * np.arange(1, 5)), rtol=1e-9)
