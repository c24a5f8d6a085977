"""What changed energy and emissions, and how much of any change came from outside.

LMDI splits a change of energy per unit of value added into structure (sectors with other intensities grow) and
efficiency (sectors use less per unit). Freezing splits a change of any indicator into what would have happened with
levers and drivers fixed at their values of 2015, what the drivers added, and what the levers added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from calibration.observations import points_of
from model import shipped_scenarios
from model.axes import BRANCH, SECTOR
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.indicator_tags import tagged
from model.inputs import START, drivers, levers
from model.run import STEPS
from model.scenario import BASELINE, inputs_of
from model.system import system

FROZEN = 2015
PERIODS = ((2010, 2015), (2015, 2020), (2020, 2025))
SPLIT = tagged("decomposed")
"""Indicators whose change is split into momentum, drivers and levers."""
NEEDED = tuple(
    dict.fromkeys((*SPLIT, "sector_va_real", "energy_consumption_industry", "co2_emissions", "value_added_nominal"))
)


def logarithmic_mean(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(a - b) / ln(a / b), and a where both are equal; for positive numbers."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    same = np.isclose(a, b, rtol=1e-12)
    return np.where(same, a, (a - b) / np.where(same, 1.0, np.log(a / b)))


@dataclass(frozen=True)
class IntensityChange:
    """Change of an intensity in per cent of its first value, split by additive LMDI; the parts add up to the whole."""

    whole: float
    structure: float
    efficiency: float


def intensity_change(energy: tuple[np.ndarray, np.ndarray], activity: tuple[np.ndarray, np.ndarray]) -> IntensityChange:
    """Split the change of total energy per total activity between two moments; arrays over sectors."""
    (e0, e1), (q0, q1) = energy, activity
    before, after = e0.sum() / q0.sum(), e1.sum() / q1.sum()
    weight = logarithmic_mean(e1 / q1.sum(), e0 / q0.sum())
    structure = np.sum(weight * np.log((q1 / q1.sum()) / (q0 / q0.sum())))
    efficiency = np.sum(weight * np.log((e1 / q1) / (e0 / q0)))
    return IntensityChange(*(float(100 * part / before) for part in (after - before, structure, efficiency)))


@dataclass(frozen=True)
class LevelChange:
    """Change of a total in per cent of its first value, split by additive LMDI; the parts add up to the whole."""

    whole: float
    activity: float
    structure: float
    efficiency: float


def level_change(energy: tuple[np.ndarray, np.ndarray], activity: tuple[np.ndarray, np.ndarray]) -> LevelChange:
    """Split the change of total energy between two moments: total activity, its split between sectors
    (structure), and energy per activity of each sector (efficiency); arrays over sectors."""
    (e0, e1), (q0, q1) = energy, activity
    weight = logarithmic_mean(e1, e0)
    parts = (
        e1.sum() - e0.sum(),
        np.sum(weight) * np.log(q1.sum() / q0.sum()),
        np.sum(weight * np.log((q1 / q1.sum()) / (q0 / q0.sum()))),
        np.sum(weight * np.log((e1 / q1) / (e0 / q0))),
    )
    return LevelChange(*(float(100 * part / e0.sum()) for part in parts))


Moments = tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Energy (or emissions) and activity by sector, each at two moments."""


def runs() -> dict[tuple[bool, bool], dict[str, np.ndarray]]:
    """The run "as happened" with (levers, drivers) moving or fixed at their values of 2015."""
    horizon = Horizon(START, PERIODS[-1][1], STEPS)
    parameters, tables = inputs_of(shipped_scenarios()[BASELINE], horizon.path_years)
    function = compiled(system(), horizon, NEEDED)

    def frozen(names: Iterable[str]) -> dict[str, np.ndarray]:
        paths = {}
        for name in names:
            paths[name] = np.array(tables[name], dtype=float)
            paths[name][FROZEN + 1 - START :] = paths[name][FROZEN - START]
        return paths

    results = {}
    for move_levers in (True, False):
        for move_drivers in (True, False):
            changed = {} if move_levers else frozen(levers())
            changed |= {} if move_drivers else frozen(drivers())
            results[move_levers, move_drivers] = function(parameters, {**tables, **changed})
    return results


@dataclass(frozen=True)
class Shares:
    """Change of an indicator since 2015: in all, by momentum, by drivers and by levers (each averaged over both orders,
    the Shapley value), and the interaction of the two that was shared between them."""

    whole: float
    momentum: float
    drivers: float
    levers: float
    interaction: float


def shares(name: str, year: int, by_case: Mapping[tuple[bool, bool], Mapping[str, np.ndarray]]) -> Shares:
    """Split the change of an indicator from 2015 to `year`; of several sectors the last (all) is taken."""

    def at(case: tuple[bool, bool], moment: int) -> float:
        values = by_case[case][name][moment - START]
        return float(values if values.ndim == 0 else values[-1])

    base = at((True, True), FROZEN)
    both, only_drivers, only_levers, neither = (
        at(case, year) - base for case in ((True, True), (False, True), (True, False), (False, False))
    )
    by_drivers = (only_drivers - neither + both - only_levers) / 2
    by_levers = (only_levers - neither + both - only_drivers) / 2
    return Shares(both, neither, by_drivers, by_levers, both - only_drivers - only_levers + neither)


def _sectors(values: np.ndarray) -> np.ndarray:
    return values[..., : len(SECTOR)]


def by_sectors(values: dict[str, np.ndarray], first: int, last: int) -> Moments:
    """Energy and real value added over the eight sectors of the model."""
    energy, activity = (_sectors(values[n]) for n in ("energy_consumption_industry", "sector_va_real"))
    return (energy[first - START], energy[last - START]), (activity[first - START], activity[last - START])


COMPARED = (2013, 2016)
"""Years in which the value added of industry, the share of steel and emissions by sector were all observed (A to C)."""


def observed_moments() -> Moments:
    """CO2 and nominal value added, steel and the rest, in the years compared: observations."""

    def value(series: str, sector: str, year: int) -> float:
        points = points_of(series, sector).set_index("year")["value"]
        return float(points.loc[year])

    def moment(year: int) -> tuple[np.ndarray, np.ndarray]:
        steel, whole = value("co2_emissions_scope1", "steel", year), value("co2_emissions_industry", "all", year)
        added = value("vai_above_scale_nominal", "all", year)
        part = value("sector_va_share", "steel", year) / 100
        return np.array([steel, whole - steel]), np.array([part * added, (1 - part) * added])

    (e0, q0), (e1, q1) = map(moment, COMPARED)
    return (e0, e1), (q0, q1)


def simulated_moments(values: dict[str, np.ndarray]) -> Moments:
    """The same as `observed_moments`, in the model."""
    steel = BRANCH.index("steel")
    first, last = COMPARED

    def at(name: str, year: int) -> np.ndarray:
        row = values[name][year - START]
        return np.array([row[steel], row.sum() - row[steel]])

    emissions, added = "co2_emissions", "value_added_nominal"
    return (at(emissions, first), at(emissions, last)), (at(added, first), at(added, last))
