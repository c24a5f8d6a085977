"""The section of the Evidence page about the tests of the model: cards with the status first."""

from __future__ import annotations

from html import escape

import streamlit as st

from views.results import validation_tests
from views.shell import session
from views.shell.page_elements import csv_download, heading

from .choices import remember, widget

ALL = "all"


def show() -> None:
    """Counts by status, which also filter, and a card for each test."""
    locale = session.locale()
    tests = validation_tests.validation_tests(locale)
    counts = validation_tests.counts(tests)
    heading(locale.translate("tests.heading", all=len(tests)))
    labels = {ALL: locale.translate("tests.all", count=len(tests))} | {
        status: locale.translate("tests.one", status=locale.translate(f"evidence.status_{status}"), count=count)
        for status, count in counts.items()
    }
    chosen = st.segmented_control(
        locale.translate("tests.filter"),
        list(labels),
        format_func=labels.__getitem__,
        required=True,
        **widget("status", remember("status", ALL, labels)),
    )
    shown = [test for test in tests if chosen in (ALL, test.status)]
    st.html(f'<ul class="tests">{"".join(_card(test) for test in shown)}</ul>')
    csv_download("tests", validation_tests.table(tests, locale), locale.translate("evidence.download"))


def _card(test: validation_tests.ValidationTest) -> str:
    locale = session.locale()
    status = escape(locale.translate(f"evidence.status_{test.status}"))
    details = "".join(
        f"<p>{escape(locale.translate(f'evidence.{key}'))}{escape(locale.translate('tests.colon'))}{escape(text)}</p>"
        for key, text in (("how", test.how), ("asks", test.asks))
    )
    return (
        f'<li class="{test.status}"><p class="test-status">{validation_tests.MARKS[test.status]} {status}</p>'
        f"<h3>{escape(test.name)}</h3><p>{escape(test.result)}</p>"
        f"<details><summary>{escape(locale.translate('tests.more'))}</summary>{details}</details></li>"
    )
