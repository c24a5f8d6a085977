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

from model.engine.text import Text
from model.inputs import END, START

from .dose_response import DOSES, FIRST, LASTING, ONE_YEAR, Response, Responses
from .lever_expectations import Bound, Expectations, Limits, Outcome, SpineContract
from .response_shape import is_monotone, marginal_ratio, shares_by_part, time_to_half

ROUNDING = 1e-6
"""A step back of this part of the whole effect is rounding."""


@dataclass(frozen=True)
class Part:
    """One figure behind a verdict: `figures` as text, for an outcome ("" for the cost of the lever)."""

    outcome: str
    figures: Text
    passed: bool


@dataclass(frozen=True)
class Verdict:
    """Whether a lever satisfies an item, with the figures that decide it."""

    entry: str
    item: str
    passed: bool
    parts: tuple[Part, ...]


SPINE_ITEMS: Mapping[str, Text] = {
    "a": Text("单调，方向正确", "monotone, with the expected sign"),
    "b": Text("范围的每四分之一都有作用", "every quarter of the range brings a part of the effect"),
    "c": Text("2025年作用的一半在数年后出现", "half of the effect of 2025 after some years"),
    "d": Text("实际路径上的边际作用与平均作用之比", "marginal effect as happened, over the mean effect"),
    "e": Text("资金翻倍：单年和持续", "doubling the money, in one year and lastingly"),
    "f": Text("能耗强度、占比、产出都变化", "moves energy intensity, industry shares and output"),
}
LEVER_ITEMS: Mapping[str, Text] = {
    "dead": Text("对其所指的结果有作用，方向正确", "moves the outcome that it is named for, in the right direction"),
    "range": Text("整个范围内都有作用", "acts over its whole range"),
    "free": Text("有作用的档位都有成本", "costs money at every dose that acts"),
    "implausible": Text("作用及单位成本的作用在合理范围内", "effect and effect per cost within plausible bounds"),
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
        still = Text("没有变化", "does not move")
        parts = checks[item]() or [Part(name, still, False) for name in self.contract.signs]
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
        # A share whose sign theory leaves open is the difference of two responses, and its timing says nothing.
        for name in filter(self.contract.signs.get, self._moving()):
            effects = self.response.effects[name][-1]
            years, early = time_to_half(effects[FIRST:]), float(np.abs(effects[:FIRST]).max())
            before = Text(f"，阶跃之前{early:.2g}", f", before the step {early:.2g}") if early else ("", "")
            figures = Text(*(f"{years:.1f}{unit}{more}" for unit, more in zip(("年", " years"), before, strict=True)))
            parts.append(Part(name, figures, limits.contain(years) and not early))
        return parts

    def _marginal(self) -> list[Part]:
        least, parts = self.wanted.contract.marginal_ratio, []
        for name in self._moving():
            change = float(self.response.change[name][END - START])
            ratio = marginal_ratio(change, self.response.span, self.response.whole(name))
            parts.append(Part(name, Text(*[f"{ratio:.2f}"] * 2), ratio >= least))
        return parts

    def _doubling(self) -> list[Part]:
        doubling, parts = self.wanted.contract.doubling, []
        one_year, lasting = Text(f"{doubling.year}年", f"{doubling.year} alone"), Text("自2016年起", "from 2016 on")
        for name, title, limits in ((ONE_YEAR, one_year, doubling.one_year), (LASTING, lasting, doubling.lasting)):
            effect = float(self.responses.doubled[name][doubling.outcome][END - START])
            figures = f"{effect:+.3f} % ({limits.least:g}–{limits.most:g} %)"
            parts.append(Part(doubling.outcome, Text(*(f"{text} {figures}" for text in title)), limits.contain(effect)))
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
    faults = [] if right else [Text("方向错误", "wrong sign")]
    faults += [] if monotone else [Text("不单调", "not monotone")]
    value = f"{effects[-1]:+.2f}"
    figures = Text("，".join([value, *(fault.zh for fault in faults)]), ", ".join([value, *(f.en for f in faults)]))
    return Part(outcome, figures, monotone and right)


def _quarters_part(response: Response, outcome: str, limits: Limits) -> Part:
    shares = shares_by_part(response.at(outcome))
    return Part(
        outcome,
        Text(quarters_text(shares).replace(" %", "%"), quarters_text(shares)),
        all(limits.contain(share) for share in shares),
    )


def _dead(response: Response, wanted: Expectations) -> list[Part]:
    entry = response.entry
    effect, least = response.whole(entry.own), entry.plausible.least
    way = _RISE if entry.sign > 0 else _FALL
    figures = _bounded(effect_text(wanted.outcomes[entry.own], effect), way, least)
    return [Part(entry.own, figures, entry.sign * effect >= least)]


def _range(response: Response, wanted: Expectations) -> list[Part]:
    return [_quarters_part(response, response.entry.own, wanted.quarter)]


def _free(response: Response, wanted: Expectations) -> list[Part]:
    """Cost at every dose that moves the outcome of the lever, in proportion to the dose."""
    costs, least = response.cost[1:, -1], wanted.least_cost * np.array(DOSES[1:])
    moving = np.abs(response.at(response.entry.own)[1:]) >= wanted.outcomes[response.entry.own].moves
    told = " ".join(f"{cost:,.0f}" for cost in costs)
    figures = _bounded(Text(f"{told}亿元", f"{told} 亿元"), _AT_LEAST, wanted.least_cost)
    return [Part("", figures, bool((costs >= least)[moving].all()) and costs[-1] >= least[-1])]


def _implausible(response: Response, wanted: Expectations) -> list[Part]:
    """Effects on the outcome of the lever and on others, and gains for each 亿元, with their bounds."""
    entry, parts = response.entry, []
    for bound in (Bound(entry.own, entry.plausible.most), *entry.at_most):
        effect = response.whole(bound.outcome, bound.year)
        text = effect_text(wanted.outcomes[bound.outcome], effect)
        if bound.year != END:
            text = Text(f"{bound.year}年 {text.zh}", f"{text.en} in {bound.year}")
        parts.append(Part(bound.outcome, _bounded(text, _AT_MOST, bound.most), abs(effect) <= bound.most))
    cost = float(response.cost[-1, -1])
    for name, most in entry.at_most_each.items():
        each = wanted.outcomes[name].gain(response.whole(name)) / cost if cost > 0 else float("nan")
        text = Text(f"每亿元{each:.3g}", f"gain {each:.3g} for each 亿元")
        parts.append(Part(name, _bounded(text, _AT_MOST, most), not each > most))
    return parts


_RISE, _FALL = Text("应至少升", "should rise by at least "), Text("应至少降", "should fall by at least ")
_AT_LEAST, _AT_MOST = Text("不小于", "at least "), Text("不大于", "at most ")


def _bounded(text: Text, relation: Text, bound: float) -> Text:
    return Text(f"{text.zh}（{relation.zh}{bound:g}）", f"{text.en} ({relation.en}{bound:g})")


_LEVER_CHECKS: Mapping[str, Callable[[Response, Expectations], list[Part]]] = {
    "dead": _dead,
    "range": _range,
    "free": _free,
    "implausible": _implausible,
}


def effect_text(outcome: Outcome, effect: float) -> Text:
    """An effect with its unit."""
    number = f"{effect:+,.0f}" if abs(effect) >= 100 else f"{effect:+.2f}"
    return Text(f"{number}{outcome.unit.zh}", f"{number} {outcome.unit.en}")


def quarters_text(shares: np.ndarray) -> str:
    """Shares of the quarters of the range in the effect, in per cent."""
    return "-" if np.isnan(shares).any() else " ".join(f"{round(share) + 0:d}" for share in shares) + " %"
