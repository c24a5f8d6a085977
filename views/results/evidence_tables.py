"""What the Evidence page shows: stored scores, paths and estimates, as tables with names for people."""

from __future__ import annotations

import functools
import json

import pandas as pd

from analysis.projections import SHOWN, TABLE
from calibration.estimated import candidates
from calibration.forecast import FORECAST, fit_name, forecast_name
from calibration.posterior import LEAST_CONTRACTION, POOR_R_HAT, RESULTS, WINDOWS
from calibration.series import LEVEL, Series, all_series
from calibration.statistics import FEWEST_FOR_R2
from model.axes import BRANCH_LABELS
from model.inputs import parameters
from model.system import system
from views.display_units import PER_CENT, POINTS, DisplayUnit, display_unit, quantity
from views.language import Locale

VALUES = ("observed", "median", "low", "high", "low_with_error", "high_with_error")
"""Columns of a path that hold values of the series."""
TABLES = (*(forecast_name(window) for window in WINDOWS[:-1]), *(fit_name(window) for window in WINDOWS))
"""Names of the tables of scores: of the forecast from each window to the next, and of the fit to each."""


@functools.cache
def scores() -> pd.DataFrame:
    """All stored scores."""
    return pd.read_csv(RESULTS / "scores.csv", keep_default_na=True)


@functools.cache
def years() -> pd.DataFrame:
    """Series with graded observations year by year."""
    return pd.read_csv(RESULTS / "years.csv", keep_default_na=True)


@functools.cache
def series_with_paths() -> tuple[str, ...]:
    """Series with a path year by year, the headline ones first."""
    found = dict.fromkeys(years()["series"])
    return tuple(sorted(found, key=lambda name: not all_series()[name].headline))


def name_of(series: Series, locale: Locale) -> str:
    """Name of a series: that of its indicator, with its sector."""
    if series.indicator not in system().variables:
        return locale.translate(f"evidence.{series.indicator}")
    variable = system().variables[series.indicator]
    name = locale.text(variable.label)
    return f"{name} · {locale.translate(f'line.{series.sector}')}" if series.sector else name


def unit_of(series: Series) -> str:
    """Unit of a series."""
    known = system().variables
    return known[series.indicator].unit if series.indicator in known else "%"


def series_path(series: str, window: int) -> pd.DataFrame:
    """One series year by year under one calibration."""
    table = years()
    return table[(table["series"] == series) & (table["window"] == window)]


def shown_path(series: str, window: int, locale: Locale) -> tuple[pd.DataFrame, DisplayUnit]:
    """The same in the unit that is shown, and that unit."""
    rows = series_path(series, window)
    shown = display_unit(unit_of(all_series()[series]), locale, float(rows["median"].abs().max()))
    return rows.assign(**{name: rows[name] * shown.scaled(1.0) for name in VALUES}), shown


def path_rows(series: str, window: int, locale: Locale) -> pd.DataFrame:
    """The same for people: observed value with its grade, median and ends of both bands."""
    names = {
        "year": locale.translate("evidence.year"),
        "observed": locale.translate("evidence.observed"),
        "grade": locale.translate("evidence.grade"),
        "median": locale.translate("evidence.median"),
        "low": percent_text(5, locale),
        "high": percent_text(95, locale),
        "low_with_error": locale.translate("evidence.low_error"),
        "high_with_error": locale.translate("evidence.high_error"),
    }
    return shown_path(series, window, locale)[0][list(names)].rename(columns=names)


def percent_text(number: float, locale: Locale) -> str:
    """A number of per cent without decimals, as the language writes it."""
    return quantity(number, PER_CENT, locale, digits=0)


def error_text(kind: str, error: float, locale: Locale) -> str:
    """A mean error: per cent for levels, percentage points otherwise."""
    return display_unit(PER_CENT if kind == LEVEL else POINTS, locale, error).with_unit(locale.number(error, 1))


def score_rows(window: str, locale: Locale) -> pd.DataFrame:
    """Scores of one table for people."""
    table = scores()
    table = table[table["window"] == window]
    known = all_series()
    errors = [error_text(kind, error, locale) for error, kind in zip(table["error"], table["kind"], strict=True)]
    names = [
        ("★ " if headline else "") + name_of(known[series], locale)
        for series, headline in zip(table["series"], table["headline"], strict=True)
    ]
    columns = {
        locale.translate("evidence.series"): names,
        locale.translate("evidence.count"): table["count"].to_numpy(),
        locale.translate("evidence.grades"): table["grades"].to_numpy(),
        locale.translate("evidence.error"): errors,
        "R²": table["r2"].where(table["count"] >= FEWEST_FOR_R2).to_numpy(),
        "U": table["theil"].to_numpy(),
        "U^M": table["bias"].to_numpy(),
        "U^S": table["variation"].to_numpy(),
        "U^C": table["covariation"].to_numpy(),
    }
    if window == FORECAST:
        columns |= {
            locale.translate("evidence.skill_walk"): table["skill_random_walk"].to_numpy(),
            locale.translate("evidence.skill_trend"): table["skill_trend"].to_numpy(),
            locale.translate("evidence.skill_last"): table["skill_last_value"].to_numpy(),
        }
    columns |= {
        locale.translate("evidence.inside"): 100 * table["inside_parameters"].to_numpy(),
        locale.translate("evidence.inside_error"): 100 * table["inside_with_error"].to_numpy(),
    }
    return pd.DataFrame(columns)


def forecast_verdict(locale: Locale) -> str:
    """How many headline series the forecast wins, and which it loses."""
    table = scores()
    heads = table[(table["window"] == FORECAST) & table["headline"] & table["skill_random_walk"].notna()]
    best = heads[["skill_random_walk", "skill_trend", "skill_last_value"]].min(axis=1)
    won = int((heads["skill_random_walk"] > 0).sum())
    return locale.translate("evidence.verdict", won=won, best=int((best > 0).sum()), all=len(heads))


@functools.cache
def calibration_summary(window: int) -> dict:
    """The stored summary of one calibration."""
    return json.loads((RESULTS / f"to_{window}" / "summary.json").read_text(encoding="utf-8"))


@functools.cache
def calibration_interval(number: str) -> tuple[float, float] | None:
    """The 90 % interval of a number after all observations; None where it is not estimated."""
    for entry in calibration_summary(WINDOWS[-1])["numbers"]:
        if entry["id"] == number:
            return entry["p5"], entry["p95"]
    return None


def estimate_rows(window: int, locale: Locale) -> pd.DataFrame:
    """What was estimated, for people."""
    known, rows = parameters(), []
    for entry in calibration_summary(window)["numbers"]:
        name, _, branch = entry["id"].partition(".")
        label = locale.text(known[name].label)
        identified = entry["contraction"] >= LEAST_CONTRACTION
        rows.append(
            {
                locale.translate("evidence.number"): f"{label} · {locale.text(BRANCH_LABELS[branch])}"
                if branch
                else label,
                "id": entry["id"],
                locale.translate("evidence.grade"): entry["grade"],
                locale.translate("evidence.prior"): range_text(entry["prior_p5"], entry["prior_p95"]),
                locale.translate("evidence.used"): candidates()[entry["id"]].value,
                locale.translate("evidence.middle"): entry["p50"],
                locale.translate("evidence.interval"): range_text(entry["p5"], entry["p95"]),
                locale.translate("evidence.learnt"): f"{entry['contraction']:.0%}"
                if identified
                else locale.translate("evidence.nothing"),
                "R̂": f"{entry['r_hat']:.3f}" + (" !" if entry["r_hat"] > POOR_R_HAT else ""),
            }
        )
    return pd.DataFrame(rows)


def range_text(low: float, high: float) -> str:
    """Two numbers with three significant digits, none of them as a power of ten."""
    return " – ".join(f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" for value in (low, high))


def convergence_text(window: int, locale: Locale) -> str:
    """Convergence in a sentence."""
    found = calibration_summary(window)
    nothing = sum(entry["contraction"] < LEAST_CONTRACTION for entry in found["numbers"])
    return locale.translate(
        "evidence.diagnosis",
        numbers=len(found["numbers"]),
        worst=f"{found['worst_r_hat']:.3f}",
        ess=f"{found['least_ess']:.0f}",
        nothing=nothing,
    )


def projection_rows(locale: Locale) -> pd.DataFrame:
    """Projections by path of the drivers: median and 90 % band."""
    rows = pd.read_csv(TABLE)
    known = system().variables
    labels = {key: locale.text(known[key[0]].label) for key in SHOWN}
    keys = list(zip(rows["indicator"], rows["sector"], strict=True))
    sizes = rows["median"].abs().groupby([rows["indicator"], rows["sector"]], dropna=False).transform("max")
    units = [display_unit(known[key[0]].unit, locale, size) for key, size in zip(keys, sizes, strict=True)]
    values = rows[list(VALUES[1:])].mul([unit.scaled(1.0) for unit in units], axis=0)
    return pd.DataFrame(
        {
            locale.translate("evidence.series"): [labels[key] for key in keys],
            locale.translate("evidence.unit"): [unit.text for unit in units],
            locale.translate("evidence.drivers"): [locale.translate(f"evidence.path_{path}") for path in rows["path"]],
            locale.translate("evidence.year"): rows["year"].to_numpy(),
            locale.translate("evidence.median"): values["median"].to_numpy(),
            percent_text(5, locale): values["low"].to_numpy(),
            percent_text(95, locale): values["high"].to_numpy(),
            locale.translate("evidence.low_error"): values["low_with_error"].to_numpy(),
            locale.translate("evidence.high_error"): values["high_with_error"].to_numpy(),
        }
    )
