"""The levers of the Explore component in one language: groups, sliders, and what is told of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from model.axes import BRANCH_LABELS
from model.inputs import Lever
from model.scenario import AS_HAPPENED
from views.language import LANGUAGES, Locale
from views.results.slider_texts import (
    no_rule,
    path_quantity,
    slider_digits,
    slider_number,
    slider_quantity,
    slider_unit,
)
from views.results.sliders import GROUPS, Slot, slots

PATH_DIGITS = 6
"""Significant digits of the values of a path."""


def searched(lever: Lever) -> str:
    """What a search looks through: the id, and the names of lever, group and sectors in both languages."""
    words = [lever.id]
    for locale in map(Locale, LANGUAGES):
        words += [locale.text(lever.label), locale.translate(f"group.{lever.group}")]
        words += [locale.text(BRANCH_LABELS[sector]) for sector in lever.sectors if lever.spread == "own"]
    return " ".join(words).lower()


def level(slot: Slot, entry: Mapping, locale: Locale) -> dict:
    """One level in words, and `short` with its value, for sliders that stand between two levels."""
    text, value = locale.text(entry), entry["value"]
    if locale.is_chinese:
        short = f"{text.partition('：')[0]}（{slider_quantity(slot, value, locale)}）"
    else:
        short = f"“{text.partition(': ')[0]}” ({slider_number(slot, value, locale)})"
    return {"value": value, "text": text, "short": short}


def slider(slot: Slot, locale: Locale) -> dict:
    """One slider: names, range, path as happened, and its levels in words."""
    first = not slot.is_part and slot.sector in (None, slot.lever.sectors[0])
    return {
        "id": slot.id,
        "name": slot.name(locale, sector_only=slot.sector is not None),
        "full": slot.name(locale),
        "lever": slot.lever.id,
        "sector": slot.sector,
        "is_part": slot.is_part,
        "scalable": slot.scalable,
        "unit": slider_unit(slot, locale).text,
        "factor": slider_unit(slot, locale).scaled(1.0),
        "low": slot.low,
        "high": slot.high,
        "step": slot.step,
        "digits": slider_digits(slot, locale),
        "off": {"value": slot.lever.off, "text": no_rule(slot, slot.lever.off, locale)},
        "happened": [float(f"{v:.{PATH_DIGITS}g}") for v in slot.path(AS_HAPPENED)],
        "levels": [level(slot, x, locale) for x in slot.lever.levels] if first else [],
    }


def _reading(slot: Slot, locale: Locale) -> str:
    """How to read a slider: one whose path is scaled, or one that only sets a value."""
    if not slot.scalable:
        return locale.translate("panel.reading_held", path=path_quantity(slot, AS_HAPPENED, locale))
    return locale.translate("panel.reading_text", mean=slider_quantity(slot, slot.mean(AS_HAPPENED), locale))


def entry(lever: Lever, own: list[Slot], locale: Locale) -> dict:
    """One lever: its sliders, and what its information says."""
    colon = "：" if locale.is_chinese else ": "
    source = {"grade": locale.translate(f"grade.{lever.grade}"), "source": lever.source, "bounds": lever.bounds_source}
    return {
        "id": lever.id,
        "name": locale.text(lever.label),
        "search": searched(lever),
        "slots": [slider(slot, locale) for slot in own],
        "what": (locale.translate("panel.what"), locale.text(lever.what)),
        "notes": [
            (locale.translate("panel.cost"), locale.text(lever.cost)),
            (locale.translate("panel.watch"), locale.text(lever.watch)),
            (locale.translate("panel.reading"), _reading(own[0], locale)),
            (locale.translate("panel.evidence"), locale.translate("panel.evidence_text", **source)),
        ],
        "levels": [f"{slider_quantity(own[0], x['value'], locale)}{colon}{locale.text(x)}" for x in lever.levels],
        "quotes": list(lever.quote.items()),
    }


@functools.cache
def lever_groups(locale: Locale) -> list[dict]:
    """The groups of levers in one language. The caller must not change them."""
    own: dict[str, list[Slot]] = {}
    for slot in slots().values():
        own.setdefault(slot.lever.id, []).append(slot)
    return [
        {
            "id": group,
            "name": locale.translate(f"group.{group}"),
            "levers": [entry(s[0].lever, s, locale) for s in own.values() if s[0].lever.group == group],
        }
        for group in GROUPS
    ]
