"""All words of the Explore component that do not change with the settings, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from model.inputs import END, LATEST, POLICY_START, START
from model.scenario.lever_parsing import LARGEST_FACTOR, LONGEST_DELAY
from views.display_units import SEPARATORS, SPACES
from views.language import Locale, catalogue
from views.results.catalogue import CHARTS
from views.results.settings import DEFAULT_CHARTS, ENDS, TARGET_YEAR

from .lever_texts import lever_groups
from .stamps import stamp_of

SECTIONS = ("component.", "move.", "app.title")
"""Beginnings of the keys whose texts the component has as templates."""
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "plan": {"page": "plan"},
    "later": {"query": "set=capacity_closure.steel:d2&charts=steel_capacity,steel_output"},
    "renovation": {"query": "set=technical_renovation_investment.equipment:x1.5&year=2025"},
    "assumptions": {"side": "assumptions"},
    "order": {
        "page": "compare",
        "query": "compare.chosen=closure_only,efficiency_only&compare.reference=closure_only",
    },
    "closures": {"query": "base=closure_without_discipline&charts=steel_capacity,steel_output"},
    "cheapest": {"page": "tradeoffs"},
}
"""The first questions: each opens a page, with choices of its own, or a state or side of this one."""
MARKS = {"zh": {"list": "、", "colon": "："}, "en": {"list": ", ", "colon": ": "}}


def templates(locale: Locale) -> dict[str, str]:
    """Texts of the component by key; places for values are in braces."""
    return {key: text for key, text in catalogue(locale.language).items() if key.startswith(SECTIONS)}


@st.cache_resource
def component_texts(locale: Locale) -> dict[str, Any]:
    """Levers, charts by name and words in one language, the same for every session; `stamp` names this content."""
    data: dict[str, Any] = {
        "language": locale.language,
        "groups": lever_groups(locale),
        "charts": {name: locale.translate(f"chart.{name}") for name in CHARTS},
        "texts": templates(locale),
        "marks": MARKS[locale.language],
        "separator": SEPARATORS[locale.language],
        "space": SPACES[locale.language],
        "years": {"start": START, "policy": POLICY_START, "end": END, "latest": LATEST},
        "limits": {"factor": LARGEST_FACTOR, "delay": LONGEST_DELAY},
        "ends": list(ENDS),
        "questions": [{"text": locale.translate(f"question.{name}"), **what} for name, what in QUESTIONS.items()],
        "defaults": {"until": END, "year": TARGET_YEAR, "charts": list(DEFAULT_CHARTS)},
    }
    return data | {"stamp": stamp_of(data)}
