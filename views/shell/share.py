"""Taking the present state away, as a link, a scenario file or a report, and bringing scenario files in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

import streamlit as st

from model.engine import Text
from model.scenario import Scenario, parse_scenario
from model.scenario.problems import Problem, ScenarioError
from views.language import LANGUAGES, Locale
from views.results.citation import citation, cited_link, licence_text, versions_text
from views.results.scenario_groups import MOST_OWN
from views.results.settings import to_yaml

from . import own_scenarios, session
from .page_elements import escape_markdown

ENDINGS = {"html": "html", "word": "docx"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media type of Word files."""
ALLOWED, MANY_NAMES = {"en": "allowed: ", "zh": "允许："}, 9
"""Where the list of allowed names begins in a message, and from how many names on it is folded."""


def show_popover() -> None:
    """A popover with the link, the scenario file, and the upload; filled only while it is open."""
    locale = session.locale()
    box = st.popover(locale.translate("share.button"), icon=":material/share:", key="share", on_change="rerun")
    if not box.open:
        return
    settings = session.settings()
    with box:
        st.markdown(f"**{locale.translate('share.link')}**")
        if settings.base in session.uploads():
            st.warning(locale.translate("share.link_uploaded"))
        else:
            st.code(link(), language=None, wrap_lines=True)
        st.download_button(
            locale.translate("share.download"),
            scenario_file_text(),
            "scenario.yaml",
            "application/yaml",
            key="w_yaml",
            on_click="ignore",
            icon=":material/download:",
        )
        show_report()
        show_citation()
        for scenario in upload("open", locale.translate("share.upload")):
            session.start_from(scenario)
            st.rerun()


def show_report() -> None:
    """A button that makes a report, and the files of the last one while it is of the present state and language."""
    locale = session.locale()
    st.markdown(f"**{locale.translate('report.heading')}**")
    st.caption(locale.translate("report.about"))
    # Kept beside the widget, which Streamlit forgets while the popover is closed.
    live = st.session_state["report_live"] = st.checkbox(
        locale.translate("report.live"),
        st.session_state.get("report_live", True),
        key="w_report_live",
        help=locale.translate("report.live_help"),
    )
    present = link(), scenario_file_text(), live
    if st.button(locale.translate("report.make"), key="w_report", icon=":material/summarize:"):
        with st.spinner(locale.translate("report.making"), show_time=True):
            st.session_state["report"] = (present, make_report(live))
    stored = st.session_state.get("report")
    if stored is None or stored[0] != present:
        return
    with st.container(horizontal=True, key="report_files"):
        for kind, (content, mime) in stored[1].items():
            st.download_button(
                locale.translate(f"report.{kind}"),
                content,
                f"hebei2025_{locale.language}.{ENDINGS[kind]}",
                mime,
                key=f"w_report_{kind}",
                on_click="ignore",
                icon=":material/download:",
                type="primary",
            )


def show_citation() -> None:
    """How to cite the present state, to be copied; an uploaded scenario is not in the link."""
    locale = session.locale()
    one = citation(cited_link(link(), session.settings()), locale, datetime.now(UTC).date())
    st.markdown(f"**{locale.translate('cite.heading')}**")
    st.code(one.text, language=None, wrap_lines=True)
    st.code(one.bibtex, language=None, wrap_lines=True)
    st.caption(escape_markdown(locale.sentences([versions_text(one, locale), licence_text(one, locale)])))


def make_report(with_live_model: bool) -> dict[str, tuple[bytes, str]]:
    """The report on the present state: content and media type by kind of file."""
    # Loaded when asked for, so that pages open without them.
    from views.report import contents, html, word
    from views.standalone.report_block import live_block

    settings = session.settings()
    request = contents.Request(
        settings, session.scenarios(), session.locale(), link(), scenario_file_text(), datetime.now(UTC)
    )
    report = contents.build_report(request)
    live = live_block(request) if with_live_model else None
    return {"html": (html.html_file(report, live), "text/html"), "word": (word.word_file(report), WORD)}


def link() -> str:
    """The address that opens the present state."""
    here = (st.context.url or "").partition("?")[0].removesuffix("/")
    return f"{here}/?{session.query()}"


def page_link(query: str, page: str = "") -> str:
    """The address of a page with a query; that of the first page has no name."""
    here = (st.context.url or "").partition("?")[0].removesuffix("/")
    return f"{here.rpartition('/')[0] if here.count('/') > 2 else here}/{page}?{query}"


def scenario_file_text() -> str:
    """The present state as a scenario file in both languages."""
    base = session.scenarios()[session.settings().base]
    both = {language: Locale(language) for language in LANGUAGES}
    title = Text(**{code: here.translate("share.title") for code, here in both.items()})
    description = Text(
        **{code: here.translate("share.description", base=here.text(base.title)) for code, here in both.items()}
    )
    return to_yaml(session.settings(), session.scenarios(), title, description)


def read_upload(name: str, content: bytes) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario in an uploaded file, or what is wrong with it, each with its line."""
    try:
        return parse_scenario(content, name.removesuffix(".yaml").removesuffix(".yml")), ()
    except ScenarioError as error:
        return None, error.problems


def show_problems(file: str, problems: Sequence[Problem]) -> None:
    """What is wrong with a file, each with its line, in the language of the page; nothing where all is fine."""
    if not problems:
        return
    locale = session.locale()
    message = escape(locale.translate("share.failed", file=file))
    lines = "".join(f"<li>{_folded(problem.described(locale.language), locale)}</li>" for problem in problems)
    st.html(f'<div class="problems" role="alert">{message}<ul>{lines}</ul></div>')


def _folded(problem: str, locale: Locale) -> str:
    """A problem as HTML; a long list of what is allowed is folded, so that the next problem stays in sight."""
    before, mark, listed = problem.partition(ALLOWED[locale.language])
    names = listed.split(", ")
    if not mark or len(names) < MANY_NAMES:
        return escape(problem)
    summary = escape(locale.translate("share.allowed", count=len(names)))
    return f"{escape(before)}<details><summary>{summary}</summary>{escape(listed)}</details>"


def upload(key: str, label: str) -> list[str]:
    """An upload field; returns the keys of scenarios that were newly read, and shows what failed."""
    locale = session.locale()
    files = st.file_uploader(label, type=["yaml", "yml"], accept_multiple_files=True, key=f"w_upload_{key}")
    seen: set[str] = st.session_state.setdefault(f"seen_{key}", set())
    read = []
    for file in files:
        scenario, problems = read_upload(file.name, file.getvalue())
        show_problems(file.name, problems)
        if scenario is None:
            continue
        if file.file_id not in seen:
            seen.add(file.file_id)
            added, full = own_scenarios.add_upload(scenario, file.getvalue().decode("utf-8", "replace"))
            if full:
                st.caption(locale.translate("share.too_many", count=MOST_OWN))
            read.append(added)
    return read
