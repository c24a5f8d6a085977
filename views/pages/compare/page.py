"""The Compare page: scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.scenario import BASELINE
from views.charts.small_multiples import panels_of, small_multiples
from views.charts.text_alternatives import panels_text
from views.results import comparison
from views.results.catalogue import CHARTS
from views.results.evidence_badge import line_badge
from views.results.settings import ENDS, is_baseline, years_to_show
from views.shell import own_scenarios, session, share
from views.shell.page_elements import (
    app_name,
    csv_download,
    data_expander,
    data_table,
    heading,
    note,
    show_figure,
)
from views.shell.screen import screen

FIRST_CHOICE = (BASELINE, "no_document", "document_implemented", "closure_without_discipline")
FIRST_CHARTS = ("lead", "energy_intensity", "steel_output", "steel_capacity", "cost")
MOST_SCENARIOS = 8
"""More lines than colours and styles can tell apart are refused."""
PAIR = 2
"""Scenarios whose order is so short to tell that it comes first."""
NUMBER_WIDTH, INTERVAL_WIDTH = 140, 150

remember, widget = partial(session.remember, "compare"), partial(session.page_widget, "compare")


def first_choice() -> list[str]:
    """The scenarios of a first visit: the present settings and kept runs, where there are any, beside shipped ones."""
    present = [] if is_baseline(session.settings()) else [session.PRESENT]
    return [*present, *own_scenarios.kept_runs(), *FIRST_CHOICE][:MOST_SCENARIOS]


def choices() -> tuple[list[str], str, int, int, list[str]]:
    """The sidebar: scenarios, reference, years and indicators."""
    locale = session.locale()
    app_name()
    above = st.container()
    for added in share.upload("compare", locale.translate("compare.upload")):
        st.session_state["compare_chosen"] = [*remember("chosen", first_choice()), added][-MOST_SCENARIOS:]
    with above:
        return choose()


def choose() -> tuple[list[str], str, int, int, list[str]]:
    """Scenarios, reference, last year, year of the tables, and charts."""
    locale = session.locale()
    titles = session.compared_titles()
    chosen = [k for k in remember("chosen", first_choice(), titles) if k in titles][:MOST_SCENARIOS]
    chosen = st.multiselect(
        locale.translate("compare.choose"),
        list(titles),
        format_func=titles.__getitem__,
        max_selections=MOST_SCENARIOS,
        **widget("chosen", chosen),
    )
    if not chosen:
        return [], "", 0, 0, []
    reference = remember("reference", BASELINE, titles)
    reference = reference if reference in chosen else chosen[0]
    reference = st.selectbox(
        locale.translate("compare.reference"), chosen, format_func=titles.__getitem__, **widget("reference", reference)
    )
    until = st.selectbox(locale.translate("explore.until"), ENDS, **widget("until", remember("until", ENDS[0], ENDS)))
    years = years_to_show(until)
    year = remember("year", ENDS[0], years_to_show(ENDS[-1]))
    year = st.segmented_control(
        locale.translate("compare.year"), years, required=True, **widget("year", year if year in years else years[-1])
    )
    charts = st.multiselect(
        locale.translate("compare.charts"),
        list(CHARTS),
        format_func=lambda c: locale.translate(f"chart.{c}"),
        **widget("charts", remember("charts", list(FIRST_CHARTS), CHARTS)),
    )
    return chosen, reference, until, year, charts


def certainty_wanted() -> bool:
    """The choice in the sidebar whether intervals and probabilities are shown."""
    locale = session.locale()
    wanted = widget("certain", remember("certain", True, (True, False)))
    return st.toggle(locale.translate("uncertainty.show"), help=locale.translate("uncertainty.note"), **wanted)


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    with st.sidebar:
        chosen, reference_key, until, year, charts = choices()
        sure = bool(chosen) and certainty_wanted()
    if not chosen:
        st.info(locale.translate("compare.none"))
        return
    known = session.compared_scenarios()
    scenarios = {key: known[key] for key in chosen}
    runs = comparison.run_scenarios(scenarios, session.compared_titles(), until)
    reference = next(run for run in runs if run.key == reference_key)
    first = st.container()
    if charts:
        panels = panels_of(charts, runs, locale)
        names = [panel.title for panel in panels]
        figure = small_multiples(runs, panels, screen().columns)
        alternative = panels_text(names, [run.title for run in runs], locale)
        badges = [(panel.title, line_badge(panel.source, locale)) for panel in panels]
        show_figure(figure, "multiples", "compare", alternative, badges)
        data_expander("compare_data", "compare", lambda: comparison.long_table(runs, locale, names))
    ranking = first if len(runs) == PAIR else st.container()
    heading(locale.translate("compare.deltas", reference=reference.title, year=year))
    differences = st.empty()
    with st.container(horizontal=True):
        deltas = comparison.delta_table(runs, reference, year, locale)
        csv_download("differences", deltas, locale.translate("compare.download_table"))
        csv_download("series", lambda: comparison.long_table(runs, locale), locale.translate("compare.download_csv"))
    heading(locale.translate("compare.scoreboard"))
    targets = st.empty()
    show_levers(runs)

    # What is sure takes longer than the runs, so it comes into its places when everything else stands.
    certain = comparison.cached_uncertainties(runs, until) if sure else None
    show_tables(runs, reference, year, certain, differences, targets)
    if sure:
        if certain is None:
            certain = comparison.uncertainties(runs, until)
            show_tables(runs, reference, year, certain, differences, targets)
        with ranking:
            show_ranking(runs, reference, year, charts, certain)


def show_tables(
    runs: Sequence[comparison.Run],
    reference: comparison.Run,
    year: int,
    certain: comparison.Certain | None,
    differences: DeltaGenerator,
    targets: DeltaGenerator,
) -> None:
    """The tables of differences and targets in their places, with how sure they are where that is known."""
    locale, ending = session.locale(), "" if certain is None else "_certain"
    deltas = comparison.delta_table(runs, reference, year, locale, certain)
    columns = {name: st.column_config.NumberColumn(width=NUMBER_WIDTH) for name in deltas.columns[1:]}
    names = [comparison.interval_column(run, locale) for run in runs]
    label = locale.translate("uncertainty.range")
    columns |= {name: st.column_config.TextColumn(label, width=INTERVAL_WIDTH) for name in names if name in deltas}
    with differences.container():
        data_table(
            comparison.styled_deltas(deltas, locale), column_config=columns, key=f"deltas{ending}", height="content"
        )
        if certain is not None:
            note(locale.translate("uncertainty.note"))
    with targets.container():
        if certain is not None:
            note(locale.translate("uncertainty.score_note"))
        data_table(comparison.score_table(runs, locale, certain), key=f"scores{ending}", height="content")


def show_ranking(
    runs: Sequence[comparison.Run],
    reference: comparison.Run,
    year: int,
    charts: Sequence[str],
    certain: comparison.Certain,
) -> None:
    """How sure the order of scenarios is: of each and the reference, in the chosen charts, and of all of them."""
    locale = session.locale()
    if len(runs) < PAIR:
        return
    heading(locale.translate("uncertainty.order", year=year))
    sentences = [
        comparison.order_sentence(run, reference, year, charts, certain, locale) for run in runs if run is not reference
    ]
    for sentence in filter(None, sentences):
        note(sentence, "page-note question")
    note(locale.translate("uncertainty.order_note"))
    with st.expander(locale.translate("uncertainty.best", year=year), expanded=len(runs) > PAIR):
        note(locale.translate("uncertainty.best_note"))
        data_table(comparison.ranking_table(runs, year, locale, certain), key="ranking", height="content")


def show_levers(runs: Sequence[comparison.Run]) -> None:
    """Levers, drivers and parameters in which the scenarios differ."""
    locale = session.locale()
    heading(locale.translate("compare.levers"))
    levers = comparison.lever_table(runs, locale)
    if len(levers):
        note(locale.translate("compare.levers_note"))
        data_table(levers, key="levers_table", height="content")
    else:
        note(locale.translate("compare.same_levers"))
    for title, names in comparison.other_differences(runs).items():
        note(f"{title}: " + locale.translate("compare.drivers", names=", ".join(names)))


page()
