"""Lessons and the budget game behind the Classroom page; nothing here needs a running app."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from model.inputs import END, load_yaml
from model.scenario import Scenario, parse_scenario, shipped_scenarios
from views.display_units import DisplayUnit, display_unit, quantity
from views.language import Translate, number
from views.results import simulation
from views.results.catalogue import CHARTS, INTENSITY, LEAD
from views.results.comparison import Run, line_title
from views.results.settings import LINK_VERSION
from views.results.sliders import slots

LESSONS = Path(__file__).parent / "lessons.yaml"
ROLES = ("government", "steel", "equipment", "workers", "environment")
STEPS = ("question", "predict", "run", "reveal", "debrief")
"""A lesson unfolds in this order."""
YEARS = (2010, 2015, 2016, 2018, 2020, 2022, 2025)
"""Years in the table of the debrief sheet."""

PROGRAMMES = (
    "renovation_subsidy", "energy_efficiency", "smart_manufacturing", "rd_and_innovation", "emerging_industry_support",
    "talent", "quality_and_brand",
)  # fmt: skip
"""Levers that teams of the budget game may spend on; all others stay as in 2015."""
BUDGET = 1200.0
"""Public money of the game for 2016-2025 beyond what 2015 spent, 亿元: a rule of the game, not an estimate."""
REFERENCE, WHOLE = "no_document", "document_implemented"
GOALS = {INTENSITY: -1, LEAD: 1, "sei_share": 1}
"""What the game scores: 1 where more is better, -1 where less is."""
COST = "public_cost"


@dataclass(frozen=True)
class Lesson:
    """One lesson as lessons.yaml has it; texts are in both languages."""

    id: str
    title: Mapping[str, str]
    runs: Sequence[Mapping]
    charts: Sequence[str]
    question: Mapping[str, str]
    choices: Sequence[Mapping[str, str]]
    right: int
    figures: Mapping[str, Sequence]
    reveal: Mapping[str, str]
    discuss: Sequence[Mapping[str, str]]
    roles: Mapping[str, Mapping[str, str]]
    link: Mapping[str, str]

    def query(self, language: str) -> str:
        """The query of an address that opens Explore for this lesson."""
        return urlencode({"v": LINK_VERSION, "lang": language, **self.link}, safe=":,.")


@functools.cache
def lessons() -> dict[str, Lesson]:
    """All lessons by id, in the order of the file."""
    return {name: Lesson(name, **entry) for name, entry in load_yaml(LESSONS).items()}


@functools.cache
def _scenario(lesson: str, position: int) -> Scenario:
    import yaml

    entry = lessons()[lesson].runs[position]
    return parse_scenario(yaml.safe_dump({"title": entry["name"], **entry["scenario"]}, allow_unicode=True))


def runs_of(lesson: Lesson, language: str) -> list[Run]:
    """The runs of a lesson."""
    runner = simulation.runner(END)
    found = []
    for position, entry in enumerate(lesson.runs):
        scenario = _scenario(lesson.id, position)
        found.append(Run(f"{lesson.id}_{position}", entry["name"][language], scenario, runner.run(scenario, {})))
    return found


def revealed(lesson: Lesson, made: Sequence[Run], language: str) -> str:
    """What the runs show, with their figures put in."""
    shown = {}
    for name, (run, indicator, element, year, *unit) in lesson.figures.items():
        value = made[run].result.at(year, indicator, element)
        shown[name] = quantity(value, unit[0], language) if unit else number(value)
    return lesson.reveal[language].format(**shown)


def table_of(lesson: Lesson, made: Sequence[Run], t: Translate, language: str) -> pd.DataFrame:
    """The strong lines of the lesson's charts in chosen years, one row per line and run."""
    rows = []
    for chart_id in lesson.charts:
        chart = CHARTS[chart_id]
        for line in chart.lines:
            if line.strong:
                first = made[0].result.at(END, line.indicator, line.element) * chart.scale
                shown = display_unit(chart.unit, language, first)
                label = f"{line_title(line, t)} ({shown.text})" if shown.text else line_title(line, t)
                for run in made:
                    values = {
                        str(year): shown.scaled(run.result.at(year, line.indicator, line.element) * chart.scale)
                        for year in YEARS
                    }
                    rows.append({t("table.indicator"): label, t("table.scenario"): run.title, **values})
    return pd.DataFrame(rows)


def debrief(lesson: Lesson, made: Sequence[Run], prediction: int | None, t: Translate, language: str) -> str:
    """The debrief sheet: a page of HTML that stands alone and prints well."""

    def items(texts: Sequence[str]) -> str:
        return "".join(f"<li>{escape(text)}</li>" for text in texts)

    table = table_of(lesson, made, t, language)
    heads = "".join(f"<th>{escape(str(column))}</th>" for column in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(v if isinstance(v, str) else number(v))}</td>" for v in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    said = t("classroom.none") if prediction is None else lesson.choices[prediction][language]
    parts = [
        f"<h1>{escape(lesson.title[language])}</h1>",
        f"<h2>{escape(t('classroom.step_question'))}</h2><p>{escape(lesson.question[language])}</p>",
        f"<h2>{escape(t('classroom.step_predict'))}</h2><p>{escape(said)}</p>",
        f"<h2>{escape(t('classroom.step_reveal'))}</h2>"
        f"<p><b>{escape(lesson.choices[lesson.right][language])}</b>. {escape(revealed(lesson, made, language))}</p>",
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>",
        f"<h2>{escape(t('classroom.discuss'))}</h2><ol>{items([d[language] for d in lesson.discuss])}</ol>",
        f"<h2>{escape(t('classroom.roles'))}</h2><ul>"
        + items([f"{t(f'classroom.role_{role}')}: {lesson.roles[role][language]}" for role in ROLES])
        + "</ul>",
        f"<p class='small'>{escape(t('classroom.caveat'))}</p>",
    ]
    return SHEET.format(language=language, title=escape(lesson.title[language]), body="\n".join(parts))


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


@dataclass(frozen=True)
class Play:
    """One plan of the budget game: public money beyond that of 2015, points for each goal, and all points."""

    cost: float
    points: Mapping[str, float]

    @property
    def within(self) -> bool:
        """Whether the plan keeps to the budget."""
        return self.cost <= BUDGET

    @property
    def total(self) -> float:
        """The mean of the points; none for a plan that is over the budget."""
        return sum(self.points.values()) / len(self.points) if self.within else 0.0


def level_2015(name: str) -> float:
    """What a programme spent in 2015, 亿元 a year: where teams start."""
    return slots()[name].mean("frozen_2015")


def play(spending: Mapping[str, float]) -> Play:
    """What a plan reaches: 0 points are "no document", 100 what the whole document reaches. `spending` is in 亿元 a
    year by programme."""
    runner = simulation.runner(END)
    none, whole = (runner.run(shipped_scenarios()[name], {}) for name in (REFERENCE, WHOLE))
    now = runner.run(shipped_scenarios()[REFERENCE], dict(spending))
    points = {}
    for name in GOALS:
        start, goal = none.at(END, name), whole.at(END, name)
        points[name] = 100.0 * (now.at(END, name) - start) / (goal - start)
    cost = float(now.series(COST, "all").sum() - none.series(COST, "all").sum())
    return Play(cost, points)


def money(language: str) -> DisplayUnit:
    """How sums of money of the game are shown."""
    return display_unit("亿元", language, BUDGET)


def spending_unit(name: str, language: str) -> DisplayUnit:
    """How the yearly spending on a programme is shown."""
    return display_unit("亿元/yr", language, slots()[name].high)


def ranking(plays: Mapping[str, Play], t: Translate, language: str) -> pd.DataFrame:
    """Teams by points, the best first."""
    unit = money(language)
    spent = t("classroom.spent", unit=unit.text)
    ordered = sorted(plays.items(), key=lambda item: -item[1].total)
    return pd.DataFrame(
        [
            {
                t("classroom.team"): team, t("classroom.points"): one.total, spent: unit.scaled(one.cost),
                **{t(f"headline.{name}"): one.points[name] for name in GOALS if name != "sei_share"},
                t("classroom.sei"): one.points["sei_share"],
            }
            for team, one in ordered
        ]
    )  # fmt: skip
