"""The pages about sensitivity, robust choice and attribution in both languages, from stored answers."""

from __future__ import annotations

import json

from analysis.robustness.shown import CO2, DECIDES, DIFFERENCE, JOBS, ORDER, POLICIES, SPLIT, YEAR
from model.engine.text import Text
from model.system import system

from .markdown import table
from .places import DOCS, EVIDENCE
from .robust_texts import PARTS, TEXTS

ANSWERS = EVIDENCE / "robust.json"
PAGES = {"en": DOCS / "robust.md", "zh": DOCS / "robust.zh.md"}
WHOLE_FROM = 1000
"""Numbers from this on are shown without decimals."""
HEADS = {
    "number": Text("数值", "number"),
    "grade": Text("等级", "grade"),
    "first": Text("一阶", "first"),
    "total": Text("总效应（±95%区间半宽）", "total (± half the 95 % interval)"),
    "mu_star": Text("平均绝对变动", "mean absolute change"),
    "mu": Text("平均变动", "mean change"),
    "sigma": Text("离散", "spread"),
    "policy": Text("情景", "policy"),
    "spread": Text("中位数（5%至95%）", "median (5 to 95 %)"),
    "best": Text("最优概率", "best"),
    "regret": Text("平均遗憾", "mean regret"),
    "largest": Text("最大遗憾", "largest regret"),
    "part": Text("部分", "part"),
    "share": Text("份额均值（5%至95%）", "share: mean (5 to 95 %)"),
    "alone": Text("仅此变动", "alone"),
    "last": Text("去掉此项的差别", "last"),
}


def robust_page(language: str) -> str:
    """The page in "zh" or "en". Raises FileNotFoundError where the answers have not been computed yet."""
    answers = json.loads(ANSWERS.read_text(encoding="utf-8"))
    difference, indices = answers["difference"], answers["indices"]
    names = {
        "decides": DECIDES,
        "order": ORDER,
        "year": YEAR,
        "first_policy": DIFFERENCE[0],
        "second_policy": DIFFERENCE[1],
        "policies": " ".join(POLICIES),
        "co2": CO2,
        "jobs": JOBS,
        "screened": answers["screening"]["numbers"],
        "screening_points": f"{answers['screening']['points']:,}",
        "points": f"{indices['points']:,}",
        "mean": f"{indices['mean']:.4g}",
        "deviation": f"{indices['deviation']:.3g}",
        "difference_mean": f"{difference['mean']:.4g}",
        "difference_deviation": f"{difference['deviation']:.3g}",
        "unit": indices["unit"],
        "runs": f"{answers['order'][CO2]['runs']:,}",
        "everything": f"{answers['order'][CO2]['everything']:.2g}",
        "screening_table": _screening(answers["screening"]["rows"], language),
        "indices_table": _indices(indices["rows"], language),
        "difference_table": _indices(difference["rows"], language),
        "co2_table": _policies(answers["order"][CO2], language),
        "co2_orders": _sentences(answers["order"][CO2], language),
        "jobs_table": _policies(answers["order"][JOBS], language),
        "jobs_orders": _sentences(answers["order"][JOBS], language),
        "priors_orders": _sentences(answers["priors"], language),
        "splits": "\n\n".join(_split(answers["attribution"][name], language) for name in SPLIT),
    }
    return TEXTS[language].format(**names)


def _head(language: str, *names: str) -> list[str]:
    return [getattr(HEADS[name], language) for name in names]


def _screening(rows: list[dict], language: str) -> str:
    cells = [
        [f"{row[language]} (`{row['number']}`)", row["grade"], *(f"{row[k]:.3g}" for k in ("mu_star", "mu", "sigma"))]
        for row in rows
    ]
    return table(_head(language, "number", "grade", "mu_star", "mu", "sigma"), cells)


def _indices(rows: list[dict], language: str) -> str:
    cells = [
        [
            f"{row[language]} (`{row['number']}`)",
            row["grade"],
            f"{row['first']:.2f}",
            f"{row['total']:.2f} ± {row['total_confidence']:.2f}",
        ]
        for row in rows
    ]
    return table(_head(language, "number", "grade", "first", "total"), cells)


def _policies(answer: dict, language: str) -> str:
    cells = [
        [
            f"`{row['policy']}`",
            f"{_number(row['p50'])} ({_number(row['p5'])} – {_number(row['p95'])})",
            f"{row['probability_best']:.1%}",
            _number(row["expected_regret"]),
            _number(row["maximum_regret"]),
        ]
        for row in answer["policies"]
    ]
    return table(_head(language, "policy", "spread", "best", "regret", "largest"), cells)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.4g}"


def _sentences(answer: dict, language: str) -> str:
    return "\n".join(f"- {order[language]}" for order in answer["orders"])


def _split(answer: dict, language: str) -> str:
    variable = system().variables[answer["indicator"]]
    title = f"**{getattr(variable, language)}, {answer['first']}–{answer['year']}, {answer['unit']}**"
    cells = []
    for row in answer["rows"]:
        share = (
            "" if row["share"] is None else f"{row['share']:+.3g} ({row['share_p5']:+.3g} – {row['share_p95']:+.3g})"
        )
        last = "" if row["last"] is None else f"{row['last']:+.3g}"
        cells.append([getattr(PARTS[row["part"]], language), share, f"{row['alone']:+.3g}", last])
    return f"{title}\n\n{table(_head(language, 'part', 'share', 'alone', 'last'), cells)}"
