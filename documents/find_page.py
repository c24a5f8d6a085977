"""The page with the cheapest mixes for the targets and the frontier, from the stored table."""

from __future__ import annotations

import pandas as pd

from analysis.optimisation.frontier import DEFAULT_OBJECTIVES
from analysis.optimisation.questions import FRONTS, QUESTIONS, Question
from model.inputs import levers
from model.targets import targets

from .markdown import number_text, table
from .places import EVIDENCE_TABLES

FOUND = EVIDENCE_TABLES / "find.csv"
TEXT = """# 目标反查与前沿 / Cheapest mixes for the targets, and the frontier

由 `hebei2025 documents find` 根据 `docs/evidence/matrix/find.csv` 生成（种子1）。方法与读法见
[目标反查](../find.zh.md)。各题都以“未出台《实施意见》”为起点，即各项措施停在2015年水平。力度0为起点，1为《实施意见》，
2为措施取值范围的尽头；费用为2016—2025年公共支出合计（亿元）。“去掉后”是把该项措施放回起点、其余不变：
费用是多少，哪些已达到的目标又落空。

Written by `hebei2025 documents find` from `docs/evidence/matrix/find.csv` (seed 1). [Find](../find.md) has the method
and how to read it. Every question starts from "Without the plan": all levers as in 2015. Strength 0 is that start, 1
the document, 2 the end of the lever's range; cost is public cost of 2016-2025 in total (亿元). "Without it" puts the
lever back to the start with all else kept: what the mix costs then, and which targets that were met are lost.

{questions}

{fronts}
"""
OUT_OF_REACH = "无论花多少钱都达不到（括号内为最好值） / Out of reach at any cost, with the best that is reached"
CONFLICTS = "不能同时达到（保前者时后者的最好值） / Not together (the best of the second with the first kept)"
FRONT_TITLES = {
    "front_range": ("全部措施，取值范围之内", "Every lever, within its range"),
    "front_document": (
        "不压减粗钢，力度不超过《实施意见》",
        "No order to cut crude steel, nothing beyond the document",
    ),
}


def find_page(rows: pd.DataFrame) -> str:
    """The text of the page; `rows` is the stored table."""
    rows = rows.fillna({"wanted": ""})
    return TEXT.format(
        questions="\n\n".join(_question(question, rows[rows.question == question.name]) for question in QUESTIONS),
        fronts="\n\n".join(_front(name, rows[rows.question == name]) for name in FRONTS),
    )


def _question(question: Question, rows: pd.DataFrame) -> str:
    cost = rows[rows.kind == "cost"].set_index("item")["value"]
    score, moved = rows[rows.kind == "score"], rows[rows.kind == "lever"]
    without = rows[rows.kind == "without"].set_index("item")
    met = int((score.met.astype(str) == "True").sum())
    budget = f"，预算 / budget {cost['budget']:,.0f}" if "budget" in cost else ""
    texts = {each.id: f"{each.zh} / {each.en}" for each in targets()}
    parts = [
        f"## {question.title.zh} / {question.title.en[0].upper()}{question.title.en[1:]}",
        f"费用 / cost {cost['answer']:,.0f}，起点 / base {cost['base']:,.0f}{budget}；"
        f"{len(score)}项目标达到{met}项 / {met} of {len(score)} targets met.",
        table(
            ("目标 / target", "要求 / wanted", "年 / year", "达到 / reached", ""),
            [
                (
                    texts[r.item],
                    r.wanted,
                    f"{int(r.year)}",
                    number_text(r.value, 5),
                    "✓" if str(r.met) == "True" else "✗",
                )
                for r in score.itertuples()
            ],
        ),
        table(
            (
                "措施 / lever",
                "力度 / strength",
                "首年 / first year",
                "去掉后费用 / cost without it",
                "去掉后落空 / lost",
            ),
            [
                (
                    f"{levers()[r.item].zh} / {levers()[r.item].en}",
                    f"{r.value:.2f}",
                    f"{int(r.year)}",
                    f"{without.loc[r.item, 'value']:,.0f}",
                    ", ".join(f"`{name}`" for name in without.loc[r.item, "wanted"].split()) or "–",
                )
                for r in moved.itertuples()
            ],
        ),
    ]
    out, pairs = rows[rows.kind == "out_of_reach"], rows[rows.kind == "conflict"]
    if len(out):
        listed = ", ".join(f"`{r.item}` ({number_text(r.value, 4)})" for r in out.itertuples())
        parts.append(f"{OUT_OF_REACH}: {listed}.")
    if len(pairs):
        listed = ", ".join(f"`{r.item}` × `{r.wanted}` ({number_text(r.value, 4)})" for r in pairs.itertuples())
        parts.append(f"{CONFLICTS}: {listed}.")
    return "\n\n".join(parts)


def _front(name: str, rows: pd.DataFrame) -> str:
    zh, en = FRONT_TITLES[name]
    size = rows[rows.kind == "size"].set_index("item")["value"]
    outcomes = rows[rows.kind == "outcome"].pivot(index="item", columns="wanted", values="value")
    order = dict.fromkeys(rows[rows.kind == "outcome"].item)
    on_front = list(rows[rows.kind == "on_front"].item)
    return "\n\n".join(
        [
            f"## 前沿：{zh} / Frontier: {en[0].lower()}{en[1:]}",
            f"{size['runs']:,.0f}次运行，前沿上{size['points']:,.0f}个组合 / {size['points']:,.0f} mixes of "
            f"{size['runs']:,.0f} runs are on it. 前沿上的内置情景 / Shipped scenarios on it: "
            f"{', '.join(f'`{each}`' for each in on_front) or '无 / none'}.",
            table(
                ("组合 / mix", *(f"`{objective}`" for objective in DEFAULT_OBJECTIVES)),
                [(f"`{mix}`", *(number_text(outcomes.loc[mix, o], 4) for o in DEFAULT_OBJECTIVES)) for mix in order],
            ),
        ]
    )
