"""Lists on screen or as JSON: levers, variables, parameters, clauses."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from batch.environment import SCHEMA_VERSION

from .screen import WIDE, console

if TYPE_CHECKING:
    from model.clauses import Clause
    from model.inputs import Lever


def print_json(record: Mapping[str, object]) -> None:
    """Print a record as JSON, with the version of the layout of all records."""
    print(json.dumps({"schema_version": SCHEMA_VERSION, **record}, ensure_ascii=False, indent=2))


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a heading, as wide as the terminal; the first column is an id to be copied."""
    from rich.table import Table

    screen, table = console(), Table(title=title)
    for position, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=position == 0 and screen.width >= WIDE)
    for row in rows:
        table.add_row(*map(str, row))
    screen.print(table)


def figure(value: float, digits: int = 3, sign: str = "") -> str:
    """A number with so many digits, and whole with commas where it has more before the point; `sign` "+" shows it."""
    return f"{value:{sign},.0f}" if abs(value) >= 10**digits else f"{value:{sign}.{digits}g}"


def lever_record(lever: Lever) -> dict[str, object]:
    """The record of a lever in the output of `levers --json`."""
    from model.inputs import POLICY_START

    return {
        "id": lever.id,
        "names": {"zh": lever.zh, "en": lever.en},
        "unit": lever.unit,
        "min": lever.min,
        "max": lever.max,
        "default": "baseline",
        "baseline": lever.baseline,
        "document": lever.document,
        "applies_from": POLICY_START,
        "clauses": list(lever.clauses),
        "quotes": dict(lever.quote),
        "sectors": list(lever.sectors),
        "spread": lever.spread,
        "group": lever.group,
        "cost": dict(lever.cost),
        "levels": list(lever.levels),
        "grade": lever.grade,
        "source": lever.source,
        "bounds_source": lever.bounds_source,
    }


def show_levers(as_json: bool) -> None:
    """Print the levers."""
    from model.inputs import levers

    if as_json:
        print_json({"levers": [lever_record(lever) for lever in levers().values()]})
        return
    rows = [
        (v.id, f"{v.zh}\n{v.en}", v.unit, f"{v.min:g}-{v.max:g}", v.grade, " ".join(v.clauses))
        for v in levers().values()
    ]
    print_table("Levers 政策措施", ("id", "name", "unit", "range", "grade", "clauses"), rows)


def show_parameters(as_json: bool) -> None:
    """Print the parameters."""
    from model.inputs import parameters

    if as_json:
        print_json({"parameters": [dataclasses.asdict(p) for p in parameters().values()]})
        return
    rows = [(p.id, p.value, p.unit, "{:g}-{:g}".format(*p.ends), p.grade, p.source) for p in parameters().values()]
    print_table("Parameters 参数", ("id", "value", "unit", "range", "grade", "source"), rows)


def clause_record(clause: Clause) -> dict[str, object]:
    """The record of a clause in the output of `clauses --json`."""
    from model.clauses import PARTS, placed

    zh, en = PARTS[clause.part]
    return {**dataclasses.asdict(clause), "part_names": {"zh": zh, "en": en}, "placed": placed(clause)}


def show_clauses(as_json: bool) -> None:
    """Print the clauses of the document with their places in the model."""
    from model.clauses import clauses, coverage_line

    if as_json:
        print_json({"clauses": [clause_record(clause) for clause in clauses()]})
        return
    rows = []
    for c in clauses():
        place = "\n".join(f"{kind}: {', '.join(names)}" for kind, names in c.mapping.items())
        rows.append((c.id, c.kind, f"{c.title_zh}\n{c.en}", place or f"{c.reason_zh}\n{c.reason_en}"))
    print_table("Clauses 条款", ("id", "kind", "title", "mapping"), rows)
    print(coverage_line())


def show_variables(as_json: bool) -> None:
    """Print the variables with their equations."""
    from model.definitions import definition
    from model.engine.graph import equation_text, uses
    from model.system import system

    known = system()
    records: list[dict[str, Any]] = [
        {
            "id": name,
            "names": {"zh": v.zh, "en": v.en},
            "kind": v.kind,
            "unit": v.unit,
            "chapter": v.chapter,
            "definition": definition(v, "en"),
            "definition_zh": definition(v, "zh"),
            "equation": equation_text(known, name),
            "causes": list(v.causes or (*v.inflows, *v.outflows)),
            "uses": list(uses(known, name)),
        }
        for name, v in known.variables.items()
    ]
    if as_json:
        print_json({"variables": records})
        return
    rows = [(r["id"], r["names"]["zh"], r["kind"], r["unit"], r["chapter"], r["definition"]) for r in records]
    print_table("Variables 变量", ("id", "name", "kind", "unit", "chapter", "definition"), rows)
