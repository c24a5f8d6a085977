"""What is known beside the model: observed points and targets for the lines of the charts."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from calibration.observations import points_of
from calibration.posterior import WINDOWS
from model.inputs import START
from model.targets import Target, modelled_targets

UNVERIFIED = "D"
"""Grade of figures without a source that could be checked; they are drawn hollow."""


LAST_USED = WINDOWS[-1]
"""Last year whose figures the estimate of the default values may use."""


@dataclass(frozen=True)
class Point:
    """One observed figure."""

    year: int
    value: float
    grade: str
    source: str

    @property
    def used(self) -> bool:
        """Whether the figure lies in the years from which the default values were estimated."""
        return self.year <= LAST_USED


@functools.cache
def observed(indicator: str, sector: str | None) -> tuple[Point, ...]:
    """Observed points of an indicator from the first year of a run on."""
    if sector is None:
        return ()
    rows = points_of(indicator, sector)
    return tuple(
        Point(int(row.year), float(row.value), row.confidence, row.source if isinstance(row.source, str) else "")
        for row in rows.itertuples()
        if row.year >= START
    )


@functools.cache
def targets_of(indicator: str, sector: str | None) -> tuple[Target, ...]:
    """Targets for an indicator, provincial before national, one for each year and value."""
    chosen: dict[tuple[int, float | None], Target] = {}
    for target in modelled_targets():
        if target.indicator == indicator and sector in (target.sector, None):
            chosen.setdefault((target.year, target.value), target)
    return tuple(chosen.values())


def target_for(indicator: str, year: int) -> Target | None:
    """The target that counts for a figure shown for `year`: the latest due by then, else the next one."""
    due = sorted(targets_of(indicator, None), key=lambda t: t.year)
    past = [t for t in due if t.year <= year]
    return past[-1] if past else (due[0] if due else None)
