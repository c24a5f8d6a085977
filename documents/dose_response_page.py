"""The page of the dose responses of the levers, with the contract of the spine levers and the bounds of every lever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from analysis.dose_response import DOSES, FIRST, LASTING, ONE_YEAR, Response, Responses, shared_responses
from analysis.lever_contract import LEVER_ITEMS, SPINE_ITEMS, Part, Verdict, quarters_text, verdicts
from analysis.lever_expectations import UP, Expectations, Outcome, expectations
from analysis.response_shape import shares_by_part, time_to_half
from model.engine.text import LANGUAGES, Text
from model.inputs import END, POLICY_START

from .markdown import table

EARLIER = 2020
RESULTS = {True: "通过 / pass", False: "**未通过 / fail**"}
MARKS = {True: "✓", False: "✗"}
TEXT = """# 政策措施的剂量响应 / Dose response of the levers

由 `hebei2025 documents dose_response` 根据模型运行结果生成；`python -m analysis.dose_response` 在屏幕上显示同样的表。

每项措施自{first}年起取一个固定值，从不起作用的一端（0%）到另一端（100%），其余一切照实际情况。作用是与0%之差。
“四分位”是范围的每四分之一带来的作用占全部作用的百分比；“一半”是自{first}年初起达到{end}年作用一半所需的年数；
变化小于0.1%或0.1个百分点的视为没有变化。标准和依据写在 `analysis/lever_expectations.yaml`。

Written by `hebei2025 documents dose_response` from runs of the model; `python -m analysis.dose_response` prints the
same figures. Each lever has one value from {first} on, from the end of its range where it does nothing (0 %) to the
other end (100 %); everything else is as it happened. Effects are differences from 0 %. *Quarters*: share of each
quarter of the range in the whole effect, per cent. *Half*: years from the start of {first} until half of the effect of
{end} is there. Effects below 0.1 % or 0.1 points count as none. Criteria and their reasons are in
`analysis/lever_expectations.yaml`.

## 四项主线的要求 / Contract of the four spine tasks

{spine_items}

{spine}

## 每项措施的要求 / Bounds of every lever

{lever_items}

{levers}

## 未通过的项 / Items that fail

{failed}

## 资金翻倍 / Doubling the money

{doubling}

{doubling_reason}

## 范围的依据 / Reasons for the bounds

{reasons}

## 剂量响应 / Dose responses

{responses}
"""


def dose_response_page() -> str:
    """The page, from runs of the model."""
    return page_of(shared_responses(), expectations())


def page_of(responses: Responses, wanted: Expectations) -> str:
    """The page of given responses, which must be those of all entries."""
    results = verdicts(responses, wanted)
    return TEXT.format(
        first=POLICY_START,
        end=END,
        spine_items=_item_table(SPINE_ITEMS, _spine_limits(wanted)),
        spine=_matrix([one for one in results if one.item in SPINE_ITEMS], tuple(SPINE_ITEMS), wanted),
        lever_items=_item_table(LEVER_ITEMS, _lever_limits(wanted)),
        levers=_matrix([one for one in results if one.item in LEVER_ITEMS], tuple(LEVER_ITEMS), wanted),
        failed=_failed_table([one for one in results if not one.passed], wanted),
        doubling=_doubling_table(responses, wanted),
        doubling_reason=wanted.contract.doubling.reason,
        reasons=_reasons(wanted),
        responses="\n\n".join(_response(one, wanted) for one in responses.by_entry.values()),
    )


def _spine_limits(wanted: Expectations) -> dict[str, str]:
    limits = wanted.contract
    doubling = limits.doubling
    return {
        "b": f"{limits.quarter.least:g}–{limits.quarter.most:g} %",
        "c": f"{limits.years_to_half.least:g}–{limits.years_to_half.most:g} 年 / years",
        "d": f"≥ {limits.marginal_ratio:g}",
        "e": f"{doubling.one_year.least:g}–{doubling.one_year.most:g} %; "
        f"{doubling.lasting.least:g}–{doubling.lasting.most:g} %",
    }


def _lever_limits(wanted: Expectations) -> dict[str, str]:
    return {"range": f"{wanted.quarter.least:g}–{wanted.quarter.most:g} %", "free": f"≥ {wanted.least_cost:g} 亿元"}


def _item_table(items: Mapping[str, Text], limits: Mapping[str, str]) -> str:
    header = ("项 / item", "要求 / requirement", "界限 / limits")
    return table(header, [[name, f"{text.zh} / {text.en}", limits.get(name, "")] for name, text in items.items()])


def _matrix(results: Sequence[Verdict], items: Sequence[str], wanted: Expectations) -> str:
    """Levers by items: passed, failed, or nothing where an item does not apply; and how many pass."""
    marks = {(one.entry, one.item): MARKS[one.passed] for one in results}
    entries = dict.fromkeys(one.entry for one in results)
    rows = [[_label(entry, wanted), *(marks.get((entry, item), "") for item in items)] for entry in entries]
    count = f"{sum(one.passed for one in results)} / {len(results)} 项通过 / items pass."
    return f"{table(('措施 / lever', *items), rows)}\n\n{count}"


def _failed_table(results: Sequence[Verdict], wanted: Expectations) -> str:
    if not results:
        return "无 / None."
    header = ("措施 / lever", "项 / item", "数字", "figures", "原因", "reason")
    rows = []
    for one in results:
        figures = ["<br>".join(_part(part, wanted, language) for part in one.parts) for language in LANGUAGES]
        why = wanted.known_misses.get((one.entry, one.item))
        reasons = ["" if why is None else why[language].strip() for language in LANGUAGES]
        rows.append([_label(one.entry, wanted), one.item, *figures, *reasons])
    return table(header, rows)


def _label(entry: str, wanted: Expectations) -> str:
    zh, en = wanted.entries[entry].label
    return f"{zh}<br>{en}"


def _part(part: Part, wanted: Expectations, language: str) -> str:
    name = f"{wanted.outcomes[part.outcome].label[language]}: " if part.outcome else ""
    text = f"{name}{part.figures[language]}"
    return text if part.passed else f"**{text}**"


def _doubling_table(responses: Responses, wanted: Expectations) -> str:
    doubling = wanted.contract.doubling
    label = _named(wanted.outcomes[doubling.outcome])
    rows = []
    for title, name, limits in (
        (f"仅{doubling.year}年 / {doubling.year} alone", ONE_YEAR, doubling.one_year),
        (f"仅{doubling.year}年，最初的要求 / {doubling.year} alone, as first asked", ONE_YEAR, doubling.first_reading),
        ("持续 / lasting", LASTING, doubling.lasting),
    ):
        effect = float(responses.doubled[name][doubling.outcome][-1])
        passed = RESULTS[limits.contain(effect)]
        rows.append([title, f"{effect:+.3f}", f"{limits.least:g}–{limits.most:g}", passed])
    return table(("翻倍 / doubled", f"{label}, {END}", "要求 / asked", "结论 / verdict"), rows)


def _reasons(wanted: Expectations) -> str:
    header = (
        "措施 / lever",
        "结果 / outcome",
        "方向 / sign",
        f"{END}: 最小–最大 / least–most",
        "依据 / reason",
        "等级 / grade",
    )
    rows = [
        [
            _label(entry.id, wanted),
            _named(wanted.outcomes[entry.own]),
            f"升 / {UP}" if entry.sign > 0 else "降 / down",
            f"{entry.plausible.least:g}–{entry.plausible.most:g}",
            entry.source,
            entry.grade,
        ]
        for entry in wanted.entries.values()
    ]
    return "\n\n".join([*wanted.reasons.values(), table(header, rows)])


def _response(response: Response, wanted: Expectations) -> str:
    label = response.entry.label
    header = (
        "结果 / outcome",
        f"{EARLIER}: 100 %",
        *(f"{END}: {dose:.0%}" for dose in DOSES[1:]),
        "四分位 / quarters",
        "一半 / half",
    )
    rows = list(_outcome_rows(response, wanted))
    costs = [f"{cost:,.0f}" for cost in response.cost[1:, -1]]
    rows.append(
        ["本措施成本（累计） / cost of the lever, 亿元", f"{response.cost[-1, EARLIER - END - 1]:,.0f}", *costs, "", ""]
    )
    return f"### {label.zh} / {label.en}\n\n{table(header, rows)}"


def _outcome_rows(response: Response, wanted: Expectations) -> Iterator[list[str]]:
    for name in dict.fromkeys((*wanted.headline, response.entry.own)):
        outcome, effects = wanted.outcomes[name], response.at(name)
        numbers = [response.whole(name, EARLIER), *effects[1:]]
        shape = ["", ""]
        if abs(effects[-1]) >= outcome.moves:
            years = time_to_half(response.effects[name][-1][FIRST:])
            shape = [quarters_text(shares_by_part(effects)), f"{years:.1f}"]
        yield [_named(outcome), *(_number(value) for value in numbers), *shape]


def _number(value: float) -> str:
    """A number with two decimals, or none where it is large; without the sign of a rounded zero."""
    digits = 0 if abs(value) >= 100 else 2
    return f"{round(value, digits) + 0.0:+,.{digits}f}" if np.isfinite(value) else ""


def _named(outcome: Outcome) -> str:
    unit = outcome.unit
    units = unit.zh if unit.zh == unit.en else f"{unit.zh} / {unit.en}"
    return f"{outcome.label.zh} / {outcome.label.en}, {units}"
