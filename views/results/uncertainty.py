"""What is uncertain about the runs of the app: bands, intervals of differences, chances of the targets.

All of it comes from one simulation of a scenario under the draws of the stored calibration, made on demand and cached
for the scenarios used last. The draws are the same for all scenarios, so that they can be compared draw by draw.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.calibrated import calibrated
from calibration.differences import scenario_draws, target_table
from calibration.policy_statistics import equal, expected_regret, probability_of_best
from model.indicator_tags import directions
from model.inputs import POLICY_START, START
from model.scenario import BASELINE, Scenario, shipped_scenarios
from model.system import system
from model.targets import modelled_targets

from . import simulation
from .bands import Bands, banded_indicators, bands_from
from .cache import ResultCache, scenario_key
from .catalogue import CHARTS, HEADLINES
from .simulation import SUM, Result

MOST = 16
"""Scenarios whose uncertainty is cached; each takes two to three MB."""
ENDS = (0.05, 0.95)
"""Quantiles at the ends of an interval."""
WHOLE = "all"
"""The element of costs that stands for all levers together."""

LineKey = tuple[str, str | None]
"""An indicator, and which element of its axis."""


@dataclass(frozen=True)
class Interval:
    """The 90 % interval of a difference, in the unit of the model."""

    low: float
    high: float


@dataclass(frozen=True)
class Uncertainty:
    """What is uncertain about one scenario: its bands, the draws (draws, years) of the lines that are compared, and the
    probability of meeting each target by its id (not a number where the draws do not vary what is reached)."""

    bands: Bands
    draws: Mapping[LineKey, np.ndarray]
    chances: Mapping[str, float]


_uncertainties: ResultCache[Uncertainty] = ResultCache(MOST)


def _key(scenario: Scenario, until: int) -> tuple[str, int]:
    """All that decides the runs of a scenario until a year."""
    return scenario_key(scenario.model_copy(update={"until": None})), until


def uncertainty_of(scenario: Scenario, until: int) -> Uncertainty:
    """The uncertainty of a scenario as the sliders have it, computed where need be."""
    return _uncertainties.get(_key(scenario, until), lambda: _compute(scenario, until))


def cached_uncertainty(scenario: Scenario, until: int) -> Uncertainty | None:
    """The same, where it has been computed already."""
    return _uncertainties.cached(_key(scenario, until))


def uncertainty_if_free(scenario: Scenario, until: int) -> Uncertainty | None:
    """The same, computed where need be; None while that of another session is computed.

    So it never holds up the runs of other sessions; who comes meanwhile tries again later.
    """
    return _uncertainties.get_if_free(_key(scenario, until), lambda: _compute(scenario, until))


@functools.cache
def baseline_uncertainty(until: int) -> Uncertainty:
    """That of the run "as happened"."""
    return _simulated(shipped_scenarios()[BASELINE], until)


def _compute(scenario: Scenario, until: int) -> Uncertainty:
    # Differences are taken from what happened, so that is ready whenever a scenario is.
    baseline = baseline_uncertainty(until)
    happened = _key(scenario, until) == _key(shipped_scenarios()[BASELINE], until)
    return baseline if happened else _simulated(scenario, until)


@functools.cache
def _outputs() -> tuple[str, ...]:
    """The indicators that are simulated: those with bands, of the compared lines, and of the targets."""
    lines = (indicator for indicator, _ in compared_line_keys())
    targets = (target.indicator for target in modelled_targets() if target.indicator is not None)
    return tuple(dict.fromkeys([*banded_indicators(), *lines, *targets]))


def _simulated(scenario: Scenario, until: int) -> Uncertainty:
    posterior, errors = calibrated()
    exact: Result = simulation.runner(until).run(scenario, {})
    drawn = scenario_draws(posterior, scenario, until, _outputs(), exact.values)
    lines = {key: _line(drawn[key[0]], key) for key in compared_line_keys()}
    targets = target_table(drawn, errors)
    chances = dict(zip(targets["target"], targets["probability"].astype(float), strict=True))
    return Uncertainty(bands_from(drawn, errors), lines, chances)


@functools.cache
def compared_line_keys() -> tuple[LineKey, ...]:
    """Lines whose differences get intervals: the strong ones of the charts, and the headline figures."""
    strong = [(line.indicator, line.element) for chart in CHARTS.values() for line in chart.lines if line.strong]
    return tuple(dict.fromkeys([*strong, *((name, _whole(name)) for name in HEADLINES)]))


def _whole(indicator: str) -> str | None:
    return None if system().variables[indicator].axis is None else WHOLE


def _line(values: np.ndarray, key: LineKey) -> np.ndarray:
    """The draws (draws, years) of one line."""
    axis = system().variables[key[0]].axis
    if axis is None:
        return values
    if key[1] == SUM:
        return values.sum(axis=2)
    if key[1] is None:
        raise KeyError(f'{key[0]}: name an element of its axis, or "sum"')
    return values[:, :, axis.index(key[1])].copy()


def difference_interval(now: Uncertainty, reference: Uncertainty, key: LineKey, year: int) -> Interval | None:
    """The interval of the difference of a line in a year; None for lines without draws."""
    return _interval(now, reference, key, slice(year - START, year - START + 1))


def headline_interval(now: Uncertainty, reference: Uncertainty, indicator: str, year: int) -> Interval | None:
    """The interval of the difference of a headline figure; costs are summed from the first policy year on."""
    whole = _whole(indicator)
    first = year if whole is None else POLICY_START
    return _interval(now, reference, (indicator, whole), slice(first - START, year - START + 1))


def _interval(now: Uncertainty, reference: Uncertainty, key: LineKey, years: slice) -> Interval | None:
    if key not in now.draws:
        return None
    changed, base = now.draws[key][:, years], reference.draws[key][:, years]
    difference = np.where(equal(changed, base), 0.0, changed - base).sum(axis=1)
    low, high = np.quantile(difference, ENDS)
    return Interval(float(low), float(high)) if np.isfinite(low + high) else None


@dataclass(frozen=True)
class Rank:
    """How a scenario ranks among others: probability of being best, and expected regret in the unit of the model."""

    probability: float
    regret: float


def ranks(compared: Sequence[Uncertainty], key: LineKey, year: int) -> list[Rank]:
    """The rank of every scenario in one line and year; none for lines without draws, or of which neither more nor less
    is better."""
    better = directions("banded").get(key[0], 0)
    if not better or any(key not in one.draws for one in compared):
        return []
    values = np.stack([one.draws[key][:, year - START] for one in compared])
    numbers = zip(probability_of_best(values, better), expected_regret(values, better), strict=True)
    return [Rank(float(probability), float(regret)) for probability, regret in numbers]
