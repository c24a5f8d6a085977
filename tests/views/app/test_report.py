"""The report and the files of single charts: figures of the run, both languages, nothing that runs or calls out."""

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from xml.etree import ElementTree

import numpy as np
import pytest
from openpyxl import load_workbook
from PIL import Image

from calibration.posterior import WINDOWS
from calibration.weaknesses import weaknesses
from model.clauses import clauses
from model.scenario import BASELINE, parse_scenario, shipped_scenarios
from views.charts import pictures
from views.charts.plot import plot_of
from views.language import LANGUAGES, number, printable, translator
from views.pages.explore import chart_exports
from views.report import contents, evidence, html, word, workbook
from views.report.blocks import Picture, Table
from views.report.changes import changes
from views.results import bands, evidence_tables, headline, scoreboard, simulation
from views.results.catalogue import CHARTS
from views.results.observed import observed
from views.results.settings import Settings, scenario_of, to_yaml
from views.results.sliders import slots

from .test_pages import html as shown_html
from .test_pages import opened

SETTINGS = Settings(
    base="no_document", moved={"output_cap": 230.0, "capacity_closure.steel": 20.0}, charts=("co2", "lead")
)
HOSTILE = '<script>alert("$x^2$")</script>&\u0007=1+1'
MOMENT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
LINK = "http://127.0.0.1:8501/?v=1&base=no_document"


def request(language="en", settings=SETTINGS, scenarios=None):
    scenarios = scenarios or shipped_scenarios()
    titles = {code: translator(code)("share.title") for code in LANGUAGES}
    return contents.Request(settings, scenarios, language, LINK, to_yaml(settings, scenarios, titles, titles), MOMENT)


@pytest.fixture(scope="module")
def reports():
    return {language: contents.gather(request(language)) for language in LANGUAGES}


@pytest.fixture(scope="module")
def now():
    return simulation.runner(SETTINGS.until).run(shipped_scenarios()[SETTINGS.base], SETTINGS.moved)


def page_of(report):
    text = html.written(report).decode()
    assert text.startswith("<!DOCTYPE html>\n")
    return text, ElementTree.fromstring(text.partition("\n")[2])


def tables(report):
    return [block for block in report.blocks if isinstance(block, Table)]


# --- Contents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_a_report_are_those_of_the_run(language, reports, now, ghost):
    t, report = translator(language), reports[language]
    wanted = headline.figures(now, ghost, SETTINGS.year, t, language)
    shown = tables(report)[0]
    for row, figure in zip(shown.rows, wanted, strict=True):
        assert row[2] == headline.value_text(figure, figure.value)
        assert row[3] == headline.value_text(figure, headline.read(ghost, figure.indicator, SETTINGS.year))
        assert row[4] == headline.delta_text(figure.indicator, figure.delta, language) != ""
        assert row[6][:1] == {True: "✓", False: "✗", None: ""}[figure.met]
    steel = now.at(2020, "crude_steel_output", "steel")
    assert shown.rows[2][1:3] == {"en": ("Mt", number(steel, 0)), "zh": ("亿吨", number(steel / 100, 2))}[language]
    assert shown.rows[2][2] != shown.rows[2][3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_hold_runs_bands_observations_and_targets_the_chosen_first(language, reports, now, ghost):
    pictures = [block for block in reports[language].blocks if isinstance(block, Picture)]
    assert [p.plot.id for p in pictures] == ["co2", "lead", "shares", "energy_intensity", "steel_output", "cost"]
    made = bands.bands_of(scenario_of(SETTINGS, shipped_scenarios()), SETTINGS.until)
    steel = pictures[4]
    line = steel.plot.lines[0]
    np.testing.assert_array_equal(line.now, now.series("crude_steel_output", "steel"))
    np.testing.assert_array_equal(line.ghost, ghost.series("crude_steel_output", "steel"))
    assert line.points == observed("crude_steel_output", "steel")
    outer, inner = line.bands
    assert outer.with_error and not inner.with_error
    np.testing.assert_array_equal(inner.low, made["crude_steel_output", "steel"][1].low)
    present = dict(zip(steel.table.columns, steel.table.rows[0], strict=True))
    assert present["2020"] == number(now.at(2020, "crude_steel_output", "steel"))
    inside = dict(zip(steel.table.columns, steel.table.rows[2], strict=True))["2020"]
    at = list(inner.years).index(2020)
    assert inside == f"[{number(inner.low[at])}, {number(inner.high[at])}]"
    assert {mark.year for mark in pictures[3].plot.targets} == {2020, 2025}
    assert steel.plot.alternative.startswith(translator(language)("chart.steel_output"))


def test_values_are_in_the_unit_that_is_shown(now, ghost):
    plot = plot_of(CHARTS["employment"], now, ghost, {}, "en")
    assert plot.lines[1].now[-1] == pytest.approx(now.at(2025, "employment", "steel") / 10_000)
    assert not plot.banded


def test_what_differs_is_told_with_from_and_to_and_its_clauses(reports):
    found = {change.slot.id: change for change in changes(SETTINGS, shipped_scenarios()[SETTINGS.base])}
    assert found["output_cap"].moved and found["capacity_closure.steel"].moved
    assert not found["energy_efficiency"].moved
    row = next(r for r in tables(reports["en"])[1].rows if r[0] == slots()["output_cap"].name("en"))
    assert row[1:5] == ("Mt/yr", number(slots()["output_cap"].mean("baseline"), 0), "230", "held from 2016 on")
    assert row[5] == ", ".join(slots()["output_cap"].lever.clauses)
    text, _ = page_of(reports["en"])
    quotes = {clause.id: clause for clause in clauses()}
    for name, quote in slots()["output_cap"].lever.quote.items():
        assert quote in text and quotes[name].en.split(",")[0] in text
    assert changes(Settings(), shipped_scenarios()[BASELINE]) == []


def test_the_scoreboard_of_a_report_is_that_of_the_run(reports, now, ghost):
    t = translator("en")
    pairs = scoreboard.pairs(now, ghost)
    text, _ = page_of(reports["en"])
    assert scoreboard.summary(pairs, t) in text
    shown = next(x for x in tables(reports["en"]) if x.columns[0] == t("document.target"))
    told = {(row[0], row[2]): row[4:6] for row in shown.rows}
    some = [p for p in pairs if scoreboard.standing(p.now) == "missed"]
    assert some
    for pair in some:
        assert told[pair.target.en, str(pair.target.year)] == [
            scoreboard.reached_text(pair.now, "en"), scoreboard.status_text(pair.now, t, "en"),
        ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_method_and_weaknesses_are_read_from_the_calibration(language, reports):
    text, _ = page_of(reports[language])
    t = translator(language)
    assert (
        html._text(evidence_tables.verdict(t)) in text and html._text(evidence_tables.diagnosis(WINDOWS[-1], t)) in text
    )
    for entry in weaknesses():
        assert html._text(entry["changes"][language]) in text
    scores = evidence_tables.scores()
    steel = scores[(scores["window"] == evidence_tables.FORECAST) & (scores["series"] == "crude_steel_output")].iloc[0]
    row = evidence.forecast_table(t, language).rows[0]
    assert row[1] == str(steel["count"]) and row[3] == number(steel["skill_random_walk"], 2)
    assert "nan" not in re.sub("<[^>]+>", " ", text).split()


def test_the_manifest_is_the_one_that_a_run_of_the_scenario_file_writes():
    from batch.writing import manifest_of
    from model.run import simulate

    file = request().scenario_file
    scenario = parse_scenario(file)
    written = manifest_of(scenario, simulate(scenario, outputs=("crude_steel_output",)), 1.0)
    found = evidence.manifest(file, SETTINGS)
    assert found.keys() == written.keys()
    assert {**found, "run_time_seconds": 0} == {**written, "run_time_seconds": 0}
    other = evidence.manifest(request(settings=Settings(moved={"output_cap": 200.0})).scenario_file, Settings())
    assert other["data_hash"] != found["data_hash"]


def test_the_run_of_the_scenario_file_is_the_run_of_the_report(now):
    again = simulation.runner(SETTINGS.until).run(parse_scenario(request().scenario_file), {})
    np.testing.assert_allclose(again.values["crude_steel_output"], now.values["crude_steel_output"])


def test_every_observed_point_has_its_source(reports):
    shown = tables(reports["en"])[-1]
    years = sum(len(row[2].split(", ")) for row in shown.rows)
    pictures = [block.plot for block in reports["en"].blocks if isinstance(block, Picture)]
    assert years == sum(len(line.points) for plot in pictures for line in plot.lines)
    steel = observed("crude_steel_output", "steel")
    assert {p.source for p in steel if p.source} <= {row[4] for row in shown.rows}


# --- Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_and_runs_nothing(language, reports):
    text, root = page_of(reports[language])
    assert root.get("lang") == {"zh": "zh-CN", "en": "en"}[language]
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "link", "img", "iframe", "object", "a", "image", "foreignObject"}
    addresses = [
        value for element in root.iter() for key, value in element.attrib.items()
        if key.rpartition("}")[2] in ("href", "src") and not value.startswith("#")
    ]  # fmt: skip
    assert addresses == [] and not re.search(r"@import|url\((?!#)", text)
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= set(ids)
    drawn = [e for e in root.iter() if e.tag.endswith("svg")]
    assert len(drawn) == 6 and all(e.get("role") == "img" and len(e.get("aria-label")) > 40 for e in drawn)
    words = "".join(e.text or "" for e in drawn[4].iter() if e.tag.endswith("text"))
    assert translator(language)("chart.ghost") in words, "words of a chart stay words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_opens_again_with_text_tables_and_pictures(language, reports):
    from docx import Document

    report = reports[language]
    document = Document(io.BytesIO(word.written(report)))
    paragraphs = [p.text for p in document.paragraphs]
    assert paragraphs[0] == report.title and document.paragraphs[0].style.name == "Heading 1"
    assert translator(language)("report.uncertainty") in paragraphs
    assert document.core_properties.title == report.title and document.core_properties.comments == ""
    assert len(document.inline_shapes) == 6
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [block.plot.alternative for block in report.blocks if isinstance(block, Picture)]
    shown = [cell.text for cell in document.tables[0].rows[3].cells]
    assert tuple(shown) == tuple(tables(report)[0].rows[2])


def test_a_hostile_title_is_only_text(now):
    scenario = parse_scenario(f"title: {json.dumps(HOSTILE)}\nlevers: {{output_cap: 150}}\n")
    settings = Settings(base="upload_x")
    asked = request(settings=settings, scenarios={"upload_x": scenario})
    report = contents.gather(asked)
    text, root = page_of(report)
    assert "<script" not in text
    assert '<script>alert("$x^2$")</script>&=1+1' in root.find("body/h1").text
    from docx import Document

    assert "<script>" in Document(io.BytesIO(word.written(report))).paragraphs[0].text
    shown = chart_exports.Shown(CHARTS["steel_output"], settings, scenario, False, "en", LINK)
    words = [e.text for e in ElementTree.fromstring(shown.picture("svg")).iter() if e.tag.endswith("}text")]
    assert printable(HOSTILE) in words, "neither a mark-up nor a formula"
    formula = scenario.model_copy(update={"title": "=HYPERLINK(1)"})
    shown = chart_exports.Shown(CHARTS["steel_output"], settings, formula, False, "en", LINK)
    notes = load_workbook(io.BytesIO(shown.excel())).worksheets[1]
    assert notes["B3"].value == "=HYPERLINK(1)" and notes["B3"].data_type == "s"


def test_what_is_special_about_a_scenario_is_said():
    asked = parse_scenario(
        "title: T\nlevers: {}\ndrivers: {national_steel_demand: {multiply: 0.8, from: 2018}}\n", "own"
    )  # fmt: skip
    own = contents.gather(request(settings=Settings(base="upload_own"), scenarios={"upload_own": asked}))
    text, _ = page_of(own)
    assert "{from: 2018, multiply: 0.8}" in text and "(national_steel_demand)" in text
    assert translator("en")("share.link_uploaded") in text and translator("en")("report.mean_stream") not in text
    single = contents.gather(request(settings=Settings(base="projects_at_random", until=2025)))
    assert translator("en")("report.mean_stream") in page_of(single)[0]


def test_pages_open_without_waiting_for_what_only_reports_need():
    modules = "sys, views.pages.explore.chart_exports, views.shell.share"
    code = f"import {modules}; print({{'matplotlib', 'docx', 'openpyxl'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def pixels(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_shows_the_line_in_its_colour_and_follows_the_run(language, now, ghost):
    plot = plot_of(CHARTS["steel_output"], now, ghost, {}, language)
    same = plot_of(CHARTS["steel_output"], ghost, ghost, {}, language)
    image, other = pixels(pictures.png(plot)), pixels(pictures.png(same))
    assert image.shape[1] == round(pictures.WIDTH * pictures.DOTS)
    coloured = (np.abs(image - np.array([0xD5, 0x5E, 0x00])).sum(axis=2) < 12).sum()
    assert coloured > 2000
    assert image.shape == other.shape and (image != other).any(axis=2).sum() > 2000
    assert pictures.svg(plot) == pictures.svg(plot), "the same chart gives the same file"


def test_without_a_chinese_font_words_in_pictures_are_english_and_the_report_says_so(monkeypatch, reports):
    from docx import Document

    plot = next(block.plot for block in reports["zh"].blocks if isinstance(block, Picture))
    assert pictures.words_language(plot) == "zh"
    in_english = pictures.png(plot.english)
    monkeypatch.setattr(pictures, "chinese_font", lambda: None)
    assert pictures.words_language(plot) == "en" and pictures.png(plot) == in_english
    told = [p.text for p in Document(io.BytesIO(word.written(reports["zh"]))).paragraphs]
    assert told.count(translator("zh")("report.no_font")) == 6
    assert "实际政策" in pictures.svg(plot), "the reader of an SVG has the font"


def test_a_long_name_of_a_scenario_is_cut_to_fit():
    assert pictures.shortened("短", 2) == "短" and pictures.shortened("abc", 3) == "abc"
    assert pictures.shortened("河北省" * 50, 100) == ("河北省" * 50)[:49] + "…"


def test_names_of_lines_are_moved_apart_in_their_order():
    placed = pictures.apart([50.0, 51.0, 52.0, 99.0], 10.0, 100.0)
    assert placed == pytest.approx([41.0, 51.0, 61.0, 99.0])
    assert pictures.apart([99.0, 98.0, 1.0], 10.0, 100.0) == pytest.approx([100.0, 90.0, 1.0])


def test_the_workbook_holds_the_figures_their_unit_and_what_they_are(now, ghost):
    scenario = shipped_scenarios()[SETTINGS.base]
    shown = chart_exports.Shown(CHARTS["steel_output"], SETTINGS, scenario, True, "zh", LINK)
    data, notes = load_workbook(io.BytesIO(shown.excel())).worksheets
    assert (data.title, notes.title) == ("数据", "说明")
    rows = list(data.iter_rows(values_only=True))
    assert rows[0] == ("指标", "类别", "年份", "数值", "单位", "来源")
    value = next(r for r in rows if r[1] == "当前设置" and r[2] == 2020)
    assert value[3] == pytest.approx(now.at(2020, "crude_steel_output", "steel"), rel=1e-5) and value[4] == "百万吨"
    outer = shown.plot().lines[0].bands[0]
    ends = [r for r in rows if r[1] == "90%区间（加模型误差）: 下限"]
    assert [r[3] for r in ends] == pytest.approx(list(outer.low), rel=1e-5)
    told = dict(row[:2] for row in notes.iter_rows(values_only=True))
    assert told["link"] == LINK and told["情景"] == f"{scenario.text('title', 'zh')}，已移动2个滑块"
    assert len(workbook.about(CHARTS["co2"], workbook.Origin(Settings(), shipped_scenarios()[BASELINE], "", ""), "en"))


# --- The app -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [None, "regions"])
def test_the_popover_makes_a_report_of_the_present_state(language, page, monkeypatch):
    app, t = opened(lang=language, set="output_cap:230"), translator(language)
    app.session_state["share"] = True
    app.run() if page is None else app.switch_page(f"views/pages/{page}/page.py").run()
    assert "download_button" not in {b.key for b in app.button}
    before = {b.proto.label for b in app.get("download_button")}
    assert t("report.html") not in before
    app.button(key="w_report").click().run()
    assert not app.exception
    assert {t("report.html"), t("report.word")} <= {b.proto.label for b in app.get("download_button")}
    files = app.session_state["report"][1]
    text = files["html"][0].decode()
    assert t("report.differs") in text and slots()["output_cap"].name(language) in text
    assert files["word"][0][:2] == b"PK"
    other = "en" if language == "zh" else "zh"
    app.button_group(key="w_language").set_value(other).run()
    assert translator(other)("report.html") not in {b.proto.label for b in app.get("download_button")}, "stale"
    assert shown_html(app)
