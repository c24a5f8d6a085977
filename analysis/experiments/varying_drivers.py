"""The drivers that vary in a design: those of one of several scenarios, or changed ones."""

from __future__ import annotations

from collections.abc import Iterator

from model.inputs import LATEST, POLICY_START, Driver, drivers
from model.scenario import shipped_scenarios
from model.scenario.checks import GROWTH_RANGE, GROWTH_UNIT, HIGHEST_FACTOR, check_years
from model.scenario.problems import Where, alternatives, quoted, unknown_key

from .design import Among, Dimension, DriverPart, DriversPart
from .design_source import SHIPPED_LISTED
from .varying_part import PERIOD, VaryingPart

DRIVERS = "drivers"
"""Name of the column that holds the scenario whose drivers apply."""


class VaryingDrivers(VaryingPart):
    """Drivers."""

    def dimensions(self, given: object) -> Iterator[Dimension]:
        """The dimensions that `given` describes."""
        where: Where = ("vary", "drivers")
        if isinstance(given, list):
            yield from self._alternatives(where, given)
            return
        for name, value in self.mapping(where, given, "[drivers_low, as_happened, drivers_high]").items():
            if name not in drivers():
                what, allowed = quoted(name), alternatives(name, drivers())
                self.report(
                    (*where, name),
                    zh=f"未知外部驱动 {what.zh}；{allowed.zh}",
                    en=f"unknown driver {what.en}; {allowed.en}",
                )
                continue
            yield from self._driver((*where, name), drivers()[name], value)

    def _alternatives(self, where: Where, given: list) -> Iterator[Dimension]:
        """The drivers of one of several scenarios."""
        shipped, chosen = shipped_scenarios(), []
        for place, name in enumerate(given):
            if isinstance(name, str) and name in shipped:
                chosen.append(shipped[name])
            else:
                what, allowed = quoted(name), alternatives(name, shipped, SHIPPED_LISTED)
                self.report(
                    (*where, place), zh=f"没有情景 {what.zh}；{allowed.zh}", en=f"no scenario {what.en}; {allowed.en}"
                )
        if len({scenario.name for scenario in chosen}) < max(len(given), 2):
            if len(chosen) == len(given):
                self.report(where, zh="至少两个不同的情景", en="allowed: at least two different scenarios")
            return
        yield Dimension(DRIVERS, DriversPart(tuple(chosen)), Among(tuple(scenario.name for scenario in chosen)))

    def _driver(self, where: Where, driver: Driver, value: object) -> Iterator[Dimension]:
        """A factor on a driver, or a shift of a rate of growth."""
        shifts = driver.unit == GROWTH_UNIT
        mark, (low, high) = ("add", GROWTH_RANGE) if shifts else ("multiply", (0.0, float(HIGHEST_FACTOR)))
        example = f"{{{mark}: [{'-0.01, 0.01' if shifts else '0.9, 1.1'}]}}"
        content = self.mapping(where, value, example)
        for key in content:
            if key not in (mark, *PERIOD):
                self.source.report((*where, key), unknown_key(key, (mark, *PERIOD)))
        years = [content.get("from", POLICY_START), content.get("to", LATEST)]
        if mark not in content or not check_years(years, where, self.source.report):
            if content:
                self.report(
                    where,
                    zh=f"缺少 `{mark}`；允许：如 {example}",
                    en=f"`{mark}` is missing; allowed: such as {example}",
                )
            return
        self.refuse_twice(where, "drivers", [driver.id])
        spread = self.spread((*where, mark), content[mark], low, high)
        if spread is not None:
            yield Dimension(f"{driver.id}.{mark}", DriverPart(driver.id, mark, *years), spread)
