"""The Document page: every clause with its place in the model, the targets, and what covers what."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from model.clauses import KINDS, PARTS, clauses, coverage
from model.inputs import levers
from model.scenario import AS_HAPPENED
from model.targets import SCOPES
from views.pages.document import clause_table
from views.results import scoreboard, simulation
from views.results.settings import ENDS, scenario_of
from views.results.slider_texts import path_quantity
from views.results.sliders import main_slots
from views.shell import session
from views.shell.page_elements import app_name, csv_download, data_table, heading, note

SECTIONS = ("clauses", "targets", "coverage")
TABLE_HEIGHT, SCORES_HEIGHT, ROW_HEIGHT = 306, 530, 62
"""Pixels; a row of this height holds two lines."""
WIDTHS = {"clause": 76, "kind": 104, "quote": 250, "how": 420, "levers": 240, "summary": 320, "part": 200}
"""Widths of the columns of the table of clauses, in pixels."""
TARGET_WIDTHS = {
    "target": 200,
    "goal": 110,
    "now": 115,
    "now_status": 165,
    "ghost": 115,
    "ghost_status": 160,
    "remark": 420,
}
"""Widths of the columns of the scoreboard, in pixels."""
MARKS = {scoreboard.MET: "background-color: #E3F2EC", scoreboard.MISSED: "background-color: #FBE9E0"}
"""Ground of the status of a target; the words say the same."""
LONGEST_SEARCH = 60
"""Characters to search for that a link may bring."""

remember, widget = partial(session.remember, "document"), partial(session.page_widget, "document")


def multiple_choice(name: str, options: tuple[str, ...], stem: str) -> list[str]:
    """Buttons of which any number may be pressed; none means all."""
    locale = session.locale()
    pressed = session.page_widget("document", name, remember(name, [], options))
    return st.pills(
        locale.translate(f"document.{name}"),
        options,
        selection_mode="multi",
        format_func=lambda k: locale.translate(stem + k),
        **pressed,
    )


def clause_filters() -> list:
    """The sidebar of the clauses; returns the clauses chosen."""
    locale = session.locale()
    words = st.text_input(
        locale.translate("document.search"),
        placeholder=locale.translate("document.search_hint"),
        max_chars=LONGEST_SEARCH,
        **widget("words", remember("words", "", lambda words: len(words) <= LONGEST_SEARCH)),
    )
    lever = st.selectbox(
        locale.translate("document.lever"),
        ["", *levers()],
        **widget("lever", remember("lever", "", levers())),
        format_func=lambda x: clause_table.lever_name(x, locale) if x else locale.translate("document.any"),
    )
    known = clause_table.indicators()
    indicator = st.selectbox(
        locale.translate("document.indicator"),
        ["", *known],
        **widget("indicator", remember("indicator", "", known)),
        format_func=lambda x: clause_table.name_of("indicators", x, locale) if x else locale.translate("document.any"),
    )
    part = st.selectbox(
        locale.translate("document.part"),
        ["", *PARTS],
        **widget("part", remember("part", "", PARTS)),
        format_func=lambda x: clause_table.part_name(x, locale) if x else locale.translate("document.any"),
    )
    kinds = multiple_choice("kinds", KINDS, "kind.")
    return clause_table.filtered(kinds, part, lever, words, indicator)


def lever_note(lever: str) -> str:
    """Where the sliders of a lever stand now and as happened."""
    locale, settings = session.locale(), session.settings()
    values = scenario_of(settings, session.scenarios()).levers
    parts = []
    for slot in main_slots().values():
        if slot.lever.id == lever:
            name = f"{slot.name(locale, sector_only=True)} " if slot.sector else ""
            now = path_quantity(slot, values.get(lever, AS_HAPPENED), locale)
            actual = path_quantity(slot, AS_HAPPENED, locale)
            parts.append(name + locale.translate("document.lever_now", now=now, happened=actual))
    return " · ".join(parts)


def show_clauses(found: list) -> None:
    """The table of clauses, and the one that is selected in full."""
    locale = session.locale()
    counts = coverage()
    placed = locale.translate("document.placed", placed=sum(counts.values()), all=len(clauses()))
    kinds = ("，" if locale.is_chinese else ", ").join(
        f"{locale.translate(f'kind.{kind}')} {count}" for kind, count in counts.items()
    )
    note(
        placed
        + locale.translate("app.then")
        + kinds
        + locale.translate("document.stop")
        + locale.translate("document.shown", count=len(found))
    )
    if not found:
        st.info(locale.translate("document.none"))
        return
    rows = clause_table.clause_rows(found, locale)
    columns = {
        locale.translate(f"document.{key}"): st.column_config.TextColumn(width=width) for key, width in WIDTHS.items()
    }
    stamp = hashlib.sha256("".join(clause.id + "," for clause in found).encode()).hexdigest()[:8]
    event = data_table(
        rows,
        height=TABLE_HEIGHT,
        row_height=ROW_HEIGHT,
        column_config=columns,
        key=f"clauses_{stamp}",
        on_select="rerun",
        selection_mode="single-row",
    )
    picked = [k for k in event.selection.rows if k < len(found)]
    if not picked:
        note(locale.translate("document.select"))
    st.html(clause_table.details_html(found[picked[0] if picked else 0], locale, lever_note))
    csv_download("clauses", rows, locale.translate("document.download_clauses"))


def target_filters() -> tuple[list[str], list[str]]:
    """The sidebar of the targets: last year, scopes and statuses."""
    locale, settings = session.locale(), session.settings()
    ends = session.widget("until", settings.until, lambda v: session.change(until=v), ENDS)
    st.selectbox(locale.translate("explore.until"), ENDS, **ends)
    scopes = multiple_choice("scopes", tuple(SCOPES), "document.scope_")
    return scopes, multiple_choice("statuses", scoreboard.STATUSES, "document.")


def show_targets(scopes: list[str], statuses: list[str]) -> None:
    """The scoreboard of the present settings against what happened."""
    locale, settings = session.locale(), session.settings()
    now = simulation.runner(settings.until).run(scenario_of(settings, session.scenarios()))
    ghost = simulation.baseline(settings.until)
    found = scoreboard.filtered(scoreboard.pairs(now, ghost), scopes, statuses)
    note(session.settings_summary() + locale.translate("app.then") + scoreboard.summary(found, locale))
    if not found:
        st.info(locale.translate("document.none_targets"))
        return
    styled = scoreboard.score_rows(found, locale).style
    for key, scores in (("now_status", [p.now for p in found]), ("ghost_status", [p.ghost for p in found])):
        marks = [MARKS.get(scoreboard.status_of(score), "") for score in scores]
        styled = styled.apply(lambda _, marks=marks: marks, subset=[locale.translate(f"document.{key}")])
    columns = {
        locale.translate(f"document.{key}"): st.column_config.TextColumn(width=width)
        for key, width in TARGET_WIDTHS.items()
    }
    data_table(styled, column_config=columns, key="scoreboard", height=SCORES_HEIGHT, row_height=ROW_HEIGHT)
    csv_download(
        "scoreboard", lambda: scoreboard.score_file(found, locale), locale.translate("document.download_targets")
    )


def show_coverage() -> None:
    """Parts of the document by kind of clause, and the clauses of every lever."""
    locale = session.locale()
    heading(locale.translate("document.by_part"))
    data_table(clause_table.part_rows(locale), key="by_part", height="content")
    heading(locale.translate("document.by_lever"))
    by_lever = clause_table.lever_rows(locale)
    data_table(by_lever, key="by_lever", height="content")
    csv_download("levers_and_clauses", by_lever, locale.translate("document.download_coverage"))


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    section = st.segmented_control(
        locale.translate("document.section"),
        SECTIONS,
        format_func=lambda s: locale.translate(f"document.section_{s}"),
        required=True,
        label_visibility="collapsed",
        **widget("section", remember("section", SECTIONS[0], SECTIONS)),
    )
    with st.sidebar:
        app_name()
        if section == "clauses":
            found = clause_filters()
        elif section == "targets":
            scopes, statuses = target_filters()
        note(locale.translate(f"document.about_{section}"))
    if section == "clauses":
        show_clauses(found)
    elif section == "targets":
        show_targets(scopes, statuses)
    else:
        show_coverage()


page()
