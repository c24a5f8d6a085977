"""Going through the pages in a headless Chromium: files, batches, data, clauses, on a small screen too."""

import json
import zipfile

import pytest

from views.language import LANGUAGES, Locale
from views.pages.classroom.lessons import lessons

from .support import BAD, CHART, GOOD, expect, taken, told, upload


def test_a_bad_file_is_refused_with_lines_and_a_good_one_opens(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    before = told(page)
    page.get_by_role("button", name="Share and files").click()
    upload(page, "bad.yaml", BAD)
    problems = page.locator(".problems")
    expect(problems).to_contain_text("bad.yaml:3:")
    expect(problems).to_contain_text("bad.yaml:4:")
    assert page.locator("img[src=x]").count() == 0
    upload(page, "large.yaml", "# " + "x" * 70_000)
    expect(page.get_by_text("the file is too large")).to_be_visible()
    expect(page.locator(CHART).first).to_have_attribute("aria-label", before)
    upload(page, "strict.yaml", GOOD)
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    expect(page.locator(".summary")).to_contain_text("Strict cap")


@pytest.mark.parametrize(
    ("language", "page_name", "check", "run", "download"),
    [
        ("en", "Batch", "Check and add", "Run the batch", "Download all results (ZIP)"),
        ("zh", "批量", "检查并加入", "开始批量运行", "下载全部结果（ZIP）"),
    ],
)
def test_a_batch_is_written_mended_run_and_taken_away(visit, language, page_name, check, run, download):
    page = visit(f"?lang={language}")
    page.get_by_role("link", name=page_name).click()
    field = page.locator(".st-key-w_batch_text textarea")
    field.fill(BAD)
    field.press("Control+Enter")
    page.get_by_role("button", name=check).click()
    expect(page.locator(".problems")).to_contain_text(
        {"en": "my_scenario.yaml:3:", "zh": "my_scenario.yaml 第3行："}[language]
    )
    field.fill(GOOD)
    field.press("Control+Enter")
    page.get_by_role("button", name=check).click()
    expect(page.locator(".problems")).to_have_count(0)
    page.get_by_role("button", name=run).click()
    expect(page.get_by_role("button", name=download)).to_be_visible()
    with zipfile.ZipFile(taken(page, download).path()) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("my_scenario/manifest.json"))
    assert {"comparison.csv", "no_document/indicators.csv", "my_scenario/timeseries.csv"} <= names
    assert manifest["title"]["en"] == "Strict cap"


def test_data_of_a_chart_follow_the_slider_and_can_be_downloaded(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    page.get_by_text("Data of this chart").first.click()
    expect(page.locator("[data-testid=stDataFrame]")).to_have_count(2)
    page.locator("#lever-output_cap").press("Home")
    expect(page.locator(".summary")).to_contain_text("Permitted change of crude steel at one value, −10.0 %")
    page.wait_for_timeout(1000)
    content = taken(page, "Download data (CSV)").path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Indicator,Kind,Year,Value,Unit,Source"
    now, happened = (
        next(float(line.split(",")[3]) for line in lines if line.startswith(f"Crude steel,{kind},2020,"))
        for kind in ("present settings", "actual policies")
    )
    assert now < happened


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_nothing_overflows_and_the_charts_are_in_view_on_a_small_screen(visit, locale):
    page = visit("?set=capacity_closure.steel:40,capacity_discipline:0.2,smart_manufacturing:120", locale=locale)
    page.wait_for_timeout(500)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.card, .card *, .summary, .stMainBlockContainer')]
            .filter(e => !e.classList.contains('card-name') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
            .map(e => e.className)"""
    )
    assert wide == []
    box = page.locator(CHART).nth(1).bounding_box()
    assert box["x"] + box["width"] <= 1280 and box["y"] + box["height"] <= 720
    assert page.screenshot()[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("locale", "document", "regions"), [("en-US", "Document", "Regions"), ("zh-CN", "政策原文", "区域")]
)
def test_document_and_regions_fit_a_small_screen(visit, locale, document, regions):
    page = visit(locale=locale)
    for name, there in ((document, ".clause-details"), (regions, ".js-plotly-plot")):
        page.get_by_role("link", name=name).click()
        expect(page.locator(there)).to_be_visible()
        wide = page.evaluate("() => document.querySelector('.stMainBlockContainer').scrollWidth")
        assert wide <= page.locator(".stMainBlockContainer").bounding_box()["width"] + 1


def test_compare_shows_scenarios_side_by_side(visit):
    page = visit("?lang=en")
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    legend = page.locator(".js-plotly-plot .legendtext").all_text_contents()
    assert {"Actual policies (baseline)", "Without the plan", "Plan fully implemented"} <= set(legend)
    # The ranking, which comes when the draws are there; differences, targets, levers.
    expect(page.locator("[data-testid=stDataFrame]")).to_have_count(4)
    expect(page.get_by_role("heading", name="How sure is the order in 2025?")).to_be_visible()
    upload(page, "strict.yaml", GOOD)
    expect(page.locator(".js-plotly-plot .legendtext", has_text="Strict cap (uploaded)")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_is_done_from_the_prediction_to_the_sheet(visit, language):
    t, lesson = Locale(language).translate, lessons()["closure"]
    page = visit(f"?lang={language}")
    page.get_by_role("link", name=t("page.classroom")).click()
    expect(page.get_by_text(lesson.question[language])).to_be_visible()
    run = page.get_by_role("button", name=t("classroom.run"))
    expect(run).to_be_disabled()
    page.get_by_text(lesson.choices[2][language], exact=True).click()
    run.click()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.get_by_role("button", name=t("classroom.reveal")).click()
    right = lesson.choices[lesson.right][language]
    expect(page.get_by_text(t("classroom.wrong", answer=right))).to_be_visible()
    page.get_by_role("button", name=t("classroom.to_debrief")).click()
    expect(page.locator(".roles > div")).to_have_count(len(lesson.roles))
    sheet = taken(page, t("classroom.sheet")).path().read_text(encoding="utf-8")
    assert lesson.title[language] in sheet and right in sheet and lesson.choices[2][language] in sheet
    page.get_by_role("button", name=t("classroom.again")).click()
    expect(run).to_be_disabled()
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
