"""The Document page: every clause with its place in the model, the targets, and what covers what."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from model.clauses import KINDS, PARTS, clauses, coverage
from model.inputs import levers
from model.targets import SCOPES
from views.pages.document import clause_table
from views.results import scoreboard, simulation
from views.results.settings import ENDS
from views.results.sliders import slots, with_slots
from views.results.summary import slider_quantity
from views.shell import session
from views.shell.page_elements import brand, data_table, heading, note, save

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


def several(name: str, options: tuple[str, ...], stem: str) -> list[str]:
    """Buttons of which any number may be pressed; none means all."""
    t = session.translate()
    kept = session.page_widget("document", name, remember(name, [], options))
    return st.pills(t(f"document.{name}"), options, selection_mode="multi", format_func=lambda k: t(stem + k), **kept)


def filters() -> list:
    """The sidebar of the clauses; returns the clauses chosen."""
    t, language = session.translate(), session.language()
    words = st.text_input(
        t("document.search"), placeholder=t("document.search_hint"), max_chars=LONGEST_SEARCH,
        **widget("words", remember("words", "", lambda words: len(words) <= LONGEST_SEARCH)),
    )  # fmt: skip
    lever = st.selectbox(
        t("document.lever"), ["", *levers()], **widget("lever", remember("lever", "", levers())),
        format_func=lambda x: clause_table.lever_name(x, language) if x else t("document.any"),
    )  # fmt: skip
    part = st.selectbox(
        t("document.part"), ["", *PARTS], **widget("part", remember("part", "", PARTS)),
        format_func=lambda x: clause_table.part_name(x, language) if x else t("document.any"),
    )  # fmt: skip
    kinds = several("kinds", KINDS, "kind.")
    return clause_table.chosen(kinds, part, lever, words)


def lever_note(lever: str) -> str:
    """Where the sliders of a lever stand now and as happened."""
    t, language, settings = session.translate(), session.language(), session.settings()
    values = with_slots(session.scenarios()[settings.base].levers, settings.moved)
    parts = []
    for slot in slots().values():
        if slot.lever.id == lever:
            mean = settings.moved.get(slot.id, slot.mean(values.get(lever, "baseline")))
            name = f"{slot.name(language, sector_only=True)} " if slot.sector else ""
            now, actual = (slider_quantity(slot, value, language) for value in (mean, slot.mean("baseline")))
            parts.append(name + t("document.lever_now", now=now, happened=actual))
    return " · ".join(parts)


def show_clauses(found: list) -> None:
    """The table of clauses, and the one that is selected in full."""
    t, language = session.translate(), session.language()
    counts = coverage()
    placed = t("document.placed", placed=sum(counts.values()), all=len(clauses()))
    kinds = ("，" if language == "zh" else ", ").join(f"{t(f'kind.{kind}')} {count}" for kind, count in counts.items())
    note(placed + t("app.then") + kinds + t("document.stop") + t("document.shown", count=len(found)))
    if not found:
        st.info(t("document.none"))
        return
    rows = clause_table.clause_rows(found, t, language)
    columns = {t(f"document.{key}"): st.column_config.TextColumn(width=width) for key, width in WIDTHS.items()}
    stamp = hashlib.sha256("".join(clause.id + "," for clause in found).encode()).hexdigest()[:8]
    event = data_table(
        rows, height=TABLE_HEIGHT, row_height=ROW_HEIGHT, column_config=columns,
        key=f"clauses_{stamp}", on_select="rerun", selection_mode="single-row",
    )  # fmt: skip
    picked = [k for k in event.selection.rows if k < len(found)]
    if not picked:
        note(t("document.select"))
    st.html(clause_table.details(found[picked[0] if picked else 0], t, language, lever_note))
    save("clauses", rows, t("document.download_clauses"))


def target_filters() -> tuple[list[str], list[str]]:
    """The sidebar of the targets: last year, scopes and statuses."""
    t, settings = session.translate(), session.settings()
    ends = session.widget("until", settings.until, lambda v: session.change(until=v), ENDS)
    st.selectbox(t("explore.until"), ENDS, **ends)
    scopes = several("scopes", tuple(SCOPES), "document.scope_")
    return scopes, several("statuses", scoreboard.STATUSES, "document.")


def show_targets(scopes: list[str], statuses: list[str]) -> None:
    """The scoreboard of the present settings against what happened."""
    t, language, settings = session.translate(), session.language(), session.settings()
    session.prepare(settings.until)
    now = simulation.runner(settings.until).run(session.scenarios()[settings.base], settings.moved)
    ghost = simulation.baseline(settings.until)
    found = scoreboard.chosen(scoreboard.pairs(now, ghost), scopes, statuses)
    note(session.present() + t("app.then") + scoreboard.summary(found, t))
    if not found:
        st.info(t("document.none_targets"))
        return
    styled = scoreboard.score_rows(found, t, language).style
    for key, scores in (("now_status", [p.now for p in found]), ("ghost_status", [p.ghost for p in found])):
        marks = [MARKS.get(scoreboard.standing(score), "") for score in scores]
        styled = styled.apply(lambda _, marks=marks: marks, subset=[t(f"document.{key}")])
    columns = {t(f"document.{key}"): st.column_config.TextColumn(width=width) for key, width in TARGET_WIDTHS.items()}
    data_table(styled, column_config=columns, key="scoreboard", height=SCORES_HEIGHT, row_height=ROW_HEIGHT)
    save("scoreboard", lambda: scoreboard.score_file(found, t, language), t("document.download_targets"))


def show_coverage() -> None:
    """Parts of the document by kind of clause, and the clauses of every lever."""
    t, language = session.translate(), session.language()
    heading(t("document.by_part"))
    data_table(clause_table.part_rows(t, language), key="by_part", height="content")
    heading(t("document.by_lever"))
    by_lever = clause_table.lever_rows(t, language)
    data_table(by_lever, key="by_lever", height="content")
    save("levers_and_clauses", by_lever, t("document.download_coverage"))


def page() -> None:
    """The page, from the state of the session."""
    t = session.translate()
    section = st.segmented_control(
        t("document.section"), SECTIONS, format_func=lambda s: t(f"document.section_{s}"), required=True,
        label_visibility="collapsed", **widget("section", remember("section", SECTIONS[0], SECTIONS)),
    )  # fmt: skip
    with st.sidebar:
        brand()
        if section == "clauses":
            found = filters()
        elif section == "targets":
            scopes, statuses = target_filters()
        note(t(f"document.about_{section}"))
    if section == "clauses":
        show_clauses(found)
    elif section == "targets":
        show_targets(scopes, statuses)
    else:
        show_coverage()


page()
