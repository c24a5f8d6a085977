"""Refusals of lever values in both languages: what is wrong with a form, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.engine.text import Text
from model.inputs import Lever

from .checks import describe_range
from .problems import alternatives, quoted

EXAMPLES = Text(
    zh="{scale: 1.2}、{add: 5}、{hold: 10, from: 2018} 或 {delay: 2}",
    en="{scale: 1.2}, {add: 5}, {hold: 10, from: 2018} or {delay: 2}",
)
NO_RAMP = Text(
    zh="这不是斜线；允许：{ramp: {from: 年份, to: 年份, start: 取值, end: 取值}}，旁边不能有其他内容",
    en="this is no ramp; allowed: {ramp: {from: year, to: year, start: value, end: value}} and nothing beside it",
)
NO_POINTS = Text(
    zh="这不是折线；允许：{points: {年份: 取值, 年份: 取值}}，旁边不能有其他内容",
    en="this is no line through points; allowed: {points: {year: value, year: value}} and nothing beside it",
)


def not_one_change(marks: Sequence[str], known: Iterable[str]) -> Text:
    """The refusal of a mapping that changes a path in several ways, or in none."""
    forms = Text(
        zh=f"允许：{EXAMPLES.zh}，可用 `of` 层层嵌套", en=f"allowed: {EXAMPLES.en}, one inside the other by `of`"
    )
    if marks:
        zh, en = f"{' 和 '.join(marks)} 不能并列", f"{' and '.join(marks)} stand together"
    else:
        names = ", ".join(known)
        zh, en = f"{names} 中须有一个", f"one of {names} is missing"
    return Text(zh=f"{zh}；{forms.zh}", en=f"{en}; {forms.en}")


def no_sector(lever: Lever, sector: object, sectors: Sequence[str]) -> Text:
    """The refusal of a key that is no sector of the lever."""
    what = quoted(sector)
    if not sectors:
        allowed = describe_range(lever)
        return Text(
            zh=f"{lever.id} 不能按行业设置；允许：一个取值，{allowed.zh}",
            en=f"{lever.id} is not set by sector; allowed: one value, {allowed.en}",
        )
    if not isinstance(sector, str):
        return Text(
            zh=f"{what.zh} 与行业并列；允许：按行业设置，或者年度表，二者取一",
            en=f"{what.en} stands beside sectors; allowed: either sectors or a table of years",
        )
    names = alternatives(sector, sectors)
    return Text(
        zh=f"{lever.id} 没有行业 {what.zh}；{names.zh}", en=f"unknown sector {what.en} for {lever.id}; {names.en}"
    )
