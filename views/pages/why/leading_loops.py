"""The part of the Why page that says which feedback loop moves an indicator when."""

from __future__ import annotations

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from analysis.diagram import name_of
from analysis.dominance import INDICATORS, Lead, effects, leads
from analysis.knockouts import knockouts
from model.scenario import Scenario
from model.system import system
from views.charts.text_alternatives import table_text
from views.charts.year_lines import paths_figure
from views.language import Locale
from views.results.cache import ResultCache, scenario_key
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import data_expander, heading, note, show_figure

SHOWN = 6
"""Loops that are drawn: those with the largest effect in any year."""
MOST = 32
_effects: ResultCache[tuple[pd.Series, pd.DataFrame]] = ResultCache(MOST)

remember, widget = partial(session.remember, "why"), partial(session.page_widget, "why")


def choose_indicator() -> str:
    """The sidebar: one indicator."""
    locale = session.locale()
    chosen = st.selectbox(
        locale.translate("why.indicator"),
        INDICATORS,
        format_func=lambda name: name_of(name, locale.language),
        **widget("indicator", remember("indicator", INDICATORS[0], INDICATORS)),
    )
    note(locale.translate("why.about_movers"))
    return chosen


def loop_effects(scenario: Scenario, indicator: str) -> tuple[pd.Series, pd.DataFrame]:
    """The indicator by year and what each loop adds to it, cached for those asked for last."""
    return _effects.get((scenario_key(scenario), indicator), lambda: effects(scenario, indicator))


def show(indicator: str) -> None:
    """Stretches of years with the loop that leads in each, and the effects of the strongest loops."""
    locale = session.locale()
    heading(locale.translate("why.movers_heading", indicator=name_of(indicator, locale.language)))
    note(session.settings_summary())
    path, added = loop_effects(scenario_of(session.settings(), session.scenarios()), indicator)
    items = "".join(f"<li>{escape(lead_text(lead, locale))}</li>" for lead in leads(path, added))
    st.html(f'<ul class="leads">{items}</ul>')
    strongest = added.abs().max().nlargest(SHOWN).index
    rows = added[strongest].rename(columns=lambda loop: loop_name(loop, locale))
    rows = rows.rename_axis(index="year", columns="line").stack().rename("value").reset_index()
    unit = locale.unit(system().variables[indicator].unit)
    rows = rows.sort_values("year")
    title = locale.translate("why.movers_heading", indicator=name_of(indicator, locale.language))
    show_figure(paths_figure(rows, unit), "why_movers", f"loops_{indicator}", table_text(title, unit, rows, locale))
    table = added.rename(columns=lambda loop: loop_name(loop, locale)).rename_axis(locale.translate("evidence.year"))
    data_expander("why_movers_data", f"loops_{indicator}", table.reset_index)


def loop_name(loop: str, locale: Locale) -> str:
    """Name of a loop with its kind."""
    return f"{locale.text(knockouts()[loop].name)} ({knockouts()[loop].kind})"


def lead_text(lead: Lead, locale: Locale) -> str:
    """One stretch of years in words."""
    years = str(lead.first) if lead.first == lead.last else f"{lead.first}–{lead.last}"
    if lead.loop is None:
        return locale.translate("why.no_lead", years=years)
    return locale.translate(
        "why.lead_up" if lead.up else "why.lead_down", years=years, loop=loop_name(lead.loop, locale)
    )
