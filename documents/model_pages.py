"""The pages of docs/model about the chapters of the model, and their index with the boundary of the model."""

from __future__ import annotations

from pathlib import Path

from analysis.structure import chapters, endogenous, excluded, names_in_docstrings, parameter_grades
from model.definitions import chapter_summary, one_line
from model.inputs import drivers, parameters
from model.system import system

from .equation_pages import chapter_page
from .lever_pages import GRADES
from .markdown import table, unit_text
from .places import DOCS

FOLDER = DOCS / "model"
INDEX = "README.md"
MARKER = "<!-- Everything below this line is written by: hebei2025 documents model -->"
COLUMNS = ("stock", "flow", "auxiliary", "annual", "hidden")


def reference_pages() -> dict[str, str]:
    """Pages of the equation reference by file name; they are the same on every machine."""
    return {f"{chapter}.md": chapter_page(chapter) for chapter in chapters()}


def boundary_text() -> str:
    """The generated part of the index: chapters, then what is endogenous, exogenous and left out."""
    grades = parameter_grades()
    total = sum(grades.values())
    parts = [
        "## 模块 / Chapters",
        _chapter_table(),
        "[反馈回路 / feedback loops](loops.md) · [回路切断试验 / knock-outs](knockouts.md) · "
        "[政策措施 / levers](../levers/README.md)",
        "## 边界 / Boundary",
        "### 内生 / Endogenous",
        "存量、流量和辅助变量由方程算出，见上表各模块。 / What the equations compute: see the chapters above.",
        "### 外生 / Exogenous",
        f"外生驱动 {len(drivers())} 个，政策措施 {len(system().inputs_of('lever'))} 个，参数 {total} 个。 / "
        f"{len(drivers())} drivers, {len(system().inputs_of('lever'))} levers, {total} parameters.",
        table(
            (
                "外生驱动 / driver",
                "名称 / name",
                "单位 / unit",
                "等级 / grade",
                "插值 / between years",
                "来源 / source",
            ),
            [
                (f"`{d.id}`", f"{d.zh} / {d.en}", unit_text(d.unit), d.grade, d.interpolation, one_line(d.source))
                for d in drivers().values()
            ],
        ),
        "参数按证据等级 / parameters by grade of evidence:",
        table(
            ("等级 / grade", "", "个数 / number", "占比 / share"),
            [
                (grade, " / ".join(GRADES[grade]), f"{grades[grade]}", f"{grades[grade] / total:.0%}")
                for grade in GRADES
            ],
        ),
        _unused(),
        "### 不包括 / Left out",
        table(
            ("内容 / what", "原因", "Reason"),
            [
                (f"{entry['name']['zh']} / {entry['name']['en']}", entry["reason"]["zh"], entry["reason"]["en"])
                for entry in excluded().values()
            ],
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _chapter_table() -> str:
    named: dict[str, list[str]] = {}
    for loop, names in names_in_docstrings().items():
        for chapter in dict.fromkeys(system().variables[name].chapter for name in names):
            named.setdefault(chapter, []).append(loop)
    rows = [
        (
            f"[{chapter}]({chapter}.md)",
            f"{chapter_summary(chapter, 'zh')} {summary}",
            *(f"{endogenous()[chapter][kind] or ''}" for kind in COLUMNS),
            ", ".join(named.get(chapter, [])),
        )
        for chapter, summary in chapters().items()
    ]
    counts = [f"{sum(count[kind] for count in endogenous().values())}" for kind in COLUMNS]
    rows.append(("合计 / total", "", *counts, ""))
    heads = ("存量 / stocks", "流量 / flows", "辅助 / auxiliaries", "指标 / indicators", "延迟内部 / inside delays")
    return table(("模块 / chapter", "内容 / what it explains", *heads, "回路 / loops named"), rows)


def _unused() -> str:
    """A sentence about parameters that no equation uses, or nothing."""
    used = {cause for v in system().variables.values() for cause in (*v.causes, v.initial)}
    names = [f"`{name}`" for name in parameters() if name not in used]
    return f"没有方程使用的参数 / parameters that no equation uses: {', '.join(names)}" if names else ""


def model_files(folder: Path = FOLDER) -> dict[Path, str]:
    """Pages of the chapters, and the index; what stands above the marker of the index is written by hand and stays."""
    index = folder / INDEX
    written_by_hand = index.read_text(encoding="utf-8").partition(MARKER)[0] if index.exists() else ""
    pages = reference_pages() | {INDEX: f"{written_by_hand}{MARKER}\n\n{boundary_text()}"}
    return {folder / name: text for name, text in pages.items()}
