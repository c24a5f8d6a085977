"""The page of scores: forecasts from data up to each window, folds, and fits, from stored tables."""

from __future__ import annotations

import pandas as pd

from calibration.folds import summary
from calibration.forecast import KNOWN_UNTIL, fit_name, forecast_name, forecast_spans
from calibration.posterior import RESULTS
from calibration.series import LEVEL, Series, all_series
from calibration.statistics import FEWEST_FOR_R2

from .markdown import number_text, table

SCORES, YEARS = RESULTS / "scores.csv", RESULTS / "years.csv"
"""Stored results: scores by table and series, and headline series year by year."""
TEXT = """# Validation

Written by `hebei2025 documents validation` from `scores.csv`, `years.csv` and `folds.csv` in calibration/results.
Medians of the posterior draws against whole-year observations of grades A to C; headline series in bold. Errors are
relative for levels and in percentage points for shares and growth. U^M, U^S and U^C are Theil's parts of the mean
square error: bias, unequal variation, unequal covariation. With so few points most of these statistics are rough."""
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
FOLD_TEXT = """## Leave-future-out folds

Calibrated to the years up to a window ({windows}), the model forecasts every later figure of grades A to C with the
predictive draws (parameters and model error). Errors and CRPS are in per cent (of logarithms) for levels and in points
for shares and growth; the intervals are wide enough where 50 and 90 % of the figures are inside. The naive forecast is
a random walk with drift from all figures up to the window, with the spread of its past changes; skill is 1 - CRPS /
naive CRPS on the figures that both forecast, above 0 the model is better. Folds overlap, so figures of late years count
several times."""
FOLD_HEADER = (
    "n",
    "mean error",
    "CRPS",
    "inside 50 %",
    "inside 90 %",
    "n, both",
    "CRPS, both",
    "naive CRPS",
    "skill",
    "naive inside 90 %",
)
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


def validation_page(scores: pd.DataFrame, years: pd.DataFrame, folds: pd.DataFrame) -> str:
    """The page, from the stored scores, the headline series year by year, and the folds."""
    by_table = dict(list(scores.groupby("window", sort=False)))
    headline = [series for series in all_series().values() if series.headline]
    windows = tuple(dict.fromkeys(int(window) for window in years["window"]))
    parts = [TEXT]
    for window, span in forecast_spans(windows).items():
        table_of_window = by_table.get(forecast_name(window))
        if table_of_window is not None:
            parts += [_forecast(table_of_window, window, span), _not_scored(headline, table_of_window, window)]
    parts.append(_folds(folds))
    for window in windows:
        rows = [_score(row, skill=False) for _, row in by_table[fit_name(window)].iterrows()]
        parts.append(f"## Fit to observations up to {window}\n\n" + table((*SCORE_HEADER, *INSIDE_HEADER), rows))
    parts.append(f"## Headline series, year by year\n\nForecast from data to {KNOWN_UNTIL}: median and 90 % band.")
    early = years[years["window"] == KNOWN_UNTIL]
    parts += [_years(series, early[early["series"] == series.id]) for series in headline]
    return "\n\n".join(parts) + "\n"


def _forecast(scores: pd.DataFrame, known: int, span: tuple[int, int]) -> str:
    """Verdict and scores of the forecast from data up to `known` of the years of `span`."""
    headline = scores[scores["headline"]]
    compared = int(headline[SKILLS[0]].notna().sum())
    lost = headline[headline[SKILLS[0]] <= 0]["series"].tolist()
    lost_best = headline[headline[SKILLS].min(axis=1) <= 0]["series"].tolist()
    verdict = FORECAST_TEXT.format(
        first=span[0],
        last=span[1],
        known=known,
        compared=compared,
        won=compared - len(lost),
        lost=", ".join(lost) or "none",
        won_best=compared - len(lost_best),
        lost_best=", ".join(lost_best) or "none",
    )
    rows = [_score(row, skill=True) for _, row in scores.iterrows()]
    return verdict + "\n\n" + table((*SCORE_HEADER, *SKILL_HEADER, *INSIDE_HEADER), rows)


def _folds(folds: pd.DataFrame) -> str:
    """Scores of all folds by window and kind, by horizon, and by series."""
    parts = [FOLD_TEXT.format(windows=", ".join(map(str, dict.fromkeys(folds["window"]))))]
    for by in (("window", "kind"), ("horizon", "kind"), ("series", "kind")):
        means = summary(folds, by)
        means = means.sort_values(by[0], kind="stable") if by[0] == "horizon" else means
        rows = [[str(row[name]) for name in by] + _fold_cells(row) for _, row in means.iterrows()]
        parts.append(f"### By {by[0]}\n\n" + table((*by, *FOLD_HEADER), rows))
    return "\n\n".join(parts)


def _fold_cells(row: pd.Series) -> list[str]:
    return [
        str(row["count"]),
        *(number_text(row[name], 2) for name in ("error", "crps")),
        *(_share(row[name]) for name in ("inside_50", "inside_90")),
        str(row["compared"]),
        *(number_text(row[name], 2) for name in ("crps_compared", "crps_naive", "skill")),
        _share(row["inside_90_naive"]),
    ]


def _share(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.0%}"


def _not_scored(headline: list[Series], scores: pd.DataFrame, known: int) -> str:
    """A sentence about headline series without an observation in the years of the forecast."""
    missing = [series for series in headline if series.id not in set(scores["series"])]
    notes = [f"{s.id} ({(s.note or {}).get('en', 'see calibration/series.yaml').rstrip('.')})" for s in missing]
    return f"No graded observation after {known}, so no score: {'; '.join(notes)}."


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
    return [*cells, *(_share(share) for share in inside)]


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
