"""What is expected of the levers (lever_expectations.yaml): outcomes, contract of the spine levers, and bounds."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.axes import BRANCH_LABELS
from model.engine.errors import suggestion
from model.engine.text import Text
from model.inputs import END, levers, load_yaml
from model.system import system

FILE = Path(__file__).parent / "lever_expectations.yaml"
UP, DOWN, EITHER = "up", "down", "either"
SIGNS = {UP: 1, DOWN: -1, EITHER: 0}
PERCENT, DIFFERENCE, CUMULATIVE = "percent", "difference", "cumulative"
MEASURES = (PERCENT, DIFFERENCE, CUMULATIVE)
SUM = "sum"
"""In place of an element: all elements of the axis, added up."""
ITEMS = ("a", "b", "c", "d", "e", "f")
"""Items of the contract of the spine levers."""
POINTS = Text("个百分点", "points")


class ExpectationsError(ValueError):
    """The file of expectations does not fit the model; the message names the entry and what is allowed."""


@dataclass(frozen=True)
class Limits:
    """Smallest and largest value allowed."""

    least: float
    most: float

    def contain(self, value: float) -> bool:
        """Whether a value lies within the limits; NaN does not."""
        return self.least <= value <= self.most


@dataclass(frozen=True)
class Outcome:
    """What is measured: an indicator, an element of its axis ("sum": all of them) and how two runs are compared.

    `moves` is the least effect that counts, in the unit of the effect; `better` ("up" or "down") is the direction of a
    gain, where gains are set against cost.
    """

    id: str
    indicator: str
    measure: str
    moves: float
    element: str | None = None
    better: str | None = None

    def gain(self, effect: float) -> float:
        """An effect, positive where it is a gain."""
        return effect * SIGNS[self.better or EITHER]

    @property
    def label(self) -> Text:
        """Name of the indicator, with its element where it is one of several."""
        zh, en = system().variables[self.indicator].label
        if self.element not in (None, SUM, "all"):
            element = BRANCH_LABELS[str(self.element)]
            zh, en = f"{zh}·{element.zh}", f"{en}, {element.en}"
        if self.measure == CUMULATIVE:
            zh, en = f"{zh}（累计）", f"{en} (cumulative)"
        return Text(zh, en)

    @property
    def unit(self) -> Text:
        """Unit of the effect."""
        if self.measure == PERCENT:
            return Text("%", "%")
        unit = system().variables[self.indicator].unit
        if self.measure == CUMULATIVE:
            unit = unit.removesuffix("/yr")
        return POINTS if unit == "%" else Text(unit, unit)


@dataclass(frozen=True)
class Bound:
    """The largest plausible effect on an outcome in a year, without sign."""

    outcome: str
    most: float
    year: int = END


@dataclass(frozen=True)
class SpineContract:
    """Items of the contract that apply to a lever, and expected signs (1, -1, 0 for either) by outcome."""

    items: Sequence[str]
    energy: Mapping[str, int]
    share: Mapping[str, int]
    output: Mapping[str, int]

    @property
    def signs(self) -> dict[str, int]:
        """Expected signs of all outcomes of the contract."""
        return {**self.energy, **self.share, **self.output}


@dataclass(frozen=True)
class Entry:
    """What is expected of a lever, or of a lever in one sector alone. See the head of the file for the fields."""

    id: str
    lever: str
    sector: str | None
    own: str
    sign: int
    plausible: Limits
    at_most: Sequence[Bound]
    at_most_each: Mapping[str, float]
    source: str
    grade: str
    contract: SpineContract | None = None

    @property
    def label(self) -> Text:
        """Name of the lever, with its sector."""
        label = levers()[self.lever].label
        if self.sector is None:
            return label
        zh, en = BRANCH_LABELS[self.sector]
        return Text(f"{label.zh}·仅{zh}", f"{label.en}, {en} alone")


@dataclass(frozen=True)
class Doubling:
    """Limits for doubling a lever in one year, and lastingly from 2016 on."""

    lever: str
    year: int
    outcome: str
    one_year: Limits
    lasting: Limits
    first_reading: Limits
    """Limits for one year as they were first asked; reported and not required."""
    reason: str


@dataclass(frozen=True)
class ContractLimits:
    """Limits of the items of the contract."""

    quarter: Limits
    years_to_half: Limits
    marginal_ratio: float
    doubling: Doubling


@dataclass(frozen=True)
class Expectations:
    """The whole file."""

    outcomes: Mapping[str, Outcome]
    headline: Sequence[str]
    contract: ContractLimits
    quarter: Limits
    """Limits of the share of a quarter of the range in the effect on the outcome that a lever is named for."""
    least_cost: float
    entries: Mapping[str, Entry]
    reasons: Mapping[str, str] = field(default_factory=dict)
    known_misses: Mapping[tuple[str, str], Text] = field(default_factory=dict)
    """Why an entry misses an item, for what is known to fail."""


@functools.cache
def expectations() -> Expectations:
    """The file, checked against the levers and variables of the model. Raises ExpectationsError."""
    return parsed(load_yaml(FILE))


def parsed(data: Mapping[str, Any]) -> Expectations:
    """The content of a file, checked against the levers and variables of the model. Raises ExpectationsError."""
    outcomes = {name: _outcome(name, entry) for name, entry in data["outcomes"].items()}
    _check_names("headline", data["headline"], outcomes)
    common = data["every_lever"]
    entries = {name: _entry(name, entry, common, outcomes) for name, entry in data["levers"].items()}
    missing = [name for name in levers() if name not in entries]
    if missing:
        raise _error("levers", f"no entry for {', '.join(missing)}; every lever needs one")
    return Expectations(
        outcomes,
        tuple(data["headline"]),
        _contract_limits(data["contract"], outcomes),
        Limits(**common["quarter"]),
        common["least_cost"],
        entries,
        {
            "moves": data["moves_reason"],
            "least_cost": common["least_cost_reason"],
            "at_most": common["at_most_reason"],
        },
        {(entry, item): Text(**why) for entry, items in data["known_misses"].items() for item, why in items.items()},
    )


def _error(where: str, what: str) -> ExpectationsError:
    return ExpectationsError(f"{FILE.name}: {where}: {what}")


def _check_names(where: str, names: Sequence[str], known: Mapping[str, object]) -> None:
    for name in names:
        if name not in known:
            raise _error(where, f"{name} is unknown{suggestion(name, known)}; allowed: {', '.join(known)}")


def _outcome(name: str, entry: Mapping[str, Any]) -> Outcome:
    one = Outcome(name, **entry)
    where, variables = f"outcomes: {name}", system().variables
    if one.indicator not in variables:
        raise _error(where, f"no variable is called {one.indicator}{suggestion(one.indicator, variables)}")
    _check_names(where, [one.measure], dict.fromkeys(MEASURES))
    _check_names(where, [one.better] if one.better else [], dict.fromkeys((UP, DOWN)))
    axes = variables[one.indicator].axes
    if len(axes) > 1 or (one.element is None) == bool(axes):
        raise _error(where, f"{one.indicator} is over {' and '.join(a.name for a in axes) or 'no axis'}; see `element`")
    if axes and one.element != SUM:
        _check_names(where, [str(one.element)], dict.fromkeys(axes[0].labels))
    return one


def _entry(name: str, data: Mapping[str, Any], common: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> Entry:
    lever, _, sector = name.partition(".")
    where = f"levers: {name}"
    _check_names(where, [lever], levers())
    _check_names(where, [sector] if sector else [], dict.fromkeys(levers()[lever].sectors))
    most = {**common["at_most"], **data.get("at_most", {})}
    most.pop(data["own"], None)  # `most` of the entry bounds it
    bounds = [Bound(k, **v) if isinstance(v, Mapping) else Bound(k, v) for k, v in most.items()]
    each = data.get("at_most_each", common["at_most_each"])
    _check_names(where, [data["own"], *most, *each], outcomes)
    _check_names(where, [data["sign"]], SIGNS)
    if any(outcomes[name].better is None for name in each):
        raise _error(where, "at_most_each needs outcomes with `better`")
    contract = _spine(where, data["contract"], outcomes) if "contract" in data else None
    limits = Limits(data["least"], data["most"])
    own, sign, source, grade = data["own"], SIGNS[data["sign"]], data["source"], data["grade"]
    return Entry(name, lever, sector or None, own, sign, limits, bounds, each, source, grade, contract)


def _spine(where: str, data: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> SpineContract:
    _check_names(where, data["items"], dict.fromkeys(ITEMS))
    groups = {}
    for group in ("energy", "share", "output"):
        _check_names(f"{where}: {group}", list(data[group]), outcomes)
        _check_names(f"{where}: {group}", list(data[group].values()), SIGNS)
        groups[group] = {name: SIGNS[sign] for name, sign in data[group].items()}
    return SpineContract(tuple(data["items"]), **groups)


def _contract_limits(data: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> ContractLimits:
    doubling = data["doubling"]
    _check_names("contract: doubling", [doubling["lever"]], levers())
    _check_names("contract: doubling", [doubling["outcome"]], outcomes)
    limits = {name: Limits(**doubling[name]) for name in ("one_year", "lasting", "first_reading")}
    return ContractLimits(
        Limits(**data["quarter"]),
        Limits(**data["years_to_half"]),
        data["marginal_ratio"],
        Doubling(doubling["lever"], doubling["year"], doubling["outcome"], reason=doubling["reason"], **limits),
    )
