"""Everything in the lever panel that does not change with the settings: groups, levers, and what is told of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import streamlit as st

from model.axes import BRANCH_LABELS
from model.inputs import Lever
from views.display_units import SEPARATORS
from views.language import LANGUAGES, Translate, translator
from views.results.sliders import GROUPS, Slot, slots
from views.results.summary import slider_digits, slider_number, slider_quantity, slider_unit

COMMON = (
    "reset", "info", "baseline", "levels", "clauses", "above", "below", "between", "search", "found", "nothing",
    "count", "differing", "unfold", "fold",
)  # fmt: skip
"""Texts of the panel that belong to no lever."""


def searched(lever: Lever) -> str:
    """What a search looks through: the id, and the names of lever, group and sectors in both languages."""
    words = [lever.id]
    for index, code in enumerate(LANGUAGES):
        words += [getattr(lever, code), translator(code)(f"group.{lever.group}")]
        words += [BRANCH_LABELS[sector][index] for sector in lever.sectors if lever.spread == "own"]
    return " ".join(words).lower()


def level(slot: Slot, entry: Mapping, language: str) -> dict:
    """One level in words, and `short` with its value, for sliders that stand between two levels."""
    text, value = entry[language], entry["value"]
    if language == "zh":
        short = f"{text.partition('：')[0]}（{slider_quantity(slot, value, language)}）"
    else:
        short = f"“{text.partition(': ')[0]}” ({slider_number(slot, value, language)})"
    return {"value": value, "text": text, "short": short}


def slider(slot: Slot, language: str) -> dict:
    """One slider: names, range, where it stands unmoved, and its levels in words."""
    first = slot.sector in (None, slot.lever.sectors[0])
    return {
        "id": slot.id, "name": slot.name(language, sector_only=slot.sector is not None),
        "full": slot.name(language), "part": slot.sector is not None,
        "unit": slider_unit(slot, language).text, "factor": slider_unit(slot, language).scaled(1.0),
        "separator": SEPARATORS[language], "low": slot.low, "high": slot.high,
        "step": slot.step, "digits": slider_digits(slot, language), "baseline": slot.mean("baseline"),
        "levels": [level(slot, x, language) for x in slot.lever.levels] if first else [],
    }  # fmt: skip


def entry(lever: Lever, own: list[Slot], t: Translate, language: str) -> dict:
    """One lever: its sliders, and what its information says."""
    mean = slider_quantity(own[0], own[0].mean("baseline"), language)
    colon = "：" if language == "zh" else ": "
    source = {"grade": t(f"grade.{lever.grade}"), "source": lever.source, "bounds": lever.bounds_source}
    return {
        "id": lever.id, "name": getattr(lever, language), "search": searched(lever),
        "slots": [slider(slot, language) for slot in own],
        "what": (t("panel.what"), lever.what[language]),
        "notes": [
            (t("panel.cost"), lever.cost[language]),
            (t("panel.watch"), lever.watch[language]),
            (t("panel.reading"), t("panel.reading_text", mean=mean)),
            (t("panel.evidence"), t("panel.evidence_text", **source)),
        ],
        "levels": [f"{slider_quantity(own[0], x['value'], language)}{colon}{x[language]}" for x in lever.levels],
        "quotes": list(lever.quote.items()),
    }  # fmt: skip


@st.cache_resource
def panel_texts(language: str) -> dict:
    """The whole panel in one language, the same for every session; `stamp` names this content."""
    t = translator(language)
    own: dict[str, list[Slot]] = {}
    for slot in slots().values():
        own.setdefault(slot.lever.id, []).append(slot)
    groups = [
        {
            "id": group, "name": t(f"group.{group}"),
            "levers": [entry(s[0].lever, s, t, language) for s in own.values() if s[0].lever.group == group],
        }
        for group in GROUPS
    ]  # fmt: skip
    data = {"groups": groups, "texts": {key: t(f"panel.{key}") for key in COMMON}}
    return data | {"stamp": hashlib.sha256(json.dumps(data).encode()).hexdigest()}
