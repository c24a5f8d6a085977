"""Verdicts on the levers: the contract of the spine levers, and what holds for every lever.

Items of the contract: (a) monotone with the expected sign, (b) no quarter of the range brings nearly all or nearly
nothing, (c) half of the effect comes after years, (d) more money still acts at the path as happened, (e) doubling the
renovation money, (f) energy, shares and output all move. Items of every lever: it is not `dead` (moves the outcome that
it is named for, in the right direction), acts over its whole `range`, is not `free`, and is not `implausible`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from model.inputs import END, START

from .dose_response import FIRST, LASTING, ONE_YEAR, Response, Responses
from .lever_expectations import Expectations, Limits, Outcome, SpineContract
from .response_shape import is_monotone, marginal_ratio, shares_by_part, time_to_half

ROUNDING = 1e-6
"""A step back of this part of the whole effect is rounding."""


@dataclass(frozen=True)
class Part:
    """One figure behind a verdict: `figures` as text, for an outcome ("" for the cost of the lever)."""

    outcome: str
    figures: str
    passed: bool


@dataclass(frozen=True)
class Verdict:
    """Whether a lever satisfies an item, with the figures that decide it."""

    entry: str
    item: str
    passed: bool
    parts: tuple[Part, ...]


SPINE_ITEMS: Mapping[str, str] = {
    "a": "monotone, with the expected sign",
    "b": "no quarter of the range with nearly all or nearly nothing of the effect",
    "c": "half of the effect of 2025 after some years",
    "d": "marginal effect as happened, over the mean effect",
    "e": "doubling in one year, and lastingly",
    "f": "moves energy intensity, industry shares and output",
}
LEVER_ITEMS: Mapping[str, str] = {
    "dead": "moves the outcome that it is named for, in the right direction",
    "range": "acts over its whole range",
    "free": "costs money",
    "implausible": "effect and effect per cost within plausible bounds",
}


def verdicts(responses: Responses, wanted: Expectations) -> list[Verdict]:
    """All verdicts on the levers that have responses, in the order of the file."""
    results = []
    for response in responses.by_entry.values():
        entry = response.entry
        if entry.contract is not None:
            spine = _Spine(response, entry.contract, wanted, responses)
            results += [spine.verdict(item) for item in entry.contract.items]
        results += [_verdict(entry.id, item, check(response, wanted)) for item, check in _LEVER_CHECKS.items()]
    return results


def required(wanted: Expectations) -> list[tuple[str, str]]:
    """Entries and items for which there are verdicts, in the order of `verdicts`."""
    return [
        (name, item)
        for name, entry in wanted.entries.items()
        for item in (*(entry.contract.items if entry.contract else ()), *_LEVER_CHECKS)
    ]


def _verdict(entry: str, item: str, parts: list[Part]) -> Verdict:
    return Verdict(entry, item, all(part.passed for part in parts), tuple(parts))


@dataclass(frozen=True)
class _Spine:
    """The contract of one spine lever."""

    response: Response
    contract: SpineContract
    wanted: Expectations
    responses: Responses

    def verdict(self, item: str) -> Verdict:
        checks: dict[str, Callable[[], list[Part]]] = {
            "a": self._monotone,
            "b": self._quarters,
            "c": self._timing,
            "d": self._marginal,
            "e": self._doubling,
            "f": self._moves,
        }
        parts = checks[item]() or [Part("", "no outcome of the contract moves", False)]
        return _verdict(self.response.entry.id, item, parts)

    def _moving(self) -> list[str]:
        """Outcomes of the contract that the whole range moves."""
        return [name for name in self.contract.signs if _moves(self.response, self.wanted.outcomes[name])]

    def _monotone(self) -> list[Part]:
        return [_monotone_part(self.response, name, self.contract.signs[name]) for name in self._moving()]

    def _quarters(self) -> list[Part]:
        return [_quarters_part(self.response, name, self.wanted.contract.quarter) for name in self._moving()]

    def _timing(self) -> list[Part]:
        limits, parts = self.wanted.contract.years_to_half, []
        for name in self._moving():
            effects = self.response.effects[name][-1]
            years, early = time_to_half(effects[FIRST:]), float(np.abs(effects[:FIRST]).max())
            figures = f"{years:.1f} years" + (f", before the step {early:.2g}" if early else "")
            parts.append(Part(name, figures, limits.contain(years) and not early))
        return parts

    def _marginal(self) -> list[Part]:
        least, parts = self.wanted.contract.marginal_ratio, []
        for name in self._moving():
            change = float(self.response.change[name][END - START])
            ratio = marginal_ratio(change, self.response.span, self.response.whole(name))
            parts.append(Part(name, f"{ratio:.2f}", ratio >= least))
        return parts

    def _doubling(self) -> list[Part]:
        doubling, parts = self.wanted.contract.doubling, []
        for name, limits in ((ONE_YEAR, doubling.one_year), (LASTING, doubling.lasting)):
            effect = float(self.responses.doubled[name][doubling.outcome][END - START])
            text = f"{name.replace('_', ' ')} {effect:+.3f} % ({limits.least:g} to {limits.most:g})"
            parts.append(Part(doubling.outcome, text, limits.contain(effect)))
        return parts

    def _moves(self) -> list[Part]:
        parts = []
        for group in (self.contract.energy, self.contract.share, self.contract.output):
            effects = {name: self.response.whole(name) for name in group}
            strongest = max(effects, key=lambda name: abs(effects[name]))
            moved = any(_moves(self.response, self.wanted.outcomes[name]) for name in group)
            parts.append(Part(strongest, effect_text(self.wanted.outcomes[strongest], effects[strongest]), moved))
        return parts


def _moves(response: Response, outcome: Outcome) -> bool:
    return abs(response.whole(outcome.id)) >= outcome.moves


def _monotone_part(response: Response, outcome: str, sign: int) -> Part:
    effects = response.at(outcome)
    monotone = is_monotone(effects, ROUNDING * float(np.abs(effects).max()))
    right = sign == 0 or sign * effects[-1] > 0
    texts = [f"{effects[-1]:+.2f}", "" if right else "wrong sign", "" if monotone else "not monotone"]
    return Part(outcome, ", ".join(text for text in texts if text), monotone and right)


def _quarters_part(response: Response, outcome: str, limits: Limits) -> Part:
    shares = shares_by_part(response.at(outcome))
    return Part(outcome, quarters_text(shares), all(limits.contain(share) for share in shares))


def _dead(response: Response, wanted: Expectations) -> list[Part]:
    entry = response.entry
    outcome, effect = wanted.outcomes[entry.own], response.whole(entry.own)
    text = f"{effect_text(outcome, effect)} (at least {entry.sign * entry.plausible.least:+g})"
    return [Part(entry.own, text, entry.sign * effect >= entry.plausible.least)]


def _range(response: Response, wanted: Expectations) -> list[Part]:
    return [_quarters_part(response, response.entry.own, wanted.quarter)]


def _free(response: Response, wanted: Expectations) -> list[Part]:
    cost = float(response.cost[-1, -1])
    return [Part("", f"{cost:,.0f} 亿元 (at least {wanted.least_cost:g})", cost >= wanted.least_cost)]


def _implausible(response: Response, wanted: Expectations) -> list[Part]:
    """Effects on the lever's outcome and on others, and gains for each 亿元; figures of all, the bound with them."""
    entry, parts = response.entry, []
    bounds = [(entry.own, entry.plausible.most, END), *((b.outcome, b.most, b.year) for b in entry.at_most)]
    for name, most, year in bounds:
        effect = response.whole(name, year)
        when = "" if year == END else f" in {year}"
        text = f"{effect_text(wanted.outcomes[name], effect)}{when} (at most {most:g})"
        parts.append(Part(name, text, abs(effect) <= most))
    cost = float(response.cost[-1, -1])
    for name, most in entry.at_most_each.items():
        each = wanted.outcomes[name].gain(response.whole(name)) / cost if cost > 0 else float("nan")
        parts.append(Part(name, f"{each:.3g} for each 亿元 (at most {most:g})", not each > most))
    return parts


_LEVER_CHECKS: Mapping[str, Callable[[Response, Expectations], list[Part]]] = {
    "dead": _dead,
    "range": _range,
    "free": _free,
    "implausible": _implausible,
}


def effect_text(outcome: Outcome, effect: float, language: str = "en") -> str:
    """An effect with its unit."""
    unit = outcome.unit[language]
    return f"{effect:+,.0f} {unit}" if abs(effect) >= 100 else f"{effect:+.2f} {unit}"


def quarters_text(shares: np.ndarray) -> str:
    """Shares of the quarters of the range in the effect, in per cent."""
    return "-" if np.isnan(shares).any() else " ".join(f"{share:.0f}" for share in shares) + " %"
