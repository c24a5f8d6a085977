"""Parts of the app that need no server: texts, links, scenario files, charts, figures and warnings."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from model.clauses import KINDS, clauses
from model.inputs import END, START
from model.run import prepared_system
from model.scenario import BASELINE, shipped_scenarios
from model.targets import targets
from views.charts.echarts import alternative, chart_options
from views.charts.tables import csv_bytes, table
from views.language import LANGUAGES, catalogue, number, of_locale, translator
from views.pages.document import clause_table
from views.results import belts, headline, scoreboard, summary
from views.results.catalogue import CHARTS, LEAD
from views.results.observed import observed, target_for
from views.results.settings import DEFAULT_CHARTS, Settings
from views.results.sliders import slots

from .conftest import run

VIEWS = Path(__file__).parents[3] / "views"
PLACEHOLDER = re.compile(r"{(\w+)}")
FIXED_KEY = re.compile(r"""\bt\(\s*f?["']([a-z_.]+(?:\.[a-z_]+)*)["']""")
BUILT_KEY = re.compile(r"""\bt\(\s*f["']([a-z_.]+){""")


# --- Texts ---------------------------------------------------------------------------------------


def test_both_catalogues_have_the_same_keys_and_placeholders():
    zh, en = catalogue("zh"), catalogue("en")
    assert set(zh) == set(en)
    for key in zh:
        assert set(PLACEHOLDER.findall(zh[key])) == set(PLACEHOLDER.findall(en[key])), key


def test_every_text_used_in_the_code_is_in_the_catalogues():
    texts = catalogue("en")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in VIEWS.rglob("*.py"))
    fixed = {key for key in FIXED_KEY.findall(sources) if not key.endswith(".")}
    assert len(fixed) > 50
    assert fixed <= set(texts)
    for stem in BUILT_KEY.findall(sources):
        assert any(key.startswith(stem) for key in texts), stem


def test_chinese_texts_are_chinese_and_english_texts_are_not():
    chinese = re.compile("[\u4e00-\u9fff]")
    for key, text in catalogue("en").items():
        assert key.startswith("unit.") or not chinese.search(text), key
    told = [text for key, text in catalogue("zh").items() if not key.startswith("unit.") and PLACEHOLDER.sub("", text)]
    assert sum(bool(chinese.search(text)) for text in told) > 0.9 * len(told)


def test_every_chart_line_group_and_unit_has_a_text_in_both_languages():
    for language in LANGUAGES:
        t = translator(language)
        for chart in CHARTS.values():
            assert t(f"chart.{chart.id}") and t(f"unit.{chart.unit}") is not None
            for line in chart.lines:
                assert t(f"line.{line.name}")
        for slot in slots().values():
            assert t(f"group.{slot.lever.group}") and t(f"unit.{slot.unit}") is not None
            assert slot.name(language)


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh"), ("zh", "zh"), ("en-US", "en"), ("fr", "en"), (None, "en")]
)
def test_the_language_follows_the_browser(locale, language):
    assert of_locale(locale) == language


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0.00"), (-0.001, "0.00"), (-23.84, "−23.8"), (1234.5, "1,234"), (float("nan"), "–")]
)
def test_numbers_are_written_for_people(value, text):
    assert number(value) == text


# --- Clauses, targets, belts ---------------------------------------------------------------------


def test_filters_of_clauses_narrow_each_other():
    for kind in KINDS:
        assert {clause.kind for clause in clause_table.chosen([kind])} == {kind}
    both = clause_table.chosen(["lever"], "task_1", "capacity_closure")
    assert both and all(c.part == "task_1" and "capacity_closure" in c.mapping["levers"] for c in both)
    assert clause_table.chosen(words="四个全面") == clause_table.chosen(words="four comprehensives")
    assert clause_table.chosen() == list(clauses())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_can_be_read_in_full_with_names_for_all_it_is_mapped_to(language):
    t = translator(language)
    for clause in clauses():
        told = unescape(clause_table.details(clause, t, language, lambda lever: f"[{lever}]"))
        assert clause.quote in told and clause_table.explained(clause, language) in told
        for place, names in clause.mapping.items():
            for name in names:
                assert clause_table.name_of(place, name, language) in told
                assert clause_table.name_of(place, name, language) != name
                assert place != "levers" or f"[{name}]" in told


def test_the_scoreboard_says_how_every_target_stands(ghost):
    found = scoreboard.pairs(run("no_document"), ghost)
    assert [pair.target for pair in found] == list(targets())
    standings = [scoreboard.standing(pair.now) for pair in found]
    assert set(standings) <= set(scoreboard.STATUSES)
    assert {"met", "missed", "not_modelled"} <= set(standings)
    for language in LANGUAGES:
        rows = scoreboard.score_rows(found, translator(language), language)
        told = dict(zip(rows.iloc[:, 0], rows.iloc[:, 5], strict=True))
        for pair in found:
            if scoreboard.standing(pair.now) == "missed":
                assert told[getattr(pair.target, language)].startswith("✗")
    file = scoreboard.score_file(found, translator("en"), "en")
    assert len(file) == len(targets()) and csv_bytes(file).startswith(b"\xef\xbb\xbf")
    assert scoreboard.chosen(found, ["national"], ["met"]) == [
        p for p, s in zip(found, standings, strict=True) if p.target.scope == "national" and s == "met"
    ]


def test_the_data_of_the_belts_add_up_to_the_province(ghost):
    rows = belts.long_table(ghost, ghost, translator("en"), "en")
    one = rows[(rows["Year"] == 2020) & (rows["Kind"] == "actual policies") & (rows["Indicator"] == "Value added")]
    assert one["Value"][:-1].sum() == pytest.approx(one["Value"].iloc[-1], rel=1e-4)
    assert set(one["Unit"]) == {"100 M yuan"}
    year = belts.with_units(belts.belt_table(ghost, ghost, 2020, translator("en"), "en"), translator("en"), "en")
    assert {"Value added (100 M yuan)", "actual policies (100 M yuan)", "Energy (Mtce)"} <= set(year.columns)


# --- Charts, figures, words ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_chart_options_hold_both_runs_and_the_observations(chart, language, ghost):
    t = translator(language)
    now = run("no_document")
    options = chart_options(chart, now, ghost, t, language)
    json.dumps(options, allow_nan=False)
    for line in chart.lines:
        drawn = [s["data"] for s in options["series"] if s["type"] == "line"]
        assert [[str(END), pytest.approx(now.at(END, line.indicator, line.element) * chart.scale, rel=1e-3)]] in [
            d[-1:] for d in drawn
        ]
        if line.strong:
            last = ghost.at(END, line.indicator, line.element) * chart.scale
            assert [[str(END), pytest.approx(last, rel=1e-3)]] in [d[-1:] for d in drawn]
    expected = sum(len(observed(line.indicator, line.observed)) for line in chart.lines)
    grades = [s for s in options["series"] if s["type"] == "scatter" and s["data"] and s.get("symbol") != "diamond"]
    assert sum(len(s["data"]) for s in grades) == expected
    assert t(f"chart.{chart.id}") in alternative(chart, now, t, language)


def test_unverified_observations_are_drawn_hollow(ghost):
    t = translator("en")
    series = chart_options(CHARTS["steel_output"], ghost, ghost, t, "en")["series"]
    looks = {s["name"]: s["itemStyle"]["color"] for s in series if s["name"].startswith("Observed (grade")}
    assert looks["Observed (grade D)"] == "#FFFFFF"
    assert looks["Observed (grade A)"] != "#FFFFFF"


def test_the_data_table_has_units_and_opens_in_spreadsheets(ghost):
    rows = table(CHARTS["steel_output"], ghost, ghost, translator("zh"), "zh")
    assert set(rows["单位"]) == {"百万吨"}
    assert csv_bytes(rows).startswith("\ufeff指标".encode())
    assert len(rows) == 2 * len(ghost.years) + len(observed("crude_steel_output", "steel"))


def test_headline_figures_give_value_difference_and_target(ghost):
    now = run("no_document")
    lead, energy, steel, cost = headline.figures(now, ghost, 2020, translator("en"), "en")
    assert lead.value == pytest.approx(now.at(2020, LEAD)) and lead.delta == pytest.approx(
        now.at(2020, LEAD) - ghost.at(2020, LEAD)
    )
    assert lead.met == (now.at(2020, LEAD) >= 0)
    assert energy.target == "target 2020: ≤ −18 %" and energy.met == (energy.value <= -18)
    assert steel.met is None
    yearly = now.series("public_cost", "all")[2016 - START : 2021 - START]
    assert cost.value == pytest.approx(yearly.sum())


def test_the_target_of_the_latest_year_due_counts():
    intensity = "energy_per_above_scale_industrial_va_change_cumulative"
    assert target_for(intensity, 2016).value == target_for(intensity, 2020).value == -18
    assert target_for(intensity, 2025).value == -34
    assert target_for("crude_steel_output", 2020) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_what_was_moved_and_what_it_does(language, ghost):
    t, base = translator(language), shipped_scenarios()[BASELINE]
    settings = Settings(moved={"output_cap": 150.0})
    said = summary.sentence(settings, base, run(output_cap=150.0), ghost, t, language)
    assert {"en": "→ 150 Mt/yr", "zh": "→ 1.50亿吨/年"}[language] in said
    assert slots()["output_cap"].name(language) in said and "2020" in said
    assert summary.sentence(Settings(), base, ghost, ghost, t, language) == t("summary.baseline")


@pytest.mark.parametrize(
    ("moved", "warning"),
    [
        ({"capacity_closure.steel": 20.0, "capacity_discipline": 0.1}, "closure_without_discipline"),
        ({"capacity_closure.steel": 0.0, "capacity_discipline": 0.9}, "discipline_without_closure"),
        ({"renovation_subsidy": 50.0, "technical_renovation_investment": 0.0}, "subsidy_without_renovation"),
        ({"smart_manufacturing": 100.0, "industrial_internet": 0.0}, "smart_without_network"),
        ({"output_cap": 100.0}, "cap_far_below"),
    ],
)
def test_contradictory_settings_are_warned_about(moved, warning):
    t, base = translator("en"), shipped_scenarios()[BASELINE]
    assert t(f"warning.{warning}") in summary.warnings(Settings(moved=moved), base, run(**moved), t, "en")


def test_settings_beyond_experience_are_named_and_those_within_are_not():
    t, base = translator("en"), shipped_scenarios()[BASELINE]
    far, near = {"smart_manufacturing": 200.0}, {"smart_manufacturing": 16.0}
    beyond = t("warning.beyond", levers=slots()["smart_manufacturing"].name("en"))
    assert beyond in summary.warnings(Settings(moved=far), base, run(**far), t, "en")
    assert summary.warnings(Settings(moved=near), base, run(**near), t, "en") == []


def test_every_chart_shows_indicators_of_the_model_in_their_unit():
    variables = prepared_system().variables
    for chart in CHARTS.values():
        for line in chart.lines:
            assert variables[line.indicator].kind == "annual"
            if chart.scale == 1.0:
                assert chart.unit in (variables[line.indicator].unit, "pp")


def test_the_default_charts_exist():
    assert set(DEFAULT_CHARTS) <= set(CHARTS)
