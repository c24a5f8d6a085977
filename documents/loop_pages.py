"""The pages about feedback loops and about knock-outs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from analysis.knockouts import Knockout, Row, knockouts, rows_of
from analysis.structure import (
    LIMIT,
    LONGEST,
    LONGEST_NAMED,
    SIGNS_YEAR,
    NamedLoop,
    loops_by_chapter,
    named_loops,
    names_in_docstrings,
)
from model.engine.graph import Loop
from model.system import system

from .labels import branch_label
from .markdown import table, unit_text
from .places import EVIDENCE_TABLES

KNOCKOUTS = EVIDENCE_TABLES / "anomaly.csv"
"""Stored results of the knock-outs."""
SHOWN = 4
"""Loops that are written out for each stock."""


def loops_page() -> str:
    """Named loops with their polarity, then the shortest loops through each stock."""
    by_chapter = loops_by_chapter()
    everything = {
        frozenset(loop.variables): loop for stocks in by_chapter.values() for loops in stocks.values() for loop in loops
    }
    parts = [
        "# 反馈回路 / Feedback loops",
        "[目录 / index](README.md)",
        f"极性按 {SIGNS_YEAR} 年初“实际情况”运行的状态逐条判断：R 为增强回路，B 为平衡回路，"
        "? 表示某条链接当时不起作用，或回路经过延迟的内部环节（其链接正负号不一）。"
        "符号按各行业合计判断，换一个状态可能不同。",
        f"Polarity is that of each link at the start of {SIGNS_YEAR} in the run as happened: R reinforcing, B "
        "balancing, ? where a link does not respond at that state, or where a loop passes the inside of a delay, whose "
        "stages have links of both signs. Signs are those of the sum over branches, and may differ in another state.",
        "## 命名回路 / Named loops",
        f"同一名称下往往有多条路径；表中为极性相符的最短一条（最长 {LONGEST_NAMED} 个变量）。",
        "Most names stand for many paths; the table has the shortest one of the stated polarity, with at most "
        f"{LONGEST_NAMED} variables.",
        _named_table(named_loops()),
        "## 各存量的回路 / Loops through each stock",
        f"每个存量最多 {LIMIT} 条、每条最多 {LONGEST} 个变量，共 {len(everything)} 条不同的回路"
        f"（{_count(list(everything.values()))}）；更长的还有很多。 / At most {LIMIT} loops through each stock and "
        f"{LONGEST} variables in each, {len(everything)} different loops in all; there are many longer ones.",
    ]
    for chapter, stocks in by_chapter.items():
        rows = [
            (f"[{name}]({chapter}.md#{name})", _count(loops), "<br>".join(_path(loop) for loop in loops[:SHOWN]))
            for name, loops in stocks.items()
            if loops
        ]
        if rows:
            heads = ("存量 / stock", "条数 / number", "最短的 / the shortest")
            parts += [f"### `{chapter}`", table(heads, rows)]
    return "\n\n".join(parts) + "\n"


def _named_table(loops: Sequence[NamedLoop]) -> str:
    mentions = names_in_docstrings()
    rows = [
        (
            f"**{x.knockout.id}**",
            f"{x.knockout.name['zh']} / {x.knockout.name['en']}",
            x.shown.kind if x.shown else "—",
            _path(x.shown) if x.shown else "—",
            _count(x.loops),
            ", ".join(f"[{name}]({_place(name)})" for name in mentions.get(x.knockout.id, [])) or "—",
        )
        for x in loops
    ]
    heads = ("回路 / loop", "名称 / name", "极性 / polarity", "路径 / path", "条数 / number", "出处 / named in")
    return table(heads, rows)


def _place(name: str) -> str:
    return f"{system().variables[name].chapter}.md#{name}"


def _path(loop: Loop) -> str:
    return f"{loop.kind}: {' → '.join(loop.variables)} ↩"


def _count(loops: Sequence[Loop]) -> str:
    kinds = Counter(loop.kind for loop in loops)
    return f"{len(loops)}: {', '.join(f'{kinds[kind]} {kind}' for kind in 'RB?' if kinds[kind])}"


def knockouts_page() -> str:
    """What each loop explains: indicators with the loop and without it."""
    parts = [
        "# 回路切断试验 / Knock-outs",
        "[目录 / index](README.md)",
        "每次切断一个回路（或一条因果链），从2010年起重新运行。变化为切断后相对于切断前的百分比。"
        "参数未重新校准，因此数字说明模型行为的来源，不是对历史因果关系的估计。",
        "One loop (or causal link) at a time is switched off, and the run is repeated from 2010. The change is that of "
        "the value without the loop in per cent of the value with it. The parameters are not calibrated again: the "
        "numbers show where the behaviour of the model comes from, and are no estimate of historical causes.",
        _results(stored_rows()),
        "## 行为 / Behaviour",
    ]
    parts += [_behaviour(knockout) for knockout in knockouts().values()]
    return "\n\n".join(parts) + "\n"


def stored_rows() -> list[Row]:
    """The stored results of the knock-outs. Raises ValueError where they do not fit analysis/knockouts.yaml."""
    return rows_of(pd.read_csv(KNOCKOUTS))


def _results(rows: Sequence[Row]) -> str:
    heads = (
        "回路 / loop",
        "情景 / scenario",
        "指标 / indicator",
        "年 / years",
        "含回路 / with",
        "切断后 / without",
        "变化 / change",
        "符合预期 / as expected",
    )
    return table(heads, [_result(row) for row in rows])


def _result(row: Row) -> tuple[str, ...]:
    shown, variable = row.shown, system().variables[row.shown.indicator]
    first, last = shown.years
    years = f"{first}" if first == last else f"{first}{'→' if shown.measure == 'change' else '–'}{last}"
    sector = f" ({branch_label(shown.sector)})" if shown.sector else ""
    return (
        f"**{row.knockout.id}**",
        row.knockout.scenario + (" *" if row.knockout.levers else ""),
        f"[{variable.zh} / {variable.en}]({_place(variable.name)}){sector}, {unit_text(variable.unit)}",
        years,
        f"{row.with_loop:.3g}",
        f"{row.without_loop:.3g}",
        f"{row.change:+.3g} %",
        "✓" if row.as_expected else "偏小 / small" if row.right_direction else "✗",
    )


def _behaviour(knockout: Knockout) -> str:
    """Heading, switch and explanation of one loop."""
    lines = [f"### {knockout.id}", f"{knockout.name['zh']} / {knockout.name['en']}"]
    if knockout.switchable:
        switch = ", ".join(f"`{text}`" for text in knockout.switches)
        lines.append(f"切断方式 / switched off by: {switch}")
    if knockout.levers:
        levers = ", ".join(f"`{name}` = {value:g}" for name, value in knockout.levers.items())
        lines.append(f"* 情景之外另设的政策措施 / levers set on top of the scenario: {levers}")
    texts = [knockout.behaviour or knockout.why_not, knockout.weak]
    return "\n\n".join([*lines, *(text[code] for text in texts if text for code in ("zh", "en"))])
