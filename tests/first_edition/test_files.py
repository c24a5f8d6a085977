"""Files of the first edition: scenarios are read and run, or refused in words that say what to do."""

import math

import pytest
import yaml

from model import ScenarioError, load_scenario, parse_scenario, shipped_scenarios, simulate
from model.inputs import drivers, parameters
from model.scenario import first_edition
from tests.cli.support import hebei2025

from .stored import FOLDER, GONE_DRIVERS, data

SCENARIOS = {file.stem: file for folder in ("scenarios", "files") for file in (FOLDER / folder).glob("*.yaml")}
REFUSED = {
    "closure_with_retraining": ["150000 is out of range for worker_retraining; allowed: 0 to 100000"],
    "demand_slump": ["a driver of the first edition, now by branch: national_branch_growth (docs/upgrading.md)"],
    "downloaded_cap": ["200 is out of range for output_cap; the first edition had a limit in Mt"],
    "drivers_high": ["a driver of the first edition, now by branch: national_branch_growth (docs/upgrading.md)"],
    "drivers_low": ["a driver of the first edition, now by branch: national_branch_growth (docs/upgrading.md)"],
    "early_output_cap": ["188 is out of range for output_cap; the first edition had a limit in Mt"],
    "green_first": ["350 is out of range for energy_efficiency; allowed: 0 to 300"],
    "high_ambition": [
        "400 is out of range for energy_efficiency; allowed: 0 to 300",
        "400 is out of range for output_cap; the first edition had a limit in Mt",
        "220 is out of range for output_cap; the first edition had a limit in Mt",
    ],
    "opening_instead_of_closure": [
        "10 is out of range for capacity_transfer_abroad; allowed: 0 to 3",
        "5 is out of range for capacity_transfer_abroad; allowed: 0 to 3",
        "10 is out of range for capacity_transfer_abroad; allowed: 0 to 3",
    ],
    "smart_first": ["150 is out of range for smart_manufacturing; allowed: 0 to 120"],
    "smart_without_skills": ["150 is out of range for smart_manufacturing; allowed: 0 to 120"],
}
"""Files that hold what is no more, with the parts of the messages that say so, in their order."""
OUTSIDE_THEIR_RANGES = {"ore_substitution_elasticity", "spontaneous_births"}
"""Parameters whose old default lies outside the range of today."""


@pytest.mark.parametrize("name", [name for name in sorted(SCENARIOS) if name not in REFUSED])
def test_a_scenario_is_read_as_it_is_written_and_runs(name):
    scenario = load_scenario(SCENARIOS[name])
    written = yaml.safe_load(SCENARIOS[name].read_text(encoding="utf-8"))
    assert set(written.get("levers", ())) <= set(scenario.levers)
    assert scenario.until == written.get("until")
    run = simulate(scenario)
    end = scenario.until or 2025
    assert math.isfinite(float(run["crude_steel_output"].sel(year=end).sum()))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_scenario_that_holds_what_is_no_more_is_refused_in_both_languages(name):
    with pytest.raises(ScenarioError) as refused:
        load_scenario(SCENARIOS[name])
    problems = refused.value.problems
    assert len(problems) == len(REFUSED[name])
    for problem, part in zip(problems, REFUSED[name], strict=True):
        assert part in str(problem) and f":{problem.line}: " in str(problem)
        assert ("第一版" in problem.described("zh")) == ("first edition" in part)


def test_every_shipped_scenario_has_kept_its_name():
    assert {file.stem for file in (FOLDER / "scenarios").iterdir()} <= set(shipped_scenarios())


def test_parameters_are_taken_or_called_by_what_became_of_them():
    refused = {}
    for name, value in data("parameters.json").items():
        try:
            parse_scenario(yaml.safe_dump({"title": "x", "levers": {}, "parameters": {name: value}}))
        except ScenarioError as error:
            refused[name] = str(error)
    outside = {name for name, text in refused.items() if f"is out of range for {name}; allowed: " in text}
    assert outside == OUTSIDE_THEIR_RANGES
    gone = set(refused) - outside
    assert gone == first_edition.PARAMETERS and not gone & set(parameters())
    said = "a parameter of the first edition, whose equation is gone (docs/upgrading.md)"
    assert all(said in refused[name] for name in gone)


def test_drivers_that_are_gone_are_no_drivers():
    assert {first_edition.DRIVER} == GONE_DRIVERS and not GONE_DRIVERS & set(drivers())


def test_scenarios_extend_the_shipped_ones_by_name(tmp_path):
    done = hebei2025(
        "run", SCENARIOS["readme_example"], SCENARIOS["batch_example"], "--out", tmp_path / "out", "--quiet"
    )
    assert done.exit_code == 0, done.output


def test_a_file_of_observations_is_scored(tmp_path):
    done = hebei2025("validate", "--observations", FOLDER / "files" / "observations.csv", "--json")
    assert done.exit_code == 0, done.output
    scored = {row["series"] for row in yaml.safe_load(done.stdout)["scores"]}
    assert {"crude_steel_output", "cement_output", "rd_expenditure", "steel_share"} <= scored
