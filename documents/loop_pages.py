"""The pages about feedback loops and about knock-outs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.knockouts import Knockout, Row, knockouts, run_knockouts
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
from model.axes import BRANCH_LABELS
from model.engine.graph import Loop
from model.system import system

from .equation_pages import table, unit_text

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
        f"极性按 {SIGNS_YEAR} 年初“如实发生”运行的状态逐条判断：R 增强，B 平衡，? 表示当时不起作用，"
        "或经过延迟内部、纸面上两条路符号相反。符号按各行业合计；换一个状态可能不同。",
        f"Polarity is that of each link at the start of {SIGNS_YEAR} in the run as happened: R reinforcing, B "
        "balancing, ? where a link does not respond at that state, or where a loop passes the inside of a delay, whose "
        "stages have links of both signs. Signs are those of the sum over branches, and may differ in another state.",
        "## 有名字的回路 / Loops with a name",
        f"同一名字往往有许多条路；表中是符合所称极性的最短一条（最长 {LONGEST_NAMED} 个变量）。",
        "A name mostly stands for many paths; shown is the shortest of the polarity claimed, of at most "
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
            _count(x.found),
            ", ".join(f"[{name}]({_place(name)})" for name in mentions.get(x.knockout.id, [])) or "—",
        )
        for x in loops
    ]
    heads = ("回路 / loop", "名称 / name", "极性 / polarity", "路径 / path", "条数 / number", "定义处 / named in")
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
        "# 回路试验 / Knock-outs",
        "[目录 / index](README.md)",
        "每次关掉一个回路（或一条因果链）再从2010年重新运行。变化是“没有”相对于“有”的百分比。"
        "参数未重新校准，所以数字说明模型的行为来自哪里，不是历史上的因果估计。",
        "One loop (or causal link) at a time is switched off, and the run starts anew in 2010. The change is that of "
        "the value without the loop, in per cent of the value with it. Nothing is calibrated again: the numbers tell "
        "where the behaviour of the model comes from, and are no estimate of causes in history.",
        _results(run_knockouts()),
        "## 行为 / Behaviour",
    ]
    parts += [_behaviour(knockout) for knockout in knockouts().values()]
    return "\n\n".join(parts) + "\n"


def _results(rows: Sequence[Row]) -> str:
    heads = ("回路 / loop", "情景 / scenario", "指标 / indicator", "年 / years", "有 / with", "无 / without")
    heads = (*heads, "变化 / change", "符合预期 / as expected")
    return table(heads, [_result(row) for row in rows])


def _result(row: Row) -> tuple[str, ...]:
    shown, variable = row.shown, system().variables[row.shown.indicator]
    first, last = shown.years
    years = f"{first}" if first == last else f"{first}{'→' if shown.measure == 'change' else '–'}{last}"
    sector = f" ({' '.join(BRANCH_LABELS.get(shown.sector, (shown.sector,)))})" if shown.sector else ""
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
    if knockout.set:
        switch = ", ".join(f"`{name}` = {value:g}" for name, value in knockout.set.items())
        lines.append(f"关掉 / switched off by: {switch}")
    if knockout.levers:
        levers = ", ".join(f"`{name}` = {value:g}" for name, value in knockout.levers.items())
        lines.append(f"* 情景另设 / levers on top of the scenario: {levers}")
    texts = [knockout.behaviour or knockout.why_not, knockout.weak]
    return "\n\n".join([*lines, *(text[code] for text in texts if text for code in ("zh", "en"))])
