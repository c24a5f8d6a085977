"""Targets with a chance: the reserve that draws ask for, on made-up searches and on the model."""

import itertools

import numpy as np
import pytest

from analysis.optimisation import reserve
from analysis.optimisation.finding import find, found_in_stages
from analysis.optimisation.question import read_wanted
from calibration.bands import model_errors
from calibration.differences import scenario_draws, target_table
from calibration.posterior import WINDOWS, load
from model.inputs import END
from model.scenario import shipped_scenarios

BASE = shipped_scenarios()["no_document"]
FEW = ["quality_and_brand", "capacity_closure", "technical_renovation_investment", "coordination"]
LEVERS = [*FEW, "capacity_discipline", "capacity_transfer_abroad"]
TARGET = "equipment_first_2020>=2"


def probability(scenario, target, goal):
    """The part of the draws in which the target holds, from the table that pages and `run --bands` use."""
    posterior = load(WINDOWS[-1])
    rows = target_table(scenario_draws(posterior, scenario, END), model_errors(posterior)).set_index("target")
    assert rows.loc[target, "wanted"] == goal
    return rows.loc[target, "probability"]


@pytest.fixture(scope="module")
def stages():
    wanted = read_wanted(["equipment_first_2020"])
    return list(found_in_stages(BASE, wanted, levers=LEVERS, alternatives=1, chance=0.75))


def test_the_target_holds_in_the_part_of_the_draws_that_was_asked_for(stages):
    found = stages[-1]
    assert found.finished and found.chance == 0.75
    assert found.chances["equipment_first_2020"] >= 0.75 - reserve.NEAR
    held = probability(found.answer.scenario, "equipment_first_2020", 0.0)
    assert held == pytest.approx(found.chances["equipment_first_2020"])


def test_it_costs_more_than_the_mix_without_a_reserve_and_no_more_than_needed(stages):
    plain = find(BASE, read_wanted(["equipment_first_2020"]), levers=LEVERS, alternatives=0)
    assert probability(plain.answer.scenario, "equipment_first_2020", 0.0) < 0.75
    assert plain.answer.cost < stages[-1].answer.cost
    assert stages[-1].chances["equipment_first_2020"] <= 0.8, "the reserve is no larger than needed"


def test_the_scoreboard_keeps_to_what_was_asked_and_the_aim_is_told(stages):
    found = stages[-1]
    (line,) = found.answer.lines
    assert line.wanted.target.value == 0.0 and line.met and line.reached >= found.aims["equipment_first_2020"] - 1e-6
    assert found.aims["equipment_first_2020"] > 0
    assert not stages[0].aims and [stage.finished for stage in stages[:-1]] == [False] * (len(stages) - 1)


def test_what_the_draws_do_not_vary_gets_no_reserve():
    found = find(BASE, read_wanted(["brand_products_2020>=850"]), levers=LEVERS, alternatives=0, chance=0.8)
    assert found.chances == {} and found.aims == {} and found.finished
    assert (
        found.answer.scenario
        == find(BASE, read_wanted(["brand_products_2020>=850"]), levers=LEVERS, alternatives=0).answer.scenario
    )


def test_a_reserve_that_is_out_of_reach_is_said_so_and_aimed_at_once():
    found = find(BASE, read_wanted(["equipment_first_2020"]), levers=FEW, alternatives=0, chance=0.9)
    assert found.chances["equipment_first_2020"] < 0.9 and found.answer.lines[0].met
    (beyond,) = found.out_of_reach
    assert beyond.wanted.target.value == found.aims["equipment_first_2020"] > beyond.best


def test_progress_never_goes_back():
    seen = []
    asked = {"levers": LEVERS[:2], "alternatives": 0, "chance": 0.6}
    find(BASE, read_wanted([TARGET]), progress=lambda *each: seen.append(each), **asked)
    assert all(a <= b for (a, _), (b, _) in itertools.pairwise(seen)) and len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1]


@pytest.mark.parametrize("chance", [0.0, 0.49, 0.995, 1.0, float("nan")])
def test_chances_out_of_range_are_refused(chance):
    with pytest.raises(ValueError, match="allowed: 0.5 to 0.99"):
        find(BASE, read_wanted([TARGET]), chance=chance)


def test_a_target_below_is_aimed_at_from_above():
    """Of a target that is an upper limit the aim sinks."""
    (wanted,) = read_wanted(["energy_intensity_2020"])
    place = wanted.target.year - 2010
    values = np.tile(np.linspace(-21.0, -16.0, 500)[:, None], (1, place + 6))
    moved = reserve._raised(wanted, wanted, {str(wanted.target.indicator): values}, 0.8)
    assert moved.target.value < wanted.target.value
