"""Bad scenario files: every message says file, line, what is wrong and what is allowed; nothing else is ever raised."""

import os
import re
import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import Scenario, ScenarioError, load_scenario, parse_scenario
from model.inputs import drivers, levers, parameters
from model.scenario import FIELDS, inputs_of, last_year
from model.scenario.yaml_source import DEEPEST, LARGEST_FILE

HEAD = "title: x\nlevers:\n"
EMPTY = "title: x\nlevers: {}\n"


def problems_of(text, name="bad.yaml"):
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, name)
    assert caught.value.problems
    return [str(problem) for problem in caught.value.problems]


BAD = {
    # form of the file
    "empty": (b"", 1, "empty", "levers"),
    "blank": (b" \n\n", 1, "empty", "levers"),
    "comment only": ("# nothing\n", 1, "mapping is expected", "title"),
    "list": ("- a\n", 1, "mapping is expected", "title"),
    "text": ("hello\n", 1, "mapping is expected", "title"),
    "not UTF-8": (b"title: x\nlevers: {}\n# \xff\n", 3, "not UTF-8", "save it as UTF-8"),
    "UTF-16": ("title: x\nlevers: {}\n".encode("utf-16"), 1, "not UTF-8", "save it as UTF-8"),
    "half a surrogate pair": ("title: \ud800\nlevers: {}\n", 1, "not UTF-8", "save it as UTF-8"),
    "control character": ("title: x\nlevers: {}\n# \x00\n", 3, "control character", "plain text"),
    "too large": (EMPTY + "#" * LARGEST_FILE, 1, "too large", "64 KB"),
    "syntax": ("title: x\nlevers: {\n", 3, "not valid YAML", "one mapping"),
    "tab": ("title: x\nlevers:\n\toutput_cap: 200\n", 3, "not valid YAML", "one mapping"),
    "two documents": (EMPTY + "---\ntitle: y\n", 3, "not valid YAML", "one mapping"),
    "anchor": ("title: &a x\nlevers: {}\n", 1, "anchors (&) and aliases (*)", "write the values out"),
    "alias": ("levers: {}\ntitle: *a\n", 2, "anchors (&) and aliases (*)", "write the values out"),
    "tag": ("levers: {}\ntitle: !!python/object:os.system x\n", 2, "tags (!)", "plain text"),
    "bare tag": (HEAD + "  output_cap: ! 200\n", 3, "tags (!)", "plain text"),
    "deep": (HEAD + "  output_cap: " + "[" * (DEEPEST + 1) + "\n", 3, "nested too deeply", str(DEEPEST)),
    "compound key": (HEAD + "  ? [a, b]\n  : 3\n", 3, "keys must be", "plain words or years"),
    "merge key": ("title: x\nlevers: {<<: {output_cap: 200}}\n", 2, "'<<' cannot be read", "text in quotes"),
    "duplicate key": (HEAD + "  output_cap: 200\n  output_cap: 200\n", 4, "duplicate key 'output_cap'", "once"),
    "duplicate year": (HEAD + '  output_cap: {2016: 200, "2016": 300}\n', 3, "duplicate key 2016", "once"),
    "octal": (HEAD + "  output_cap: 0200\n", 3, "'0200' is no plain number", "leading zeros"),
    "sixty-based": (HEAD + "  output_cap: 3:20\n", 3, "'3:20' is no plain number", "colons"),
    "impossible date": ("title: 2015-13-45\nlevers: {}\n", 1, "cannot be read", "text in quotes"),
    "endless number": (HEAD + "  output_cap: " + "9" * 5000 + "\n", 3, "cannot be read", "number such as"),
    # fields
    "no levers": ("title: x\n", 1, "`levers` is missing", "or {} for none"),
    "no title": ("levers: {}\n", 1, "`title` is missing", "{zh: …, en: …}"),
    "levers left empty": ("title: x\nlevers:\n", 2, "`levers` is nothing", "or {} for none"),
    "levers a list": ("title: x\nlevers: [output_cap]\n", 2, "`levers` is ['output_cap']", "or {} for none"),
    "unknown field": ("title: x\nlever: {}\nlevers: {}\n", 2, "unknown key 'lever'; did you mean levers?", "drivers"),
    "own name": ("title: x\nname: y\nlevers: {}\n", 2, "unknown key 'name'", "title, levers"),
    "field that is no word": ("2016: x\n" + EMPTY, 1, "unknown key 2016", "title, levers"),
    "title a number": ("title: 2015\nlevers: {}\n", 1, "`title` is not understood", "in quotes"),
    "title empty": ("levers: {}\ntitle: ''\n", 2, "`title` is not understood", "{zh: …, en: …}"),
    "title in one language": ("levers: {}\ntitle: {zh: 甲}\n", 2, "`title` is not understood", "both languages"),
    "title in three": ("levers: {}\ntitle: {zh: 甲, en: a, fr: a}\n", 2, "`title` is not understood", "both"),
    "description a list": (EMPTY + "description: [a]\n", 3, "`description` is not understood", "{zh: …, en: …}"),
    "until too late": (EMPTY + "until: 2050\n", 3, "`until` is 2050", "2010 to 2035"),
    "until a fraction": (EMPTY + "until: 2020.5\n", 3, "`until` is 2020.5", "2010 to 2035"),
    "until true": (EMPTY + "until: true\n", 3, "`until` is true", "2010 to 2035"),
    "extends a number": (EMPTY + "extends: 3\n", 3, "`extends` is 3", "name of a scenario"),
    "extends nothing known": (EMPTY + "extends: no_documents\n", 3, "did you mean no_document?", "as_happened"),
    "extends a path away": (EMPTY + "extends: ../../etc/passwd\n", 3, "not there", "as_happened"),
    "extends an endless name": (EMPTY + f"extends: {'a' * 9000}\n", 3, "not there", "as_happened"),
    # levers
    "unknown lever": (HEAD + "  output_cup: 200\n", 3, "unknown lever 'output_cup'; did you mean output_cap?",
                      "industrial_internet"),
    "lever that is no word": (HEAD + "  2016: 200\n", 2, "`levers` is not understood", "`lever: value`"),
    "too high": (HEAD + "  output_cap: 500\n", 3, "500 is out of range for output_cap", "100 to 400 Mt/yr"),
    "too low": (HEAD + "  output_cap: -1e3\n", 3, "-1000 is out of range", "100 to 400 Mt/yr"),
    "NaN": (HEAD + "  output_cap: .nan\n", 3, "nan is no finite number", "100 to 400 Mt/yr"),
    "infinite": (HEAD + "  output_cap: 1e999\n", 3, "inf is no finite number", "100 to 400 Mt/yr"),
    "too long for a float": (HEAD + f"  output_cap: {'9' * 400}\n", 3, "… is no finite number", "100 to 400"),
    "true": (HEAD + "  output_cap: yes\n", 3, "true is no finite number", "100 to 400 Mt/yr"),
    "nothing": (HEAD + "  output_cap:\n", 3, "nothing is no finite number", "100 to 400 Mt/yr"),
    "list of values": (HEAD + "  output_cap: [200]\n", 3, "[200] is no finite number", "100 to 400 Mt/yr"),
    "date": (HEAD + "  output_cap: 2016-01-01\n", 3, "datetime.date(2016, 1, 1) is no finite number", "100 to 400"),
    "words": (HEAD + "  output_cap: plenty\n", 3, "'plenty' is no value", "frozen_2015"),
    "quoted number": (HEAD + "  output_cap: '200'\n", 3, "'200' is no value", "a number from 100 to 400 Mt/yr"),
    "empty table": (HEAD + "  output_cap: {}\n", 3, "an empty table for output_cap", "year: value"),
    "year too early": (HEAD + "  output_cap:\n    2009: 200\n", 4, "2009 is no year of the model", "2010 to 2035"),
    "year too late": (HEAD + "  output_cap:\n    2036: 200\n", 4, "2036 is no year of the model", "2010 to 2035"),
    "year a fraction": (HEAD + "  output_cap:\n    2016.5: 200\n", 4, "2016.5 is no year", "2010 to 2035"),
    "year true": (HEAD + "  output_cap:\n    true: 200\n", 4, "true is no year", "2010 to 2035"),
    "years out of order": (HEAD + "  output_cap: {2018: 200, 2016: 200}\n", 3, "out of order: 2018, 2016", "rising"),
    "bad value in a table": (HEAD + "  output_cap:\n    2016: 200\n    2017: 20\n", 5, "20 is out of range", "100 to"),
    "ramp backwards": (HEAD + "  output_cap: {ramp: {from: 2020, to: 2016, end: 200}}\n", 3, "out of order", "rising"),
    "ramp of no length": (HEAD + "  output_cap: {ramp: {from: 2020, to: 2020, end: 200}}\n", 3,
                          "starts and ends in 2020", "later than"),
    "ramp without end": (HEAD + "  output_cap: {ramp: {from: 2016, to: 2020}}\n", 3, "the ramp lacks end", "start"),
    "ramp with a wrong key": (HEAD + "  output_cap: {ramp: {from: 2016, to: 2020, ends: 200}}\n", 3,
                              "unknown key 'ends' in a ramp; did you mean end?", "from, to, start, end"),
    "ramp to nowhere": (HEAD + "  output_cap: {ramp: {from: 2016, to: 2020, end: 2000}}\n", 3, "2000 is out of range",
                        "100 to 400"),
    "ramp a number": (HEAD + "  output_cap: {ramp: 3}\n", 3, "this is no ramp", "{from: year"),
    "ramp and more": (HEAD + "  output_cap: {2016: 200, ramp: {from: 2016, to: 2020, end: 200}}\n", 3,
                      "this is no ramp", "nothing beside it"),
    "unknown sector": (HEAD + "  capacity_closure:\n    stele: 3\n", 4,
                       "unknown sector 'stele' for capacity_closure; did you mean steel?",
                       "steel, cement, glass"),
    "sector of another lever": (HEAD + "  capacity_discipline: {textile: 1}\n", 3, "unknown sector 'textile'", "glass"),
    "sector of no lever": (HEAD + "  output_cap: {steel: 200}\n", 3, "output_cap is not set by sector", "100 to 400"),
    "sectors and years": (HEAD + "  smart_manufacturing: {steel: 3, 2016: 4}\n", 3, "2016 stands beside sectors", "or"),
    "closure without sector": (HEAD + "  capacity_closure: 10\n", 3, "needs a value for each sector", "cement 0 to 60"),
    "closure beyond range": (HEAD + "  capacity_closure: {glass: 70}\n", 3, "70 is out of range",
                             "0 to 60 M weight cases/yr"),
    # parameters
    "unknown parameter": (EMPTY + "parameters: {initial_utilizaton: 0.7}\n", 3, "did you mean initial_utilisation or",
                          "hebei2025 parameters"),
    "parameter out of range": (EMPTY + "parameters: {initial_utilisation: 7}\n", 3, "7 is out of range", "0.65 to 0.9"),
    "parameter of the wrong type": (EMPTY + "parameters: {initial_utilisation: low}\n", 3, "'low' is no finite number",
                                    "0.65 to 0.9"),
    "parameter of an unknown branch": (EMPTY + "parameters: {initial_utilisation: {steal: 0.7}}\n", 3,
                                       "unknown branch 'steal' for initial_utilisation; did you mean steel?",
                                       "default"),
    "parameter that has no branches": (EMPTY + "parameters: {initial_national_steel_utilisation: {steel: 0.7}}\n", 3,
                                       "not set by branch", "0.68 to 0.85"),
    "parameter left empty": (EMPTY + "parameters: {initial_utilisation: {}}\n", 3, "no value for", "0.65 to 0.9"),
    "branch beyond its own range": (EMPTY + "parameters: {initial_output: {glass: 1790}}\n", 3, "1790 is out of range",
                                    "24 to 36 亿元/yr"),
    # drivers
    "unknown driver": (EMPTY + "drivers: {ore_prices: 1}\n", 3, "did you mean ore_price_index?", "other_energy_use"),
    "driver below zero": (EMPTY + "drivers: {ore_price_index: -1}\n", 3, "-1 is out of range", "0 to 30"),
    "driver of the wrong type": (EMPTY + "drivers: {ore_price_index: dear}\n", 3, "'dear' is no value", "multiply"),
    "driver without years": (EMPTY + "drivers: {ore_price_index: {}}\n", 3, "an empty table", "year: value"),
    "driver not finite": (EMPTY + "drivers: {ore_price_index: {2016: .nan}}\n", 3, "nan is no finite number",
                          "0 to 30"),
    "driver years out of order": (EMPTY + "drivers: {ore_price_index: {2018: 1, 2016: 1}}\n", 3, "out of order",
                                  "rising"),
    "factor missing": (EMPTY + "drivers: {ore_price_index: {from: 2016}}\n", 3, "`multiply` is missing", "0 to 10"),
    "factor negative": (EMPTY + "drivers: {ore_price_index: {multiply: -1}}\n", 3, "`multiply` is -1", "0 to 10"),
    "factor with a wrong key": (EMPTY + "drivers: {ore_price_index: {multiply: 1, until: 2020}}\n", 3,
                                "unknown key 'until'", "multiply, from, to"),
    "factor years": (EMPTY + "drivers: {ore_price_index: {multiply: 1, from: 2020, to: 2016}}\n", 3, "out of order",
                     "rising"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_message_says_where_what_and_what_is_allowed(what):
    text, line, wrong, allowed = BAD[what]
    first = problems_of(text)[0]
    assert first.startswith(f"bad.yaml:{line}: "), first
    assert wrong in first
    assert allowed in first
    assert len(first) < 700
    assert re.search(r"allowed|allows|needed|expected|must|once|write|save", first), first


def test_all_problems_of_a_file_are_told_at_once():
    found = problems_of("title: 3\nlever: {}\nlevers: {}\nuntil: 9\n")
    assert [p.split(": ")[0] for p in found] == ["bad.yaml:2", "bad.yaml:1", "bad.yaml:4"]
    found = problems_of(EMPTY.replace("{}", "{output_cap: 1, nope: 2}") + "drivers: {ore_price_index: -1}\n")
    assert len(found) == 3


def test_a_problem_in_a_parent_names_the_parent(tmp_path):
    (tmp_path / "parent.yaml").write_text(HEAD + "  output_cap: 1\n")
    (tmp_path / "child.yaml").write_text(EMPTY + "extends: parent\n")
    with pytest.raises(ScenarioError, match=r"parent\.yaml:3: 1 is out of range"):
        load_scenario(tmp_path / "child.yaml")


def test_circular_extends(tmp_path):
    for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("self", "self")):
        (tmp_path / f"{name}.yaml").write_text(EMPTY + f"extends: {other}\n")
    with pytest.raises(ScenarioError, match=r"c\.yaml:3: circular extends: a -> b -> c -> a; allowed"):
        load_scenario(tmp_path / "a.yaml")
    with pytest.raises(ScenarioError, match="circular extends: self -> self"):
        load_scenario(tmp_path / "self.yaml")


def test_an_endless_chain_of_extends(tmp_path):
    for k in range(40):
        (tmp_path / f"s{k}.yaml").write_text(EMPTY + f"extends: s{k + 1}\n")
    with pytest.raises(ScenarioError, match="chain of extends is too long; at most 20"):
        load_scenario(tmp_path / "s0.yaml")


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda p: p, "no such file"),
        (lambda p: p.mkdir() or p, "is a directory"),
        (lambda p: p.with_name("a" * 400), "cannot be read"),
        (lambda p: p.symlink_to(p) or p, "cannot be read|no such file"),
    ],
)
def test_what_is_no_file(tmp_path, make, wrong):
    path = make(tmp_path / "x.yaml")
    with pytest.raises(ScenarioError, match=wrong) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}:1: ")


@pytest.mark.skipif(os.name == "nt", reason="needs /dev/zero")
def test_an_endless_file_is_not_read_to_its_end():
    with pytest.raises(ScenarioError, match="too large"):
        load_scenario("/dev/zero")


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\n"


@pytest.mark.parametrize(
    "text", ["[" * 60000, "{a: " * 15000, "- " * 30000, "? " * 30000, BOMB * 900, "a: b\n" * 12000]
)
def test_hostile_files_are_refused_quickly(text):
    begin = time.process_time()
    problems_of(text)
    assert time.process_time() - begin < 3


# Whatever people (or machines) write, only ScenarioError is raised


def accepted_or_refused(text):
    """Parse; what is accepted must also turn into inputs."""
    try:
        scenario = parse_scenario(text)
    except ScenarioError as error:
        assert error.problems
        assert all(problem.line >= 1 and problem.message for problem in error.problems)
        str(error).encode("utf-8")
        return
    import numpy as np

    years = np.arange(2010, last_year(scenario) + 1)
    constants, tables = inputs_of(scenario, years)
    assert all(np.isfinite(value).all() for value in (*constants.values(), *tables.values()))
    assert all(len(table) == len(years) for table in tables.values())


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
    | st.sampled_from([0, 1, 0.5, 10, 150, 2016, "baseline", "document", "frozen_2015", 10**400])
)  # fmt: skip
KEYS = st.sampled_from(
    [*FIELDS, *levers(), *list(parameters())[:12], *drivers(), "steel", "cement", "building_materials", "default",
     "ramp", "from", "to", "start", "end", "multiply", "zh", "en", "name", "<<", 2009, 2016, 2018, 2020, 2036]
)  # fmt: skip
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
    text = "title: {zh: 甲, en: a}\nlevers: {output_cap: {2016: 200.5}, capacity_closure: {steel: 3}}\nuntil: 2030\n"
    first = parse_scenario(text)
    again = parse_scenario(yaml.safe_dump(first.model_dump(), allow_unicode=True))
    assert isinstance(first, Scenario)
    assert again == first
