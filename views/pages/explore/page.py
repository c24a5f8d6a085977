"""The Explore page: move levers, see what changes against what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.charts.echarts import chart_options
from views.charts.plot import plot_of
from views.charts.tables import plot_table
from views.pages.explore import chart_exports, sensitive_levers
from views.panel import preview
from views.panel.components import chart_preview, lever_panel, lever_texts
from views.panel.state import panel_state
from views.panel.texts import panel_texts
from views.results import simulation, summary
from views.results.catalogue import CHARTS
from views.results.headline import Certainty, cards_html, certainties, figures
from views.results.settings import DEFAULT_CHARTS, ENDS, Settings, scenario_of, years_to_show
from views.results.sliders import Factor, Move, slots
from views.results.uncertainty import Uncertainty, baseline_uncertainty, cached_uncertainty, uncertainty_if_free
from views.shell import session
from views.shell.failures import guard
from views.shell.page_elements import TABLE_HEIGHT, data_table

CHART_HEIGHT: Literal["stretch"] = "stretch"
"""The style sheet makes charts as high as the window leaves room for."""


def on_moved() -> None:
    """Take over sliders that were released."""
    settings = session.settings()
    for event in st.session_state["levers"].moved or ():
        if event.get("slot") in slots():
            value = float(event["value"])
            settings = settings.with_moved(event["slot"], Factor(value) if event.get("scales") else value)
    set_moved(settings.moved)


def on_reset() -> None:
    """Put one slider back on the path of the scenario."""
    slot_id = st.session_state["levers"].reset
    if slot_id:
        set_moved(session.settings().without(slot_id).moved)


def set_moved(sliders: Mapping[str, Move]) -> None:
    """Set the moved sliders; where a table of data is open, the whole page has to be drawn again."""
    session.change(moved=sliders)
    st.session_state["whole_page"] = any(st.session_state.get(f"data_{k}") for k in range(len(DEFAULT_CHARTS)))


def show_choices(settings: Settings) -> None:
    """The top of the sidebar: scenario to start from, last year, reset."""
    locale = session.locale()
    st.html(f'<h1 class="brand">{escape(locale.translate("app.title"))}</h1>')
    titles = session.titles()
    base = session.widget("base", settings.base, lambda v: session.change(base=v, moved={}), titles)
    st.selectbox(locale.translate("explore.scenario"), list(titles), format_func=titles.__getitem__, **base)
    with st.container(horizontal=True, key="lever_tools", vertical_alignment="bottom"):
        ends = session.widget("until", settings.until, lambda v: session.change(until=v), ENDS)
        st.selectbox(locale.translate("explore.until"), ENDS, width=110, **ends)
        st.button(locale.translate("explore.reset"), key="w_reset", on_click=lambda: session.change(moved={}))
    wanted = session.page_widget("explore", "bands", session.remember("explore", "bands", True, (True, False)))
    st.toggle(locale.translate("explore.bands"), help=locale.translate("explore.bands_help"), **wanted)
    st.html(f'<p class="standing">{escape(locale.translate("panel.standing"))}</p>')


def show_chart_frame(position: int, settings: Settings) -> DeltaGenerator:
    """The choice of a chart, the place for it, and its data below; returns the place."""
    locale = session.locale()

    def choose(chart_id: str) -> None:
        charts = list(session.settings().charts)
        charts[position] = chart_id
        session.change(charts=tuple(charts))

    chart = CHARTS[settings.charts[position]]
    label = locale.translate("explore.chart_left" if position == 0 else "explore.chart_right")
    widget = session.widget(f"chart_{position}", chart.id, choose, CHARTS)
    st.selectbox(
        label,
        list(CHARTS),
        format_func=lambda c: locale.translate(f"chart.{c}"),
        label_visibility="collapsed",
        **widget,
    )
    place = st.container()
    details = st.expander(locale.translate("explore.data"), key=f"data_{position}", on_change="rerun")
    if details.open:
        with details:
            rows = plot_table(plot_of(chart, *runs(settings), {}, locale))
            data_table(rows, height=TABLE_HEIGHT, key=f"table_{position}")
            chart_exports.download_buttons(position, chart.id, settings, rows)
    return place


def runs(settings: Settings) -> tuple[simulation.Result, simulation.Result]:
    """The present run and the run as happened."""
    scenario = session.scenarios()[settings.base]
    return simulation.runner(settings.until).run(scenario, settings.moved), simulation.baseline(settings.until)


def on_settled() -> None:
    """The sliders have come to rest: bands may be computed in the run that follows."""
    st.session_state["at_rest"] = True


def bands_wanted() -> bool:
    """Whether bands, and how sure the figures are, shall be shown."""
    return session.remember("explore", "bands", True, (True, False))


def shown_uncertainty(settings: Settings, at_rest: bool) -> tuple[Uncertainty | None, bool]:
    """What is uncertain at the present settings, where it is wanted and known, and whether it is still to come.

    It takes longer than a run, so a move is answered without it; it follows when the sliders are at rest.
    """
    if not bands_wanted():
        return None, False
    look_up = uncertainty_if_free if at_rest else cached_uncertainty
    uncertain = look_up(scenario_of(settings, session.scenarios()), settings.until)
    return uncertain, uncertain is None


def shown_certainties(settings: Settings, uncertain: Uncertainty | None) -> dict[str, Certainty] | None:
    """How sure the headline figures are: empty while that is still to come, None where it is not wanted."""
    if uncertain is None:
        return {} if bands_wanted() else None
    return certainties(uncertain, baseline_uncertainty(settings.until), settings.year, session.locale())


@st.fragment
@guard()
def levers_and_results(
    words: DeltaGenerator,
    figures_place: DeltaGenerator,
    plots: Sequence[DeltaGenerator],
    sensitive_place: DeltaGenerator | None,
) -> None:
    """What changes with a slider: this alone is drawn again after a move, the charts first."""
    if st.session_state.pop("whole_page", False):
        st.rerun()
    settings, locale = session.settings(), session.locale()
    scenario = session.scenarios()[settings.base]
    now, ghost = runs(settings)
    uncertain, pending = shown_uncertainty(settings, st.session_state.pop("at_rest", False))
    bands = {} if uncertain is None else uncertain.bands
    for position, (place, chart_id) in enumerate(zip(plots, settings.charts, strict=True)):
        plot = plot_of(CHARTS[chart_id], now, ghost, bands, locale)
        options = chart_options(plot, room_for_bands=bool(bands))
        place.echarts_chart(options, height=CHART_HEIGHT, theme=None, key=f"plot_{position}", alt=plot.alternative)
    certain = shown_certainties(settings, uncertain)
    figures_place.html(cards_html(figures(now, ghost, settings.year, locale), locale, certain))
    sentence = summary.sentence(settings, scenario, now, ghost, locale)
    words.html(summary_html(sentence, summary.warnings(settings, scenario, now, locale)))
    stamp = panel_texts(locale)["stamp"]
    data = {"stamp": stamp, "state": panel_state(settings, scenario), "query": session.query(), "pending": pending}
    data["drawing"] = preview.drawing(settings, scenario, ghost, locale.translate("explore.preview"), locale)
    lever_panel(data, "levers", on_moved, on_reset, on_settled)
    if sensitive_place is not None:
        sensitive_levers.show(sensitive_place, settings)


def drag_preview() -> None:
    """Hand the browser the model with the present scenario, for the charts while a slider is dragged."""
    settings = session.settings()
    inputs = preview.model_inputs(session.scenarios()[settings.base], settings.until)
    chart_preview(preview.module(), preview.description(), inputs)


def summary_html(sentence: str, notes: list[str]) -> str:
    """The sentence and the warnings as HTML of a fixed height, so that charts stay where they are."""
    locale = session.locale()
    html = f'<p class="summary" title="{escape(sentence)}">{escape(sentence)}</p>'
    if notes:
        count = (
            locale.translate("warning.one") if len(notes) == 1 else locale.translate("warning.count", count=len(notes))
        )
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        html += (
            f'<details class="warnings"><summary role="status"><b>⚠ {escape(count)}</b> {escape(notes[0])}</summary>'
            f"<ul>{items}</ul></details>"
        )
    return f'<div class="in-words">{html}</div>'


def page() -> None:
    """The page, from the state of the session.

    Fragments draw into containers, and stand in containers of their own, because Streamlit drops what a fragment has
    drawn and not yet sent when the fragment runs again: only what stands alone in its container can be missing for a
    moment without moving what follows it. An `st.empty` would be sent together with what is drawn into it, and go too.
    """
    settings, locale = session.settings(), session.locale()
    with st.container(horizontal=True, key="top_row", vertical_alignment="center"):
        words = st.container()
        years = years_to_show(settings.until)
        year = session.widget("year", settings.year, lambda v: session.change(year=v), years)
        st.segmented_control(locale.translate("explore.year"), years, width="content", required=True, **year)
    figures_place = st.container()
    plots = []
    for position, column in enumerate(st.columns(2, gap="medium")):
        with column:
            plots.append(show_chart_frame(position, settings))
    sensitive_place = sensitive_levers.show_expander()
    if settings.until > ENDS[0]:
        st.caption(locale.translate("explore.extrapolated"))
    with st.sidebar:
        show_choices(settings)
        lever_texts(panel_texts(session.locale()))
        with st.container():
            levers_and_results(words, figures_place, plots, sensitive_place)
        with st.container():
            drag_preview()


page()
