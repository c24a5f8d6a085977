"""The view of the Trade-offs page that finds the cheapest mix for targets."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.optimisation.findings import Answer, Finding
from model.engine import Text
from model.inputs import END
from views.language import LANGUAGES, Locale
from views.results import find_sentences, mix_searches, mix_tables
from views.results.mix_searches import Aim, Space
from views.results.mix_settings import settings_with
from views.results.settings import scenario_of
from views.results.uncertainty import Uncertainty, cached_uncertainty, uncertainty_of
from views.shell import session
from views.shell.page_elements import csv_download, data_table, heading, note

from .mix import follow, show_mix

ASKED = "tradeoffs_asked"
"""The question that was asked last in this session: space and aim."""


def show(space: Space, aim: Aim) -> None:
    """The question with its button, and the answer to the one that was asked last."""
    locale = session.locale()
    if not aim.wanted:
        st.info(locale.translate("find.no_target"))
        return
    if not space.moving:
        st.info(locale.translate("find.no_lever"))
        return
    note(question_text(space, aim), "page-note question")
    st.button(
        locale.translate("find.search"),
        key="w_find",
        type="primary",
        icon=":material/search:",
        on_click=lambda: st.session_state.update({ASKED: (space, aim)}),
    )
    asked = st.session_state.get(ASKED)
    if asked is None:
        note(locale.translate("find.hint"))
        return
    if (asked[0].key, asked[1]) != (space.key, aim):
        note(locale.translate("find.changed"), "page-note caution")
        return
    follow(mix_searches.finding_job(space, aim), lambda finding, stage: show_finding(finding, stage, space))


def question_text(space: Space, aim: Aim) -> str:
    """The question in words."""
    locale = session.locale()
    key = "find.question" if aim.budget is None else "find.question_budget"
    budget = "" if aim.budget is None else mix_tables.money_text(aim.budget, locale)
    return locale.translate(key, hard=len(aim.hard), budget=budget, moving=len(space.moving), first=space.earliest)


def show_finding(finding: Finding, stage: int, space: Space) -> None:
    """The answer in a sentence, what stands in the way, the targets, the mix, and other mixes."""
    locale = session.locale()
    if not finding.finished:
        note(locale.translate("find.so_far"), "page-note caution")
    note(find_sentences.answer_text(finding, locale), "page-note question")
    for text in (find_sentences.reserves(finding, locale), *find_sentences.obstacles(finding, locale)):
        if text:
            note(text)
    chosen = choose_mix(finding) if finding.alternatives else 0
    mix, place = mix_tables.mixes_found(finding)[chosen], st.empty()
    key = f"find_{stage}_{chosen}"
    scenario = scenario_of(settings_with(space.start, space.base, mix.scenario), session.starting_points())
    known = cached_uncertainty(scenario, END)
    show_targets(place, mix, key, known)
    show_mix(key, mix, space, titles_of(finding, chosen))
    if not finding.finished:
        return
    if finding.alternatives:
        show_side_by_side(finding)
    else:
        note(locale.translate("find.no_alternatives"))
    heading(locale.translate("find.not_said"))
    for caveat in ("find.caveat_reserve", "find.caveat_purse", "find.caveat_search"):
        note(locale.translate(caveat))
    if known is None:  # takes longer than all else, so it comes into its place when everything stands
        show_targets(place, mix, f"{key}_sure", uncertainty_of(scenario, END))


def show_side_by_side(finding: Finding) -> None:
    """The strengths of all mixes in one table."""
    locale = session.locale()
    heading(locale.translate("find.side_by_side"))
    note(locale.translate("find.alternatives_note"))
    table = mix_tables.mixes_table(finding, locale)
    numbers = {name: st.column_config.NumberColumn(format="%.2f") for name in table.columns[1:]}
    data_table(table, column_config=numbers, key="mixes", height="content")
    csv_download("mixes", table, locale.translate("evidence.download"))


def choose_mix(finding: Finding) -> int:
    """Which of the mixes is shown."""
    locale = session.locale()
    numbers = list(range(1 + len(finding.alternatives)))
    at = session.remember("tradeoffs", "mix", 0)
    return st.selectbox(
        locale.translate("find.which"),
        numbers,
        format_func=lambda number: mix_tables.mix_title(finding, number, locale),
        **session.page_widget("tradeoffs", "mix", at if at in numbers else 0),
    )


def show_targets(place: DeltaGenerator, mix: Answer, key: str, known: Uncertainty | None) -> None:
    """The scoreboard of a mix in its place; with the probability of each target where that is known."""
    locale = session.locale()
    table = mix_tables.score_table(mix.lines, None if known is None else known.chances, locale)
    with place.container():
        data_table(table, key=f"targets_{key}", height="content")
        if known is not None:
            note(locale.translate("find.chances_note"))


def titles_of(finding: Finding, number: int) -> Text:
    """The name of a mix in both languages, for files and kept runs."""
    return Text(**{code: mix_tables.mix_title(finding, number, Locale(code)) for code in LANGUAGES})
