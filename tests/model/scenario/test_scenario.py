"""Scenario files: what they mean, and how they extend one another."""

import json

import numpy as np
import pytest

from model import ScenarioError, load_scenario, parse_scenario, shipped_scenarios
from model.axes import BRANCH
from model.inputs import default_parameters, driver_table, drivers, levers
from model.scenario import inputs_of, plain_levers

from .tables import CEMENT, GLASS, STEEL, YEARS, at, baseline, lever, tables

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
    cap = lever("rd_and_innovation", 150)
    assert np.array_equal(cap[: at(2016)], baseline("rd_and_innovation")[: at(2016)])
    assert (cap[at(2016) :] == 150).all()


def test_a_table_gives_the_whole_path_from_its_first_year_on():
    cap = lever("rd_and_innovation", {2013: 300, 2018: 200})
    assert (cap[: at(2013)] == baseline("rd_and_innovation")[: at(2013)]).all()
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
        parent="title: p\nlevers: {rd_and_innovation: 300, industrial_internet: 50}\nuntil: 2022\n"
        "drivers: {ore_price_index: {multiply: 2, from: 2019}}\nparameters: {initial_utilisation: 0.7}\n",
        child="title: c\nextends: parent\nlevers: {rd_and_innovation: 200}\n"
        "drivers: {ore_price_index: {multiply: 3}}\nparameters: {initial_utilisation: {steel: 0.8}}\n",
    )
    child = load_scenario(tmp_path / "child.yaml")
    assert plain_levers(child.levers) == {"rd_and_innovation": 200, "industrial_internet": 50}
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
        no_document="title: mine\nlevers: {rd_and_innovation: 111}\n",
        a="title: a\nextends: no_document\nlevers: {}\n",
        b="title: b\nextends: document_implemented\nlevers: {}\n",
    )
    (tmp_path / "inner").mkdir()
    write(tmp_path / "inner", c="title: c\nextends: ../no_document.yaml\nlevers: {}\n")
    assert plain_levers(load_scenario(tmp_path / "a.yaml").levers) == {"rd_and_innovation": 111}
    assert load_scenario(tmp_path / "b.yaml").levers == shipped_scenarios()["document_implemented"].levers
    assert plain_levers(load_scenario(tmp_path / "inner" / "c.yaml").levers) == {"rd_and_innovation": 111}


def test_an_upload_extends_shipped_scenarios_only(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, secret="title: s\nlevers: {}\n"))
    assert parse_scenario("title: x\nextends: no_document\nlevers: {}\n", "up.yaml").name == "up"
    for target in ("secret", "./secret.yaml", str(tmp_path / "secret.yaml")):
        with pytest.raises(ScenarioError, match="not there"):
            parse_scenario(f"title: x\nextends: {target}\nlevers: {{}}\n")


def test_a_rate_of_growth_is_shifted_for_every_branch():
    """A factor below 1 would make branches that shrink shrink less."""
    happened = tables()["national_branch_growth"]
    slump = tables(drivers={"national_branch_growth": {"add": -0.035, "from": 2019, "to": 2022}})
    moved = slump["national_branch_growth"] - happened
    assert moved[at(2019) : at(2023)] == pytest.approx(-0.035)
    assert (moved[: at(2019)] == 0).all() and (moved[at(2023) :] == 0).all()
