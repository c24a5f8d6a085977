"""`hebei2025 forecast`: refusals before anything is written, and scores of outcomes."""

import json

import pandas as pd

from calibration.observation_file import COLUMNS
from calibration.registered_forecast import REGISTERED

from .support import hebei2025, refused, tree


def outcomes_file(folder, *rows):
    table = pd.DataFrame(rows, columns=["series", "sector", "year", "value", "confidence"])
    table = table.assign(period="year", unit="", definition="", source="made up", source_url="", note="")
    table[list(COLUMNS)].to_csv(folder / "outcomes.csv", index=False)
    return folder / "outcomes.csv"


def test_names_that_are_no_names_and_unknown_windows_are_refused(monkeypatch):
    before = tree(REGISTERED)
    assert "'a b' is no name of a forecast; allowed: letters" in refused("forecast", "register", "a b")
    monkeypatch.setattr("batch.environment.commit_of", lambda _: {"id": "abc", "changed": True})
    assert "commit all changes first" in refused("forecast", "register", "trial")
    monkeypatch.setattr("batch.environment.commit_of", lambda _: {"id": "abc", "changed": False})
    assert "--window 1999: no calibration to this year" in refused("forecast", "register", "trial", "--window", "1999")
    assert tree(REGISTERED) == before


def test_a_registered_forecast_is_never_replaced(monkeypatch):
    content = (REGISTERED / "first_edition.csv").read_bytes()
    monkeypatch.setattr("batch.environment.commit_of", lambda _: {"id": "abc", "changed": False})
    message = refused("forecast", "register", "first_edition")
    assert "first_edition" in message and "a registration is final" in message
    assert (REGISTERED / "first_edition.csv").read_bytes() == content


def test_outcomes_are_scored_on_screen_as_json_and_into_a_file(tmp_path):
    file = outcomes_file(tmp_path, ("rd_expenditure", "all", 2021, 700.0, "A"))
    arguments = ("forecast", "score", "--observations", file)
    result = hebei2025(*arguments, "--json", "--out", tmp_path / "scores.csv")
    assert result.exit_code == 0, result.output
    scored = json.loads(result.stdout)
    row = next(row for row in scored["scores"] if row["forecast"] == "first_edition")
    assert row["series"] == "rd_expenditure" and abs(row["error"] - 100 * 4.7 / 700) < 0.01
    assert {one["id"] for one in scored["expectations"]} >= {"growth", "contracts", "log_likelihood"}
    assert pd.read_csv(tmp_path / "scores.csv")["year"].unique().tolist() == [2021]
    screen = hebei2025(*arguments, columns=160).stdout
    assert "rd_expenditure" in screen and "Growth of above-scale value added" in screen


def test_outcomes_that_cannot_be_scored_are_refused(tmp_path):
    assert "nothing.csv:1: no such file" in refused("forecast", "score", "--observations", tmp_path / "nothing.csv")
    file = outcomes_file(tmp_path, ("rd_expenditure", "all", 2019, 700.0, "A"))
    assert "nothing to score" in refused("forecast", "score", "--observations", file)
