"""The part `vary` of a design: levers, parameters and drivers, and the values over which they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from calibration.estimated import candidates, varied
from calibration.posterior import WINDOWS
from model.engine.text import Text
from model.inputs import LATEST, POLICY_START, Driver, Lever, drivers, levers
from model.scenario import Scenario, shipped_scenarios
from model.scenario.checks import GROWTH_RANGE, GROWTH_UNIT, HIGHEST_FACTOR, PARAMETERS_LISTED, check_years, is_number
from model.scenario.lever_parsing import LEVERS_LISTED, LONGEST_DELAY, key_range
from model.scenario.lever_paths import lever_sectors
from model.scenario.lever_values import Kind
from model.scenario.problems import Where, alternatives, key_and_value, quoted, unknown_key

from .design import (
    CHANGES,
    DELAY,
    FACTOR,
    POSTERIOR,
    PRIORS,
    SHIFT,
    SOURCES,
    VALUE,
    Among,
    Between,
    Dimension,
    DriverPart,
    DriversPart,
    FromPrior,
    LeverPart,
    ParameterPart,
    PosteriorPart,
    Spread,
)
from .design_source import SHIPPED_LISTED, Source
from .policy_inputs import stored_posterior

PARTS = ("levers", "parameters", "drivers")
KINDS = {VALUE: Kind.VALUE, FACTOR: Kind.FACTOR, SHIFT: Kind.CHANGE, DELAY: Kind.DELAY}
"""The kind of number of each change of a lever."""
PARAMETER_KEYS = ("from", "only", "window", "disturbances")
DRAW, DRIVERS = "posterior_draw", "drivers"
"""Names of the columns that hold the draw of a calibration, and the scenario whose drivers apply."""
PERIOD = ("from", "to")


def varying(source: Source, policies: Sequence[Scenario]) -> list[Dimension]:
    """The dimensions of a design, in the order in which it names them; problems are noted in `source`."""
    return list(_Varying(source, policies).dimensions())


class _Varying:
    def __init__(self, source: Source, policies: Sequence[Scenario]):
        self.source, self.policies = source, policies
        vary = source.data.get("vary", {})
        self.vary: Mapping = vary if isinstance(vary, Mapping) else {}
        if "vary" in source.data and not self.vary:
            self._report(
                ("vary",),
                zh=f"`vary` 是空的；允许：{'、'.join(PARTS)} 中的一项或几项",
                en=f"nothing varies; allowed: one or more of {', '.join(PARTS)}",
            )
        for key in self.vary:
            if key not in PARTS:
                source.report(("vary", key), unknown_key(key, PARTS))

    def _report(self, where: Where, zh: str, en: str) -> None:
        self.source.report(where, Text(zh=zh, en=en))

    def dimensions(self) -> Iterator[Dimension]:
        """All dimensions."""
        if "levers" in self.vary:
            yield from self._levers(self.vary["levers"])
        if "parameters" in self.vary:
            yield from self._parameters(self.vary["parameters"])
        if "drivers" in self.vary:
            yield from self._drivers(self.vary["drivers"])

    def _mapping(self, where: Where, value: object, example: str) -> Mapping:
        if isinstance(value, Mapping) and value:
            return value
        what = key_and_value(where[-1], value)
        self._report(where, zh=f"{what.zh}；允许：如 {example}", en=f"{what.en}; allowed: such as {example}")
        return {}

    # Levers

    def _levers(self, given: object) -> Iterator[Dimension]:
        where: Where = ("vary", "levers")
        named = self._mapping(where, given, "{capacity_closure: {factor: [0, 1.5]}}")
        for name, value in named.items():
            id_, dot, sector = str(name).partition(".")
            if id_ not in levers():
                what, allowed = quoted(id_), alternatives(id_, levers(), LEVERS_LISTED)
                self._report(
                    (*where, name),
                    zh=f"未知政策措施 {what.zh}；{allowed.zh}",
                    en=f"unknown lever {what.en}; {allowed.en}",
                )
                continue
            lever = levers()[id_]
            if dot and sector not in lever_sectors(lever):
                allowed = alternatives(sector, lever_sectors(lever))
                self._report(
                    (*where, name),
                    zh=f"{id_} 没有行业 {sector}；{allowed.zh}",
                    en=f"{id_} has no sector {sector!r}; {allowed.en}",
                )
                continue
            if dot and id_ in named:
                self._report(
                    (*where, name),
                    zh=f"{id_} 的整体与分行业不能同时变化；允许：只写其一",
                    en=f"{id_} varies as a whole and by sector; allowed: one of the two",
                )
                continue
            yield from self._lever((*where, name), lever, sector if dot else None, value)

    def _lever(self, where: Where, lever: Lever, sector: str | None, value: object) -> Iterator[Dimension]:
        """The dimensions of a lever: one, or one for each kind of change that is given."""
        changes = {VALUE: value} if isinstance(value, list) else value
        if not isinstance(changes, Mapping) or not any(key in CHANGES or key == "values" for key in changes):
            what = key_and_value(where[-1], value)
            self._report(
                where,
                zh=f"{what.zh}；允许：[最低, 最高]、{{values: [...]}}，或 {', '.join(CHANGES)} 中的一项或几项及其范围",
                en=f"{what.en}; allowed: [lowest, highest], {{values: [...]}}, or one or more of {', '.join(CHANGES)} "
                "with a range each",
            )
            return
        for key in changes:
            if key not in (*CHANGES, *PERIOD, "values"):
                self.source.report((*where, key), unknown_key(key, (*CHANGES, *PERIOD)))
        given = {VALUE if key == "values" else key: v for key, v in changes.items() if key not in PERIOD}
        if VALUE in given and len(given) > 1:
            self._report(
                where,
                zh="`value` 已给出取值，不能再加 factor、shift 或 delay；允许：只写其一",
                en="a value replaces the path: factor, shift and delay do not go with it; allowed: one of the two",
            )
            return
        years = [changes.get("from", POLICY_START), changes.get("to", LATEST)]
        if not check_years(years, where, self.source.report):
            return
        name = lever.id if sector is None else f"{lever.id}.{sector}"
        for change, numbers in given.items():
            inside = where if isinstance(value, list) else (*where, "values" if "values" in changes else change)
            if change in (VALUE, SHIFT) and lever.spread == "own" and sector is None:
                self._report(
                    inside,
                    zh=f"{lever.id} 各行业单位不同；允许：分行业给出，如 {lever.id}.{lever.sectors[0]}",
                    en=f"the sectors of {lever.id} have different units; allowed: by sector, such as "
                    f"{lever.id}.{lever.sectors[0]}",
                )
                continue
            low, high = key_range(KINDS[change], lever)
            if change == DELAY:
                low, high = -LONGEST_DELAY, LONGEST_DELAY
            spread = self._spread(inside, numbers, low, high, whole=change == DELAY)
            if spread is not None:
                column = name if change == VALUE else f"{name}.{change}"
                yield Dimension(column, LeverPart(lever.id, sector, change, *years), spread)

    def _spread(
        self, where: Where, given: object, low: float, high: float, whole: bool = False, among: bool = False
    ) -> Spread | None:
        """`[lowest, highest]`, or a list of values: of other than two, or under `values`."""
        among = among or where[-1] == "values"
        if isinstance(given, Mapping) and set(given) == {"values"}:
            return self._spread((*where, "values"), given["values"], low, high, whole, among=True)
        numbers = given if isinstance(given, list) else []
        fine = len(numbers) > 1 and all(
            is_number(n) and low <= n <= high and (not whole or float(n).is_integer()) for n in numbers
        )
        pair = len(numbers) == 2 and not among
        if not fine or (pair and not numbers[0] < numbers[1]) or len(set(numbers)) < len(numbers):
            what, kind = key_and_value(where[-1], given), ("整数", "whole numbers") if whole else ("数", "numbers")
            self._report(
                where,
                zh=f"{what.zh}；允许：[最低, 最高]，或列出两个以上取值；{kind[0]}在 {low:g} 至 {high:g} 之间，各不相同",
                en=f"{what.en}; allowed: [lowest, highest], or a list of more values; different {kind[1]} from {low:g} "
                f"to {high:g}",
            )
            return None
        values = tuple(float(n) for n in numbers)
        return Between(values[0], values[1], whole) if pair else Among(values)

    # Parameters

    def _parameters(self, given: object) -> Iterator[Dimension]:
        where: Where = ("vary", "parameters")
        data = {"from": given} if isinstance(given, str) else self._mapping(where, given, "{from: posterior}")
        for key in data:
            if key not in PARAMETER_KEYS:
                self.source.report((*where, key), unknown_key(key, PARAMETER_KEYS))
        origin = data.get("from")
        if origin not in SOURCES:
            what, allowed = key_and_value("from", origin), alternatives(origin, SOURCES)
            self._report((*where, "from"), zh=f"{what.zh}；{allowed.zh}", en=f"{what.en}; {allowed.en}")
        elif origin == POSTERIOR:
            yield from self._posterior(where, data)
        else:
            yield from self._numbers(where, data, origin == PRIORS)

    def _posterior(self, where: Where, data: Mapping) -> Iterator[Dimension]:
        window, disturbed = data.get("window", WINDOWS[-1]), data.get("disturbances", False)
        if "only" in data:
            self._report(
                (*where, "only"),
                zh="后验抽样中各参数相互关联，不能只取一部分；允许：省略 only，或用 from: priors",
                en="the numbers of a posterior draw belong together; allowed: leave out only, or take from: priors",
            )
        if window not in WINDOWS:
            what, years = key_and_value("window", window), ", ".join(map(str, WINDOWS))
            self._report((*where, "window"), zh=f"{what.zh}；允许：{years}", en=f"{what.en}; allowed: {years}")
            return
        if not isinstance(disturbed, bool):
            what = key_and_value("disturbances", disturbed)
            self._report(
                (*where, "disturbances"), zh=f"{what.zh}；允许：true 或 false", en=f"{what.en}; allowed: true or false"
            )
            return
        posterior = stored_posterior(window)
        self._refuse_twice(where, "parameters", varied(posterior.numbers))
        draws = Between(0, len(posterior.draws) - 1, whole=True)
        yield Dimension(DRAW, PosteriorPart(window, disturbed), draws)

    def _numbers(self, where: Where, data: Mapping, from_priors: bool) -> Iterator[Dimension]:
        known = candidates()
        only = data.get("only", [name for name, number in known.items() if number.declared or not from_priors])
        for key in ("window", "disturbances"):
            if key in data:
                self._report(
                    (*where, key), zh=f"{key} 只用于 from: posterior", en=f"{key} goes with from: posterior only"
                )
        if not isinstance(only, list) or not only:
            what = key_and_value("only", only)
            self._report((*where, "only"), zh=f"{what.zh}；允许：非空列表", en=f"{what.en}; allowed: a list, not empty")
            return
        chosen = [name for place, name in enumerate(only) if self._is_number((*where, "only", place), name)]
        self._refuse_twice(where, "parameters", varied([known[name] for name in chosen]))
        for name in dict.fromkeys(chosen):
            number = known[name]
            spread = FromPrior(number) if from_priors else Between(number.low, number.high)
            yield Dimension(name, ParameterPart(number), spread)

    def _is_number(self, where: Where, name: object) -> bool:
        if name in candidates():
            return True
        what, allowed = quoted(name), alternatives(name, candidates(), PARAMETERS_LISTED)
        self._report(
            where,
            zh=f"没有可变的参数 {what.zh}（分行业的写作 参数.行业）；{allowed.zh}",
            en=f"no parameter {what.en} with a range (by branch: parameter.branch); {allowed.en}",
        )
        return False

    def _refuse_twice(self, where: Where, kind: str, names: Sequence[str]) -> None:
        """Refuse what both a policy sets and the design varies: one of the two would be lost."""
        for policy in self.policies:
            for name in getattr(policy, kind):
                if name in names:
                    self._report(
                        where,
                        zh=f"{name} 既由情景 {policy.name} 给定，又在试验方案中变化；允许：只写其一",
                        en=f"{name} is set by the policy {policy.name} and varies, too; allowed: one of the two",
                    )

    # Drivers

    def _drivers(self, given: object) -> Iterator[Dimension]:
        where: Where = ("vary", "drivers")
        if isinstance(given, list):
            yield from self._alternatives(where, given)
            return
        for name, value in self._mapping(where, given, "[drivers_low, as_happened, drivers_high]").items():
            if name not in drivers():
                what, allowed = quoted(name), alternatives(name, drivers())
                self._report(
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
                self._report(
                    (*where, place), zh=f"没有情景 {what.zh}；{allowed.zh}", en=f"no scenario {what.en}; {allowed.en}"
                )
        if len({scenario.name for scenario in chosen}) < max(len(given), 2):
            if len(chosen) == len(given):
                self._report(where, zh="至少两个不同的情景", en="allowed: at least two different scenarios")
            return
        yield Dimension(DRIVERS, DriversPart(tuple(chosen)), Among(tuple(scenario.name for scenario in chosen)))

    def _driver(self, where: Where, driver: Driver, value: object) -> Iterator[Dimension]:
        """A factor on a driver, or a shift of a rate of growth."""
        shifts = driver.unit == GROWTH_UNIT
        mark, (low, high) = ("add", GROWTH_RANGE) if shifts else ("multiply", (0.0, float(HIGHEST_FACTOR)))
        example = f"{{{mark}: [{'-0.01, 0.01' if shifts else '0.9, 1.1'}]}}"
        content = self._mapping(where, value, example)
        for key in content:
            if key not in (mark, *PERIOD):
                self.source.report((*where, key), unknown_key(key, (mark, *PERIOD)))
        years = [content.get("from", POLICY_START), content.get("to", LATEST)]
        if mark not in content or not check_years(years, where, self.source.report):
            if content:
                self._report(
                    where,
                    zh=f"缺少 `{mark}`；允许：如 {example}",
                    en=f"`{mark}` is missing; allowed: such as {example}",
                )
            return
        self._refuse_twice(where, "drivers", [driver.id])
        spread = self._spread((*where, mark), content[mark], low, high)
        if spread is not None:
            yield Dimension(f"{driver.id}.{mark}", DriverPart(driver.id, mark, *years), spread)
