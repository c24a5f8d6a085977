"""What is known about a goal of the plan, and about all of them, in plain sentences made from the numbers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.targets import PER_CENT, UP, Target
from views.display_units import POINTS, difference, display_unit, quantity
from views.language import Locale

from .observed import UNVERIFIED
from .plan_draws import ACTUAL, RUNS, WITHOUT, Spread
from .plan_goals import Finding
from .scoreboard import goal_text, reached_number
from .uncertainty import Interval
from .uncertainty_texts import chance_text, interval_text

MET, MISSED, UNVERIFIED_FIGURE, OTHER_YEAR, NO_FIGURE = "met", "missed", "unverified", "other_year", "none"
"""What observations say about a goal: judged by a figure of its year of grade A to C, or not judged."""
PENDING, UNQUANTIFIED, SAME, UNTOLD, TOWARDS, AWAY = "pending", "unquantified", "same", "untold", "towards", "away"
"""What the model says the plan did to a goal; pending until the draws are there."""


def fact(finding: Finding) -> str:
    """What observations say about a goal."""
    point = finding.observed
    if point is None:
        return NO_FIGURE
    if point.year != finding.target.year:
        return OTHER_YEAR
    if point.grade == UNVERIFIED:
        return UNVERIFIED_FIGURE
    return MET if finding.meets(point.value) else MISSED


def is_judged(finding: Finding) -> bool:
    """Whether an observed figure of the year decides if the goal was met."""
    return fact(finding) in (MET, MISSED)


def miss(finding: Finding) -> float | None:
    """How far the run under the actual policies is from the observed figure, in that figure's year; None without a
    figure of grade A to C."""
    point, simulated = finding.observed, finding.simulated_then
    return None if point is None or simulated is None or point.grade == UNVERIFIED else abs(simulated - point.value)


def effect(finding: Finding) -> str:
    """What the model says the plan did to a goal, or why it cannot say."""
    if finding.reached is None or finding.made is None:
        return PENDING
    made, error = finding.actual - finding.without, miss(finding)
    if error is not None and error > abs(made):
        return UNTOLD
    if not finding.is_quantified:
        return UNQUANTIFIED
    if not finding.made.is_clear:
        return SAME
    return TOWARDS if (made > 0) == (finding.target.direction == UP) else AWAY


def value_text(target: Target, value: float, locale: Locale) -> str:
    """What is reached, with its unit and at least the decimals of the goal."""
    unit = display_unit(target.unit, locale, value if target.value is None else target.value)
    return unit.with_unit(reached_number(target, value, locale))


def spread_text(target: Target, spread: Spread, locale: Locale) -> str:
    """The 90 % interval of a difference."""
    return interval_text(Interval(spread.low, spread.high), target.unit, locale)


def fact_text(finding: Finding, locale: Locale) -> str:
    """What observations say about a goal, as a sentence."""
    point, target = finding.observed, finding.target
    if point is None:
        return locale.translate("plan.fact_none")
    shown, goal = value_text(target, point.value, locale), goal_text(target, locale)
    words = {"observed": shown, "year": point.year, "goal": goal, "goal_year": target.year, "grade": point.grade}
    words["figures"] = locale.enumeration(
        locale.translate("plan.figure", observed=value_text(target, p.value, locale), year=p.year, grade=p.grade)
        for p in (point, finding.observed_after)
        if p is not None
    )
    return locale.translate(f"plan.fact_{fact(finding)}", **words)


def effect_text(finding: Finding, locale: Locale) -> str:
    """What the model says the plan did to a goal, as a sentence."""
    target, error = finding.target, miss(finding)
    words = {
        "actual": value_text(target, finding.actual, locale),
        "without": value_text(target, finding.without, locale),
        "difference": difference(finding.actual - finding.without, target.unit, locale),
        "interval": "" if finding.made is None else spread_text(target, finding.made, locale),
        "year": target.year if finding.observed is None else finding.observed.year,
        "error": "" if error is None else quantity(error, POINTS if target.unit == PER_CENT else target.unit, locale),
    }
    return locale.translate(f"plan.effect_{effect(finding)}", **words)


def chances_text(finding: Finding, locale: Locale) -> str:
    """The probability of meeting the goal with and without the plan; empty where the draws say nothing about it."""
    if finding.reached is None or not finding.is_quantified:
        return ""
    actual, without = (chance_text(finding.reached[run].probability, locale) for run in (ACTUAL, WITHOUT))
    return locale.translate("plan.chances", actual=actual, without=without)


def sentences(finding: Finding, locale: Locale) -> str:
    """All that can be told about a goal, and what cannot."""
    parts = (fact_text(finding, locale), effect_text(finding, locale), chances_text(finding, locale))
    return locale.sentences(part for part in parts if part)


@dataclass(frozen=True)
class Tally:
    """How many goals there are, how many an observed figure judges, and how many each run meets; `gained` and `lost`
    are met with the actual policies and not without the plan, and the other way round; `effects` counts what the plan
    did to them."""

    goals: int
    facts: Mapping[str, int]
    meeting: Mapping[str, int]
    gained: tuple[Target, ...]
    lost: tuple[Target, ...]
    effects: Mapping[str, int]


def tally(findings: Sequence[Finding]) -> Tally:
    """The counts of some goals."""
    met = [(finding.target, (finding.meets(finding.actual), finding.meets(finding.without))) for finding in findings]
    return Tally(
        goals=len(findings),
        facts=Counter(map(fact, findings)),
        meeting={run: sum(finding.meets(finding.value(run)) for finding in findings) for run in RUNS},
        gained=tuple(target for target, (with_plan, without) in met if with_plan and not without),
        lost=tuple(target for target, (with_plan, without) in met if without and not with_plan),
        effects=Counter(map(effect, findings)),
    )


def _judged(counted: Tally) -> int:
    return counted.facts.get(MET, 0) + counted.facts.get(MISSED, 0)


def _counted(targets: Sequence[Target], locale: Locale) -> str:
    """How many goals they are, and which."""
    if not targets:
        return "0"
    names = locale.clauses(locale.text(target.label) for target in targets)
    return locale.translate("plan.named_goals", count=len(targets), names=names)


def verdict(own: Sequence[Finding], others: Sequence[Finding], own_unmodelled: int, locale: Locale) -> list[str]:
    """The verdict on all goals: those of the document (`own`, and how many of its goals the model cannot judge), and
    those of other plans of the province."""
    first, whole = tally(own), tally([*own, *others])
    told = [
        locale.translate(
            "plan.verdict_figures",
            set=first.goals + own_unmodelled,
            own=first.goals,
            own_judged=_judged(first) or locale.translate("plan.none"),
            others=whole.goals - first.goals,
            judged=_judged(whole) or locale.translate("plan.none"),
            met=whole.facts.get(MET, 0),
            missed=whole.facts.get(MISSED, 0),
        ),
        locale.translate(
            "plan.verdict_runs",
            all=whole.goals,
            gained=_counted(whole.gained, locale),
            lost=_counted(whole.lost, locale),
            **whole.meeting,
        ),
    ]
    if not whole.effects.get(PENDING):
        counts = {name: whole.effects.get(name, 0) for name in (TOWARDS, AWAY, SAME, UNTOLD, UNQUANTIFIED)}
        told.append(locale.translate("plan.verdict_effects", **counts))
    return told
