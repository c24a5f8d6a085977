"""The validation tests of a system-dynamics model: their criteria, and their status derived from tables of results."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.forecast import KNOWN_UNTIL
from calibration.posterior import RESULTS
from calibration.series import all_series
from model.engine.text import LANGUAGES, Text
from model.engine.units import check_units
from model.inputs import load_yaml
from model.system import system

from .diagram import name_of
from .structure import chapters

ENTRIES = Path(__file__).parent / "validation_tests.yaml"
SUMMARY = RESULTS / "matrix.csv"
"""Status and figures of every test, for the app."""
PASSED, FAILED, REPORTED, NOT_DONE = "passed", "failed", "reported", "not done"
LARGEST_MOVE = 0.01
"""Largest accepted move of an indicator when the step or the method of integration changes."""
DECISIVE = 10
"""Numbers that count as decisive for an indicator."""
HEADS_OF_REVERSALS = {"zh": ("（冻结的驱动 → 结果）：", "、", "；"), "en": (" (driver held → outcomes): ", ", ", "; ")}
"""What comes before the list of reversals, and what separates outcomes and drivers, by language."""
AS_HAPPENED = "none"
"""Name of the case of the boundary test in which no driver is fixed."""


@dataclass(frozen=True)
class Finding:
    """Status of a test, its figures in a few words, and the name of the table that shows it (None where there is
    none)."""

    status: str
    figures: Text
    evidence: str | None


@dataclass(frozen=True)
class Results:
    """Tables that the tests are judged from.

    Stored: `boundary`, `integration` and `tests` (of `validation_runs`), `knockouts` (of `knockouts.results_table`),
    `scores` and `years` (of the forecast test), `ranks` (of the sensitivity analysis). Computed from the model:
    `equations` and `unit_errors`. `surprises` counts the entries of the page about surprises.
    """

    boundary: pd.DataFrame
    integration: pd.DataFrame
    tests: pd.DataFrame
    knockouts: pd.DataFrame
    scores: pd.DataFrame
    years: pd.DataFrame
    ranks: pd.DataFrame
    equations: pd.DataFrame
    unit_errors: tuple[str, ...]
    surprises: int


@functools.cache
def entries() -> dict[str, Mapping]:
    """The tests by id: `test`, `how` and `asks` in both languages, and the files of tests they run."""
    return load_yaml(ENTRIES)


def equations_table() -> pd.DataFrame:
    """Every variable with its kind, unit, causes and definition."""
    return pd.DataFrame(
        [
            {"variable": v.name, "kind": v.kind, "unit": v.unit, "causes": " ".join(v.causes), "definition": v.doc}
            for v in system().variables.values()
        ]
    )


def unit_errors() -> tuple[str, ...]:
    """Equations whose units do not agree."""
    return tuple(check_units(system()))


def decisive_numbers(ranks: pd.DataFrame) -> pd.DataFrame:
    """The rows of the sensitivity analysis (by number) that are among the `DECISIVE` first of an indicator."""
    columns = [column for column in ranks.columns if column.startswith("prcc_")]
    return ranks.loc[sorted({name for column in columns for name in ranks[column].abs().nlargest(DECISIVE).index})]


def forecast_directions(years: pd.DataFrame) -> pd.DataFrame:
    """Change of each headline series after `KNOWN_UNTIL`: observed, as forecast, and whether the direction is right."""
    years = years[(years["window"] == KNOWN_UNTIL) & years["grade"].isin(["A", "B", "C"])]
    rows = []
    for name, points in years.groupby("series", sort=False):
        before, after = points[points["year"] <= KNOWN_UNTIL], points[points["year"] > KNOWN_UNTIL]
        if len(before) and len(after):
            first, last = before.iloc[-1], after.iloc[-1]
            observed, forecast = last["observed"] - first["observed"], last["median"] - first["median"]
            rows.append(
                {
                    "series": name,
                    "from": int(first["year"]),
                    "to": int(last["year"]),
                    "observed_change": observed,
                    "forecast_change": forecast,
                    "direction_right": bool(np.sign(observed) == np.sign(forecast)),
                }
            )
    return pd.DataFrame(rows)


def findings(results: Results) -> dict[str, Finding]:
    """Status and figures of every test, in the order of the file."""

    def tested(name: str) -> Finding:
        figures, passed = _counted(results.tests, name)
        return Finding(_judged(passed), figures, "tests")

    judges: dict[str, Callable[[Results], Finding]] = {
        "S1": _boundary,
        "S2": _structure,
        "S3": _units,
        "S4": _decisive,
        "S6": _integration,
        "B1": _reproduction,
        "B2": _anomaly,
        "B4": _surprises,
        "B5": _sensitivity,
        "P1": _improvement,
        "P2": lambda results: Finding(NOT_DONE, Text("没有请专家", "no experts were asked"), None),
    }
    return {name: judges[name](results) if name in judges else tested(name) for name in entries()}


def summary(results: Mapping[str, Finding]) -> pd.DataFrame:
    """Status and figures of every test, in both languages, as a table."""
    rows = [(name, one.status, *one.figures) for name, one in results.items()]
    return pd.DataFrame(rows, columns=["test", "status", *(f"figures_{language}" for language in LANGUAGES)])


def _judged(passed: bool) -> str:
    return PASSED if passed else FAILED


def _boundary(results: Results) -> Finding:
    table = results.boundary
    cases = table[table["held"] != AS_HAPPENED]
    reversals = cases[cases["reversed"]]
    zh, en = (_reversals_text(reversals, language) for language in LANGUAGES)
    figures = Text(
        f"{len(cases)}种情形，{len(reversals)}种换了影响最大的政策措施{zh}",
        f"{len(cases)} cases; in {len(reversals)} another package becomes the strongest{en}",
    )
    return Finding(REPORTED if len(reversals) else PASSED, figures, "boundary")


def _reversals_text(reversals: pd.DataFrame, language: str) -> str:
    """The drivers that decide which package is the strongest, each with the outcomes; empty where there is none."""
    head, comma, semicolon = HEADS_OF_REVERSALS[language]
    parts = [
        f"{name_of(str(held), language)} → {comma.join(name_of(name, language) for name in rows['indicator'])}"
        for held, rows in reversals.groupby("held", sort=False)
    ]
    return head + semicolon.join(parts) if parts else ""


def _structure(results: Results) -> Finding:
    table = results.equations
    # The inside of a delay is described by the delay that it belongs to.
    undefined = table[(table["definition"].str.strip() == "") & ~table["variable"].str.startswith("_")]
    counted, passed = _counted(results.tests, "S2")
    figures = Text(
        f"{len(chapters())}个模块共{len(table)}个变量，{len(undefined)}个没有定义；{counted.zh}",
        f"{len(table)} variables in {len(chapters())} chapters, {len(undefined)} without definition; {counted.en}",
    )
    return Finding(_judged(undefined.empty and passed), figures, "equations")


def _units(results: Results) -> Finding:
    errors = len(results.unit_errors)
    return Finding(_judged(not errors), Text(f"{errors}个错误", f"{errors} errors"), "units")


def _decisive(results: Results) -> Finding:
    decisive = decisive_numbers(results.ranks)
    weak = int(decisive["grade"].isin(["C", "D"]).sum())
    figures = Text(
        f"{len(decisive)}个决定性参数，其中{weak}个为C级或D级（凡显示处均已标明）",
        f"{len(decisive)} decisive numbers, {weak} of them grade C or D (labelled wherever they are shown)",
    )
    return Finding(REPORTED if weak else PASSED, figures, "parameters")


def _integration(results: Results) -> Finding:
    largest = results.integration[["half_step", "euler_against_rk4"]].to_numpy().max()
    figures = Text(f"最大变化{largest:.2%}", f"largest move {100 * largest:.2f} %")
    return Finding(_judged(largest < LARGEST_MOVE), figures, "integration")


def _reproduction(results: Results) -> Finding:
    ahead = results.scores[(results.scores["window"] == "forecast") & results.scores["headline"]]
    won = int((ahead["skill_random_walk"] > 0).sum())
    compared = int(ahead["skill_random_walk"].notna().sum())
    series = results.scores["series"].nunique()
    figures = Text(
        f"{series}个序列；{compared}个可比序列中，{won}个的预测优于随机游走",
        f"{series} series; forecast better than a random walk for {won} of {compared}",
    )
    return Finding(REPORTED, figures, "scores")


def _anomaly(results: Results) -> Finding:
    table = results.knockouts
    wrong, small = table[~table["right_direction"]], table[~table["as_expected"]]
    loops = table["loop"].nunique()
    figures = Text(
        f"{loops}个回路和链接；{len(table)}项变化中，{len(wrong)}项方向错误，{len(small)}项小于预期",
        f"{loops} loops and links; of {len(table)} changes, {len(wrong)} in the wrong direction, "
        f"{len(small)} smaller than expected",
    )
    return Finding(REPORTED if wrong.empty and not small.empty else _judged(wrong.empty), figures, "knockouts")


def _surprises(results: Results) -> Finding:
    figures = Text(f"记录{results.surprises}项意外行为", f"{results.surprises} surprises")
    return Finding(REPORTED if results.surprises else FAILED, figures, "surprises")


def _sensitivity(results: Results) -> Finding:
    figures = Text(
        f"同时抽样{len(results.ranks)}个参数；见docs/evidence/sensitivity.md",
        f"{len(results.ranks)} numbers drawn together; see docs/evidence/sensitivity.md",
    )
    return Finding(REPORTED, figures, "ranks")


def _improvement(results: Results) -> Finding:
    table = forecast_directions(results.years)
    wrong = table[~table["direction_right"]]["series"].tolist()
    zh, en = (
        mark.join(_name_of_series(name, language) for name in wrong) for mark, language in (("、", "zh"), (", ", "en"))
    )
    figures = Text(
        f"{len(table)}个序列中{len(table) - len(wrong)}个方向正确{zh and f'；方向错误：{zh}'}",
        f"{len(table) - len(wrong)} of {len(table)} directions right{en and f'; wrong: {en}'}",
    )
    return Finding(REPORTED if wrong else PASSED, figures, "directions")


def _name_of_series(series: str, language: str) -> str:
    """Name of the indicator that a series is held against."""
    known = all_series().get(series)
    return series if known is None else name_of(known.indicator, language)


def _counted(tests: pd.DataFrame, name: str) -> tuple[Text, bool]:
    """How many tests of an entry were run and failed, and whether there were some and all passed."""
    of_entry = tests[tests["entry"] == name]
    failed = int((~of_entry["passed"]).sum())
    figures = Text(f"{len(of_entry)}项测试，{failed}项未通过", f"{len(of_entry)} tests, {failed} failed")
    return figures, len(of_entry) > 0 and failed == 0
