"""The part of the Why page that explains how the present settings differ from actual policies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.diagram import name_of
from analysis.difference import Cause, Difference, explain_difference, largest_changes
from analysis.dominance import INDICATORS
from model.scenario import BASELINE, shipped_scenarios
from model.system import system
from views.display_units import difference
from views.pages.why import opening
from views.pages.why.leading_loops import MOST, choose_indicator
from views.results.cache import ResultCache, scenario_key
from views.results.diagrams import FITTING, Look, chain_diagram, chain_notes, chain_table
from views.results.explanations import difference_sentences, largest_changes_sentence
from views.results.settings import scenario_of, years_to_show
from views.results.summary import settings_texts
from views.shell import session
from views.shell.page_elements import data_expander, heading, note

_differences: ResultCache[Difference] = ResultCache(MOST)
_changes: ResultCache[dict[str, float]] = ResultCache(MOST)


def view() -> Callable[[], None]:
    """Asks for an indicator and a year in the sidebar; returns what explains the difference."""
    locale, settings = session.locale(), session.settings()
    indicator = choose_indicator(next(iter(present_changes(settings.year)), INDICATORS[0]))
    year = st.selectbox(
        locale.translate("table.year"),
        years_to_show(settings.until),
        **session.widget("why_year", settings.year, lambda chosen: session.change(year=chosen)),
    )
    note(locale.translate("why.about_differences"))
    return partial(show, indicator, year)


def present_changes(year: int) -> dict[str, float]:
    """What the present settings change in the indicators, the largest first, cached for those asked for last."""
    scenario = scenario_of(session.settings(), session.scenarios())
    key = (scenario_key(scenario), year)
    return _changes.get(key, lambda: largest_changes(scenario, shipped_scenarios()[BASELINE], INDICATORS, year))


def present_difference(indicator: str, year: int) -> Difference:
    """The difference of the present settings from actual policies, cached for those asked for last."""
    scenario = scenario_of(session.settings(), session.scenarios())
    key = (scenario_key(scenario), indicator, year)
    return _differences.get(key, lambda: explain_difference(scenario, shipped_scenarios()[BASELINE], indicator, year))


def show(indicator: str, year: int) -> None:
    """What differs, which lever does it, and through which chain of causes."""
    locale = session.locale()
    heading(locale.translate("why.differences_heading", indicator=name_of(indicator, locale.language)))
    note(locale.sentences([session.settings_summary(), *settings_texts(session.settings(), locale)]))
    found = present_difference(indicator, year)
    if not found.causes:
        note(locale.translate("why.nothing_moved"), "page-note question")
        return
    note(locale.sentences(difference_sentences(found, locale)), "page-note question")
    note(largest_changes_sentence(present_changes(year), year, locale))
    by_name = {cause.input: cause for cause in found.causes}
    unit = system().variables[indicator].unit
    labels = {n: f"{name_of(n, locale.language)} · {difference(c.change, unit, locale)}" for n, c in by_name.items()}
    # Streamlit goes on showing an earlier label of an option, so that other labels need another key.
    key = f"w_why_cause_{hash(tuple(labels.values()))}"
    chosen = st.selectbox(locale.translate("why.cause"), list(labels), format_func=labels.__getitem__, key=key)
    show_cause(by_name[chosen], indicator, year)


def show_cause(cause: Cause, indicator: str, year: int) -> None:
    """The chain of causes from one input to the indicator."""
    locale = session.locale()
    name = name_of(cause.input, locale.language)
    if not cause.chain:
        note(locale.translate("why.no_chain", cause=name, year=year))
        return
    note(locale.translate("why.about_cause", cause=name, year=year))
    look = Look(direction=FITTING, notes=chain_notes(cause.chain, locale))
    picture = chain_diagram(cause.chain, cause.input)
    opening.show_diagram("why_difference", picture, name_of(indicator, locale.language), look)
    data_expander("why_difference_data", f"difference_{indicator}", lambda: chain_table(cause.chain, locale))
