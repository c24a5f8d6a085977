"""The Evidence page and the stored tables behind it."""

import json

import numpy as np
import pytest

from calibration.posterior import WINDOWS, load
from calibration.series import all_series
from calibration.weaknesses import weaknesses
from model.engine import Text
from model.system import system
from views.display_units import quantity
from views.language import LANGUAGES, Locale
from views.results import dose_responses, evidence_tables, registered_forecasts, validation_tests

from .support import component, html, opened

GROUPS = {
    "data": ("forecast", "charts", "registered", "fit", "estimates"),
    "sure": ("decides", "order", "policy", "projections"),
    "limits": ("responses", "tests", "weaknesses"),
}


def sections(app):
    return app.button_group(key="w_evidence_section")


def go_to(app, section):
    """Open a section by its group."""
    group = next(name for name, members in GROUPS.items() if section in members)
    if app.button_group(key="w_evidence_group").value != group:
        app.button_group(key="w_evidence_group").set_value(group).run()
    return sections(app).set_value(section).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_opens(language):
    app, t = opened("evidence", lang=language), Locale(language).translate
    assert evidence_tables.forecast_verdict(Locale(language)) in html(app)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert {trace["name"] for trace in figure["data"]} >= {
        t(f"evidence.{k}") for k in ("median", "band_inner", "band_outer", "observed", "unverified")
    }
    rows = app.dataframe[0].value
    assert t("evidence.skill_walk") in rows.columns and len(rows) > 10
    go_to(app, "registered")
    assert registered_forecasts.verdict_text(Locale(language)) in html(app)
    assert len(app.dataframe[0].value) == 8 and t("evidence.error_first_edition") in app.dataframe[1].value.columns
    go_to(app, "fit")
    assert t("evidence.skill_walk") not in app.dataframe[0].value.columns
    go_to(app, "estimates")
    assert evidence_tables.convergence_text(WINDOWS[-1], Locale(language)) in html(app)
    assert len(app.dataframe[0].value) == len(load(WINDOWS[-1]).numbers)
    go_to(app, "projections")
    assert len(app.dataframe[0].value) == 26, "every year to 2035"
    shown = app.dataframe[1].value
    assert set(shown[t("evidence.drivers")]) == {t(f"evidence.path_{path}") for path in ("low", "central", "high")}
    low = evidence_tables.percent_text(5, Locale(language))
    assert (shown[low] <= shown[t("evidence.median")]).all() and shown[t("evidence.year")].max() == 2035
    go_to(app, "tests")
    assert html(app).count('<li class="') == 14
    go_to(app, "responses")
    assert dose_responses.summary(Locale(language)) in html(app)
    go_to(app, "weaknesses")
    for entry in weaknesses():
        assert entry["title"][language] in html(app)
    assert not app.exception


def test_the_chart_follows_the_series_and_the_window():
    app = opened("evidence", lang="en")
    app.selectbox(key="w_evidence_series").set_value("rd_expenditure").run()
    first = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    go_to(app, "fit")
    app.button_group(key="w_evidence_window").set_value(2020).run()
    second = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert first != second and not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_responses_of_a_lever_follow_the_choice(language):
    app, locale = opened("evidence", lang=language, **{"evidence.section": "responses"}), Locale(language)
    lever = dose_responses.entry_ids()[-1]
    app.selectbox(key="w_evidence_lever").set_value(lever).run()
    assert dose_responses.entry_name(lever, locale) in html(app)
    panels = dose_responses.panels(lever, locale)
    data = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert len(data) == 2 * len(panels) and {trace["name"] for trace in data} == {"2020", "2025"}
    assert app.get("plotly_chart")[0].proto.alt.count("2025 ") == len(panels)
    shown = app.dataframe[0].value
    statuses = [locale.translate(f"evidence.status_{name}") for name in ("passed", "failed")]
    parts = [part for one in dose_responses.all_verdicts() if one.entry == lever for part in one.parts]
    assert list(shown[locale.translate("evidence.status")]) == [statuses[not part.passed] for part in parts]
    assert list(shown[locale.translate("evidence.result")]) == [part.figures[language] for part in parts]
    assert not app.exception


def test_effects_are_shown_in_the_units_of_the_language():
    lever = dose_responses.entry_ids()[-1]
    response = dose_responses.responses().by_entry[lever]
    for language, factors in (("en", {"bn yuan": 0.1}), ("zh", {"亿元": 1})):
        locale = Locale(language)
        panels, rows = dose_responses.panels(lever, locale), dose_responses.effect_rows(lever, locale)
        cost = panels[-1]
        assert cost.effects[2025] == pytest.approx(factors[cost.unit.text] * response.cost[:, -1])
        assert list(rows[locale.translate("evidence.response_outcome")]) == [panel.title for panel in panels]
        told = {"en": "{}: {} %", "zh": "{}：{}%"}[language]
        assert {told.format(year, dose) for year in (2020, 2025) for dose in (25, 50, 75, 100)} < set(rows.columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tests_are_counted_and_shown_by_status(language):
    app, locale = opened("evidence", lang=language, **{"evidence.section": "tests"}), Locale(language)
    tests = validation_tests.validation_tests(locale)
    counts = validation_tests.counts(tests)
    assert sum(counts.values()) == len(tests) == 14
    labels = app.button_group(key="w_evidence_status").options
    for status, count in counts.items():
        word = locale.translate(f"evidence.status_{status}")
        assert locale.translate("tests.one", status=word, count=count) in labels
        app.button_group(key="w_evidence_status").set_value(status).run()
        assert (
            html(app).count(f'<li class="{status}"><p class="test-status">') == html(app).count('<li class="') == count
        )
        assert html(app).count(f"{validation_tests.MARKS[status]} {word}</p>") == count, "in words, not by colour"
    names = list(validation_tests.table(tests, locale).columns[:2])
    assert names == [locale.translate("evidence.status"), locale.translate("evidence.test")]


def test_a_link_opens_the_section_and_the_series():
    asked = {"evidence.section": "fit", "evidence.series": "quality_index"}
    app = opened("evidence", lang="en", **asked)
    assert sections(app).value == "fit" and app.selectbox(key="w_evidence_series").value == "quality_index"
    assert evidence_tables.name_of(all_series()["quality_index"], Locale("en")) in html(app)


def test_every_observed_series_has_a_path_a_name_and_a_unit():
    names = evidence_tables.series_with_paths()
    headline = [s.id for s in all_series().values() if s.headline]
    assert list(names[: len(headline)]) == headline
    assert set(names) == set(evidence_tables.scores()["series"])
    for name in names:
        for window in WINDOWS:
            rows = evidence_tables.series_path(name, window)
            assert rows["year"].max() >= 2020
            assert (rows["low"] <= rows["median"]).all() and (rows["median"] <= rows["high"]).all()
        for language in LANGUAGES:
            assert evidence_tables.name_of(all_series()[name], Locale(language))
        assert evidence_tables.unit_of(all_series()[name])


def test_stored_scores_are_complete():
    scores = evidence_tables.scores()
    assert set(scores["window"]) == set(evidence_tables.TABLES)
    assert np.isfinite(scores["rmse"]).all() and not scores["grades"].str.contains("D").any()
    with_error = scores["inside_with_error"] - scores["inside_parameters"]
    assert (with_error.dropna() >= 0).all(), "a wider band holds no less"


def test_weaknesses_are_told_in_both_languages():
    for entry in weaknesses():
        for part in ("title", "what", "changes"):
            assert isinstance(entry[part], Text)


def test_bands_are_sent_once_the_sliders_rest_and_follow_them():
    """With values that no other test has, whose bands may be known already."""

    def at_rest(**query):
        app = opened(lang="en", charts="steel_output,co2", **query)
        assert "bands" not in answer_of(app) and component(app)["data"]["pending"], "a move is answered without bands"
        app.session_state["at_rest"] = True
        return app.run()

    def answer_of(app):
        return component(app)["data"]["answer"]

    def ends(app):
        bands = answer_of(app)["bands"]["steel_output"]
        return [np.array([value for _, value in bands[f"band:steel_output band_inner{end}"]]) for end in (" low", "")]

    first = at_rest(set="output_cap:-2.35")
    low, distance = ends(first)
    assert (distance > 0).all() and len(low) == 16
    drawn = {series.get("id") for series in component(first)["charts"]["charts"]["steel_output"]["options"]["series"]}
    assert set(answer_of(first)["bands"]["steel_output"]) <= drawn
    moved = at_rest(set="output_cap:-4.65")
    assert ends(moved)[0][-1] < low[-1]
    off = opened(lang="en", set="output_cap:-4.65", **{"explore.bands": "0"})
    assert "bands" not in answer_of(off) and not component(off)["data"]["pending"]
    assert not first.exception and not moved.exception


def test_percentages_in_chinese_tables_have_no_space():
    app = opened("evidence", lang="zh")
    columns = [str(name) for frame in app.dataframe for name in frame.value.columns]
    for section in (name for members in GROUPS.values() for name in members):
        go_to(app, section)
        columns += [str(name) for frame in app.dataframe for name in frame.value.columns]
        assert " %" not in html(app), section
    assert not [name for name in columns if " %" in name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_registered_is_told_with_losses(language):
    locale = Locale(language)
    rows, errors = registered_forecasts.expectation_rows(locale), registered_forecasts.score_rows(locale)
    states = rows[locale.translate("evidence.status")].tolist()
    assert states.count(locale.translate("evidence.expectation_failed")) == 5
    assert states.count(locale.translate("evidence.expectation_open")) == 3
    steel = errors[errors[locale.translate("evidence.series")].str.contains(locale.text(label("crude_steel_output")))]
    assert steel[locale.translate("evidence.error_second_edition")].tolist() == [quantity(8.2, "%", locale, digits=1)]
    assert steel[locale.translate("evidence.error_first_edition")].tolist() == [quantity(5.8, "%", locale, digits=1)]


def label(name):
    return system().variables[name].label
