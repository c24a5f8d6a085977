"""The page of registered forecasts: what was forecast, and, once outcomes are in the observations, how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from calibration.bands import PARAMETERS, WITH_ERROR
from calibration.expectations import FAILURES_THAT_REFUTE, Verdict, read_expectations, verdicts
from calibration.outcome_scores import NAIVE, by_series, score_outcomes, unforecast, wins
from calibration.registered_forecast import Registered, read_registered, registered_names
from calibration.series import LEVEL, all_series

from .markdown import number_text, table
from .writing import csv_text

TEXT = """# 登记的预测 / Registered forecasts

由 `hebei2025 documents registered_forecast` 根据 `calibration/registered` 和 `calibration/data/observations.csv` 生成。
预测在2020年以后的实际数字公开使用之前登记，此后不得更改。

Written by `hebei2025 documents registered_forecast` from `calibration/registered` and
`calibration/data/observations.csv`. Forecasts of the years after {known} were written before the province's outcomes of
these years were opened, and cannot be changed since. Medians are of the posterior draws of the run "as happened"; the
intervals of 90 % contain the model error where a series has one, but neither uncertain drivers nor structural error.
Levers and national drivers after {known} are as published where they were, so this tests the model and not a forecast
of the world."""
UNOPENED = """## Outcomes: unopened

The observations hold no outcome of the province after {known} that a forecast was registered for. Nothing is scored
yet."""
NATIONAL = """Series of which figures after the last known year were in the project when forecasts were registered are
national ones ({names}); they count in no comparison."""
SCORE_TEXT = """## Scores

Mean absolute error in per cent for levels and in points for shares and growth. z is the root mean square distance from
the median in standard deviations of forecast and figure together (1 is right). WIS is the weighted interval score of
median, 50 % and 90 % interval in the unit of the series (Bracher et al. 2021), an approximation of the CRPS; smaller
is better. `{naive}` is a random walk with drift from the figures up to {known}, of every grade, with the spread of its
past changes."""
MEASURES = (("wis", "interval score"), ("error", "mean error"))
STATES = {True: "**met**", False: "**failed**", None: "open"}
EXPECTATION_HEADER = ("期望 / expectation", "limit", "value", "outcomes", "verdict")
LARGE = 1000.0
"""Figures from here on are written without decimals."""
SCORE_HEADER = ("series", "forecast", "n", "mean error", "z", "inside 50 %", "inside 90 %", "WIS")


def registered_scores_text() -> str:
    """The scores of all registered forecasts as CSV."""
    return csv_text(score_outcomes([read_registered(name) for name in registered_names()]))


def registered_forecast_page(file: Path | None = None, folder: Path | None = None) -> str:
    """The page, from all registered forecasts and the outcomes of `file` (default: the project's observations)."""
    where = () if folder is None else (folder,)
    forecasts = [read_registered(name, *where) for name in registered_names(*where)]
    if not forecasts:
        raise ValueError("no forecast is registered")
    scores = score_outcomes(forecasts, file)
    judged = verdicts(forecasts, scores)
    opened = not scores["known_before"].astype(bool).all()
    known = forecasts[0].known_until
    parts = [TEXT.format(known=known), _origins(forecasts), _expectations(judged, forecasts)]
    if opened:
        parts += [_comparison(forecasts, scores), _scores(scores, forecasts, known), _without_forecast(forecasts, file)]
    else:
        parts.append(UNOPENED.format(known=known))
    names = ", ".join(f"`{name}`" for name in dict.fromkeys(n for f in forecasts for n in f.record["observed_before"]))
    parts += [NATIONAL.format(names=names or "none"), _forecasts(forecasts, scores if opened else None)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _origins(forecasts: Sequence[Registered]) -> str:
    rows = [
        [
            f"`{forecast.name}`",
            str(record["registered"]),
            str(record["known_until"]),
            f"`{record['commit'][:12]}`",
            f"`{record['model_hash']}`",
            str(record["draws"]),
            f"{record['log_likelihood']['best']:.1f}",
        ]
        for forecast in forecasts
        for record in (forecast.record,)
    ]
    header = ("forecast", "registered", "data to", "commit", "model hash", "draws", "log likelihood, best")
    return "## 已登记 / Registered\n\n" + table(header, rows)


def _expectations(judged: Sequence[Verdict], forecasts: Sequence[Registered]) -> str:
    rows = [
        [
            f"{one.text.zh} / {one.text.en}",
            f"{one.limit:g}",
            "" if one.value is None else f"{one.value:.2f}",
            _years(one),
            STATES[one.met],
        ]
        for one in judged
    ]
    name = read_expectations()["forecast"]
    failed = sum(one.met is False for one in judged)
    if name not in [forecast.name for forecast in forecasts]:
        state = f"`{name}` is not registered yet, so every expectation is open."
    else:
        state = f"{sum(one.met is True for one in judged)} met, {failed} failed, of {len(judged)}."
    rule = f"By the rule set before, {FAILURES_THAT_REFUTE} failures mean that the structure is wrong, not the numbers."
    if failed >= FAILURES_THAT_REFUTE:
        rule += " They did."
    return f"## 期望 / Expectations of `{name}`\n\n{state} {rule}\n\n{table(EXPECTATION_HEADER, rows)}"


def _years(one: Verdict) -> str:
    shown = ", ".join(map(str, one.years))
    return shown + (f" (none of {', '.join(map(str, one.missing))})" if one.missing and one.years else "")


def _comparison(forecasts: Sequence[Registered], scores: pd.DataFrame) -> str:
    """Wins and losses of every forecast against those registered before it and the naive one, then coverage."""
    names = [forecast.name for forecast in forecasts]
    pairs = [(name, other) for place, name in enumerate(names) for other in (*names[:place], NAIVE)]
    lines = [_wins(scores, *pair, *measure) for pair in pairs for measure in MEASURES]
    counted = scores[~scores["known_before"].astype(bool)]
    for name, rows in counted.groupby("forecast", sort=False):
        inside = rows[["inside_50", "inside_90"]].mean()
        lines.append(
            f"- `{name}`: {inside['inside_50']:.0%} of the outcomes are inside the 50 % interval, "
            f"{inside['inside_90']:.0%} inside the 90 % interval."
        )
    return "## Wins and losses\n\n" + "\n".join(line for line in lines if line)


def _wins(scores: pd.DataFrame, name: str, other: str, measure: str, label: str) -> str:
    won, lost = wins(scores.assign(error=scores["error"].abs()), name, other, measure)
    if not won and not lost:
        return ""
    return (
        f"- `{name}` against `{other}`, {label}: better on {len(won)} of {len(won) + len(lost)} series. "
        f"Won: {', '.join(won) or 'none'}. Lost: {', '.join(lost) or 'none'}."
    )


def _scores(scores: pd.DataFrame, forecasts: Sequence[Registered], known: int) -> str:
    kinds = {name: series.kind for forecast in forecasts for name, series in forecast.series().items()}
    rows = [
        [
            str(row["series"]),
            f"`{row['forecast']}`",
            str(row["count"]),
            f"{row['error']:.1f}{' %' if kinds[row['series']] == LEVEL else ' pts'}",
            number_text(row["z"], 2),
            _share(row["inside_50"]),
            _share(row["inside_90"]),
            number_text(row["wis"]),
        ]
        for _, row in by_series(scores).sort_values("series", kind="stable").iterrows()
    ]
    return SCORE_TEXT.format(naive=NAIVE, known=known) + "\n\n" + table(SCORE_HEADER, rows)


def _share(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.0%}"


def _without_forecast(forecasts: Sequence[Registered], file: Path | None) -> str:
    """Published series that no forecast says anything about."""
    missing = set.intersection(*(set(unforecast(forecast, file)) for forecast in forecasts))
    names = ", ".join(sorted(f"{series} ({sector})" for series, sector in missing))
    return f"Outcomes without a forecast: {names}." if names else ""


def _forecasts(forecasts: Sequence[Registered], scores: pd.DataFrame | None) -> str:
    """Medians and intervals by year, of the series that the model is compared with and of those of expectations."""
    years = list(range(forecasts[0].known_until + 1, forecasts[0].record["last"] + 1))
    wanted = _shown_series(forecasts)
    rows = []
    for name in wanted:
        for forecast in forecasts:
            if name in forecast.record["series"]:
                cells = [_cell(forecast, name, year) for year in years]
                rows.append([name, f"`{forecast.name}`", *(cells if any(cells) else [""] * len(years))])
        if scores is not None:
            seen = scores[scores["series"] == name].drop_duplicates("year").set_index("year")["observed"]
            if len(seen):
                rows.append([name, "outcome", *(_number(seen.get(year, float("nan"))) for year in years)])
    header = ("series", "forecast", *map(str, years))
    return "## Forecasts by year\n\nMedian, and in brackets the interval of 90 %.\n\n" + table(header, rows)


def _shown_series(forecasts: Sequence[Registered]) -> list[str]:
    observed = [tuple(e["observed"]) for e in read_expectations()["expectations"].values() if "observed" in e]
    names: dict[str, None] = {}
    for forecast in forecasts:
        series = forecast.series()
        compared = [name for name in series if name in all_series()]
        names |= dict.fromkeys(compared + [name for name, one in series.items() if one.observed in observed])
    last = [set(f.table.loc[f.table["year"] > f.known_until, "series"]) for f in forecasts]
    return [name for name in names if any(name in known for known in last)]


def _cell(forecast: Registered, name: str, year: int) -> str:
    rows = forecast.table[(forecast.table["series"] == name) & (forecast.table["year"] == year)].set_index("band")
    if rows.empty:
        return ""
    outer = rows.loc[WITH_ERROR if WITH_ERROR in rows.index else PARAMETERS]
    middle = rows.loc[PARAMETERS, "p50"]
    return f"{_number(middle)} ({_number(outer['p5'])} – {_number(outer['p95'])})"


def _number(value: float) -> str:
    """Four significant digits, without an exponent."""
    return f"{value:,.0f}" if abs(value) >= LARGE else number_text(value, 4)
