"""The cheapest mix: against a fine grid, with budgets, with what cannot be had, and with alternatives."""

import itertools

import numpy as np
import pytest

from analysis.optimisation.evaluation import Evaluator, costs, reached
from analysis.optimisation.finding import find, found_in_stages
from analysis.optimisation.lever_space import LeverSpace, Points
from analysis.optimisation.question import read_wanted
from analysis.optimisation.scenario_text import scenario_text
from model.run import simulate
from model.scenario import parse_scenario, shipped_scenarios
from model.targets import scoreboard

BASE = shipped_scenarios()["no_document"]
TWO = ["quality_and_brand", "technical_renovation_investment"]
BRANDS = read_wanted(["brand_products_2020>=850"])


@pytest.fixture(scope="module")
def cheapest():
    return find(BASE, BRANDS, levers=TWO, alternatives=3)


def test_no_point_of_a_fine_grid_is_cheaper(cheapest):
    grid = np.array(list(itertools.product(np.linspace(0, 2, 81), repeat=2)))
    space = LeverSpace(BASE, TWO)
    evaluator = Evaluator(space, ["brand_products"])
    results = evaluator.run(Points(grid, np.full(grid.shape, 2016)))
    keeps = reached(results, BRANDS[0].target) >= 850
    assert cheapest.answer.keeps_hard
    assert cheapest.answer.cost <= costs(results)[keeps].min() + 1.0


def test_the_scenario_file_gives_the_scoreboard(cheapest):
    run = simulate(parse_scenario(scenario_text(cheapest.answer.scenario, BASE)))
    score = {each.target.id: each.reached for each in scoreboard(run)}
    assert [line.reached for line in cheapest.answer.lines] == [score["brand_products_2020"]]
    assert cheapest.answer.cost == run["public_cost"].sel(year=slice(2016, 2025)).values[:, -1].sum()


def test_alternatives_cost_little_more_keep_the_target_and_differ(cheapest):
    assert cheapest.alternatives
    for other in cheapest.alternatives:
        assert other.keeps_hard
        assert other.cost <= 1.05 * cheapest.answer.cost
        assert other.distance > 0.01


def test_tables_and_notebooks_show_the_answer(cheapest):
    assert cheapest.scoreboard["reached"].to_list() == [line.reached for line in cheapest.answer.lines]
    assert cheapest.levers.set_index("lever")["strength"].to_dict() == dict(cheapest.answer.strengths)
    mixes = cheapest.mixes.set_index("mix")
    assert list(mixes.index) == ["found", *(other.scenario.name for other in cheapest.alternatives)]
    assert mixes["cost"].to_list() == [mix.cost for mix in (cheapest.answer, *cheapest.alternatives)]
    assert set(TWO) >= set(mixes) - {"cost", "distance", "met"}
    assert cheapest.obstacles.empty
    html = cheapest._repr_html_()
    assert "brand_products_2020" in html and f"{cheapest.answer.cost:,.1f}" in html and "quality_and_brand" in html


def test_a_larger_budget_is_never_worse():
    wanted = read_wanted(["soft:brand_products_2020", "soft:national_co2_intensity_2025", "hightech_share_2025>=23.5"])
    names = ["quality_and_brand", "energy_efficiency", "rd_and_innovation", "emerging_industry_support"]
    before = (False, -np.inf)
    for budget in (1_600, 1_700, 1_900, 2_200, 3_000):
        found = find(BASE, wanted, budget, names, alternatives=0)
        assert found.within_budget
        assert found.answer.cost <= budget
        lines = [line for line in found.answer.lines if not line.wanted.hard]
        soft = -sum(line.wanted.target.missed_by(line.reached) / line.wanted.unit_of_miss for line in lines)
        now = (found.answer.keeps_hard, soft)
        assert now >= (before[0], before[1] - 1e-9)
        before = now


def test_a_budget_below_the_base_is_not_kept_and_said_so():
    found = find(BASE, BRANDS, 1_000, ["quality_and_brand"])
    assert not found.within_budget
    assert found.needs_money
    assert not found.alternatives


@pytest.mark.parametrize("budget", [1_600.0, 1_555.0])
def test_a_budget_above_the_base_is_kept_to_the_last_trace(budget):
    found = find(BASE, read_wanted(["brand_products_2020"]), budget=budget, levers=TWO, alternatives=0)
    assert found.within_budget and found.base_cost < found.answer.cost <= budget
    assert found.answer.cost > budget - 2.0, "all of it is used for a target that needs more"


def test_what_is_out_of_reach_is_named_with_the_best_there_is():
    wanted = read_wanted(["brand_products_2020>=2000", "sei_share_2020"])
    found = find(BASE, wanted, levers=TWO, alternatives=0)
    (out,) = found.out_of_reach
    strongest = Evaluator(LeverSpace(BASE, TWO), ["brand_products"]).run(LeverSpace(BASE, TWO).point(2.0))
    assert out.wanted.target.id == "brand_products_2020"
    assert out.best >= reached(strongest, out.wanted.target)[0] - 0.1
    assert not found.answer.keeps_hard
    assert not found.conflicts
    assert found.obstacles["best"].to_list() == [out.best] and found.obstacles["while_kept"].to_list() == [""]


def test_targets_that_exclude_each_other_are_named_as_a_pair():
    wanted = read_wanted(["vai_2020>=17400", "energy_intensity_2020<=-30", "sei_share_2020"])
    found = find(BASE, wanted, levers=["output_cap"], alternatives=0)
    (pair,) = found.conflicts
    assert found.obstacles["while_kept"].to_list() == [pair.first.target.id]
    assert {pair.first.target.id, pair.second.target.id} == {"vai_2020", "energy_intensity_2020"}
    assert pair.second.target.missed_by(pair.best) > 0
    assert not found.out_of_reach


def test_threads_change_nothing():
    one, two = (find(BASE, BRANDS, levers=TWO, alternatives=1, threads=threads) for threads in (1, 2))
    assert one == two


def test_levers_that_may_not_move_stay_and_none_moves_early():
    found = find(BASE, read_wanted(["brand_products_2020>=720"]), levers=TWO, earliest=2018, alternatives=0)
    assert set(found.answer.strengths) <= set(TWO)
    assert all(year >= 2018 for year in found.answer.first_years.values())


@pytest.mark.parametrize(
    "words, message",
    [
        (["no_such"], "no_such is unknown; .*allowed: document"),
        ([], "no target is given"),
        (["brand_products_2020<=5"], "wrong way round; allowed: >="),
        (["brand_products_2020>=many"], "'many' is no number"),
        (["soft*0:brand_products_2020"], "above 0"),
        (["two_integration_rank_2020"], "outside the model"),
        (["brand_products_2020", "soft:brand_products_2020"], "twice"),
        (["document>=3"], "takes no number"),
        (["what is it?"], "cannot be read"),
    ],
)
def test_wrong_targets_are_refused(words, message):
    with pytest.raises(ValueError, match=message):
        read_wanted(words)


def test_a_single_target_overrides_that_of_its_group():
    wanted = {one.target.id: one for one in read_wanted(["document", "soft*3:brand_products_2020>=900"])}
    assert not wanted["brand_products_2020"].hard
    assert wanted["brand_products_2020"].target.value == 900
    assert wanted["brand_products_2020"].weight == 3
    assert wanted["sei_share_2020"].hard


def test_stages_come_from_a_first_answer_to_the_finished_one():
    wanted, seen = read_wanted(["document"]), []
    asked = {"budget": 1_650.0, "levers": [*TWO, "energy_management_centres"], "alternatives": 1}
    stages = list(found_in_stages(BASE, wanted, progress=lambda *each: seen.append(each), **asked))
    assert [stage.finished for stage in stages] == [False, False, False, True]
    met = [sum(line.met for line in stage.answer.lines) for stage in stages]
    assert met == sorted(met) and met[0] >= 1, "later stages keep as many targets or more"
    assert all(stage.evaluations <= later.evaluations for stage, later in itertools.pairwise(stages))
    assert not stages[0].out_of_reach and stages[-1].out_of_reach
    assert stages[-1] == find(BASE, wanted, **asked)
    totals = {total for _, total in seen}
    done = [each for each, _ in seen]
    assert len(totals) == 1 and done == sorted(done) and done[0] == 0 and done[-1] == totals.pop()
