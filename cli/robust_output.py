"""What `hebei2025 robust` shows and writes: tables, boxes and sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from analysis.robustness.choice import Robust
from analysis.robustness.records import boxes_record, order_record
from analysis.robustness.words import miss_text, order_text
from batch.staging import Mover, OutputError, Staged
from model.engine.text import Text

from .listing import figure, print_table
from .refusals import fail
from .screen import say

UNKNOWN = "–"
TABLES = ("policies", "targets", "information")


def show(found: Robust, top: int) -> None:
    """Print the tables and sentences."""
    unit = found.unit
    print_table(
        f"{found.indicator} {found.year}, {unit}, {found.better} is better; {found.runs:,} runs a policy",
        ("policy", "median (5 to 95 %)", "best", "regret: mean", "95 %", "largest"),
        [
            (
                row["policy"],
                f"{figure(row['p50'], 4)} ({figure(row['p5'], 4)} to {figure(row['p95'], 4)})",
                f"{row['probability_best']:.1%}",
                *(figure(row[name]) for name in ("expected_regret", "p95_regret", "maximum_regret")),
            )
            for row in found.policies.to_dict("records")
        ],
    )
    if found.dropped:
        say(f"{found.dropped:,} runs were left out, because a policy has no value in them")
    _show_targets(found)
    for text in found.sentences:
        print()
        say(text.en)
        say(text.zh)
    print()
    rows = [
        (row["number"], figure(row["value"]), figure(row["error"], 2), f"{row['part']:.0%}", f"{row['changes']:.1%}")
        for row in found.information.head(top).to_dict("records")
        if row["changes"] > 0
    ]
    everything = found.information.attrs["everything"]
    if rows:
        title = f"Worth of knowing a number before choosing, {unit}; of everything {figure(everything)}"
        print_table(title, ("number", "worth", "standard error", "part of everything", "choice changes"), rows)
    else:
        say(f"No number alone would change the choice; knowing everything is worth {figure(everything)} {unit}.")


def _show_targets(found: Robust) -> None:
    if found.targets.empty:
        say("The experiment keeps no indicator of a target in its year.")
        return
    names = list(found.policies["policy"])
    wide = found.targets.pivot(index="target", columns="policy", values="probability")[names]
    order = list(dict.fromkeys(found.targets["target"]))
    rows = [(target, *(_share(wide.at[target, name]) for name in names)) for target in order]
    print_table("Probability of meeting each target", ("target", *names), rows)
    if wide.isna().any(axis=None):
        say(f"{UNKNOWN}: the draws do not vary what is reached, so that no probability was estimated.")


def _share(value: float) -> str:
    return UNKNOWN if value != value else f"{value:.0%}"


def record(found: Robust) -> dict[str, object]:
    """Everything as JSON has it."""
    tables = {name: _records(getattr(found, name)) for name in TABLES}
    orders = [order_record(order) | {"text": _both(order_text(order))} for order in found.orders]
    misses = [
        {
            "policy": miss.policy,
            "target": miss.target.id,
            "probability": miss.probability,
            "boxes": boxes_record(miss.boxes),
            "text": _both(miss_text(miss)),
        }
        for miss in found.misses
    ]
    head = {name: getattr(found, name) for name in ("indicator", "year", "better", "unit", "runs", "dropped")}
    everything = found.information.attrs["everything"]
    return {**head, **tables, "value_of_everything": everything, "orders": orders, "misses": misses}


def _records(table: pd.DataFrame) -> list[dict]:
    return [{k: None if v != v else v for k, v in row.items()} for row in table.to_dict("records")]


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def write(found: Robust, out: Path) -> None:
    """Write the tables as CSV, everything as JSON and the sentences as Markdown, all or nothing."""
    files = {f"{name}.csv": getattr(found, name).to_csv(index=False, lineterminator="\n") for name in TABLES}
    files["robust.json"] = json.dumps(record(found), ensure_ascii=False, indent=2) + "\n"
    files["robust.md"] = "\n\n".join(f"{text.zh}\n\n{text.en}" for text in found.sentences) + "\n"

    def move(stage: Path, mover: Mover) -> None:
        for name in files:
            mover.put(stage / name, out / name)

    try:
        with Staged(out, move) as stage:
            for name, content in files.items():
                (stage / name).write_text(content, encoding="utf-8", newline="\n")
    except OutputError as error:
        raise fail(str(error)) from None
