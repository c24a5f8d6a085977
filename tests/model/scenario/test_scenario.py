"""Scenario files: what they mean, how they extend one another, and the shipped ones."""

import json

import numpy as np
import pytest
import yaml

from model import ScenarioError, load_scenario, parse_scenario, shipped_scenarios
from model.axes import BRANCH
from model.inputs import default_parameters, driver_table, drivers, lever_table, levers
from model.scenario import SHIPPED, inputs_of, plain_levers
from model.scenario.lever_values import NamedPath
from model.scenario.schema import schema_text

YEARS = np.arange(2010, 2036)
STEEL, CEMENT, GLASS = (BRANCH.index(b) for b in ("steel", "cement", "glass"))
SCHEMA_LINE = "# yaml-language-server: $schema=./scenario.schema.json"


def at(year):
    return year - 2010


def tables(**fields):
    """Tables of a scenario with these fields."""
    return inputs_of(parse_scenario(json.dumps({"title": "x", "levers": {}, **fields})), YEARS)[1]


def lever(name, value, **fields):
    return tables(levers={name: value}, **fields)[name]


def baseline(name):
    known = levers()[name]
    return lever_table(known, known.baseline, YEARS)


# What values mean


def test_nothing_set_is_the_baseline():
    parameters, given = inputs_of(parse_scenario("title: x\nlevers: {}\n"), YEARS)
    for name in levers():
        assert given[name] == pytest.approx(baseline(name)), name
    for name, driver in drivers().items():
        assert np.array_equal(given[name], driver_table(driver, YEARS)), name
    for name, value in default_parameters().items():
        assert np.array_equal(parameters[name], value), name


def test_a_number_applies_from_2016_on():
    cap = lever("output_cap", 150)
    assert np.array_equal(cap[: at(2016)], baseline("output_cap")[: at(2016)])
    assert (cap[at(2016) :] == 150).all()


def test_a_table_gives_the_whole_path_from_its_first_year_on():
    cap = lever("output_cap", {2013: 300, 2018: 200})
    assert (cap[: at(2013)] == baseline("output_cap")[: at(2013)]).all()
    assert (cap[at(2013) : at(2018)] == 300).all()
    assert (cap[at(2018) :] == 200).all()


def test_a_ramp_rises_from_the_baseline_and_is_held():
    ramp = lever("industrial_internet", {"ramp": {"from": 2016, "to": 2020, "end": 100}})
    before = baseline("industrial_internet")
    assert (ramp[: at(2016)] == before[: at(2016)]).all()
    assert ramp[at(2016) : at(2021)] == pytest.approx(np.linspace(before[at(2016)], 100, 5))
    assert (ramp[at(2020) :] == 100).all()
    started = lever("industrial_internet", {"ramp": {"from": 2016, "to": 2018, "start": 0, "end": 100}})
    assert started[at(2016) : at(2019)] == pytest.approx([0, 50, 100])


def test_named_paths():
    name = "industrial_internet"
    assert lever(name, "baseline") == pytest.approx(baseline(name))
    frozen = lever(name, "frozen_2015")
    assert (frozen[at(2015) :] == baseline(name)[at(2015)]).all()
    document = lever(name, "document")
    assert (document[: at(2016)] == baseline(name)[: at(2016)]).all()
    assert document[at(2020)] == levers()[name].document[2020]


def test_a_provincial_total_is_shared_out_by_its_allocation():
    table = lever("smart_manufacturing", 80)
    shares = np.array([levers()["smart_manufacturing"].allocation[b] for b in BRANCH.labels])
    assert table[at(2020)] == pytest.approx(80 * shares)
    assert table[at(2020)].sum() == pytest.approx(80)


def test_a_sector_stands_for_its_branches():
    table = lever("smart_manufacturing", {"building_materials": 16, "cement": 2})
    names = ("cement", "glass", "other_building_materials")
    share = {b: levers()["smart_manufacturing"].allocation[b] for b in names}
    assert table[at(2020), CEMENT] == pytest.approx(2)
    assert table[at(2020), GLASS] == pytest.approx(16 * share["glass"] / sum(share.values()))
    assert table[:, STEEL] == pytest.approx(baseline("smart_manufacturing")[:, STEEL])


def test_closures_are_given_by_sector_in_their_own_units():
    table = lever("capacity_closure", {"steel": 10, "glass": 20})
    assert table[at(2020), STEEL] == 10
    assert table[at(2020), GLASS] == pytest.approx(20 * levers()["capacity_closure"].conversion["glass"])
    assert table[:, CEMENT] == pytest.approx(baseline("capacity_closure")[:, CEMENT])
    rest = [b for b in range(len(BRANCH)) if b not in (STEEL, CEMENT, GLASS)]
    assert (table[:, rest] == levers()["capacity_closure"].off).all()


def test_a_document_path_by_sector_is_that_sectors_part_of_it():
    parts = {sector: "document" for sector in levers()["smart_manufacturing"].sectors}
    assert lever("smart_manufacturing", parts) == pytest.approx(lever("smart_manufacturing", "document"))
    frozen = {sector: "frozen_2015" for sector in levers()["smart_manufacturing"].sectors}
    assert lever("smart_manufacturing", frozen) == pytest.approx(lever("smart_manufacturing", "frozen_2015"))


def test_drivers_take_a_number_a_table_or_a_factor():
    own = driver_table(drivers()["ore_price_index"], YEARS)
    assert tables(drivers={"ore_price_index": 3})["ore_price_index"] == pytest.approx(np.where(YEARS >= 2016, 3, own))
    table = tables(drivers={"ore_price_index": {2018: 1, 2020: 2}})["ore_price_index"]
    assert table == pytest.approx(np.where(YEARS < 2018, own, np.interp(YEARS, [2018, 2020], [1, 2])))
    factor = tables(drivers={"ore_price_index": {"multiply": 0.5, "from": 2018, "to": 2020}})["ore_price_index"]
    assert factor == pytest.approx(own * np.where((YEARS >= 2018) & (YEARS <= 2020), 0.5, 1))
    stepped = tables(drivers={"unrecorded_capacity_outside": {2014: 10, 2018: 0}})["unrecorded_capacity_outside"]
    assert stepped[at(2017)] == 10


def test_parameters_take_a_number_or_one_per_branch():
    def parameter(value):
        text = json.dumps({"title": "x", "levers": {}, "parameters": {"initial_utilisation": value}})
        return inputs_of(parse_scenario(text), YEARS)[0]["initial_utilisation"]

    own = default_parameters()["initial_utilisation"]
    assert (parameter(0.7) == 0.7).all()
    assert parameter({"steel": 0.7})[STEEL] == 0.7
    assert np.array_equal(np.delete(parameter({"steel": 0.7}), STEEL), np.delete(own, STEEL))
    spread = parameter({"default": 0.8, "building_materials": 0.7, "glass": 0.75})
    assert (spread[STEEL], spread[CEMENT], spread[GLASS]) == (0.8, 0.7, 0.75)


# Extending


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_child_stands_on_its_parent(tmp_path):
    write(
        tmp_path,
        parent="title: p\nlevers: {output_cap: 300, industrial_internet: 50}\nuntil: 2022\n"
        "drivers: {ore_price_index: {multiply: 2, from: 2019}}\nparameters: {initial_utilisation: 0.7}\n",
        child="title: c\nextends: parent\nlevers: {output_cap: 200}\n"
        "drivers: {ore_price_index: {multiply: 3}}\nparameters: {initial_utilisation: {steel: 0.8}}\n",
    )
    child = load_scenario(tmp_path / "child.yaml")
    assert plain_levers(child.levers) == {"output_cap": 200, "industrial_internet": 50}
    assert child.drivers == {"ore_price_index": {"multiply": 3}}
    assert (child.title, child.name, child.until) == ("c", "child", 2022)
    constants, _ = inputs_of(child, YEARS)
    assert constants["initial_utilisation"][[STEEL, CEMENT]] == pytest.approx([0.8, 0.7])


@pytest.mark.parametrize(
    ("whole", "of_cement"),
    [
        (80, lambda share: np.full(20, 80 * share)),
        ("frozen_2015", lambda share: np.full(20, levers()["smart_manufacturing"].baseline[2015] * share)),
        ({2016: 40, 2020: 80}, lambda share: np.where(YEARS[at(2016) :] < 2020, 40, 80) * share),
        (
            {"ramp": {"from": 2016, "to": 2020, "start": 10, "end": 90}},
            lambda share: np.interp(YEARS[at(2016) :], [2016, 2020], [10, 90]) * share,
        ),
    ],
)
def test_setting_one_sector_keeps_what_the_parent_says_of_the_others(tmp_path, whole, of_cement):
    parent = json.dumps({"title": "p", "levers": {"smart_manufacturing": whole}})
    write(tmp_path, p=parent, c="title: c\nextends: p\nlevers: {smart_manufacturing: {steel: 30}}\n")
    table = inputs_of(load_scenario(tmp_path / "c.yaml"), YEARS)[1]["smart_manufacturing"][at(2016) :]
    assert table[:, STEEL] == pytest.approx(30)
    assert table[:, CEMENT] == pytest.approx(of_cement(levers()["smart_manufacturing"].allocation["cement"]))


def test_a_sector_replaces_the_branches_that_the_parent_gave(tmp_path):
    write(
        tmp_path,
        p="title: p\nlevers: {smart_manufacturing: {cement: 5, steel: 7}}\n",
        c="title: c\nextends: p\nlevers: {smart_manufacturing: {building_materials: 0}}\n",
    )
    table = inputs_of(load_scenario(tmp_path / "c.yaml"), YEARS)[1]["smart_manufacturing"]
    assert table[at(2020), [STEEL, CEMENT, GLASS]] == pytest.approx([7, 0, 0])


def test_extends_looks_beside_the_file_first_then_among_the_shipped(tmp_path):
    write(
        tmp_path,
        no_document="title: mine\nlevers: {output_cap: 111}\n",
        a="title: a\nextends: no_document\nlevers: {}\n",
        b="title: b\nextends: document_implemented\nlevers: {}\n",
    )
    (tmp_path / "inner").mkdir()
    write(tmp_path / "inner", c="title: c\nextends: ../no_document.yaml\nlevers: {}\n")
    assert plain_levers(load_scenario(tmp_path / "a.yaml").levers) == {"output_cap": 111}
    assert load_scenario(tmp_path / "b.yaml").levers == shipped_scenarios()["document_implemented"].levers
    assert plain_levers(load_scenario(tmp_path / "inner" / "c.yaml").levers) == {"output_cap": 111}


def test_an_upload_extends_shipped_scenarios_only(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, secret="title: s\nlevers: {}\n"))
    assert parse_scenario("title: x\nextends: no_document\nlevers: {}\n", "up.yaml").name == "up"
    for target in ("secret", "./secret.yaml", str(tmp_path / "secret.yaml")):
        with pytest.raises(ScenarioError, match="not there"):
            parse_scenario(f"title: x\nextends: {target}\nlevers: {{}}\n")


# The shipped scenarios and the schema


def test_at_least_twelve_scenarios_are_shipped_the_baseline_first():
    assert len(shipped_scenarios()) >= 12
    assert next(iter(shipped_scenarios())) == "as_happened"


@pytest.mark.parametrize("name", sorted(f.stem for f in SHIPPED.glob("*.yaml")))
def test_shipped_scenario_speaks_both_languages_and_names_the_schema(name):
    scenario = shipped_scenarios()[name]
    for field in ("title", "description"):
        chinese, english = scenario.text(field, "zh"), scenario.text(field, "en")
        assert any("\u4e00" <= c <= "\u9fff" for c in chinese)
        assert english.isascii()
    assert (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8").startswith(SCHEMA_LINE)


def test_no_document_freezes_every_lever_and_document_implemented_moves_every_lever():
    assert shipped_scenarios()["no_document"].levers == dict.fromkeys(levers(), NamedPath("frozen_2015"))
    assert shipped_scenarios()["document_implemented"].levers == dict.fromkeys(levers(), NamedPath("document"))


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("renovation_only", ["renovation"]),
        ("closure_only", ["overcapacity"]),
        ("task_5_green", ["efficiency"]),
        ("smart_only", ["smart"]),
    ],
)
def test_single_task_scenarios_move_their_own_levers_only(name, groups):
    table = inputs_of(shipped_scenarios()[name], YEARS)[1]
    for lever_id, known in levers().items():
        path = "document" if known.group in groups else "frozen_2015"
        assert table[lever_id] == pytest.approx(lever(lever_id, path)), lever_id


def test_tasks_and_safeguards_take_every_lever_once_and_leave_the_rest_as_in_2015():
    names = [name for name in shipped_scenarios() if name.startswith("task_")] + ["safeguards_only"]
    assert len(names) == 9
    moved = [k for name in names for k, v in shipped_scenarios()[name].levers.items() if v == NamedPath("document")]
    assert sorted(moved) == sorted(levers())
    values = {v for name in names for v in shipped_scenarios()[name].levers.values()}
    assert values == {NamedPath("document"), NamedPath("frozen_2015")}


def test_the_library_is_large_enough_and_describes_each_scenario_differently():
    for language in ("zh", "en"):
        for field in ("title", "description"):
            texts = [s.text(field, language) for s in shipped_scenarios().values()]
            assert len(texts) >= 24 and len(set(texts)) == len(texts)


def test_renovation_for_steel_only_spends_the_same_money():
    table = inputs_of(shipped_scenarios()["steel_renovation_only"], YEARS)[1]["technical_renovation_investment"]
    assert table.sum(axis=1) == pytest.approx(baseline("technical_renovation_investment").sum(axis=1), rel=1e-3)
    assert (np.delete(table[at(2016) :], STEEL, axis=1) == 0).all()


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
        ("{output_cap: 200}", True),
        ("{output_cap: 20}", False),
        ("{output_cap: {2016: 200, 2020: 300}}", True),
        ("{output_cap: {2009: 200}}", False),
        ("{output_cap: {2016: 2000}}", False),
        ("{output_cap: {steel: 200}}", False),
        ("{output_cap: document}", True),
        ("{output_cap: documents}", False),
        ("{output_cap: {ramp: {from: 2016, to: 2020, end: 200}}}", True),
        ("{output_cap: {ramp: {from: 2016, to: 2020}}}", False),
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
        ("{capacity_closure: {scale: 1.2}}", True),
        ("{capacity_closure: {scale: 1.2, of: {delay: 1}}}", True),
        ("{capacity_closure: {scale: 1.2, of: 10}}", False),
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
