"""What reading levers, parameters and drivers of a design has in common: messages, ranges, refusals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from model.engine.text import Text
from model.scenario import Scenario
from model.scenario.checks import is_number
from model.scenario.problems import Where, key_and_value

from .design import Among, Between, Dimension, Spread
from .design_source import Source

PERIOD = ("from", "to")


class VaryingPart(ABC):
    """A part of `vary`; problems are noted in the source, in which `policies` are what the design compares."""

    def __init__(self, source: Source, policies: Sequence[Scenario]):
        self.source, self.policies = source, policies

    @abstractmethod
    def dimensions(self, given: object) -> Iterator[Dimension]:
        """The dimensions that `given` describes."""

    def report(self, where: Where, zh: str, en: str) -> None:
        """Note a problem."""
        self.source.report(where, Text(zh=zh, en=en))

    def mapping(self, where: Where, value: object, example: str) -> Mapping:
        """A mapping that has something in it; of anything else a problem is noted, and it counts as empty."""
        if isinstance(value, Mapping) and value:
            return value
        what = key_and_value(where[-1], value)
        self.report(where, zh=f"{what.zh}；允许：如 {example}", en=f"{what.en}; allowed: such as {example}")
        return {}

    def spread(
        self, where: Where, given: object, low: float, high: float, whole: bool = False, among: bool = False
    ) -> Spread | None:
        """`[lowest, highest]`, or a list of values: of other than two, or under `values`."""
        among = among or where[-1] == "values"
        if isinstance(given, Mapping) and set(given) == {"values"}:
            return self.spread((*where, "values"), given["values"], low, high, whole, among=True)
        numbers = given if isinstance(given, list) else []
        fine = len(numbers) > 1 and all(
            is_number(n) and low <= n <= high and (not whole or float(n).is_integer()) for n in numbers
        )
        pair = len(numbers) == 2 and not among
        if not fine or (pair and not numbers[0] < numbers[1]) or len(set(numbers)) < len(numbers):
            what, kind = key_and_value(where[-1], given), ("整数", "whole numbers") if whole else ("数", "numbers")
            self.report(
                where,
                zh=f"{what.zh}；允许：[最低, 最高]，或列出两个以上取值；{kind[0]}在 {low:g} 至 {high:g} 之间，各不相同",
                en=f"{what.en}; allowed: [lowest, highest], or a list of more values; different {kind[1]} from {low:g} "
                f"to {high:g}",
            )
            return None
        values = tuple(float(n) for n in numbers)
        return Between(values[0], values[1], whole) if pair else Among(values)

    def refuse_twice(self, where: Where, kind: str, names: Sequence[str]) -> None:
        """Refuse what both a policy sets and the design varies: one of the two would be lost."""
        for policy in self.policies:
            for name in getattr(policy, kind):
                if name in names:
                    self.report(
                        where,
                        zh=f"{name} 既由情景 {policy.name} 给定，又在试验方案中变化；允许：只写其一",
                        en=f"{name} is set by the policy {policy.name} and varies, too; allowed: one of the two",
                    )
