"""How a slider changes the path of a lever: its forms, as links write them and as scenarios have them.

The Explore component has the same forms and the same way of writing them (views/component/js/moves.js).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from model.inputs import LATEST, POLICY_START
from model.scenario.lever_parsing import LARGEST_FACTOR, LONGEST_DELAY
from model.scenario.lever_values import Constant, DelayedPath, HeldPath, LeverPath, PointsPath, RaisedPath, ScaledPath

DIGITS = 6
"""Significant digits of the numbers of a move."""
MOST_POINTS = LATEST - POLICY_START + 1
NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
CHANGES = {"x": "factor", "s": "shift", "d": "delay", "f": "first", "t": "last"}
"""Letters of a link by what stands behind them."""
_CHANGE = re.compile(rf"([{''.join(CHANGES)}])({NUMBER})", re.ASCII)
_HELD = re.compile(rf"({NUMBER})((?:[ft]\d{{4}})*)", re.ASCII)
_POINTS = re.compile(rf"p(\d{{4}}~{NUMBER}(?:~\d{{4}}~{NUMBER})*)", re.ASCII)


@dataclass(frozen=True)
class Move:
    """A moved slider. One of three forms changes the path that the scenario gives the lever:

    - `points`, pairs of year and value, the first in 2016: a path of its own, straight lines between the points;
    - `hold`: one value in the years `first` to `last`;
    - otherwise the path `delay` years later, times `factor` and plus `shift` in the years `first` to `last`.

    What lies outside the range of the lever is moved to its nearer end.
    """

    hold: float | None = None
    points: tuple[tuple[int, float], ...] = ()
    factor: float = 1.0
    shift: float = 0.0
    delay: int = 0
    first: int = POLICY_START
    last: int = LATEST

    @property
    def is_change(self) -> bool:
        """Whether the path of the scenario is changed, rather than replaced."""
        return self.hold is None and not self.points

    @property
    def changes_nothing(self) -> bool:
        """Whether the path stays as it is whatever it is."""
        return self.is_change and (self.factor, self.shift, self.delay) == (1.0, 0.0, 0)

    @property
    def whole_period(self) -> bool:
        """Whether the move applies from the start of the policy to the last year."""
        return (self.first, self.last) == (POLICY_START, LATEST)

    def path(self) -> LeverPath:
        """The path as a scenario has it; a changed one leaves out which path is changed.

        A ValueError for a move without change.
        """
        if self.points:
            return PointsPath(self.points)
        if self.hold is not None:
            return Constant(self.hold) if self.whole_period else HeldPath(self.hold, None, self.first, self.last)
        path: LeverPath | None = DelayedPath(self.delay) if self.delay else None
        if self.factor != 1.0:
            path = ScaledPath(self.factor, path, self.first, self.last, clip=True)
        if self.shift:
            path = RaisedPath(self.shift, path, self.first, self.last, clip=True)
        if path is None:
            raise ValueError("a move without change has no path")
        return path


def held(value: float) -> Move:
    """One value from 2016 on."""
    return Move(hold=float(value))


def scaled(factor: float) -> Move:
    """A factor on the path of the scenario from 2016 on."""
    return Move(factor=float(factor))


def shortened(value: float) -> float:
    """A number with the digits that a link holds."""
    return float(f"{value:.{DIGITS}g}")


def written(value: float) -> str:
    """A number as a link holds it."""
    return f"{value:.{DIGITS}g}".replace("e+", "e")


def write_move(move: Move) -> str:
    """A move in a link: `310`, `310f2018t2020`, `x1.25`, `s-2d1f2018`, or `p2016~10~2020~30`."""
    if move.points:
        return "p" + "~".join(f"{year}~{written(value)}" for year, value in move.points)
    text = "" if move.hold is None else written(move.hold)
    unchanged = Move()
    for letter, name in CHANGES.items():
        value = getattr(move, name)
        if value != getattr(unchanged, name):
            text += letter + written(value)
    return text


def read_move(text: str) -> Move | None:
    """The move that a link writes, None where it is not written so, or a factor or delay is out of range."""
    if points := _POINTS.fullmatch(text):
        numbers = points[1].split("~")
        pairs = tuple((int(year), shortened(float(v))) for year, v in zip(numbers[::2], numbers[1::2], strict=True))
        return _checked(Move(points=pairs))
    if held_value := _HELD.fullmatch(text):
        period = _fields(held_value[2])
        return None if period is None else _checked(replace(Move(hold=float(held_value[1])), **period))
    change = _fields(text)
    return None if not change else _checked(replace(Move(), **change))


def _fields(text: str) -> dict[str, Any] | None:
    """The fields that letters and numbers name; None where one stands twice or something else stands between."""
    pairs = _CHANGE.findall(text)
    if "".join(letter + number for letter, number in pairs) != text or len(dict(pairs)) != len(pairs):
        return None
    found: dict[str, Any] = {}
    for letter, number in pairs:
        value = float(number)
        if not math.isfinite(value) or (letter in "dft" and not value.is_integer()):
            return None
        found[CHANGES[letter]] = int(value) if letter in "dft" else shortened(value)
    return found


def _checked(move: Move) -> Move | None:
    years = [year for year, _ in move.points]
    numbers = [value for _, value in move.points] + [move.hold or 0.0, move.shift]
    fine = (
        all(map(math.isfinite, numbers))
        and POLICY_START <= move.first <= move.last <= LATEST
        and 0 <= move.factor <= LARGEST_FACTOR
        and abs(move.delay) <= LONGEST_DELAY
        and len(years) <= MOST_POINTS
        and years == sorted(set(years))
        and (not years or (years[0] == POLICY_START and years[-1] <= LATEST))
    )
    return move if fine else None
