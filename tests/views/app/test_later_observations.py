"""Observations later than the estimate of the default values have a marker and a legend entry of their own."""

import numpy as np
import pandas as pd
import pytest

from views.charts.echarts import chart_options
from views.charts.evidence import evidence_figure
from views.charts.pictures import svg
from views.charts.plot import plot_of
from views.language import LANGUAGES, Locale
from views.results import observed
from views.results.catalogue import CHARTS

WORDS = {"en": "not used in the estimate", "zh": "未用于估计"}
LATER = observed.LAST_USED + 1
TABLE = pd.DataFrame(
    {
        "year": [2015, LATER - 1, LATER],
        "value": [188.0, 240.0, 225.0],
        "confidence": ["A", "D", "A"],
        "source": ["yearbook", "recollection", "communique"],
    }
)


@pytest.fixture
def plot_with(monkeypatch, ghost):
    """The chart of steel output in a language, with a table of observations of its own."""

    def made(language, table):
        monkeypatch.setattr(observed, "points_of", lambda indicator, sector: table)
        observed.observed.cache_clear()
        return plot_of(CHARTS["steel_output"], ghost, None, {}, Locale(language))

    yield made
    observed.observed.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_explore_draws_later_points_as_triangles_and_names_them(language, plot_with):
    plot = plot_with(language, TABLE)
    assert [point.year for point in plot.lines[0].later] == [LATER]
    options = chart_options(plot)
    triangles = [s for s in options["series"] if s.get("symbol") == "triangle"]
    assert [s["data"] for s in triangles] == [[[str(LATER), plot.display.scaled(225.0)]]]
    assert WORDS[language] in [entry["name"] for entry in options["legend"]["data"]]
    circles = [s for s in options["series"] if s["type"] == "scatter" and "symbol" not in s]
    assert sorted(year for s in circles for year, _ in s["data"]) == ["2015", str(LATER - 1)]
    assert WORDS[language] in svg(plot)


def test_without_later_points_nothing_is_said_of_them(plot_with):
    plot = plot_with("en", TABLE[TABLE["year"] < LATER])
    assert WORDS["en"] not in [entry["name"] for entry in chart_options(plot)["legend"]["data"]]
    assert WORDS["en"] not in svg(plot)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_chart_marks_later_points(language):
    years = np.arange(2015, LATER + 1)
    rows = pd.DataFrame({"year": years, "median": 1.0, "low": 0.9, "high": 1.1, "observed": np.nan, "grade": ""})
    rows = rows.assign(low_with_error=0.8, high_with_error=1.2)
    rows.loc[rows["year"].isin([2015, LATER]), ["observed", "grade"]] = [1.0, "A"]
    figure = evidence_figure(rows, "Mt", observed.LAST_USED, Locale(language), columns=3)
    marks = {trace.name: trace for trace in figure.data if "markers" in (trace.mode or "")}
    assert list(marks[WORDS[language]].x) == [LATER] and marks[WORDS[language]].marker.symbol == "triangle-up"
    assert list(marks[Locale(language).translate("evidence.observed")].x) == [2015]
