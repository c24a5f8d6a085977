"""Sentences of explanations: every number in them is that of a run, in the unit of the language."""

import re

import pytest

from analysis.causal_chains import Change
from analysis.diagram import chapter_diagram, neighbourhood
from analysis.difference import Cause, Difference
from analysis.explanation import Part, Period, explain
from analysis.knockouts import knockouts
from analysis.varied_runs import VariedRuns
from model.inputs import START
from model.scenario import shipped_scenarios
from views.language import LANGUAGES, Locale
from views.results.diagrams import Look, chain_diagram, chain_notes, change_text, described, digits_for, links_table
from views.results.explanations import difference_sentences, period_sentences

EN, ZH = Locale("en"), Locale("zh")
STEEL = "crude_steel_output"


def a_period(**changes):
    """A period from 100 to 150 Mt with a loop for and none against it."""
    values = {
        "first": 2015,
        "last": 2020,
        "start": 100.0,
        "end": 150.0,
        "held": (),
        "hardly_changes": False,
        "leading": Part("B-restart", 20.0, 30.0),
        "opposing": None,
        "chain_year": 2020,
        "chain": (),
        "all_loops": Part("", 40.0, 10.0),
        "all_drivers": Part("", 60.0, -10.0),
        "driver": Part("ore_price_index", 12.0, 38.0),
        "all_levers": Part("", -5.0, 55.0),
        "lever": None,
        "without_rule": None,
    }
    return Period(**{**values, **changes})


def test_a_period_is_told_with_its_numbers():
    assert period_sentences(a_period(), STEEL, EN) == [
        "2015–2020: up from 100 Mt to 150 Mt (+50.0 Mt).",
        "Of the feedback loops, “Restart of idle plants” (B-restart) adds most: without it the change would be "
        "+30.0 Mt.",
        "With all 24 loops switched off together it would be +10.0 Mt.",
        "From outside: had all drivers stayed as in 2015, the change would be −10.0 Mt (with “Iron-ore price in yuan, "
        "2015 = 1” alone held: +38.0 Mt).",
        "Had all policy levers stayed as in 2015, it would be +55.0 Mt.",
    ]
    assert period_sentences(a_period(), STEEL, ZH)[:2] == [
        "2015–2020年：由1.00亿吨升至1.50亿吨（+5\u202f000万吨）。",
        "各反馈回路中，“复产”（B-restart）的作用最大：若无此回路，变化量为+3\u202f000万吨。",
    ]


def test_more_than_half_of_a_change_is_said_and_too_small_loops_are_not_named():
    most = a_period(leading=Part("B-swap", 26.0, 24.0), opposing=Part("R-cap", -9.0, 59.0))
    assert "more than half of the change" in period_sentences(most, STEEL, EN)[1]
    assert period_sentences(most, STEEL, EN)[2].startswith("“Ratchet of the output cap” (R-cap) works against it")
    none = period_sentences(a_period(leading=None), STEEL, EN)
    assert none[1] == "No feedback loop adds as much as 10 % of this change, so none is named."


def test_a_flat_period_names_no_cause():
    flat = a_period(end=100.4, hardly_changes=True)
    assert period_sentences(flat, STEEL, EN) == ["2015–2020: hardly any change (+0.40 Mt), too little to name a cause."]


def test_a_rule_is_named_with_the_value_without_it():
    held = a_period(held=(2018, 2020), without_rule=Part("output_cap", -7.0, 157.0))
    told = period_sentences(held, STEEL, EN)
    assert told[0] == "2015–2020: a rule, “Permitted change of crude steel”, decides in 2018, 2020."
    assert told[1] == "The value in 2020 is 150 Mt; without the rule it would be 157 Mt."
    assert told[-1] == "Without “Restart of idle plants” (B-restart) it would be 30.0 Mt in 2020."


def test_the_numbers_in_the_text_are_those_of_runs_with_the_loop_switched_off():
    actual = shipped_scenarios()["as_happened"]
    runs = VariedRuns.of(actual)
    for period in explain(actual, STEEL):
        if period.hardly_changes or not period.leading:
            continue
        run = runs.run(knockouts()[period.leading.cause].switched(runs.constants))[STEEL]
        without = run[period.last - START] - (0 if period.held else run[period.first - START])
        sentence = next(s for s in period_sentences(period, STEEL, EN) if f"({period.leading.cause})" in s)
        number = re.search(r"would be ([+−]?[\d.]+) Mt", sentence)[1]
        assert float(number.replace("−", "-")) == pytest.approx(without, abs=0.51 if abs(without) >= 100 else 0.051)


def test_a_difference_is_told_with_its_causes_and_the_rest():
    causes = (Cause("output_cap", 130.0, -20.0, ()), Cause("circular_economy", 153.0, 3.0, ()))
    assert difference_sentences(Difference(STEEL, 2020, 150.0, 134.0, causes), EN) == [
        "Crude steel output in 2020: 134 Mt under the present settings, 150 Mt under actual policies (−16.0 Mt).",
        "Each moved alone: “Permitted change of crude steel” −20.0 Mt; “Circular economy (scrap, waste heat, "
        "by-product gas)” +3.0 Mt.",
        "The rest, from what is not named and from what causes do only together: +1.0 Mt.",
    ]
    alone = difference_sentences(Difference(STEEL, 2020, 150.0, 130.0, causes[:1]), ZH)
    assert alone == ["2020年粗钢产量：当前设置下为1.30亿吨，实际政策下为1.50亿吨（−2\u202f000万吨）。"]


def test_values_of_a_chain_can_be_told_apart():
    change = Change("steel_output", "", 225.21, 225.84, 230.0)
    assert change_text(change, EN) == "225.2 → 225.8 Mt/yr" and change_text(change, ZH) == "2.252 → 2.258亿吨/年"
    assert digits_for(Change("steel_output", "", 200.0, 300.0, 300.0), 1.0) == 0
    branch = Change("effective_capacity", "steel", 3000.0, 3500.0, 3500.0)
    assert change_text(branch, EN) == "Steel 300 → 350 bn yuan/yr" and change_text(branch, ZH).startswith("钢铁 3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_diagram_has_words_for_all_that_it_shows(language):
    locale = Locale(language)
    picture = chapter_diagram("capacity")
    data = described(picture, "capacity", Look(), locale)
    legend = {key for key, _ in data["legend"]}
    assert legend == {
        *("stock", "flow", "auxiliary", "lever", "driver", "outside", "pipe"),
        *("sign_more", "sign_less", "sign_unknown"),
    }
    assert all(node["label"] and node["told"].startswith(node["label"]) for node in data["nodes"])
    assert not any(node["opens"] for node in data["nodes"] if node["kind"] in ("lever", "driver"))
    table = links_table(picture.links, locale)
    assert len(table) == len(picture.links) and locale.translate("diagram.pipe") in set(table.iloc[:, 2])
    assert "lever" not in {key for key, _ in described(neighbourhood("steel_output"), "", Look(), locale)["legend"]}


def test_a_chain_is_drawn_from_its_lever_with_the_values_of_each_variable():
    chain = (Change("steel_cap", "", 200.0, 210.0, 210.0), Change("steel_output", "", 200.0, 205.0, 210.0))
    picture = chain_diagram(chain, "output_cap")
    assert [node.id for node in picture.nodes] == ["output_cap", "steel_cap", "steel_output"]
    assert [(link.cause, link.effect) for link in picture.links] == [
        ("output_cap", "steel_cap"),
        ("steel_cap", "steel_output"),
    ]
    notes = chain_notes(chain, EN)
    assert notes == {"steel_cap": "200 → 210 Mt/yr", "steel_output": "200 → 205 Mt/yr"}
    nodes = described(picture, "", Look(notes=notes), EN)["nodes"]
    assert (
        nodes[1]["note"] == "200 → 210 Mt/yr" and nodes[1]["told"] == "Cap on steel output, 200 → 210 Mt/yr, auxiliary"
    )
