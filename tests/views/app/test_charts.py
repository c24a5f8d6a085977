"""Charts in the browser and the tables of their data."""

import json

import pytest

from model.inputs import END
from model.system import system
from views.charts.echarts import chart_options
from views.charts.plot import plot_of
from views.charts.tables import csv_bytes, plot_table
from views.language import LANGUAGES, Locale
from views.results.catalogue import CHARTS
from views.results.observed import observed
from views.results.settings import DEFAULT_CHARTS

from .support import run

SCALES = {
    "en": {
        **dict.fromkeys(("cost", "foreign_investment", "projects_awaiting", "steel_profit", "tax"), 0.1),
        **dict.fromkeys(("research_personnel", "displaced", "pollutants"), 10.0),
        "employment": 0.01,
    },
    "zh": {
        **dict.fromkeys(("steel_output", "steel_capacity", "co2"), 0.01),
        **dict.fromkeys(("energy", "capacity_cut", "glass_cut"), 100.0),
    },
}
"""Factors from the units of the catalogue to those shown, by language and chart: bn yuan, 亿吨, 万吨, 万重量箱."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_chart_options_hold_both_runs_and_the_observations(chart, language, ghost):
    t = Locale(language).translate
    now = run("no_document")
    plot, scale = plot_of(chart, now, ghost, {}, Locale(language)), SCALES[language].get(chart.id, 1.0) * chart.scale
    options = chart_options(plot)
    json.dumps(options, allow_nan=False)
    for line in chart.lines:
        drawn = [s["data"] for s in options["series"] if s["type"] == "line"]
        assert [[str(END), pytest.approx(now.at(END, line.indicator, line.element) * scale, rel=1e-3)]] in [
            d[-1:] for d in drawn
        ]
        if line.strong:
            last = ghost.at(END, line.indicator, line.element) * scale
            assert [[str(END), pytest.approx(last, rel=1e-3)]] in [d[-1:] for d in drawn]
    expected = sum(len(observed(line.indicator, line.observed)) for line in chart.lines)
    grades = [s for s in options["series"] if s["type"] == "scatter" and s["data"] and s.get("symbol") != "diamond"]
    assert sum(len(s["data"]) for s in grades) == expected
    assert t(f"chart.{chart.id}") in plot.alternative


def test_unverified_observations_are_drawn_hollow(ghost):
    series = chart_options(plot_of(CHARTS["steel_output"], ghost, ghost, {}, Locale("en")))["series"]
    looks = {s["name"]: s["itemStyle"]["color"] for s in series if s["name"].startswith("Observed (grade")}
    assert looks["Observed (grade D)"] == "#FFFFFF"
    assert looks["Observed (grade A)"] != "#FFFFFF"


def test_the_data_table_has_units_and_opens_in_spreadsheets(ghost):
    rows = plot_table(plot_of(CHARTS["steel_output"], ghost, ghost, {}, Locale("zh")))
    assert set(rows["单位"]) == {"亿吨"}
    assert csv_bytes(rows).startswith("\ufeff指标".encode())
    assert len(rows) == 2 * len(ghost.years) + len(observed("crude_steel_output", "steel"))


def test_every_chart_shows_indicators_of_the_model_in_their_unit():
    variables = system().variables
    for chart in CHARTS.values():
        for line in chart.lines:
            assert variables[line.indicator].kind == "annual"
            if chart.scale == 1.0:
                assert chart.unit in (variables[line.indicator].unit, "pp")


def test_the_default_charts_exist():
    assert set(DEFAULT_CHARTS) <= set(CHARTS)
