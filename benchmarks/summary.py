"""The tables that a comparison of engines prints: goals, ratios, then times and memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .engines import ALL, ALONE, ENSEMBLE, ONE_RUN, ONE_THREAD, PYSD, SIMLIN, TWO_THREADS
from .processes import EDITED, RUN_NAME, SIMULATE_NAME, UNCACHED
from .report import quartiles
from .rounds import Results, absolute_rows, ratio_text

NEW, OLD = "new engine", "old engine"
QUANTITIES = {"cpu": "processor time", "wall": "time", "memory": "peak memory"}


@dataclass(frozen=True)
class Goal:
    """A goal: what is measured, the limit, how to get the number, and whether it shall be at least the limit."""

    what: str
    limit: float
    unit: str
    value: Callable[[Results], float]
    at_least: bool = False


def _median(what: str, quantity: str, who: str = NEW) -> Callable[[Results], float]:
    return lambda results: results.median(what, who, quantity)


def _ratio(what: str, other: str, who: str, quantity: str) -> Callable[[Results], float]:
    def value(results: Results) -> float:
        ratios = results.ratios(what, other, who, quantity)
        return quartiles(ratios)[1] if ratios else math.nan

    return value


def _saved_bytes(results: Results) -> float:
    """Megabytes by which the installation is smaller."""
    if not results.sizes:
        return math.nan
    return (sum(results.sizes[OLD].values()) - sum(results.sizes[NEW].values())) / 1e6


_SIMULATE, _RUN = f"{SIMULATE_NAME}, {UNCACHED}", f"{RUN_NAME}, {UNCACHED}"
_OLD_ONE, _NEW_ONE, _NEW_TWO = f"{OLD}, {ONE_THREAD}", f"{NEW}, {ONE_THREAD}", f"{NEW}, {TWO_THREADS}"
GOALS = (
    Goal(_SIMULATE, 0.6, "s", _median(_SIMULATE, "wall")),
    Goal(_RUN, 1.5, "s", _median(_RUN, "wall")),
    Goal(f"peak memory of {_RUN}", 300, "MB", _median(_RUN, "memory")),
    Goal(EDITED, 2, "s", _median(EDITED, "wall")),
    Goal(f"processor time of {ONE_RUN}: {OLD} / {NEW}", 4.5, "x", _ratio(ONE_RUN, OLD, NEW, "cpu"), True),
    Goal(f"processor time of {ENSEMBLE}: {OLD} / {NEW}", 2, "x", _ratio(ENSEMBLE, _OLD_ONE, _NEW_ONE, "cpu"), True),
    Goal(f"time of {ENSEMBLE}: one thread / two", 1.9, "x", _ratio(ENSEMBLE, _NEW_ONE, _NEW_TWO, "wall"), True),
    Goal(f"processor time of {ALL}: {SIMLIN} / {NEW}", 20, "x", _ratio(ALL, SIMLIN, NEW, "cpu"), True),
    Goal(f"processor time of {ALONE}: {SIMLIN} / {NEW}", 20, "x", _ratio(ALONE, SIMLIN, NEW, "cpu"), True),
    Goal(f"time of {ALL}: {PYSD} / {NEW}", 1000, "x", _ratio(ALL, PYSD, NEW, "wall"), True),
    Goal("smaller installation", 350, "MB", _saved_bytes, True),
)
"""The goals of the engine."""


def printed(results: Results) -> str:
    """All tables as Markdown, with the notes."""
    parts = [
        _table(("goal", "limit", "measured", "met"), _goal_rows(results)),
        _table(("ratio", "processor time", "time", "peak memory"), _ratio_rows(results)),
        _table(("what", "who", "processor time", "time", "peak memory"), absolute_rows(results)),
        "\n".join(f"- {note}" for note in (*results.notes, *_size_notes(results))),
    ]
    return "\n\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _goal_rows(results: Results) -> Iterable[Sequence[str]]:
    for goal in GOALS:
        value = goal.value(results)
        sign = "at least" if goal.at_least else "at most"
        if math.isnan(value):
            shown, met = "not measured", "–"
        else:
            shown = f"{value:,.{0 if value >= 100 else 2}f} {goal.unit}"
            met = "yes" if (value >= goal.limit if goal.at_least else value <= goal.limit) else "**no**"
        yield goal.what, f"{sign} {goal.limit:,g} {goal.unit}", shown, met


def _ratio_rows(results: Results) -> Iterable[Sequence[str]]:
    """How many times as much each other contestant takes as the new engine, where both were measured."""
    for what, costs in results.costs.items():
        for other in costs:
            who = next((n for n in (f"{NEW}, {other.partition(', ')[2]}", NEW) if n in costs), None)
            if who is None or other.startswith(NEW):
                continue
            texts = [ratio_text(_finite(results.ratios(what, other, who, quantity))) for quantity in QUANTITIES]
            yield f"{what}: {other} / {who}", *texts
    members = [f"{name}, {threads}" for name in (NEW, OLD) for threads in (ONE_THREAD, TWO_THREADS)]
    for one, two in (members[:2], members[2:]):
        ratios = results.ratios(ENSEMBLE, one, two, "wall")
        if ratios:
            yield f"{ENSEMBLE}: {one} / two", "", ratio_text(ratios), ""


def _finite(values: Iterable[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)]


def _size_notes(results: Results) -> Iterable[str]:
    for who, sizes in results.sizes.items():
        listed = ", ".join(f"{name} {size / 1e6:,.1f}" for name, size in sizes.items())
        yield f"packages of the {who} alone, MB: {listed}"
