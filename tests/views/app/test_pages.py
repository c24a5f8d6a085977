"""The pages of the app, run without a browser: both languages, presets, reset, links, settings of the server."""

import gzip
import json
import tomllib
from html import unescape

import pytest

from model.axes import BELT_LABELS
from model.clauses import clauses
from model.inputs import levers
from model.scenario import BASELINE, parse_scenario, shipped_scenarios
from model.targets import SCOPES, targets
from views.language import LANGUAGES, Locale
from views.results.catalogue import CHARTS, HEADLINES
from views.results.links import from_link
from views.results.moves import held
from views.shell.own_scenarios import Upload

from .support import ROOT, component, html, opened


def settle(app, **query):
    """What the component tells when a person has come to a state."""
    found, refused = from_link(query)
    assert refused == []
    app.session_state["settings"] = found
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_explore_hands_the_component_figures_charts_scenarios_and_the_sentence(language):
    app, locale = opened(lang=language), Locale(language)
    parts = component(app)
    figures = parts["charts"]["figures"]
    assert [figure["id"] for figure in figures] == list(HEADLINES)
    assert [figure["name"] for figure in figures] == [locale.translate(f"headline.{name}") for name in HEADLINES]
    assert set(parts["charts"]["charts"]) == set(CHARTS)
    answer = parts["data"]["answer"]
    assert answer["sentence"] == locale.translate("summary.baseline") and answer["warnings"] == []
    listed = [pair for _, pairs in parts["data"]["scenarios"]["list"] for pair in pairs]
    assert listed[0] == [BASELINE, shipped_scenarios()[BASELINE].text("title", language)]
    assert {key for key, _ in listed} == set(shipped_scenarios())
    assert gzip.decompress(parts["module"])[:4] == b"\0asm" and len(parts["module"]) < 50_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_shows_small_multiples_and_tables(language):
    app, t = opened("compare", lang=language), Locale(language).translate
    assert len(app.get("plotly_chart")) == 1
    assert len(app.dataframe) == 4
    assert t("uncertainty.better") in app.dataframe[0].value.columns, "how sure the order is comes first"
    assert t("compare.target") in app.dataframe[2].value.columns
    chosen = app.multiselect(key="w_compare_chosen").value
    deltas = app.dataframe[1].value
    numbers = [c for c in deltas.columns[1:] if not c.startswith(t("uncertainty.range"))]
    assert {str(kind) for kind in deltas[numbers].dtypes} == {"float64"} and len(numbers) == len(chosen)
    assert [c for c in deltas.columns if c.startswith("Δ")] == [
        f"Δ {shipped_scenarios()[k].text('title', language)}" for k in chosen if k != BASELINE
    ]


def test_a_scenario_changes_the_inputs_and_the_words():
    app = opened(lang="en")
    before = component(app)
    settle(app, base="no_document", year="2025")
    after = component(app)
    assert after["inputs"]["tables"] != before["inputs"]["tables"] and after["charts"] == before["charts"]
    assert after["data"]["inputs"] == after["inputs"]["stamp"] != before["inputs"]["stamp"]
    described = shipped_scenarios()["no_document"].text("description", "en").split(":")[0]
    assert described in after["data"]["answer"]["sentence"]
    settle(app, base="no_document", set="output_cap:-5")
    assert component(app)["inputs"] == after["inputs"], "moved sliders are the browser's own"
    settle(app, base="no_document", until="2035")
    assert component(app)["charts"]["years"][-1] == "2035" and component(app)["charts"]["extrapolated"]


def test_assumptions_are_handed_over_with_range_and_grade():
    plain, changed = (component(opened(lang="en", **query)) for query in ({}, {"par": "saving_cost:40"}))
    assert changed["inputs"] == plain["inputs"], "the browser applies them"
    listed = [one for chapter in changed["assumptions"]["chapters"] for one in chapter["parameters"]]
    (cost,) = (one for one in listed if one["id"] == "saving_cost")
    assert (cost["value"], cost["low"], cost["high"], cost["grade"]) == (26.49, 10, 50, "D")
    assert all(one["low"] <= one["span"][0] < one["span"][1] <= one["high"] for one in listed)
    assert "assumptions" not in plain, "handed over when they are asked for"
    assert "26.49 → 40" in changed["data"]["answer"]["sentence"]


def test_a_state_from_the_server_raises_the_epoch_and_one_from_the_browser_does_not():
    app = opened(lang="en")
    first = component(app)["data"]["epoch"]
    settle(app, set="output_cap:-5")
    assert component(app)["data"]["epoch"] == first
    app.switch_page("views/pages/regions/page.py").run()
    app.selectbox(key="w_base").set_value("no_document").run()
    app.switch_page("views/pages/explore/page.py").run()
    assert component(app)["data"]["epoch"] > first
    assert component(app)["data"]["query"].split("&")[2] == "base=no_document"


def test_a_change_of_language_keeps_the_state():
    app = opened(lang="en", base="no_document", set="output_cap:-5", charts="co2,cost", year="2018")
    before = app.session_state["settings"]
    app.button_group(key="w_language").set_value("zh").run()
    parts = component(app)
    assert parts["texts"]["language"] == "zh" and parts["data"]["texts"] == parts["texts"]["stamp"]
    assert app.session_state["settings"] == before
    assert "charts=co2,cost" in parts["data"]["query"]


def test_explore_keeps_its_state_while_another_page_is_visited():
    app = opened(lang="en", set="output_cap:-5")
    before = app.session_state["settings"]
    app.switch_page("views/pages/compare/page.py").run()
    app.switch_page("views/pages/explore/page.py").run()
    assert app.session_state["settings"] == before


def test_the_data_of_both_charts_can_be_opened():
    app = opened(lang="en", charts="steel_output,cost")
    assert len(app.dataframe) == 0
    app.session_state["files"] = True
    app.run()
    assert len(app.dataframe) == 2 and not app.exception


def test_a_damaged_link_is_named_and_the_page_still_opens():
    app = opened(lang="en", set="output_cap:9999,energy_efficiency:200")
    assert Locale("en").translate("explore.link_refused", parts="output_cap:9999") in html(app)
    assert dict(app.session_state["settings"].moved) == {"energy_efficiency": held(200.0)}


def test_uploads_of_one_title_stay_apart():
    app = opened(lang="en")
    text = "title: Mine\nlevers: {}\n"
    app.session_state["uploads"] = {f"upload_{n}": Upload(parse_scenario(text, n), text) for n in ("a", "b")}
    app.session_state["compare_chosen"] = ["as_happened", "upload_a", "upload_b"]
    app.switch_page("views/pages/compare/page.py").run()
    first = Locale("en").translate("share.uploaded", title="Mine")
    assert app.multiselect(key="w_compare_chosen").value == ["as_happened", "upload_a", "upload_b"]
    assert {first, f"{first} · b"} <= set(app.multiselect(key="w_compare_chosen").options)
    assert not app.exception


def test_sessions_share_nothing():
    first, second = opened(set="output_cap:-5"), opened()
    assert first.session_state["settings"].moved and not second.session_state["settings"].moved


def test_the_server_spares_the_garbage_collection_and_sends_no_statistics():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings.get("server", {}).get("enableXsrfProtection", True)
    assert settings.get("server", {}).get("enableCORS", True)


def test_opening_and_removing_scenarios_in_compare():
    app = opened("compare", lang="en")
    app.multiselect(key="w_compare_chosen").set_value(["as_happened", "demand_slump"]).run()
    assert not app.exception
    assert "national_steel_demand" in html(app)
    app.multiselect(key="w_compare_chosen").set_value([]).run()
    assert app.info[0].value == Locale("en").translate("compare.none")


def chosen_section(app, section):
    """The Document page with another of its parts shown."""
    app.button_group(key="w_document_section").set_value(section).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_document_places_every_clause_and_shows_one_in_full(language):
    app, t = opened("document", lang=language), Locale(language).translate
    count = len(clauses())
    assert t("document.placed", placed=count, all=count) in html(app)
    rows = app.dataframe[0].value
    assert list(rows[t("document.quote")]) == [clause.quote for clause in clauses()]
    assert rows[t("document.how")].str.len().min() > 5
    assert clauses()[0].label[language] in unescape(html(app))


def test_clauses_can_be_filtered_by_lever_part_kind_and_words():
    app = opened("document", lang="en", set="approval_reform:0.9")
    app.selectbox(key="w_document_lever").set_value("approval_reform").run()
    shown = list(app.dataframe[0].value["Clause"])
    assert shown == [c.id for c in clauses() if "approval_reform" in c.mapping.get("levers", ())]
    assert "now 0.90" in html(app)
    app.selectbox(key="w_document_part").set_value("safeguard_1").run()
    app.button_group(key="w_document_kinds").set_value(["enabler"]).run()
    few = list(app.dataframe[0].value["Clause"])
    assert few and set(few) < set(shown)
    app.text_input(key="w_document_words").set_value("no such words").run()
    assert app.info[0].value == Locale("en").translate("document.none")
    assert not app.dataframe


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_are_held_against_the_present_settings_and_what_happened(language):
    app, t = opened("document", lang=language, base="no_document"), Locale(language).translate
    chosen_section(app, "targets")
    rows = app.dataframe[0].value
    assert len(rows) == len(targets())
    assert set(rows[t("document.scope")]) == {t(f"document.scope_{s}") for s in SCOPES}
    assert list(rows[t("document.now")]) != list(rows[t("document.ghost")])
    app.button_group(key="w_document_scopes").set_value(["document"]).run()
    assert set(app.dataframe[0].value[t("document.scope")]) == {t("document.scope_document")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_coverage_counts_all_clauses_and_names_those_of_each_lever(language):
    app, t = chosen_section(opened("document", lang=language), "coverage"), Locale(language).translate
    parts, by_lever = (frame.value for frame in app.dataframe)
    assert parts[t("document.all")].sum() == len(clauses())
    assert list(by_lever[t("document.lever")]) == [lever.label[language] for lever in levers().values()]
    assert by_lever[t("document.number")].min() > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_regions_share_out_the_province_and_say_that_it_is_an_allocation(language):
    app, t = opened("regions", lang=language, set="capacity_closure.steel:30"), Locale(language).translate
    assert t("regions.note") in html(app) and unescape(t("regions.about")) in unescape(html(app))
    assert len(app.get("plotly_chart")) == 1
    rows = app.dataframe[0].value
    assert list(rows[t("regions.belt")]) == [label[language] for label in BELT_LABELS.values()]
    for column in ("value_column", "energy_column", "share"):
        assert rows[t(f"regions.{column}")][:-1].sum() == pytest.approx(rows[t(f"regions.{column}")].iloc[-1])
    coast, corridor = (rows[t("regions.delta")][k] for k in (1, 0))
    assert coast != pytest.approx(corridor, abs=1e-6)
    assert json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["title"]["text"] == (
        f"<b>{t('regions.title_value_added', unit={'zh': '亿元', 'en': 'bn yuan'}[language])}</b>"
    )


def test_regions_follow_the_year_and_the_measure():
    app = opened("regions", lang="en")
    before = app.dataframe[0].value
    app.button_group(key="w_year").set_value(2025).run()
    assert not before.equals(app.dataframe[0].value)
    app.button_group(key="w_regions_measure").set_value("energy").run()
    assert "Energy use" in json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["title"]["text"]
    assert not app.exception
