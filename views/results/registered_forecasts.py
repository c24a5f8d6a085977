"""How the registered forecasts came out: the expectations with their verdicts, and the scores by series."""

from __future__ import annotations

import functools

import pandas as pd

from calibration.expectations import Verdict, read_expectations, verdicts
from calibration.outcome_scores import NAIVE, REGISTERED_SCORES, by_series, wins
from calibration.registered_forecast import read_registered, registered_names
from views.language import Locale

from .evidence_tables import error_text, name_of

FIRST = "first_edition"
"""The forecast with which that of the expectations is compared."""
STATES = {True: "expectation_met", False: "expectation_failed", None: "expectation_open"}


@functools.cache
def scores() -> pd.DataFrame:
    """Stored scores of all registered forecasts by series, forecast and year."""
    return pd.read_csv(REGISTERED_SCORES)


@functools.cache
def judged() -> tuple[Verdict, ...]:
    """The expectations of the registered forecast with their verdicts."""
    return tuple(verdicts([read_registered(name) for name in registered_names()], scores()))


def verdict_text(locale: Locale) -> str:
    """How many expectations were met, and on how many series the forecast was nearer than that of the first edition."""
    won, lost = wins(scores(), read_expectations()["forecast"], FIRST, "error")
    return locale.translate(
        "evidence.registered_verdict",
        all=len(judged()),
        met=sum(one.met is True for one in judged()),
        failed=sum(one.met is False for one in judged()),
        open=sum(one.met is None for one in judged()),
        won=len(won),
        series=len(won) + len(lost),
    )


def expectation_rows(locale: Locale) -> pd.DataFrame:
    """One row an expectation: text, limit, value and verdict."""
    return pd.DataFrame(
        {
            locale.translate("evidence.expectation"): [locale.text(one.text) for one in judged()],
            locale.translate("evidence.limit"): [locale.number(one.limit, 1) for one in judged()],
            locale.translate("evidence.value"): [
                "" if one.value is None else locale.number(one.value, 1) for one in judged()
            ],
            locale.translate("evidence.status"): [locale.translate(f"evidence.{STATES[one.met]}") for one in judged()],
        }
    )


def score_rows(locale: Locale) -> pd.DataFrame:
    """Mean absolute error of the forecasts by series: per cent for levels, points for shares and growth."""
    table = by_series(scores()[~scores()["known_before"].astype(bool)])
    errors = table.pivot(index="series", columns="forecast", values="error")
    counts = table.groupby("series", sort=False)["count"].max()
    series = read_registered(read_expectations()["forecast"]).series()
    names = [name for name in counts.index if name in series]
    rows = {
        locale.translate("evidence.series"): [name_of(series[name], locale) for name in names],
        locale.translate("evidence.count"): [int(counts[name]) for name in names],
    }
    for forecast in (read_expectations()["forecast"], FIRST, NAIVE):
        rows[locale.translate(f"evidence.error_{forecast}")] = [
            _error(errors[forecast].get(name, float("nan")), series[name].kind, locale) for name in names
        ]
    return pd.DataFrame(rows)


def _error(value: float, kind: str, locale: Locale) -> str:
    return "" if pd.isna(value) else error_text(kind, value, locale)
