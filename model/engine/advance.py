"""Running a model piece by piece, with some of its flows set by the caller between the pieces.

A process model (discrete events) and the stocks take turns: the process looks at the stocks, decides the flows of the
next piece of time, and the stocks move on with them. All other equations apply as always. Euler only.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import numpy as np

from .backend import Array, jax, jnp
from .checked_system import TIME, System
from .errors import DeclarationError, suggestion
from .evaluate import evaluate, flows_of, net_flows, start_values
from .horizon import Horizon
from .integrate import sample
from .packing import paths_of, stocks_of
from .reporting import Integrated, Series, reported


class Advance:
    """A run in pieces of `piece` steps; `prescribed` names the flows that the caller sets, `watched` the
    variables that `look` returns.

    `look()` returns the watched variables at the present moment, computed by their equations. `advance(flows)`
    integrates one piece with the prescribed flows constant. After the last one, `results` reports the run like `build`.
    """

    def __init__(
        self,
        system: System,
        horizon: Horizon,
        parameters: Mapping,
        tables: Mapping,
        prescribed: tuple[str, ...],
        watched: tuple[str, ...],
        piece: int,
    ):
        self.system, self.horizon, self.prescribed, self.piece = system, horizon, tuple(prescribed), piece
        self.parameters = {n: jnp.asarray(v, dtype=float) for n, v in parameters.items()}
        self.tables = {n: jnp.asarray(v, dtype=float) for n, v in tables.items()}
        self._start, self._look, self._move = _functions(system, horizon, self.prescribed, tuple(watched), piece)
        self.state, self.exogenous = self._start(self.parameters, self.tables)
        self._exogenous = np.asarray(self.exogenous)
        self.done = 0
        self._states: list = []
        self._flows: list[dict] = []

    @property
    def pieces(self) -> int:
        """How many pieces the whole run has."""
        return len(self.horizon.times) // self.piece

    @property
    def time(self) -> float:
        """The present moment, in years."""
        return self.horizon.start + self.done * self.piece / self.horizon.steps

    def look(self, ahead: int = 0) -> dict[str, np.ndarray]:
        """The watched variables now; levers and drivers as they will be `ahead` pieces later, or at the end."""
        row = min((self.done + ahead) * self.piece, len(self._exogenous) - 1)
        seen = self._look(self.parameters, self.state, self.time, self._exogenous[row])
        return {n: np.asarray(v) for n, v in seen.items()}

    def advance(self, flows: Mapping[str, np.ndarray]) -> None:
        """Integrate one piece; `flows` has a value for every flow named in `prescribed`."""
        first = self.done * self.piece
        span = slice(first, first + self.piece)
        shapes = {n: self.system.variables[n].shape for n in self.prescribed}
        flows = {n: np.broadcast_to(np.asarray(flows[n], dtype=float), shapes[n]) for n in self.prescribed}
        moments, exogenous = self.horizon.times[span], self._exogenous[span]
        self.state, states = self._move(self.parameters, self.state, moments, exogenous, flows)
        self._states.append(states)
        self._flows.append(flows)
        self.done += 1

    def results(self, names: tuple[str, ...] | None = None) -> dict[str, np.ndarray]:
        """The variables `names` (default: all) by year, once the run is complete."""
        if self.done != self.pieces:
            raise ValueError(f"the run is not complete: {self.done} of {self.pieces} pieces")
        names = tuple(self.system.variables) if names is None else tuple(names)
        steps, count = self.horizon.steps, len(self.horizon.times)
        states = np.concatenate(self._states)
        ends = np.concatenate([states[steps::steps], np.asarray(self.state)[None]])
        closing = paths_of(self.system).pack(sample(self.system, self.horizon, self.tables, 1.0), (count,))
        series = Series(states, ends, self.exogenous, closing[steps - 1 :: steps])
        repeated = {n: np.repeat([np.asarray(f[n]) for f in self._flows], self.piece, axis=0) for n in self.prescribed}
        prescribed = {n: np.moveaxis(np.concatenate([v, v[steps - 1 :: steps]]), 0, -1) for n, v in repeated.items()}
        report = _report(self.system, self.horizon, names)
        return {n: np.asarray(v) for n, v in report(self.parameters, self.tables, series, prescribed).items()}


@functools.lru_cache(maxsize=8)
def _functions(
    system: System, horizon: Horizon, prescribed: tuple[str, ...], watched: tuple[str, ...], piece: int
) -> tuple[Callable, Callable, Callable]:
    """Compiled start, look and move, cached for all runs of the same form."""
    for name in (*prescribed, *watched):
        if name not in system.variables:
            raise DeclarationError(f"{name}: no variable of this name{suggestion(name, system.variables)}")
    if horizon.method != "euler" or horizon.steps % piece:
        raise ValueError(f"pieces of {piece} steps need euler and a year of a multiple of {piece} steps")
    needed = system.needed_for(watched)
    inside = tuple(n for n in system.needed_for(flows_of(system)) if n not in prescribed)
    stocks, paths = stocks_of(system), paths_of(system)

    def start(parameters: Mapping, tables: Mapping) -> tuple[Array, Array]:
        exogenous = paths.pack(sample(system, horizon, tables, 0.0), (len(horizon.times),))
        begin = {**parameters, **paths.unpack(exogenous[0]), TIME: jnp.asarray(float(horizon.start))}
        return stocks.pack(start_values(system, begin)), exogenous

    def values_at(parameters: Mapping, state: Array, moment: Array, exogenous: Array) -> dict[str, Array]:
        return {**parameters, **paths.unpack(exogenous), **stocks.unpack(state), TIME: moment}

    def look(parameters: Mapping, state: Array, moment: Array, exogenous: Array) -> dict[str, Array]:
        values = evaluate(system, needed, values_at(parameters, state, moment, exogenous))
        return {n: values[n] for n in watched}

    def move(
        parameters: Mapping, state: Array, moments: Array, exogenous: Array, flows: Mapping
    ) -> tuple[Array, Array]:
        def step(now: Array, at: tuple[Array, Array]) -> tuple[Array, Array]:
            values = evaluate(system, inside, {**values_at(parameters, now, *at), **flows})
            return now + stocks.pack(net_flows(system, values)) / horizon.steps, now

        return jax.lax.scan(step, state, (moments, exogenous))

    return jax.jit(start), jax.jit(look), jax.jit(move)


@functools.lru_cache(maxsize=8)
def _report(system: System, horizon: Horizon, names: tuple[str, ...]) -> Callable:
    """The compiled report of a finished run."""

    def report(parameters: Mapping, tables: Mapping, series: Series, prescribed: Mapping) -> dict[str, Array]:
        return reported(Integrated(system, horizon, parameters, tables, series, prescribed), names)

    return jax.jit(report)
