"""The JSON Schema of scenario files: up to date, and of one mind with the loader."""

import json

import pytest
import yaml

from model import ScenarioError, parse_scenario
from model.inputs import levers
from model.scenario import SHIPPED
from model.scenario.schema import schema_text


def test_schema_file_is_up_to_date():
    """Renew it with: hebei2025 schema --out scenarios/scenario.schema.json."""
    assert (SHIPPED / "scenario.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.fixture(scope="module")
def validator():
    from jsonschema import Draft202012Validator

    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_editors_see_it(text):
    """YAML as JSON: keys are strings."""
    return json.loads(json.dumps(yaml.safe_load(text)))


@pytest.mark.parametrize("name", sorted(f.stem for f in SHIPPED.glob("*.yaml")))
def test_shipped_scenario_fits_the_schema(name, validator):
    validator.validate(as_editors_see_it((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("levers_text", "fits"),
    [
        ("{rd_and_innovation: 200}", True),
        ("{rd_and_innovation: 420}", False),
        ("{rd_and_innovation: {2016: 200, 2020: 300}}", True),
        ("{rd_and_innovation: {2009: 200}}", False),
        ("{rd_and_innovation: {2016: 2000}}", False),
        ("{rd_and_innovation: {steel: 200}}", False),
        ("{rd_and_innovation: document}", True),
        ("{rd_and_innovation: documents}", False),
        ("{rd_and_innovation: {ramp: {from: 2016, to: 2020, end: 200}}}", True),
        ("{rd_and_innovation: {ramp: {from: 2016, to: 2020}}}", False),
        ("{capacity_closure: {steel: 10, glass: frozen_2015}}", True),
        ("{capacity_closure: 10}", False),
        ("{smart_manufacturing: {building_materials: 10, cement: {2016: 3}}}", True),
        ("{smart_manufacturing: {cotton: 10}}", False),
        ("{smart_manufactoring: 10}", False),
        ("{energy_efficiency: {scale: 1.2}}", True),
        ("{energy_efficiency: {scale: 1.2, of: document, from: 2018, to: 2025, clip: true}}", True),
        ("{energy_efficiency: {scale: 0.5, of: {delay: 2, of: {add: 5, of: {2016: 10}}}}}", True),
        ("{energy_efficiency: {scale: -1}}", False),
        ("{energy_efficiency: {add: 5, of: {scale: 1, of: 501}}}", False),
        ("{energy_efficiency: {delay: 1.5}}", False),
        ("{energy_efficiency: {delay: 2, from: 2018}}", False),
        ("{energy_efficiency: {from: 2018}}", False),
        ("{energy_efficiency: {steel: {add: 1}}}", True),
        ("{energy_efficiency: {hold: 100, from: 2018, to: 2020, of: document}}", True),
        ("{energy_efficiency: {hold: 1000}}", False),
        ("{energy_efficiency: {points: {2016: 100, 2020: 300}}}", True),
        ("{energy_efficiency: {points: {2016: 100}, from: 2018}}", False),
        ("{capacity_closure: {hold: 10}}", False),
        ("{capacity_closure: {steel: {hold: 10, from: 2018}}}", True),
        ("{capacity_closure: {steel: {points: {2016: 10, 2020: 3}}}}", True),
        ("{capacity_closure: {scale: 1.1}}", True),
        ("{capacity_closure: {scale: 1.1, of: {delay: 1}}}", True),
        ("{capacity_closure: {scale: 1.1, of: 10}}", False),
        ("{capacity_closure: {add: 1}}", False),
        ("{capacity_closure: {glass: {add: 1}}}", True),
    ],
)
def test_schema_and_loader_agree(levers_text, fits, validator):
    text = f"title: x\nlevers: {levers_text}\n"
    assert validator.is_valid(as_editors_see_it(text)) is fits
    if fits:
        parse_scenario(text)
    else:
        with pytest.raises(ScenarioError):
            parse_scenario(text)


def test_every_lever_is_described_in_the_schema():
    described = json.loads(schema_text())["properties"]["levers"]["properties"]
    assert list(described) == list(levers())
    for name, known in levers().items():
        assert known.zh in described[name]["description"]
        assert known.en in described[name]["description"]
