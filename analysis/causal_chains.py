"""By which chain of causes a change reaches an indicator: two runs are compared, variable by variable."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from model.axes import SECTOR_OF
from model.system import system

from .diagram import causal_links, effects_of
from .varied_runs import Run

CARRIES = 0.1
"""A variable carries a change where it changes, relative to its size, by at least this part of what the last does."""
NOTICEABLE = 1e-3
"""Changes of the last variable that are smaller, relative to its size, have no chain."""

Place = tuple[str, str]
"""A variable and the element of its axis, "" for a variable without one."""


@dataclass(frozen=True)
class Change:
    """A variable, or one `element` of its axis, in one year of two runs; `size` is its largest value of any year."""

    variable: str
    element: str
    before: float
    after: float
    size: float

    @property
    def absolute(self) -> float:
        """The difference, in the unit of the variable."""
        return self.after - self.before

    @property
    def relative(self) -> float:
        """The difference as a part of the size."""
        return abs(self.absolute) / self.size if self.size else 0.0


def changes_between(before: Run, after: Run, position: int) -> dict[Place, Change]:
    """The change of every variable, element by element, in the year at `position`."""
    found = {}
    for name, variable in system().variables.items():
        if variable.generated or name not in before or len(variable.axes) > 1:
            continue
        labels = variable.axes[0].labels if variable.axes else ("",)
        old, new = (np.asarray(run[name]).reshape(-1, len(labels)) for run in (before, after))
        sizes = np.fmax(np.nanmax(np.abs(old), axis=0), np.nanmax(np.abs(new), axis=0))
        for label, *values in zip(labels, old[position], new[position], sizes, strict=True):
            found[name, label] = Change(name, label, *map(float, values))
    return found


def carrying_chain(sources: Collection[str], target: str, before: Run, after: Run, position: int) -> tuple[Change, ...]:
    """The shortest chain of causes from one of `sources` to `target` all of whose variables carry the change in the
    year at `position`; of equally short ones that whose smallest relative change is largest.

    Of an indicator with sectors the last element is the target. Levers, drivers and parameters lead a chain but are
    not part of it. Empty where the change is not noticeable, or where nothing carries it in that year, as where its
    causes have died away.
    """
    changes = changes_between(before, after, position)
    goal = next(place for place in reversed(changes) if place[0] == target)
    if changes[goal].relative < NOTICEABLE:
        return ()
    least = CARRIES * changes[goal].relative
    carrying = {place: change for place, change in changes.items() if place == goal or change.relative >= least}
    return tuple(carrying[place] for place in _shortest(sources, goal, carrying) if place in carrying)


def _shortest(sources: Collection[str], goal: Place, carrying: Mapping[Place, Change]) -> tuple[Place, ...]:
    """Shortest path from a source to the goal through what carries the change."""
    starts = [place for place in carrying if place[0] in sources]
    starts += [(name, "") for name in sources if name not in system().variables]
    waiting: list[tuple[int, float, tuple[Place, ...]]] = [(0, -np.inf, (place,)) for place in sorted(starts)]
    heapq.heapify(waiting)
    seen: set[Place] = set()
    while waiting:
        length, weakest, path = heapq.heappop(waiting)
        if path[-1] == goal:
            return path
        if path[-1] in seen:
            continue
        seen.add(path[-1])
        for place in _effects(path[-1], carrying):
            if place not in seen:
                heapq.heappush(waiting, (length + 1, max(weakest, -carrying[place].relative), (*path, place)))
    return ()


def _effects(place: Place, carrying: Mapping[Place, Change]) -> Iterator[Place]:
    """What a place acts on and what carries the change on, in the direction that the sign of the link says."""
    for name in effects_of().get(place[0], ()):
        variable = system().variables[name]
        for label in variable.axes[0].labels if variable.axes else ("",):
            change = carrying.get((name, label))
            if change is None or not _leads_to(place, label or variable.belongs_to, carrying):
                continue
            if place not in carrying or not _contradicted(carrying[place], change):
                yield name, label


def _leads_to(place: Place, element: str, carrying: Mapping[Place, Change]) -> bool:
    """Whether a place is the element that matters for one of its effects: of those that may be of the same branch or
    sector, the one with the largest change, as where branches are added up."""
    variable = system().variables.get(place[0])
    if variable is None or not variable.axes:
        return _of_one_branch(variable.belongs_to if variable else "", element)
    possible = [(place[0], label) for label in variable.axes[0].labels if _of_one_branch(label, element)]
    known = [other for other in possible if other in carrying]
    return place in known and place == max(known, key=lambda other: abs(carrying[other].absolute))


def _of_one_branch(cause: str, effect: str) -> bool:
    """Whether two elements may be of the same branch or sector; what is no branch belongs to all of them."""
    if cause in SECTOR_OF and effect in SECTOR_OF:
        return cause == effect
    sectors = [SECTOR_OF.get(each, each) for each in (cause, effect)]
    return sectors[0] == sectors[1] or any(sector not in SECTOR_OF.values() for sector in sectors)


def _contradicted(cause: Change, effect: Change) -> bool:
    """Whether cause and effect change in directions that the sign of their link does not allow.

    A stock follows its flows late, so that its link says nothing about directions in one year.
    """
    if system().variables[effect.variable].kind == "stock":
        return False
    return causal_links()[cause.variable, effect.variable] * cause.absolute * effect.absolute < 0
