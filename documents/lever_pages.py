"""Pages about levers, one for each, from the data and the equations of the model."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model.definitions import definition
from model.engine.graph import equation_text, uses
from model.engine.text import Text
from model.inputs import END, START, Lever, levers
from model.scenario.lever_paths import known_paths
from model.scenario.lever_values import YEARS
from model.system import system

from .labels import branch_label
from .markdown import table, unit_text
from .places import DOCS

FOLDER = DOCS / "levers"
INDEX = "README.md"
GROUP_NAMES = {
    "renovation": ("技术改造", "Technical renovation"),
    "overcapacity": ("化解过剩产能", "Overcapacity"),
    "efficiency": ("能源效率", "Energy efficiency"),
    "smart": ("智能制造", "Intelligent manufacturing"),
    "innovation": ("创新与新兴产业", "Innovation and emerging industries"),
    "quality": ("服务、质量与品牌", "Services, quality and brand"),
    "opening": ("开放合作", "Opening"),
    "conditions": ("保障条件", "Enabling conditions"),
}
"""Chinese and English names of the groups of levers, in the order of the index."""
SPREADS = {
    "scalar": ("全省一个数值", "one number for the province"),
    "broadcast": ("各行业取同一数值", "the same number in each sector"),
    "allocate": ("全省总额，按份额分到各行业", "a total of the province, shared out to sectors"),
    "own": ("各行业分别取值", "one number for each sector"),
}
GRADES = {
    "A": ("官方数据", "official"),
    "B": ("报刊或推算", "press or derived"),
    "C": ("较弱", "weak"),
    "D": ("假定", "assumption"),
}
PATHS = {"baseline": ("实际情况", "as happened"), "document": ("文件", "document")}


def lever_page(lever: Lever) -> str:
    """The page of one lever, in Markdown."""
    parts = [
        f"# {lever.zh} / {lever.en}",
        f"`{lever.id}`",
        table(("", ""), _facts(lever)),
        "## 作用 / What it does",
        _both(lever.what),
        "## 注意 / What to watch for",
        _both(lever.watch),
        "## 成本承担 / Who pays",
        _both(lever.cost),
        "## 四档 / Four levels",
        table(("值 / value", "中文", "English"), [(f"{x['value']:g}", x["zh"], x["en"]) for x in lever.levels]),
        "## 路径 / Paths",
        "数值在当年全年有效；文件路径自2016年起与实际情况分开。 / Values hold through their year; the path of the "
        "document departs from what happened in 2016.",
        _paths_table(lever),
        "## 方程 / Equations",
        *_equations(lever),
        "## 文件原文 / Clauses of the document",
        table(("条款 / clause", "原文 / quotation"), list(lever.quote.items())),
    ]
    return "\n\n".join(parts) + "\n"


def index_page() -> str:
    """The list of all levers by group, in Markdown."""
    parts = [
        "# 政策措施 / Levers",
        "由 `hebei2025 documents levers` 根据数据和方程生成。 / "
        "Written by `hebei2025 documents levers` from the data and the equations.",
    ]
    for group, names in GROUP_NAMES.items():
        members = [lever for lever in levers().values() if lever.group == group]
        rows = [
            (f"[{v.zh} / {v.en}]({v.id}.md)", unit_text(v.unit), _range(v), v.grade, f"{len(v.clauses)}")
            for v in members
        ]
        parts += [
            f"## {names[0]} / {names[1]}",
            table(("政策措施 / lever", "单位 / unit", "范围 / range", "等级 / grade", "条款数 / clauses"), rows),
        ]
    return "\n\n".join(parts) + "\n"


def lever_files(folder: Path = FOLDER) -> dict[Path, str]:
    """All pages by file, the index included."""
    pages = {f"{lever.id}.md": lever_page(lever) for lever in levers().values()}
    return {folder / INDEX: index_page()} | {folder / name: text for name, text in pages.items()}


def _facts(lever: Lever) -> list[tuple[str, str]]:
    group, spread, grade = GROUP_NAMES[lever.group], SPREADS[lever.spread], GRADES[lever.grade]
    sectors = [branch_label(s) for s in lever.sectors]
    facts = [
        ("组 / group", f"{group[0]} / {group[1]}"),
        ("单位 / unit", _units(lever)),
        ("范围 / range", f"{_range(lever)}, 步长 / step {lever.step:g}"),
        ("范围依据 / reason for the range", lever.bounds_source),
        ("无作用时的取值 / value without effect", f"{float(lever.off):g}"),
        ("单一数值的含义 / what one number means", f"{spread[0]} / {spread[1]}"),
        ("行业 / sectors", "; ".join(sectors)),
    ]
    if lever.spread == "allocate":
        shares = [f"{branch_label(b)} {share:.1%}" for b, share in lever.allocation.items()]
        facts.append(("份额 / shares", "; ".join(shares)))
    return [
        *facts,
        ("证据等级 / grade", f"{lever.grade}（{grade[0]} / {grade[1]}）"),
        ("来源 / source", lever.source),
    ]


def _units(lever: Lever) -> str:
    if not lever.shown_unit:
        return unit_text(lever.unit)
    return "; ".join(f"{branch_label(s)}: {unit}" for s, unit in lever.shown_unit.items())


def _range(lever: Lever) -> str:
    return f"{lever.min:g}–{lever.max:g}"


def _both(text: Text) -> str:
    return f"{text['zh']}\n\n{text['en']}"


def _paths_table(lever: Lever) -> str:
    """Baseline and document year by year; a column for each sector that has separate numbers."""
    parts = lever.sectors if lever.spread == "own" else (None,)
    heads, columns = ["年 / year"], []
    for sector in parts:
        for path, names in PATHS.items():
            label = f"{names[0]} / {names[1]}"
            heads.append(label if sector is None else f"{branch_label(sector)}: {label}")
            columns.append(_yearly(lever, sector, path))
    rows = [(str(year), *(f"{column[k]:g}" for column in columns)) for k, year in enumerate(range(START, END + 1))]
    return table(heads, rows)


def _yearly(lever: Lever, sector: str | None, path: str) -> np.ndarray:
    known = known_paths(lever, sector)
    return {"baseline": known.baseline, "document": known.document}[path][YEARS <= END]


def equations_of(lever: Lever) -> list[str]:
    """Variables whose equations the lever enters: those it names first, then all that use it directly."""
    known = system()
    named = [name for name in lever.enters if name in known.variables]
    return list(dict.fromkeys([*named, *uses(known, lever.id)]))


def _equations(lever: Lever) -> list[str]:
    known = system()
    parts = []
    for name in equations_of(lever):
        variable = known.variables[name]
        unit = unit_text(variable.unit)
        parts.append(f"**`{name}`** {variable.zh} / {variable.en}, {unit}.")
        parts += [definition(variable, language) for language in ("zh", "en")]
        parts.append(f"```python\n{equation_text(known, name)}\n```")
    return parts
