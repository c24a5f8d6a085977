"""The file, its frames and the live block of a report in Firefox, from disk without network."""

import time
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from model.scenario import shipped_scenarios
from tests.views.app.report_support import SETTINGS
from tests.views.browser.test_explore import READY, SERIES
from views.charts.plot import plot_of
from views.charts.tables import csv_bytes, plot_table
from views.language import LANGUAGES, Locale
from views.results import simulation
from views.results.catalogue import CHARTS
from views.results.links import from_link
from views.results.settings import scenario_of

from .firefox import firefox_path, running_firefox
from .test_embed import PAGE
from .test_page import WIDTHS, run_in_python

pytestmark = pytest.mark.skipif(
    firefox_path() is None, reason="Firefox is not installed: scripts/ensure_browser.sh installs it (firefox-esr)"
)
HERE = "(document.getElementById('live_here')?.shadowRoot ?? document)"
SAID = f"({READY})() && !{HERE}.querySelector('.in-words.waiting')"
FORBIDDEN = "http://127.0.0.1:9/"
"""What a test asks for although the file forbids it; Firefox tells so on its console."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where Firefox has its profile, and saves files."""
    return tmp_path_factory.mktemp("firefox")


@pytest.fixture(scope="module")
def started(folder):
    """The browser."""
    with running_firefox(firefox_path(), folder) as firefox:
        yield firefox


@pytest.fixture
def open_page(started):
    """Opens a page of a file; other requests than for files, and script errors, fail the test."""
    started.requests.clear()
    started.errors.clear()
    opened = []

    def open_it(address, width=1440):
        opened.append(started.open(address, width))
        return opened[-1]

    yield open_it
    for window in opened:
        window.close()
    assert [url for url in started.requests if not url.startswith(("file:", "data:"))] == []
    assert [error for error in started.errors if FORBIDDEN not in error] == []


def settings_of(page):
    """The settings in the address of a page, all of whose parts can be used."""
    settings, refused = from_link(dict(parse_qsl(urlsplit(page.evaluate("location.href")).fragment)))
    assert refused == []
    return settings


def assert_shows(page, run, language, charts):
    """The lines of both charts are those of a run in Python."""
    for position, name in enumerate(charts):
        drawn = dict(page.evaluate(f"({SERIES})({position})"))
        for line in plot_of(CHARTS[name], run, simulation.baseline(2025), {}, Locale(language)).lines:
            values = [value for _, value in drawn[f"line:{line.id}"]]
            np.testing.assert_allclose(values, line.now[np.isfinite(line.now)], rtol=1e-12, atol=1e-12)


def drag(page, slot, by):
    """Drag a slider by pixels."""
    slider = f"{HERE}.getElementById('lever-{slot}')"
    page.evaluate(f"{slider}.scrollIntoView({{ block: 'center' }})")
    x, y, width, height, low, high, value = page.evaluate(
        f"(({{ x, y, width, height }}, {{ min, max, value }}) => [x, y, width, height, +min, +max, +value])"
        f"({slider}.getBoundingClientRect(), {slider})"
    )
    start = (x + 8 + (width - 16) * (value - low) / (high - low), y + height / 2)
    page.drag(start, (start[0] + by, start[1]))
    page.wait_for(SAID)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_file_runs_the_model_while_a_slider_is_dragged(open_page, file, language, width):
    charts = ("steel_output", "employment")
    page = open_page(f"{file.as_uri()}#lang={language}&charts={','.join(charts)}", width)
    page.wait_for(SAID)
    assert_shows(page, run_in_python(settings_of(page)), language, charts)
    drag(page, "output_cap", -60)
    settings = settings_of(page)
    assert list(settings.moved) == ["output_cap"] and settings.moved["output_cap"].hold < 0
    assert_shows(page, run_in_python(settings), language, charts)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_way_back_and_lessons(open_page, file):
    page = open_page(f"{file.as_uri()}#lang=en&set=output_cap:-5")
    page.wait_for(SAID)
    page.evaluate("location.hash = 'lang=en&lesson=closure.4.1'")
    page.wait_for("document.querySelector('.verdict')?.getClientRects().length")
    page.evaluate("history.back()")
    page.wait_for(f"document.querySelector('#lessons').hidden && {SAID}")
    assert settings_of(page).moved["output_cap"].hold == -5


def test_the_data_of_a_chart_and_a_scenario_file_are_saved(open_page, file, folder):
    page = open_page(f"{file.as_uri()}#lang=zh&charts=steel_output,co2")
    page.wait_for(SAID)
    for what, name in ((0, "steel_output.csv"), ("null", "scenario.yaml")):
        page.evaluate(f"globalThis.hebei2025Explore.page.server.send('take', {what})")
        end = time.monotonic() + 20
        while not ((folder / name).exists() and (folder / name).stat().st_size) and time.monotonic() < end:
            time.sleep(0.1)
    plot = plot_of(CHARTS["steel_output"], *[simulation.baseline(2025)] * 2, {}, Locale("zh"))
    assert (folder / "steel_output.csv").read_bytes() == csv_bytes(plot_table(plot))
    assert "extends: as_happened" in (folder / "scenario.yaml").read_text(encoding="utf-8")


def test_the_file_and_the_report_forbid_every_request(open_page, file, reports):
    for path in (file, reports / "en.html"):
        told_of = open_page(path.as_uri()).evaluate(f"""new Promise((tell) => {{
          addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective));
          fetch("{FORBIDDEN}").catch(() => {{}});
        }})""")
        assert told_of == "connect-src"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_beside_the_file_shows_one_chart(open_page, file, language):
    other = file.parent / f"firefox_{language}.html"
    state = f"lang={language}&set=output_cap:-5&charts=co2,steel_output&explore.view=right"
    frame = f'<iframe src="{file.name}#{state}" width="720" height="480" style="max-width:100%"></iframe>'
    other.write_text(PAGE.format(frame), encoding="utf-8")
    inside = open_page(other.as_uri()).frame()
    inside.wait_for(SAID)
    parts = "[...document.querySelectorAll('.chart, #bar, .side')].filter((one) => one.getClientRects().length)"
    assert inside.evaluate(f"{parts}.map((one) => one.className)") == ["chart"]
    title = inside.evaluate("document.querySelector('.chart[data-position=\"1\"] h2').textContent")
    assert title.startswith(Locale(language).translate("chart.steel_output"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_of_a_report_moves_its_levers(open_page, reports, language, width):
    t = Locale(language).translate
    page = open_page((reports / f"{language}.html").as_uri(), width)
    assert page.evaluate("document.querySelectorAll('figure svg').length") == 6
    page.evaluate("document.getElementById('to_live').click()")
    page.wait_for(SAID)
    told = f"{HERE}.querySelector('.told-run')?.textContent"
    page.wait_for(f"{told} === {t('live.same')!r}")
    run = simulation.runner(2025).run(scenario_of(SETTINGS, shipped_scenarios()))
    assert_shows(page, run, language, SETTINGS.charts)
    drag(page, "output_cap", 40)
    page.wait_for(f"{told} === {t('live.changed')!r}")
    assert_shows(page, run_in_python(settings_of(page)), language, SETTINGS.charts)
    page.evaluate(f"{HERE}.querySelector('#bar .tool').click()")
    page.wait_for(f"{told} === {t('live.same')!r}")
    assert_shows(page, run, language, SETTINGS.charts)
