"""How far to trust a line or chart of the app, from the stored scores: a level in words, and the reasons in short.

The level is about the run under actual policies held against observations. Effects of policies, which are differences
between runs, were never observed, so no level speaks about them.

Levels, from two tests on years whose data the estimate did not use (2016-2020 from data up to 2015; later years from
data up to 2020, which is the registered forecast for the series whose outcomes were unknown when it was registered):

- strong: the mean error is small (`SMALL_ERROR`), each test was better than the naive rule (a random walk with drift
  from all earlier figures; skill, 1 - RMSE / RMSE of the rule, above 0), and all figures are of grade A or B;
- weak: the error is not small, and a test was not better than the naive rule, or none has such a rule;
- moderate: anything between;
- few: fewer than `FEWEST_TO_JUDGE` forecast figures, whatever their errors;
- none: no observation, so the line is the mechanism of the model alone.

The limits are conventions of this project, not significance tests.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calibration.forecast import FORECAST, fit_name, forecast_name
from calibration.outcome_scores import NAIVE
from calibration.posterior import WINDOWS
from calibration.series import KINDS, LEVEL, Series, all_series
from calibration.statistics import FEWEST_FOR_R2
from model.system import system
from views.language import Locale

from . import registered_forecasts
from .catalogue import CHARTS, LEAD, Line, line_name
from .evidence_links import FIT_SECTION, FORECAST_SECTION, EvidenceLink, figures_of, series_link
from .evidence_tables import error_text, name_of, scores
from .simulation import SUM

if TYPE_CHECKING:
    import pandas as pd

NONE, FEW, WEAK, MODERATE, STRONG = "none", "few", "weak", "moderate", "strong"
LEVELS = (NONE, FEW, WEAK, MODERATE, STRONG)
"""From the least evidence to the most."""
FEWEST_TO_JUDGE = FEWEST_FOR_R2
"""Fewest forecast figures from which a level is given, as many as R2 needs."""
_, SHARE, GROWTH = KINDS
SMALL_ERROR = {LEVEL: 10.0, SHARE: 2.0, GROWTH: 2.0}
"""Mean absolute error up to which it counts as small, by kind of series: per cent of the figure for levels, percentage
points for shares and growth rates."""
SOUND_GRADES = frozenset("AB")
REGISTERED = "second_edition"
"""The registered forecast that the model of the app made."""
PARTS = {LEAD: ("steel_share", "equipment_share"), "vai_above_scale_real": ("value_added_growth",)}
"""Indicators that are never observed themselves, with the observed series that they are computed from."""
ALLOCATED = ("belt_va_nominal", "belt_va_share", "belt_energy")
"""Indicators that share out the province's figures by fixed shares of grade D."""


@dataclass(frozen=True)
class Badge:
    """How far to trust a line: one of `LEVELS`, the line of text, where its evidence stands (None: there is none), the
    reasons alone, and whether every test was better than the naive rule."""

    level: str
    text: str
    link: EvidenceLink | None
    reasons: str
    better: bool = False

    @property
    def rank(self) -> tuple[int, bool]:
        """The order of badges, that with the least evidence first."""
        return LEVELS.index(self.level), self.better


@dataclass(frozen=True)
class Score:
    """Errors over some figures: how many, their grades, the mean absolute error as in the tables of scores, and of how
    many tests with a naive rule (`compared`) the model won."""

    count: int
    grades: str
    error: float
    won: int = 0
    compared: int = 0

    @property
    def better(self) -> bool:
        """Whether the model won every test that has a naive rule, and there is one."""
        return 0 < self.compared == self.won


def level_of(kind: str, score: Score | None) -> str:
    """The level of a series of some kind from the score of its forecasts (None: never forecast)."""
    if score is None or score.count < FEWEST_TO_JUDGE:
        return FEW
    small = score.error <= SMALL_ERROR[kind]
    if small and score.better and SOUND_GRADES.issuperset(score.grades):
        return STRONG
    return MODERATE if small or score.better else WEAK


def pooled(parts: Sequence[Score]) -> Score | None:
    """The score over the figures of several tests."""
    if not parts:
        return None
    count = sum(part.count for part in parts)
    return Score(
        count,
        "".join(sorted({grade for part in parts for grade in part.grades})),
        sum(part.count * part.error for part in parts) / count,
        sum(part.won for part in parts),
        sum(part.compared for part in parts),
    )


@functools.cache
def forecast_score(series: str) -> Score | None:
    """The score of a series over all its forecasts; None where it was never forecast."""
    return pooled(list(test_scores(series).values()))


def test_scores(series: str) -> dict[str, Score]:
    """The scores of each test of a series: "early", and "registered" or else "later"."""
    registered = _registered(series)
    later = ("later", _stored(series, forecast_name(WINDOWS[1]))) if registered is None else ("registered", registered)
    return {name: score for name, score in (("early", _stored(series, FORECAST)), later) if score is not None}


def fit_score(series: str) -> Score | None:
    """The score of a series over the years that the values of the model were estimated from."""
    return _stored(series, fit_name(WINDOWS[-1]))


def _stored(series: str, window: str) -> Score | None:
    rows = scores()[(scores()["series"] == series) & (scores()["window"] == window)]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Score(int(row["count"]), row["grades"], row["error"], *_compared(row["rmse"], row["rmse_random_walk"]))


def _compared(rmse: float, naive_rmse: float) -> tuple[int, int]:
    """Tests won, and tests with a naive rule, of one test."""
    return (0, 0) if math.isnan(naive_rmse) else (int(rmse < naive_rmse), 1)


def _registered(series: str) -> Score | None:
    """The score of the registered forecast; None where its outcomes were known before or are still unknown."""
    table = registered_forecasts.scores()
    table = table[(table["series"] == series) & ~table["known_before"].astype(bool)]
    rows, naive = table[table["forecast"] == REGISTERED], table[table["forecast"] == NAIVE]
    if rows.empty:
        return None
    grades = "".join(sorted(set(rows["grade"])))
    return Score(len(rows), grades, float(rows["error"].abs().mean()), *_compared(_rmse(rows), _rmse(naive)))


def _rmse(rows: pd.DataFrame) -> float:
    return float(((rows["median"] - rows["observed"]) ** 2).mean() ** 0.5)


def badge_of(subject: str, element: str | None, locale: Locale) -> Badge:
    """The badge of a chart of the catalogue (that of its weakest strong line, which it names where there are several),
    or else of an indicator and an element of its axis."""
    if element is None and subject in CHARTS:
        named = chart_badges(subject, locale)
        name, weakest = min(named, key=lambda pair: pair[1].rank)
        if len({badge.text for _, badge in named}) == 1:
            return weakest
        return replace(weakest, text=locale.translate("badge.weakest", line=name, text=weakest.text))
    return indicator_badge(subject, element, locale)


def chart_badges(chart_id: str, locale: Locale) -> list[tuple[str, Badge]]:
    """Names and badges of the strong lines of a chart."""
    return [(line_name(line, locale), line_badge(line, locale)) for line in CHARTS[chart_id].lines if line.strong]


def line_badge(line: Line, locale: Locale) -> Badge:
    """The badge of one line of a chart."""
    return indicator_badge(line.indicator, line.element, locale)


@functools.cache
def indicator_badge(indicator: str, element: str | None, locale: Locale) -> Badge:
    """The badge of an indicator and an element of its axis (None: an indicator without axis, or the whole)."""
    if indicator in ALLOCATED:
        return _badge(NONE, locale.translate("badge.allocated"), None, locale)
    series = series_of(indicator, element)
    if series is not None:
        return series_badge(series, locale)
    if indicator in PARTS:
        found = [(all_series()[name], series_badge(all_series()[name], locale)) for name in PARTS[indicator]]
        part, weakest = min(found, key=lambda pair: pair[1].rank)
        return _badge(
            weakest.level,
            locale.translate("badge.part", part=name_of(part, locale), reasons=weakest.reasons),
            weakest.link,
            locale,
            weakest.better,
        )
    return _untested(indicator, _element(indicator, element), locale)


def _badge(level: str, reasons: str, link: EvidenceLink | None, locale: Locale, better: bool = False) -> Badge:
    words = locale.translate(f"badge.level_{level}")
    return Badge(level, locale.translate("badge.text", level=words, reasons=reasons), link, reasons, better)


def _untested(indicator: str, sector: str, locale: Locale) -> Badge:
    """The badge of an indicator that no test holds against observations, whether it was observed or not."""
    figures, link = figures_of(indicator, sector, locale)
    if not figures:
        return _badge(NONE, locale.translate("badge.mechanism"), None, locale)
    grades = grades_text("".join(sorted({point.grade for point in figures})))
    told = (locale.translate("badge.unscored"), locale.translate("badge.grades", grades=grades))
    reasons = locale.enumeration([*told, _points_text(len(figures), locale)])
    return _badge(FEW, reasons, link, locale)


def _element(indicator: str, element: str | None) -> str:
    whole = system().variables[indicator].belongs_to
    return whole if element in (None, SUM) else str(element)


def series_of(indicator: str, element: str | None) -> Series | None:
    """The first series with graded observations that is held against an indicator and element."""
    wanted = _element(indicator, element)
    for series in all_series().values():
        if series.indicator == indicator and (series.sector or system().variables[indicator].belongs_to) == wanted:
            return series if fit_score(series.id) or forecast_score(series.id) else None
    return None


def series_badge(series: Series, locale: Locale) -> Badge:
    """The badge of an observed series."""
    forecast = forecast_score(series.id)
    level = level_of(series.kind, forecast)
    shown = forecast or fit_score(series.id)
    if shown is None:
        return _badge(NONE, locale.translate("badge.mechanism"), None, locale)
    key = "error_fit" if forecast is None else "error_forecast"
    reasons = [locale.translate(f"badge.{key}", error=error_text(series.kind, shown.error, locale))]
    if forecast is not None:
        reasons.append(skill_text(forecast, locale))
    reasons.append(locale.translate("badge.grades", grades=grades_text(shown.grades)))
    reasons.append(_points_text(shown.count, locale))
    section = FIT_SECTION if forecast is None else FORECAST_SECTION
    return _badge(level, locale.enumeration(reasons), series_link(section, series.id, locale), locale, shown.better)


def tests_text(series: Series, locale: Locale) -> str:
    """The tests behind the badge of a series, one by one; empty where it was never forecast."""
    parts = []
    for name, score in test_scores(series.id).items():
        words = [
            locale.translate(f"badge.test_{name}"),
            locale.translate("badge.error_test", error=error_text(series.kind, score.error, locale)),
            skill_text(score, locale),
            _points_text(score.count, locale),
        ]
        parts.append(locale.enumeration(words))
    return locale.translate("badge.tests", tests=locale.clauses(parts)) if parts else ""


def _points_text(count: int, locale: Locale) -> str:
    return locale.translate("badge.point" if count == 1 else "badge.points", count=count)


def skill_text(score: Score, locale: Locale) -> str:
    """Whether the forecasts were better than the naive rule."""
    if not score.compared:
        return locale.translate("badge.no_rule")
    if 0 < score.won < score.compared:
        return locale.translate("badge.sometimes_better", won=score.won, tests=score.compared)
    return locale.translate("badge.better" if score.better else "badge.no_better")


def grades_text(grades: str) -> str:
    """The best and the worst of some grades, such as A–C."""
    return grades if len(grades) < 2 else f"{grades[0]}–{grades[-1]}"
