"""Kept runs and uploads: in links, in the tab of the browser, on Compare."""

import json

import pytest

from model.scenario import parse_scenario, shipped_scenarios
from views.language import LANGUAGES, Locale
from views.results.links import from_link
from views.shell.own_scenarios import Upload, read_run, write_run

from .support import opened

RUN = "set=capacity_closure.steel:d2,output_cap:-5f2018&par=saving_cost:40&until=2030"


def settings_of(query):
    found, refused = from_link(dict(part.split("=") for part in query.split("&")))
    assert refused == []
    return found


def test_a_kept_run_is_read_as_it_was_written():
    settings = settings_of(RUN)
    text = write_run("Closure; two years | later", settings)
    name, again = read_run(text, shipped_scenarios())
    assert name == "Closure, two years / later" and again == settings
    assert read_run("x;nowhere", shipped_scenarios()) is None
    assert read_run(";as_happened", shipped_scenarios()) is None
    assert read_run("x;as_happened;talent:99999", shipped_scenarios()) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_kept_runs_of_a_link_stand_on_compare_with_the_present_settings(language):
    keep = write_run("Later", settings_of("set=capacity_closure.steel:d2"))
    app = opened("compare", lang=language, set="output_cap:-5", keep=keep)
    chosen = app.multiselect(key="w_compare_chosen")
    assert chosen.value[:3] == ["present", "run_1", "as_happened"]
    assert chosen.options[:2] == [Locale(language).translate("compare.present"), "Later"]
    columns = app.dataframe[1].value.columns
    assert "Δ Later" in columns and f"Δ {chosen.options[0]}" in columns


def test_an_upload_and_a_run_on_it_come_back_after_a_reload():
    text = "title: Mine\nlevers: {energy_efficiency: 300}\n"
    first = opened(lang="en")
    first.session_state["uploads"] = {"upload_mine": Upload(parse_scenario(text, "mine"), text)}
    settings, refused = from_link({"base": "upload_mine", "set": "output_cap:-5"}, ["upload_mine"])
    assert refused == []
    first.session_state["kept_runs"] = {"run_1": ("Mine with a cap", settings)}
    first.run()
    stored = storage(first)["content"]
    second = opened(lang="en", base="upload_mine")
    assert second.session_state["settings"].base == "as_happened" and storage(second)["fresh"]
    second.session_state["restore"] = stored
    second.run()
    assert second.session_state["settings"].base == "upload_mine"
    assert second.session_state["kept_runs"]["run_1"] == ("Mine with a cap", settings)
    assert storage(second)["content"] == stored


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"runs": 1, "files": 2}', '{"runs": ["x"], "files": [{"name": 1}]}'])
def test_what_the_tab_holds_is_not_trusted(text):
    app = opened(lang="en")
    app.session_state["restore"] = text
    app.run()
    assert not app.exception and not app.session_state["kept_runs"]


def storage(app):
    """What the page gives the tab to keep."""
    (found,) = (block.proto for block in app.get("bidi_component") if block.proto.component_name == "hebei2025.storage")
    return json.loads(found.json)
