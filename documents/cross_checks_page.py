"""The page of cross-checks: published results beside the model's answer to the same question."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from analysis.cross_checks import Answer, Run, answers

from .markdown import number_text, table, unit_text

TEXT = """# 与已发表研究的比较 / Cross-checks with published studies

由 `hebei2025 documents cross_checks` 根据 `analysis/cross_checks.yaml` 和 `calibration/data/benchmark_models.csv`
生成。已发表的结果不是拟合目标；范围和方法不同，数字只能比较方向和量级。

Written by `hebei2025 documents cross_checks` from `analysis/cross_checks.yaml` and
`calibration/data/benchmark_models.csv`. Published results are no fit targets. Scope and method differ, so compare
direction and size, not digits. The model's numbers are those of its default values, without bands.

The model answers {answered} of {count} published figures; {same} of the {answered} have the sign of the study."""
HEADER = ("研究 / study", "result", "year", "published", "model", "experiment", "scope")
NO_ANSWER = "## 模型不能回答的 / What the model cannot answer"


def cross_checks_page(stored: Sequence[Answer] | None = None) -> str:
    """The page, from `stored` answers (default: those of the present model)."""
    every = answers() if stored is None else stored
    answered = [one for one in every if one.model is not None]
    same = sum(one.published * (one.model or 0.0) > 0 for one in answered)
    text = TEXT.format(answered=len(answered), count=len(every), same=same)
    rows = [_row(one) for one in answered]
    unanswered = [
        [f"{one.source} ({one.grade})", _result(one), f"{one.published:g} {unit_text(one.unit)}", " / ".join(reason)]
        for one in every
        if (reason := one.check.why_not) is not None
    ]
    without = table(("研究 / study", "result", "published", "为什么 / why"), unanswered)
    return f"{text}\n\n{table(HEADER, rows)}\n\n{NO_ANSWER}\n\n{without}\n"


def _row(one: Answer) -> list[str]:
    model = number_text(one.model if one.model is not None else float("nan"))
    if one.parts:
        model += " (" + ", ".join(f"`{name}` {number_text(value)}" for name, value in one.parts.items()) + ")"
    return [
        f"{one.source} ({one.grade})",
        _result(one),
        str(one.year),
        f"{one.published:g} {unit_text(one.unit)}",
        model,
        _experiment(one),
        " / ".join(one.check.scope or ()),
    ]


def _result(one: Answer) -> str:
    return f"{one.check.study[0].replace('_', ' ')}, {one.check.study[1]}"


def _experiment(one: Answer) -> str:
    check = one.check
    what = " / ".join(f"`{name}`" for name in check.indicator) or "`" + "` + `".join(check.terms) + "`"
    sector = f" ({check.sector})" if check.sector else ""
    years = "-".join(map(str, check.years))
    runs = _run(check.run)
    if check.against is not None:
        runs += f" against {_run(check.against)}"
    return f"{check.measure.replace('_', ' ')} of {what}{sector}, {years}: {runs}"


def _run(run: Run) -> str:
    changed = ", ".join(f"`{name}`: {_value(value)}" for name, value in run.levers.items())
    return f"`{run.scenario}`" + (f" with {changed}" if changed else "")


def _value(value: object) -> str:
    """The value of a lever as a scenario file has it."""
    return value if isinstance(value, str) else yaml.safe_dump(value, default_flow_style=True, width=1000).strip()
