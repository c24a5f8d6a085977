"""Pages about levers, one for each, written from the data and the equations of the model.

`python -m model.docs_levers` says which pages are out of date; with `--write` it renews them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from model.axes import BRANCH_LABELS
from model.definitions import definition
from model.engine.graph import equation_text, uses
from model.inputs import END, START, Lever, levers
from model.scenario.lever_paths import known_paths
from model.scenario.lever_values import YEARS
from model.system import system

FOLDER = Path(__file__).parent.parent / "docs" / "levers"
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
    "scalar": ("全省一个数", "one number for the province"),
    "broadcast": ("各行业取同一数", "the same number in each sector"),
    "allocate": ("全省总额，按份额分到各行业", "a total of the province, shared out to sectors"),
    "own": ("每个行业各有一个数", "a number of its own in each sector"),
}
GRADES = {
    "A": ("官方数据", "official"),
    "B": ("报刊或推算", "press or derived"),
    "C": ("较弱", "weak"),
    "D": ("假定", "assumption"),
}
PATHS = {"baseline": ("如实发生", "as happened"), "document": ("文件", "document")}


def lever_page(lever: Lever) -> str:
    """The page of one lever, in Markdown."""
    parts = [
        f"# {lever.zh} / {lever.en}",
        f"`{lever.id}`",
        _table(("", ""), _facts(lever)),
        "## 作用 / What it does",
        _both(lever.what),
        "## 注意 / What to watch for",
        _both(lever.watch),
        "## 谁付钱 / Who pays",
        _both(lever.cost),
        "## 四档 / Four levels",
        _table(("值 / value", "中文", "English"), [(f"{x['value']:g}", x["zh"], x["en"]) for x in lever.levels]),
        "## 路径 / Paths",
        "数值在当年有效；2016年起文件路径与实际分开。 / Values hold through their year; the document departs from what "
        "happened in 2016.",
        _paths_table(lever),
        "## 方程 / Equations",
        *_equations(lever),
        "## 文件原文 / Clauses of the document",
        _table(("条款 / clause", "原文 / quotation"), list(lever.quote.items())),
    ]
    return "\n\n".join(parts) + "\n"


def index_page() -> str:
    """The list of all levers by group, in Markdown."""
    parts = [
        "# 政策杠杆 / Levers",
        "每页由数据和方程生成。 / Each page is written from the data and the equations.",
        "`python -m model.docs_levers --write`",
    ]
    for group, names in GROUP_NAMES.items():
        members = [lever for lever in levers().values() if lever.group == group]
        rows = [
            (f"[{v.zh} / {v.en}]({v.id}.md)", _unit(v.unit), _range(v), v.grade, f"{len(v.clauses)}") for v in members
        ]
        parts += [
            f"## {names[0]} / {names[1]}",
            _table(("杠杆 / lever", "单位 / unit", "范围 / range", "级 / grade", "条款数 / clauses"), rows),
        ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """All pages by file name, the index included."""
    return {INDEX: index_page(), **{f"{lever.id}.md": lever_page(lever) for lever in levers().values()}}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of files that are missing, differ from what the model gives, or belong to no lever."""
    wanted = pages()
    there = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def write(folder: Path = FOLDER) -> list[str]:
    """Renew the pages and remove those of levers that are gone; returns the names of what changed."""
    changed, wanted = stale(folder), pages()
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def _facts(lever: Lever) -> list[tuple[str, str]]:
    group, spread, grade = GROUP_NAMES[lever.group], SPREADS[lever.spread], GRADES[lever.grade]
    sectors = [" ".join(BRANCH_LABELS[s]) for s in lever.sectors]
    facts = [
        ("组 / group", f"{group[0]} / {group[1]}"),
        ("单位 / unit", _units(lever)),
        ("范围 / range", f"{_range(lever)}, 步长 / step {lever.step:g}"),
        ("范围依据 / reason of the range", lever.bounds_source),
        ("不起作用的值 / value without effect", f"{float(lever.off):g}"),
        ("一个数的含义 / what one number means", f"{spread[0]} / {spread[1]}"),
        ("行业 / sectors", "; ".join(sectors)),
    ]
    if lever.spread == "allocate":
        shares = [f"{' '.join(BRANCH_LABELS[b])} {share:.1%}" for b, share in lever.allocation.items()]
        facts.append(("份额 / shares", "; ".join(shares)))
    return [
        *facts,
        ("证据等级 / grade", f"{lever.grade}（{grade[0]} / {grade[1]}）"),
        ("来源 / source", lever.source),
    ]


def _unit(unit: str) -> str:
    return "无量纲 / pure number" if unit == "1" else unit


def _units(lever: Lever) -> str:
    if not lever.shown_unit:
        return _unit(lever.unit)
    return "; ".join(f"{' '.join(BRANCH_LABELS[s])}: {unit}" for s, unit in lever.shown_unit.items())


def _range(lever: Lever) -> str:
    return f"{lever.min:g}–{lever.max:g}"


def _both(text: Mapping[str, str]) -> str:
    return f"{text['zh']}\n\n{text['en']}"


def _paths_table(lever: Lever) -> str:
    """Baseline and document year by year; sectors with numbers of their own have columns of their own."""
    parts = lever.sectors if lever.spread == "own" else (None,)
    heads, columns = ["年 / year"], []
    for sector in parts:
        for path, names in PATHS.items():
            label = f"{names[0]} / {names[1]}"
            heads.append(label if sector is None else f"{' '.join(BRANCH_LABELS[sector])}: {label}")
            columns.append(_yearly(lever, sector, path))
    rows = [(str(year), *(f"{column[k]:g}" for column in columns)) for k, year in enumerate(range(START, END + 1))]
    return _table(heads, rows)


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
        parts.append(f"**`{name}`** {variable.zh} / {variable.en}, {_unit(variable.unit)}.")
        parts += [definition(variable, language) for language in ("zh", "en")]
        parts.append(f"```python\n{equation_text(known, name)}\n```")
    return parts


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the pages, or write them; the exit code is 1 when pages are out of date."""
    parser = argparse.ArgumentParser(
        prog="python -m model.docs_levers", description="Pages about levers in docs/levers."
    )
    parser.add_argument("--write", action="store_true", help="renew the pages instead of checking them")
    if parser.parse_args(arguments).write:
        changed = write()
        print(f"{len(changed)} pages renewed" if changed else "all pages were up to date")
        return 0
    names = stale()
    print(f"out of date: {', '.join(names)}; renew with --write" if names else "all pages are up to date")
    return int(bool(names))


if __name__ == "__main__":
    raise SystemExit(main())
