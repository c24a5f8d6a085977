"""The page of registered forecasts before and after outcomes are in the observations."""

import pandas as pd

from calibration.observation_file import COLUMNS
from calibration.registered_forecast import EXPECTATIONS, REGISTERED, file_hash, read_registered, write_registered
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


def with_second_edition(folder, factor, best):
    """Beside the first edition's forecast one whose medians and quantiles are `factor` times these."""
    first = read_registered("first_edition", registered_copy(folder))
    numbers = ["mean", "p5", "p25", "p50", "p75", "p95"]
    table = first.table.assign(**{name: factor * first.table[name] for name in numbers})
    changes = {
        "expectations_sha256": file_hash(EXPECTATIONS.read_bytes()),
        "contracts": {"efficiency": True},
        "log_likelihood": {**first.record["log_likelihood"], "best": best},
    }
    write_registered("second_edition", table, first.record | changes, folder)
    return folder


def test_wins_and_verdicts_of_the_second_edition(tmp_path):
    """R&D of 2021 is 704.7 in the first forecast, 740 as it happened, and 739.9 in the second: 5 % more."""
    file = outcomes_file(
        tmp_path,
        ("rd_expenditure", "all", 2021, 740.0, "亿元", "A"),
        ("crude_steel_output", "steel", 2024, 228.1, "Mt", "A"),
    )
    page = registered_forecast_page(file, with_second_edition(tmp_path, 1.05, best=19.0))
    won = "- `second_edition` against `first_edition`, mean error: better on 1 of 2 series. Won: rd_expenditure."
    assert f"{won} Lost: crude_steel_output." in page
    verdicts = {line.split(" / ")[1].split(" |")[0]: line for line in page.splitlines() if " | **" in line}
    research = verdicts["R&D expenditure, 2021-2023: within 3 % in every year"]
    assert "| 3 | 0.01 | 2021 (none of 2022, 2023) | **met** |" in research
    assert "| 6 | 5.00 | 2024 | **met** |" in verdicts["Crude steel in 2024: within 6 %"]
    assert any("Log likelihood" in text and "| 5 | 6.92 |  | **failed** |" in line for text, line in verdicts.items())
    assert "3 met, 1 failed, of 8." in page and "They did." not in page


def test_three_failures_are_said_to_refute_the_structure(tmp_path):
    file = outcomes_file(
        tmp_path,
        ("rd_expenditure", "all", 2022, 400.0, "亿元", "A"),
        ("crude_steel_output", "steel", 2024, 100.0, "Mt", "A"),
    )
    page = registered_forecast_page(file, with_second_edition(tmp_path, 1.0, best=19.0))
    assert "1 met, 3 failed, of 8." in page and "the structure is wrong, not the numbers. They did." in page
