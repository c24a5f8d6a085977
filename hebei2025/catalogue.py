"""Levers, parameters and variables of the model, as tables."""

from __future__ import annotations

import pandas as pd


def levers() -> pd.DataFrame:
    """The policy levers: id, zh, en, unit, min, max, group, grade, clauses of the document."""
    from model.inputs import levers as all_levers

    fields = ("id", "zh", "en", "unit", "min", "max", "group", "grade", "clauses")
    return pd.DataFrame([{name: getattr(lever, name) for name in fields} for lever in all_levers().values()])


def parameters() -> pd.DataFrame:
    """The parameters: id, value (a number, or numbers by branch), unit, low, high, grade, source."""
    from model.inputs import parameters as all_parameters

    fields = ("id", "value", "unit", "low", "high", "grade", "source")
    return pd.DataFrame([{name: getattr(entry, name) for name in fields} for entry in all_parameters().values()])


def variables() -> pd.DataFrame:
    """The variables: id, zh, en, unit, kind (stock, flow, auxiliary, annual), chapter, definition."""
    from model.system import system

    rows = [
        {
            "id": v.name,
            "zh": v.zh,
            "en": v.en,
            "unit": v.unit,
            "kind": v.kind,
            "chapter": v.chapter,
            "definition": v.doc,
        }
        for v in system().variables.values()
    ]
    return pd.DataFrame(rows)
