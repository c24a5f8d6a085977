"""The view of the Trade-offs page that searches the frontier of two or three outcomes."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from analysis.optimisation.frontier import Frontier
from analysis.optimisation.tables import NAMED_SCENARIOS
from model.engine import Text
from views.charts.frontier import Front, frontier_figure
from views.charts.text_alternatives import chart_text
from views.language import LANGUAGES, Locale
from views.results import mix_searches, mix_tables, mixes
from views.results.evidence_badge import indicator_badge
from views.results.mix_searches import Space, outcomes_of
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import csv_download, data_expander, heading, note, show_figure
from views.shell.screen import screen

from .mix import follow, show_mix

FRONT_TRACE = 1
LARGEST_NUMBER = 100_000
remember, widget = partial(session.remember, "tradeoffs"), partial(session.page_widget, "tradeoffs")


def show(space: Space, objectives: tuple[str, ...], effort: str) -> None:
    """The frontier as soon as it has been found, and the mix that is chosen on it."""
    if not space.moving:
        st.info(session.locale().translate("find.no_lever"))
        return
    job = mix_searches.frontier_job(space, objectives, effort)
    follow(job, lambda found, _: show_front(found, space, objectives))


def show_front(found: Frontier, space: Space, objectives: tuple[str, ...]) -> None:
    """Chart, choice of a mix, the mix, and the data."""
    locale = session.locale()
    order = np.argsort([point.outcomes[objectives[0]] for point in found.points], kind="stable")
    names = [mixes.outcome_name(name, locale) for name in objectives]
    title = locale.translate("tradeoffs.cloud_heading", across=names[0], up=names[1])
    heading(title)
    told = locale.translate("front.note", count=f"{len(found.points):,}", runs=f"{found.evaluations:,}")
    note(locale.sentences([told, locale.translate("front.choose_below" if screen().touch else "front.choose")]))
    place = st.container()
    position = choose_point(found, order)
    with place:
        show_chart(found, objectives, order, position, title)
    point = found.points[order[position]]
    shown = (
        f"{name}: {outcome_text(objective, point.outcomes[objective])}"
        for name, objective in zip(names, objectives, strict=True)
    )
    note(locale.clauses(shown), "page-note question")
    show_mix("front", point, space, title_of(objectives))
    data_expander("front_data", "front", lambda: mix_tables.front_table(found, locale))
    csv_download("frontier", lambda: mix_tables.front_table(found, locale), locale.translate("front.download"))


def choose_point(found: Frontier, order: np.ndarray) -> int:
    """The place of the chosen mix along the horizontal axis: by buttons for its ends and the middle, or a slider."""
    locale, count = session.locale(), len(order)
    at = remember("point", LARGEST_NUMBER, lambda value: isinstance(value, int) and 0 <= value <= LARGEST_NUMBER)
    places = {row: k for k, row in enumerate(order.tolist())}
    rows = {id(point): k for k, point in enumerate(found.points)}
    marked = {name: places[rows[id(point)]] for name, point in found.chosen().items()}
    at = at if at < count else marked["balanced"]
    with st.container(horizontal=True, key="front_marks"):
        for name, place in marked.items():
            key = "front.balanced" if name == "balanced" else "front.best"
            outcome = name.removeprefix("best_")
            label = "" if name == "balanced" else mixes.outcome_name(outcome, locale)
            st.button(
                locale.translate(key, outcome=label),
                key=f"w_front_{name}",
                on_click=lambda place=place: st.session_state.update(tradeoffs_point=place),
            )
    if count < 2:
        return 0
    chosen = st.slider(locale.translate("front.position"), 1, count, **_one_more(at))
    return min(chosen, count) - 1


def _one_more(at: int) -> dict:
    """Key and callback of the slider, which counts from 1."""
    return session.widget(
        "tradeoffs_point", at + 1, lambda number: st.session_state.update(tradeoffs_point=int(number) - 1)
    )


def show_chart(found: Frontier, objectives: tuple[str, ...], order: np.ndarray, position: int, title: str) -> None:
    """Random mixes, the frontier, the chosen mix and named runs; a click on the frontier chooses a mix."""
    locale = session.locale()
    scales = [mixes.scale_of(name, locale) for name in objectives]
    names = [mixes.outcome_name(name, locale) for name in objectives]
    values = found.values()[order] * scales
    cloud = tuple(np.array(found.cloud[name]) * scale for name, scale in zip(objectives, scales, strict=True))
    titles = session.titles()
    present = outcomes_of(scenario_of(session.settings(), session.starting_points()))
    runs = {locale.translate("tradeoffs.present"): present} | {
        titles[key]: found.scenarios[key] for key in NAMED_SCENARIOS
    }
    named = {name: (run[objectives[0]] * scales[0], run[objectives[1]] * scales[1]) for name, run in runs.items()}
    third = (values[:, 2], names[2]) if len(objectives) > 2 else (None, "")
    front = Front((values[:, 0], values[:, 1]), position, *third)
    figure = frontier_figure((cloud[0], cloud[1]), front, named, names, locale)
    ends = {locale.translate("front.end", number=k + 1): values[k] for k in (0, len(order) - 1)}
    told = [(name, locale.clauses(locale.number(float(v)) for v in pair)) for name, pair in (ends | named).items()]
    badges = [(name, indicator_badge(one, None, locale)) for name, one in zip(names, objectives, strict=True)]
    on_click = None if screen().touch else chosen_on_chart  # where points can be chosen, a finger moves the chart
    show_figure(figure, "tradeoffs_front", "frontier", chart_text(title, "", told, locale), badges, on_click)


def chosen_on_chart() -> None:
    """Choose the mix on which a person has clicked."""
    points = st.session_state["tradeoffs_front"].selection.points
    clicked = [point["point_index"] for point in points if point["curve_number"] == FRONT_TRACE]
    if clicked:
        st.session_state["tradeoffs_point"] = clicked[0]


def outcome_text(name: str, value: float) -> str:
    """A value of an outcome, in the unit that its name tells."""
    locale = session.locale()
    return mixes.outcome_unit(name, locale).figure(value * mixes.scale_of(name, locale))


def title_of(objectives: tuple[str, ...]) -> Text:
    """The name of a mix of the frontier in both languages, for files and kept runs."""
    texts = {}
    for code in LANGUAGES:
        here = Locale(code)
        names = here.enumeration(mixes.outcome_name(name, here) for name in objectives)
        texts[code] = here.translate("front.mix", outcomes=names)
    return Text(**texts)
