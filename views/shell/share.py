"""Taking the present state away, as a link, a scenario file or a report, and bringing scenario files in."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from model.scenario import Scenario, parse_scenario
from model.scenario.yaml_source import LARGEST_FILE, ScenarioError
from views.language import LANGUAGES, translator
from views.results.settings import to_yaml

from . import session

ENDINGS = {"html": "html", "word": "docx"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media type of Word files."""
ALLOWED, MANY_NAMES = "allowed: ", 9
"""Where the list of allowed names begins in a message, and from how many names on it is folded."""


def show() -> None:
    """A popover with the link, the scenario file, and the upload; filled only while it is open."""
    t = session.translate()
    box = st.popover(t("share.button"), icon=":material/share:", key="share", on_change="rerun")
    if not box.open:
        return
    settings = session.settings()
    with box:
        st.markdown(f"**{t('share.link')}**")
        if settings.base in session.uploads():
            st.warning(t("share.link_uploaded"))
        else:
            st.code(link(), language=None, wrap_lines=True)
        st.download_button(
            t("share.download"), file_text(), "scenario.yaml", "application/yaml", key="w_yaml", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        show_report()
        for scenario in upload("open", t("share.upload")):
            session.change(base=scenario, moved={})
            st.rerun()


def show_report() -> None:
    """A button that makes a report, and the files of the last one while it is of the present state and language."""
    t, language, present = session.translate(), session.language(), (link(), file_text())
    st.markdown(f"**{t('report.heading')}**")
    st.caption(t("report.about"))
    if st.button(t("report.make"), key="w_report", icon=":material/summarize:"):
        with st.spinner(t("report.making"), show_time=True):
            st.session_state["report"] = (present, make_report())
    made = st.session_state.get("report")
    if made is None or made[0] != present:
        return
    with st.container(horizontal=True, key="report_files"):
        for kind, (content, mime) in made[1].items():
            st.download_button(
                t(f"report.{kind}"), content, f"hebei2025_{language}.{ENDINGS[kind]}", mime, key=f"w_report_{kind}",
                on_click="ignore", icon=":material/download:", type="primary",
            )  # fmt: skip


def make_report() -> dict[str, tuple[bytes, str]]:
    """The report on the present state: content and media type by kind of file."""
    from views.report import contents, html, word  # loaded when asked for, so that pages open without them

    settings = session.settings()
    session.prepare(settings.until)
    request = contents.Request(
        settings, session.scenarios(), session.language(), link(), file_text(), datetime.now(UTC)
    )  # fmt: skip
    report = contents.gather(request)
    return {"html": (html.written(report), "text/html"), "word": (word.written(report), WORD)}


def link() -> str:
    """The address that opens the present state."""
    here = (st.context.url or "").partition("?")[0].removesuffix("/")
    return f"{here}/?{session.query()}"


def address(query: str) -> str:
    """The address of the first page with a query."""
    here = (st.context.url or "").partition("?")[0].removesuffix("/")
    return f"{here.rpartition('/')[0] if here.count('/') > 2 else here}/?{query}"


def file_text() -> str:
    """The present state as a scenario file in both languages."""
    base = session.scenarios()[session.settings().base]
    titles = {code: translator(code)("share.title") for code in LANGUAGES}
    notes = {code: translator(code)("share.description", base=base.text("title", code)) for code in LANGUAGES}
    return to_yaml(session.settings(), session.scenarios(), titles, notes)


def read_upload(name: str, content: bytes) -> tuple[Scenario | None, list[str]]:
    """The scenario in an uploaded file, or what is wrong with it, each with its line."""
    t = session.translate()
    if len(content) > LARGEST_FILE:
        return None, [t("share.too_large", file=name)]
    try:
        return parse_scenario(content, name.removesuffix(".yaml").removesuffix(".yml")), []
    except ScenarioError as error:
        return None, [str(problem) for problem in error.problems]


def show_problems(file: str, problems: list[str]) -> None:
    """What is wrong with a file, each with its line; nothing where all is fine."""
    if not problems:
        return
    said = escape(session.translate()("share.failed", file=file))
    lines = "".join(f"<li>{_folded(problem)}</li>" for problem in problems)
    st.html(f'<div class="problems" role="alert">{said}<ul>{lines}</ul></div>')


def _folded(problem: str) -> str:
    """A problem as HTML; a long list of what is allowed is folded, so that the next problem stays in sight."""
    before, mark, listed = problem.partition(ALLOWED)
    names = listed.split(", ")
    if not mark or len(names) < MANY_NAMES:
        return escape(problem)
    summary = escape(session.translate()("share.allowed", count=len(names)))
    return f"{escape(before)}<details><summary>{summary}</summary>{escape(listed)}</details>"


def upload(key: str, label: str) -> list[str]:
    """An upload field; returns the keys of scenarios that were newly read, and shows what failed."""
    t = session.translate()
    files = st.file_uploader(label, type=["yaml", "yml"], accept_multiple_files=True, key=f"w_upload_{key}")
    seen: set[str] = st.session_state.setdefault(f"seen_{key}", set())
    read = []
    for file in files:
        scenario, problems = read_upload(file.name, file.getvalue())
        show_problems(file.name, problems)
        if problems:
            continue
        if file.file_id not in seen:
            seen.add(file.file_id)
            kept, full = session.keep_upload(scenario)
            if full:
                st.caption(t("share.too_many", count=session.MOST_UPLOADS))
            read.append(kept)
    return read
