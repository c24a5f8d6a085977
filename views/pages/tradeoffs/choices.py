"""The sidebar of the Trade-offs page: outcomes, targets, and what a search may change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.tradeoffs import OUTCOMES
from model.inputs import levers
from views.language import Locale
from views.results import mix_searches, mixes
from views.results.mix_searches import CHANCES, EFFORTS, FIRST_YEARS, OBJECTIVES, REACHES, SCOPES, Aim, Space
from views.results.settings import scenario_of
from views.shell import session

FIRST = ("energy_per_above_scale_industrial_va_change_cumulative", "vai_above_scale_real")
FIRST_OBJECTIVES = ("public_cost", "co2_emissions_industry")
START = "no_document"
OWN, NONE = "own", "none"
"""A choice of single targets; no third outcome."""
MOST_BUDGET = 1_000_000
"""亿元, far above all that any mix costs."""
BUDGET_STEP = 50.0
BUDGET_KEY = "w_tradeoffs_budget"

remember, widget = partial(session.remember, "tradeoffs"), partial(session.page_widget, "tradeoffs")


def outcome() -> str:
    """One outcome."""
    return _outcome("outcome", list(OUTCOMES), FIRST[0], OUTCOMES)


def objectives() -> tuple[str, ...]:
    """Two outcomes to set against each other, and a third where one is wanted."""
    locale = session.locale()
    across = _outcome("x", list(OBJECTIVES), FIRST_OBJECTIVES[0], OUTCOMES)
    others = [name for name in OBJECTIVES if name != across]
    up = _outcome("y", others, FIRST_OBJECTIVES[1], OUTCOMES)
    thirds = [NONE, *(name for name in others if name != up)]
    third = remember("third", NONE, [NONE, *OBJECTIVES])
    third = st.selectbox(
        locale.translate("front.third"),
        thirds,
        format_func=lambda name: (
            locale.translate("front.no_third") if name == NONE else mixes.outcome_name(name, locale)
        ),
        **widget("third", third if third in thirds else NONE),
    )
    return (across, up) if third == NONE else (across, up, third)


def _outcome(name: str, options: Sequence[str], first: str, allowed: Sequence[str] | dict[str, int]) -> str:
    locale = session.locale()
    chosen = remember(name, first, allowed)
    return st.selectbox(
        locale.translate({"x": "tradeoffs.across", "y": "tradeoffs.up"}.get(name, "tradeoffs.outcome")),
        options,
        format_func=lambda one: mixes.outcome_name(one, locale),
        **widget(name, chosen if chosen in options else options[0]),
    )


def aim() -> Aim:
    """The targets of a search and its budget."""
    locale, known = session.locale(), mix_searches.targets_by_id()
    scopes = (*SCOPES, OWN)
    scope = st.selectbox(
        locale.translate("find.targets"),
        scopes,
        format_func=lambda one: _scope_name(one, locale),
        **widget("scope", remember("scope", scopes[0], scopes)),
    )
    if scope != OWN:
        return Aim(mix_searches.targets_of(scope), (), budget(), chance())
    names = {name: _target_name(name) for name in known}
    hard, soft = (
        st.multiselect(
            locale.translate(f"find.{kind}"),
            list(known),
            format_func=names.__getitem__,
            **widget(kind, [one for one in remember(kind, first, known) if one in known]),
        )
        for kind, first in (("hard", list(mix_searches.targets_of(scopes[0]))), ("soft", []))
    )
    return Aim(tuple(hard), tuple(soft), budget(), chance())


def _scope_name(scope: str, locale: Locale) -> str:
    if scope == OWN:
        return locale.translate("find.scope_own")
    return locale.translate(f"find.scope_{scope}", count=len(mix_searches.targets_of(scope)))


def _target_name(name: str) -> str:
    locale, target = session.locale(), mix_searches.targets_by_id()[name]
    scope = locale.translate(f"document.scope_{target.scope}")
    return locale.translate("find.target_option", target=locale.text(target.label), year=target.year, scope=scope)


def budget() -> float | None:
    """The most public cost in 亿元; None without a limit."""
    locale = session.locale()
    unit = mixes.money(locale)
    kept = remember("budget", 0, lambda value: isinstance(value, int) and 0 <= value <= MOST_BUDGET)
    st.session_state[BUDGET_KEY] = unit.scaled(float(kept)) if kept else None

    def changed() -> None:
        typed = st.session_state[BUDGET_KEY]
        st.session_state["tradeoffs_budget"] = round(typed / unit.scaled(1.0)) if typed else 0

    st.number_input(
        locale.translate("find.budget", unit=unit.text),
        min_value=0.0,
        max_value=unit.scaled(float(MOST_BUDGET)),
        step=unit.scaled(BUDGET_STEP),
        placeholder=locale.translate("find.no_budget"),
        key=BUDGET_KEY,
        on_change=changed,
    )
    return float(kept) if kept else None


def chance() -> float | None:
    """The part of the draws in which each target that must be kept has to hold; None for a search without reserve."""
    locale = session.locale()
    chosen = st.selectbox(
        locale.translate("find.chance"),
        list(CHANCES),
        format_func=lambda one: locale.translate("find.no_chance" if one == NONE else "find.chance_of", percent=one),
        **widget("chance", remember("chance", NONE, CHANCES)),
    )
    return CHANCES[chosen]


def space() -> Space:
    """What a search starts from and what it may change."""
    locale, titles = session.locale(), session.compared_titles()
    known = [session.PRESENT, *session.starting_points()]
    start = remember("start", START, known)
    start = st.selectbox(
        locale.translate("find.start"),
        known,
        format_func=titles.__getitem__,
        **widget("start", start if start in known else START),
    )
    held = st.multiselect(
        locale.translate("find.held"),
        list(levers()),
        format_func=lambda name: mixes.lever_name(name, locale),
        placeholder=locale.translate("find.none_held"),
        **widget("held", remember("held", [], levers())),
    )
    earliest = st.selectbox(
        locale.translate("find.earliest"),
        FIRST_YEARS,
        **widget("earliest", remember("earliest", FIRST_YEARS[0], FIRST_YEARS)),
    )
    reach = st.segmented_control(
        locale.translate("find.reach"),
        list(REACHES),
        format_func=lambda one: locale.translate(f"find.reach_{one}"),
        required=True,
        **widget("reach", remember("reach", "range", REACHES)),
    )
    settings = mix_searches.start_settings(session.settings(), None if start == session.PRESENT else start)
    return Space(settings, scenario_of(settings, session.starting_points()), tuple(held), earliest, reach)


def effort() -> str:
    """How many runs a search for a frontier takes."""
    locale = session.locale()
    return st.segmented_control(
        locale.translate("front.effort"),
        list(EFFORTS),
        format_func=lambda one: locale.translate(f"front.effort_{one}", runs=f"{EFFORTS[one]:,}"),
        required=True,
        **widget("effort", remember("effort", "quick", EFFORTS)),
    )
