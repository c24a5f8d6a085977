"""How far to trust every line of the app's charts, as one table and one sentence."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from calibration.series import LEVEL
from views.language import Locale

from .comparison import compared_lines, line_title
from .evidence_badge import FEWEST_TO_JUDGE, LEVELS, NONE, SHARE, SMALL_ERROR, Badge, line_badge


def _badges(locale: Locale) -> list[tuple[str, Badge]]:
    """Names and badges of the lines that are drawn strongly, each once."""
    return [(line_title(line, locale), line_badge(line, locale)) for _, line in compared_lines()]


def with_observations(locale: Locale) -> list[tuple[str, Badge]]:
    """Names and badges of the lines with observations, those with the most evidence first."""
    found = [(name, badge) for name, badge in _badges(locale) if badge.level != NONE]
    return sorted(found, key=lambda pair: pair[1].rank, reverse=True)


def without_observations(locale: Locale) -> list[str]:
    """Names of the lines without observations."""
    return [name for name, badge in _badges(locale) if badge.level == NONE]


def overview_rows(locale: Locale) -> pd.DataFrame:
    """The lines with their levels, those with the most evidence first."""
    ordered = sorted(_badges(locale), key=lambda pair: pair[1].rank, reverse=True)
    return pd.DataFrame(
        {
            locale.translate("badge.level"): [locale.translate(f"badge.level_{badge.level}") for _, badge in ordered],
            locale.translate("table.indicator"): [name for name, _ in ordered],
            locale.translate("badge.reasons"): [badge.reasons for _, badge in ordered],
        }
    )


def rules_text(locale: Locale) -> str:
    """The rules behind the levels, and what they say nothing about."""
    limits = {
        "level_error": f"{SMALL_ERROR[LEVEL]:g}",
        "share_error": f"{SMALL_ERROR[SHARE]:g}",
        "fewest": FEWEST_TO_JUDGE,
    }
    return locale.sentences([locale.translate("badge.rules", **limits), locale.translate("badge.limits")])


def overview_text(locale: Locale) -> str:
    """How many lines have which level."""
    counted = Counter(badge.level for _, badge in _badges(locale))
    parts = [
        locale.translate("badge.counted", level=locale.translate(f"badge.level_{level}"), count=counted[level])
        for level in reversed(LEVELS)
    ]
    return locale.translate("badge.overview", all=sum(counted.values()), levels=locale.clauses(parts))
