"""Running piece by piece: the same as running at once, unless a flow is decided outside."""

import numpy as np
import pytest

from model import shipped_scenarios
from model.engine import DeclarationError
from model.engine.advance import Advance
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.scenario import inputs_of
from model.system import system

HORIZON = Horizon(2010, 2012, 24)
WATCHED = ("renovation_starts", "closure_order", "conventional_capacity")


@pytest.fixture(scope="module")
def given():
    return inputs_of(shipped_scenarios()["as_happened"], HORIZON.path_years)


def test_pieces_add_up_to_the_whole_run(given):
    run = Advance(system(), HORIZON, *given, (), WATCHED, 2)
    assert run.pieces == 36
    for _ in range(run.pieces):
        run.advance({})
    assert run.time == pytest.approx(2013)
    names = (*system().stocks, "crude_steel_output", "sector_va_growth", "energy_consumption_industry", "public_cost")
    whole = compiled(system(), HORIZON, names)(*given)
    for name, values in run.results(names).items():
        assert values == pytest.approx(whole[name], rel=1e-9, abs=1e-9, nan_ok=True), name


def test_a_flow_decided_outside_is_what_the_stocks_get(given):
    run = Advance(system(), HORIZON, *given, ("closure_order",), WATCHED, 2)
    wished = run.look()["closure_order"]
    assert wished.sum() > 0
    for _ in range(run.pieces):
        run.advance({"closure_order": np.zeros_like(wished)})
    result = run.results(("closure", "steel_capacity_cut", "cumulative_closure"))
    assert result["closure"] == pytest.approx(0, abs=1e-12)
    assert result["cumulative_closure"] == pytest.approx(0, abs=1e-12)


def test_looking_ahead_moves_levers_and_drivers_but_not_stocks(given):
    run = Advance(system(), HORIZON, *given, (), WATCHED, 2)
    now, soon, end = run.look(), run.look(24), run.look(10**6)
    assert now["conventional_capacity"] == pytest.approx(soon["conventional_capacity"])
    planned = given[1]["capacity_closure"]
    assert soon["closure_order"][0] / now["closure_order"][0] == pytest.approx(planned[2, 0] / planned[0, 0])
    assert end["closure_order"] == pytest.approx(run.look(35)["closure_order"])


def test_what_does_not_fit_is_refused(given):
    with pytest.raises(DeclarationError, match="no variable"):
        Advance(system(), HORIZON, *given, ("closure_orders",), WATCHED, 2)
    with pytest.raises(ValueError, match="pieces of 5 steps"):
        Advance(system(), HORIZON, *given, (), WATCHED, 5)
    with pytest.raises(ValueError, match="not complete"):
        Advance(system(), HORIZON, *given, (), WATCHED, 2).results()
