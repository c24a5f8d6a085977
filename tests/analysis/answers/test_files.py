"""The stored answers belong to the present model, answer every question, and agree with themselves."""

import copy
import json

import numpy as np
import pytest

from analysis.answers import asked, files
from analysis.experiments.design import MORRIS, SALTELLI
from analysis.global_sensitivity import sensitivity
from analysis.group_wedges import INTERACTION, WHOLE, groups
from analysis.robustness.choice import robust
from analysis.varying_numbers import evidence_of
from model.system import system
from model.targets import modelled_targets

NOISE = 3
"""Half-intervals by which an index may lie beyond what it could be without an error of estimation."""
ROUNDING = 1e-4
"""Relative error of numbers that are stored with five digits."""
QUANTILES = ("p5", "p50", "p95")


def choices():
    return files.stored(files.CHOICES)["answers"]


def tables(name):
    return [(one, files.table_of(one["table"])) for one in files.stored(name)["answers"]]


@pytest.mark.parametrize("name", files.NAMES)
def test_they_belong_to_the_present_model_and_data(name):
    assert files.outdated(name) == [], f"renew them with {files.RENEW}"
    files.require_present(name)


@pytest.mark.parametrize(("name", "kind"), [(files.CHOICES, asked.CALIBRATED), (files.ATTRIBUTION, "as_happened")])
def test_a_change_of_the_model_or_the_data_makes_them_outdated(monkeypatch, name, kind):
    record = copy.deepcopy(files.stored(name))
    record["hashes"][kind]["data_hash"] = "another"
    monkeypatch.setattr(files, "stored", lambda _: record)
    assert files.outdated(name) == [f"{kind}: data_hash"]
    with pytest.raises(ValueError, match="documents robust --slow"):
        files.require_present(name)


@pytest.mark.parametrize("name", files.NAMES)
def test_a_file_is_what_is_written_of_its_record(name):
    text = files.file_of(name).read_text(encoding="utf-8")
    assert files.text_of(json.loads(text)) == text


def test_every_question_has_an_answer_and_no_other():
    sensitivities = {
        (indicator, year, measure, method)
        for indicator in asked.INDICATORS
        for year in asked.YEARS
        for measure in asked.MEASURES
        for method in (SALTELLI, MORRIS)
    }
    found = [
        tuple(one[key] for key in ("indicator", "year", "measure", "method")) for one, _ in tables(files.SENSITIVITY)
    ]
    assert set(found) == sensitivities and len(found) == len(sensitivities)
    compared = {
        (policies, under, indicator, year, better)
        for policies in asked.SETS
        for under, years in asked.UNDER.items()
        for indicator in asked.INDICATORS
        for year in years
        for better in asked.better_of(indicator)
    }
    found = [tuple(one[key] for key in ("set", "under", "indicator", "year", "better")) for one in choices()]
    assert set(found) == compared and len(found) == len(compared)
    assert [(one["set"], one["under"]) for one, _ in tables(files.TARGETS)] == [
        (policies, under) for policies in asked.SETS for under in asked.UNDER
    ]
    assert {(one["indicator"], one["year"]) for one, _ in tables(files.ATTRIBUTION)} == {
        (indicator, year) for indicator in asked.SPLIT for year in asked.UNTIL
    }
    with pytest.raises(files.NoAnswerError, match="no answer is stored"):
        files.answer(files.ATTRIBUTION, indicator="crude_steel_output", year=2016)


def test_a_number_decides_no_more_alone_than_in_all():
    for one, table in tables(files.SENSITIVITY):
        assert one["dropped"] == 0 and (table["number"].map(evidence_of).str[0].isin(list("ABCD"))).all()
        if one["method"] == MORRIS:
            assert (table["mu"].abs() <= table["mu_star"] * (1 + ROUNDING) + 1e-12).all()
            continue
        assert len(table) == 12
        error = np.hypot(table["first_confidence"], table["total_confidence"])
        assert (table["first"] <= table["total"] + NOISE * error + ROUNDING).all(), one["indicator"]
        assert table["first"].sum() <= 1 + NOISE * np.hypot.reduce(table["first_confidence"].to_numpy())
        assert (table["total"] >= -table["total_confidence"]).all() and table["total"].is_monotonic_decreasing


def test_probabilities_add_up_to_one_and_regret_is_smallest_where_a_policy_is_always_best():
    for one in choices():
        table = files.table_of(one["policies"])
        assert table["policy"].to_list() == list(asked.SETS[one["set"]])
        assert table["probability_best"].sum() == pytest.approx(1, abs=5 * ROUNDING), "ties share"
        assert (table["p5"] <= table["p50"]).all() and (table["p50"] <= table["p95"]).all()
        regrets = table[["expected_regret", "p95_regret", "maximum_regret"]].to_numpy()
        assert (regrets[:, 0] <= regrets[:, 2] * (1 + ROUNDING)).all() and (regrets[:, 1] <= regrets[:, 2]).all()
        assert one["everything"] <= regrets[:, 0].min() * (1 + 10 * ROUNDING) + 1e-6
        sure = table[table["probability_best"] == 1]
        assert (sure["maximum_regret"] == 0).all()


def test_orders_are_of_every_pair_and_their_shares_fit_the_probabilities():
    for one in choices():
        table = files.table_of(one["policies"]).set_index("policy")["probability_best"]
        pairs = {frozenset((order["first"], order["second"])) for order in one["orders"]}
        assert len(pairs) == len(one["orders"]) == len(table) * (len(table) - 1) // 2
        for order in one["orders"]:
            assert 0 <= order["first_better"] + order["second_better"] <= 1 + ROUNDING
            for policy, other in (("first", "second"), ("second", "first")):
                assert table[order[policy]] <= 1 - order[f"{other}_better"] + ROUNDING


def test_the_same_runs_are_behind_both_sets_and_both_directions():
    by_question = {}
    for one in choices():
        rows = files.table_of(one["policies"]).set_index("policy")[list(QUANTILES)]
        key = (one["under"], one["indicator"], one["year"])
        for policy in rows.index:
            known = by_question.setdefault((*key, policy), rows.loc[policy].to_list())
            assert rows.loc[policy].to_list() == known
    steel = [one for one in choices() if one["indicator"] == "crude_steel_output"]
    assert {one["better"] for one in steel} == {"lower", "higher"}, "the model takes no side on output of steel"


def test_goals_are_reached_with_probabilities_and_all_of_them_are_known():
    known = {target.id for target in modelled_targets()}
    for one, table in tables(files.TARGETS):
        assert set(table["target"]) == known and set(table["policy"]) == set(asked.SETS[one["set"]])
        estimated = table[table["probability"].notna()]
        assert estimated["probability"].between(0, 1).all() and (estimated["p5"] <= estimated["p95"]).all()
        assert len(estimated) > len(table) / 2, "most targets are varied"
        assert (len(estimated) == len(table)) == (one["under"] == asked.PRIORS), "whole priors vary all of them"


def test_shares_add_up_to_the_whole_and_parts_alone_with_the_interaction_too():
    for one, table in tables(files.ATTRIBUTION):
        rows = table.set_index("part")
        size = rows["share"].abs().max()
        assert set(groups()) < set(rows.index) and one["first"] == asked.FROM
        for reading in ("share", "alone"):
            parts = rows[reading].drop(WHOLE).sum()
            assert parts == pytest.approx(rows.at[WHOLE, reading], abs=10 * ROUNDING * size)
        assert np.isnan(rows.at[INTERACTION, "share"])
        banded = rows.drop(INTERACTION)
        assert (banded["share_p5"] <= banded["share_p95"]).all()


def test_indicators_exist_and_directions_are_those_of_the_model():
    for indicator in asked.INDICATORS:
        name, entry = asked.base_of(indicator)
        variable = system().variables[name]
        assert entry is None or entry in variable.axis.labels
    assert asked.better_of("co2_emissions_industry") == asked.better_of("public_cost_total") == ("lower",)
    assert asked.better_of("employment.steel") == ("higher",)


def test_a_small_run_of_the_commands_agrees_with_what_is_stored():
    """The same designs with fewer points say the same within their errors."""
    found = sensitivity(asked.DESIGNS[asked.PRIORS], "crude_steel_output", 2025, policy=asked.WHOLE, size=64).set_index(
        "number"
    )
    head = {"indicator": "crude_steel_output", "year": 2025, "measure": asked.LEVEL, "method": SALTELLI}
    known = files.table_of(files.answer(files.SENSITIVITY, **head)["table"]).set_index("number")
    error = np.hypot(found["total_confidence"], known["total_confidence"])
    apart = (found["total"] - known["total"]).abs()
    assert (apart <= NOISE * error + 0.02).all()


def test_the_command_about_a_choice_gives_what_is_stored(tmp_path):
    head = {"set": asked.PACKAGES, "under": asked.CALIBRATED}
    indicator = "co2_emissions_industry"
    known = files.answer(files.CHOICES, indicator=indicator, year=2025, better="lower", **head)
    pair = asked.SETS[asked.PACKAGES][:2]
    found = robust(asked.DESIGNS[asked.CALIBRATED], indicator, 2025, "lower", pair)
    rows = files.table_of(known["policies"]).set_index("policy").loc[list(pair), list(QUANTILES)]
    assert found.policies.set_index("policy")[list(QUANTILES)].to_numpy() == pytest.approx(
        rows.to_numpy(), rel=ROUNDING
    )
    order = next(one for one in known["orders"] if {one["first"], one["second"]} == set(pair))
    assert found.orders[0].first_better == pytest.approx(order["first_better"], abs=ROUNDING)
