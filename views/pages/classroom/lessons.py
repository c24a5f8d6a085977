"""Lessons of the Classroom page: what their files hold, their runs, and texts with the figures of the runs put in.

Nothing here needs a running app.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from model.engine.text import Text, with_texts
from model.inputs import END, load_yaml
from model.scenario import Scenario, parse_scenario
from model.system import system
from views.display_units import quantity
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS
from views.results.comparison import Run, line_title
from views.results.links import LINK_VERSION

LESSONS, DATA = Path(__file__).parent / "lessons.yaml", Path(__file__).parent / "data"
"""The list of lessons, and the folder with a file for each."""
ROLES = ("government", "steel", "equipment", "workers", "environment")
STEPS = ("question", "predict", "run", "reveal", "debrief")
"""A lesson unfolds in this order."""
VARIANTS = ("short", "long", "online", "game")
"""Other ways to hold a lesson: in 20 and in 90 minutes, with a class online, with the budget game."""
YEARS = (2010, 2015, 2016, 2018, 2020, 2022, 2025)
"""Years in the table of a lesson."""
CONVERSIONS = {("person", "10k people"): 1e-4, ("Mt", "10k t"): 100.0}
"""Factors from the unit of an indicator to one that figures may name instead."""
FIGURE_PARTS = 6
"""Run, indicator, element, year, unit and decimals of a figure, of which the last two may be missing."""
DASHES = {"zh": "—", "en": "–"}
"""Between the first and the last year."""


@dataclass(frozen=True)
class Stage:
    """A part of a lesson: its minutes, the step of the page that is shown, what the teacher does, and what to expect of
    the class."""

    minutes: int
    step: str
    does: Text
    expects: Text


@dataclass(frozen=True)
class Notes:
    """What the teacher reads before a lesson. `variables` are written as chapter.variable."""

    aim: Text
    needed: Sequence[Text]
    plan: Sequence[Stage]
    answers: Sequence[Text]
    mechanism: Sequence[Text]
    variables: Sequence[str]
    levers: Sequence[str]
    clauses: Sequence[str]
    cannot: Sequence[Text]
    variants: Mapping[str, Text]


@dataclass(frozen=True)
class Card:
    """The card of one role."""

    who: Text
    wants: Sequence[Text]
    facts: Sequence[Text]
    arguments: Sequence[Text]
    concedes: Text
    asks: Text


@dataclass(frozen=True)
class Lesson:
    """One lesson as its file has it."""

    id: str
    title: Text
    runs: Sequence[Mapping]
    charts: Sequence[str]
    question: Text
    choices: Sequence[Text]
    right: int
    figures: Mapping[str, Sequence]
    reveal: Text
    discuss: Sequence[Text]
    roles: Mapping[str, Text]
    link: Mapping[str, str]
    notes: Notes
    cards: Mapping[str, Card]

    def query(self, locale: Locale) -> str:
        """The query of an address that opens Explore for this lesson."""
        return urlencode({"v": LINK_VERSION, "lang": locale.language, **self.link}, safe=":,.")


class Figure(str):
    """A figure as a text has it; texts may also name the `year` that it is of."""

    year: str

    def __new__(cls, text: str, year: str) -> Figure:
        """The figure with its year."""
        figure = super().__new__(cls, text)
        figure.year = year
        return figure


@functools.cache
def lessons() -> dict[str, Lesson]:
    """All lessons by id, in their order."""
    return {name: _lesson(name, with_texts(load_yaml(DATA / f"{name}.yaml"))) for name in load_yaml(LESSONS)}


def _lesson(name: str, entry: dict[str, Any]) -> Lesson:
    notes, cards = entry.pop("notes"), entry.pop("cards")
    notes["plan"] = [Stage(**stage) for stage in notes["plan"]]
    return Lesson(name, **entry, notes=Notes(**notes), cards={role: Card(**card) for role, card in cards.items()})


@functools.cache
def _scenario(lesson: str, position: int) -> Scenario:
    import yaml

    entry = lessons()[lesson].runs[position]
    return parse_scenario(yaml.safe_dump({"title": dict(entry["name"]), **entry["scenario"]}, allow_unicode=True))


def runs_of(lesson: Lesson, locale: Locale) -> list[Run]:
    """The runs of a lesson."""
    runner = simulation.runner(END)
    found = []
    for position, entry in enumerate(lesson.runs):
        scenario = _scenario(lesson.id, position)
        found.append(Run(f"{lesson.id}_{position}", locale.text(entry["name"]), scenario, runner.run(scenario, {})))
    return found


def figure_value(figure: Sequence, runs: Sequence[Run]) -> float:
    """The value of a figure, which its file gives as `[run, indicator, element, year]`, in the unit of the indicator.

    Two runs `[a, b]` stand for a less b, two years `[first, last]` for the sum over these years.
    """
    run, indicator, element, year, *_ = figure
    if isinstance(run, list):
        one, other = (figure_value([each, indicator, element, year], runs) for each in run)
        return one - other
    years = range(year[0], year[1] + 1) if isinstance(year, list) else [year]
    return sum(runs[run].result.at(each, indicator, element) for each in years)


def figures_of(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> dict[str, Figure]:
    """All figures of a lesson as texts have them, by name; with unit and decimals where the file names them."""
    found = {}
    for name, figure in lesson.figures.items():
        _, indicator, _, year, unit, digits = (*figure, None, None)[:FIGURE_PARTS]
        value = figure_value(figure, runs) * CONVERSIONS.get((system().variables[indicator].unit, unit), 1.0)
        years = DASHES[locale.language].join(map(str, year)) if isinstance(year, list) else str(year)
        words = quantity(value, unit, locale, digits=digits) if unit else locale.number(value, digits)
        found[name] = Figure(words, years)
    return found


def reveal_text(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> str:
    """What the runs show, with their figures put in."""
    return locale.text(lesson.reveal).format(**figures_of(lesson, runs, locale))


def table_of(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> pd.DataFrame:
    """The strong lines of the lesson's charts in chosen years, one row per line and run."""
    rows = []
    for chart_id in lesson.charts:
        chart = CHARTS[chart_id]
        for line in chart.lines:
            if line.strong:
                label = chart.display(locale).named(line_title(line, locale))
                for run in runs:
                    values = {
                        str(year): run.result.at(year, line.indicator, line.element) * chart.scale_in(locale)
                        for year in YEARS
                    }
                    rows.append(
                        {
                            locale.translate("table.indicator"): label,
                            locale.translate("table.scenario"): run.title,
                            **values,
                        }
                    )
    return pd.DataFrame(rows)
