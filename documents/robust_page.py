"""The pages about sensitivity, robust choice and attribution in both languages, from stored answers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.answers import asked, files
from analysis.global_sensitivity import METHODS
from analysis.robustness.records import order_of
from analysis.robustness.words import order_text
from analysis.varying_numbers import evidence_of, name_of
from model.engine.text import Text
from model.system import system

from .markdown import table
from .places import DOCS
from .robust_texts import PARTS, TEXTS

PAGES = {"en": DOCS / "robust.md", "zh": DOCS / "robust.zh.md"}
SOBOL, MORRIS = METHODS
TOP = 6
"""Numbers of a list that the page shows."""
CO2, JOBS = "co2_emissions_industry", "employment.steel"
SPLIT = ("crude_steel_output", "energy_per_above_scale_industrial_va_change_cumulative")
YEAR, UNTIL = asked.YEARS[-1], asked.UNTIL[-1]
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
    """The page in "zh" or "en". Raises FileNotFoundError where the answers have not been computed yet, and ValueError
    where they are of another model, other data or other questions."""
    for name in files.NAMES:
        files.require_present(name)
    screening, indices = (_decides(asked.LEVEL, method) for method in (MORRIS, SOBOL))
    difference, choices = _decides(asked.DIFFERENCE, SOBOL), _choices()
    names = {
        "decides": asked.DESIGNS[asked.PRIORS],
        "order": asked.DESIGNS[asked.CALIBRATED],
        "screen": asked.DESIGNS[asked.SCREENED],
        "year": YEAR,
        "first_policy": asked.WHOLE,
        "second_policy": asked.REFERENCE,
        "policies": " ".join(asked.SETS[asked.PACKAGES]),
        "co2": CO2,
        "jobs": JOBS,
        "screened": len(screening["table"]["number"]),
        "screening_points": f"{screening['points']:,}",
        "points": f"{indices['points']:,}",
        "mean": f"{indices['mean']:.4g}",
        "deviation": f"{indices['deviation']:.3g}",
        "difference_mean": f"{difference['mean']:.4g}",
        "difference_deviation": f"{difference['deviation']:.3g}",
        "unit": indices["unit"],
        "runs": f"{choices['co2']['runs']:,}",
        "everything": f"{choices['co2']['everything']:.2g}",
        "screening_table": _screening(screening, language),
        "indices_table": _indices(indices, language),
        "difference_table": _indices(difference, language),
        "splits": "\n\n".join(_split(name, language) for name in SPLIT),
    }
    names |= {f"{name}_table": _policies(choice, language) for name, choice in choices.items()}
    names |= {f"{name}_orders": _sentences(choice, language) for name, choice in choices.items()}
    return TEXTS[language].format(**names)


def _decides(measure: str, method: str) -> dict[str, Any]:
    return files.answer(files.SENSITIVITY, indicator=CO2, year=YEAR, measure=measure, method=method)


def _choices() -> dict[str, dict[str, Any]]:
    """The choices between packages that the page shows."""
    shown = {"co2": (asked.CALIBRATED, CO2), "jobs": (asked.CALIBRATED, JOBS), "priors": (asked.PRIORS, CO2)}
    head = {"set": asked.PACKAGES, "year": YEAR}
    return {
        name: files.answer(files.CHOICES, **head, under=under, indicator=indicator)
        for name, (under, indicator) in shown.items()
    }


def _head(language: str, *names: str) -> list[str]:
    return [getattr(HEADS[name], language) for name in names]


def _rows(columns: dict[str, Any]) -> list[dict[str, Any]]:
    found = files.table_of(columns).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def _named(number: str, language: str) -> list[str]:
    """Name and grade of a number, as the first cells of a row."""
    return [f"{name_of(number)[language]} (`{number}`)", evidence_of(number)[0]]


def _screening(answer: dict[str, Any], language: str) -> str:
    cells = [
        [*_named(row["number"], language), *(f"{row[k]:.3g}" for k in ("mu_star", "mu", "sigma"))]
        for row in _rows(answer["table"])[:TOP]
    ]
    return table(_head(language, "number", "grade", "mu_star", "mu", "sigma"), cells)


def _indices(answer: dict[str, Any], language: str) -> str:
    cells = [
        [
            *_named(row["number"], language),
            f"{row['first']:.2f}",
            f"{row['total']:.2f} ± {row['total_confidence']:.2f}",
        ]
        for row in _rows(answer["table"])[:TOP]
    ]
    return table(_head(language, "number", "grade", "first", "total"), cells)


def _policies(answer: dict[str, Any], language: str) -> str:
    cells = [
        [
            f"`{row['policy']}`",
            f"{_number(row['p50'])} ({_number(row['p5'])} – {_number(row['p95'])})",
            f"{row['probability_best']:.1%}",
            _number(row["expected_regret"]),
            _number(row["maximum_regret"]),
        ]
        for row in _rows(answer["policies"])
    ]
    return table(_head(language, "policy", "spread", "best", "regret", "largest"), cells)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.4g}"


def _sentences(answer: dict[str, Any], language: str) -> str:
    """How the policy that is best most often stands against each of the others."""
    best = max(_rows(answer["policies"]), key=lambda row: row["probability_best"])["policy"]
    orders = [order_of(record) for record in answer["orders"] if best in (record["first"], record["second"])]
    return "\n".join(f"- {order_text(order)[language]}" for order in orders)


def _split(indicator: str, language: str) -> str:
    answer = files.answer(files.ATTRIBUTION, indicator=indicator, year=UNTIL)
    variable = system().variables[asked.base_of(indicator)[0]]
    title = f"**{getattr(variable, language)}, {answer['first']}–{answer['year']}, {answer['unit']}**"
    cells = []
    for row in _rows(answer["table"]):
        share = (
            "" if pd.isna(row["share"]) else f"{row['share']:+.3g} ({row['share_p5']:+.3g} – {row['share_p95']:+.3g})"
        )
        last = "" if pd.isna(row["last"]) else f"{row['last']:+.3g}"
        cells.append([getattr(PARTS[row["part"]], language), share, f"{row['alone']:+.3g}", last])
    return f"{title}\n\n{table(_head(language, 'part', 'share', 'alone', 'last'), cells)}"
