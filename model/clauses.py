"""The clauses of the provincial opinion: texts, and where each acts in the model or why it does not.

Importing this module is quick: it needs neither the equations nor the engine that runs them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .engine import Text
from .engine.text import Labelled
from .inputs import FOLDER, load_yaml

KINDS = ("lever", "enabler", "structure", "target", "out_of_scope")
"""A measure, a condition, a feature of the model's structure, a goal, or out of the model's scope."""
PLACES = ("levers", "parameters", "variables", "indicators")
"""What a clause may be mapped to."""
PARTS = {
    "preamble": Text("序言", "Preamble"),
    "guidance": Text("指导思想", "Guiding ideology"),
    "principles": Text("基本原则", "Principles"),
    "goals": Text("战略目标", "Strategic goals"),
    "task_1": Text("任务一：制造业结构调整", "Task 1: restructuring"),
    "task_2": Text("任务二：创新能力", "Task 2: innovation"),
    "task_3": Text("任务三：智能制造与两化融合", "Task 3: intelligent manufacturing"),
    "task_4": Text("任务四：“互联网+”协同制造", "Task 4: collaborative manufacturing on the internet"),
    "task_5": Text("任务五：绿色制造", "Task 5: green manufacturing"),
    "task_6": Text("任务六：服务型制造", "Task 6: service-oriented manufacturing"),
    "task_7": Text("任务七：质量品牌", "Task 7: quality and brands"),
    "task_8": Text("任务八：开放合作", "Task 8: opening and cooperation"),
    "safeguard_1": Text("保障一：体制机制改革", "Safeguard 1: institutional reform"),
    "safeguard_2": Text("保障二：扶持政策", "Safeguard 2: fiscal, financial and land support"),
    "safeguard_3": Text("保障三：技改支持方式", "Safeguard 3: support of renovation"),
    "safeguard_4": Text("保障四：人才", "Safeguard 4: talent"),
    "safeguard_5": Text("保障五：协调推进机制", "Safeguard 5: coordination"),
}
"""Parts of the document in its order, with their names in Chinese and English."""


@dataclass(frozen=True)
class Clause(Labelled):
    """One clause: its exact quotation, a plain summary, and its place in the model.

    `mapping` names levers, parameters, variables and indicators, and `how` names the stock
    or delay they act; a clause out of scope has neither and gives its `reason`.
    """

    id: str
    part: str
    kind: str
    title_zh: str
    quote: str
    zh: str
    en: str
    mapping: Mapping[str, Sequence[str]] = field(default_factory=dict)
    how_zh: str = ""
    how_en: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    responsible: Sequence[str] = ()

    @property
    def how(self) -> Text | None:
        """Through which stock or delay the clause acts; None where it is out of scope."""
        return Text(self.how_zh, self.how_en) if self.how_zh else None

    @property
    def reason(self) -> Text | None:
        """Why the clause has no place in the model; None where it has one."""
        return Text(self.reason_zh, self.reason_en) if self.reason_zh else None


@functools.cache
def clauses() -> tuple[Clause, ...]:
    """All clauses, in the order of the document."""
    return tuple(Clause(**entry) for entry in load_yaml(FOLDER / "clauses.yaml"))


def placed(clause: Clause) -> bool:
    """Whether the clause has a place in the model and a text on how it acts, or a reason for having none."""
    if clause.kind == "out_of_scope":
        return bool(clause.reason_zh and clause.reason_en and not clause.mapping)
    return bool(any(clause.mapping.values()) and clause.how_zh and clause.how_en)


def coverage() -> dict[str, int]:
    """How many clauses of each kind are placed."""
    return {kind: sum(placed(clause) for clause in clauses() if clause.kind == kind) for kind in KINDS}


def coverage_line() -> str:
    """Coverage in one line: how many of all clauses are placed, and of which kinds."""
    counts = coverage()
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
    return f"{sum(counts.values())} of {len(clauses())} placed: {kinds}"
