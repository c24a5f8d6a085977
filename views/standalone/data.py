"""Everything that the Explore component needs where no app stands behind it, as data by the name of its section.

The parts are those that the app hands to the component.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model.scenario import BASELINE, Scenario, plain_levers, shipped_scenarios
from views.component import model_data
from views.component.assumption_data import assumption_texts
from views.component.chart_data import chart_texts
from views.component.texts import component_texts
from views.language import LANGUAGES, TAGS, Locale
from views.results.scenario_groups import MOST_OWN, grouped
from views.results.settings import ENDS

from .table_data import table_texts
from .words_data import limits, slot_words, word_texts

MERGED = ("parameters", "tables", "levers")
"""Inputs of which a scenario has those that differ from the run as happened."""


def sections(scenarios: Mapping[str, Scenario], languages: Iterable[str] = LANGUAGES) -> dict[str, Any]:
    """The data with these scenarios by their key in links, among them the run as happened, in these languages."""
    known = {language: LANGUAGES[language] for language in languages}
    found: dict[str, Any] = {"common": _common(scenarios, known)}
    for locale in map(Locale, known):
        found[locale.language] = _texts(scenarios, locale)
        found[f"{locale.language}_assumptions"] = assumption_texts(locale)
        found[f"{locale.language}_tables"] = table_texts(locale)
    return found


def _common(scenarios: Mapping[str, Scenario], languages: Mapping[str, str]) -> dict[str, Any]:
    return {
        "description": model_data.description(),
        "inputs": {str(until): _inputs(scenarios, until) for until in ENDS},
        "limits": limits(),
        "most": MOST_OWN,
        "tags": {language: TAGS[language] for language in languages},
        "languages": dict(languages),
        "written": {key: _written(one) for key, one in scenarios.items() if shipped_scenarios().get(key) != one},
    }


def _written(scenario: Scenario) -> dict[str, Any]:
    """A scenario that is not shipped, as scenario files write it; what starts from it cannot name it."""
    return {
        "levers": plain_levers(scenario.levers),
        "parameters": dict(scenario.parameters),
        "drivers": dict(scenario.drivers),
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
