"""Targets of the policy documents, and whether a run meets them."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .engine import Text
from .engine.text import Labelled, with_texts
from .inputs import FOLDER, load_yaml

if TYPE_CHECKING:
    import xarray as xr

UP = "up"
SCOPES = {
    "document": Text("文件", "document"),
    "hebei_plan": Text("省", "province"),
    "national": Text("国家", "national"),
}
"""Who set a target, with names in Chinese and English."""
NOT_MODELLED, NOT_DUE, NO_VALUE = "not_modelled", "not_due", "no_value"
REASONS = {
    NOT_MODELLED: Text("模型没有这一指标", "no indicator in the model"),
    NOT_DUE: Text("未到期", "not yet due"),
    NO_VALUE: Text("这次运行没有该值", "no value in this run"),
}
"""Why a target is neither met nor missed, with names in Chinese and English."""
PER_CENT, PURE_NUMBER = "%", "1"

Lookup = Callable[[str, str, int], float | None]
"""Gives the value of an indicator, sector and year in a run; None when the run has none."""


@dataclass(frozen=True)
class Target(Labelled):
    """A target: `indicator` of `sector` in `year` at least (up) or at most (down) `value`.

    `not_modelled` is the reason for a target that has no indicator; `words` has the text of one without a number.
    `observed` names the series of the observations that has what was reached in the target's own year, where that is
    counted for the target and so under another name than the indicator's.
    """

    id: str
    indicator: str | None
    sector: str
    year: int
    value: float | None
    direction: str
    unit: str
    scope: str
    grade: str
    zh: str
    en: str
    source: str
    base_year: int | None = None
    base_value: float | None = None
    observed: str | None = None
    words: Text | None = None
    not_modelled: Text | None = None
    note: Text | None = None

    def missed_by(self, result: float) -> float:
        """How far `result` falls short of the target's number, 0 when it is met; ValueError where it has no number."""
        if self.value is None:
            raise ValueError(f"target {self.id} has no number")
        gap = self.value - result if self.direction == UP else result - self.value
        return max(gap, 0.0)

    def requirement(self, language: str = "en") -> str:
        """The requirement, as sign and number where there is a number."""
        if self.value is None:
            return "" if self.words is None else self.words[language]
        unit = "" if self.unit == PURE_NUMBER else self.unit
        return f"{'≥' if self.direction == UP else '≤'} {self.value:,g} {unit}".rstrip()


@dataclass(frozen=True)
class Status:
    """Whether a target is met, and by how much it is missed, in its unit and in per cent of the target's number.

    All are None where that cannot be determined, and `reason` then names why (one of `REASONS`). Targets that are
    percentages, or zero, are missed by points only.
    """

    met: bool | None = None
    missed_by: float | None = None
    missed_percent: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Score:
    """One line of a scoreboard: a target, the value that a run reached, and its status."""

    target: Target
    reached: float | None
    status: Status


@functools.cache
def targets() -> tuple[Target, ...]:
    """All targets, those of the document first."""
    return tuple(Target(**with_texts(entry)) for entry in load_yaml(FOLDER / "targets.yaml"))


@functools.cache
def modelled_targets() -> tuple[Target, ...]:
    """The targets that can be evaluated for a run: those with an indicator and a number."""
    return tuple(t for t in targets() if t.indicator is not None and t.value is not None)


def status(target: Target, result_value: float | None, end: int | None = None) -> Status:
    """The status of `target` when a run reaches `result_value` in its year; `end` is the run's last year."""
    if target.indicator is None or target.value is None:
        return Status(reason=NOT_MODELLED)
    if end is not None and target.year > end:
        return Status(reason=NOT_DUE)
    if result_value is None or not math.isfinite(result_value):
        return Status(reason=NO_VALUE)
    missed = target.missed_by(result_value)
    comparable = target.unit != PER_CENT and target.value != 0
    return Status(missed == 0, missed, 100 * missed / abs(target.value) if comparable else None)


def scoreboard(run: xr.Dataset | Lookup, end: int | None = None) -> list[Score]:
    """Every target with the value that one run reaches.

    `run` is the Dataset of a simulation, or a function of indicator, sector and year; a Dataset has its last
    year as attribute, for a function `end` is the last year.
    """
    if not callable(run):
        end = int(run.attrs["end"])
        run = _values_of(run)
    rows = []
    for target in targets():
        reached = None
        if target.indicator is not None and (end is None or target.year <= end):
            reached = run(target.indicator, target.sector, target.year)
        rows.append(Score(target, reached, status(target, reached, end)))
    return rows


def _values_of(dataset: xr.Dataset) -> Lookup:
    indexes = dict(dataset.indexes)

    def value(indicator: str, sector: str, year: int) -> float | None:
        if indicator not in dataset:
            return None
        variable = dataset.variables[indicator]  # far quicker than a selection from a DataArray
        place = tuple(indexes[axis].get_loc(year if axis == "year" else sector) for axis in variable.dims)
        result = float(variable.values[place])
        return result if math.isfinite(result) else None

    return value
