"""The Explore page: move levers, see what changes against what happened."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from views.charts.echarts import alternative, chart_options
from views.charts.tables import table
from views.pages.explore import chart_exports, sensitive_levers
from views.panel import preview
from views.panel.components import chart_preview, lever_panel, lever_texts
from views.panel.texts import panel_texts
from views.results import simulation, summary
from views.results.bands import bands_at_once, known_bands
from views.results.catalogue import CHARTS
from views.results.headline import cards, figures
from views.results.settings import DEFAULT_CHARTS, ENDS, scenario_of, years_to_show
from views.results.sliders import slots, with_slots
from views.shell import session
from views.shell.failures import guard
from views.shell.page_elements import TABLE_HEIGHT, data_table

CHART_HEIGHT = "stretch"
"""The style sheet makes charts as high as the window leaves room for."""


def moved() -> None:
    """Take over a slider that was released."""
    event = st.session_state["levers"].moved
    if event and event.get("slot") in slots():
        take(session.settings().with_moved(event["slot"], float(event["value"])).moved)


def put_back() -> None:
    """Put one slider back on the path of the scenario."""
    slot_id = st.session_state["levers"].reset
    if slot_id:
        take(session.settings().without(slot_id).moved)


def take(sliders) -> None:
    """Set the moved sliders; where a table of data is open, the whole page has to be drawn again."""
    session.change(moved=sliders)
    st.session_state["levers_due"] = True
    st.session_state["whole_page"] = any(st.session_state.get(f"data_{k}") for k in range(len(DEFAULT_CHARTS)))


def panel_state(settings, scenario) -> dict:
    """Where every slider stands, and whether it differs from what happened."""
    values = with_slots(scenario.levers, settings.moved)
    placed = {}
    for slot in slots().values():
        value = values.get(slot.lever.id, "baseline")
        is_moved = slot.id in settings.moved
        placed[slot.id] = {
            "value": settings.moved[slot.id] if is_moved else slot.mean(value),
            "moved": is_moved,
            "differs": is_moved or (value != "baseline" and not (slot.path(value) == slot.path("baseline")).all()),
        }
    return placed


def show_choices(settings) -> None:
    """The top of the sidebar: scenario to start from, last year, reset."""
    t = session.translate()
    st.html(f'<h1 class="brand">{escape(t("app.title"))}</h1>')
    titles = session.titles()
    base = session.widget("base", settings.base, lambda v: session.change(base=v, moved={}), titles)
    st.selectbox(t("explore.scenario"), list(titles), format_func=titles.get, **base)
    with st.container(horizontal=True, key="lever_tools", vertical_alignment="bottom"):
        ends = session.widget("until", settings.until, lambda v: session.change(until=v), ENDS)
        st.selectbox(t("explore.until"), ENDS, width=110, **ends)
        st.button(t("explore.reset"), key="w_reset", on_click=lambda: session.change(moved={}))
    wanted = session.page_widget("explore", "bands", session.remember("explore", "bands", True, (True, False)))
    st.toggle(t("explore.bands"), help=t("explore.bands_help"), **wanted)
    st.html(f'<p class="standing">{escape(t("panel.standing"))}</p>')


def show_chart_frame(position: int, settings):
    """The choice of a chart, the place for it, and its data below; returns the place."""
    t, language = session.translate(), session.language()

    def choose(chart_id) -> None:
        charts = list(session.settings().charts)
        charts[position] = chart_id
        session.change(charts=tuple(charts))

    chart = CHARTS[settings.charts[position]]
    label = t("explore.chart_left" if position == 0 else "explore.chart_right")
    widget = session.widget(f"chart_{position}", chart.id, choose, CHARTS)
    st.selectbox(label, list(CHARTS), format_func=lambda c: t(f"chart.{c}"), label_visibility="collapsed", **widget)
    place = st.container()
    details = st.expander(t("explore.data"), key=f"data_{position}", on_change="rerun")
    if details.open:
        with details:
            rows = table(chart, *runs(settings), t, language)
            data_table(rows, height=TABLE_HEIGHT, key=f"table_{position}")
            chart_exports.buttons(position, chart.id, settings, rows)
    return place


def runs(settings) -> tuple[simulation.Result, simulation.Result]:
    """The present run and the run as happened."""
    scenario = session.scenarios()[settings.base]
    return simulation.runner(settings.until).run(scenario, settings.moved), simulation.baseline(settings.until)


def settled() -> None:
    """The sliders have come to rest: bands may be computed in the run that follows."""
    st.session_state["at_rest"] = True


def shown_bands(settings, at_rest: bool) -> tuple[Mapping | None, bool]:
    """Bands of the present settings, where they are wanted and known, and whether they are still to come.

    They take longer than a run, so a move is answered without them; they follow when the sliders are at rest.
    """
    if not session.remember("explore", "bands", True, (True, False)):
        return None, False
    look_up = bands_at_once if at_rest else known_bands
    found = look_up(scenario_of(settings, session.scenarios()), settings.until)
    return found, found is None


@st.fragment
@guard()
def levers_and_results(words, figures_place, plots, matters_place) -> None:
    """What changes with a slider: this alone is drawn again after a move, the charts first."""
    st.session_state["levers_due"] = False
    if st.session_state.pop("whole_page", False):
        st.rerun()
    settings, t, language = session.settings(), session.translate(), session.language()
    scenario = session.scenarios()[settings.base]
    now, ghost = runs(settings)
    bands, pending = shown_bands(settings, st.session_state.pop("at_rest", False))
    for position, (place, chart_id) in enumerate(zip(plots, settings.charts, strict=True)):
        chart = CHARTS[chart_id]
        options, told = chart_options(chart, now, ghost, t, language, bands), alternative(chart, now, t, language)
        place.echarts_chart(options, height=CHART_HEIGHT, theme=None, key=f"plot_{position}", alt=told)
    figures_place.html(cards(figures(now, ghost, settings.year, t, language), t, language))
    said = summary.sentence(settings, scenario, now, ghost, t, language)
    words.html(in_words(said, summary.warnings(settings, scenario, now, t, language)))
    stamp = panel_texts(language)["stamp"]
    data = {"stamp": stamp, "state": panel_state(settings, scenario), "query": session.query(), "pending": pending}
    lever_panel(data, "levers", moved, put_back, settled)
    if matters_place is not None:
        sensitive_levers.show(matters_place, settings)


@st.fragment
@guard()
def drag_preview() -> None:
    """Hands the browser a sweep of the slider that the pointer has come to.

    A move that was sent in the same message would change nothing on the page, because only one fragment runs.
    """
    if st.session_state.get("levers_due"):
        st.rerun()
    t, settings = session.translate(), session.settings()
    sweep, slot_id = None, st.session_state.pop("sweep_wanted", None)
    if slot_id and preview.preparation(settings.until).ready():
        scenario = session.scenarios()[settings.base]
        sweep = preview.sweep(settings, scenario, slot_id, session.query(), t("explore.preview"), session.language())
    chart_preview({"sweep": sweep}, "preview", sweep_wanted)


def sweep_wanted() -> None:
    """Remember which slider's sweep is asked for."""
    slot_id = st.session_state["preview"].wanted
    if slot_id in slots():
        st.session_state["sweep_wanted"] = slot_id


def in_words(said: str, notes: list[str]) -> str:
    """The sentence and the warnings as HTML of a fixed height, so that charts stay where they are."""
    t = session.translate()
    html = f'<p class="summary" title="{escape(said)}">{escape(said)}</p>'
    if notes:
        count = t("warning.one") if len(notes) == 1 else t("warning.count", count=len(notes))
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
    settings, t = session.settings(), session.translate()
    session.prepare(settings.until)
    with st.container(horizontal=True, key="top_row", vertical_alignment="center"):
        words = st.container()
        years = years_to_show(settings.until)
        year = session.widget("year", settings.year, lambda v: session.change(year=v), years)
        st.segmented_control(t("explore.year"), years, width="content", required=True, **year)
    figures_place = st.container()
    plots = []
    for position, column in enumerate(st.columns(2, gap="medium")):
        with column:
            plots.append(show_chart_frame(position, settings))
    matters_place = sensitive_levers.frame()
    if settings.until > ENDS[0]:
        st.caption(t("explore.extrapolated"))
    with st.sidebar:
        show_choices(settings)
        lever_texts(panel_texts(session.language()))
        with st.container():
            levers_and_results(words, figures_place, plots, matters_place)
        with st.container():
            drag_preview()


page()
