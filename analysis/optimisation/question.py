"""What is asked of a search: targets with weights, read from words such as `brand_products_2020>=900`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.inputs import END
from model.scenario.problems import nearest
from model.targets import UP, Target, modelled_targets, targets

SOFT = "soft"
GROUPS = ("document", "hebei_plan", "national")
"""Groups of targets that may be named in place of single ones."""
_WORD = re.compile(r"^(?:(soft)(?:\*([^:]+))?:)?\s*([a-z0-9_]+)\s*(?:(>=|<=|≥|≤)\s*(\S+))?$")


@dataclass(frozen=True)
class Wanted:
    """A target that a mix should keep: `hard`, or soft with a weight. Its number may differ from the policy's."""

    target: Target
    hard: bool = True
    weight: float = 1.0

    @property
    def unit_of_miss(self) -> float:
        """What counts as a miss of 1: the number of the target, at least 1 in its unit."""
        return max(abs(self.target.value or 0.0), 1.0)


def read_wanted(words: Iterable[str]) -> tuple[Wanted, ...]:
    """Targets from words: an id, an id with another number (`id>=5`, `id<=5`), either after `soft:` or `soft*3:` (a
    weight); or a group (`document`, `hebei_plan`, `national`) for all its targets in the model.

    A target that is named alone overrides the same target of a group. Raises ValueError with what is allowed.
    """
    single: dict[str, Wanted] = {}
    grouped: dict[str, Wanted] = {}
    for word in words:
        for wanted, is_group in _read(word.strip()):
            chosen = grouped if is_group else single
            if not is_group and wanted.target.id in chosen:
                raise ValueError(f"target {wanted.target.id} is given twice; give it once")
            chosen[wanted.target.id] = wanted
    if not single and not grouped:
        raise ValueError(f"no target is given; allowed: {_allowed()}")
    return tuple({**grouped, **single}.values())


def _read(word: str) -> list[tuple[Wanted, bool]]:
    match = _WORD.match(word)
    if match is None:
        raise ValueError(f"target {word!r} cannot be read; allowed: ID, ID>=value, ID<=value, soft:ID, soft*weight:ID")
    soft, weight_text, name, sign, number = match.groups()
    weight = 1.0 if weight_text is None else _number(weight_text, f"weight of {word!r}")
    if weight <= 0:
        raise ValueError(f"target {word!r}: a weight must be above 0")
    if name in GROUPS:
        if sign:
            raise ValueError(f"target {word!r}: a group takes no number; give single targets")
        members = [t for t in modelled_targets() if t.scope == name and t.year <= END]
        return [(Wanted(target, soft is None, weight), True) for target in members]
    return [(Wanted(_target(name, sign, number), soft is None, weight), False)]


def _target(name: str, sign: str | None, number: str | None) -> Target:
    known = {target.id: target for target in modelled_targets() if target.year <= END}
    if name not in known:
        outside = [target for target in targets() if target.id == name]
        if outside:
            reason = outside[0].not_modelled
            raise ValueError(f"target {name} is outside the model: {reason['en'] if reason else 'it has no number'}")
        raise ValueError(f"target {name} is unknown; {nearest(name, known)}allowed: {_allowed()}")
    target = known[name]
    if sign is None or number is None:
        return target
    wanted_sign = (">=", "≥") if target.direction == UP else ("<=", "≤")
    if sign not in wanted_sign:
        raise ValueError(f"target {name}: {sign} is the wrong way round; allowed: {wanted_sign[0]}")
    return dataclasses.replace(target, value=_number(number, f"target {name}"))


def _number(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise ValueError(f"{what}: {text!r} is no number")
    return value


def _allowed() -> str:
    names: Sequence[str] = [target.id for target in modelled_targets() if target.year <= END]
    return f"{', '.join(GROUPS)} (all targets of a group), or {', '.join(names)}"
