"""Policies compared under the same posterior draws: differences, targets met, which policy is best, and regret.

Row k of the posterior's draws is the same world for every scenario: the same numbers, and whatever else is random in a
draw and stored with it. Uncertainty that all scenarios share therefore cancels in a difference, and the interval of a
difference is mostly far narrower than the bands of the two runs. The model error of a draw is the same in all scenarios
too: it counts where a run is held against a target, and is left out of differences, where that of shares cancels and
that of levels only scales the difference.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from model.indicator_tags import directions
from model.inputs import START
from model.run import simulate
from model.scenario import Scenario
from model.system import system
from model.targets import PER_CENT, UP, Target, modelled_targets

from .bands import (
    BANDED,
    PARAMETERS,
    QUANTILES,
    WITH_ERROR,
    draws_centred_on,
    entries,
    series_with_error,
    with_error,
    yearly,
)
from .policy_statistics import (
    expected_regret,
    percent_differences,
    probability_of_best,
    probability_of_meeting,
    share_above,
    vary,
)
from .posterior import Posterior

Draws = Mapping[str, np.ndarray]
"""Indicators of one scenario under every draw: (draws, years[, axis]) by name."""
BETTER = {1: "higher", -1: "lower"}
LEVELS = tuple(f"p{round(100 * q)}" for q in QUANTILES)


@functools.cache
def compared_indicators() -> tuple[str, ...]:
    """Indicators whose draws are needed: those with bands, and those of the targets."""
    return tuple(dict.fromkeys([*BANDED, *(t.indicator for t in modelled_targets() if t.indicator is not None)]))


def scenario_draws(
    posterior: Posterior,
    scenario: Scenario,
    until: int,
    outputs: tuple[str, ...] = (),
    exact: Mapping[str, np.ndarray] | None = None,
) -> dict[str, np.ndarray]:
    """Draws of `outputs` (default: `compared_indicators`) for a scenario until a year; `exact` as in `scenario_bands`
    and computed where not given."""
    outputs = outputs or compared_indicators()
    exact = yearly(simulate(scenario, until, outputs=outputs), outputs) if exact is None else exact
    return draws_centred_on(exact, posterior, scenario, until, outputs)


def difference_table(drawn: Draws, reference: Draws, outputs: tuple[str, ...] = BANDED) -> pd.DataFrame:
    """Quantiles of the differences from a reference scenario, over the years that both have.

    Columns: indicator, sector, year, unit; p5 to p95 of the difference in that unit; percent_p5 to percent_p95 in per
    cent of the reference, missing for indicators that are percentages themselves and where the reference is not
    positive in every draw; `above` and `below`: shares of the draws in which the scenario lies above or below the
    reference. Years in which a draw has no value are left out.
    """
    pairs = list(_pairs(drawn, reference, outputs))
    # One sort over rows that lie together in memory, instead of one for each indicator.
    values = np.concatenate([paths.T for _, _, paths, _ in pairs])
    base = np.concatenate([paths.T for _, _, _, paths in pairs])
    repeats = [paths.shape[1] for _, _, paths, _ in pairs]
    years = np.concatenate([START + np.arange(count) for count in repeats])
    known = ~np.isnan(values + base).any(axis=1)
    values, base = values[known], base[known]
    names = np.repeat([name for name, _, _, _ in pairs], repeats)[known]
    sectors = np.repeat([sector for _, sector, _, _ in pairs], repeats)[known]
    units = np.array([system().variables[name].unit for name in names])
    columns = {"indicator": names, "sector": sectors, "year": years[known], "unit": units}
    columns |= dict(zip(LEVELS, np.quantile(values - base, QUANTILES, axis=1), strict=True))
    percent = np.full((len(LEVELS), len(values)), np.nan)
    relative = (units != PER_CENT) & (base > 0).all(axis=1)
    percent[:, relative] = np.quantile(percent_differences(values[relative], base[relative]), QUANTILES, axis=1)
    columns |= {f"percent_{level}": row for level, row in zip(LEVELS, percent, strict=True)}
    return pd.DataFrame(columns | {"above": share_above(values.T, base.T), "below": share_above(base.T, values.T)})


def _pairs(
    drawn: Draws, reference: Draws, outputs: tuple[str, ...]
) -> Iterator[tuple[str, str, np.ndarray, np.ndarray]]:
    """Every indicator and sector with its paths (draws, years) in both scenarios, cut to the years of both."""
    for name in outputs:
        years = min(drawn[name].shape[1], reference[name].shape[1])
        for sector, position in entries(name):
            place = (slice(None), slice(years), *(() if position is None else (position,)))
            yield name, sector, drawn[name][place], reference[name][place]


def target_table(drawn: Draws, errors: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Probability of meeting each target whose indicator is in `drawn` and whose year the run has.

    Columns: target, scope, indicator, sector, year, direction (up: at least), wanted, unit, band (what the draws
    contain: with the model error of `model_errors` where the series has one, the same error draw for all scenarios),
    p5, p50, p95 of what is reached, and probability. Where the draws do not vary what is reached, p5, p95 and
    probability are missing: they were not estimated. Targets without a value in some draw are left out.
    """
    rows = [row for target in modelled_targets() if (row := _target_row(target, drawn, errors)) is not None]
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))


TARGET_COLUMNS = (
    *("target", "scope", "indicator", "sector", "year", "direction", "wanted", "unit", "band"),
    *("p5", "p50", "p95", "probability"),
)


def target_draws(target: Target, drawn: Draws, errors: Mapping[str, np.ndarray]) -> tuple[np.ndarray, str] | None:
    """What a target is held against in each draw, and what the draws contain (`band` of `target_table`); None where it
    has no number, its indicator is not in `drawn`, the run ends before its year, or a draw has no value."""
    name, place = target.indicator, target.year - START
    if name is None or target.value is None or name not in drawn or place >= drawn[name].shape[1]:
        return None
    position = dict(entries(name)).get(target.sector)
    paths = drawn[name] if position is None else drawn[name][:, :, position]
    series = series_with_error(errors).get((name, None if position is None else target.sector))
    values = (paths if series is None else with_error(series, paths, errors[series.id]))[:, place]
    return None if np.isnan(values).any() else (values, PARAMETERS if series is None else WITH_ERROR)


def _target_row(target: Target, drawn: Draws, errors: Mapping[str, np.ndarray]) -> tuple[object, ...] | None:
    known, goal = target_draws(target, drawn, errors), target.value
    if known is None or goal is None:
        return None
    values, band = known
    probability = probability_of_meeting(values, goal, target.direction == UP)
    head = (target.id, target.scope, target.indicator, target.sector, target.year, target.direction, goal, target.unit)
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    estimates = (low, middle, high, probability) if vary(low, high) else (np.nan, middle, np.nan, np.nan)
    return *head, band, *estimates


@functools.cache
def ranked_entries() -> tuple[tuple[str, str, int | None], ...]:
    """The indicators with bands of which more or less is better, each with a sector and its position: the sector that
    the indicator belongs to where its axis has that, else every sector of the axis."""
    chosen: list[tuple[str, str, int | None]] = []
    for name in (name for name, better in directions("banded").items() if better):
        whole = [entry for entry in entries(name) if entry[0] == system().variables[name].belongs_to]
        chosen += [(name, *entry) for entry in whole or entries(name)]
    return tuple(chosen)


def ranked_draws(drawn: Draws) -> dict[tuple[str, str], np.ndarray]:
    """What `ranking_table` needs of a scenario: paths (draws, years) by indicator and sector."""
    return {
        (name, sector): drawn[name].copy() if position is None else drawn[name][:, :, position].copy()
        for name, sector, position in ranked_entries()
        if name in drawn
    }


def ranking_table(by_scenario: Mapping[str, Mapping[tuple[str, str], np.ndarray]]) -> pd.DataFrame:
    """Probability of being best and expected regret among scenarios, from the `ranked_draws` of each.

    Columns: scenario, indicator, sector, year, unit, better (higher or lower), probability_best (sums to 1 over the
    scenarios; equal ones share a draw), expected_regret (mean distance to the best of each draw, in the unit). Years
    that a scenario lacks, or in which a draw has no value, are left out.
    """
    parts = [_ranking_rows(key, by_scenario) for key in next(iter(by_scenario.values()))]
    table = pd.concat(parts, ignore_index=True)
    order = {name: place for place, name in enumerate(by_scenario)}
    return table.sort_values("scenario", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def _ranking_rows(
    key: tuple[str, str], by_scenario: Mapping[str, Mapping[tuple[str, str], np.ndarray]]
) -> pd.DataFrame:
    paths = [drawn[key] for drawn in by_scenario.values()]
    years = min(path.shape[1] for path in paths)
    values = np.stack([path[:, :years] for path in paths])
    known = np.flatnonzero(~np.isnan(values).any(axis=(0, 1)))
    values, better = values[:, :, known], directions("banded")[key[0]]
    head = {"indicator": key[0], "sector": key[1], "year": np.tile(START + known, len(paths))}
    return pd.DataFrame(
        {
            "scenario": np.repeat(list(by_scenario), len(known)),
            **head,
            "unit": system().variables[key[0]].unit,
            "better": BETTER[better],
            "probability_best": probability_of_best(values, better).ravel(),
            "expected_regret": expected_regret(values, better).ravel(),
        }
    )
