"""The Batch page: write or upload scenario files, see what is wrong with them by line, run them, take the results."""

from __future__ import annotations

import logging
from functools import partial

import streamlit as st

from batch.writing import OutputError
from model.scenario import BASELINE
from views.pages.batch import result_archive
from views.results.settings import ENDS
from views.shell import own_scenarios, session, share
from views.shell.page_elements import app_name, csv_download, data_table, escape_markdown, heading, note

FIRST_CHOICE = (BASELINE, "no_document")
ROWS_HEIGHT = 260
"""Pixels of the field in which a scenario is written."""

log = logging.getLogger(__name__)
remember, widget = partial(session.remember, "batch"), partial(session.page_widget, "batch")


def choose() -> tuple[list[str], int, str, bool]:
    """The sidebar: which scenarios, up to which year, in which format, with bands or without."""
    locale, titles = session.locale(), session.titles()
    app_name()
    above = st.container()
    for added in share.upload("batch", locale.translate("batch.upload")):
        add(added)
    chosen = [k for k in remember("chosen", list(FIRST_CHOICE), titles) if k in titles]
    with above:
        chosen = st.multiselect(
            locale.translate("batch.choose"),
            list(titles),
            format_func=titles.__getitem__,
            max_selections=result_archive.MOST,
            **widget("chosen", chosen),
        )
    until = st.selectbox(locale.translate("explore.until"), ENDS, **widget("until", remember("until", ENDS[0], ENDS)))
    form = st.selectbox(
        locale.translate("batch.format"),
        result_archive.FORMATS,
        format_func=lambda f: locale.translate(f"batch.format_{f}"),
        **widget("format", remember("format", result_archive.FORMATS[0], result_archive.FORMATS)),
    )
    bands = st.toggle(
        locale.translate("batch.bands"),
        help=locale.translate("batch.bands_help"),
        **widget("bands", remember("bands", False, (True, False))),
    )
    return chosen, until, form, bands


def add(key: str) -> None:
    """Put a scenario on the list of those to run."""
    chosen = [k for k in remember("chosen", list(FIRST_CHOICE)) if k != key]
    st.session_state["batch_chosen"] = [*chosen, key][-result_archive.MOST :]


def check_written() -> None:
    """Check the scenario that was written, and put it on the list where it is fine."""
    locale = session.locale()
    text = st.session_state["w_batch_text"]
    scenario, problems = share.read_upload(f"{result_archive.WRITTEN_NAME}.yaml", text.encode())
    st.session_state["batch_problems"] = problems
    if scenario is not None:
        key, _ = own_scenarios.add_upload(scenario, text)
        add(key)
        st.toast(locale.translate("batch.added", title=escape_markdown(locale.text(scenario.title))))


def show_editor() -> None:
    """A field for a scenario, and what is wrong with it."""
    locale = session.locale()
    heading(locale.translate("batch.write"))
    note(locale.translate("batch.write_note"))
    st.text_area(
        locale.translate("batch.text"),
        height=ROWS_HEIGHT,
        label_visibility="collapsed",
        **widget("text", remember("text", result_archive.EXAMPLE)),
    )
    st.button(locale.translate("batch.check"), key="w_batch_check", on_click=check_written, icon=":material/rule:")
    share.show_problems(f"{result_archive.WRITTEN_NAME}.yaml", st.session_state.get("batch_problems", []))


def show_run(chosen: list[str], until: int, form: str, bands: bool) -> None:
    """The button that runs everything, and its progress."""
    locale = session.locale()
    heading(locale.translate("batch.run_heading"))
    note(locale.translate("batch.run_note", count=len(chosen), until=until))
    asked = result_archive.replications(chosen, session.scenarios())
    too_many = asked > result_archive.MOST_REPLICATIONS
    if too_many:
        note(
            locale.translate("batch.too_many", count=asked, most=result_archive.MOST_REPLICATIONS), "page-note caution"
        )
    if st.button(locale.translate("batch.run"), key="w_batch_run", type="primary", disabled=not chosen or too_many):
        request = result_archive.batch_of(chosen, session.scenarios(), until, bands)
        bar = st.progress(0.0, locale.translate("batch.running"))
        try:
            done = result_archive.run(
                request, form, lambda part, parts: bar.progress(part / parts, locale.translate("batch.running"))
            )
        except OutputError:
            log.exception("the results of a batch could not be written as %s", form)
            form_name = locale.translate(f"batch.format_{form}")
            note(locale.translate("batch.not_written", form=form_name), "page-note caution")
        else:
            st.session_state["batch_done"] = done
        bar.empty()


def show_results() -> None:
    """What the last batch gave."""
    locale = session.locale()
    done = st.session_state.get("batch_done")
    if done is None:
        return
    heading(locale.translate("batch.done", count=len(done.titles), seconds=f"{done.seconds:.1f}"))
    rows = result_archive.overview(done, locale)
    numbers = {name: st.column_config.NumberColumn(format="%.1f") for name in rows.columns[2:]}
    data_table(rows, column_config=numbers, key="batch_rows", height="content")
    with st.container(horizontal=True):
        st.download_button(
            locale.translate("batch.download"),
            done.archive,
            "hebei2025_batch.zip",
            "application/zip",
            key="w_batch_zip",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )
        csv_download("overview", rows, locale.translate("evidence.download"))


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
