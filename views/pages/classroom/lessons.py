"""Lessons of the Classroom page; nothing here needs a running app."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from model.engine.text import Text, with_texts
from model.inputs import END, load_yaml
from model.scenario import Scenario, parse_scenario
from views.display_units import quantity
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS
from views.results.comparison import Run, line_title
from views.results.links import LINK_VERSION

LESSONS = Path(__file__).parent / "lessons.yaml"
WORDS = ("step_question", "step_predict", "step_reveal", "discuss", "roles", "caveat")
"""Texts of the debrief sheet."""
ROLES = ("government", "steel", "equipment", "workers", "environment")
STEPS = ("question", "predict", "run", "reveal", "debrief")
"""A lesson unfolds in this order."""
YEARS = (2010, 2015, 2016, 2018, 2020, 2022, 2025)
"""Years in the table of the debrief sheet."""


@dataclass(frozen=True)
class Lesson:
    """One lesson as lessons.yaml has it."""

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

    def query(self, locale: Locale) -> str:
        """The query of an address that opens Explore for this lesson."""
        return urlencode({"v": LINK_VERSION, "lang": locale.language, **self.link}, safe=":,.")


@functools.cache
def lessons() -> dict[str, Lesson]:
    """All lessons by id, in the order of the file."""
    return {name: Lesson(name, **with_texts(entry)) for name, entry in load_yaml(LESSONS).items()}


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


def reveal_text(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> str:
    """What the runs show, with their figures put in."""
    values = {}
    for name, (run, indicator, element, year, *unit) in lesson.figures.items():
        value = runs[run].result.at(year, indicator, element)
        values[name] = quantity(value, unit[0], locale) if unit else locale.number(value)
    return locale.text(lesson.reveal).format(**values)


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


def debrief_sheet(lesson: Lesson, runs: Sequence[Run], prediction: int | None, locale: Locale) -> str:
    """The debrief sheet: a page of HTML that stands alone and prints well."""

    def items(texts: Sequence[str]) -> str:
        return "".join(f"<li>{escape(text)}</li>" for text in texts)

    table = table_of(lesson, runs, locale)
    heads = "".join(f"<th>{escape(str(column))}</th>" for column in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(v if isinstance(v, str) else locale.number(v))}</td>" for v in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    words = {key: escape(locale.translate(f"classroom.{key}")) for key in WORDS}
    predicted = locale.translate("classroom.none") if prediction is None else locale.text(lesson.choices[prediction])
    answer, shown = locale.text(lesson.choices[lesson.right]), reveal_text(lesson, runs, locale)
    roles = [f"{locale.translate(f'classroom.role_{role}')}: {locale.text(lesson.roles[role])}" for role in ROLES]
    parts = [
        f"<h1>{escape(locale.text(lesson.title))}</h1>",
        f"<h2>{words['step_question']}</h2><p>{escape(locale.text(lesson.question))}</p>",
        f"<h2>{words['step_predict']}</h2><p>{escape(predicted)}</p>",
        f"<h2>{words['step_reveal']}</h2><p><b>{escape(answer)}</b>. {escape(shown)}</p>",
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>",
        f"<h2>{words['discuss']}</h2><ol>{items([locale.text(point) for point in lesson.discuss])}</ol>",
        f"<h2>{words['roles']}</h2><ul>{items(roles)}</ul>",
        f"<p class='small'>{words['caveat']}</p>",
    ]
    return SHEET.format(language=locale.language, title=escape(locale.text(lesson.title)), body="\n".join(parts))


SHEET = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 12pt/1.5 "Noto Sans CJK SC", "Source Sans 3", system-ui, sans-serif; color: #1C2733; max-width: 19cm; margin: 1cm auto; }}
h1 {{ font-size: 18pt; margin: 0 0 .3cm; }} h2 {{ font-size: 12.5pt; margin: .5cm 0 .1cm; }}
table {{ border-collapse: collapse; font-size: 9pt; width: 100%; }}
th, td {{ border: 1px solid #B8C2CC; padding: 2px 6px; text-align: right; }} th:nth-child(-n+2), td:nth-child(-n+2) {{ text-align: left; }}
.small {{ font-size: 9pt; color: #5B6875; }}
</style></head><body>
{body}
</body></html>
"""  # noqa: E501
