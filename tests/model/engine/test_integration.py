"""The integrator against scipy and itself."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.reference import differences, solve

from . import mini

FISHERY = mini.fishery()
HORIZON = Horizon(mini.START, mini.START + 3, 16, "rk4")


def test_the_reference_integrator_agrees_with_equations_written_by_hand():
    given = {"start_level": 1.0, "rate": 1.2, "capacity": 20.0}
    exact = solve_ivp(lambda _, x: 1.2 * x * (1 - x / 20), (0, 4), [1.0], t_eval=[1, 2, 3, 4], rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(solve(mini.logistic_growth(), given, {}, HORIZON)["level"], exact.y[0], rtol=1e-8)


def test_the_reference_integrator_reads_tables_as_documented():
    """A counter fed by a linear table: exact areas under the line through the middles of the years."""
    counter = mini.system_of(
        [mini.Input("arrivals", "driver", "t/yr", interpolation="linear")],
        entering=mini.flow("t/yr", "进入", "Entering")(_entering),
        entered=mini.level(["entering"], initial=0.0),
    )
    table = np.array([2.0, 6.0, 4.0, 4.0])
    areas = [2 / 2 + (2 + 4) / 4, (4 + 6) / 4 + (6 + 5) / 4, (5 + 4) / 4 + 4 / 2, 4]
    seen = solve(counter, {}, {"arrivals": table}, HORIZON)["entered"]
    np.testing.assert_allclose(seen, np.cumsum(areas), rtol=1e-9)
    assert _differences(counter, {}, {"arrivals": table}, HORIZON)["entered"] < 1e-12


def _differences(system, parameters, tables, horizon):
    """Differences between the engine and the reference."""
    simulated = compiled(system, horizon, system.stocks, True)(parameters, tables)
    return differences(simulated, system, parameters, tables, horizon)


def _entering(arrivals):
    """What arrives."""
    return arrivals


def test_rk4_agrees_with_scipy_on_a_nonlinear_system():
    fine = Horizon(mini.START, mini.START + 3, 128, "rk4")
    found = _differences(FISHERY, mini.FISHERY_PARAMETERS, mini.fishery_tables(), fine)
    assert set(found) == {"fish", "fleet"}
    assert max(found.values()) < 1e-8


def test_euler_comes_closer_to_scipy_as_the_step_shrinks():
    def worst(steps):
        horizon = Horizon(mini.START, mini.START + 3, steps)
        return max(_differences(FISHERY, mini.FISHERY_PARAMETERS, mini.fishery_tables(), horizon).values())

    coarse, fine = worst(16), worst(32)
    assert 1e-4 < fine < coarse < 0.05
    assert coarse / fine == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize("name", ["fertility", "skill", "lifetime", "quota", "demand", "room"])
def test_the_effect_of_a_small_change_is_in_proportion_to_the_change(name):
    """Central differences at two widths agree."""
    function = compiled(FISHERY, HORIZON, ("fleet", "catch"))
    inputs = {**mini.FISHERY_PARAMETERS, **mini.fishery_tables()}
    value = np.asarray(inputs[name], dtype=float)

    def outcome(changed):
        values = {**inputs, name: changed}
        tables = {n: values.pop(n) for n in ("quota", "demand")}
        results = function(values, tables)
        return results["fleet"][-1] + results["catch"].sum()

    def slopes(width):
        found = np.empty_like(value)
        for position in np.ndindex(value.shape):
            nudge = np.zeros_like(value)
            nudge[position] = width * value[position]
            found[position] = (outcome(value + nudge) - outcome(value - nudge)) / (2 * nudge[position])
        return found

    assert np.abs(slopes(1e-5)).max() > 0
    np.testing.assert_allclose(slopes(1e-5), slopes(1e-4), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_members_of_a_batch_equal_single_runs(method):
    generator = np.random.default_rng(3)
    tables = mini.fishery_tables()
    changes = {
        "fertility": generator.uniform(0.4, 1.0, 5),
        "room": generator.uniform(40, 90, (5, 2)),
        "quota": tables["quota"] * generator.uniform(0.5, 1.5, (5, 1, 1)),
    }
    outputs = ("fish", "catch", "willingness")
    horizon = Horizon(HORIZON.start, HORIZON.end, HORIZON.steps, method)
    together = compiled_batch(FISHERY, horizon, tuple(changes), outputs)(changes, mini.FISHERY_PARAMETERS, tables)
    alone = compiled(FISHERY, horizon, outputs)
    for member in range(5):
        mine = {n: v[member] for n, v in changes.items()}
        parameters = {**mini.FISHERY_PARAMETERS, "fertility": mine["fertility"], "room": mine["room"]}
        single = alone(parameters, {**tables, "quota": mine["quota"]})
        for name in outputs:
            np.testing.assert_allclose(together[name][member], single[name], rtol=1e-12)
    assert np.ptp(together["willingness"][:, -1]) > 0


def test_a_subset_of_outputs_has_the_values_of_a_full_run():
    full = compiled(FISHERY, HORIZON)(mini.FISHERY_PARAMETERS, mini.fishery_tables())
    part = compiled(FISHERY, HORIZON, ("willingness",))(mini.FISHERY_PARAMETERS, mini.fishery_tables())
    assert list(part) == ["willingness"]
    np.testing.assert_allclose(part["willingness"], full["willingness"], rtol=1e-12)
    assert set(full) == set(FISHERY.variables)


def test_a_compiled_run_is_kept_for_reuse():
    assert compiled(FISHERY, HORIZON) is compiled(FISHERY, Horizon(mini.START, mini.START + 3, 16, "rk4"))


def test_results_are_in_double_precision():
    results = compiled(FISHERY, HORIZON)(mini.FISHERY_PARAMETERS, mini.fishery_tables())
    assert {str(v.dtype) for v in results.values()} == {"float64"}
