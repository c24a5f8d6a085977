"""What a person does in the app, in a headless Chromium against a real server."""

import json
import re
import zipfile

import pytest

from benchmarks.server import BROWSER_OPTIONS, browser_path, running_app

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

CHART = "[data-testid=stEChartsChart]"
CARD = ".card[data-figure={}] .card-value"
WAIT = 30_000
FIRST_WAIT = 240_000
"""Milliseconds; the first page may have to compile the model."""
expect.set_options(timeout=WAIT)


@pytest.fixture(scope="module")
def address():
    with running_app() as url:
        yield url


@pytest.fixture(scope="module")
def browser():
    executable = browser_path()
    assert executable, "no Chromium found; install the package `chromium` (scripts/ensure_browser.sh does)"
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_OPTIONS))
        yield started
        started.close()


@pytest.fixture
def visit(browser, address):
    """Opens a page of its own for each journey; requests to other machines and script errors fail the test."""
    opened, foreign, errors = [], [], []

    def open_page(query="", locale="en-US", size=(1280, 720)):
        page = browser.new_context(locale=locale, viewport={"width": size[0], "height": size[1]}).new_page()
        page.set_default_timeout(WAIT)
        page.on(
            "request", lambda r: foreign.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{query}")
        expect(page.locator("canvas")).to_have_count(2, timeout=FIRST_WAIT)
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.context.close()
    assert foreign == []
    assert errors == []


def told(page, position=0):
    """The text alternative of a chart, which holds its values."""
    return page.locator(CHART).nth(position).get_attribute("aria-label")


def test_moving_a_slider_by_keyboard_changes_charts_figures_and_address(visit):
    page = visit("?lang=en&charts=steel_output,steel_capacity")
    before, figure = told(page), page.locator(CARD.format("crude_steel_output")).inner_text()
    slider = page.locator("#lever-output_cap")
    slider.focus()
    for _ in range(3):
        slider.press("PageDown")
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    expect(page.locator(CARD.format("crude_steel_output"))).not_to_have_text(figure)
    expect(page.locator(".summary")).to_contain_text("Crude-steel output cap 315 →")
    expect(page).to_have_url(re.compile(r"set=output_cap:\d+"))
    after = told(page)
    page.reload()
    expect(page.locator(CHART).first).to_have_attribute("aria-label", after)


def test_each_lever_can_be_put_back_alone_and_all_together(visit):
    page = visit("?lang=en&set=output_cap:150,energy_efficiency:400")
    expect(page.locator(".slot.moved")).to_have_count(2)
    page.get_by_label("Back to the scenario's path: Energy-saving investment").click()
    expect(page.locator(".slot.moved")).to_have_count(1)
    page.get_by_role("button", name="Reset all levers").click()
    expect(page.locator(".slot.moved")).to_have_count(0)
    expect(page.locator(".summary")).to_contain_text("This is what happened")


SWEEP = "globalThis.hebei2025Preview?.sweep?.slot === 'output_cap'"


def drag(page, shares):
    """Hold the slider of the output cap and move it to parts of its track, once the browser has its sweep."""
    slider = page.locator("#lever-output_cap")
    for _ in range(60):
        page.mouse.move(900, 20)
        slider.hover()
        page.wait_for_timeout(2000)
        if page.evaluate(SWEEP):
            break
    assert page.evaluate(SWEEP), "no sweep came"
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    value, low, high = (float(slider.evaluate(f"e => e.{name}")) for name in ("value", "min", "max"))
    thumb = 14
    start = box["x"] + thumb / 2 + (box["width"] - thumb) * (value - low) / (high - low)
    page.mouse.move(start, middle)
    page.mouse.down()
    for share in shares:
        page.mouse.move(start if share is None else box["x"] + box["width"] * share, middle)
        page.wait_for_timeout(80)


def test_the_figures_follow_a_slider_while_it_is_dragged_and_the_exact_run_confirms_them(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    before, card = told(page), page.locator(CARD.format("crude_steel_output"))
    figure = card.inner_text()
    drag(page, [0.5, 0.4, 0.3, 0.2])
    expect(page.locator(".card.preview")).to_have_count(4)
    previewed = card.evaluate("e => e.firstChild.textContent")
    assert previewed != figure and told(page) == before, "no run before the release"
    page.mouse.up()
    expect(page.locator(".card.preview")).to_have_count(0)
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    exact = card.evaluate("e => e.firstChild.textContent")
    assert abs(float(exact) - float(previewed)) <= 2, (exact, previewed)


def test_a_slider_that_is_dragged_back_leaves_the_page_as_it_was(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:200")
    expect(page.locator("#lever-output_cap")).to_have_value("200")
    card = page.locator(CARD.format("crude_steel_output"))
    before, figure = told(page), card.inner_text()
    drag(page, [0.6, 0.8, None])
    page.mouse.up()
    expect(page.locator(".card.preview")).to_have_count(0)
    assert (told(page), card.inner_text()) == (before, figure)


BANDS = """() => {
  const node = document.querySelector(".stEChartsChart");
  if (!node) return -1;
  const key = Object.keys(node).find((name) => name.startsWith("__reactFiber$"));
  for (let fiber = node[key]; fiber; fiber = fiber.return)
    for (let hook = fiber.memoizedState; hook && typeof hook === "object"; hook = hook.next)
      if (typeof hook.memoizedState?.setOption === "function")
        return hook.memoizedState.getOption().series.filter(({ id }) => String(id).startsWith("band:")).length;
}"""


def test_bands_follow_by_themselves_once_the_sliders_rest(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:200")
    page.wait_for_function(f"({BANDS})() === 2", timeout=FIRST_WAIT)
    page.get_by_text("Show bands of uncertainty").click()
    page.wait_for_function(f"({BANDS})() === 0")


def test_a_link_opens_exactly_the_state_and_its_language(visit):
    page = visit("?v=1&lang=zh&base=no_document&set=capacity_closure.steel:30&charts=co2,cost&year=2025")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#lever-capacity_closure\\.steel")).to_have_value("30")
    assert told(page, 0).startswith("工业二氧化碳排放")
    expect(page.locator(".summary")).to_contain_text("没有该文件")
    english = visit("?v=1&lang=en&base=no_document&set=capacity_closure.steel:30&charts=co2,cost&year=2025")
    figures = [p.locator(".card-value").first.evaluate("e => e.firstChild.textContent") for p in (page, english)]
    assert figures[0] == figures[1]


def test_the_language_comes_from_the_browser_and_can_be_switched_without_losing_state(visit):
    page = visit("?set=output_cap:150", locale="zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    value = page.locator(".card-value").nth(2).evaluate("e => e.firstChild.textContent")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".card-name").nth(2)).to_have_text("Crude steel output")
    expect(page.locator("#lever-output_cap")).to_have_value("150")
    assert page.locator(".card-value").nth(2).evaluate("e => e.firstChild.textContent") == value
    expect(page).to_have_url(re.compile("lang=en"))


def test_the_information_of_a_lever_quotes_the_document(visit):
    page = visit("?lang=en")
    page.get_by_label("About this lever: Capacity discipline").click()
    shown = page.locator(".information:popover-open")
    expect(shown).to_contain_text("按照减量、做精、提质、上档要求促进过剩产能退出")
    expect(shown).to_contain_text("D, assumed")
    page.keyboard.press("Escape")
    expect(page.locator(".information:popover-open")).to_have_count(0)


BAD = """title: <img src=x onerror=alert(1)>
levers:
  output_cap: 9999
  no_such_lever: 1
"""
GOOD = """title: Strict cap
levers:
  output_cap: {2016: 400, 2018: 150}
"""


def upload(page, name, text):
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/yaml", "buffer": text.encode()}
    )


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
    expect(page.get_by_text("larger than 64 KB")).to_be_visible()
    expect(page.locator(CHART).first).to_have_attribute("aria-label", before)
    upload(page, "strict.yaml", GOOD)
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    expect(page.locator(".summary")).to_contain_text("Strict cap")


@pytest.mark.parametrize(
    ("language", "page_name", "check", "run", "download"),
    [
        ("en", "Batch", "Check and add", "Run the batch", "Download all results (ZIP)"),
        ("zh", "批量", "检查并加入", "运行这一批", "下载全部结果（ZIP）"),
    ],
)
def test_a_batch_is_written_mended_run_and_taken_away(visit, language, page_name, check, run, download):
    page = visit(f"?lang={language}")
    page.get_by_role("link", name=page_name).click()
    field = page.locator("textarea")
    field.fill(BAD)
    field.press("Control+Enter")
    page.get_by_role("button", name=check).click()
    expect(page.locator(".problems")).to_contain_text("my_scenario.yaml:3:")
    field.fill(GOOD)
    field.press("Control+Enter")
    page.get_by_role("button", name=check).click()
    expect(page.locator(".problems")).to_have_count(0)
    page.get_by_role("button", name=run).click()
    with page.expect_download(timeout=FIRST_WAIT) as waiting:
        page.get_by_role("button", name=download).click(timeout=FIRST_WAIT)
    with zipfile.ZipFile(waiting.value.path()) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("my_scenario/manifest.json"))
    assert {"comparison.csv", "no_document/indicators.csv", "my_scenario/timeseries.csv"} <= names
    assert manifest["title"]["en"] == "Strict cap"


def test_data_of_a_chart_follow_the_slider_and_can_be_downloaded(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    page.get_by_text("Data of this chart").first.click()
    expect(page.locator("[data-testid=stDataFrame]")).to_have_count(1)
    page.locator("#lever-output_cap").press("Home")
    expect(page.locator(".summary")).to_contain_text("315 → 100")
    page.wait_for_timeout(1000)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download data (CSV)").click()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Indicator,Kind,Year,Value,Unit,Source"
    now, happened = (
        next(float(line.split(",")[3]) for line in lines if line.startswith(f"Crude steel,{kind},2020,"))
        for kind in ("present settings", "as happened")
    )
    assert now < happened


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_nothing_overflows_and_the_charts_are_in_view_on_a_small_screen(visit, locale):
    page = visit("?set=capacity_closure.steel:45,capacity_discipline:0.2,smart_manufacturing:150", locale=locale)
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


def test_a_lever_of_innovation_is_found_moved_and_traced_to_its_clause(visit):
    page = visit("?lang=en&charts=research_personnel,tech_smes")
    groups = page.locator("details.group")
    expect(groups).to_have_count(8)
    expect(page.locator("details.group[open]")).to_have_count(2)
    innovation = page.locator("details[data-group=innovation]")
    innovation.locator("summary").press("Enter")
    expect(innovation).to_have_attribute("open", "")
    before, lead = told(page, 1), page.locator(CARD.format("public_cost")).inner_text()
    page.locator("#lever-sme_support").press("End")
    expect(page.locator(CHART).nth(1)).not_to_have_attribute("aria-label", before)
    expect(page.locator(CARD.format("public_cost"))).not_to_have_text(lead)
    expect(innovation).to_have_class(re.compile("changed"))
    expect(innovation.locator(".differing")).to_have_text("● 1")
    expect(innovation).to_have_attribute("open", "")
    page.get_by_role("link", name="Document").click()
    expect(page.locator(".stMainBlockContainer .page-note").first).to_contain_text("188 of 188 clauses placed")
    expect(page.locator(".clause-details")).to_be_visible()
    page.get_by_role("combobox", name="Lever").fill("young technology")
    page.get_by_role("option", name="Support of young technology firms").click()
    details = page.locator(".clause-details")
    expect(details).to_contain_text("sme_support")
    expect(details).to_contain_text("now 60")
    page.get_by_role("link", name="Explore").click()
    expect(page.locator("details[data-group=innovation]")).to_have_attribute("open", "")
    expect(page.locator("#lever-sme_support")).to_have_value("60")


def test_the_search_of_the_panel_finds_levers_in_both_languages_and_leaves_groups_as_they_were(visit):
    page = visit("?lang=en")
    box = page.get_by_label("Find a lever")
    for words in ("retraining", "转岗", "worker_retraining"):
        box.fill(words)
        expect(page.locator(".lever:visible")).to_have_count(1)
        expect(page.locator("#lever-worker_retraining")).to_be_visible()
        expect(page.locator(".found")).to_have_text("Levers found: 1")
    box.fill("no such lever")
    expect(page.locator(".found")).to_have_text("No lever has this name.")
    box.fill("")
    expect(page.locator("details.group[open]")).to_have_count(2)
    page.get_by_label("Open all groups").click()
    expect(page.locator("details.group[open]")).to_have_count(8)
    page.get_by_label("Close all groups").click()
    expect(page.locator("details.group[open]")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "document", "regions"), [("en-US", "Document", "Regions"), ("zh-CN", "文件", "区域")]
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
    assert {"As happened (baseline)", "No document", "Document implemented"} <= set(legend)
    expect(page.locator("[data-testid=stDataFrame]")).to_have_count(3)
    upload(page, "strict.yaml", GOOD)
    expect(page.locator(".js-plotly-plot .legendtext", has_text="Strict cap (uploaded)")).to_have_count(1)
