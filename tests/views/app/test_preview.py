"""The sweep from which the browser draws while a slider is dragged, and what is kept between runs."""

import threading

import numpy as np
import pytest

from model.scenario import shipped_scenarios
from views.charts.echarts import chart_options
from views.language import translator
from views.pages.explore import sensitive_levers
from views.panel import preview
from views.results import mixes, simulation
from views.results.cache import Kept
from views.results.catalogue import CHARTS, HEADLINES
from views.results.headline import read
from views.results.preparation import Preparation
from views.results.settings import Settings

CLOSE = 6e-4
"""Values are sent with four digits."""


@pytest.mark.parametrize(("slot_id", "language"), [("output_cap", "en"), ("capacity_closure.steel", "zh")])
def test_a_sweep_holds_the_exact_run_of_every_level(slot_id, language):
    factors = {"en": (1, 1, 1, 0.1), "zh": (1, 1, 0.01, 1)}[language]
    settings = Settings(moved={"energy_efficiency": 300.0}, charts=("steel_output", "cost"), year=2025)
    scenario = shipped_scenarios()["no_document"]
    sweep = preview.sweep(settings, scenario, slot_id, "query", "Preview", language)
    assert len(sweep["levels"]) == preview.LEVELS and sweep["slot"] == slot_id
    for k in (0, 9, preview.LEVELS - 1):
        run = simulation.runner(2025).run(scenario, {**settings.moved, slot_id: sweep["levels"][k]})
        for lines, chart_id in zip(sweep["charts"], settings.charts, strict=True):
            chart = CHARTS[chart_id]
            for line in chart.lines:
                exact = run.series(line.indicator, line.element) * chart.scale
                told = np.array(lines[f"line:{line.name}"][k], dtype=float)
                np.testing.assert_allclose(told, exact, rtol=CLOSE, atol=1e-9, equal_nan=True)
        for figure, indicator, factor in zip(sweep["figures"], HEADLINES, factors, strict=True):
            assert figure["id"] == indicator
            assert figure["values"][k] == pytest.approx(factor * read(run, indicator, 2025), rel=1e-9, abs=1e-9)
    differing = [np.ptp(figure["values"]) for figure in sweep["figures"]]
    assert max(differing) > 0.1, "a slider that changes nothing would hide a mistake"


def test_every_line_of_a_sweep_is_found_in_its_chart():
    result, t = simulation.baseline(2025), translator("en")
    for chart in CHARTS.values():
        drawn = {s.get("id") for s in chart_options(chart, result, result, t, "en")["series"]}
        assert {f"line:{line.name}" for line in chart.lines} <= drawn


def test_a_preparation_runs_once_beside_those_who_ask():
    calls, go = [], threading.Event()

    def make():
        calls.append(1)
        go.wait(10)

    prepared = Preparation(make)
    assert not prepared.ready() and not prepared.ready()
    go.set()
    assert prepared.wait(10) and prepared.ready()
    assert calls == [1]


def test_results_are_kept_for_the_latest_keys_only_and_made_one_at_a_time():
    kept: Kept[int] = Kept(2)
    assert [kept.get(k, lambda k=k: k * 10) for k in (1, 2, 3)] == [10, 20, 30]
    assert kept.known(1) is None and kept.known(3) == 30
    inside, go = threading.Event(), threading.Event()

    def slow():
        inside.set()
        go.wait(10)
        return 40

    worker = threading.Thread(target=kept.get, args=(4, slow))
    worker.start()
    inside.wait(10)
    assert kept.at_once(5, lambda: 50) is None, "another is being made"
    assert kept.at_once(3, lambda: 0) == 30, "what is known is told at once"
    go.set()
    worker.join()
    assert kept.at_once(5, lambda: 50) == 50


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_matters_now_names_the_largest_derivatives_first(language):
    t, scenario = translator(language), shipped_scenarios()["as_happened"]
    found = mixes.derivatives(scenario, 2025)["co2_emissions_industry"]
    names, values = mixes.largest(mixes.lever_ids(), found, language, t)
    html = sensitive_levers.listed(names[:3], values[:3], "CO2", 2025, t)
    assert html.count("<li>") == 3 and "2025" in html
    strongest = mixes.lever_ids()[int(np.argmax(np.abs(found)))]
    assert html.index(mixes.lever_name(strongest, language)) < html.index(names[1])
    assert "width:100%" in html
    assert "<li>" not in sensitive_levers.listed([], [], "CO2", 2025, t)
