"""Registered forecasts: written once, read back, and scored on outcomes that are made up here."""

import numpy as np
import pandas as pd
import pytest
import yaml

from calibration import outcome_scores
from calibration.bands import PARAMETERS, WITH_ERROR
from calibration.expectations import read_expectations, verdicts
from calibration.observation_file import COLUMNS, ObservationError
from calibration.outcome_scores import NAIVE, by_series, outcomes_of, score_outcomes, unforecast, wins
from calibration.registered_forecast import (
    EXPECTATIONS,
    Registered,
    RegistrationError,
    file_hash,
    read_registered,
    registered_names,
    write_registered,
)


def outcomes_file(folder, *rows):
    table = pd.DataFrame(rows, columns=["series", "sector", "year", "value", "unit", "confidence"])
    table = table.assign(period="year", definition="", source="made up", source_url="", note="")
    table[list(COLUMNS)].to_csv(folder / "outcomes.csv", index=False)
    return folder / "outcomes.csv"


def table_of(series, band, by_year):
    rows = [(series, year, band, row[2], *row) for year, row in by_year.items()]
    return pd.DataFrame(rows, columns=["series", "year", "band", "mean", "p5", "p25", "p50", "p75", "p95"])


def forecast(name="second_edition", steel=100.0, **record):
    """Steel 90-95-100-105-110 (relative to `steel`) with model error 80-90-100-110-120, and growth."""
    scale = steel / 100
    narrow, wide = (
        {year: [scale * value for value in values] for year in (2021, 2022, 2023, 2024, 2025)}
        for values in ([90, 95, 100, 105, 110], [80, 90, 100, 110, 120])
    )
    growth = {year: [3.0, 4.0, 5.0, 6.0, 7.0] for year in range(2021, 2026)}
    table = pd.concat(
        [
            table_of("crude_steel_output", PARAMETERS, narrow),
            table_of("crude_steel_output", WITH_ERROR, wide),
            table_of("value_added_growth", PARAMETERS, growth),
        ]
    )
    series = {
        "crude_steel_output": {"observed": ["crude_steel_output", "steel"], "kind": "level", "unit": "Mt"},
        "value_added_growth": {"observed": ["vai_above_scale_growth", "all"], "kind": "growth", "unit": "%"},
    }
    entries = {
        "known_until": 2020,
        "last": 2025,
        "observed_before": [],
        "registered": "2026-01-01",
        "series": {identity: {"indicator": identity, **entry} for identity, entry in series.items()},
        "contracts": {"a": True, "b": False},
        "log_likelihood": {"best": 20.0},
        "expectations_sha256": file_hash(EXPECTATIONS.read_bytes()),
    }
    return Registered(name, table, entries | record)


def test_errors_z_intervals_and_interval_score(tmp_path):
    """Steel of 112 Mt, forecast 100: error -100 * 12 / 112 %; outside 90-110, inside 80-120; the score is
    (0.5 * 12 + 0.25 * (20 + 4 * 2) + 0.05 * 40) / 2.5 = 6.0. z: ln 1.12 over ln 1.5 / 3.2897 and 0.01 together."""
    file = outcomes_file(tmp_path, ("crude_steel_output", "steel", 2021, 112.0, "Mt", "A"))
    scores = score_outcomes([forecast()], file)
    row = scores[scores["forecast"] == "second_edition"].iloc[0]
    assert row["error"] == pytest.approx(-100 * 12 / 112)
    assert (row["inside_50"], row["inside_90"]) == (0.0, 1.0)
    assert row["wis"] == pytest.approx(6.0)
    assert row["z"] == pytest.approx(np.log(1.12) / np.hypot(np.log(1.5) / 3.289707, 0.01), rel=1e-6)
    assert row["median"] == 100.0


def test_growth_is_scored_in_points_and_averaged_by_series(tmp_path):
    file = outcomes_file(
        tmp_path,
        ("vai_above_scale_growth", "all", 2021, 4.5, "%", "A"),
        ("vai_above_scale_growth", "all", 2022, 8.0, "%", "A"),
    )
    summary = by_series(score_outcomes([forecast()], file)).set_index("forecast").loc["second_edition"]
    assert summary["count"] == 2 and summary["error"] == pytest.approx((0.5 + 3.0) / 2)
    assert (summary["inside_50"], summary["inside_90"]) == (0.5, 0.5)


def test_units_of_outcomes_are_converted_and_a_wrong_one_is_refused_with_its_line(tmp_path):
    file = outcomes_file(tmp_path, ("crude_steel_output", "steel", 2021, 11200.0, "万吨", "A"))
    assert outcomes_of(forecast(), file)["value"].tolist() == pytest.approx([112.0])
    file = outcomes_file(tmp_path, ("crude_steel_output", "steel", 2021, 112.0, "%", "A"))
    with pytest.raises(ObservationError, match=r"outcomes\.csv:2: unit '%' of crude_steel_output"):
        outcomes_of(forecast(), file)


def test_only_graded_figures_of_whole_years_after_the_known_ones_are_outcomes(tmp_path):
    file = outcomes_file(
        tmp_path,
        ("crude_steel_output", "steel", 2020, 250.0, "Mt", "A"),
        ("crude_steel_output", "steel", 2021, 100.0, "Mt", "D"),
        ("crude_steel_output", "steel", 2026, 100.0, "Mt", "A"),
        ("rainfall", "all", 2022, 500.0, "", "A"),
        ("rainfall_national", "all", 2022, 500.0, "", "A"),
        ("sunshine", "national", 2022, 5.0, "", "A"),
    )
    assert outcomes_of(forecast(), file).empty
    assert score_outcomes([forecast()], file).empty
    assert unforecast(forecast(), file) == [("rainfall", "all")]


def test_the_naive_forecast_knows_figures_up_to_the_last_known_year_only(tmp_path, monkeypatch):
    """Figures 1, 2, 4 in 2018-2020 double each year: exactly 8 in 2021, without spread."""
    points = pd.DataFrame({"year": [2018, 2019, 2020], "value": [1.0, 2.0, 4.0], "confidence": "A", "unit": "Mt"})
    monkeypatch.setattr("calibration.series.points_of", lambda *_: points)
    file = outcomes_file(tmp_path, ("crude_steel_output", "steel", 2021, 10.0, "Mt", "A"))
    naive = score_outcomes([forecast()], file).set_index("forecast").loc[NAIVE]
    assert naive["median"] == pytest.approx(8.0) and naive["error"] == pytest.approx(-20.0)
    assert naive["wis"] == pytest.approx(2.0)


def test_wins_are_counted_by_series_and_leave_out_what_was_known_before(tmp_path):
    file = outcomes_file(
        tmp_path,
        ("crude_steel_output", "steel", 2021, 100.0, "Mt", "A"),
        ("vai_above_scale_growth", "all", 2021, 5.0, "%", "A"),
    )
    pair = [forecast("first_edition", steel=150), forecast(observed_before=["value_added_growth"])]
    scores = score_outcomes(pair, file)
    assert wins(scores, "second_edition", "first_edition") == (["crude_steel_output"], [])
    assert wins(scores, "first_edition", "second_edition") == ([], ["crude_steel_output"])


def test_verdicts_on_outcomes_contracts_and_likelihood(tmp_path):
    """Growth misses by 1 and 2 points (mean 1.5, limit 1.3); steel of 2024 by 5.3 % (limit 6); one contract fails; the
    log likelihood is 4 below that of the first edition (limit 5)."""
    file = tmp_path / "expectations.yaml"
    stated = read_expectations()
    keep = ("growth", "crude_steel", "contracts", "log_likelihood")
    stated["expectations"] = {name: stated["expectations"][name] for name in keep}
    file.write_text(yaml.safe_dump(stated, allow_unicode=True), encoding="utf-8")
    first = forecast("first_edition", log_likelihood={"best": 24.0})
    second = forecast(expectations_sha256=file_hash(file.read_bytes()))
    outcomes = outcomes_file(
        tmp_path,
        ("vai_above_scale_growth", "all", 2021, 4.0, "%", "A"),
        ("vai_above_scale_growth", "all", 2022, 7.0, "%", "A"),
        ("crude_steel_output", "steel", 2024, 95.0, "Mt", "A"),
    )
    judged = {one.id: one for one in verdicts([first, second], score_outcomes([first, second], outcomes), file)}
    assert judged["growth"].met is False and judged["growth"].value == pytest.approx(1.5)
    assert judged["growth"].years == (2021, 2022) and judged["growth"].missing == (2023, 2024, 2025)
    assert judged["crude_steel"].met is True and judged["crude_steel"].value == pytest.approx(100 * 5 / 95)
    assert judged["contracts"].met is False and judged["contracts"].value == 1
    assert judged["log_likelihood"].met is True and judged["log_likelihood"].value == pytest.approx(4.0)
    assert all(one.met is None for one in verdicts([first], None, file)), "the forecast is not registered yet"


def test_expectations_cannot_be_changed_after_the_registration():
    with pytest.raises(RegistrationError, match="changed after second_edition was registered"):
        verdicts([forecast(expectations_sha256="other")])


def test_a_registration_is_final_and_a_changed_table_is_refused(tmp_path):
    one = forecast()
    record = dict(one.record)
    write_registered("second_edition", one.table, record, tmp_path)
    again = read_registered("second_edition", tmp_path)
    assert again.known_until == 2020 and again.series()["value_added_growth"].kind == "growth"
    assert registered_names(tmp_path) == ("second_edition",)
    with pytest.raises(RegistrationError, match="a registration is final"):
        write_registered("second_edition", one.table, record, tmp_path)
    file = tmp_path / "second_edition.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_registered("second_edition", tmp_path).known_until == 2020, "other ends of lines are the same table"
    file.write_text(file.read_text().replace("100", "101"))
    with pytest.raises(RegistrationError, match="differs from the one registered on 2026-01-01"):
        read_registered("second_edition", tmp_path)
    with pytest.raises(RegistrationError, match="no forecast of this name"):
        read_registered("third_edition", tmp_path)


def test_nothing_remains_of_a_registration_that_fails_half_way(tmp_path):
    (tmp_path / "second_edition.yaml").mkdir()
    with pytest.raises(RegistrationError):
        write_registered("second_edition", forecast().table, {}, tmp_path)
    assert not (tmp_path / "second_edition.csv").exists()


def test_every_expectation_of_the_project_names_a_series_of_the_first_forecast():
    observed = {series.observed for series in read_registered("first_edition").series().values()}
    entries = [entry for entry in read_expectations()["expectations"].values() if entry["kind"] == "outcome"]
    assert entries and all(tuple(entry["observed"]) in observed for entry in entries)
    assert outcome_scores.NAIVE not in registered_names()


def test_series_that_an_edition_renamed_are_compared(tmp_path):
    """The later edition calls steel by another name; both are held against the same figures under the later name."""
    later = forecast(steel=110.0)
    table = later.table.replace({"series": {"crude_steel_output": "steel_made"}})
    series = {"steel_made": later.record["series"]["crude_steel_output"]}
    renamed = Registered("second_edition", table, {**later.record, "series": series})
    file = outcomes_file(tmp_path, ("crude_steel_output", "steel", 2022, 112.0, "Mt", "A"))
    scores = score_outcomes([forecast("first_edition"), renamed], file)
    assert set(scores["series"]) == {"steel_made"}
    assert wins(scores, "second_edition", "first_edition") == (["steel_made"], [])
