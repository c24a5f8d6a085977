"""What a search for the cheapest mix has found, in sentences."""

from __future__ import annotations

from analysis.optimisation.findings import Finding
from analysis.optimisation.question import Wanted
from views.language import Locale

from .mix_tables import money_text
from .scoreboard import goal_text, reached_number


def answer_text(finding: Finding, locale: Locale) -> str:
    """What the answer keeps and what it costs."""
    lines = finding.answer.lines
    hard, soft = ([line.met for line in lines if line.wanted.hard is kind] for kind in (True, False))
    cost, extra = finding.answer.cost, finding.answer.cost - finding.base_cost
    parts = []
    if hard:
        parts.append(
            locale.translate("find.keeps" if sum(hard) < len(hard) else "find.keeps_all", met=sum(hard), all=len(hard))
        )
    if soft:
        parts.append(locale.translate("find.keeps_wishes", met=sum(soft), all=len(soft)))
    more = "find.costs" if extra >= 0 else "find.costs_less"
    parts.append(locale.translate(more, cost=money_text(cost, locale), extra=money_text(abs(extra), locale)))
    return locale.sentences(parts)


def obstacles(finding: Finding, locale: Locale) -> list[str]:
    """What stands in the way: the budget, targets out of reach, pairs that exclude each other."""
    found = []
    if finding.finished and not finding.within_budget and finding.budget is not None:
        found.append(locale.translate("find.over_budget", budget=money_text(finding.budget, locale)))
    elif finding.needs_money:
        found.append(locale.translate("find.budget_binds", cost=money_text(finding.without_budget, locale)))
    for each in finding.out_of_reach:
        with_reserve = each.wanted.target.id in finding.aims
        found.append(
            locale.translate(
                "find.reserve_out_of_reach" if with_reserve else "find.out_of_reach",
                target=_name(each.wanted, locale),
                best=reached_number(each.wanted.target, each.best, locale),
                goal=goal_text(each.wanted.target, locale),
            )
        )
    for pair in finding.conflicts:
        best = reached_number(pair.second.target, pair.best, locale)
        first, second = _name(pair.first, locale), _name(pair.second, locale)
        found.append(locale.translate("find.conflict", first=first, second=second, best=best))
    return found


def reserves(finding: Finding, locale: Locale) -> str:
    """What the search aimed at to have a reserve; empty where it needed none or none was asked for."""
    if finding.chance is None:
        return ""
    percent = round(100 * finding.chance)
    by_id = {line.wanted.target.id: line.wanted for line in finding.answer.lines}
    aims = [
        locale.translate(
            "find.aim", target=_name(by_id[name], locale), aim=reached_number(by_id[name].target, aim, locale)
        )
        for name, aim in finding.aims.items()
    ]
    if not aims:
        return locale.translate("find.no_reserve", percent=percent)
    return locale.translate("find.reserve", percent=percent, aims=locale.clauses(aims))


def _name(wanted: Wanted, locale: Locale) -> str:
    year = wanted.target.year
    return locale.translate("find.target_year", target=locale.text(wanted.target.label), year=year)
