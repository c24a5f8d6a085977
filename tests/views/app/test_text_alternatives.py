"""Charts in words: every chart of every page has a text alternative with figures, its data, and can be saved."""

import json

import pandas as pd
import pytest

from views.charts.text_alternatives import lines_text, table_text, values_text
from views.language import LANGUAGES, Locale
from views.results import belts, comparison, simulation
from views.results.scoreboard import lookup

from .support import opened

PAGES = ("compare", "regions", "evidence", "why")


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_is_told_in_words_and_can_be_saved(page):
    for language in LANGUAGES:
        app = opened(page, lang=language)
        charts = app.get("plotly_chart")
        assert charts
        for chart in charts:
            config = json.loads(chart.proto.config)
            assert len(chart.proto.alt) > 40
            assert config["modeBarButtons"] == [["toImage"]]
            assert config["toImageButtonOptions"]["filename"].startswith("hebei2025_")
        labels = {Locale(language).translate(f"{section}.data") for section in ("explore", "regions")}
        assert labels & {expander.label for expander in app.expander}


def test_regions_are_told_with_the_figures_of_the_run(ghost):
    app = opened("regions", lang="en")
    told = app.get("plotly_chart")[0].proto.alt
    for belt in belts.BELTS:
        value = Locale.number(ghost.at(2020, belts.MEASURES["value_added"][0], belt) / 10)
        assert f"{belts.belt_name(belt, Locale('en'))}: " in told and f"2020 {value}" in told


def test_lines_are_told_in_chosen_years_and_missing_values_are_not():
    assert values_text([2010, 2011, 2015], [1.5, 9.0, float("nan")], Locale.number) == "2010 1.5"
    locale = Locale("en")
    rows = pd.DataFrame({"line": ["a", "b"], "year": [2020, 2020], "value": [1.0, 200.0]})
    assert table_text("Steel", "Mt", rows, locale) == "Steel, Mt. a: 2020 1.0. b: 2020 200."
    assert lines_text("Steel", "", {"a": ([2025], [3.0])}, locale) == "Steel. a: 2025 3.0."


def test_the_data_below_compare_are_those_of_its_panels():
    locale = Locale("en")
    made = comparison.run_scenarios({"a": simulation.shipped_scenarios()["as_happened"]}, {"a": "A"}, 2025)
    rows = comparison.long_table(made, locale, ["Crude steel output"])
    assert set(rows["Indicator"]) == {"Crude steel output"}
    value = rows[rows["Year"] == 2020]["Value"].item()
    assert value == pytest.approx(lookup(made[0].result)("crude_steel_output", "steel", 2020))
