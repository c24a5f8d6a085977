"""A choice between policies: tables against sums by hand, words in both languages, refusals."""

import numpy as np
import pandas as pd
import pytest

from analysis.experiments.execution import run_experiment
from analysis.experiments.finished import AnswerError, Question, finished
from analysis.robustness.choice import orders, policy_table, robust
from analysis.robustness.conditions import Conditions, conditions_of
from analysis.robustness.target_results import Reached
from analysis.robustness.words import box_text, order_text
from analysis.varying_numbers import name_of
from calibration.posterior import WINDOWS, load
from model.targets import targets

from ..experiments.support import small, written

POSTERIOR = {
    "vary": {"parameters": {"from": "posterior", "disturbances": True}, "drivers": ["drivers_low", "as_happened"]},
    "policies": ["no_document", "as_happened", "document_implemented"],
    "sample": {"method": "sobol", "size": 256, "seed": 1},
    "keep": {
        "indicators": ["smart_adoption", "steelmaking_capacity", "crude_steel_output"],
        "years": [2017, 2020, 2025],
    },
    "chunk": 256,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("choice")
    return run_experiment(small(place, **POSTERIOR), place / "runs")


@pytest.fixture(scope="module")
def found(folder):
    return robust(folder, "crude_steel_output", 2025, "lower", target="steel_capacity_2020")


def test_the_table_of_policies_is_that_summed_by_hand():
    values = np.array([[1.0, 5.0, 3.0], [2.0, 2.0, 3.0]])
    table = policy_table(("a", "b"), values, better=1).set_index("policy")
    assert table["probability_best"].to_list() == pytest.approx([0.5, 0.5])
    assert table["expected_regret"].to_list() == pytest.approx([1 / 3, 1.0])
    assert table["maximum_regret"].to_list() == [1.0, 3.0]


def test_boxes_are_a_table_and_a_notebook_shows_the_sentences(found):
    boxes = [
        (box, number)
        for each in (*found.orders, *found.misses)
        for box, one in enumerate(each.boxes or (), 1)
        for number in one.box
    ]
    assert boxes and list(found.boxes[["box", "number"]].itertuples(index=False, name=None)) == boxes
    assert found.boxes["zh"].str.len().min() > 0 and found.boxes["share"].between(0, 1).all()
    assert len(found.sentences) == len(found.orders) + len(found.misses)
    html = found._repr_html_()
    assert all(order.rare in html for order in found.orders) and "probability_best" in html and "优于" in html


def test_the_order_flips_where_the_known_condition_holds_and_words_say_so():
    random = np.random.default_rng(1)
    table = pd.DataFrame({"hebei_steel_advantage": random.random(1000), "talent.factor": random.random(1000)})
    gain = np.where(table["hebei_steel_advantage"] > 0.8, 1.0, -1.0)
    (order,) = orders(("a", "b"), np.stack([gain, np.zeros(1000)]), 1, Conditions(table, np.arange(1000)))
    assert order.rare == "a" and order.first_better + order.second_better == 1
    assert set(order.boxes[0].box) == {"hebei_steel_advantage"} and order.boxes[0].held_out.density > 0.9
    text = order_text(order)
    assert (
        "Hebei's advantage" in text.en and "at least 0.79" in text.en and "河北" in text.zh and "不低于0.79" in text.zh
    )


def test_probabilities_of_being_best_add_up_and_regret_is_that_of_the_runs(folder, found):
    assert found.policies["probability_best"].sum() == pytest.approx(1)
    with finished(folder, Question(("crude_steel_output",), (2025,))) as runs:
        values = np.stack([runs.values("crude_steel_output", name, 2025) for name in runs.policies])
    regret = values - values.min(axis=0)
    assert found.policies["expected_regret"].to_list() == pytest.approx(regret.mean(axis=1).tolist())
    assert found.policies["maximum_regret"].to_list() == pytest.approx(regret.max(axis=1).tolist())
    assert found.information.attrs["everything"] == pytest.approx(regret.mean(axis=1).min())
    assert found.runs == 256 and found.dropped == 0 and len(found.orders) == 3


def test_the_targets_that_were_kept_have_probabilities(found):
    kept = set(found.targets["target"])
    assert {"steel_capacity_2020", "nc_rate_2020", "steel_capacity_2017"} <= kept
    assert found.targets["probability"].dropna().between(0, 1).all()
    assert len(found.misses) == 3 and {miss.target.id for miss in found.misses} == {"steel_capacity_2020"}
    by_policy = found.targets[found.targets["target"] == "steel_capacity_2020"].set_index("policy")["probability"]
    assert all(miss.probability == pytest.approx(1 - by_policy[miss.policy]) for miss in found.misses)


def test_no_probability_is_given_where_the_draws_do_not_vary_what_is_reached():
    target = next(one for one in targets() if one.id == "steel_capacity_2020")
    values = {"fixed": np.full(100, 195.0), "varied": np.linspace(150.0, 250.0, 100)}
    fixed, varied = Reached(target, values, "parameters", drawn=True).rows()
    assert np.isnan(fixed["probability"]) and np.isnan(fixed["p5"]) and fixed["p50"] == 195.0
    assert varied["probability"] == 0.5
    assert [row["probability"] for row in Reached(target, values, "parameters", drawn=False).rows()] == [1.0, 0.5]


def test_a_draw_is_taken_apart_into_its_numbers_and_disturbances(folder):
    posterior = load(WINDOWS[-1])
    with finished(folder, Question((), ())) as runs:
        conditions = conditions_of(runs, 2025)
        before = conditions_of(runs, 2020)
        draws = runs.results["posterior_draw"].to_numpy().astype(int)
    number = posterior.numbers[0]
    assert (conditions.table[number.id].to_numpy() == posterior.draws[draws, 0]).all()
    assert "disturbance.national_steel_demand" in conditions.table and "drivers" in conditions.table
    assert not any(name.startswith("disturbance.") for name in before.table)
    assert (conditions.groups == draws).all() and "posterior_draw" not in conditions.table


def test_a_design_is_run_for_the_policies_that_are_asked_for(tmp_path):
    file = written(tmp_path, **{**POSTERIOR, "sample": {"size": 64}, "keep": {"indicators": ["smart_adoption"]}})
    found = robust(file, "steelmaking_capacity", 2017, "lower", ("no_document", "closure_only"))
    assert list(found.policies["policy"]) == ["no_document", "closure_only"]
    assert set(found.targets["target"]) == {
        one.id for one in targets() if one.indicator is not None and one.value is not None
    }


def test_every_condition_has_a_name_in_both_languages(folder):
    with finished(folder, Question((), ())) as runs:
        names = list(conditions_of(runs, 2025).table)
    for name in [
        *names,
        "capacity_closure.factor",
        "smart_manufacturing.steel.shift",
        "national_steel_demand.multiply",
    ]:
        text = name_of(name)
        assert text.zh != text.en and "_" not in text.en, name
    text = box_text({"drivers": frozenset({"drivers_low"}), "hebei_steel_advantage": (0.5, 1.0)})
    assert " and " in text.en and "，且" in text.zh and "0.5" in text.zh


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"better": "up"}, "allowed: higher, lower"),
        ({"policies": ("no_document",)}, "at least two policies"),
        ({"policies": ("no_document", "no_document")}, "different policies"),
        ({"policies": ("no_document", "nobody")}, "no policy 'nobody'"),
        ({"indicator": "talent"}, "no kept number 'talent'"),
        ({"year": 2019}, "no kept year '2019'"),
        ({"target": "nothing"}, "no target 'nothing'"),
        ({"target": "sei_share_2020"}, "no kept number 'sei_share'"),
    ],
)
def test_what_cannot_be_answered_is_refused(folder, arguments, message):
    request = {"indicator": "crude_steel_output", "year": 2025, "better": "lower", **arguments}
    with pytest.raises(AnswerError, match=message):
        robust(folder, **request)


def test_too_few_runs_are_no_ground_for_a_choice(tmp_path):
    with pytest.raises(AnswerError, match="allowed: at least 50"):
        robust(written(tmp_path), "smart_adoption", 2018, "higher")
