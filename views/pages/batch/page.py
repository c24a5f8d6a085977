"""The Batch page: write or upload scenario files, see what is wrong with them by line, run them, take the results."""

from __future__ import annotations

from functools import partial

import streamlit as st

from model.scenario import BASELINE
from views.pages.batch import result_archive
from views.results.settings import ENDS
from views.shell import session, share
from views.shell.page_elements import brand, data_table, heading, note, save, unmarked

FIRST_CHOICE = (BASELINE, "no_document")
ROWS_HEIGHT = 260
"""Pixels of the field in which a scenario is written."""

remember, widget = partial(session.remember, "batch"), partial(session.page_widget, "batch")


def choose() -> tuple[list[str], int, str, bool]:
    """The sidebar: which scenarios, up to which year, in which format, with bands or without."""
    t, titles = session.translate(), session.titles()
    brand()
    above = st.container()
    for added in share.upload("batch", t("batch.upload")):
        add(added)
    chosen = [k for k in remember("chosen", list(FIRST_CHOICE), titles) if k in titles]
    with above:
        chosen = st.multiselect(
            t("batch.choose"), list(titles), format_func=titles.get, max_selections=result_archive.MOST,
            **widget("chosen", chosen),
        )  # fmt: skip
    until = st.selectbox(t("explore.until"), ENDS, **widget("until", remember("until", ENDS[0], ENDS)))
    form = st.selectbox(
        t("batch.format"), result_archive.FORMATS, format_func=lambda f: t(f"batch.format_{f}"),
        **widget("format", remember("format", result_archive.FORMATS[0], result_archive.FORMATS)),
    )  # fmt: skip
    bands = st.toggle(
        t("batch.bands"), help=t("batch.bands_help"), **widget("bands", remember("bands", False, (True, False)))
    )
    return chosen, until, form, bands


def add(key: str) -> None:
    """Put a scenario on the list of those to run."""
    chosen = [k for k in remember("chosen", list(FIRST_CHOICE)) if k != key]
    st.session_state["batch_chosen"] = [*chosen, key][-result_archive.MOST :]


def take_written() -> None:
    """Check the scenario that was written, and put it on the list where it is fine."""
    t = session.translate()
    text = st.session_state["w_batch_text"]
    scenario, problems = share.read_upload(f"{result_archive.WRITTEN}.yaml", text.encode())
    st.session_state["batch_problems"] = problems
    if scenario is not None:
        key, _ = session.keep_upload(scenario)
        add(key)
        st.toast(t("batch.added", title=unmarked(scenario.text("title", session.language()))))


def show_editor() -> None:
    """A field for a scenario, and what is wrong with it."""
    t = session.translate()
    heading(t("batch.write"))
    note(t("batch.write_note"))
    st.text_area(
        t("batch.text"), height=ROWS_HEIGHT, label_visibility="collapsed",
        **widget("text", remember("text", result_archive.EXAMPLE)),
    )  # fmt: skip
    st.button(t("batch.check"), key="w_batch_check", on_click=take_written, icon=":material/rule:")
    share.show_problems(f"{result_archive.WRITTEN}.yaml", st.session_state.get("batch_problems", []))


def show_run(chosen: list[str], until: int, form: str, bands: bool) -> None:
    """The button that runs everything, and its progress."""
    t = session.translate()
    heading(t("batch.run_heading"))
    note(t("batch.run_note", count=len(chosen), until=until))
    asked = result_archive.replications(chosen, session.scenarios())
    too_many = asked > result_archive.MOST_REPLICATIONS
    if too_many:
        note(t("batch.too_many", count=asked, most=result_archive.MOST_REPLICATIONS), "page-note caution")
    if st.button(t("batch.run"), key="w_batch_run", type="primary", disabled=not chosen or too_many):
        request = result_archive.request(chosen, session.scenarios(), until, bands)
        bar = st.progress(0.0, t("batch.running"))
        st.session_state["batch_done"] = result_archive.run(
            request, form, lambda part: bar.progress(part, t("batch.running"))
        )
        bar.empty()


def show_results() -> None:
    """What the last batch gave."""
    t, language = session.translate(), session.language()
    done = st.session_state.get("batch_done")
    if done is None:
        return
    heading(t("batch.done", count=len(done.titles), seconds=f"{done.seconds:.1f}"))
    rows = result_archive.overview(done, t, language)
    numbers = {name: st.column_config.NumberColumn(format="%.1f") for name in rows.columns[2:]}
    data_table(rows, column_config=numbers, key="batch_rows", height="content")
    with st.container(horizontal=True):
        st.download_button(
            t("batch.download"), done.archive, "hebei2025_batch.zip", "application/zip", key="w_batch_zip",
            on_click="ignore", icon=":material/download:", type="primary",
        )  # fmt: skip
        save("overview", rows, t("evidence.download"))


def page() -> None:
    """The page, from the state of the session."""
    with st.sidebar:
        chosen, until, form, bands = choose()
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_editor()
    with right:
        show_run(chosen, until, form, bands)
        show_results()


page()
