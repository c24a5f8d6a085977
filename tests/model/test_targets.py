"""Targets: every one is held as data, and is either scored by an indicator of the model or says why it is not."""

import dataclasses

import pytest

from model import load_scenario, simulate
from model.axes import SECTOR_AND_ALL
from model.engine import Text
from model.inputs import LATEST, START
from model.scenario import SHIPPED
from model.system import system
from model.targets import (
    NO_VALUE,
    NOT_DUE,
    NOT_MODELLED,
    REASONS,
    SCOPES,
    Status,
    modelled_targets,
    scoreboard,
    status,
    targets,
)

BY_ID = {target.id: target for target in targets()}

SOURCES = (
    # The document itself
    ("strategic emerging industries", "sei_share_2020"),
    ("equipment first", "equipment_first_2020"),
    ("energy-management centres", "management_centres_2025"),
    ("new products", "new_products_2017"),
    ("brand products", "brand_products_2020"),
    ("first payment of land", "land_first_payment_2017", "land_first_payment_2020", "land_first_payment_2025"),
    ("saving against international level", "saving_level_2020", "saving_level_2025"),
    ("two-integration rank", "two_integration_rank_2020"),
    # Plans of the province
    ("equipment value added", "equipment_va_2020"),
    ("industrial value added", "vai_2020"),
    ("renovation share", "renovation_share_2020"),
    ("value-added rate", "va_rate_2020"),
    ("quality index", "quality_2020"),
    ("firms with research unit", "firms_with_rd_2020"),
    ("R&D to revenue", "rd_to_revenue_2020"),
    ("design tools", "design_tools_2020"),
    ("numerical control", "nc_rate_2020"),
    ("energy per value added", "energy_intensity_2020"),
    ("solid waste", "solid_waste_2020"),
    ("water per value added", "water_intensity_2020"),
    ("steelmaking capacity", "steel_capacity_2017", "steel_capacity_2020"),
    ("cement capacity", "cement_capacity_2020"),
    ("glass capacity", "glass_capacity_2020"),
    ("6643 steel", "steel_cut_2017"),
    ("6643 cement", "cement_cut_2017"),
    ("6643 coal", "coal_cut_2017"),
    ("6643 glass", "glass_cut_2017"),
    ("energy per GDP, 12th plan", "energy_per_gdp_2015"),
    ("energy per GDP, 13th plan", "energy_per_gdp_2020"),
    ("energy per GDP, of a year", "energy_per_gdp_2019"),
    ("high-tech share", "hightech_share_2025"),
    ("emerging clusters", "sei_clusters_2025", "sei_clusters_2027"),
    ("smart factories", *(f"smart_factories_{level}_2027" for level in ("basic", "advanced", "excellent"))),
    ("firms on the cloud", "cloud_firms_2020"),
    ("platforms in clusters", "cluster_platform_adoption_2028", "cluster_cloud_adoption_2028"),
    ("digital projects", "digital_projects_2025"),
    ("emerging value added, 12th plan", "sei_va_2015", "sei_gdp_share_2015", "sei_growth_2015"),
    ("Chengde tailings", "chengde_tailings_2015", "chengde_tailings_2020"),
    # The nation
    ("national R&D", "national_rd_to_revenue_2020", "national_rd_to_revenue_2025"),
    ("national patents", "national_patents_2020", "national_patents_2025"),
    ("national quality", "national_quality_2020", "national_quality_2025"),
    ("national value-added rate", "national_va_rate_2020", "national_va_rate_2025"),
    ("national productivity", "national_labour_productivity_2020", "national_labour_productivity_2025"),
    ("national broadband", "national_broadband_2020", "national_broadband_2025"),
    ("national design tools", "national_design_tools_2020", "national_design_tools_2025"),
    ("national numerical control", "national_nc_rate_2020", "national_nc_rate_2025"),
    ("national energy", "national_energy_intensity_2020", "national_energy_intensity_2025"),
    ("national CO2", "national_co2_intensity_2020", "national_co2_intensity_2025"),
    ("national water", "national_water_intensity_2020", "national_water_intensity_2025"),
    ("national solid waste", "national_solid_waste_2020", "national_solid_waste_2025"),
    ("national two-integration index", "national_two_integration_2025"),
    ("national management software", "national_management_digital_2025"),
    ("national design tools, 14th plan", "national_design_tools_fourteenth_2025"),
    ("national numerical control, 14th plan", "national_nc_rate_fourteenth_2025"),
    ("national platforms", "national_platform_penetration_2025"),
    ("national quality, outline", "national_quality_outline_2025"),
    ("national robots", "national_robot_density_2025"),
    ("national core materials", "national_core_materials_2020", "national_core_materials_2025"),
    ("national innovation centres", "national_innovation_centres_2020", "national_innovation_centres_2025"),
    (
        "national internet and manufacturing",
        *(f"national_fusion_{what}_2018" for what in ("energy_efficiency", "rd_cycle", "inventory_turnover")),
    ),
)
"""The sixty targets that were collected, each with the entries that hold its years and parts."""


def test_all_sixty_targets_are_held_and_nothing_else():
    assert len(SOURCES) == 60
    held = [target_id for _, *ids in SOURCES for target_id in ids]
    assert len(held) == len(set(held)) == 87
    assert set(held) == set(BY_ID)
    assert len(targets()) == len(BY_ID)


def test_the_documents_own_targets_come_first():
    order = list(SCOPES)
    scopes = [order.index(target.scope) for target in targets()]
    assert scopes == sorted(scopes)
    assert [scopes.count(k) for k in range(3)] == [11, 38, 38]


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.id)
def test_target_is_complete(target):
    assert START <= target.year <= LATEST
    assert str(target.year) == target.id[-4:]
    assert target.direction in ("up", "down")
    assert target.scope in SCOPES
    assert target.grade in "ABC"
    assert target.source and target.zh and target.en
    assert (target.base_year is None) == (target.base_value is None)
    for text in filter(None, (target.words, target.not_modelled, target.note)):
        assert isinstance(text, Text)
    assert (target.value is None) == (target.words is not None)
    assert all(target.requirement(language) for language in ("zh", "en"))


@pytest.mark.parametrize("target", modelled_targets(), ids=lambda target: target.id)
def test_modelled_target_names_an_indicator_its_sector_and_its_unit(target):
    indicator = system().variables[target.indicator]
    assert indicator.kind == "annual"
    assert target.unit == indicator.unit
    assert target.sector in (indicator.belongs_to, *SECTOR_AND_ALL.labels)
    assert target.not_modelled is None


@pytest.mark.parametrize("target", sorted(set(BY_ID) - {t.id for t in modelled_targets()}))
def test_any_other_target_says_why_in_both_languages(target):
    target = BY_ID[target]
    assert target.indicator is None
    assert len(target.not_modelled["zh"]) > 10 and len(target.not_modelled["en"]) > 30
    assert status(target, 1.0) == Status(reason=NOT_MODELLED)


def test_what_lies_outside_the_model():
    for name in ("energy_per_gdp_2020", "national_robot_density_2025", "national_patents_2020", "sei_clusters_2025"):
        assert BY_ID[name] not in modelled_targets()
    assert {t.words["en"] for t in targets() if t.words} == {
        "international level",
        "leading international level",
        "among the national leaders",
    }


# Met and missed


def test_how_far_a_target_is_missed():
    at_least = dataclasses.replace(BY_ID["sei_share_2020"], value=20.0, direction="up")
    assert [at_least.missed_by(result) for result in (15.0, 20.0, 25.0)] == [5.0, 0.0, 0.0]
    at_most = dataclasses.replace(at_least, direction="down")
    assert [at_most.missed_by(result) for result in (15.0, 20.0, 25.0)] == [0.0, 0.0, 5.0]


@pytest.mark.parametrize(
    ("name", "result", "expected"),
    [
        ("equipment_va_2020", 4000.0, Status(False, 1000.0, 20.0)),
        ("equipment_va_2020", 5000.0, Status(True, 0.0, 0.0)),
        ("steel_capacity_2020", 250.0, Status(False, 50.0, 25.0)),
        ("steel_capacity_2020", 199.0, Status(True, 0.0, 0.0)),
        ("energy_intensity_2020", -15.0, Status(False, 3.0)),
        ("energy_intensity_2020", -18.5, Status(True, 0.0)),
        ("equipment_first_2020", -2.5, Status(False, 2.5)),
        ("equipment_first_2020", 0.0, Status(True, 0.0)),
        ("steel_cut_2017", 45.0, Status(False, 15.0, 25.0)),
        ("steel_cut_2017", None, Status(reason=NO_VALUE)),
        ("steel_cut_2017", float("nan"), Status(reason=NO_VALUE)),
    ],
)
def test_status_by_hand(name, result, expected):
    assert status(BY_ID[name], result) == expected


def test_a_target_after_the_end_of_a_run_is_not_due():
    assert status(BY_ID["steel_capacity_2020"], None, end=2019) == Status(reason=NOT_DUE)
    assert status(BY_ID["steel_capacity_2020"], 180.0, end=2020).met is True


def test_wanted_in_signs_and_words():
    assert BY_ID["equipment_va_2020"].requirement() == "≥ 5,000 亿元"
    assert BY_ID["energy_intensity_2020"].requirement() == "≤ -18 %"
    assert BY_ID["quality_2020"].requirement() == "≥ 82.5"
    assert BY_ID["saving_level_2020"].requirement("zh") == "国际水平"


def test_scoreboard_of_a_function():
    asked = []

    def half(indicator, sector, year):
        asked.append((indicator, sector, year))
        return 100.0 if indicator == "steelmaking_capacity" else None

    rows = {score.target.id: score for score in scoreboard(half, end=2018)}
    assert list(rows) == list(BY_ID)
    assert rows["steel_capacity_2017"].reached == 100.0
    assert rows["steel_capacity_2017"].status == Status(True, 0.0, 0.0)
    assert rows["steel_capacity_2020"].status.reason == NOT_DUE
    assert rows["steel_cut_2017"].status.reason == NO_VALUE
    assert rows["coal_cut_2017"].status.reason == NOT_MODELLED
    assert {year for _, _, year in asked} == {2017}
    assert {score.status.reason for score in rows.values()} == {"", *REASONS}


@pytest.fixture(scope="module")
def happened():
    """The run as happened and its scores by target."""
    run = simulate(load_scenario(SHIPPED / "as_happened.yaml"))
    return run, {score.target.id: score for score in scoreboard(run)}


def test_scoreboard_of_what_happened(happened):
    run, rows = happened
    assert list(rows) == list(BY_ID)
    lead = rows["equipment_first_2020"]
    assert lead.reached == float(run["equipment_minus_steel_share"].sel(year=2020))
    assert lead.status.met == (lead.reached >= 0)
    assert lead.status.missed_by == pytest.approx(max(-lead.reached, 0.0))
    equipment = rows["equipment_va_2020"]
    assert equipment.reached == float(run["sector_va_nominal"].sel(year=2020, sector="equipment"))
    assert rows["nc_rate_2020"].reached == float(run["smart_adoption"].sel(year=2020, sector_and_all="all"))


def test_every_modelled_target_can_be_judged(happened):
    _, rows = happened
    for target in modelled_targets():
        assert rows[target.id].status.met is not None, target.id
    for name in set(BY_ID) - {t.id for t in modelled_targets()}:
        assert rows[name].reached is None
        assert rows[name].status.reason == NOT_MODELLED


def test_scoreboard_of_a_short_run():
    run = simulate(load_scenario(SHIPPED / "as_happened.yaml"), until=2018)
    rows = {score.target.id: score for score in scoreboard(run)}
    assert rows["steel_capacity_2017"].status.met is not None
    assert rows["steel_capacity_2020"].status == Status(reason=NOT_DUE)
