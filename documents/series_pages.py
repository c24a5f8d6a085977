"""Pages about observed series, one for each, with every figure, its source, its grade and its use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from calibration.observations import WHOLE_YEAR, months_covered, observations
from calibration.series import FITTED_GRADES, Series, all_series
from model.axes import BRANCH_LABELS
from model.definitions import one_line
from model.engine import Text
from model.inputs import LAST_OBSERVED, START
from model.system import system

from .markdown import table
from .places import EVIDENCE

PAGES = EVIDENCE / "series"
KINDS = {
    "level": "水平，误差按比例 / level, relative errors",
    "share": "占比，误差为百分点 / share, errors in points",
    "growth": "增速，误差为百分点 / growth, errors in points",
}
TITLES = {
    "energy_per_gdp_change": Text("单位地区生产总值能耗变化", "Change of energy per gross regional product"),
    "ferrous_smelting_growth": Text(
        "黑色金属冶炼和压延加工业增加值增速", "Growth of value added of ferrous smelting and rolling"
    ),
}
"""Names of series whose indicator is no variable, or is also that of another series."""
FITTED = "拟合 / fitted"
CONSTRAINT = "约束 / constraint"
UNVERIFIED = "未核实，不拟合 / unverified, not fitted"
OTHER_SEGMENT = "另一口径，不作比较 / another base, not compared"
OUTSIDE = "超出年份范围 / outside the years"
BASE = "基准年，其他年份以此为基数 / base year of the index"
SHOWN_ONLY = "仅供参考 / for reference"


def figures(series: Series) -> pd.DataFrame:
    """Every figure behind a series, whole years and parts of years: the columns of the observations, and `use`."""
    known = observations()
    keys = [key for key in (series.observed, series.part_years) if key]
    of_series = known[[key in keys for key in zip(known["series"], known["sector"], strict=True)]]
    constraints = set(series.part_year_points()["year"])
    uses = [_use(series, row, constraints) for row in of_series.itertuples()]
    return of_series.assign(use=uses).sort_values(["year", "period"])


def _use(series: Series, row: Any, constraints: set[int]) -> str:
    if not START <= row.year <= LAST_OBSERVED:
        return OUTSIDE
    if not any(low <= row.year <= high for low, high in series.segments):
        return OTHER_SEGMENT
    if row.period != WHOLE_YEAR:
        longest = series.part_year_points().set_index("year")["months"]
        counts = row.year in constraints and months_covered(row.definition) == longest.loc[row.year]
        return CONSTRAINT if series.fit and counts else SHOWN_ONLY
    if row.confidence not in FITTED_GRADES:
        return UNVERIFIED
    if not series.fit:
        return SHOWN_ONLY
    if row.year == series.base:
        return BASE
    best = series.points().set_index("year")["confidence"]
    return FITTED if best.loc[row.year] == row.confidence else SHOWN_ONLY


def series_page(series: Series) -> str:
    """The page of one series."""
    rows = [
        [
            str(row.year),
            "" if row.period == WHOLE_YEAR else _plain(row.period),
            f"{row.value:g}",
            _plain(row.unit),
            row.confidence,
            row.use,
            _plain(row.definition),
            _source(row),
        ]
        for row in figures(series).itertuples()
    ]
    note = f"{series.note['zh']}\n\n{series.note['en']}\n\n" if series.note else ""
    segments = ", ".join(f"{low}-{high}" for low, high in series.segments)
    parts = f"; `{series.part_years[0]}` ({series.part_years[1]})" if series.part_years else ""
    return (
        f"# {title_of(series)}\n\n`{series.id}` · [目录 / index](README.md)\n\n"
        f"- 观测 / observed: `{series.observed[0]}` ({series.observed[1]}){parts}\n"
        f"- 模型指标 / indicator of the model: `{series.indicator}`{f' ({series.sector})' if series.sector else ''}\n"
        f"- {KINDS[series.kind]}\n- 可比年份 / comparable years: {segments}\n\n{note}{table(HEADER, rows)}\n"
    )


def title_of(series: Series) -> str:
    """The name of a series in both languages: its own, or that of the indicator with the sector."""
    title = TITLES.get(series.id)
    if title is None:
        title = system().variables[series.indicator].label
        if series.sector is not None:
            sector = BRANCH_LABELS[series.sector]
            title = Text(f"{title['zh']}：{sector['zh']}", f"{title['en']}: {sector['en'].lower()}")
    return f"{title['zh']} / {title['en']}"


HEADER = (
    "年份 / year",
    "部分年份 / part",
    "数值 / value",
    "单位 / unit",
    "等级 / grade",
    "用途 / use",
    "定义 / definition",
    "来源 / source",
)


def _plain(value: object) -> str:
    return "" if pd.isna(value) else one_line(str(value))


def _source(row: Any) -> str:
    link = _plain(row.source_url)
    return f"[{_plain(row.source)}]({link})" if link.startswith("http") else _plain(row.source)


def series_index() -> str:
    """The list of all series."""
    rows = []
    for series in all_series().values():
        points = series.points()
        grades = "".join(sorted(points["confidence"])) if len(points) else ""
        rows.append(
            [
                f"[{title_of(series)}]({series.id}.md) `{series.id}`",
                "★" if series.headline else "",
                "✓" if series.fit else "",
                ", ".join(f"{grades.count(grade)} {grade}" for grade in FITTED_GRADES if grade in grades),
                str(len(series.part_year_points())),
                str(len(series.points(grades=("D",)))),
            ]
        )
    return f"{INDEX_TEXT}\n\n{table(INDEX_HEADER, rows)}\n"


INDEX_TEXT = """# 观测序列 / Observed series

由 `hebei2025 documents series` 生成。每页列出全部数字、来源、等级和用途。

Written by `hebei2025 documents series`. Each page lists every figure with its source, grade and use."""
INDEX_HEADER = (
    "序列 / series",
    "主要序列 / headline",
    "拟合 / fitted",
    "年度数据 / whole years",
    "部分年份 / parts of years",
    "D级 / grade D",
)


def series_files(folder: Path = PAGES) -> dict[Path, str]:
    """All pages by path, the index included."""
    pages = {folder / f"{series.id}.md": series_page(series) for series in all_series().values()}
    return {folder / "README.md": series_index()} | pages
