"""Mixes as tables, and as scenario files that give the same run."""

import numpy as np
import pytest

from analysis.optimisation.evaluation import Evaluator, costs
from analysis.optimisation.lever_space import LeverSpace, Points
from analysis.optimisation.scenario_text import scenario_text
from model.inputs import END, START, levers
from model.run import simulate
from model.scenario import parse_scenario, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import NamedPath

YEARS = np.arange(START, END + 1)
CO2 = "co2_emissions_industry"


@pytest.mark.parametrize("base", ["no_document", "as_happened", "steel_renovation_only", "demand_slump"])
def test_a_scenario_file_gives_the_run_of_its_mix(base):
    scenario = shipped_scenarios()[base]
    space = LeverSpace(scenario)
    mix = space.random(1, np.random.default_rng(3))
    found = Evaluator(space, (CO2,)).run(mix)
    text = scenario_text(scenario.model_copy(update={"levers": space.scenario_levers(mix)}), scenario)
    run = simulate(parse_scenario(text))
    np.testing.assert_array_equal(run[CO2].values.ravel(), found[CO2][0].ravel())
    assert costs(found)[0] == run["public_cost"].values[YEARS >= 2016, -1].sum()


def test_strengths_0_1_and_2_are_base_document_and_end_of_the_range():
    scenario = shipped_scenarios()["no_document"]
    space = LeverSpace(scenario)
    weak, document, strong = (space.tables(space.point(s), YEARS) for s in (0.0, 1.0, 2.0))
    for name, lever in levers().items():
        np.testing.assert_allclose(weak[name][0], lever_array(lever, scenario.levers[name], YEARS), atol=1e-6)
        late = YEARS >= 2016
        if not np.allclose(weak[name], lever_array(lever, NamedPath("document"), YEARS)):
            wanted = lever_array(lever, NamedPath("document"), YEARS)[late]
            np.testing.assert_allclose(document[name][0, late], wanted, atol=1e-6)
    assert (strong["output_cap"][0, YEARS >= 2016] == levers()["output_cap"].min).all()
    assert (strong["talent"][0, YEARS >= 2016] == levers()["talent"].max).all()


def test_before_its_first_year_a_lever_keeps_the_path_of_the_base():
    space = LeverSpace(shipped_scenarios()["as_happened"], ["talent"], 2019)
    table = space.tables(Points(np.array([[2.0]]), np.array([[2021]])), YEARS)["talent"][0]
    baseline = lever_array(levers()["talent"], NamedPath("baseline"), YEARS)
    np.testing.assert_array_equal(table[YEARS < 2021], baseline[YEARS < 2021])
    assert (table[YEARS >= 2021] == levers()["talent"].max).all()


def test_another_scenario_takes_effect_from_the_earliest_year():
    space = LeverSpace(shipped_scenarios()["no_document"], ["talent", "capacity_closure"], 2019)
    other = shipped_scenarios()["high_ambition"]
    values = space.levers_of(other)
    for name in space.names:
        expected = space.table_of(name, other, YEARS)
        np.testing.assert_allclose(lever_array(levers()[name], values[name], YEARS), expected, rtol=1e-12)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((["no_such"],), "no_such: no lever; allowed: technical"),
        (([],), "no lever may move"),
        ((None, 2015), "2015 is no first year"),
        ((None, 2016, 2.5), "2.5 is no largest strength"),
    ],
)
def test_wrong_spaces_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        LeverSpace(shipped_scenarios()["no_document"], *arguments)
