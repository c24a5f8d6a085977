"""The page of scores: the forecast of 2016-2020, and the fits of both calibrations, from stored tables."""

from __future__ import annotations

import pandas as pd

from calibration.forecast import EARLY, FIRST_FORECAST, FORECAST, FULL, KNOWN_UNTIL, LAST_FORECAST
from calibration.posterior import RESULTS, WINDOWS
from calibration.series import LEVEL, Series, all_series
from calibration.statistics import FEWEST_FOR_R2

from .markdown import number_text, table

SCORES, YEARS = RESULTS / "scores.csv", RESULTS / "years.csv"
"""Stored results: scores by table and series, and headline series year by year."""
TEXT = """# Validation

Written by `hebei2025 documents validation` from `scores.csv` and `years.csv` in calibration/results. Medians of the
posterior draws against whole-year observations of grades A to C; headline series in bold. Errors are relative for
levels and in percentage points for shares and growth. U^M, U^S and U^C are Theil's parts of the mean square error:
bias, unequal variation, unequal covariation. With so few points most of these statistics are rough."""
FORECAST_TEXT = """## Forecast of {first}-{last} from data up to {known}

Parameters from observations to {known} only; levers and national drivers as they happened. Skill is 1 - RMSE / RMSE of
a naive forecast (a random walk with drift, a linear trend, or the last value); above 0 the model is better. Naive
forecasts may start from every whole-year figure before {first}, including those of grade D, to which the model is not
fitted; *figures before* is their number.

- Random walk with drift: the model is better on {won} of {compared} headline series. Worse: {lost}.
- Best of the three naive forecasts, chosen afterwards: it is better on {won_best} of {compared}. Worse: {lost_best}.

The structure of the model and the choice of series are by people who knew these years: this is a test of the numbers,
not of a model built in 2015. Numbers once set with later data are estimated again here, but the ranges of many others
were set by people who had seen the outcome."""
SCORE_HEADER = (
    "series",
    "n",
    "grades",
    "mean error",
    "RMSE",
    "R2",
    "U1",
    "U^M",
    "U^S",
    "U^C",
    "RMSE of changes",
)
SKILL_HEADER = ("figures before", "skill, random walk", "skill, trend", "skill, last value")
INSIDE_HEADER = ("inside 90 % (parameters)", "inside 90 % (with model error)")
YEAR_HEADER = ("year", "observed", "grade", "median", "90 %, parameters", "90 %, with model error")
SKILLS = ["skill_random_walk", "skill_trend", "skill_last_value"]


def validation_page(scores: pd.DataFrame, years: pd.DataFrame) -> str:
    """The page, from the stored scores and the headline series year by year."""
    by_table = dict(list(scores.groupby("window", sort=False)))
    headline = [series for series in all_series().values() if series.headline]
    parts = [TEXT, _forecast(by_table[FORECAST]), _not_scored(headline, by_table[FORECAST])]
    for window, name in zip(WINDOWS, (EARLY, FULL), strict=True):
        rows = [_score(row, skill=False) for _, row in by_table[name].iterrows()]
        parts.append(f"## Fit to observations up to {window}\n\n" + table((*SCORE_HEADER, *INSIDE_HEADER), rows))
    parts.append(f"## Headline series, year by year\n\nForecast from data to {KNOWN_UNTIL}: median and 90 % band.")
    early = years[years["window"] == KNOWN_UNTIL]
    parts += [_years(series, early[early["series"] == series.id]) for series in headline]
    return "\n\n".join(parts) + "\n"


def _forecast(scores: pd.DataFrame) -> str:
    """Verdict and scores of the forecast."""
    headline = scores[scores["headline"]]
    compared = int(headline[SKILLS[0]].notna().sum())
    lost = headline[headline[SKILLS[0]] <= 0]["series"].tolist()
    lost_best = headline[headline[SKILLS].min(axis=1) <= 0]["series"].tolist()
    verdict = FORECAST_TEXT.format(
        first=FIRST_FORECAST,
        last=LAST_FORECAST,
        known=KNOWN_UNTIL,
        compared=compared,
        won=compared - len(lost),
        lost=", ".join(lost) or "none",
        won_best=compared - len(lost_best),
        lost_best=", ".join(lost_best) or "none",
    )
    rows = [_score(row, skill=True) for _, row in scores.iterrows()]
    return verdict + "\n\n" + table((*SCORE_HEADER, *SKILL_HEADER, *INSIDE_HEADER), rows)


def _not_scored(headline: list[Series], scores: pd.DataFrame) -> str:
    """A sentence about headline series without an observation in the years of the forecast."""
    missing = [series for series in headline if series.id not in set(scores["series"])]
    notes = [f"{s.id} ({(s.note or {}).get('en', 'see calibration/series.yaml').rstrip('.')})" for s in missing]
    return f"No graded observation after {KNOWN_UNTIL}, so no score: {'; '.join(notes)}."


def _score(row: pd.Series, skill: bool) -> list[str]:
    """One row of a table of scores."""
    unit = " %" if row["kind"] == LEVEL else " pts"
    r2 = row["r2"] if row["count"] >= FEWEST_FOR_R2 else float("nan")
    cells = [
        f"**{row['series']}**" if row["headline"] else row["series"],
        str(row["count"]),
        row["grades"],
        f"{row['error']:.1f}{unit}",
        number_text(row["rmse"]),
        *(number_text(value, 2) for value in (r2, row["theil"], row["bias"], row["variation"], row["covariation"])),
        number_text(row["change_rmse"]),
    ]
    if skill:
        cells += [str(row["known"]), *(number_text(row[column], 2) for column in SKILLS)]
    inside = (row["inside_parameters"], row["inside_with_error"])
    return [*cells, *("" if pd.isna(share) else f"{share:.0%}" for share in inside)]


def _years(series: Series, years: pd.DataFrame) -> str:
    """One headline series year by year."""
    rows = [
        [
            str(row["year"]),
            number_text(row["observed"], 4),
            "" if pd.isna(row["grade"]) else row["grade"],
            number_text(row["median"], 4),
            _interval(row["low"], row["high"]),
            _interval(row["low_with_error"], row["high_with_error"]),
        ]
        for _, row in years.iterrows()
    ]
    return f"### {series.id}\n\n{(series.note or {}).get('en', '')}\n\n{table(YEAR_HEADER, rows)}"


def _interval(low: float, high: float) -> str:
    return "" if pd.isna(low) else f"{number_text(low, 4)} - {number_text(high, 4)}"
