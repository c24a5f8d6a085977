"""The page about the shipped designs and what they showed, from the stored table."""

from __future__ import annotations

import pandas as pd

from analysis.experiments.design import Design
from analysis.experiments.design_reading import load_design
from analysis.experiments.design_source import design_names
from analysis.experiments.sampling import points_of
from model.engine.text import Text
from model.system import system

from .markdown import table

TEXT = """# 内置试验方案及其结果 / The shipped designs and what they showed

由 `hebei2025 documents designs` 根据 `calibration/results/designs.csv` 生成。每个方案都可直接运行，如
`hebei2025 experiment plan_or_no_plan --out 文件夹`。表中为最后一年各次运行的中位数及5%至95%分位数；“差”为同一样本点上
与第一个情景之差，“更低”为低于第一个情景的样本点比例；“主要变化项”为秩相关系数绝对值最大的变化项。样本是设计的范围
而不是概率，只有参数取自后验（`posterior`）的方案可以读作把握程度。

Written by `hebei2025 documents designs` from `calibration/results/designs.csv`. Each design can be run as it is, such
as `hebei2025 experiment plan_or_no_plan --out FOLDER`. Tables show the last year: median and 5 to 95 % of the runs;
*difference* is that from the first policy at the same point of the sample, *lower* the share of points at which the
policy lies below the first one; *moved most by* names what has the largest rank correlation. A sample is a range that
was chosen and no probability: only designs whose parameters come from the posterior say how sure a result is.

{designs}
"""
DESIGN = """## {zh} / {en}

`{name}`: {description_zh}

{description_en}

{points} ({method}), {runs}

{table}
"""


def designs_page(stored: pd.DataFrame) -> str:
    """The page. Raises ValueError where a design has no stored answers, or answers have no design."""
    stored_names = list(dict.fromkeys(stored["design"]))
    if sorted(stored_names) != sorted(design_names()):
        raise ValueError(f"designs.csv has the answers of {stored_names}; run documents designs --slow")
    return TEXT.format(designs="\n".join(_section(name, stored[stored["design"] == name]) for name in design_names()))


def _section(name: str, rows: pd.DataFrame) -> str:
    design = load_design(name)
    title, description = _both(design.title), _both(design.description)
    points, policies = points_of(design), len(design.policies)
    return DESIGN.format(
        name=name,
        zh=title.zh,
        en=title.en,
        description_zh=description.zh,
        description_en=description.en,
        points=f"{points:,} 个样本点 / points",
        method=design.sample.method,
        runs=f"{points * policies * design.replications:,} 次运行 / runs",
        table=_table(design, rows[rows["year"] == design.last]),
    )


def _both(text: str | Text) -> Text:
    return text if isinstance(text, Text) else Text(zh=text, en=text)


def _table(design: Design, rows: pd.DataFrame) -> str:
    several = len(design.policies) > 1
    header = ["指标 / indicator", "情景 / policy", f"{design.last}"]
    header += ["差 / difference", "更低 / lower"] if several else []
    header.append("主要变化项 / moved most by")
    return table(header, [_row(row, several) for row in rows.to_dict("records")])


def _row(row: dict, several: bool) -> list[str]:
    indicator = str(row["name"]).removesuffix("_total").partition(".")
    variable = system().variables[indicator[0]]
    sector = f" ({indicator[2]})" if indicator[2] else ""
    total = "，2016年以来合计 / total since 2016" if str(row["name"]).endswith("_total") else ""
    cells = [f"{variable.zh} / {variable.en}{sector}{total}, {row['unit']}", f"`{row['policy']}`", _spread(row, "")]
    if several:
        has_difference = pd.notna(row["difference_p50"])
        cells += [
            _spread(row, "difference_") if has_difference else "",
            f"{row['below']:.0%}" if has_difference else "",
        ]
    moved = row["moved_by"]
    return [*cells, moved if isinstance(moved, str) else ""]


def _spread(row: dict, prefix: str) -> str:
    sign = "+" if prefix else ""
    low, middle, high = (f"{row[prefix + name]:{sign}.4g}" for name in ("p5", "p50", "p95"))
    return f"{middle} ({low} – {high})"
