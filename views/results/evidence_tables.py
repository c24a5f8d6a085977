"""What the Evidence page shows: stored scores, paths and estimates, as tables with names for people."""

from __future__ import annotations

import functools
import json

import pandas as pd

from analysis.projections import SHOWN, TABLE
from calibration.estimated import candidates
from calibration.posterior import LITTLE, POOR_R_HAT, RESULTS
from calibration.series import LEVEL, Series, all_series
from calibration.statistics import FEWEST_FOR_R2
from documents.validation_tests import ENTRIES, SUMMARY
from model.inputs import load_yaml, parameters
from model.run import prepared_system
from views.language import Translate

FORECAST = "forecast"
TABLES = (FORECAST, "fit_2015", "fit_2020")


@functools.cache
def scores() -> pd.DataFrame:
    """All stored scores."""
    return pd.read_csv(RESULTS / "scores.csv", keep_default_na=True)


@functools.cache
def years() -> pd.DataFrame:
    """Headline series year by year."""
    return pd.read_csv(RESULTS / "years.csv", keep_default_na=True)


def headline_series() -> list[str]:
    """Series with a path year by year."""
    return list(dict.fromkeys(years()["series"]))


def name_of(series: Series, language: str) -> str:
    """Name of a series: that of its indicator, with its sector."""
    from views.language import translator

    t = translator(language)
    if series.indicator not in prepared_system().variables:
        return t(f"evidence.{series.indicator}")
    variable = prepared_system().variables[series.indicator]
    name = variable.zh if language == "zh" else variable.en
    return f"{name} · {t(f'line.{series.sector}')}" if series.sector else name


def unit_of(series: Series) -> str:
    """Unit of a series."""
    known = prepared_system().variables
    return known[series.indicator].unit if series.indicator in known else "%"


def path(series: str, window: int) -> pd.DataFrame:
    """One headline series year by year under one calibration."""
    table = years()
    return table[(table["series"] == series) & (table["window"] == window)]


def path_rows(series: str, window: int, t: Translate) -> pd.DataFrame:
    """The same for people: observed value with its grade, median and ends of both bands."""
    names = {
        "year": t("evidence.year"), "observed": t("evidence.observed"), "grade": t("evidence.grade"),
        "median": t("evidence.median"), "low": "5 %", "high": "95 %",
        "low_with_error": t("evidence.low_error"), "high_with_error": t("evidence.high_error"),
    }  # fmt: skip
    return path(series, window)[list(names)].rename(columns=names)


def score_rows(window: str, t: Translate, language: str) -> pd.DataFrame:
    """Scores of one table for people."""
    table = scores()
    table = table[table["window"] == window]
    known = all_series()
    errors = [
        f"{e:.1f} {'%' if k == LEVEL else t('evidence.points')}"
        for e, k in zip(table["error"], table["kind"], strict=True)
    ]
    names = [
        ("★ " if headline else "") + name_of(known[series], language)
        for series, headline in zip(table["series"], table["headline"], strict=True)
    ]
    columns = {
        t("evidence.series"): names,
        t("evidence.count"): table["count"].to_numpy(),
        t("evidence.grades"): table["grades"].to_numpy(),
        t("evidence.error"): errors,
        "R²": table["r2"].where(table["count"] >= FEWEST_FOR_R2).to_numpy(), "U": table["theil"].to_numpy(),
        "U^M": table["bias"].to_numpy(), "U^S": table["variation"].to_numpy(), "U^C": table["covariation"].to_numpy(),
    }  # fmt: skip
    if window == FORECAST:
        columns |= {
            t("evidence.skill_walk"): table["skill_random_walk"].to_numpy(),
            t("evidence.skill_trend"): table["skill_trend"].to_numpy(),
            t("evidence.skill_last"): table["skill_last_value"].to_numpy(),
        }
    columns |= {
        t("evidence.inside"): 100 * table["inside_parameters"].to_numpy(),
        t("evidence.inside_error"): 100 * table["inside_with_error"].to_numpy(),
    }
    return pd.DataFrame(columns)


def verdict(t: Translate) -> str:
    """How many headline series the forecast wins, and which it loses."""
    table = scores()
    heads = table[(table["window"] == FORECAST) & table["headline"] & table["skill_random_walk"].notna()]
    best = heads[["skill_random_walk", "skill_trend", "skill_last_value"]].min(axis=1)
    won = int((heads["skill_random_walk"] > 0).sum())
    return t("evidence.verdict", won=won, best=int((best > 0).sum()), all=len(heads))


@functools.cache
def summary(window: int) -> dict:
    """The stored summary of one calibration."""
    return json.loads((RESULTS / f"to_{window}" / "summary.json").read_text(encoding="utf-8"))


def estimate_rows(window: int, t: Translate, language: str) -> pd.DataFrame:
    """What was estimated, for people."""
    known, rows = parameters(), []
    for entry in summary(window)["numbers"]:
        name, _, branch = entry["id"].partition(".")
        label = known[name].zh if language == "zh" else known[name].en
        identified = entry["contraction"] >= LITTLE
        rows.append(
            {
                t("evidence.number"): f"{label} · {t(f'line.{branch}')}" if branch else label,
                "id": entry["id"], t("evidence.grade"): entry["grade"],
                t("evidence.prior"): f"{entry['low']:.3g} – {entry['high']:.3g}",
                t("evidence.used"): candidates()[entry["id"]].value, t("evidence.middle"): entry["p50"],
                t("evidence.interval"): f"{entry['p5']:.3g} – {entry['p95']:.3g}",
                t("evidence.learnt"): f"{entry['contraction']:.0%}" if identified else t("evidence.nothing"),
                "R̂": f"{entry['r_hat']:.3f}" + (" !" if entry["r_hat"] > POOR_R_HAT else ""),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def diagnosis(window: int, t: Translate) -> str:
    """Convergence in a sentence."""
    found = summary(window)
    nothing = sum(entry["contraction"] < LITTLE for entry in found["numbers"])
    return t(
        "evidence.diagnosis", numbers=len(found["numbers"]), worst=f"{found['worst_r_hat']:.3f}",
        ess=f"{found['least_ess']:.0f}", nothing=nothing,
    )  # fmt: skip


def matrix_rows(t: Translate, language: str) -> pd.DataFrame:
    """The validation tests: status and result first, since narrow screens cut off what stands further right."""
    entries = load_yaml(ENTRIES)
    found = pd.read_csv(SUMMARY, keep_default_na=False)
    return pd.DataFrame(
        {
            t("evidence.status"): [t(f"evidence.status_{status.replace(' ', '_')}") for status in found["status"]],
            t("evidence.test"): [f"{name} {entries[name]['test'][language]}" for name in found["test"]],
            t("evidence.result"): found["figures"].to_numpy(),
            t("evidence.how"): [entries[name]["how"][language] for name in found["test"]],
            t("evidence.asks"): [entries[name]["asks"][language] for name in found["test"]],
        }
    )


def projection_rows(t: Translate, language: str) -> pd.DataFrame:
    """Projections by path of the drivers: median and 90 % band."""
    rows = pd.read_csv(TABLE)
    known = prepared_system().variables
    labels = {key: known[key[0]].zh if language == "zh" else known[key[0]].en for key in SHOWN}
    keys = list(zip(rows["indicator"], rows["sector"], strict=True))
    return pd.DataFrame(
        {
            t("evidence.series"): [labels[key] for key in keys],
            t("evidence.unit"): [known[key[0]].unit for key in keys],
            t("evidence.drivers"): [t(f"evidence.path_{path}") for path in rows["path"]],
            t("evidence.year"): rows["year"].to_numpy(),
            t("evidence.median"): rows["median"].to_numpy(),
            "5 %": rows["low"].to_numpy(), "95 %": rows["high"].to_numpy(),
            t("evidence.low_error"): rows["low_with_error"].to_numpy(),
            t("evidence.high_error"): rows["high_with_error"].to_numpy(),
        }
    )  # fmt: skip
