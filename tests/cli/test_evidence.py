"""Calibrate and validate from the command line."""

import json

import pandas as pd
import pytest

from calibration.observations import COLUMNS
from calibration.posterior import load

from .support import BASELINE, hebei2025, refused


def observed_file(folder, *rows):
    """A file of observations with the columns of those of the project."""
    table = pd.DataFrame(rows, columns=["series", "sector", "year", "value", "confidence"])
    table = table.assign(period="year", unit="", definition="", source="test", source_url="", note="")
    table[list(COLUMNS)].to_csv(folder / "new.csv", index=False)
    return folder / "new.csv"


def scores(*arguments):
    result = hebei2025("validate", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return {row["series"]: row for row in json.loads(result.stdout)["scores"]}


def test_the_run_is_scored_on_the_projects_observations(tmp_path):
    scored = scores()
    assert scored["crude_steel_output"]["window"] == "2013-2023" and scored["crude_steel_output"]["grades"] == "ABC"
    assert scored["rd_expenditure"]["count"] == 14
    assert scored["rd_expenditure"]["skill_random_walk"] is None, "nothing lies before 2010"
    later = scores("--from", "2016", "--to", "2019", "--out", tmp_path / "scores.csv")
    assert later["rd_expenditure"]["count"] == 4 and later["rd_expenditure"]["skill_random_walk"] > 0
    assert later["steel_share"]["window"] == "2016-2017", "re-based from 2018 on"
    assert "energy_total" not in later, "grade D only"
    assert set(pd.read_csv(tmp_path / "scores.csv")["series"]) == set(later)
    screen = hebei2025("validate", "--from", 2016, columns=160).stdout
    assert "crude_steel_output" in screen and "U^M" in screen
    narrow = hebei2025("validate", "--from", 2016).stdout
    assert "A wider window shows all columns" in narrow and "U^M   " not in narrow and "…" not in narrow
    assert "A true forecast is in docs/evidence/validation.md" in " ".join(screen.split())


def test_an_index_is_scored_over_its_figure_of_the_base_year(tmp_path):
    """The base of the file does not matter: the model's index is 1 in 2015."""
    assert scores()["steel_price"]["error"] < 30
    both = [(year, 68.8 * ratio) for year, ratio in ((2015, 1.0), (2021, 2.0))]
    with_base, without = (
        [("cspi_steel_price_index", "national", year, scale * value, "A") for year, value in both[start:]]
        for start, scale in ((0, 10.0), (1, 1.0))
    )
    two_scores = [
        scores("--observations", observed_file(tmp_path, *rows))["steel_price"] for rows in (with_base, without)
    ]
    assert two_scores[0]["window"] == "2021-2021"
    assert two_scores[0]["error"] == pytest.approx(two_scores[1]["error"])
    only_base = observed_file(tmp_path, *with_base[:1])
    assert "nothing to score" in refused("validate", "--observations", only_base)


def test_observations_never_seen_are_scored_without_fitting(tmp_path):
    file = observed_file(
        tmp_path,
        ("crude_steel_output", "steel", 2021, 225.0, "A"),
        ("crude_steel_output", "steel", 2022, 212.0, "A"),
        ("sector_va_share", "food", 2022, 8.0, "B"),
        ("rd_expenditure", "all", 2021, 750.0, "D"),
        ("rainfall", "all", 2021, 500.0, "A"),
    )
    scored = scores("--observations", file, "--from", 2021)
    assert set(scored) == {"crude_steel_output", "sector_va_share.food"}
    steel = scored["crude_steel_output"]
    assert (steel["count"], steel["window"]) == (2, "2021-2022")
    assert 0 < steel["error"] < 20 and steel["skill_random_walk"] is not None
    # Half the output would be a worse score for the same run.
    worse = observed_file(tmp_path, ("crude_steel_output", "steel", 2021, 112.0, "A"))
    assert scores("--observations", worse)["crude_steel_output"]["error"] > 50


def test_bad_observations_are_refused_with_file_and_line(tmp_path):
    file = observed_file(tmp_path, ("crude_steel_output", "steel", 2021, 225.0, "Z"))
    assert f"{file}:2: confidence 'Z' is unknown; allowed: A, B, C, D" in refused("validate", "--observations", file)
    for column, value in (("value", "many"), ("year", "soon"), ("year", "2020.5"), ("value", "inf")):
        table = pd.read_csv(observed_file(tmp_path, ("crude_steel_output", "steel", 2021, 225.0, "A")), dtype=str)
        table.assign(**{column: value}).to_csv(file, index=False)
        assert f"{file}:2: {column} {value!r} is no" in refused("validate", "--observations", file)
    file.write_text("series,year\nx,2020\n")
    assert "are missing; needed" in refused("validate", "--observations", file)
    assert "no such file" in refused("validate", "--observations", tmp_path / "none.csv")
    file.write_bytes(b"\xff\xfe\x00\x01")
    assert "new.csv" in refused("validate", "--observations", file)
    assert "nothing to score" in refused("validate", "--from", 2030)
    assert "cannot be written" in refused("validate", "--out", tmp_path / "no" / "x.csv")


def rows_of_steel(*units):
    """Rows of crude steel from 2016 on as lines of a file, each a value with its unit."""
    return [
        f"crude_steel_output,steel,{2016 + k},year,{value},{unit},,yearbook,,A,"
        for k, (value, unit) in enumerate(units)
    ]


def file_of(folder, *lines):
    (folder / "new.csv").write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return folder / "new.csv"


def test_units_are_converted_or_refused_with_their_line(tmp_path):
    plain = scores("--observations", file_of(tmp_path, *rows_of_steel((192.6, "Mt"), (191.2, "Mt"), (237.3, "Mt"))))
    mixed = rows_of_steel((19260, "万吨"), (1.912, "亿吨"), (237300, "kt"))
    again = scores("--observations", file_of(tmp_path, *mixed))
    assert again["crude_steel_output"]["rmse"] == pytest.approx(plain["crude_steel_output"]["rmse"])
    # Two units in one year are averaged only after conversion: the mean of 190 and 200 Mt.
    both = [rows_of_steel((190, "Mt"))[0], rows_of_steel((20000, "万吨"))[0]]
    mean = rows_of_steel((195, "Mt"))
    errors = [
        scores("--observations", file_of(tmp_path, *lines))["crude_steel_output"]["rmse"] for lines in (both, mean)
    ]
    assert errors[0] == pytest.approx(errors[1])
    message = refused("validate", "--observations", file_of(tmp_path, *plain_and("万元")))
    assert message == (
        f"{tmp_path / 'new.csv'}:3: unit '万元' of crude_steel_output has another dimension; "
        "allowed: Mt, what converts to it, or nothing\n"
    )
    assert ":3: unit 'tonns' of crude_steel_output cannot be read" in refused(
        "validate", "--observations", file_of(tmp_path, *plain_and("tonns"))
    )


def plain_and(unit):
    return rows_of_steel((192.6, "Mt"), (191.2, unit))


def test_rows_that_no_score_includes_are_named(tmp_path):
    lines = rows_of_steel((192.6, "Mt"), (191.2, "Mt"))
    lines += [lines[1].replace("output", "ouput"), lines[1].replace("output", "ouput")]
    lines += [
        lines[1].replace(",steel,", ",stele,"),
        lines[0].replace(",A,", ",D,"),
        lines[0].replace("year", "part of year"),
    ]
    file = file_of(tmp_path, *lines)
    done = hebei2025("validate", "--json", "--observations", file)
    assert done.exit_code == 0, done.output
    warnings = done.stderr.splitlines()
    assert warnings[0].startswith(
        f"{file}:4: 2 rows of crude_steel_ouput (steel) not scored: the model has no indicator for series "
        "'crude_steel_ouput'; did you mean crude_steel_output"
    )
    assert warnings[1].endswith("series crude_steel_output has no sector 'stele' in the model; allowed: steel")
    assert f"{file}:8: 1 row of crude_steel_output (steel) not scored: figures of parts of a year" in warnings[2]
    assert f"{file}:7: 1 row of crude_steel_output (steel) not scored: grade D" in warnings[3]
    record = json.loads(done.stdout)
    assert record["schema_version"] == 1
    assert [(r["line"], r["rows"]) for r in record["not_scored"]] == [(4, 2), (6, 1), (8, 1), (7, 1)]
    assert record["scores"][0]["count"] == 2


def test_a_calibration_is_not_replaced_by_a_quick_one(tmp_path):
    assert "give it an --out of its own" in refused("calibrate", "--quick")
    assert "allowed: 2015, 2020" in refused("calibrate", "--window", 2017)
    assert "--method smoother is too rough" in refused("calibrate", "--method", "smoother")
    assert "allowed: tempered, smoother" in refused("calibrate", "--method", "chains", "--out", tmp_path)
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refused("calibrate", "--quick", "--out", tmp_path / "file" / "x")


def test_a_quick_calibration_writes_the_same_numbers_again(tmp_path):
    calibrations = []
    for name in ("one", "two"):
        result = hebei2025("calibrate", "--quick", "--window", 2015, "--out", tmp_path / name, "--json")
        assert result.exit_code == 0, result.output
        calibrations.append(json.loads(result.stdout)["calibrations"][0])
    assert calibrations[0]["log_density"] == calibrations[1]["log_density"]
    one, two = (load(2015, tmp_path / name) for name in ("one", "two"))
    assert (one.draws == two.draws).all() and (one.mode == two.mode).all()
    assert one.summary["settings"]["particles"] == 60
    for number, row in zip(one.numbers, one.summary["numbers"], strict=True):
        assert number.low <= row["p5"] <= row["p50"] <= row["p95"] <= number.high
    assert calibrations[0]["worst_r_hat"] == pytest.approx(one.summary["worst_r_hat"], rel=1e-4)


def test_a_run_with_bands_writes_them_beside_the_indicators(tmp_path):
    result = hebei2025("run", BASELINE, "--out", tmp_path / "out", "--bands", "--quiet")
    assert result.exit_code == 0, result.output
    bands = pd.read_csv(tmp_path / "out" / "as_happened" / "bands.csv")
    assert list(bands.columns) == ["indicator", "sector", "year", "band", "p5", "p25", "p50", "p75", "p95"]
    indicators = pd.read_csv(tmp_path / "out" / "as_happened" / "indicators.csv")
    pairs = set(zip(indicators["indicator"], indicators["sector"], strict=True))
    assert set(zip(bands["indicator"], bands["sector"], strict=True)) <= pairs
    assert not bands.isna().any().any()


def test_differences_are_taken_from_the_scenario_that_is_named(tmp_path):
    named = ("--reference", "document_implemented")
    result = hebei2025("run", BASELINE, "--out", tmp_path, "--bands", *named, "--until", 2017, "--quiet")
    assert result.exit_code == 0, result.output
    assert {"bands_differences.csv", "target_probabilities.csv"} <= {
        p.name for p in (tmp_path / "as_happened").iterdir()
    }
    manifest = json.loads((tmp_path / "as_happened" / "manifest.json").read_text())
    assert manifest["uncertainty"]["reference"] == "document_implemented"


def test_a_reference_that_is_no_scenario_or_without_bands_is_refused(tmp_path):
    unknown = refused("run", BASELINE, "--out", tmp_path / "out", "--bands", "--reference", "no_documents")
    assert "--reference 'no_documents' is no scenario; did you mean no_document?" in unknown
    assert "--reference goes with --bands" in refused("run", BASELINE, "--out", tmp_path / "out", "--reference", "x")
    assert not (tmp_path / "out").exists()
