"""Whatever people or machines write into a scenario file, nothing but a `ScenarioError` is ever raised, and soon."""

import time

import numpy as np
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import Scenario, ScenarioError, parse_scenario
from model.inputs import drivers, levers, parameters
from model.scenario import FIELDS, inputs_of, last_year

from .bad_files import EMPTY, HEAD

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\n"


@pytest.mark.parametrize(
    "text", ["[" * 60000, "{a: " * 15000, "- " * 30000, "? " * 30000, BOMB * 900, "a: b\n" * 12000]
)
def test_hostile_files_are_refused_quickly(text):
    begin = time.process_time()
    with pytest.raises(ScenarioError):
        parse_scenario(text)
    assert time.process_time() - begin < 3


def accepted_or_refused(text):
    """Parse; what is accepted must also turn into inputs."""
    try:
        scenario = parse_scenario(text)
    except ScenarioError as error:
        assert error.problems
        assert all(problem.line >= 1 and problem.message and problem.message_zh for problem in error.problems)
        str(error).encode("utf-8")
        return
    years = np.arange(2010, last_year(scenario) + 1)
    constants, tables = inputs_of(scenario, years)
    assert all(np.isfinite(value).all() for value in (*constants.values(), *tables.values()))
    assert all(len(table) == len(years) for table in tables.values())


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.sampled_from([0, 1, 0.5, 10, 150, 2016, "baseline", "document", "frozen_2015", 10**400])
)
KEYS = st.sampled_from(
    [
        *FIELDS,
        *levers(),
        *list(parameters())[:12],
        *drivers(),
        "steel",
        "cement",
        "building_materials",
        "default",
        "ramp",
        "from",
        "to",
        "start",
        "end",
        "multiply",
        "zh",
        "en",
        "name",
        "<<",
        2009,
        2016,
        2018,
        2020,
        2036,
    ]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | SCALARS, inner, max_size=4),
    max_leaves=12,
)
NUMBERS = st.floats(0, 60)
TABLES = st.dictionaries(st.integers(2010, 2035), NUMBERS, min_size=1, max_size=3)
RAMPS = st.fixed_dictionaries({"from": st.just(2016), "to": st.integers(2016, 2036), "end": NUMBERS})
PATHS = (
    NUMBERS
    | st.sampled_from(["baseline", "document", "frozen_2015"])
    | TABLES.map(lambda table: dict(sorted(table.items())))
    | st.fixed_dictionaries({"ramp": RAMPS})
)
SECTORS = st.sampled_from(["steel", "cement", "glass", "building_materials", "other"])
NEAR = st.fixed_dictionaries(
    {
        "title": st.text(max_size=5),
        "levers": st.dictionaries(
            st.sampled_from(list(levers())), PATHS | st.dictionaries(SECTORS, PATHS, max_size=3), max_size=4
        ),
    },
    optional={
        "extends": st.sampled_from(["no_document", "as_happened", "high_ambition", "x"]),
        "until": st.integers(2009, 2036),
        "parameters": st.dictionaries(st.sampled_from(list(parameters())), PATHS | st.floats(0, 1), max_size=2),
        "drivers": st.dictionaries(st.sampled_from(list(drivers())), PATHS, max_size=2),
    },
)
FUZZ = settings(max_examples=150, deadline=None)


@FUZZ
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf" + EMPTY.encode())
def test_random_bytes(content):
    accepted_or_refused(content)


@FUZZ
@given(st.text(alphabet=st.sampled_from("{}[]:,-?&*!|>'\"%@`# \n\tab01.~<"), max_size=60))
@example("a: !!int ''")
@example("a: !!bool x")
@example("? - : ")
def test_random_punctuation(text):
    accepted_or_refused(HEAD + text)
    accepted_or_refused(text)


@FUZZ
@given(TREES)
def test_random_trees(tree):
    accepted_or_refused(yaml.dump(tree, allow_unicode=True))
    accepted_or_refused(yaml.dump({"title": "x", "levers": tree, "drivers": tree, "parameters": tree}))


@FUZZ
@given(NEAR)
def test_random_scenarios_near_what_is_allowed(tree):
    accepted_or_refused(yaml.dump(tree, sort_keys=False))


def test_a_scenario_goes_through_text_unchanged():
    levers = "{rd_and_innovation: {2016: 200.5}, capacity_closure: {steel: 3}}"
    text = f"title: {{zh: 甲, en: a}}\nlevers: {levers}\nuntil: 2030\n"
    first = parse_scenario(text)
    again = parse_scenario(yaml.safe_dump(first.model_dump(), allow_unicode=True))
    assert isinstance(first, Scenario)
    assert again == first
