"""What is uncertain about the goals of the plan: three runs under the same draws, and their differences.

The draws of the parameters and of the disturbances are the same for the three runs, so that what they share cancels in
a difference. The model's own error counts where a run is held against a goal, and not in differences (see
`calibration.differences`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.bands import entries
from calibration.differences import scenario_draws, target_table
from calibration.policy_statistics import vary
from model.inputs import END
from model.scenario import BASELINE, shipped_scenarios
from model.targets import Target, modelled_targets

from . import simulation
from .cache import ResultCache
from .uncertainty import calibrated

ACTUAL, WITHOUT, FULL = BASELINE, "no_document", "document_implemented"
RUNS = (ACTUAL, WITHOUT, FULL)
"""The runs that are compared: the policies actually followed, the levers frozen at 2015, and all that the plan asks."""
LEVELS = (0.05, 0.5, 0.95)
"""Quantiles: both ends and the middle of an interval."""

Line = tuple[str, str]
"""An indicator and a sector."""


@dataclass(frozen=True)
class Reached:
    """What a run reaches in the year of a goal, over the draws and with the model's own error where that is known: the
    90 % interval, and the probability of meeting the goal; not numbers where the draws do not vary it."""

    low: float
    high: float
    probability: float

    @property
    def is_quantified(self) -> bool:
        """Whether the draws vary what decides the goal; an interval without width says nothing about how sure it is."""
        return vary(self.low, self.high)


@dataclass(frozen=True)
class Spread:
    """A difference between two runs under the same draws: both ends of its 90 % interval, and the median."""

    low: float
    middle: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the draws tell the difference from zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class SpreadPath:
    """The same year by year."""

    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray

    def at(self, place: int) -> Spread:
        """The difference in one year, counted from the first of the run."""
        return Spread(*(float(values[place]) for values in (self.low, self.middle, self.high)))


@dataclass(frozen=True)
class PlanDraws:
    """`reached` by run and id of the goal; `paths` (draws, years) by run and line."""

    reached: Mapping[str, Mapping[str, Reached]]
    paths: Mapping[str, Mapping[Line, np.ndarray]]

    def difference(self, run: str, reference: str, line: Line) -> SpreadPath:
        """The difference of a line between two runs."""
        return SpreadPath(*np.quantile(self.paths[run][line] - self.paths[reference][line], LEVELS, axis=0))


_cache: ResultCache[PlanDraws] = ResultCache(1)


def line_of(target: Target) -> Line:
    """The line of a goal that has an indicator. Raises KeyError for another one."""
    if target.indicator is None:
        raise KeyError(f"{target.id} has no indicator")
    return target.indicator, target.sector


def plan_draws() -> PlanDraws:
    """The three runs until 2025 under all draws; a few seconds at first, then from the cache of all sessions."""
    return _cache.get(RUNS, _simulated)


def cached_plan_draws() -> PlanDraws | None:
    """The same where it has been computed already."""
    return _cache.cached(RUNS)


def _simulated() -> PlanDraws:
    posterior, errors = calibrated()
    lines = dict.fromkeys(line_of(target) for target in modelled_targets())
    outputs = tuple(dict.fromkeys(indicator for indicator, _ in lines))
    reached, paths = {}, {}
    for run in RUNS:
        scenario = shipped_scenarios()[run]
        exact = simulation.runner(END).run(scenario, {})
        drawn = scenario_draws(posterior, scenario, END, outputs, exact.values)
        table = target_table(drawn, errors).set_index("target")
        reached[run] = {
            str(row.Index): Reached(float(row.p5), float(row.p95), float(row.probability)) for row in table.itertuples()
        }
        paths[run] = {line: _path(drawn[line[0]], line) for line in lines}
    return PlanDraws(reached, paths)


def _path(values: np.ndarray, line: Line) -> np.ndarray:
    position = dict(entries(line[0])).get(line[1])
    return values if position is None else values[:, :, position].copy()
