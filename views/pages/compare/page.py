"""The Compare page: scenarios side by side."""

from __future__ import annotations

from functools import partial

import streamlit as st

from model.scenario import BASELINE
from views.charts.small_multiples import panels_of, small_multiples
from views.charts.text_alternatives import panels_in_words
from views.results import comparison
from views.results.catalogue import CHARTS
from views.results.settings import ENDS, years_to_show
from views.shell import session, share
from views.shell.page_elements import brand, data_below, data_table, heading, note, plotted, save

FIRST_CHOICE = (BASELINE, "no_document", "document_implemented", "closure_without_discipline")
FIRST_CHARTS = ("lead", "energy_intensity", "steel_output", "steel_capacity", "cost")
MOST_SCENARIOS = 8
"""More lines than colours and styles can tell apart are refused."""
NUMBER_WIDTH = 140

remember, widget = partial(session.remember, "compare"), partial(session.page_widget, "compare")


def choices() -> tuple[list[str], str, int, int, list[str]]:
    """The sidebar: scenarios, reference, years and indicators."""
    t = session.translate()
    brand()
    above = st.container()
    for added in share.upload("compare", t("compare.upload")):
        st.session_state["compare_chosen"] = [*remember("chosen", list(FIRST_CHOICE)), added][-MOST_SCENARIOS:]
    with above:
        return choose()


def choose() -> tuple[list[str], str, int, int, list[str]]:
    """Scenarios, reference, last year, year of the tables, and charts."""
    t = session.translate()
    titles = session.titles()
    chosen = [k for k in remember("chosen", list(FIRST_CHOICE), titles) if k in titles][:MOST_SCENARIOS]
    chosen = st.multiselect(
        t("compare.choose"),
        list(titles),
        format_func=titles.get,
        max_selections=MOST_SCENARIOS,
        **widget("chosen", chosen),
    )
    if not chosen:
        return [], "", 0, 0, []
    reference = remember("reference", BASELINE, titles)
    reference = reference if reference in chosen else chosen[0]
    reference = st.selectbox(t("compare.reference"), chosen, format_func=titles.get, **widget("reference", reference))
    until = st.selectbox(t("explore.until"), ENDS, **widget("until", remember("until", ENDS[0], ENDS)))
    years = years_to_show(until)
    year = remember("year", ENDS[0], years_to_show(ENDS[-1]))
    year = st.segmented_control(
        t("compare.year"), years, required=True, **widget("year", year if year in years else years[-1])
    )
    charts = st.multiselect(
        t("compare.charts"), list(CHARTS), format_func=lambda c: t(f"chart.{c}"),
        **widget("charts", remember("charts", list(FIRST_CHARTS), CHARTS)),
    )  # fmt: skip
    return chosen, reference, until, year, charts


def page() -> None:
    """The page, from the state of the session."""
    t, language = session.translate(), session.language()
    with st.sidebar:
        chosen, reference_key, until, year, charts = choices()
    if not chosen:
        st.info(t("compare.none"))
        return
    session.prepare(until)
    scenarios = {key: session.scenarios()[key] for key in chosen}
    made = comparison.runs(scenarios, session.titles(), until)
    reference = next(run for run in made if run.key == reference_key)
    if charts:
        panels = panels_of(charts)
        names = [comparison.line_title(line, t) for _, line in panels]
        figure = small_multiples(made, panels, names, t, language)
        plotted(figure, "multiples", "compare", panels_in_words(names, [run.title for run in made], t))
        data_below("compare_data", "compare", lambda: comparison.long_table(made, t, language, names))
    heading(t("compare.deltas", reference=reference.title, year=year))
    deltas = comparison.delta_table(made, reference, year, t, language)
    numbers = {name: st.column_config.NumberColumn(width=NUMBER_WIDTH) for name in deltas.columns[1:]}
    data_table(comparison.styled_deltas(deltas, language), column_config=numbers, key="deltas", height="content")
    with st.container(horizontal=True):
        save("differences", deltas, t("compare.download_table"))
        save("series", lambda: comparison.long_table(made, t, language), t("compare.download_csv"))
    heading(t("compare.scoreboard"))
    data_table(comparison.score_table(made, t, language), key="scores", height="content")
    heading(t("compare.levers"))
    levers = comparison.lever_table(made, t, language)
    if len(levers):
        note(t("compare.levers_note"), "standing")
        data_table(levers, key="levers_table", height="content")
    else:
        note(t("compare.same_levers"), "standing")
    for title, names in comparison.other_differences(made).items():
        note(f"{title}: " + t("compare.drivers", names=", ".join(names)), "standing")


page()
