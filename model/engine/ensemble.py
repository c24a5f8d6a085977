"""Many runs at once: members are the last dimension of every array, so that arithmetic runs in long rows.

The equations are the same; only shapes differ. Averages over the year are taken inside the loop,
so memory does not grow with the number of steps.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from .backend import Array, jax, jnp
from .checked_system import TIME, System
from .errors import DeclarationError, suggestion
from .evaluate import behind, evaluate, flows_of, net_flows, start_values
from .horizon import Horizon
from .integrate import sample
from .packing import stocks_of
from .reporting import annual_needed


@functools.lru_cache(maxsize=32)
def compiled_batch(
    system: System, horizon: Horizon, varied: tuple[str, ...], outputs: tuple[str, ...] | None = None
) -> Callable:
    """A compiled function (varied values, fixed parameters, fixed tables) -> {name: array, members first}.

    The inputs `varied` carry members on their first axis. Results hold a value per member and year:
    the mean over the year, or its end for stocks, as `build` gives them for one run. Euler only.
    """
    for name in varied:
        if name not in system.inputs:
            raise DeclarationError(f"{name}: no input of this name to vary{suggestion(name, system.inputs)}")
    if horizon.method != "euler":
        raise ValueError("ensembles are integrated by euler; run rk4 member by member")
    names = tuple(outputs) if outputs is not None else tuple(system.variables)

    def run(changes: Mapping, parameters: Mapping, tables: Mapping) -> dict:
        members = next(iter(changes.values())).shape[0]
        values = {n: behind(jnp.asarray(v, dtype=float), 1) for n, v in {**parameters, **tables}.items()}
        values |= {n: jnp.moveaxis(jnp.asarray(v, dtype=float), 0, -1) for n, v in changes.items()}
        constants = {n: values[n] for n in system.inputs_of("parameter")}
        paths = {n: v for n, v in values.items() if n not in constants}
        return _run(system, horizon, names, constants, paths, members)

    return jax.jit(run)


def _run(
    system: System, horizon: Horizon, names: tuple[str, ...], constants: Mapping, paths: Mapping, members: int
) -> dict[str, Array]:
    annual = annual_needed(system, names)
    wanted = dict.fromkeys([*names, *(c for a in annual for c in system.variables[a].causes)])
    shown = [n for n in wanted if n in system.variables and system.variables[n].kind != "annual"]
    needed = system.needed_for([*shown, *flows_of(system)])
    wanted_now = system.needed_for(shown)
    averaged = [n for n in shown if system.variables[n].report == "mean"]
    sampled, closing = (sample(system, horizon, paths, offset) for offset in (0.0, 1.0))
    begin = {**constants, **{n: v[0] for n, v in sampled.items()}, TIME: jnp.asarray(float(horizon.start))}
    first = start_values(system, begin, (members,))
    stocks = stocks_of(system, (members,))
    years, steps = len(horizon.years), horizon.steps

    def observe(
        state: Array, moment: Array, exogenous: Mapping[str, Array], names: tuple[str, ...] = needed
    ) -> dict[str, Array]:
        values = {**constants, **exogenous, **stocks.unpack(state), TIME: moment}
        return evaluate(system, names, values, (members,))

    def full(name: str, seen: Mapping[str, Array]) -> Array:
        return jnp.broadcast_to(seen[name], (*system.shape_of(name), members))

    def advanced(state: jax.Array, seen: Mapping[str, Array]) -> jax.Array:
        return state + stocks.pack(net_flows(system, seen, (members,))) / steps

    def step(
        carry: tuple[jax.Array, dict[str, Array]], now: tuple[Array, dict[str, Array]]
    ) -> tuple[tuple[jax.Array, dict[str, Array]], None]:
        state, sums = carry
        seen = observe(state, *now)
        return (advanced(state, seen), {n: sums[n] + seen[n] for n in sums}), None

    def year(
        state: jax.Array, now: tuple[tuple[Array, dict[str, Array]], Array, dict[str, Array]]
    ) -> tuple[jax.Array, dict[str, Array]]:
        inside, end, after = now
        # The first step is outside the loop, because the trapezoidal rule needs its values again.
        opening = observe(state, *jax.tree.map(lambda v: v[0], inside))
        sums = {n: full(n, opening) for n in averaged}
        rest = jax.tree.map(lambda v: v[1:], inside)
        (final, sums), _ = jax.lax.scan(step, (advanced(state, opening), sums), rest)
        ending = observe(final, end, after, wanted_now)
        for n in sums:
            if system.variables[n].kind != "flow":  # flows are exact sums, the rest follows the trapezoidal rule
                sums[n] = sums[n] + (ending[n] - opening[n]) / 2
        return final, {n: sums[n] / steps if n in sums else full(n, ending) for n in shown}

    by_year = jax.tree.map(lambda v: v.reshape(years, steps, *v.shape[1:]), (jnp.asarray(horizon.times), sampled))
    ends = {n: v[steps - 1 :: steps] for n, v in closing.items()}
    _, yearly = jax.lax.scan(year, stocks.pack(first), (by_year, jnp.asarray(horizon.years + 1.0), ends))
    values = {n: behind(v, 1) for n, v in constants.items()}
    values |= {n: jnp.moveaxis(v, 0, -1) for n, v in {**{n: v[:years] for n, v in paths.items()}, **yearly}.items()}
    values[TIME] = jnp.asarray(horizon.years, dtype=float)
    evaluate(system, annual, values, (members, years))
    whole = {n: jnp.broadcast_to(values[n], (*system.shape_of(n), members, years)) for n in names}
    return {n: jnp.moveaxis(value, (-2, -1), (0, 1)) for n, value in whole.items()}
