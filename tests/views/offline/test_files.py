"""What is taken away from the file: data of a chart as the app gives them, and states that the program runs."""

import csv
import random
from dataclasses import replace

import numpy as np
import pytest

from model.inputs import levers
from model.scenario import AS_HAPPENED, parse_scenario, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import YEARS
from tests.cli.support import hebei2025, run
from views.charts.plot import plot_of
from views.charts.tables import csv_bytes, plot_table
from views.language import LANGUAGES, Locale
from views.results import simulation
from views.results.catalogue import CHARTS
from views.results.links import from_link
from views.results.settings import scenario_of

from .support import go_to, query_of
from .test_page import WIDTHS
from .test_words import random_settings

SAVED = """async (what) => {
  const saved = new Promise((tell) => { globalThis.saved = tell; });
  globalThis.hebei2025Explore.page.server.send("take", what);
  return saved;
}"""
CATCH = """
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (!globalThis.saved) return click.call(this);
    globalThis.saved(decodeURIComponent(this.href.split(",").slice(1).join(",")));
  };
"""
"""Hands what would be saved to the test, so that many files take little time."""
TWICE_MOVED = [
    "set=smart_manufacturing:x1.5,smart_manufacturing.steel:x0.5d1",
    "set=pollution_control.food:s3f2018t2021,pollution_control:p2016~10~2020~30&base=green_first",
    "set=talent:0.25x1,circular_economy.steel:50f2019,circular_economy.other:x1.1",
    "set=smart_manufacturing.steel:x2,talent:x1.3s2d-1f2018,capacity_closure.glass:x2&base=many",
    "set=smart_manufacturing:60f2018,output_cap:s1,capacity_closure.cement:3&base=many&drv=national_steel_demand:1.1",
    "set=energy_efficiency:p2016~0~2020~100~2035~300,energy_efficiency.steel:x1.1&until=2030",
    "base=many&until=2035&par=initial_utilisation.steel:0.7,initial_output.equipment:1400,initial_output.cement:100",
    "par=initial_utilisation.steel:0.7,initial_utilisation.food:0.75,initial_renovation_fraction:0.05",
]
"""Levers that are moved as a whole and by sector, and levers that a scenario of a person's own sets."""


def settings_of(query, known):
    """The settings of a link."""
    return from_link(dict(part.split("=") for part in query.split("&")), known)[0]


def taken(page, name):
    """The file that a button of the page saves."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return waiting.value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("until", [2025, 2035])
def test_the_data_of_every_chart_are_those_that_the_app_gives(open_file, language, until):
    locale, names = Locale(language), list(CHARTS)
    page = open_file(f"lang={language}", language=language, script=CATCH)
    for first, second in zip(names[::2], names[1::2] + names[-1:], strict=False):
        query = f"base=no_document&set=output_cap:-5&until={until}&charts={first},{second}"
        settings = settings_of(query, None)
        go_to(page, query, query_of(settings, language))
        now = simulation.runner(until).run(scenario_of(settings, shipped_scenarios()))
        for position, name in enumerate((first, second)):
            wanted = csv_bytes(plot_table(plot_of(CHARTS[name], now, simulation.baseline(until), {}, locale)))
            assert page.evaluate(SAVED, position) == wanted.decode(), name


@pytest.mark.parametrize("width", WIDTHS)
def test_the_menu_of_a_chart_saves_its_data(open_file, width):
    page = open_file("lang=zh&charts=steel_output,co2", language="zh", width=width)
    page.locator(".chart .info").first.click()
    file = taken(page, Locale("zh").translate("component.table"))
    assert file.suggested_filename == "steel_output.csv"
    plot = plot_of(CHARTS["steel_output"], *[simulation.baseline(2025)] * 2, {}, Locale("zh"))
    assert file.path().read_bytes() == csv_bytes(plot_table(plot))


def test_scenario_files_say_what_the_sliders_say(open_file, own, many):
    page, generator = open_file("lang=en", script=CATCH), random.Random(7)
    scenarios = {own.name: own, many.name: many, **shipped_scenarios()}
    states = [settings_of(query, scenarios) for query in TWICE_MOVED]
    states += [random_settings(generator) for _ in range(24)]
    states += [replace(random_settings(generator), base=many.name) for _ in range(12)]
    for settings in states:
        query = query_of(settings, "en")
        go_to(page, query)
        text = page.evaluate(SAVED, None)
        found, wanted = parse_scenario(text, "taken"), scenario_of(settings, scenarios)
        assert found.until == settings.until
        for lever in levers().values():
            paths = [lever_array(lever, one.levers.get(lever.id, AS_HAPPENED), YEARS) for one in (found, wanted)]
            np.testing.assert_allclose(*paths, rtol=1e-9, atol=1e-12, err_msg=f"{query}\n{text}")
        runs = [simulation.runner(settings.until).run(one) for one in (found, wanted)]
        for name, values in runs[0].values.items():
            np.testing.assert_allclose(
                values, runs[1].values[name], rtol=1e-9, atol=1e-12, err_msg=f"{name} {query}\n{text}"
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_runs_a_scenario_file_from_the_browser(open_file, language, tmp_path):
    moves = "set=output_cap:-5,talent:x1.25f2018,capacity_closure.steel:d2&drv=national_steel_demand:0.95&until=2030"
    page = open_file(f"lang={language}&base=no_document&charts=steel_output,co2&{moves}", language=language)
    file = taken(page, Locale(language).translate("component.scenario_file"))
    assert file.suggested_filename == "scenario.yaml"
    file.save_as(tmp_path / "mine.yaml")
    assert hebei2025("check", tmp_path / "mine.yaml").exit_code == 0
    run("--out", tmp_path / "out", tmp_path / "mine.yaml")
    with (tmp_path / "out" / "mine" / "timeseries.csv").open(encoding="utf-8-sig") as rows:
        steel = [float(row["value"]) for row in csv.DictReader(rows) if row["variable"] == "crude_steel_output"]
    shown = page.evaluate("[...globalThis.hebei2025Explore.page.results.crude_steel_output]")
    assert len(steel) == 2030 - 2010 + 1
    np.testing.assert_allclose(steel, shown, rtol=1e-9)
