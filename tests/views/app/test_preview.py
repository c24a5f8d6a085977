"""The sweep from which the browser draws while a slider is dragged, and the levers that matter now."""

import numpy as np
import pytest

from model.scenario import shipped_scenarios
from views.charts.echarts import chart_options
from views.charts.plot import plot_of
from views.language import Locale
from views.pages.explore import sensitive_levers
from views.panel import preview
from views.results import mixes, simulation
from views.results.catalogue import CHARTS, HEADLINES
from views.results.headline import headline_value
from views.results.settings import Settings
from views.results.sliders import Factor

CLOSE = 6e-4
"""Values are sent with four digits."""


FACTORS = {"en": {"cost": 0.1, "public_cost": 0.1}, "zh": {"steel_output": 0.01, "crude_steel_output": 0.01}}
"""From the units of the model to those of each language, by chart and headline figure: bn yuan, 亿吨."""


@pytest.mark.parametrize(
    ("base", "slot_id", "language"),
    [
        ("no_document", "output_cap", "en"),
        ("no_document", "capacity_closure.steel", "zh"),
        ("as_happened", "capacity_closure.steel", "en"),
        ("as_happened", "smart_manufacturing", "zh"),
    ],
)
def test_a_sweep_holds_the_exact_run_of_every_level(base, slot_id, language):
    settings = Settings(moved={"energy_efficiency": 300.0}, charts=("steel_output", "cost"), year=2025)
    scenario = shipped_scenarios()[base]
    sweep = preview.sweep(settings, scenario, slot_id, "query", "Preview", Locale(language))
    assert len(sweep["levels"]) == preview.LEVELS and sweep["slot"] == slot_id
    assert sweep["scales"] == (base == "as_happened")
    for k in (0, 9, preview.LEVELS - 1):
        move = Factor(sweep["levels"][k]) if sweep["scales"] else sweep["levels"][k]
        run = simulation.runner(2025).run(scenario, {**settings.moved, slot_id: move})
        for lines, chart_id in zip(sweep["charts"], settings.charts, strict=True):
            chart = CHARTS[chart_id]
            for line in chart.lines:
                factor = FACTORS[language].get(chart_id, 1)
                exact = run.series(line.indicator, line.element) * chart.scale * factor
                told = np.array(lines[f"line:{line.name}"][k], dtype=float)
                np.testing.assert_allclose(told, exact, rtol=CLOSE, atol=1e-9, equal_nan=True)
        for figure, indicator in zip(sweep["figures"], HEADLINES, strict=True):
            assert figure["id"] == indicator
            exact = FACTORS[language].get(indicator, 1) * headline_value(run, indicator, 2025)
            assert figure["values"][k] == pytest.approx(exact, rel=1e-9, abs=1e-9)
    differing = [np.ptp(figure["values"]) for figure in sweep["figures"]]
    assert max(differing) > 0.1, "a slider that changes nothing would hide a mistake"


def test_every_line_of_a_sweep_is_found_in_its_chart():
    result = simulation.baseline(2025)
    for chart in CHARTS.values():
        drawn = {s.get("id") for s in chart_options(plot_of(chart, result, result, {}, Locale("en")))["series"]}
        assert {f"line:{line.name}" for line in chart.lines} <= drawn


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_matters_now_names_the_largest_derivatives_first(language):
    locale, scenario = Locale(language), shipped_scenarios()["as_happened"]
    found = mixes.derivatives(scenario, 2025)["co2_emissions_industry"]
    names, values = mixes.largest_contributions(mixes.lever_ids(), found, locale)
    html = sensitive_levers.list_html(names[:3], values[:3], "CO2", 2025, locale)
    assert html.count("<li>") == 3 and "2025" in html
    strongest = mixes.lever_ids()[int(np.argmax(np.abs(found)))]
    assert html.index(mixes.lever_name(strongest, locale)) < html.index(names[1])
    assert "width:100%" in html
    assert "<li>" not in sensitive_levers.list_html([], [], "CO2", 2025, locale)
