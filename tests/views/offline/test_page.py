"""The file of the Explore page, opened from disk without network, on a desk and on a phone, in both languages."""

import re
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from cli.offline import MOST_BYTES
from model.scenario import shipped_scenarios
from tests.views.browser.support import expect, told
from tests.views.browser.test_accessibility import serious
from tests.views.browser.test_explore import READY, SHOWN, assert_page_shows, hold, run_of
from views.component import model_data
from views.language import LANGUAGES, TAGS, Locale
from views.results import simulation
from views.results.links import from_link
from views.results.settings import Settings, scenario_of
from views.standalone.data import MERGED, sections

from .support import go_to, query_of

WIDTHS = (1440, 390)
CHOSEN = f"charts={','.join(SHOWN)}"


def state(page, known=()):
    """The settings that the address of the page holds, all of whose parts can be used."""
    query = dict(parse_qsl(urlsplit(page.url).fragment))
    settings, refused = from_link(query, [*shipped_scenarios(), *known])
    assert refused == []
    return settings


def run_in_python(settings, *more):
    """The run of settings in Python."""
    scenarios = {**shipped_scenarios(), **{one.name: one for one in more}}
    return simulation.runner(settings.until).run(scenario_of(settings, scenarios))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_file_shows_exact_runs_without_network(open_file, language, width):
    page = open_file(f"lang={language}&{CHOSEN}", width=width)
    expect(page.locator("html")).to_have_attribute("lang", TAGS[language])
    expect(page.locator("#loading")).to_be_hidden()
    expect(page.locator("#notice")).to_be_hidden()
    assert_page_shows(page, run_of(), language)
    slider = page.locator("#lever-capacity_discipline")
    slider.focus()
    for _ in range(5):
        slider.press("ArrowLeft")
    page.wait_for_function(READY)
    expect(page.locator(".slot.moved")).to_have_count(1)
    settings = state(page)
    assert list(settings.moved) == ["capacity_discipline"]
    assert_page_shows(page, run_in_python(settings), language)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_slider_is_dragged(open_file, width):
    page = open_file(f"lang=en&{CHOSEN}", width=width)
    move = hold(page, "output_cap")
    move(0.3)
    page.mouse.up()
    page.wait_for_function(READY)
    assert list(state(page).moved) == ["output_cap"]
    assert_page_shows(page, run_in_python(state(page)), "en")


def test_a_scenario_and_a_last_year_are_chosen(open_file, own):
    page = open_file(f"lang=zh&{CHOSEN}", language="zh")
    page.locator("select.base").select_option("document_implemented")
    expect(page.locator(".summary")).to_contain_text(shipped_scenarios()["document_implemented"].text("title", "zh"))
    assert_page_shows(page, run_of("document_implemented"), "zh")
    page.get_by_role("combobox", name=Locale("zh").translate("component.until")).select_option("2035")
    page.locator(".top-row .segments").get_by_role("button", name="2035").click()
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    page.wait_for_function(READY)
    assert (state(page).until, state(page).year) == (2035, 2035)
    results = page.evaluate("[...globalThis.hebei2025Explore.page.results.crude_steel_output]")
    np.testing.assert_allclose(results, run_in_python(state(page)).series("crude_steel_output"), rtol=1e-12)
    page.locator("select.base").select_option(own.name)
    expect(page.locator(".summary")).to_contain_text(f"“{own.title}”")
    assert_page_shows_until(page, own)


def assert_page_shows_until(page, own):
    """The present run is that of the scenario in Python."""
    settings = state(page, [own.name])
    assert settings.base == own.name
    results = page.evaluate("[...globalThis.hebei2025Explore.page.results.crude_steel_output]")
    np.testing.assert_allclose(results, run_in_python(settings, own).series("crude_steel_output"), rtol=1e-12)


def test_every_scenario_until_every_year_has_its_own_inputs(own):
    scenarios = {own.name: own, **shipped_scenarios()}
    inputs = sections(scenarios)["common"]["inputs"]
    assert list(inputs) == ["2025", "2030", "2035"]
    for until, by_scenario in inputs.items():
        assert set(by_scenario) == set(scenarios)
        first = by_scenario["as_happened"]
        for key, scenario in scenarios.items():
            whole = {**by_scenario[key]} | {part: first[part] | by_scenario[key][part] for part in MERGED}
            assert whole == model_data.model_inputs(scenario, int(until)), (until, key)


def test_the_language_is_switched_and_the_state_stays(open_file):
    page = open_file(f"lang=en&set=output_cap:-5&{CHOSEN}", width=390)
    slider = page.locator("#lever-output_cap")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    before = state(page)
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_title("河北制造2025")
    expect(page.locator(".summary")).to_contain_text("粗钢")
    assert state(page) == before
    assert "lang=zh" in page.url
    assert_page_shows(page, run_in_python(before), "zh")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    assert state(page).moved["output_cap"].hold == -5
    assert "lang=zh" in page.url
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.go_back()
    page.wait_for_function(READY)
    assert state(page) == before, "Back returns to what stood before the undo"
    expect(page.locator(".summary")).to_contain_text("粗钢")


def test_a_link_opens_the_same_state_again(open_file):
    page = open_file(f"lang=en&{CHOSEN}")
    page.get_by_role("button", name="Steel closures two years later?").click()
    expect(page.locator(".summary")).to_contain_text("2 years later")
    page.locator(".kept summary").click()
    page.get_by_role("textbox", name="Name of the run").fill("Later | closures; two years")
    page.get_by_role("button", name="Keep this run", exact=True).click()
    expect(page.locator(".kept .load")).to_have_text("Later / closures, two years".replace("/", "|").replace(",", ";"))
    address, chart, sentence = page.url, told(page), page.locator(".summary").text_content()
    again = open_file(urlsplit(address).fragment, language="zh")
    assert (told(again), again.locator(".summary").text_content()) == (chart, sentence)
    again.locator(".kept summary").click()
    expect(again.locator(".kept .load")).to_have_text("Later / closures, two years")
    again.get_by_role("button", name="Reset all").click()
    expect(again.locator(".summary")).to_have_text(Locale("en").translate("summary.baseline"))
    again.locator(".kept .load").click()
    expect(again.locator(".summary")).to_have_text(sentence)
    again.get_by_role("button", name=re.compile("^Keep no longer")).click()
    expect(again.locator(".kept .load")).to_have_count(0)
    assert "keep=" not in again.url
    again.reload()
    expect(again.locator(".summary")).to_have_text(sentence)


def test_assumptions_are_changed_and_those_that_matter_are_found(open_file):
    page = open_file(f"lang=en&{CHOSEN}", width=390)
    page.get_by_role("button", name="Assumptions", exact=True).click()
    slider = page.locator("#assume-national_steel_demand")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.locator(".summary")).to_contain_text("Assumptions changed")
    assert set(state(page).drivers) == {"national_steel_demand"}
    assert_page_shows(page, run_in_python(state(page)), "en")
    page.get_by_role("button", name="Which matter most here?").click()
    expect(page.locator(".strongest .effect").first).to_be_visible()


def test_what_needs_the_app_is_absent_and_the_file_says_so(open_file):
    page = open_file("lang=en&set=output_cap:-5")
    expect(page.locator(".note", has_text="Single runs without uncertainty")).to_be_visible()
    for gone in (".bands", ".why", "a.badge[href]", ".card-certainty", ".kept > .tool"):
        assert [one for one in page.locator(gone).all() if one.is_visible()] == [], gone
    page.locator(".chart .info").first.click()
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="About this file").click()
    expect(page.locator("#about")).to_contain_text("It does not show how uncertain results are")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset all").click()
    questions = page.locator(".question").all_text_contents()
    assert questions == [
        *("Steel closures two years later?", "More equipment renovation?"),
        *("Which assumption matters most?", "Closures without supervision?"),
    ]
    for each in questions:
        page.get_by_role("button", name=each).click()
        page.wait_for_timeout(300)
        expect(page.locator(".in-words.waiting")).to_have_count(0)
        go_to(page, query_of(Settings(), "en"))
    legend = "globalThis.hebei2025Explore.page.plots[0].chart().getOption().legend[0].data.map(({ name }) => name)"
    assert not [name for name in page.evaluate(legend) if "90" in name]


def test_a_picture_of_a_chart_is_saved_without_the_place_of_the_file(open_file, tmp_path):
    page = open_file(f"lang=en&{CHOSEN}", script=DRAWN_TEXTS)
    page.locator(".chart .info").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture with title and link").click()
    waiting.value.save_as(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    texts = page.evaluate("globalThis.drawnTexts")
    assert any(text.startswith("#v=1&lang=en") for text in texts)
    assert not [text for text in texts if "file:" in text]


DRAWN_TEXTS = """
  globalThis.drawnTexts = [];
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    globalThis.drawnTexts.push(String(text));
    return fillText.call(this, text, ...rest);
  };
"""


def test_the_file_forbids_every_request(open_file):
    page = open_file()
    told_of = page.evaluate("""() => new Promise((tell) => {
      addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective));
      fetch("http://127.0.0.1:9/").catch(() => {});
    })""")
    assert told_of == "connect-src"


@pytest.mark.parametrize(
    "script",
    [
        "delete globalThis.WebAssembly;",
        "delete globalThis.DecompressionStream;",
        "WebAssembly.compile = () => Promise.reject(new Error('refused'));",
    ],
)
def test_where_the_model_cannot_run_the_file_says_so(open_file, script):
    page = open_file("lang=en", script=script, drawn=False)
    expect(page.get_by_role("alert")).to_contain_text("This browser cannot run the model")
    expect(page.locator("#loading")).to_be_hidden()


def test_a_viewer_that_lets_no_page_write_its_address_still_runs_the_model(open_file):
    refuse = "history.replaceState = history.pushState = () => { throw new DOMException('no', 'SecurityError'); };"
    page = open_file("", script=refuse)
    slider = page.locator("#lever-output_cap")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.locator(".summary")).to_contain_text("Permitted change of crude steel")


def test_the_file_is_small_and_names_no_place(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    own = re.sub(r'<script type="text/plain".*?</script>', "", text, flags=re.DOTALL)
    places = set(re.findall(r"https?://[\w./-]+", own))
    assert places == {"http://www.w3.org/2000/svg"}
