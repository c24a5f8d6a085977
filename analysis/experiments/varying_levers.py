"""The levers that vary in a design, and the values over which they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.inputs import LATEST, POLICY_START, Lever, levers
from model.scenario.checks import check_years
from model.scenario.lever_parsing import LEVERS_LISTED, LONGEST_DELAY, key_range
from model.scenario.lever_paths import lever_sectors
from model.scenario.lever_values import Kind
from model.scenario.problems import Where, alternatives, key_and_value, quoted, unknown_key

from .design import CHANGES, DELAY, FACTOR, SHIFT, VALUE, Dimension, LeverPart
from .varying_part import PERIOD, VaryingPart

KINDS = {VALUE: Kind.VALUE, FACTOR: Kind.FACTOR, SHIFT: Kind.CHANGE, DELAY: Kind.DELAY}
"""The kind of number of each change of a lever."""


class VaryingLevers(VaryingPart):
    """Levers, as a whole or by sector."""

    def dimensions(self, given: object) -> Iterator[Dimension]:
        """The dimensions that `given` describes."""
        where: Where = ("vary", "levers")
        named = self.mapping(where, given, "{capacity_closure: {factor: [0, 1.5]}}")
        for name, value in named.items():
            id_, dot, sector = str(name).partition(".")
            if id_ not in levers():
                what, allowed = quoted(id_), alternatives(id_, levers(), LEVERS_LISTED)
                self.report(
                    (*where, name),
                    zh=f"未知政策措施 {what.zh}；{allowed.zh}",
                    en=f"unknown lever {what.en}; {allowed.en}",
                )
                continue
            lever = levers()[id_]
            if dot and sector not in lever_sectors(lever):
                allowed = alternatives(sector, lever_sectors(lever))
                self.report(
                    (*where, name),
                    zh=f"{id_} 没有行业 {sector}；{allowed.zh}",
                    en=f"{id_} has no sector {sector!r}; {allowed.en}",
                )
                continue
            if dot and id_ in named:
                self.report(
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
            self.report(
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
            self.report(
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
                self.report(
                    inside,
                    zh=f"{lever.id} 各行业单位不同；允许：分行业给出，如 {lever.id}.{lever.sectors[0]}",
                    en=f"the sectors of {lever.id} have different units; allowed: by sector, such as "
                    f"{lever.id}.{lever.sectors[0]}",
                )
                continue
            low, high = key_range(KINDS[change], lever)
            if change == DELAY:
                low, high = -LONGEST_DELAY, LONGEST_DELAY
            spread = self.spread(inside, numbers, low, high, whole=change == DELAY)
            if spread is not None:
                column = name if change == VALUE else f"{name}.{change}"
                yield Dimension(column, LeverPart(lever.id, sector, change, *years), spread)
