"""Design files: what they mean, what is refused with file and line, and designs that extend others."""

import json

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.experiments.design import Among, Between, DriversPart, FromPrior, LeverPart, PosteriorPart
from analysis.experiments.design_reading import load_design
from analysis.experiments.design_schema import design_schema
from analysis.experiments.design_source import DesignError, design_names

from .support import SMALL, small, written

TEXT = """\
title: {zh: 试验, en: A trial}
base: document_implemented
vary:
  levers:
    capacity_closure: {factor: [0, 1.5], delay: [0, 3]}
    technical_renovation_investment: [5000, 30000]
    output_cap: {values: [-5, -2, 0]}
    smart_manufacturing.steel: {shift: [-1, 1], from: 2018, to: 2020}
  parameters: {from: posterior, window: 2020}
  drivers: [drivers_low, as_happened, drivers_high]
policies:
  - no_document
  - beside.yaml
  - closure_first: {levers: {capacity_closure: {scale: 1.1}}}
sample: {method: latin, size: 100, seed: 7}
keep:
  indicators: [crude_steel_output, sector_va_share.equipment, energy_consumption_industry, sector_va_growth]
  totals: [public_cost, employment]
  years: [2025, 2020]
pipeline: {mode: stochastic, replications: 3}
chunk: 16
"""


def test_a_design_means_what_it_says(tmp_path):
    (tmp_path / "design.yaml").write_text(TEXT, encoding="utf-8")
    beside = "title: Beside\nextends: no_document\nlevers: {talent: 50}\n"
    (tmp_path / "beside.yaml").write_text(beside, encoding="utf-8")
    design = load_design(tmp_path / "design.yaml")
    assert design.names == (
        *("capacity_closure.factor", "capacity_closure.delay", "technical_renovation_investment", "output_cap"),
        *("smart_manufacturing.steel.shift", "posterior_draw", "drivers"),
    )
    spreads = {dimension.name: dimension.spread for dimension in design.dimensions}
    assert spreads["capacity_closure.factor"] == Between(0, 1.5)
    assert spreads["capacity_closure.delay"] == Between(0, 3, whole=True)
    assert spreads["output_cap"] == Among((-5, -2, 0))
    assert spreads["posterior_draw"] == Between(0, 499, whole=True)
    parts = {dimension.name: dimension.part for dimension in design.dimensions}
    assert parts["smart_manufacturing.steel.shift"] == LeverPart("smart_manufacturing", "steel", "shift", 2018, 2020)
    assert parts["posterior_draw"] == PosteriorPart(2020, False)
    assert isinstance(parts["drivers"], DriversPart)
    assert [policy.name for policy in design.policies] == ["no_document", "beside", "closure_first"]
    assert design.policies[1].levers["talent"].value == 50
    assert design.policies[2].levers["smart_manufacturing"] == load_base().levers["smart_manufacturing"]
    assert [kept.name for kept in design.kept] == [
        *("crude_steel_output", "sector_va_share.equipment", "energy_consumption_industry"),
        *(f"sector_va_growth.{s}" for s in labels()),
        *("public_cost_total", "employment_total"),
    ]
    assert (design.years, design.chunk, design.steps, design.replications) == ((2020, 2025), 16, 16, 3)
    assert (design.sample.method, design.sample.size, design.sample.seed) == ("latin", 100, 7)


def load_base():
    from model.scenario import shipped_scenarios

    return shipped_scenarios()["document_implemented"]


def labels():
    from model.system import system

    return system().variables["sector_va_growth"].axis.labels


def test_a_design_extends_another(tmp_path):
    written(tmp_path)
    child = (
        "extends: design\ntitle: Child\nvary: {levers: {smart_manufacturing: {factor: [0, 2]}}}\nsample: {size: 64}\n"
    )
    (tmp_path / "child.yaml").write_text(child, encoding="utf-8")
    design = load_design(tmp_path / "child.yaml")
    assert design.names == ("capacity_closure.factor", "smart_manufacturing.factor")
    assert (design.sample.size, design.sample.seed) == (64, 3)
    wrong = child.replace("[0, 2]", "[2, 0]")
    (tmp_path / "child.yaml").write_text(wrong, encoding="utf-8")
    written(tmp_path, chunk=0)
    with pytest.raises(DesignError) as error:
        load_design(tmp_path / "child.yaml")
    assert sorted(str(p).rsplit("/", 1)[-1].split(":")[0] for p in error.value.problems) == [
        "child.yaml",
        "design.yaml",
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": None}, "`title` is missing"),
        ({"vary": None}, "`vary` is missing"),
        ({"keep": None}, "`keep` is missing"),
        ({"vary": {}}, "nothing varies"),
        ({"varies": {}}, "unknown key 'varies'; did you mean vary?"),
        ({"base": "as_happend"}, "no scenario 'as_happend'; did you mean as_happened?"),
        ({"policies": []}, "`policies` is []; allowed: a list, not empty"),
        ({"policies": ["no_document", "no_document"]}, "two policies are named no_document"),
        ({"policies": [{"mine": {"levers": {"talent": 1e6}}}]}, "1e+06 is out of range for talent"),
        ({"policies": [{"a": {}, "b": {}}]}, "this is no policy; allowed"),
        ({"vary": {"levers": {"closure": [0, 1]}}}, "unknown lever 'closure'; did you mean"),
        ({"vary": {"levers": {"talent.steel": [0, 1]}}}, "talent has no sector 'steel'"),
        ({"vary": {"levers": {"talent": [0]}}}, "`talent` is [0]; allowed: [lowest, highest]"),
        ({"vary": {"levers": {"talent": [5, 2]}}}, "`talent` is [5, 2]; allowed: [lowest, highest]"),
        ({"vary": {"levers": {"talent": [0, 1000]}}}, "different numbers from 0 to 100"),
        ({"vary": {"levers": {"talent": {"delay": [0.5, 2]}}}}, "different whole numbers from -19 to 19"),
        ({"vary": {"levers": {"talent": {"facto": [0, 2]}}}}, "allowed: [lowest, highest], {values: [...]}, or one"),
        ({"vary": {"levers": {"talent": {"value": [0, 2], "delay": [0, 2]}}}}, "a value replaces the path"),
        ({"vary": {"levers": {"talent": {"factor": [0, 2], "from": 2024, "to": 2020}}}}, "years are out of order"),
        ({"vary": {"levers": {"capacity_closure": [0, 2]}}}, "different units; allowed: by sector, such as capacity_"),
        (
            {"vary": {"levers": {"capacity_closure": {"factor": [0, 1]}, "capacity_closure.steel": [0, 1]}}},
            "capacity_closure varies as a whole and by sector",
        ),
        ({"vary": {"parameters": "guesses"}}, "`from` is 'guesses'; allowed: posterior, priors, ranges"),
        ({"vary": {"parameters": {"from": "posterior", "only": ["a"]}}}, "the numbers of a posterior draw belong"),
        (
            {"vary": {"parameters": {"from": "posterior", "window": 2019}}},
            "`window` is 2019; allowed: 2015, 2020, 2023",
        ),
        ({"vary": {"parameters": {"from": "posterior", "disturbances": "yes"}}}, "allowed: true or false"),
        (
            {"vary": {"parameters": {"from": "priors", "only": ["elasticity"]}}},
            "no parameter 'elasticity' with a range",
        ),
        ({"vary": {"parameters": {"from": "ranges", "window": 2020}}}, "window goes with from: posterior only"),
        ({"vary": {"drivers": ["as_happened"]}}, "at least two different scenarios"),
        ({"vary": {"drivers": ["as_happened", "drivers_hi"]}}, "no scenario 'drivers_hi'"),
        ({"vary": {"drivers": {"steel_demand": {"multiply": [0, 1]}}}}, "unknown driver 'steel_demand'"),
        ({"vary": {"drivers": {"national_steel_demand": {"add": [0, 1]}}}}, "unknown key 'add'"),
        ({"vary": {"drivers": {"national_branch_growth": {"add": [-1, 1]}}}}, "different numbers from -0.5 to 0.5"),
        ({"sample": {"method": "sobl"}}, "no method 'sobl'; did you mean sobol?"),
        ({"sample": {"size": 0}}, "`size` is 0; allowed: a whole number from 1 to"),
        ({"sample": {"method": "file", "size": 3}}, "`file` goes with `method: file`"),
        ({"sample": {"file": "nowhere.csv"}}, "the file of the sample cannot be read"),
        ({"sample": {"method": "latin", "size": 10**8}}, "is made as a whole"),
        ({"sample": {"method": "grid", "size": 10**6}}, "`size` is 1000000; allowed: a whole number from 1 to 1000"),
        ({"keep": {"indicators": ["steel_output"]}}, "no indicator 'steel_output'"),
        ({"keep": {"indicators": ["sector_va_share.steal"]}}, "sector_va_share has no steal; did you mean steel?"),
        ({"keep": {"indicators": ["crude_steel_output.steel"]}}, "it is one number a year"),
        ({"keep": {"years": [2020]}}, "`indicators` is missing"),
        (
            {"keep": {"indicators": ["vai_above_scale_real"], "years": [2040]}},
            "2040 is no year to keep; allowed: 2010 to",
        ),
        ({"keep": {"totals": ["public_cost"], "years": [2015]}}, "2015 is no year to keep; allowed: 2016 to"),
        ({"pipeline": "random"}, "allowed: deterministic, stochastic"),
        ({"chunk": 0}, "`chunk` is 0; allowed: a whole number from 1 to"),
        ({"dt": "1/3"}, "dt 1/3 does not fit"),
        ({"dt": "1/8", "pipeline": "stochastic"}, "`dt` does not go with `pipeline`"),
        ({"policies": ["projects_at_random"]}, "the policy projects_at_random simulates single projects"),
    ],
)
def test_what_is_refused(changes, message, tmp_path):
    file = written(tmp_path, **changes)
    with pytest.raises(DesignError) as error:
        load_design(file)
    assert message in str(error.value)
    for problem in error.value.problems:
        assert str(problem).startswith(str(tmp_path)) and problem.line >= 1
        assert any("一" <= letter <= "鿿" for letter in problem.message_zh)


def test_a_parameter_that_a_policy_sets_does_not_vary_as_well(tmp_path):
    policy = {"mine": {"levers": {}, "parameters": {"initial_output": {"steel": 1500}}}}
    vary = {"parameters": {"from": "priors", "only": ["initial_output.cement"]}}
    with pytest.raises(DesignError, match="initial_output is set by the policy mine and varies, too"):
        small(tmp_path, policies=[policy], vary=vary, base="as_happened")


def test_the_line_of_a_problem_is_that_of_the_wrong_part(tmp_path):
    text = TEXT.replace("[-5, -2, 0]", "[-5, -2, 9]").replace("[2025, 2020]", "[2025, 1999]")
    (tmp_path / "design.yaml").write_text(text.replace("  - beside.yaml\n", ""), encoding="utf-8")
    with pytest.raises(DesignError) as error:
        load_design(tmp_path / "design.yaml")
    assert sorted(problem.line for problem in error.value.problems) == [7, 18]


def test_rows_outside_the_ranges_are_named(tmp_path):
    rows = "smart_manufacturing,capacity_closure.factor,talent\n10,0.5,1\n20,7,1\nmany,1,1\n"
    (tmp_path / "mixes.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(DesignError) as error:
        small(tmp_path, sample={"file": "mixes.csv"})
    text = str(error.value)
    assert "column 'talent' is none that varies" in text
    assert "mixes.csv:3: capacity_closure.factor: 7.0; allowed: 0 to 1.5" in text
    assert "mixes.csv:4: smart_manufacturing: 'many'; allowed: 0 to 100" in text


def test_all_numbers_with_a_prior_vary_unless_some_are_chosen(tmp_path):
    from calibration.estimated import candidates

    declared = [name for name, number in candidates().items() if number.declared]
    design = small(tmp_path, vary={"parameters": {"from": "priors"}})
    assert list(design.names) == declared
    assert all(isinstance(dimension.spread, FromPrior) for dimension in design.dimensions)
    assert len(small(tmp_path, vary={"parameters": {"from": "ranges"}}).names) == len(candidates())


NAMES = st.sampled_from(["levers", "talent", "from", "factor", "values", "steel", "size", "posterior", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5000) | st.floats(allow_nan=False) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([*SMALL, "pipeline", "dt", "description", "extends"]), VALUES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_is_read_or_refused_with_a_message(tmp_path, key, value):
    file = tmp_path / "design.yaml"
    file.write_text(yaml.safe_dump({**SMALL, key: value}), encoding="utf-8")
    try:
        design = load_design(file)
    except DesignError as error:
        assert error.problems and all(problem.message and problem.message_zh for problem in error.problems)
    else:
        assert design.dimensions and design.kept


@pytest.mark.parametrize("name", design_names())
def test_shipped_designs_are_in_order(name):
    design = load_design(name)
    assert design.dimensions and len(design.policies) >= 1
    assert not isinstance(design.title, str), "title in both languages"
    assert not isinstance(design.description, str) and design.description.zh and design.description.en
    json.dumps(dict(design.data))
    assert np.isfinite(design.sample.size)


@pytest.mark.parametrize("name", design_names())
def test_the_schema_takes_the_shipped_designs(name):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(dict(load_design(name).data), design_schema())


@given(st.sampled_from([key for key in SMALL if key != "title"]), VALUES)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_reader_takes_the_schema_takes(tmp_path, key, value):
    import jsonschema

    file = tmp_path / "design.yaml"
    file.write_text(yaml.safe_dump({**SMALL, key: value}), encoding="utf-8")
    try:
        design = load_design(file)
    except DesignError:
        return
    jsonschema.validate(dict(design.data), design_schema())
