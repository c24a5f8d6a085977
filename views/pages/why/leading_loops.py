"""The part of the Why page that explains the course of an indicator, period by period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from analysis.diagram import name_of
from analysis.dominance import INDICATORS, effects
from analysis.explanation import Period, explain
from model.scenario import Scenario
from model.system import system
from views.charts.text_alternatives import table_text
from views.charts.year_lines import paths_figure
from views.language import Locale
from views.pages.why import opening, variables
from views.results.cache import ResultCache, scenario_key
from views.results.diagrams import FITTING, Look, chain_diagram, chain_notes, chain_table
from views.results.evidence_badge import indicator_badge
from views.results.explanations import loop_name, period_sentences, plain_loop_name
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import data_expander, heading, note, show_figure

MOST = 32
"""Explanations and effects that are cached."""
MOST_LINES = 5
"""Loops without which the indicator is drawn: those that the text names first."""
_effects: ResultCache[tuple[pd.Series, pd.DataFrame]] = ResultCache(MOST)
_explanations: ResultCache[tuple[Period, ...]] = ResultCache(MOST)


def view() -> Callable[[], None]:
    """Asks for an indicator in the sidebar; returns what explains it."""
    locale = session.locale()
    indicator = choose_indicator()
    note(locale.translate("why.about_movers"))
    return partial(show, indicator)


def choose_indicator(first: str = INDICATORS[0]) -> str:
    """One of the indicators that can be explained, at first `first`."""
    locale = session.locale()
    return st.selectbox(
        locale.translate("why.indicator"),
        INDICATORS,
        format_func=lambda name: name_of(name, locale.language),
        **session.page_widget("why", "indicator", session.remember("why", "indicator", first, INDICATORS)),
    )


def loop_effects(scenario: Scenario, indicator: str) -> tuple[pd.Series, pd.DataFrame]:
    """The indicator by year and what each loop adds to it, cached for those asked for last."""
    return _effects.get((scenario_key(scenario), indicator), lambda: effects(scenario, indicator))


def explanation(scenario: Scenario, indicator: str) -> tuple[Period, ...]:
    """The explained periods of an indicator, cached for those asked for last."""
    return _explanations.get((scenario_key(scenario), indicator), lambda: explain(scenario, indicator))


def show(indicator: str) -> None:
    """The explanation beside the indicator with and without the loops that it names, and the chain of a period."""
    locale = session.locale()
    scenario = scenario_of(session.settings(), session.scenarios())
    periods = explanation(scenario, indicator)
    heading(locale.translate("why.movers_heading", indicator=name_of(indicator, locale.language)))
    note(session.settings_summary())
    left, right = st.columns([3, 2], gap="medium")
    with left:
        items = "".join(f"<li>{period_html(period, indicator, locale)}</li>" for period in periods)
        st.html(f'<ul class="periods">{items}</ul>')
    with right:
        show_paths(indicator, scenario, periods)
    show_chain([period for period in periods if period.chain and not period.hardly_changes], indicator)


def period_html(period: Period, indicator: str, locale: Locale) -> str:
    """A period in words; its first sentence, which says what happens, stands out."""
    first, *others = map(escape, period_sentences(period, indicator, locale))
    return locale.sentences([f"<strong>{first}</strong>", *others])


def named_loops_of(periods: Sequence[Period]) -> list[str]:
    """Loops that the text names, in its order."""
    parts = [part for period in periods if not period.hardly_changes for part in (period.leading, period.opposing)]
    return list(dict.fromkeys(part.cause for part in parts if part))


def show_paths(indicator: str, scenario: Scenario, periods: Sequence[Period]) -> None:
    """The indicator under the present settings, and without each of the loops that the text names."""
    locale = session.locale()
    path, added = loop_effects(scenario, indicator)
    lines = {locale.translate("why.all_loops_on"): path}
    for loop in named_loops_of(periods)[:MOST_LINES]:
        lines[locale.translate("why.without", loop=plain_loop_name(loop, locale))] = path - added[loop]
    parts = [pd.DataFrame({"line": name, "year": line.index, "value": line.values}) for name, line in lines.items()]
    rows, unit = variables.shown_in(pd.concat(parts), system().variables[indicator].unit, locale)
    title = name_of(indicator, locale.language)
    alternative = table_text(title, unit, rows, locale)
    badges = [("", indicator_badge(indicator, None, locale))]
    show_figure(paths_figure(rows, unit), "why_movers", f"loops_{indicator}", alternative, badges)
    table = added.rename(columns=lambda loop: plain_loop_name(loop, locale)).rename_axis(
        locale.translate("evidence.year")
    )
    data_expander("why_movers_data", f"loops_{indicator}", table.reset_index)


def show_chain(periods: Sequence[Period], indicator: str) -> None:
    """The chain of causes from the first loop of a period to the indicator, for the period that is chosen."""
    if not periods:
        return
    locale = session.locale()
    labels = [f"{period.first}–{period.last}" for period in periods]
    largest = max(range(len(periods)), key=lambda k: abs(periods[k].change))
    heading(locale.translate("why.chain_heading"))
    chosen = st.segmented_control(
        locale.translate("why.period"), labels, default=labels[largest], required=True, key=f"w_why_period_{indicator}"
    )
    period = periods[labels.index(chosen)]
    part = period.leading or period.opposing
    assert part is not None
    note(locale.translate("why.about_chain", loop=loop_name(part.cause, locale), year=period.chain_year))
    look = Look(direction=FITTING, notes=chain_notes(period.chain, locale))
    opening.show_diagram("why_chain", chain_diagram(period.chain), name_of(indicator, locale.language), look)
    data_expander("why_chain_data", f"chain_{indicator}", lambda: chain_table(period.chain, locale))
