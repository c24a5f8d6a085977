"""The live block of a report, opened from disk without network, on a desk and on a phone, in both languages."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from model.scenario import parse_scenario, shipped_scenarios
from tests.views.app.report_support import HOSTILE, SETTINGS, page_of, request_of
from tests.views.browser.support import CARD, expect, own_text
from tests.views.browser.test_accessibility import serious
from tests.views.browser.test_explore import READY, assert_page_shows
from views.language import LANGUAGES, Locale
from views.report import contents, html
from views.results import simulation
from views.results.catalogue import HEADLINES
from views.results.links import from_link
from views.results.settings import Settings, scenario_of
from views.standalone.report_block import live_block

from .test_page import WIDTHS

MOST_BYTES = 2_000_000
"""Size of a report with its live block that is not exceeded, so that it goes by mail."""


def run_of(settings, scenarios=None):
    return simulation.runner(settings.until).run(scenario_of(settings, scenarios or shipped_scenarios()))


def settings_of(page, known=None):
    """The settings in the address of the page, all of whose parts can be used."""
    settings, refused = from_link(dict(parse_qsl(urlsplit(page.url).fragment)), known)
    assert refused == []
    return settings


def to_live(page, language):
    """Go to the live block by the button at the top of the report."""
    page.get_by_role("button", name=Locale(language).translate("live.way")).click()
    expect(page.locator(".explore canvas")).to_have_count(2)
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    page.wait_for_function(READY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_moves_the_levers_of_the_run_and_comes_back_to_it(open_offline, reports, language, width):
    t = Locale(language).translate
    page = open_offline((reports / f"{language}.html").as_uri(), language, width)
    assert page.locator(".explore").count() == 0, "the report is read first"
    to_live(page, language)
    assert_page_shows(page, run_of(SETTINGS), language, SETTINGS.charts)
    for indicator in HEADLINES:
        name = own_text(page.locator(f".card[data-figure={indicator}] .card-name"))
        row = page.locator("body > .table").first.locator("tr", has_text=name)
        assert own_text(page.locator(f"{CARD.format(indicator)} .number")) == row.locator("td").nth(2).text_content()
    told, back = page.get_by_text(t("live.same")), page.get_by_role("button", name=t("live.back"))
    expect(told).to_be_visible()
    expect(back).to_be_disabled()
    slider = page.locator("#lever-output_cap")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.get_by_text(t("live.changed"))).to_be_visible()
    assert settings_of(page).moved["output_cap"].hold == -5.5
    assert_page_shows(page, run_of(settings_of(page)), language, SETTINGS.charts)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page, "#live") == []
    assert serious(page, options={"runOnly": ["scrollable-region-focusable"]}) == []
    page.reload()
    expect(page.get_by_text(t("live.changed"))).to_be_attached()
    back.click()
    expect(told).to_be_attached()
    assert (settings_of(page).base, settings_of(page).moved) == (SETTINGS.base, SETTINGS.moved)
    assert_page_shows(page, run_of(SETTINGS), language, SETTINGS.charts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_and_on_paper_the_report_is_whole(browser, reports, language):
    t = Locale(language).translate
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((reports / f"{language}.html").as_uri())
    expect(page.locator("figure svg")).to_have_count(6)
    assert t("live.no_scripts") in page.locator("noscript").text_content()
    expect(page.locator("#to_live")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text(t("live.heading"))).to_be_hidden()
    expect(page.locator("figure svg").first).to_be_visible()
    context.close()


def test_on_paper_a_report_is_the_same_whether_its_live_block_runs_or_not(open_offline, reports):
    page = open_offline((reports / "en.html").as_uri())
    to_live(page, "en")
    page.emulate_media(media="print")
    assert not page.locator("#live").is_visible() and not page.locator("#to_live").is_visible()
    shown = "[...document.body.children].filter((one) => one.getClientRects().length)"
    end = page.evaluate(f"scrollY + {shown}.at(-1).getBoundingClientRect().bottom")
    assert page.evaluate("document.documentElement.scrollHeight") - end < 60


def test_nothing_of_the_app_is_offered_and_the_block_forbids_every_request(open_offline, reports):
    page = open_offline((reports / "en.html").as_uri())
    to_live(page, "en")
    page.locator(".chart .info").first.click()
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()
    expect(page.get_by_role("button", name="Code to embed this chart")).to_be_hidden()
    titles = [shipped_scenarios()[name].title["en"] for name in ("as_happened", SETTINGS.base)]
    assert page.locator("select.base option").all_text_contents() == titles
    told_of = page.evaluate("""() => new Promise((tell) => {
      addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective));
      fetch("http://127.0.0.1:9/").catch(() => {});
    })""")
    assert told_of == "connect-src"


def test_the_block_of_an_uploaded_scenario_starts_from_it_and_its_title_is_only_text(open_offline, tmp_path):
    own = parse_scenario('title: "</script><b>x</b>"\nlevers: {output_cap: -4}\nparameters: {}\n', "own")
    scenarios, settings = {"upload_x": own}, Settings(base="upload_x", charts=("steel_output", "co2"))
    request = request_of("en", settings, scenarios)
    path = tmp_path / "report.html"
    path.write_bytes(html.html_file(contents.build_report(request), live_block(request)))
    page = open_offline(path.as_uri())
    to_live(page, "en")
    expect(page.locator("select.base option:checked")).to_have_text("</script><b>x</b>")
    assert_page_shows(page, run_of(settings, scenarios), "en", settings.charts)
    assert page.locator(".explore b", has_text="x").count() == 0


@pytest.mark.parametrize("script", ["delete globalThis.WebAssembly;", "delete globalThis.DecompressionStream;"])
def test_where_the_model_cannot_run_the_report_stays_and_says_so(open_offline, reports, script):
    page = open_offline((reports / "en.html").as_uri(), script=script)
    expect(page.get_by_role("alert")).to_contain_text("This browser cannot run the live model")
    expect(page.locator("#to_live")).to_be_hidden()
    expect(page.locator("figure svg")).to_have_count(6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_stays_small_with_names_of_its_own_and_the_static_one_as_it_is(reports, language):
    text = (reports / f"{language}.html").read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
    ids = re.findall(r'\sid="([^"]+)"', markup) + re.findall(r'<script[^>]* id="(\w+)"', text)
    assert len(ids) == len(set(ids))
    report = contents.build_report(request_of(language))
    static, _ = page_of(report)
    assert "<script" not in static and 'id="live"' not in static and len(static) < 400_000
    head, _, rest = text.partition('<button type="button" id="to_live"')
    body = static.partition("<h1>")[2]
    assert head.partition("<h1>")[2].strip() in body
    assert HOSTILE not in rest
