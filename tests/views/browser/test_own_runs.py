"""Own runs and assumptions on Explore: changed, kept, compared, come back to after a reload, embedded elsewhere."""

import re

import numpy as np

from model.scenario import shipped_scenarios
from views.results import simulation
from views.results.links import from_link
from views.results.settings import scenario_of

from .support import expect, upload
from .test_explore import READY, SERIES, assert_page_shows

UPLOADED = "title: Strict cap\nlevers:\n  output_cap: {2016: 3, 2018: -5}\n"


def settings_of(page):
    found, refused = from_link(dict(re.findall(r"[?&]([^=&]+)=([^&]*)", page.url)))
    assert refused == []
    return found


def test_an_assumption_moves_the_run_and_is_in_link_words_and_report(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    page.get_by_role("button", name="Assumptions").click()
    demand = page.locator("[id='assume-national_steel_demand']")
    expect(page.locator(".assumption").first).to_contain_text("Source")
    for _ in range(10):
        demand.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"drv=national_steel_demand:0\.9\b"))
    page.get_by_label("Find an assumption").fill("saving_cost")
    cost = page.locator("[id='assume-saving_cost']")
    cost.press("End")
    expect(page).to_have_url(re.compile(r"par=saving_cost:50\b"))
    expect(page.locator(".summary")).to_contain_text("Assumptions changed: Investment per yearly tce saved 26.49 → 50")
    run = simulation.runner(2025).run(scenario_of(settings_of(page), shipped_scenarios()))
    assert_page_shows(page, run, "en", ("steel_output", "co2"))
    page.reload()
    page.get_by_role("button", name="Assumptions").click()
    expect(demand).to_have_value("0.9")
    page.get_by_label("Back to the default: National crude-steel demand, unrecorded part included").click()
    expect(page).not_to_have_url(re.compile("drv="))


def test_a_run_is_kept_loaded_again_compared_and_in_the_link(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=capacity_closure.steel:d2")
    page.get_by_text("Keep this run", exact=True).first.click()
    page.get_by_label("Name of the run").fill("Closure two years later")
    page.get_by_role("button", name="Keep this run").click()
    expect(page.get_by_role("button", name="Load: Closure two years later")).to_be_visible()
    expect(page).to_have_url(re.compile("keep=Closure"))
    page.get_by_role("button", name="Reset all").click()
    expect(page).not_to_have_url(re.compile("[?&]set="))
    page.get_by_role("button", name="Load: Closure two years later").click()
    expect(page).to_have_url(re.compile("[?&]set=capacity_closure.steel:d2"))
    page.get_by_role("button", name="Compare runs").click()
    expect(page.get_by_text("My present settings").first).to_be_visible()
    expect(page.get_by_text("Closure two years later").first).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("Closure two years later").first).to_be_visible()


def test_an_uploaded_scenario_survives_a_reload(visit):
    page = visit("?lang=en")
    page.locator("[data-testid=stPopover] button").first.click()
    upload(page, "strict.yaml", UPLOADED)
    expect(page.locator(".base")).to_have_value("upload_strict")
    expect(page).to_have_url(re.compile("base=upload_strict"))
    page.reload()
    expect(page.locator(".base")).to_have_value("upload_strict")
    expect(page.locator(".problems")).to_have_count(0)


def test_one_chart_is_embedded_with_its_settings(visit, browser):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:-5")
    page.get_by_label("More about the chart: First chart").click()
    page.get_by_role("button", name="Code to embed this chart").click()
    code = page.locator("textarea.code:visible").input_value()
    source = re.search(r'src="([^"]+)"', code)[1].replace("&amp;", "&")
    frame = browser.new_context(viewport={"width": 720, "height": 480}).new_page()
    frame.goto(source)
    frame.wait_for_function(READY)
    expect(frame.locator(".chart:visible")).to_have_count(1)
    expect(frame.locator(".side")).to_be_hidden()
    shown, here = (dict(one.evaluate(SERIES, 0))["line:steel_output"] for one in (frame, page))
    np.testing.assert_allclose([v for _, v in shown], [v for _, v in here], rtol=1e-12)
    expect(frame.locator(".chart h2:visible")).to_have_text("Crude steel output (Mt)")
    expect(frame.locator(".alone-head p:visible")).to_contain_text("Permitted change of crude steel")
    whole = frame.get_by_role("link", name="Open with all levers").get_attribute("href")
    assert "embed" not in whole and "view" not in whole and "set=output_cap:-5" in whole
    assert "allowfullscreen" in code
    box = frame.locator(".canvas").first.bounding_box()
    assert box["y"] + box["height"] <= 480 and box["width"] > 600
    frame.context.close()


def test_a_picture_of_a_chart_has_its_title_and_link(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    page.get_by_label("More about the chart: Second chart").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture with title and link (PNG)").click()
    assert waiting.value.path().read_bytes()[:4] == b"\x89PNG"


def test_a_chart_fills_the_whole_screen_and_shrinks_again(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    wide = "() => globalThis.hebei2025Explore.page.plots.map((plot) => plot.chart().getWidth())"
    before = page.evaluate(wide)
    page.get_by_label("More about the chart: First chart").click()
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function(f"({wide})()[0] > {1.5 * before[0]}")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function(f"({wide})()[0] === {before[0]}")
    assert page.evaluate(wide) == before
