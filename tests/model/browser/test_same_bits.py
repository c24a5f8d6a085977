"""Runs in Chromium equal those in Python bit for bit."""

import numpy as np
import pytest

from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.inputs import levers
from model.scenario import inputs_of
from model.system import system
from tests.model.engine import mini

from .support import ECHO_PARAMETERS, FISHERY, SCENARIOS, YEARS, assert_same_bits, echo, in_page, in_python


def test_to_2035_by_year(page):
    found = in_page(page, "as_happened")
    assert len(found) == len(system().variables)
    assert found["crude_steel_output"].shape == (26,)
    assert_same_bits(found, in_python("as_happened"))


def test_to_2025_by_year(page):
    assert_same_bits(in_page(page, "document_implemented"), in_python("document_implemented"))


def test_by_runge_kutta_with_eight_steps(page):
    found = in_page(page, "green_first", {"steps": 8, "method": "rk4"})
    assert_same_bits(found, in_python("green_first", steps=8, method="rk4"))
    by_euler = in_page(page, "green_first", {"steps": 8})
    assert (found["crude_steel_output"] != by_euler["crude_steel_output"]).any()


def test_every_step(page):
    found = in_page(page, "document_implemented", {"everyStep": True})
    expected = in_python("document_implemented", every_step=True)
    assert found["steel_output"].shape == (16 * 16,)
    assert_same_bits(found, expected)
    assert {system().variables[name].kind for name in found} == {"stock", "flow", "auxiliary"}


@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("every_step", [False, True])
def test_tables_without_the_year_after_the_last(page, method, every_step):
    found = in_page(page, "small", {"steps": 4, "method": method, "everyStep": every_step}, folder="fishery")
    horizon = Horizon(mini.START, mini.START + YEARS - 1, 4, method)
    run = compiled(FISHERY, horizon, None, every_step)
    assert_same_bits(found, run(mini.FISHERY_PARAMETERS, mini.fishery_tables(YEARS)))


@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("every_step", [False, True])
def test_a_fixed_delay(page, method, every_step):
    found = in_page(page, "small", {"steps": 8, "method": method, "everyStep": every_step}, folder="echo")
    run = compiled(echo(), Horizon(mini.START, mini.START + YEARS - 1, 8, method), None, every_step)
    assert_same_bits(found, run(ECHO_PARAMETERS, {}))


def test_an_input_that_is_set_gives_what_a_fresh_run_gives(page):
    scenario = SCENARIOS["document_implemented"]
    _, tables = inputs_of(scenario, Horizon(2010, 2025).path_years)
    cap, closure = tables["output_cap"] - 40.0, tables["capacity_closure"] * 0.5
    assert levers()["capacity_closure"].axis is not None, "a table over branches"
    changes = {"output_cap": cap, "capacity_closure": closure, "idling_time": np.array(4.0)}
    found = in_page(page, "document_implemented", changes=changes.items())
    assert_same_bits(found, in_python("document_implemented", changes=changes))
    unchanged = in_python("document_implemented")
    assert (found["crude_steel_output"] != np.ravel(unchanged["crude_steel_output"])).any()


def test_an_input_that_is_set_back_leaves_no_trace(page):
    _, tables = inputs_of(SCENARIOS["document_implemented"], Horizon(2010, 2025).path_years)
    before, halved = tables["energy_efficiency"], tables["energy_efficiency"] / 2
    there_and_back = [("energy_efficiency", halved), ("energy_efficiency", before)]
    found = in_page(page, "document_implemented", changes=there_and_back)
    assert_same_bits(found, in_python("document_implemented"))
