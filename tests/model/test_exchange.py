"""The whole model as XMILE: the same numbers in Simlin, and everything named, with unit and text in both languages."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import numpy as np
import pytest

from model import parse_scenario, shipped_scenarios
from model.engine.reference import run
from model.engine.xmile.document import NAMESPACE
from model.exchange import ExportError, xmile_of
from model.inputs import levers, parameters
from model.run import horizon_of
from model.run_limits import RunError
from model.scenario import inputs_of
from model.system import system

from .engine.xmile.support import compared
from .engine.xmile.test_views import crossings, overlapping, symbols_of

LARGEST_DIFFERENCE = 1e-9
"""Of a variable in Simlin from the reference, relative to the largest value of the variable."""
SPACES = {"": NAMESPACE}
VIGOROUS = """
title: Other levers, drivers and parameters
until: 2018
levers:
  technical_renovation_investment: document
  capacity_closure: {steel: {2014: 8, 2017: 0}, cement: 5, glass: {2016: 3}}
  capacity_discipline: 0.9
  output_cap: {2016: 0, 2018: -4}
  talent: {scale: 1.5, of: document}
drivers:
  ore_price_index: {multiply: 1.3, from: 2014}
parameters:
  maximum_scrap_rate: 0.3
"""


@pytest.fixture(scope="module")
def other():
    """A scenario that changes levers, drivers and parameters."""
    return parse_scenario(VIGOROUS, "other")


@pytest.fixture(scope="module")
def text():
    """The baseline as XMILE."""
    return xmile_of(shipped_scenarios()["as_happened"])


@pytest.fixture(scope="module")
def variables(text):
    """The elements of all variables."""
    return ET.fromstring(text).find("model/variables", SPACES)


@pytest.mark.parametrize("name", ["as_happened", "other"])
def test_every_variable_has_the_numbers_of_the_reference_at_every_step(name, other, text, tmp_path):
    scenario = other if name == "other" else shipped_scenarios()[name]
    horizon = horizon_of(scenario)
    expected = run(system(), horizon, *inputs_of(scenario, horizon.path_years), every_step=True)
    assert len(expected) == sum(v.kind != "annual" for v in system().variables.values())
    file = tmp_path / "model.xmile"
    file.write_text(text if name == "as_happened" else xmile_of(scenario), encoding="utf-8")
    differences = compared(system(), file, expected)
    worst = max(differences, key=differences.__getitem__)
    assert differences[worst] < LARGEST_DIFFERENCE, worst


def test_names_are_unique_and_all_but_annual_statistics_are_there(variables):
    names = Counter(v.get("name").lower() for v in variables)
    assert set(names.values()) == {1}
    annual = {n for n, v in system().variables.items() if v.kind == "annual"}
    assert {*system().variables, *system().inputs} - annual <= set(names)
    assert not annual & set(names)


def test_everything_has_a_unit_that_other_programs_read(variables):
    units = {v.get("name"): v.findtext("units", "", SPACES) for v in variables}
    assert all(re.fullmatch(r"dmnl|(1|\w+(\*\w+)*)(/\w+)*", unit) for unit in units.values())
    assert units["cumulative_closure"] == "亿元/yr"


def test_everything_is_described_in_both_languages_with_its_source(variables):
    docs = {v.get("name"): v.findtext("doc", "", SPACES) for v in variables}
    for name, doc in docs.items():
        lines = doc.splitlines()
        assert any(re.search(r"[\u4e00-\u9fff]", line) for line in lines), name
        assert any(re.search(r"[A-Za-z]{3}", re.sub(r"`.*?`", "", line)) for line in lines), name
    for name, entry in {**parameters(), **levers()}.items():
        assert entry.zh in docs[name] and entry.en in docs[name] and entry.source in docs[name]
    debt = system().variables["debt"]
    assert docs["debt"].splitlines()[0] == "企业负债" and " ".join(debt.doc.split()) in docs["debt"]


def test_nothing_is_forced_to_be_positive(text):
    assert "non_negative" not in text


def test_times_and_arrays(text):
    root = ET.fromstring(text)
    specs = root.find("sim_specs", SPACES)
    assert specs.attrib == {"method": "euler", "time_units": "yr"}
    assert [specs.findtext(tag, "", SPACES) for tag in ("start", "stop", "dt")] == ["2010", "2026", "16"]
    sizes = {d.get("name"): int(d.get("size")) for d in root.findall("dimensions/dim", SPACES)}
    assert sizes == {axis.name: len(axis) for axis in system().axes}
    finer = ET.fromstring(xmile_of(shipped_scenarios()["as_happened"], 2012, 32, "rk4")).find("sim_specs", SPACES)
    assert finer.get("method") == "rk4"
    assert [finer.findtext(tag, "", SPACES) for tag in ("start", "stop", "dt")] == ["2010", "2013", "32"]


def test_parameters_are_the_numbers_of_the_scenario(other):
    root = ET.fromstring(xmile_of(other))
    aux = root.find("model/variables/aux[@name='maximum_scrap_rate']", SPACES)
    assert aux.findtext("eqn", "", SPACES) == "0.3"
    capped = root.find("model/variables/aux[@name='output_cap']/gf", SPACES)
    years = [float(x) for x in capped.findtext("xpts", "", SPACES).split(",")]
    values = [float(y) for y in capped.findtext("ypts", "", SPACES).split(",")]
    assert np.interp([2016, 2017.98, 2018], years, values).tolist() == [0, 0, -4]


def test_the_diagram_shows_each_chapter_without_overlaps():
    from model.engine.xmile.contents import Contents
    from model.engine.xmile.views import frames, in_chapters

    horizon = horizon_of(shipped_scenarios()["as_happened"])
    constants, tables = inputs_of(shipped_scenarios()["as_happened"], horizon.path_years)
    entries = Contents(system(), horizon, {**constants, **tables}, {}, {"Mt CO2": "MtCO2"}).entries()
    parts = frames(in_chapters(entries), {})
    chapters = {v.chapter for v in system().variables.values() if v.kind != "annual"}
    assert {f.title for f in parts} == chapters | {"tables", "constants"}
    for frame in parts:
        assert overlapping(symbols_of(frame)) == [], frame.title
        assert crossings(frame) == [], frame.title
    places = [(f.title, (*f.corner, *f.place(f.layout.size))) for f in parts]
    assert overlapping(places) == []


def test_discrete_projects_and_wrong_arguments_are_refused():
    with pytest.raises(ExportError, match="projects_at_random: discrete projects"):
        xmile_of(shipped_scenarios()["projects_at_random"])
    with pytest.raises(RunError, match="allowed: 2010 to 2035"):
        xmile_of(shipped_scenarios()["as_happened"], until=2050)
