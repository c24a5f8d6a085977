"""Files of single charts: pictures and workbooks."""

import io

import numpy as np
import pytest
from openpyxl import load_workbook
from PIL import Image

from model.scenario import BASELINE, shipped_scenarios
from views.charts import pictures
from views.charts.labels import shorten, spread
from views.charts.plot import plot_of
from views.language import LANGUAGES, Locale
from views.pages.explore import chart_exports
from views.report import word, workbook
from views.report.blocks import Picture
from views.results.catalogue import CHARTS
from views.results.settings import Settings

from .report_support import LINK, SETTINGS


def pixels(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_shows_the_line_in_its_colour_and_follows_the_run(language, now, ghost):
    plot = plot_of(CHARTS["steel_output"], now, ghost, {}, Locale(language))
    same = plot_of(CHARTS["steel_output"], ghost, ghost, {}, Locale(language))
    image, other = pixels(pictures.png(plot)), pixels(pictures.png(same))
    assert image.shape[1] == round(pictures.WIDTH * pictures.DOTS)
    coloured = (np.abs(image - np.array([0xD5, 0x5E, 0x00])).sum(axis=2) < 12).sum()
    assert coloured > 2000
    assert image.shape == other.shape and (image != other).any(axis=2).sum() > 2000
    assert pictures.svg(plot) == pictures.svg(plot), "the same chart gives the same file"


def test_without_a_chinese_font_words_in_pictures_are_english_and_the_report_says_so(monkeypatch, reports):
    from docx import Document

    plot = next(block.plot for block in reports["zh"].blocks if isinstance(block, Picture))
    assert pictures.drawn_locale(plot) == Locale("zh")
    in_english = pictures.png(plot.english)
    monkeypatch.setattr(pictures, "chinese_font", lambda: None)
    assert pictures.drawn_locale(plot) == Locale("en") and pictures.png(plot) == in_english
    told = [p.text for p in Document(io.BytesIO(word.word_file(reports["zh"]))).paragraphs]
    assert told.count(Locale("zh").translate("report.no_font")) == 6
    assert "实际政策" in pictures.svg(plot), "the reader of an SVG has the font"


def test_a_long_name_of_a_scenario_is_cut_to_fit():
    assert shorten("短", 2) == "短" and shorten("abc", 3) == "abc"
    assert shorten("河北省" * 50, 100) == ("河北省" * 50)[:49] + "…"


def test_names_of_lines_are_moved_apart_in_their_order():
    placed = spread([50.0, 51.0, 52.0, 99.0], 10.0, 100.0)
    assert placed == pytest.approx([41.0, 51.0, 61.0, 99.0])
    assert spread([99.0, 98.0, 1.0], 10.0, 100.0) == pytest.approx([100.0, 90.0, 1.0])


def test_the_workbook_holds_the_figures_their_unit_and_what_they_are(now, ghost):
    scenario = shipped_scenarios()[SETTINGS.base]
    shown = chart_exports.ChartExport(CHARTS["steel_output"], SETTINGS, scenario, True, Locale("zh"), LINK)
    data, notes = load_workbook(io.BytesIO(shown.excel())).worksheets
    assert (data.title, notes.title) == ("数据", "说明")
    rows = list(data.iter_rows(values_only=True))
    assert rows[0] == ("指标", "类别", "年份", "数值", "单位", "来源")
    value = next(r for r in rows if r[1] == "当前设置" and r[2] == 2020)
    steel = now.at(2020, "crude_steel_output", "steel")
    assert value[3] == pytest.approx(steel / 100, rel=1e-5) and value[4] == "亿吨"
    outer = shown.plot().lines[0].bands[0]
    ends = [r for r in rows if r[1] == "90%区间（加模型误差）: 下限"]
    assert [r[3] for r in ends] == pytest.approx(list(outer.low), rel=1e-5)
    told = dict(row[:2] for row in notes.iter_rows(values_only=True))
    assert told["link"] == LINK and told["情景"] == f"{scenario.text('title', 'zh')}，已移动2个滑块"
    assert len(workbook.about(shown.plot(), workbook.Origin(Settings(), shipped_scenarios()[BASELINE], "", "")))
