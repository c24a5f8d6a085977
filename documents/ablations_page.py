"""The page about what each structural change of the model did, from the stored table."""

from __future__ import annotations

import pandas as pd

from analysis.ablations import (
    ALL,
    CONTRACT,
    EFFECT,
    FULL,
    ITERATIONS,
    KEPT,
    LIKELIHOOD,
    REFITTED,
    WINDOW,
    Ablation,
    ablations,
    groups,
    spine,
)
from analysis.lever_contract import SPINE_ITEMS
from analysis.lever_expectations import expectations
from analysis.switches import switch_texts
from calibration.estimated import parts
from model.inputs import END

from .markdown import table

TEXT = """# 结构改动各起什么作用 / What each structural change did

由 `hebei2025 documents ablations` 根据 `calibration/results/ablations.csv` 生成。每行用参数取值去掉模型的一项结构改动
（数组取值，不受参数范围限制）。对数似然用{window}年及以前的观测，列出与完整模型之差，负数表示没有这项改动拟合更差；
先不改其他参数，再从原值出发快速搜索后验众数（至多{iterations}次迭代，完整模型同样搜索）。
各组序列的似然单独计算，加起来不等于合计，因为误差的尺度由同类序列共同估计。差在2以内不算区别。

Written by `hebei2025 documents ablations` from `calibration/results/ablations.csv`. Each row takes one structural
change out of the model by values of parameters (as arrays, so that ranges do not bind). The log likelihood is that of
the observations up to {window}, as a difference from the full model: negative where the model fits worse without the
change. First all other numbers are kept, then the posterior mode is searched from them (at most {iterations}
iterations; the full model likewise). Groups of series are judged alone and do not add up to the whole, because series
of a kind share the scale of their errors. Differences below 2 are none. A change that the observations do not ask for
may be there because evidence outside them does.

## 拟合 / Fit

{fit}

## 主线措施的作用 / Effects of the spine levers

整个范围在{end}年的作用（对该措施所指的结果），先为其他参数不变，再为重新搜索以后；括号内为重新搜索以后不满足的要求（{items}）。

Effect of the whole range in {end} on the outcome that the lever is named for, with all other numbers kept and after the
search; in brackets the items of the [contract](dose_response.md) that fail after the search.

{levers}

## 如何去掉 / How each is taken out

{switches}
"""


def ablations_page(stored: pd.DataFrame) -> str:
    """The page, from the rows of `analysis.ablations`. Raises ValueError where they belong to other ablations."""
    if list(dict.fromkeys(stored["ablation"])) != list(ablations()):
        raise ValueError("the stored ablations are of another ablations.yaml")
    values = stored.set_index(["ablation", "fit", "quantity", "of"]).sort_index()
    return TEXT.format(
        window=WINDOW,
        iterations=ITERATIONS,
        end=END,
        items="; ".join(f"{item} {text.zh}" for item, text in SPINE_ITEMS.items()),
        fit=_fit(values),
        levers=_levers(values),
        switches=_switches(),
    )


def _fit(values: pd.DataFrame) -> str:
    """Log likelihoods of the full model, and differences from them."""
    labels = {part.id: f"{part.zh} / {part.en}" for part in parts()}
    columns = [(KEPT, ALL), (REFITTED, ALL), *((REFITTED, group) for group in groups())]
    header = (
        "去掉 / without",
        "合计，其他不变 / all, others kept",
        "合计，重新搜索 / all, searched",
        *(labels[group] for group in groups()),
    )
    rows = []
    for one in ablations().values():
        cells = []
        for fit, group in columns:
            value = values.loc[(one.id, fit, LIKELIHOOD, group), "value"]
            whole = values.loc[(FULL, fit, LIKELIHOOD, group), "value"]
            cells.append(f"{value:.1f}" if one.id == FULL else f"{value - whole:+.1f}")
        rows.append([_name(one), *cells])
    return table(header, rows)


def _levers(values: pd.DataFrame) -> str:
    entries, outcomes = spine(), expectations().outcomes
    header = ["去掉 / without"]
    for entry in entries:
        label, outcome = entry.label, outcomes[entry.own]
        header.append(f"{label.zh} / {label.en}: {outcome.label.zh} / {outcome.label.en}, {outcome.unit.en}")
    rows = []
    for one in ablations().values():
        cells = []
        for entry in entries:
            kept, searched = (values.loc[(one.id, fit, EFFECT, entry.id), "value"] for fit in (KEPT, REFITTED))
            failed = str(values.loc[(one.id, REFITTED, CONTRACT, entry.id), "text"]).partition("|")[2]
            cells.append(f"{kept:+.2f} → {searched:+.2f} ({failed or '✓'})")
        rows.append([_name(one), *cells])
    return table(header, rows)


def _switches() -> str:
    rows = []
    for one in ablations().values():
        if one.id != FULL:
            switches = ", ".join(f"`{text}`" for text in switch_texts(one.set, one.times))
            note = f"{one.note.zh} / {one.note.en}" if one.note else ""
            rows.append([_name(one), switches, note])
    return table(("去掉 / without", "参数 / parameters", "说明 / note"), rows)


def _name(one: Ablation) -> str:
    return f"{one.name.zh} / {one.name.en}"
