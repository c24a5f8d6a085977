"""Scenarios as the text of scenario files."""

import pytest
import yaml

from model.scenario import parse_scenario, shipped_scenarios
from model.scenario.writing import COMPARED, file_text


def same(one, other):
    return all(getattr(one, key) == getattr(other, key) for key in COMPARED)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_file_with_everything_gives_the_scenario(name):
    scenario = shipped_scenarios()[name]
    read = parse_scenario(file_text(scenario), name)
    assert same(read, scenario) and read.text("title", "zh") == scenario.text("title", "zh")


def test_a_file_that_extends_has_only_what_differs():
    own = parse_scenario(
        "title: Own\nextends: no_document\nuntil: 2030\nlevers: {talent: 50}\n"
        "parameters: {hebei_steel_advantage: 1.01}\ndrivers: {national_steel_demand: {multiply: 1.1, from: 2016}}\n",
        "own",
    )
    text = file_text(own, shipped_scenarios()["no_document"])
    entry = yaml.safe_load(text)
    assert entry["extends"] == "no_document" and list(entry["levers"]) == ["talent"] and entry["until"] == 2030
    assert list(entry["parameters"]) == ["hebei_steel_advantage"]
    assert same(parse_scenario(text, "own"), own)


def test_a_base_with_more_than_the_scenario_is_refused():
    low = shipped_scenarios()["drivers_low"]
    assert low.drivers
    with pytest.raises(ValueError, match="extends drivers_low cannot give this scenario: other .*drivers"):
        file_text(shipped_scenarios()["no_document"], low)
