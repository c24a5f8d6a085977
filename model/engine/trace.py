"""The whole model as expressions: what starts a run, what a moment gives, what a year reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .checked_system import TIME, System
from .evaluate import annual_needed, evaluate, flows_of, net_flows, reported_names, start_values
from .expression import ALWAYS, EACH_YEAR, INPUT, NEVER, Expression, Pool, below

PARAMETER, STEP_PATH, LINEAR_PATH = "parameter", "step", "linear"
MOMENT, STOCK, DELAYED, PRESCRIBED, SHOWN = "moment", "stock", "delayed", "prescribed", "shown"
_LEVELS = {PARAMETER: NEVER, STEP_PATH: EACH_YEAR}
Named = dict[str, Expression]


@dataclass(frozen=True)
class Trace:
    """Expressions by name: stocks at the `start` of the run, their net flows (`rates`), variables to report (`shown`),
    variables to look at between pieces (`watched`), what fixed delays follow, their times and first values (`followed`,
    `lags`, `first`), and `annual` statistics. `inputs` has the inputs of all of them by kind and name.
    """

    system: System
    start: Named
    rates: Named
    shown: Named
    watched: Named
    followed: Named
    lags: Named
    first: Named
    annual: Named

    @property
    def roots(self) -> list[Expression]:
        """Everything that has to be computed."""
        groups = (self.start, self.rates, self.shown, self.watched, self.followed, self.lags, self.first, self.annual)
        return [expression for group in groups for expression in group.values()]

    @property
    def inputs(self) -> dict[tuple[str, str], Expression]:
        """The inputs of all expressions by kind and name."""
        return {e.attribute: e for e in below(self.roots) if e.operation == INPUT}


def trace(system: System, names: Sequence[str], prescribed: Sequence[str] = (), watched: Sequence[str] = ()) -> Trace:
    """Trace what a report of the variables `names` needs.

    The equations of `prescribed` do not apply, as the caller sets their values, except in what `watched` needs.
    Raises a `DeclarationError` for an equation that cannot be traced, or whose value has a wrong shape.
    """
    pool = Pool()
    outside = {n: _input(pool, _kind(system, n), n, system.shape_of(n)) for n in (*system.inputs, TIME)}
    begun = dict(outside)
    start = start_values(system, begun)
    present = outside | {n: _input(pool, STOCK, n, system.shape_of(n)) for n in system.stocks}
    present |= {n: _input(pool, DELAYED, n, system.shape_of(n)) for n in system.delayed}

    reported = reported_names(system, names)
    given = {n: _input(pool, PRESCRIBED, n, system.shape_of(n)) for n in prescribed}
    followed = {n: system.variables[n].of for n in system.delayed}
    needed = system.needed_for([*reported, *flows_of(system), *followed.values()])
    values = evaluate(system, tuple(n for n in needed if n not in given), present | given)
    seen = evaluate(system, system.needed_for(watched), dict(present))
    years = outside | {n: _input(pool, SHOWN, n, system.shape_of(n)) for n in reported}
    annual = annual_needed(system, names)
    evaluate(system, annual, years)

    def whole(chosen: Iterable[str], values: Mapping) -> Named:
        return {n: pool.broadcast(pool.lifted(values[n]), system.shape_of(n)) for n in chosen}

    followed_values = {n: values[of] for n, of in followed.items()}
    lags = {n: begun[system.variables[n].time] for n in system.delayed}
    return Trace(
        system,
        whole(system.stocks, start),
        whole(system.stocks, net_flows(system, values)),
        whole(reported, values),
        whole(watched, seen),
        whole(system.delayed, followed_values),
        whole(system.delayed, lags),
        whole(system.delayed, begun),
        whole(annual, years),
    )


def _kind(system: System, name: str) -> str:
    if name == TIME:
        return MOMENT
    source = system.inputs[name]
    return PARAMETER if source.kind == "parameter" else source.interpolation


def _input(pool: Pool, kind: str, name: str, shape: tuple[int, ...]) -> Expression:
    return pool.input((kind, name), shape, _LEVELS.get(kind, ALWAYS))
