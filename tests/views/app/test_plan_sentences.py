"""What is said about the goals of the plan, from numbers made up by hand."""

from dataclasses import replace

import pytest

from model.targets import Target
from views.language import LANGUAGES, Locale
from views.results.observed import Point
from views.results.plan_draws import ACTUAL, FULL, RUNS, WITHOUT, Reached, Spread
from views.results.plan_goals import Finding, nearest
from views.results.plan_sentences import (
    AWAY,
    MET,
    MISSED,
    NO_FIGURE,
    OTHER_YEAR,
    PENDING,
    SAME,
    TOWARDS,
    UNQUANTIFIED,
    UNTOLD,
    UNVERIFIED_FIGURE,
    effect,
    fact,
    sentences,
    tally,
    verdict,
)

EN, ZH = Locale("en"), Locale("zh")
GOAL = Target(
    *("share", "sei_share", "all", 2020, 20.0, "up", "%", "document", "A", "占比20%", "Share of 20 %", "a plan")
)
FIGURE = Point(2020, 20.9, "B", "a yearbook")


def reached(actual=0.78, without=0.2, full=0.95, width=4.0):
    """What three runs reach; only the chances and the width matter."""
    return {
        run: Reached(20.0, 20.0 + width, chance)
        for run, chance in zip((ACTUAL, WITHOUT, FULL), (actual, without, full), strict=True)
    }


def finding(**changes):
    """A goal of 20 %: 20.9 % in the model with the plan, 18.1 % without, and observed exactly as simulated."""
    given = {
        "target": GOAL,
        "observed": FIGURE,
        "simulated_then": 20.9,
        "actual": 20.9,
        "without": 18.1,
        "full": 22.0,
        "reached": reached(),
        "made": Spread(1.9, 2.8, 3.6),
        "left": Spread(0.5, 1.1, 1.7),
    }
    return Finding(**given | changes)


def test_a_goal_that_was_met_says_what_the_plan_made():
    assert (fact(finding()), effect(finding())) == (MET, TOWARDS)
    assert sentences(finding(), EN) == (
        "Met: 20.9 % in 2020 against ≥ 20 % (observed, grade B). Without the plan the model has 18.1 %, under the "
        "actual policies 20.9 %: +2.8 pp [+1.9 to +3.6], in the direction of the goal. Chance of meeting the goal in "
        "the model: 78 %; without the plan 20 %."
    )
    assert sentences(finding(), ZH) == (
        "达标：2020年为20.9%，要求≥ 20%（观测，B级）。模型中未出台《实施意见》时为18.1%，实际政策下为20.9%："
        "+2.8个百分点［+1.9至+3.6］，朝目标方向。模型中的达标概率：78%；未出台《实施意见》时20%。"
    )


def test_a_goal_that_was_missed_says_so_whatever_the_model_has():
    missed = finding(observed=replace(FIGURE, value=19.0), simulated_then=20.0)
    assert fact(missed) == MISSED and sentences(missed, EN).startswith("Missed: 19.0 % in 2020 against ≥ 20 %")


@pytest.mark.parametrize(
    ("point", "expected", "words"),
    [
        (None, NO_FIGURE, "no observed figure was found"),
        (
            Point(2018, 20.9, "A", ""),
            OTHER_YEAR,
            "no figure of 2020 was found; nearest: 20.9 % in 2018 (grade A).",
        ),
        (Point(2020, 20.9, "D", ""), UNVERIFIED_FIGURE, "has no source that could be checked (grade D)"),
    ],
)
def test_without_a_checked_figure_of_the_year_nothing_is_judged(point, expected, words):
    one = finding(observed=point)
    assert fact(one) == expected
    assert sentences(one, EN).startswith("Not known: ") and words in sentences(one, EN)


def test_a_difference_that_the_draws_cannot_tell_from_zero_is_none():
    assert effect(finding(made=Spread(-0.1, 1.0, 2.0))) == SAME
    assert "cannot be told from zero [−0.1 to +2.0]" in sentences(finding(made=Spread(-0.1, 1.0, 2.0)), EN)


def test_a_model_further_from_the_observation_than_the_whole_difference_cannot_tell():
    far = finding(simulated_then=23.8)
    assert effect(far) == UNTOLD, "2.9 points away, of a difference of 2.8"
    assert "2.9 pp away from the observed figure of 2020" in sentences(far, EN)
    assert "无法判断《实施意见》起了什么作用" in sentences(far, ZH)
    assert effect(finding(simulated_then=23.6)) == TOWARDS, "2.7 points away"
    assert effect(finding(simulated_then=30.0, observed=replace(FIGURE, grade="D"))) == TOWARDS, "D judges nothing"


def test_a_difference_against_the_goal_is_named():
    harm = finding(actual=17.0, made=Spread(-2.0, -1.1, -0.3))
    assert effect(harm) == AWAY and "against the direction of the goal" in sentences(harm, EN)
    at_most = replace(GOAL, direction="down")
    assert effect(replace(harm, target=at_most)) == TOWARDS, "less is better"


def test_an_interval_without_width_is_not_shown_as_certainty():
    assumed = finding(reached=reached(actual=1.0, width=0.2), observed=None, made=Spread(2.8, 2.8, 2.8))
    assert effect(assumed) == UNQUANTIFIED
    assert "neither an interval nor a chance" in sentences(assumed, EN) and ">99" not in sentences(assumed, EN)


def test_before_the_draws_are_there_only_the_runs_are_told():
    early = finding(reached=None, made=None, left=None)
    assert effect(early) == PENDING and not early.is_quantified
    assert sentences(early, EN).endswith("The model has 20.9 % under the actual policies and 18.1 % without the plan.")


def test_two_figures_that_are_equally_near_are_both_told():
    both = finding(observed=Point(2019, 18.0, "A", ""), observed_after=Point(2021, 20.9, "B", ""))
    assert "nearest: 18.0 % in 2019 (grade A), 20.9 % in 2021 (grade B)." in sentences(both, EN)
    assert "最近的是2019年的18.0%（A级）、2021年的20.9%（B级）。" in sentences(both, ZH)


@pytest.mark.parametrize(
    ("years", "expected"),
    [((2017, 2019, 2021), [2019, 2021]), ((2016, 2024), []), ((2019, 2020), [2020]), ((2017,), [2017]), ((), [])],
)
def test_the_nearest_figures_within_three_years_are_taken(years, expected):
    assert [point.year for point in nearest([Point(year, 1.0, "A", "") for year in years], 2020)] == expected


def test_the_verdict_counts_the_rows():
    own = [finding(), finding(observed=None, without=20.5, made=Spread(-0.1, 0.4, 0.9))]
    others = [
        finding(observed=replace(FIGURE, value=19.0), simulated_then=19.5),
        finding(actual=17.0, without=21.0, made=Spread(-5.0, -4.0, -3.0), observed=None),
        finding(simulated_then=30.0),
    ]
    counted = tally([*own, *others])
    assert dict(counted.effects) == {TOWARDS: 2, SAME: 1, AWAY: 1, UNTOLD: 1}
    assert dict(counted.facts) == {MET: 2, NO_FIGURE: 2, MISSED: 1}
    assert [counted.meeting[run] for run in RUNS] == [4, 2, 5]
    assert (counted.gained, counted.lost) == ((GOAL,) * 3, (GOAL,))
    told = verdict(own, others, 3, EN)
    assert told[0].startswith("The plan set 5 goals. The model can judge 2 of them; for 1 of these")
    assert "figures are known for 3: 2 met, 1 missed" in told[0]
    share = "Share of 20 %"
    assert f"turned 3 ({share}; {share}; {share}) from missed to met and 1 ({share}) from met to missed" in told[1]
    assert "0 from met to missed" in verdict([finding()], [finding()], 0, EN)[1]
    assert "for 2 goals in their direction and for 1 against it" in told[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_on_effects_waits_for_the_draws(language):
    assert len(verdict([finding()], [finding()], 0, Locale(language))) == 3
    assert len(verdict([finding()], [finding(reached=None, made=None)], 0, Locale(language))) == 2
