"""Where the evidence of a line stands: the page of the app and the query that opens it there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from model.system import system
from views.language import Locale

from .observed import Point, observed
from .plan_goals import goals_due, observations_of

FORECAST_SECTION, FIT_SECTION = "forecast", "fit"
"""Sections of the Evidence page that hold a series against observations."""


@dataclass(frozen=True)
class EvidenceLink:
    """A page of the app, and the query that opens the evidence there."""

    page: str
    query: str

    @property
    def address(self) -> str:
        """Both as an address relative to that of the app."""
        return f"{self.page}?{self.query}"


def series_link(section: str, series: str, locale: Locale) -> EvidenceLink:
    """A series in a section of the Evidence page."""
    chosen = {"lang": locale.language, "evidence.section": section, "evidence.series": series}
    return EvidenceLink("evidence", urlencode(chosen))


def figures_of(indicator: str, sector: str, locale: Locale) -> tuple[tuple[Point, ...], EvidenceLink | None]:
    """Observed figures of an indicator that no test of the model uses, and the goal of the plan that is held against
    them; none and None where nothing was observed, and None where no goal shows them."""
    for target in goals_due():
        has_axis = system().variables[indicator].axis is not None
        if target.indicator == indicator and (not has_axis or target.sector == sector):
            figures = observations_of(target)
            if figures:
                chosen = {"lang": locale.language, "plan.section": "detail", "plan.goal": target.id}
                return figures, EvidenceLink("plan", urlencode(chosen))
    return observed(indicator, sector), None
