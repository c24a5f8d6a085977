"""Everything that the file of the Explore page holds as data, by the name of its section.

The parts are those that the app hands to the Explore component.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.scenario import BASELINE, Scenario, shipped_scenarios
from views.component import model_data
from views.component.assumption_data import assumption_texts
from views.component.chart_data import chart_texts
from views.component.texts import component_texts
from views.language import LANGUAGES, TAGS, Locale
from views.results.scenario_groups import grouped
from views.results.settings import ENDS
from views.shell.own_scenarios import MOST

from .lesson_data import lesson_texts
from .words_data import limits, slot_words, word_texts

MERGED = ("parameters", "tables", "levers")
"""Inputs of which a scenario has those that differ from the run as happened."""


def sections(given: Sequence[Scenario] = ()) -> dict[str, Any]:
    """The data with the shipped scenarios and the `given` ones, which come first in the list of scenarios."""
    scenarios = {**{one.name: one for one in given}, **shipped_scenarios()}
    found: dict[str, Any] = {"common": _common(scenarios)}
    for locale in map(Locale, LANGUAGES):
        found[locale.language] = _texts(scenarios, locale)
        found[f"{locale.language}_assumptions"] = assumption_texts(locale)
        found[f"{locale.language}_lessons"] = {"lessons": lesson_texts(locale)}
    return found


def _common(scenarios: Mapping[str, Scenario]) -> dict[str, Any]:
    return {
        "description": model_data.description(),
        "inputs": {str(until): _inputs(scenarios, until) for until in ENDS},
        "limits": limits(),
        "most": MOST,
        "tags": TAGS,
        "languages": LANGUAGES,
    }


def _inputs(scenarios: Mapping[str, Scenario], until: int) -> dict[str, Any]:
    """The inputs of every scenario until a last year: whole for the run as happened, for the others what differs."""
    first = model_data.model_inputs(scenarios[BASELINE], until)
    found = {BASELINE: first}
    for key, scenario in scenarios.items():
        if key == BASELINE:
            continue
        own = model_data.model_inputs(scenario, until)
        changed = {
            part: {name: one for name, one in own[part].items() if one != first[part].get(name)} for part in MERGED
        }
        found[key] = {"stamp": own["stamp"], "horizon": own["horizon"], "drivers": own["drivers"], **changed}
    return found


def _texts(scenarios: Mapping[str, Scenario], locale: Locale) -> dict[str, Any]:
    titles = {key: locale.text(one.title) for key, one in scenarios.items()}
    return {
        "component": component_texts(locale),
        "charts": {str(until): chart_texts(until, locale) for until in ENDS},
        "scenarios": [
            [locale.translate(f"scenario_group.{group}"), [[key, titles[key]] for key in keys]]
            for group, keys in grouped(scenarios).items()
        ],
        "told": {
            key: {"title": titles[key], "description": locale.text(one.description)} for key, one in scenarios.items()
        },
        "slots": slot_words(locale),
        "words": word_texts(locale),
    }
