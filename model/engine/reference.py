"""An independent integrator: scipy's adaptive Runge-Kutta on the same equations, to check the fixed steps against."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.integrate import solve_ivp

from .backend import Array, jax, jnp
from .checked_system import TIME, System
from .evaluate import evaluate, flows_of, net_flows, start_values
from .horizon import Horizon
from .integrate import compiled
from .packing import stocks_of


def solve(
    system: System, parameters: Mapping, tables: Mapping, horizon: Horizon, rtol: float = 1e-10, atol: float = 1e-10
) -> dict[str, np.ndarray]:
    """Stocks at the end of each year, by `scipy.integrate.solve_ivp` (DOP853).

    The solver restarts every half year, because tables bend at the turn and in the middle of years.
    """
    needed = system.needed_for(flows_of(system))
    parameters = {n: jnp.asarray(v, dtype=float) for n, v in parameters.items()}
    values = {**parameters, **_paths(system, horizon, tables, float(horizon.start), horizon.start)}
    state = start_values(system, {**values, TIME: jnp.asarray(float(horizon.start))})
    stocks = stocks_of(system)

    @jax.jit
    def slope(moment: Array, vector: Array, paths: Mapping[str, Array]) -> Array:
        values = {**parameters, **paths, **stocks.unpack(vector), TIME: moment}
        return stocks.pack(net_flows(system, evaluate(system, needed, values)))

    vector = np.asarray(stocks.pack(state))
    ends = []
    for year in horizon.years:
        for begin in (float(year), year + 0.5):

            def rate(moment: float, y: np.ndarray, year: int = int(year)) -> np.ndarray:
                return np.asarray(slope(moment, y, _paths(system, horizon, tables, moment, year)))

            solution = solve_ivp(rate, (begin, begin + 0.5), vector, method="DOP853", rtol=rtol, atol=atol)
            if not solution.success:
                raise RuntimeError(f"the reference integrator stopped at {solution.t[-1]:.3f}: {solution.message}")
            vector = solution.y[:, -1]
        ends.append(vector)
    return {name: np.asarray(values) for name, values in stocks.unpack(np.stack(ends)).items()}


def _paths(system: System, horizon: Horizon, tables: Mapping, moment: float, year: int) -> dict:
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


def differences(system: System, parameters: Mapping, tables: Mapping, horizon: Horizon) -> dict[str, float]:
    """Largest difference of each stock between fixed steps and the reference, relative to its largest value.

    Compared at the turns of the years inside the horizon, so the horizon needs at least two years.
    """
    simulated = compiled(system, horizon, system.stocks, True)(parameters, tables)
    largest = {}
    for name, exact in solve(system, parameters, tables, horizon).items():
        turns = np.asarray(simulated[name])[horizon.steps :: horizon.steps]
        largest[name] = float(np.max(np.abs(turns - exact[:-1])) / max(np.max(np.abs(exact)), np.finfo(float).tiny))
    return largest
