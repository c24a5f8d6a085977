"""What the file of the Explore page needs to say in words what views/results/summary.py says."""

from __future__ import annotations

from typing import Any

from model.scenario import AS_HAPPENED
from views.component.chart_data import result_place
from views.display_units import unit_steps
from views.language import Locale, catalogue
from views.results import summary
from views.results.catalogue import STEEL_CAPACITY
from views.results.slider_texts import path_text
from views.results.sliders import slots

SECTIONS = (
    *("summary.", "warning.", "assume.", "offline.", "classroom.", "live."),
    *("explore.link_refused", "share.title", "share.description"),
)
"""Beginnings of the keys whose texts the file has beside those of the component."""
JOINS = {"zh": {"clauses": "；", "sentences": ""}, "en": {"clauses": "; ", "sentences": " "}}


def limits() -> dict[str, Any]:
    """The numbers by which sentence and warnings are chosen."""
    return {
        "named": summary.NAMED,
        "noticeable": summary.NOTICEABLE,
        "strong_closure": summary.STRONG_CLOSURE,
        "weak_discipline": summary.WEAK_DISCIPLINE,
        "strict_discipline": summary.STRICT_DISCIPLINE,
        "no_closure": summary.NO_CLOSURE,
        "subsidy_needs_projects": summary.SUBSIDY_NEEDS_PROJECTS,
        "almost_no_renovation": summary.ALMOST_NO_RENOVATION,
        "much_smart": summary.MUCH_SMART,
        "little_network": summary.LITTLE_NETWORK,
        "cap_far_below": summary.CAP_FAR_BELOW,
        "least_capacity": summary.LEAST_CAPACITY,
        "capacity": result_place(STEEL_CAPACITY, None),
    }


def slot_words(locale: Locale) -> dict[str, dict[str, Any]]:
    """By slider: the path as happened in figures, whether it changes over the years, and its range as observed."""
    return {
        slot.id: {
            "before": path_text(slot, AS_HAPPENED, locale),
            "varies": slot.varies(AS_HAPPENED),
            "observed": list(slot.observed_range),
        }
        for slot in slots().values()
    }


def word_texts(locale: Locale) -> dict[str, Any]:
    """Texts by key with places for values, what stands between parts, and the units of steel capacity."""
    texts = {key: text for key, text in catalogue(locale.language).items() if key.startswith(SECTIONS)}
    return {"texts": texts, **JOINS[locale.language], "capacity": unit_steps("Mt", locale)}
