"""What a design keeps of each run: indicators, totals over years, and the years."""

from __future__ import annotations

from model.engine.text import Text
from model.inputs import END, LATEST, POLICY_START, START
from model.run import indicator_names
from model.scenario.problems import Where, alternatives, missing, quoted
from model.system import system

from .design import Kept
from .design_source import Source

KEYS = ("indicators", "totals", "years")


def kept_of(source: Source) -> tuple[list[Kept], tuple[int, ...]]:
    """The numbers and the years that a design keeps; problems are noted in `source`."""
    if "keep" not in source.data:
        return [], (END,)
    keep = source.mapping("keep", KEYS)
    found: dict[str, Kept] = {}
    for key in ("indicators", "totals"):
        if key in keep:
            for place, name in enumerate(source.list_at(("keep", key), keep[key])):
                found |= {kept.name: kept for kept in _kept(source, ("keep", key, place), name, key == "totals")}
    if not {"indicators", "totals"} & set(keep):
        source.report(("keep",), missing("indicators"))
    return list(found.values()), _years(source, keep.get("years", [END]))


def _kept(source: Source, where: Where, name: object, total: bool) -> list[Kept]:
    indicator, dot, label = name.partition(".") if isinstance(name, str) else (name, "", "")
    if indicator not in indicator_names():
        listed = Text(zh="命令 `hebei2025 variables` 所列的指标", en="indicators that `hebei2025 variables` lists")
        what, allowed = quoted(indicator), alternatives(indicator, indicator_names(), listed)
        source.report(where, Text(zh=f"没有指标 {what.zh}；{allowed.zh}", en=f"no indicator {what.en}; {allowed.en}"))
        return []
    axis, end = system().variables[str(indicator)].axis, "_total" if total else ""
    if dot and (axis is None or label not in axis.labels):
        allowed = alternatives(label, axis.labels if axis else ())
        source.report(
            where,
            Text(
                zh=f"{indicator} 没有 {label}；{allowed.zh if axis else '该指标不分行业'}",
                en=f"{indicator} has no {label}; {allowed.en if axis else 'it is one number a year'}",
            ),
        )
        return []
    if axis is None:
        return [Kept(f"{indicator}{end}", str(indicator), None, total)]
    whole = [label] if dot else ["all"] if "all" in axis.labels else []
    if total and not whole:
        return [Kept(f"{indicator}{end}", str(indicator), None, True)]
    chosen = whole or axis.labels
    suffix = {entry: "" if entry == "all" and not dot else f".{entry}" for entry in chosen}
    return [Kept(f"{indicator}{suffix[e]}{end}", str(indicator), axis.index(e), total) for e in chosen]


def _years(source: Source, given: object) -> tuple[int, ...]:
    years = []
    first = POLICY_START if source.get(("keep", "totals")) else START
    for place, year in enumerate(source.list_at(("keep", "years"), given)):
        if not isinstance(year, int) or isinstance(year, bool) or not first <= year <= LATEST:
            what = quoted(year)
            source.report(
                ("keep", "years", place),
                Text(
                    zh=f"{what.zh} 不能作为年份；允许：{first} 至 {LATEST}",
                    en=f"{what.en} is no year to keep; allowed: {first} to {LATEST}",
                ),
            )
        else:
            years.append(year)
    return tuple(sorted(set(years))) or (END,)
