"""The Explore page: move levers, see what changes against what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from views.charts.plot import plot_of
from views.charts.tables import plot_table
from views.component import answer, model_data
from views.component.assumption_data import assumption_texts
from views.component.chart_data import chart_texts
from views.component.component import explore, explore_parts
from views.component.stamps import stamp_of
from views.component.texts import component_texts
from views.pages.explore import chart_exports, sensitive_levers
from views.results import simulation
from views.results.catalogue import CHARTS
from views.results.links import from_link, to_link
from views.results.scenario_groups import MOST_OWN, grouped
from views.results.settings import Settings, scenario_of
from views.results.uncertainty import Uncertainty, cached_uncertainty, uncertainty_if_free
from views.shell import own_scenarios, session
from views.shell.failures import guard
from views.shell.page_elements import TABLE_HEIGHT, data_table

COMPONENT = "explore"
BANDS, VIEW = "bands", "view"
VIEWS = ("all", "left", "right")
"""What is shown: everything, or one chart alone, as other pages embed it."""
HANDED = "explore_handed"
"""The key of the stamps of the parts that the browser has been handed."""
PAGES = ("plan", "tradeoffs", "evidence", "compare", "why")
"""Pages that the component may open."""


def event(name: str) -> Any:
    """What a trigger of the component says; None where it says nothing."""
    return getattr(st.session_state[COMPONENT], name, None)


def on_settled() -> None:
    """Take over the state that the person has come to."""
    told = event("settled")
    if not isinstance(told, dict):
        return
    query = dict(parse_qsl(str(told.get("query", ""))[: session.LONGEST_QUERY]))
    settings, _ = from_link(query, session.starting_points())
    st.session_state["settled"] = told.get("n")
    st.session_state[f"explore_{BANDS}"] = query.get(f"explore.{BANDS}") != "0"
    view = query.get(f"explore.{VIEW}", VIEWS[0])
    st.session_state[f"explore_{VIEW}"] = view if view in VIEWS else VIEWS[0]
    session.take_over(settings)
    st.session_state["whole_page"] = any(st.session_state.get(f"{part}_open") for part in ("files", "matters"))


def on_rest() -> None:
    """The sliders have come to rest: bands may be computed in the run that follows."""
    st.session_state["at_rest"] = True


def on_ask() -> None:
    """Hand over the assumptions from the run that follows on; few people open them."""
    st.session_state["assumptions_asked"] = True


def on_keep() -> None:
    """Keep a state as a run with a name, and put it on the list of Compare."""
    told = event("keep")
    if not isinstance(told, dict):
        return
    settings, _ = from_link(dict(parse_qsl(str(told.get("query", "")))), session.starting_points())
    key = own_scenarios.keep_run(str(told.get("name", "")), settings)
    if key and "compare_chosen" in st.session_state:
        st.session_state["compare_chosen"] = [*st.session_state["compare_chosen"], key]


def on_forget() -> None:
    """Keep a run no longer."""
    own_scenarios.forget_run(str(event("forget")))


def on_go() -> None:
    """Open another page in the run that follows."""
    place = event("go")
    if isinstance(place, dict) and place.get("page") in PAGES:
        st.session_state.pop("why_indicator", None)  # the one that the present settings change most is explained
        st.session_state["go"] = place["page"], dict(parse_qsl(str(place.get("query", ""))))


EVENTS = {
    "settled": on_settled,
    "rest": on_rest,
    "go": on_go,
    "ask": on_ask,
    "keep": on_keep,
    "forget": on_forget,
}
"""What is done with each trigger of the component."""


def bands_wanted() -> bool:
    """Whether bands, and how sure the figures are, shall be shown."""
    return session.remember("explore", BANDS, True, (True, False))


def known_uncertainty(settings: Settings, at_rest: bool) -> Uncertainty | None:
    """What is uncertain at the present settings, where it is wanted and known.

    It takes longer than a run, so a move is answered without it; it follows when the sliders are at rest.
    """
    if not bands_wanted():
        return None
    look_up = uncertainty_if_free if at_rest else cached_uncertainty
    return look_up(scenario_of(settings, session.scenarios()), settings.until)


def scenario_list() -> dict[str, object]:
    """Scenarios to start from, in groups: pairs of a group's name and its pairs of key and title; and the kept runs."""
    locale, titles, starts = session.locale(), session.titles(), session.starting_points()
    groups = [
        (locale.translate(f"scenario_group.{group}"), [(key, titles[key]) for key in keys])
        for group, keys in grouped(starts).items()
    ]
    runs = [
        {"key": key, "name": name, "query": urlencode(to_link(settings, locale.language), safe=":,~")}
        for key, (name, settings) in own_scenarios.kept_runs().items()
    ]
    return {"list": groups, "stamp": stamp_of({"groups": groups}), "runs": runs, "most": MOST_OWN}


def parts() -> dict[str, Mapping[str, Any]]:
    """What the component needs and moves do not change, by name, each with its stamp."""
    settings, locale = session.settings(), session.locale()
    found: dict[str, Mapping[str, Any]] = {
        "texts": component_texts(locale),
        "charts": chart_texts(settings.until, locale),
        "inputs": model_data.model_inputs(session.scenarios()[settings.base], settings.until),
    }
    if settings.parameters or settings.drivers or st.session_state.get("assumptions_asked"):
        found["assumptions"] = assumption_texts(locale)
    return found


def stamps() -> dict[str, str]:
    """The stamps of these parts."""
    return {name: part["stamp"] for name, part in parts().items()}


def hand_over_parts() -> None:
    """Hand the parts to the browser. They are large, so a move does not draw them again: where one has changed, the
    whole page is drawn."""
    st.session_state[HANDED] = stamps()
    with st.container(key="explore_parts"):
        named = {name: {"part": name, **part} for name, part in parts().items()}
        description = {"part": "description", **model_data.description()}
        explore_parts({"module": model_data.module(), "description": description, **named})


@st.fragment
@guard()
def component() -> None:
    """The component, with what the server adds to the present state: this alone is drawn again after a move."""
    if "go" in st.session_state:
        page, query = st.session_state.pop("go")
        session.open_page(page, query)
    if st.session_state.pop("whole_page", False) or st.session_state.get(HANDED) != stamps():
        st.rerun()
    settings, locale, scenarios = session.settings(), session.locale(), session.scenarios()
    whole = scenario_of(settings, scenarios)
    uncertain = known_uncertainty(settings, st.session_state.pop("at_rest", False))
    query = session.state_query()
    said: dict[str, Any] = {"query": query, **answer.words(settings, scenarios, whole, locale)}
    if uncertain is not None:
        said["bands"] = answer.bands(settings, uncertain, locale)
        said["certainties"] = answer.certainties(settings, uncertain, locale)
    data = {
        "epoch": session.epoch(),
        "n": st.session_state.get("settled", 0),
        "query": query,
        "kept": session.kept_query(),
        **stamps(),
        "scenarios": scenario_list(),
        "answer": said,
        "pending": bands_wanted() and uncertain is None,
    }
    explore(data, COMPONENT, EVENTS)


def show_files() -> None:
    """The data of both charts as tables, and their files."""
    locale, settings = session.locale(), session.settings()
    details = st.expander(locale.translate("explore.data"), key="files", on_change="rerun")
    st.session_state["files_open"] = details.open
    if not details.open:
        return
    now = simulation.runner(settings.until).run(scenario_of(settings, session.scenarios()))
    ghost = simulation.baseline(settings.until)
    with details:
        for position, column in enumerate(st.columns(2, gap="medium")):
            chart = CHARTS[settings.charts[position]]
            with column:
                st.markdown(f"**{locale.translate(f'chart.{chart.id}')}**")
                rows = plot_table(plot_of(chart, now, ghost, {}, locale))
                data_table(rows, height=TABLE_HEIGHT, key=f"table_{position}")
                chart_exports.download_buttons(position, chart.id, settings, rows)


def page() -> None:
    """The page, from the state of the session."""
    view = session.remember("explore", VIEW, VIEWS[0], VIEWS)
    if view != VIEWS[0]:
        st.html('<span class="one-chart"></span>')
    with guard():
        hand_over_parts()
    component()
    if view != VIEWS[0]:
        return
    show_files()
    sensitive_levers.show()


page()
