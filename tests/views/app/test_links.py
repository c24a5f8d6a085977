"""Links restore what is chosen on any page, and take over nothing that is not allowed."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as some

from views.language import LANGUAGES, Locale
from views.results.moves import held
from views.shell import session
from views.shell.page_links import LONGEST, from_query_value, to_query_value

from .support import html, opened

ALLOWED = ("a", "b", "c.d", "e-f")


@given(some.lists(some.sampled_from(ALLOWED), unique=True), some.booleans(), some.sampled_from((2020, 2025)))
def test_what_is_written_is_read_again(names, switch, year):
    assert from_query_value(to_query_value(names), [], ALLOWED) == names
    assert from_query_value(to_query_value(switch), False, (True, False)) is switch
    assert from_query_value(to_query_value(year), 2020, (2020, 2025)) == year
    for name in names:
        assert from_query_value(to_query_value(name), "a", ALLOWED) == name


@given(some.text(), some.sampled_from(["a", 2020, True, ["a"]]))
def test_nothing_else_is_taken_over(text, like):
    value = from_query_value(text, like, ALLOWED)
    if isinstance(like, list):
        assert value is None or set(value) <= set(ALLOWED)
    elif isinstance(like, bool):
        assert value in (None, True, False)
    else:
        assert value is None or value in ALLOWED


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "a,a", "a,z", "²", "-5", "1e3", "<b>"])
def test_hostile_parts_are_refused(text):
    for like in ("a", 2020, ["a"]):
        assert from_query_value(text, like, ALLOWED) is None


def address_of(app):
    """The parts of the address that the page keeps."""
    component = next(block for block in app.main if "page_address" in str(getattr(block, "proto", "")))
    query = str(component.proto).replace("\\", "").split('query": "')[1].split('"')[0]
    return {key: values[0] for key, values in parse_qs(query).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_a_page_as_it_was(language):
    asked = {"evidence.section": "fit", "evidence.series": "cement_output", "evidence.window": "2015"}
    app = opened("evidence", lang=language, set="output_cap:-5", **asked)
    assert app.button_group(key="w_evidence_section").value == "fit"
    assert app.selectbox(key="w_evidence_series").value == "cement_output"
    assert app.button_group(key="w_evidence_window").value == 2015
    assert dict(app.session_state["settings"].moved) == {"output_cap": held(-5.0)}
    assert address_of(app) == asked | {
        "v": "1",
        "lang": language,
        "base": "as_happened",
        "set": "output_cap:-5",
    }


def test_parts_of_a_link_that_a_page_does_not_know_are_named_and_left_out():
    app = opened("evidence", lang="en", **{"evidence.section": "<b>no</b>", "evidence.window": "2015"})
    assert app.button_group(key="w_evidence_section").value == "forecast"
    assert "evidence.section=&lt;b&gt;no&lt;/b&gt;" in html(app)
    told = Locale("en").translate("explore.link_refused", parts="").strip()
    assert html(app).count(told) == 1
    app.run()
    assert told not in html(app), "said once"


def test_the_link_of_a_page_holds_nothing_of_the_others():
    app = opened("tradeoffs", lang="en", **{"tradeoffs.view": "now", "tradeoffs.outcome": "employment"})
    assert app.selectbox(key="w_tradeoffs_outcome").value == "employment"
    app.switch_page("views/pages/document/page.py").run()
    assert set(address_of(app)) == {"v", "lang", "base"}
    app.switch_page("views/pages/tradeoffs/page.py").run()
    assert address_of(app)["tradeoffs.outcome"] == "employment"


def changed(widget, to):
    """Have a person choose a value: Streamlit keeps it by the key, then calls."""
    session.st.session_state[widget["key"]] = to
    widget["on_change"]()


def test_a_label_of_another_language_is_not_taken_for_a_value(monkeypatch):
    monkeypatch.setattr(session.st, "session_state", kept := {})
    chosen = []
    for value in ("实际政策（基准）", None, "b"):
        changed(session.widget("base", "a", chosen.append, ALLOWED), value)
    assert chosen == ["b"]
    monkeypatch.setattr(session.st, "query_params", {})
    for default, wrong, right in (("", "不限", "a"), ([], ["a", "不限"], ["b", "a"])):
        name = type(default).__name__
        session.remember("page", name, default, ALLOWED)
        for value in (right, wrong):
            changed(session.page_widget("page", name, default), value)
        assert kept[f"page_{name}"] == right
        changed(session.page_widget("page", name, right), default)
        assert kept[f"page_{name}"] == default
