"""Taking results away: the report in both languages, and a chart as Excel file and picture."""

import io
import zipfile

import pytest

from views.language import Locale

from .support import CARD, expect, own_text, taken

BUTTONS = {
    "en": ("Share and files", "Make a report", "Download report (HTML)", "Download report (Word)"),
    "zh": ("分享与文件", "生成报告", "下载报告（HTML）", "下载报告（Word）"),
}


@pytest.mark.parametrize("language", BUTTONS)
def test_a_report_is_made_taken_away_and_reads_well_on_its_own(visit, browser, tmp_path, language):
    share, make, as_html, as_word = BUTTONS[language]
    page = visit(f"?lang={language}&set=output_cap:-5&charts=co2,lead")
    figure = own_text(page.locator(CARD.format("crude_steel_output")))
    page.get_by_role("button", name=share).click()
    page.get_by_role("button", name=make).click()
    expect(page.get_by_role("button", name=as_html)).to_be_visible()
    document, written = taken(page, as_html), taken(page, as_word)
    assert document.suggested_filename == f"hebei2025_{language}.html"
    with zipfile.ZipFile(io.BytesIO(written.path().read_bytes())) as archive:
        assert "output_cap" in archive.read("word/document.xml").decode()

    document.save_as(tmp_path / "report.html")
    live = browser.new_context(offline=True).new_page()
    live.goto((tmp_path / "report.html").as_uri())
    live.get_by_role("button", name=Locale(language).translate("live.way")).click()
    expect(live.locator(CARD.format("crude_steel_output"))).to_contain_text(figure)
    live.context.close()
    asked = []
    alone = browser.new_context(java_script_enabled=False, viewport={"width": 794, "height": 1123}).new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.set_content(document.path().read_text(encoding="utf-8"))
    assert asked == []
    expect(alone.locator("html")).to_have_attribute("lang", {"en": "en", "zh": "zh-CN"}[language])
    expect(alone.locator("table").first).to_contain_text(figure)
    expect(alone.locator("figure svg")).to_have_count(6)
    for place in range(6):
        box = alone.locator("figure svg").nth(place).bounding_box()
        assert box["width"] > 500 and box["x"] + box["width"] <= 794
    wide = alone.locator("body").bounding_box()["width"]
    assert alone.locator("html").evaluate("e => e.scrollWidth") <= 794 and wide <= 794
    alone.context.close()


def test_a_chart_is_taken_away_as_excel_file_and_pictures(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    page.get_by_text("Data of this chart").first.click()
    book = taken(page, "Download data (Excel)")
    assert book.suggested_filename == "steel_output.xlsx" and book.path().read_bytes()[:2] == b"PK"
    assert taken(page, "Download picture (PNG)").path().read_bytes()[:4] == b"\x89PNG"
    drawn = taken(page, "Download picture (SVG)").path().read_text(encoding="utf-8")
    assert "Crude steel output" in drawn and "<script" not in drawn


def test_charts_of_other_pages_are_told_in_words_and_have_their_data_below(visit):
    page = visit("?lang=en")
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    expect(page.get_by_label("Small multiples. Panels: Equipment share minus steel share")).to_have_count(1)
    page.get_by_text("Data of this chart").click()
    content = taken(page, "Download data (CSV)").path().read_text(encoding="utf-8-sig")
    assert content.startswith("Scenario,Indicator,Year,Value,Unit")
    assert "Without the plan,Crude steel output,2020," in content
