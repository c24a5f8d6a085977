"""The reference to check the engine against: the same equations in plain numpy loops, and scipy's Runge-Kutta.

It shares no code with the engine it checks beyond the declarations and the reading of tables (`Horizon.weights`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp

from .checked_system import TIME, System
from .declare import Variable
from .errors import DeclarationError
from .evaluate import annual_needed, behind, evaluate, flows_of, net_flows, reported_names, start_values
from .horizon import Horizon

Arrays = dict[str, np.ndarray]

_RK4 = ((0.0, 1 / 6), (0.5, 1 / 3), (0.5, 1 / 3), (1.0, 1 / 6))
"""Nodes of the classical Runge-Kutta method, as parts of the step, and weights of the slopes there."""


@dataclass(frozen=True)
class _Run:
    """What the steps of one run share; `trail` is (members,) where several members run together, else ()."""

    system: System
    horizon: Horizon
    constants: Mapping[str, np.ndarray]
    tables: Mapping[str, np.ndarray]
    trail: tuple[int, ...]

    def paths(self, offset: float) -> list[Arrays]:
        """Levers and drivers at `offset` of each step."""
        sampled = {
            name: np.tensordot(self._weights(name, offset), table, axes=1) for name, table in self.tables.items()
        }
        return [{n: v[k] for n, v in sampled.items()} for k in range(len(self.horizon.times))]

    def _weights(self, name: str, offset: float) -> np.ndarray:
        return self.horizon.weights(self.system.inputs[name].interpolation, offset, len(self.tables[name]))

    def seen(self, names: tuple[str, ...], moment: np.float64, paths: Arrays, held: Arrays) -> Arrays:
        """All values at one moment, with the equations `names`; `held` are stocks and fixed delays."""
        return evaluate(self.system, names, {**self.constants, **paths, **held, TIME: moment}, self.trail)

    def moved(self, stocks: Arrays, rates: Arrays, span: float) -> Arrays:
        """Stocks after `span` years at constant rates."""
        return {name: stocks[name] + span * rates[name] for name in self.system.stocks}

    def slope(self, values: Mapping) -> Arrays:
        """Rates of change of the stocks."""
        return net_flows(self.system, values, self.trail)

    def years(self, shown: Sequence[str]) -> Iterator[tuple[list[Arrays], Arrays]]:
        """For each year, the variables `shown` at the start of its steps, and at its end.

        At the end of a year, levers and drivers are those at the end of its last step.
        """
        horizon, step = self.horizon, 1.0 / self.horizon.steps
        first, middle, last = (self.paths(offset) for offset in (0.0, 0.5, 1.0))
        integrated = self.system.needed_for(flows_of(self.system))
        values = {**self.constants, **first[0], TIME: horizon.times[0]}
        stocks = start_values(self.system, values, self.trail)
        memories = {name: _Memory(self.system.variables[name], values, horizon) for name in self.system.delayed}
        held = {name: memory.value(0) for name, memory in memories.items()}
        needed = self.system.needed_for([*shown, *flows_of(self.system), *(m.of for m in memories.values())])
        steps: list[Arrays] = []
        for k, moment in enumerate(horizon.times):
            values = self.seen(needed, moment, first[k], {**stocks, **held})
            for memory in memories.values():
                memory.past[k] = values[memory.of]
            steps.append({name: values[name] for name in shown})
            rates = self.slope(values)
            if horizon.method == "rk4":
                total = {name: rates[name] / 6 for name in rates}
                for (node, weight), paths in zip(_RK4[1:], (middle[k], middle[k], last[k]), strict=True):
                    stage = {**self.moved(stocks, rates, step * node), **held}
                    rates = self.slope(self.seen(integrated, moment + step * node, paths, stage))
                    total = {name: total[name] + weight * rates[name] for name in rates}
                rates = total
            stocks = self.moved(stocks, rates, step)
            held = {name: memory.value(k + 1) for name, memory in memories.items()}
            if len(steps) == horizon.steps:
                end = self.seen(self.system.needed_for(shown), np.rint(moment + step), last[k], {**stocks, **held})
                yield steps, {name: end[name] for name in shown}
                steps = []


class _Memory:
    """The values of a fixed delay: its cause a whole number of steps ago (at least one), until then its initial value.

    `past` is the cause `of` at the start of each step.
    """

    def __init__(self, variable: Variable, start: Mapping, horizon: Horizon):
        self.of, self.initial = variable.of, start[variable.name]
        steps = np.rint(np.asarray(start[variable.time]) * horizon.steps)
        steps = np.clip(steps, 1, len(horizon.times)).astype(int)
        self.steps = np.broadcast_to(steps, self.initial.shape)
        self.past = np.empty((len(horizon.times), *self.initial.shape))

    def value(self, step: int) -> np.ndarray:
        """The value during a step."""
        then = np.maximum(step - self.steps, 0)
        return np.where(step < self.steps, self.initial, np.take_along_axis(self.past, then[None], 0)[0])


def run(
    system: System,
    horizon: Horizon,
    parameters: Mapping,
    tables: Mapping,
    names: Sequence[str] | None = None,
    every_step: bool = False,
    members: int | None = None,
) -> Arrays:
    """The variables `names` (default: all) of a run, time first, as the engine defines them.

    `parameters` maps names to scalars or axis arrays, `tables` levers and drivers to arrays of one row per year.
    Results are yearly: the mean over the year, or its end for stocks; with `every_step`, values at the start of each
    step, annual statistics left out. With `members`, any input may have members as its last dimension, and results have
    them first.
    """
    trail = () if members is None else (members,)
    given = {n: np.asarray(v, dtype=float) for n, v in {**parameters, **tables}.items()}
    for name, value in given.items():
        if value.ndim == len(system.inputs[name].shape) + (name in tables):
            given[name] = behind(value, len(trail))
    constants = {n: v for n, v in given.items() if n not in tables}
    this = _Run(system, horizon, constants, {n: given[n] for n in tables}, trail)
    names = tuple(system.variables) if names is None else tuple(names)
    annual = () if every_step else annual_needed(system, names)
    shown = reported_names(system, names)
    found: dict[str, list[np.ndarray]] = {name: [] for name in shown}
    for steps, end in this.years(shown):
        for name in shown:
            variable = system.variables[name]
            series = [np.broadcast_to(s[name], (*variable.shape, *trail)) for s in (*steps, end)]
            found[name] += series[:-1] if every_step else [_of_year(variable, np.stack(series), horizon)]
    values = {name: np.stack(series) for name, series in found.items()}
    if annual:
        values |= _annual_statistics(this, annual, values)
    chosen = {name: values[name] for name in names if name in values}
    return chosen if members is None else {name: np.moveaxis(value, -1, 0) for name, value in chosen.items()}


def _of_year(variable: Variable, series: np.ndarray, horizon: Horizon) -> np.ndarray:
    """A year of a variable, from its values at the start of each step and at the end: its end, or its mean.

    Under Euler the mean of a flow is exactly what the steps add to stocks, and a fixed delay is constant within steps;
    other means follow the trapezoidal rule.
    """
    if variable.report == "end":
        return series[-1]
    mean = series[:-1].mean(axis=0)
    exact = variable.kind == "delayed" or (horizon.method == "euler" and variable.kind == "flow")
    return mean if exact else mean + (series[-1] - series[0]) / (2 * horizon.steps)


def _annual_statistics(this: _Run, annual: tuple[str, ...], yearly: Arrays) -> Arrays:
    """Annual statistics, years first, from yearly series."""
    years = this.horizon.years
    values = {n: np.broadcast_to(v[..., None], (*v.shape, len(years))) for n, v in this.constants.items()}
    values |= {n: np.moveaxis(v[: len(years)], 0, -1) for n, v in {**this.tables, **yearly}.items()}
    values[TIME] = years.astype(float)
    trail = (*this.trail, len(years))
    evaluate(this.system, annual, values, trail)
    whole = {n: np.broadcast_to(values[n], (*this.system.shape_of(n), *trail)) for n in annual}
    return {n: np.moveaxis(value, -1, 0) for n, value in whole.items()}


def solve(
    system: System, parameters: Mapping, tables: Mapping, horizon: Horizon, rtol: float = 1e-10, atol: float = 1e-10
) -> Arrays:
    """Stocks at the end of each year, by `scipy.integrate.solve_ivp` (DOP853).

    The solver restarts every half year, because tables bend at the turn and in the middle of years.
    """
    for name in system.delayed:
        raise DeclarationError(f"{name}: a fixed delay counts steps; the adaptive solver has none, use `run`")
    needed = system.needed_for(flows_of(system))
    constants = {n: np.asarray(v, dtype=float) for n, v in parameters.items()}
    at_start = _paths(system, horizon, tables, float(horizon.start), horizon.start)
    state = start_values(system, {**constants, **at_start, TIME: float(horizon.start)})
    bounds = np.cumsum([value.size for value in state.values()])[:-1]

    def packed(values: Mapping) -> np.ndarray:
        return np.concatenate([np.ravel(values[name]) for name in state])

    def unpacked(vector: np.ndarray) -> Arrays:
        parts = zip(state, np.split(vector, bounds, axis=-1), strict=True)
        return {n: part.reshape((*vector.shape[:-1], *state[n].shape)) for n, part in parts}

    vector = packed(state)
    ends = []
    for year in horizon.years:
        for begin in (float(year), year + 0.5):

            def rate(moment: float, y: np.ndarray, year: int = int(year)) -> np.ndarray:
                paths = _paths(system, horizon, tables, moment, year)
                return packed(
                    net_flows(system, evaluate(system, needed, {**constants, **paths, **unpacked(y), TIME: moment}))
                )

            solution = solve_ivp(rate, (begin, begin + 0.5), vector, method="DOP853", rtol=rtol, atol=atol)
            if not solution.success:
                raise RuntimeError(f"the reference integrator stopped at {solution.t[-1]:.3f}: {solution.message}")
            vector = solution.y[:, -1]
        ends.append(vector)
    return unpacked(np.stack(ends))


def _paths(system: System, horizon: Horizon, tables: Mapping, moment: float, year: int) -> Arrays:
    """Levers and drivers at `moment`, which lies in calendar year `year`."""
    values = {}
    for name, table in tables.items():
        table = np.asarray(table, dtype=float)
        if system.inputs[name].interpolation == "step":
            values[name] = table[year - horizon.start]
            continue
        position = np.clip(moment - horizon.start - 0.5, 0, len(table) - 1)
        low = min(int(position), len(table) - 1)
        high = min(low + 1, len(table) - 1)
        values[name] = table[low] + (position - low) * (table[high] - table[low])
    return values


def differences(
    simulated: Mapping, system: System, parameters: Mapping, tables: Mapping, horizon: Horizon, rtol: float = 1e-10
) -> dict[str, float]:
    """Largest difference of each stock between fixed steps and `solve`, relative to its largest value.

    `simulated` has the stocks at the start of each step, from the engine or from `run`. Compared at the turns of the
    years inside the horizon, so the horizon needs at least two years. `rtol` is the accuracy of a step of `solve`.
    """
    largest = {}
    for name, exact in solve(system, parameters, tables, horizon, rtol, rtol).items():
        turns = np.asarray(simulated[name])[horizon.steps :: horizon.steps]
        largest[name] = float(np.max(np.abs(turns - exact[:-1])) / max(np.max(np.abs(exact)), np.finfo(float).tiny))
    return largest
