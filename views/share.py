"""Taking the present state away, as a link or a scenario file, and bringing scenario files in."""

from __future__ import annotations

from html import escape

import streamlit as st

from model.scenario import Scenario, parse_scenario
from model.source import LARGEST_FILE, ScenarioError

from . import state
from .language import LANGUAGES, translator
from .settings import to_yaml


def show() -> None:
    """A popover with the link, the scenario file, and the upload; filled only while it is open."""
    t = state.translate()
    box = st.popover(t("share.button"), icon=":material/share:", key="share", on_change="rerun")
    if not box.open:
        return
    settings = state.settings()
    with box:
        st.markdown(f"**{t('share.link')}**")
        st.code(link(), language=None, wrap_lines=True)
        if settings.base in state.uploads():
            st.caption(t("share.link_uploaded"))
        st.download_button(
            t("share.download"), file_text(), "scenario.yaml", "application/yaml", key="w_yaml", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        for scenario in upload("open", t("share.upload")):
            state.change(base=scenario, moved={})
            st.rerun()


def link() -> str:
    """The address that opens the present state."""
    here = (st.context.url or "").partition("?")[0].removesuffix("/")
    return f"{here}/?{state.query()}"


def address(query: str) -> str:
    """The address of the first page with a query."""
    here = (st.context.url or "").partition("?")[0].removesuffix("/")
    return f"{here.rpartition('/')[0] if here.count('/') > 2 else here}/?{query}"


def file_text() -> str:
    """The present state as a scenario file in both languages."""
    base = state.scenarios()[state.settings().base]
    titles = {code: translator(code)("share.title") for code in LANGUAGES}
    notes = {code: translator(code)("share.description", base=base.text("title", code)) for code in LANGUAGES}
    return to_yaml(state.settings(), state.scenarios(), titles, notes)


def read_upload(name: str, content: bytes) -> tuple[Scenario | None, list[str]]:
    """The scenario in an uploaded file, or what is wrong with it, each with its line."""
    t = state.translate()
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
    said = escape(state.translate()("share.failed", file=file))
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    st.html(f'<div class="problems" role="alert">{said}<ul>{lines}</ul></div>')


def upload(key: str, label: str) -> list[str]:
    """An upload field; returns the keys of scenarios that were newly read, and shows what failed."""
    t = state.translate()
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
            kept, full = state.keep_upload(scenario)
            if full:
                st.caption(t("share.too_many", count=state.MOST_UPLOADS))
            read.append(kept)
    return read
