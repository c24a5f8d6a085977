"""Writes docs/model: the boundary, the equation reference, the feedback loops and the knock-outs.

`python -m analysis.document` says which pages are out of date; with `--write` it renews them and runs the knock-outs.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from analysis.structure import chapters, endogenous, excluded, names_in_docstrings, parameter_grades
from model.definitions import chapter_summary, one_line
from model.inputs import drivers, parameters
from model.system import system

from .equation_pages import chapter_page, table, unit_text
from .lever_pages import GRADES
from .loop_pages import knockouts_page, loops_page

FOLDER = Path(__file__).parent.parent / "docs" / "model"
INDEX = "README.md"
MARKER = "<!-- Everything below this line is written by: python -m analysis.document --write -->"
COLUMNS = ("stock", "flow", "auxiliary", "annual", "hidden")


def reference_pages() -> dict[str, str]:
    """Pages of the equation reference by file name; they are the same on every machine."""
    return {f"{chapter}.md": chapter_page(chapter) for chapter in chapters()}


def boundary_text() -> str:
    """The generated part of the index: chapters, then what is endogenous, exogenous and left out."""
    grades = parameter_grades()
    total = sum(grades.values())
    parts = [
        "## 章节 / Chapters",
        _chapter_table(),
        "[反馈回路 / feedback loops](loops.md) · [回路试验 / knock-outs](knockouts.md) · "
        "[杠杆 / levers](../levers/README.md)",
        "## 边界 / Boundary",
        "### 内生 / Endogenous",
        "存量、流量和辅助变量由方程算出；见上表各章。 / What the equations work out: see the chapters above.",
        "### 外生 / Exogenous",
        f"驱动 {len(drivers())} 个，杠杆 {len(system().inputs_of('lever'))} 个，参数 {total} 个。 / "
        f"{len(drivers())} drivers, {len(system().inputs_of('lever'))} levers, {total} parameters.",
        table(
            ("驱动 / driver", "名称 / name", "单位 / unit", "级 / grade", "插值 / between years", "来源 / source"),
            [
                (f"`{d.id}`", f"{d.zh} / {d.en}", unit_text(d.unit), d.grade, d.interpolation, one_line(d.source))
                for d in drivers().values()
            ],
        ),
        "参数按证据等级 / parameters by grade of evidence:",
        table(
            ("级 / grade", "", "个数 / number", "占比 / share"),
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
    return table(("章 / chapter", "内容 / what it explains", *heads, "回路 / loops named"), rows)


def _unused() -> str:
    """A sentence about parameters that no equation uses, or nothing."""
    used = {cause for v in system().variables.values() for cause in (*v.causes, v.initial)}
    names = [f"`{name}`" for name in parameters() if name not in used]
    return f"没有方程使用的参数 / parameters that no equation uses: {', '.join(names)}" if names else ""


def stale(folder: Path = FOLDER) -> list[str]:
    """Pages of the reference and the boundary that are missing or differ from what the model gives."""
    wanted = reference_pages()
    names = [name for name, text in wanted.items() if _read(folder / name) != text]
    names += [] if _generated_part(folder) == boundary_text() else [INDEX]
    known = {*wanted, INDEX, "loops.md", "knockouts.md"}
    return sorted({*names, *(file.name for file in folder.glob("*.md") if file.name not in known)})


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _generated_part(folder: Path) -> str:
    return _read(folder / INDEX).partition(f"{MARKER}\n\n")[2]


def write(folder: Path = FOLDER) -> None:
    """Renew all pages; what stands above the marker of the index is written by hand and kept."""
    folder.mkdir(parents=True, exist_ok=True)
    above = _read(folder / INDEX).partition(MARKER)[0]
    pages = reference_pages() | {"loops.md": loops_page(), "knockouts.md": knockouts_page()}
    pages[INDEX] = f"{above}{MARKER}\n\n{boundary_text()}"
    for file in folder.glob("*.md"):
        if file.name not in pages:
            file.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the pages, or write them; the exit code is 1 when pages are out of date."""
    parser = argparse.ArgumentParser(prog="python -m analysis.document", description="Pages about the model.")
    parser.add_argument("--write", action="store_true", help="renew the pages instead of checking them")
    if parser.parse_args(arguments).write:
        write()
        print("all pages of docs/model renewed")
        return 0
    names = stale()
    print(f"out of date: {', '.join(names)}; renew with --write" if names else "all pages are up to date")
    return int(bool(names))


if __name__ == "__main__":
    raise SystemExit(main())
