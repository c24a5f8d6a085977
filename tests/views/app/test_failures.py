"""Where one page fails: a message in the language of the session, the traceback in the log, and all else goes on."""

import pytest
import streamlit as st

from views.language import LANGUAGES, Locale
from views.results import comparison, evidence_tables, simulation, summary
from views.shell import failures, session, share

from .support import component, html, opened

SECRET = "inner workings"
FAILING = [
    ("compare", comparison, "run_scenarios"),
    ("evidence", evidence_tables, "shown_path"),
    ("explore", simulation, "baseline"),
]


def broken(*_, **__):
    raise ZeroDivisionError(SECRET)


def failed(app, language):
    """Whether the page says that it failed, and nothing of how."""
    text = html(app)
    shown = [*text.splitlines(), *(block.value for block in app.markdown), *(block.value for block in app.error)]
    assert not app.exception
    assert not any(SECRET in line or "Traceback" in line or "ZeroDivision" in line for line in shown)
    return Locale(language).translate("failed.title") in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "module", "name"), FAILING)
def test_a_page_that_fails_says_so_and_the_others_work(page, module, name, language, monkeypatch, caplog):
    app = opened("regions", lang=language)
    monkeypatch.setattr(module, name, broken)
    app.switch_page(f"views/pages/{page}/page.py").run()
    assert failed(app, language)
    t = Locale(language).translate
    assert t("failed.elsewhere") in html(app) and t("failed.reload") in html(app)
    (entry,) = [record for record in caplog.records if record.name == failures.__name__]
    assert entry.exc_info[0] is ZeroDivisionError and entry.args[0] in html(app)
    app.switch_page("views/pages/document/page.py").run()
    assert not failed(app, language)
    assert len(app.dataframe) == 1
    monkeypatch.undo()
    app.switch_page(f"views/pages/{page}/page.py").run()
    assert not failed(app, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_part_drawn_again_after_a_move_fails_alone(language, monkeypatch):
    monkeypatch.setattr(summary, "sentence", broken)
    app = opened(lang=language)
    assert failed(app, language)
    assert "data" not in component(app) and app.button_group(key="w_language").options


def test_sharing_that_fails_leaves_the_page_alone(monkeypatch):
    monkeypatch.setattr(share, "show_popover", broken)
    app = opened(lang="en")
    assert failed(app, "en")
    assert component(app)["data"]["answer"]["sentence"]


@pytest.mark.parametrize("leave", [st.stop, st.rerun])
def test_the_ways_of_streamlit_to_stop_and_to_run_again_pass(leave, monkeypatch):
    calls = []

    def once(*given):
        calls.append(given)
        if len(calls) == 1:
            leave()
        return made(*given)

    made = comparison.run_scenarios
    monkeypatch.setattr(comparison, "run_scenarios", once)
    app = opened("compare", lang="en")
    assert not failed(app, "en")
    assert len(calls) == (1 if leave is st.stop else 2)


class NewerRun(BaseException):
    """As Streamlit stops a run that another one has taken over."""


def stop():
    raise NewerRun


def test_what_fails_in_a_run_that_a_newer_one_has_taken_over_is_no_fault(monkeypatch, caplog):
    monkeypatch.setattr(session, "stop_if_superseded", stop)
    with pytest.raises(NewerRun), failures.guard():
        broken()
    assert not caplog.records
