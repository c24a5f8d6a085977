"""The page of registered forecasts before and after outcomes are in the observations."""

import pandas as pd

from calibration.observation_file import COLUMNS
from calibration.registered_forecast import REGISTERED, read_registered
from documents.registered_forecast_page import registered_forecast_page


def outcomes_file(folder, *rows):
    table = pd.DataFrame(rows, columns=["series", "sector", "year", "value", "unit", "confidence"])
    table = table.assign(period="year", definition="", source="made up", source_url="", note="")
    table[list(COLUMNS)].to_csv(folder / "outcomes.csv", index=False)
    return folder / "outcomes.csv"


def registered_copy(folder):
    """A folder with the first edition's forecast alone."""
    record = (REGISTERED / "first_edition.yaml").read_bytes()
    (folder / "first_edition.yaml").write_bytes(record)
    (folder / "first_edition.csv").write_bytes((REGISTERED / "first_edition.csv").read_bytes())
    return folder


def test_before_outcomes_the_page_says_that_they_are_unopened(tmp_path):
    page = registered_forecast_page(outcomes_file(tmp_path), registered_copy(tmp_path))
    assert "## Outcomes: unopened" in page and "## Scores" not in page and "## Wins and losses" not in page
    assert "`second_edition` is not registered yet, so every expectation is open." in page
    median = (
        read_registered("first_edition")
        .table.query("series == 'rd_expenditure' and year == 2021 and band == 'parameters'")["p50"]
        .iloc[0]
    )
    line = next(line for line in page.splitlines() if line.startswith("| rd_expenditure | `first_edition`"))
    assert line.split("|")[3].strip().startswith(f"{median:.4g} (")


def test_with_outcomes_the_page_has_scores_wins_and_the_outcomes_by_year(tmp_path):
    """The registered median of R&D for 2021 is 704.7: an outcome of 700 is an error of 0.7 %."""
    file = outcomes_file(
        tmp_path, ("rd_expenditure", "all", 2021, 700.0, "亿元", "A"), ("rainfall", "all", 2021, 5.0, "", "A")
    )
    page = registered_forecast_page(file, registered_copy(tmp_path))
    assert "unopened" not in page
    assert "| rd_expenditure | `first_edition` | 1 | 0.7 % |" in page
    assert "- `first_edition` against `random_walk`, mean error: better on 1 of 1 series. Won: rd_expenditure." in page
    assert "| rd_expenditure | outcome | 700 |" in page
    assert "without a forecast: rainfall (all)." in page
