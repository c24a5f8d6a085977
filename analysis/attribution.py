"""Attribution of what happened: measures by lever group, drivers and momentum, with bands under the same draws.

The split of `group_wedges`, from any year on, for any indicator, and for every draw of the calibration. Every
combination of groups that move or are held at their values of the first year is run, with drivers moving and held.
`share` (Owen value) divides what parts do together between them, so that momentum, drivers and groups add up to the
change. `alone` is what a part changes where nothing else moves; what momentum and these leave of the change is the row
`interaction`. `last` is what is missing where the part alone is held and everything else moves.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from calibration.estimated import with_values
from calibration.posterior import WINDOWS, Posterior, load
from calibration.process_noise import disturbances, noises, with_disturbances
from model.engine.chunks import in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.progress import Progress, ignored
from model.inputs import LATEST, POLICY_START, START, drivers, levers
from model.run import STEPS
from model.scenario import BASELINE, inputs_of, shipped_scenarios
from model.system import system

from .experiments.design import Kept
from .experiments.finished import AnswerError, kept_numbers
from .group_wedges import DRIVERS, INTERACTION, MOMENTUM, WHOLE, groups, shapley

FIRST = POLICY_START - 1
DRAWS = 100
SEED = 1
BAND = {"p5": 0.05, "p50": 0.5, "p95": 0.95}


def attribute(
    indicator: str, year: int, first: int = FIRST, draws: int = DRAWS, progress: Progress = ignored
) -> pd.DataFrame:
    """What changed an indicator from the end of year `first` to that of `year` in the run "as happened".

    Rows: momentum, drivers, each group of levers, interaction, whole. Columns: part, share (mean over the draws) with
    share_p5, share_p50, share_p95; the same for alone; last. In the unit of the indicator. Means of share add up to
    whole, and so do those of alone with interaction; quantiles do not. `attrs`: indicator, unit, first, year, draws.

    Raises an `AnswerError` for an indicator, years or number of draws that cannot be.
    """
    found = attributions((indicator,), (year,), first, draws, progress)
    return found[indicator, year]


def attributions(
    indicators: Sequence[str],
    years: Sequence[int],
    first: int = FIRST,
    draws: int = DRAWS,
    progress: Progress = ignored,
) -> dict[tuple[str, int], pd.DataFrame]:
    """The tables of `attribute` for several indicators and years from the same runs, by indicator and year."""
    asked = {(name, year): _checked(name, year, first) for name in indicators for year in years}
    posterior = load(WINDOWS[-1])
    if not 2 <= draws <= len(posterior.draws):
        raise AnswerError(f"{draws} draws; allowed: 2 to {len(posterior.draws)}")
    # Draws at equal distances would share what repeats in their order.
    rows = np.random.default_rng(SEED).permutation(len(posterior.draws))[:draws]
    runs = _Runs(tuple((kept, year) for (_, year), kept in asked.items()), first, posterior)
    progress(0, draws)
    values, bases = [], []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done, (found, base) in enumerate(pool.map(runs.of_draw, rows), start=1):
            values.append(found)
            bases.append(base)
            progress(done, draws)
    tables = {}
    for place, ((name, year), kept) in enumerate(asked.items()):
        table = attribution_table(np.array(values)[..., place], np.array(bases)[:, place])
        unit = system().variables[kept.indicator].unit
        table.attrs |= {"indicator": name, "unit": unit, "first": first, "year": year, "draws": draws}
        tables[name, year] = table
    return tables


def _checked(indicator: str, year: int, first: int) -> Kept:
    kept = kept_numbers((indicator,))[0]
    if kept.total:
        raise AnswerError(f"{indicator} is added up over years and has no change; allowed: indicators of a year")
    if not START <= first < LATEST:
        raise AnswerError(f"--from {first}; allowed: {START} to {LATEST - 1}")
    if not first < year <= LATEST:
        raise AnswerError(f"--year {year}; allowed: {first + 1} to {LATEST}")
    return kept


class _Runs:
    """Runs of every combination for one draw; `asked` are numbers with the year in which each is wanted."""

    def __init__(self, asked: Sequence[tuple[Kept, int]], first: int, posterior: Posterior):
        self.asked, self.first, self.posterior = asked, first, posterior
        self.horizon = Horizon(START, max(year for _, year in asked), STEPS)
        self.parameters, self.tables = inputs_of(shipped_scenarios()[BASELINE], self.horizon.path_years)
        self.varied = (*levers(), *drivers())

    @functools.cached_property
    def _disturbances(self) -> dict[str, np.ndarray]:
        last = START + len(next(iter(self.tables.values()))) - 1
        count, window = len(self.posterior.draws), self.posterior.window
        return {noise.driver: disturbances(noise, count, window, last) for noise in noises()}

    def of_draw(self, draw: int) -> tuple[np.ndarray, np.ndarray]:
        """Values in their years (drivers held or moving, combinations, asked), and those in the first year."""
        own = with_values(self.posterior.numbers, self.posterior.draws[draw][None], self.parameters)
        parameters = {**self.parameters, **{name: values[0] for name, values in own.items()}}
        moved = {
            n.driver: with_disturbances(n, self.tables[n.driver], self._disturbances[n.driver][draw]) for n in noises()
        }
        return self.of(parameters, {**self.tables, **moved})

    def of(
        self, parameters: Mapping[str, np.ndarray], tables: Mapping[str, np.ndarray]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same for any parameters and paths."""
        names = tuple(dict.fromkeys(kept.indicator for kept, _ in self.asked))
        batch = compiled_batch(system(), self.horizon, self.varied, names)
        combinations = np.arange(2 ** len(groups()))
        moving = np.repeat([0, 1], len(combinations))
        chosen = {name: moving for name in drivers()}
        for k, names in enumerate(groups().values()):
            chosen |= {name: np.tile((combinations >> k) & 1, 2) for name in names}

        def inputs(rows: slice) -> dict[str, np.ndarray]:
            return {name: self._moved_or_held(tables[name], chosen[name][rows]) for name in self.varied}

        found = stacked(in_chunks(lambda changes: batch(changes, parameters, tables), inputs, len(moving)))
        values, bases = [], []
        for kept, year in self.asked:
            one = found[kept.indicator]
            path = one[..., kept.entry] if one.ndim == 3 else one
            values.append(path[:, year - START].reshape(2, -1))
            bases.append(path[-1, self.first - START])
        return np.stack(values, axis=-1), np.array(bases, dtype=float)

    def _moved_or_held(self, table: np.ndarray, moves: np.ndarray) -> np.ndarray:
        held = np.array(table, dtype=float)
        held[self.first + 1 - START :] = held[self.first - START]
        return np.where(moves.reshape(-1, *(1,) * held.ndim) == 1, table, held)


def attribution_table(values: np.ndarray, bases: np.ndarray) -> pd.DataFrame:
    """The table of `attribute`, from results (draws, drivers held or moving, combinations) and the values before."""
    held, moving = values[:, 0], values[:, 1]
    whole, momentum = moving[:, -1] - bases, held[:, 0] - bases
    weights = np.stack([shapley(one) for one in np.eye(values.shape[2])])
    by_group = (held + moving) / 2 @ weights
    by_drivers = (moving[:, 0] - held[:, 0] + moving[:, -1] - held[:, -1]) / 2
    bits = 1 << np.arange(len(groups()))
    alone, last = held[:, bits] - held[:, :1], moving[:, -1:] - moving[:, values.shape[2] - 1 - bits]
    drivers_alone, drivers_last = moving[:, 0] - held[:, 0], moving[:, -1] - held[:, -1]
    remainder = whole - momentum - drivers_alone - alone.sum(axis=1)
    rows = [_row(MOMENTUM, momentum, momentum, None), _row(DRIVERS, by_drivers, drivers_alone, drivers_last)]
    rows += [_row(name, by_group[:, k], alone[:, k], last[:, k]) for k, name in enumerate(groups())]
    return pd.DataFrame([*rows, _row(INTERACTION, None, remainder, None), _row(WHOLE, whole, whole, None)])


def _row(part: str, share: np.ndarray | None, alone: np.ndarray, last: np.ndarray | None) -> dict[str, object]:
    row: dict[str, object] = {"part": part}
    for name, values in (("share", share), ("alone", alone)):
        row[name] = np.nan if values is None else float(values.mean())
        for quantile, level in BAND.items():
            row[f"{name}_{quantile}"] = np.nan if values is None else float(np.quantile(values, level))
    return row | {"last": np.nan if last is None else float(last.mean())}
