"""The description of the model and the inputs of scenarios as plain data."""

import json

import numpy as np
import pytest

from model import RunError, parse_scenario, shipped_scenarios
from model.axes import BRANCH
from model.browser import ScenarioDataError, browser_files, model_bundle, scenario_data
from model.inputs import levers
from model.scenario import inputs_of
from model.system import system


def test_the_description_has_units_labels_axes_and_sizes():
    model = json.loads(json.dumps(model_bundle().model))
    assert list(model["variables"]) == list(system().variables)
    assert set(model["inputs"]) == set(system().inputs)
    share = model["variables"]["sector_va_share"]
    declared = system().variables["sector_va_share"]
    assert (share["zh"], share["en"], share["unit"]) == (declared.zh, declared.en, declared.unit)
    assert (share["kind"], share["axes"], share["size"]) == ("annual", ["sector"], 8)
    cap = levers()["output_cap"]
    lever = {"kind": "lever", "zh": cap.zh, "en": cap.en, "unit": cap.unit, "axes": [], "size": 1}
    assert model["inputs"]["output_cap"] == {**lever, "interpolation": "step"}
    assert "interpolation" not in model["inputs"]["idling_time"]
    assert list(model["axes"]["branch"]["elements"]) == list(BRANCH.labels)


def test_every_element_of_every_axis_has_a_name_in_both_languages():
    for axis in model_bundle().model["axes"].values():
        for label, text in axis["elements"].items():
            assert text["zh"] != label and text["en"] != label, label


def test_places_do_not_overlap_and_lie_within_their_rows():
    form = model_bundle().model["form"]
    for places, length in (
        (form["parameters"], form["parameters_length"]),
        (form["paths"], form["table_row"]),
        ({**form["shown"], **form["annual"]}, form["report_row"]),
    ):
        taken = [entry for at, size in places.values() for entry in range(at, at + size)]
        assert len(taken) == len(set(taken)) and max(taken) < length


def test_fewer_results_make_a_smaller_module_with_only_these_by_default():
    few = model_bundle(("crude_steel_output",))
    assert list(few.model["variables"]) == ["crude_steel_output"]
    assert few.model["form"]["report_row"] < model_bundle().model["form"]["report_row"] / 10
    assert len(few.module) < len(model_bundle().module)
    assert few.module[:4] == b"\0asm"
    with pytest.raises(RunError, match="output 'steel' is no variable of the model"):
        model_bundle(("steel",))


def test_the_inputs_of_a_scenario_are_exact_after_a_round_trip():
    scenario = shipped_scenarios()["document_implemented"]
    data = json.loads(json.dumps(scenario_data(scenario, until=2030, steps=8, method="rk4"), allow_nan=False))
    assert data["horizon"] == {"start": 2010, "end": 2030, "steps": 8, "method": "rk4"}
    assert data["title"] == {"zh": scenario.text("title", "zh"), "en": scenario.text("title", "en")}
    parameters, tables = inputs_of(scenario, np.arange(2010, 2032))
    for given, written in ((parameters, data["parameters"]), (tables, data["tables"])):
        assert list(written) == list(given)
        for name, values in given.items():
            assert np.array(written[name]).tobytes() == np.ravel(values).astype(float).tobytes(), name


def test_a_title_in_one_language_serves_for_both():
    data = scenario_data(parse_scenario("title: Mine\nlevers: {}\n", "mine"))
    assert data["name"] == "mine" and data["title"] == {"zh": "Mine", "en": "Mine"}


def test_random_projects_and_wrong_years_are_refused():
    with pytest.raises(ScenarioDataError, match="projects_at_random: `pipeline: stochastic`"):
        scenario_data(shipped_scenarios()["projects_at_random"])
    with pytest.raises(RunError, match="until 2040 is out of range"):
        scenario_data(shipped_scenarios()["as_happened"], until=2040)


def test_an_export_has_its_titles_and_one_file_per_scenario():
    files = browser_files([shipped_scenarios()["as_happened"], shipped_scenarios()["green_first"]])
    assert set(files) == {
        "module.wasm",
        "model.json",
        "host.js",
        "example.html",
        "scenarios/as_happened.json",
        "scenarios/green_first.json",
    }
    assert list(json.loads(files["model.json"])["scenarios"]) == ["as_happened", "green_first"]
    assert files["module.wasm"] == model_bundle().module
