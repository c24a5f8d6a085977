"""Fans of the projections: bands inside each other, medians as stored, units of the language."""

import json
from html import escape

import numpy as np
import pandas as pd
import pytest

from analysis.projections import TABLE, YEARS
from views.charts.projections import fan_figure
from views.language import LANGUAGES, Locale
from views.results import projection_fans
from views.results.observed import observed
from views.results.projection_fans import DRIVER_PATHS, INDICATORS, fan_of, fan_rows

from .support import html, opened

EN = Locale("en")


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("path", DRIVER_PATHS)
def test_a_fan_has_the_stored_medians_and_ends(indicator, path):
    fan, stored = fan_of(indicator, path, EN), pd.read_csv(TABLE)
    stored = stored[(stored["indicator"] == indicator) & (stored["path"] == path)].set_index("year")
    rows = fan.rows.set_index("year")
    low, high = ("low_with_error", "high_with_error") if fan.with_error else ("low", "high")
    assert fan.with_error == stored["low_with_error"].notna().all()
    for year in YEARS:
        for column, name in (("p5", low), ("p95", high)):
            assert rows.loc[year, column] == pytest.approx(fan.unit.scaled(stored.loc[year, name]), rel=1e-4, abs=1e-3)
    ordered = fan.rows[["p5", "p25", "p50", "p75", "p95"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= -1e-9).all() and fan.rows["year"].max() == 2035


def test_observed_points_keep_their_grades_and_take_the_unit_of_the_language():
    for language, factor, unit in (("en", 1.0, "Mt"), ("zh", 0.01, "亿吨")):
        fan = fan_of("crude_steel_output", "central", Locale(language))
        known = {point.year: point for point in observed("crude_steel_output", "steel")}
        seen = fan.rows.dropna(subset="observed")
        assert fan.unit.text == unit and list(seen["year"]) == sorted(known)
        for row in seen.itertuples():
            assert row.observed == pytest.approx(known[row.year].value * factor)
            assert row.grade == known[row.year].grade


def test_the_other_paths_are_drawn_as_lines_because_no_band_holds_them():
    low = fan_of("crude_steel_output", "low", EN)
    assert set(low.others) == {"central", "high"}
    central = fan_of("crude_steel_output", "central", EN)
    np.testing.assert_allclose(low.others["central"], central.rows["p50"])
    names = [trace.name for trace in fan_figure(low, EN, columns=3).data]
    wanted = ["band_90", "band_50", "other_central", "other_high", "median"]
    assert names[:5] == [EN.translate(f"fan.{key}") for key in wanted]
    columns = fan_rows(low, EN).columns
    assert {"5 %", "25 %", "75 %", "95 %", EN.translate("fan.other_high")} < set(columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_bands_leave_out_and_draws_what_was_chosen(language):
    app = opened("evidence", lang=language, **{"evidence.section": "projections"})
    t = Locale(language).translate
    assert escape(t("fan.left_out", document=2025)) in html(app)
    assert escape(t("fan.with_error", last=2023)) in html(app)
    assert escape(t("fan.too_narrow", share="78")) in html(app)
    first = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    app.button_group(key="w_evidence_path").set_value("high").run()
    assert json.loads(app.get("plotly_chart")[0].proto.spec)["data"] != first
    app.selectbox(key="w_evidence_indicator").set_value("equipment_minus_steel_share").run()
    assert escape(t("fan.without_error", last=2023)) in html(app), "its bands hold no model error"
    name = projection_fans.indicator_name("equipment_minus_steel_share", Locale(language))
    assert escape(name) in html(app) and "2035 " in app.get("plotly_chart")[0].proto.alt
    assert not app.exception
