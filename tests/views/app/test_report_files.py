"""Reports as files: nothing in them runs or calls out, and titles are only text."""

import io
import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from model.scenario import parse_scenario
from views.language import LANGUAGES, Locale, printable
from views.pages.explore import chart_exports
from views.report import contents, word
from views.report.blocks import Picture
from views.results.catalogue import CHARTS
from views.results.settings import Settings

from .report_support import HOSTILE, LINK, page_of, request_of, tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_and_runs_nothing(language, reports):
    text, root = page_of(reports[language])
    assert root.get("lang") == {"zh": "zh-CN", "en": "en"}[language]
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "link", "img", "iframe", "object", "a", "image", "foreignObject"}
    addresses = [
        value
        for element in root.iter()
        for key, value in element.attrib.items()
        if key.rpartition("}")[2] in ("href", "src") and not value.startswith("#")
    ]
    assert addresses == [] and not re.search(r"@import|url\((?!#)", text)
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= set(ids)
    drawn = [e for e in root.iter() if e.tag.endswith("svg")]
    assert len(drawn) == 6 and all(e.get("role") == "img" and len(e.get("aria-label")) > 40 for e in drawn)
    words = "".join(e.text or "" for e in drawn[4].iter() if e.tag.endswith("text"))
    assert Locale(language).translate("chart.ghost") in words, "words of a chart stay words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_opens_again_with_text_tables_and_pictures(language, reports):
    from docx import Document

    report = reports[language]
    document = Document(io.BytesIO(word.word_file(report)))
    paragraphs = [p.text for p in document.paragraphs]
    assert paragraphs[0] == report.title and document.paragraphs[0].style.name == "Heading 1"
    assert Locale(language).translate("report.uncertainty") in paragraphs
    assert document.core_properties.title == report.title and document.core_properties.comments == ""
    assert len(document.inline_shapes) == 6
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [block.plot.alternative for block in report.blocks if isinstance(block, Picture)]
    shown = [cell.text for cell in document.tables[0].rows[3].cells]
    assert tuple(shown) == tuple(tables(report)[0].rows[2])


def test_a_hostile_title_is_only_text(now):
    scenario = parse_scenario(f"title: {json.dumps(HOSTILE)}\nlevers: {{output_cap: -5}}\n")
    settings = Settings(base="upload_x")
    asked = request_of(settings=settings, scenarios={"upload_x": scenario})
    report = contents.build_report(asked)
    text, root = page_of(report)
    assert "<script" not in text
    assert '<script>alert("$x^2$")</script>&=1+1' in root.find("body/h1").text
    from docx import Document

    assert "<script>" in Document(io.BytesIO(word.word_file(report))).paragraphs[0].text
    shown = chart_exports.ChartExport(CHARTS["steel_output"], settings, scenario, False, Locale("en"), LINK)
    words = [e.text for e in ElementTree.fromstring(shown.picture("svg")).iter() if e.tag.endswith("}text")]
    assert printable(HOSTILE) in words, "neither a mark-up nor a formula"
    formula = scenario.model_copy(update={"title": "=HYPERLINK(1)"})
    shown = chart_exports.ChartExport(CHARTS["steel_output"], settings, formula, False, Locale("en"), LINK)
    notes = load_workbook(io.BytesIO(shown.excel())).worksheets[1]
    assert notes["B3"].value == "=HYPERLINK(1)" and notes["B3"].data_type == "s"


def test_what_is_special_about_a_scenario_is_said():
    asked = parse_scenario(
        "title: T\nlevers: {}\ndrivers: {national_steel_demand: {multiply: 0.8, from: 2018}}\n", "own"
    )
    own = contents.build_report(request_of(settings=Settings(base="upload_own"), scenarios={"upload_own": asked}))
    text, _ = page_of(own)
    assert "{from: 2018, multiply: 0.8}" in text and "(national_steel_demand)" in text
    t = Locale("en").translate
    assert t("share.link_uploaded") in text and t("report.mean_stream") not in text
    single = contents.build_report(request_of(settings=Settings(base="projects_at_random", until=2025)))
    assert t("report.mean_stream") in page_of(single)[0]


def test_pages_open_without_waiting_for_what_only_reports_need():
    modules = "sys, views.pages.explore.chart_exports, views.shell.share"
    code = f"import {modules}; print({{'matplotlib', 'docx', 'openpyxl'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
