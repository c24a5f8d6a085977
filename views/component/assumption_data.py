"""The assumptions that can be changed on Explore, in one language: drivers, and parameters by chapter."""

from __future__ import annotations

from typing import Any

import streamlit as st

from model.inputs import drivers
from views.language import LANGUAGES, Locale
from views.results.assumption_spans import driver_span, parameter_span
from views.results.assumptions import (
    STEPS,
    ParameterSlot,
    driver_bounds,
    is_shifted,
    parameter_slots,
    unchanged,
)

from .stamps import stamp_of

DIGITS = 3
"""Significant digits of the step of a slider."""


@st.cache_resource
def assumption_texts(locale: Locale) -> dict[str, Any]:
    """All assumptions: names, ranges, units, grades, sources, and the `span` over which each is moved to see whether it
    matters; `stamp` names this content."""
    chapters: dict[str, list[dict[str, Any]]] = {}
    for slot in parameter_slots().values():
        chapters.setdefault(slot.chapter, []).append(_parameter(slot, locale))
    data = {
        "drivers": [_driver(name, locale) for name in drivers()],
        "chapters": [
            {"id": chapter, "name": locale.translate(f"why.chapter_{chapter}"), "parameters": entries}
            for chapter, entries in chapters.items()
        ],
    }
    return data | {"stamp": stamp_of(data)}


def _parameter(slot: ParameterSlot, locale: Locale) -> dict[str, Any]:
    parameter = slot.parameter
    branches = () if parameter.axis is None else parameter.axis.labels
    return {
        "id": slot.id,
        "input": parameter.id,
        "column": 0 if slot.branch is None else branches.index(slot.branch),
        "size": max(len(branches), 1),
        "name": slot.name(locale),
        "search": _searched(slot.id, *(slot.name(Locale(code)) for code in LANGUAGES)),
        "unit": locale.unit(parameter.unit),
        "value": slot.value,
        "low": slot.low,
        "high": slot.high,
        "span": parameter_span(slot),
        "step": _step(slot.low, slot.high),
        "grade": parameter.grade,
        "source": parameter.source,
        "estimated": parameter.prior is not None,
    }


def _driver(name: str, locale: Locale) -> dict[str, Any]:
    driver = drivers()[name]
    low, high = driver_bounds(driver)
    return {
        "id": name,
        "shifted": is_shifted(driver),
        "name": locale.text(driver.label),
        "search": _searched(name, driver.zh, driver.en),
        "unit": locale.unit(driver.unit),
        "value": unchanged(driver),
        "low": low,
        "high": high,
        "span": driver_span(driver),
        "step": _step(low, high),
        "grade": driver.grade,
        "source": driver.source,
    }


def _searched(*words: str) -> str:
    return " ".join(words).lower()


def _step(low: float, high: float) -> float:
    return float(f"{(high - low) / STEPS:.{DIGITS}g}")
