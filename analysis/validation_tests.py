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
from model.engine.units import check_units
from model.inputs import load_yaml
from model.system import system

from .structure import chapters

ENTRIES = Path(__file__).parent / "validation_tests.yaml"
SUMMARY = RESULTS / "matrix.csv"
"""Status and figures of every test, for the app."""
PASSED, FAILED, REPORTED, NOT_DONE = "passed", "failed", "reported", "not done"
LARGEST_MOVE = 0.01
"""Largest accepted move of an indicator when the step or the method of integration changes."""
DECISIVE = 10
"""Numbers that count as decisive for an indicator."""
AS_HAPPENED = "none"
"""Name of the case of the boundary test in which no driver is fixed."""


@dataclass(frozen=True)
class Finding:
    """Status of a test, its figures in a few words, and the name of the table that shows it (None where there is
    none)."""

    status: str
    figures: str
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
        "P2": lambda results: Finding(NOT_DONE, "no experts were asked", None),
    }
    return {name: judges[name](results) if name in judges else tested(name) for name in entries()}


def summary(results: Mapping[str, Finding]) -> pd.DataFrame:
    """Status and figures of every test as a table."""
    return pd.DataFrame([{"test": n, "status": one.status, "figures": one.figures} for n, one in results.items()])


def _judged(passed: bool) -> str:
    return PASSED if passed else FAILED


def _boundary(results: Results) -> Finding:
    table = results.boundary
    cases = table[table["held"] != AS_HAPPENED]
    reversals = [f"{row.indicator} without {row.held}" for row in cases[cases["reversed"]].itertuples()]
    figures = f"{len(cases)} cases, {len(reversals)} reversals" + (f": {', '.join(reversals)}" if reversals else "")
    return Finding(REPORTED if reversals else PASSED, figures, "boundary")


def _structure(results: Results) -> Finding:
    table = results.equations
    # The inside of a delay is described by the delay that it belongs to.
    undefined = table[(table["definition"].str.strip() == "") & ~table["variable"].str.startswith("_")]
    counted, passed = _counted(results.tests, "S2")
    figures = f"{len(table)} variables in {len(chapters())} chapters, {len(undefined)} without definition; {counted}"
    return Finding(_judged(undefined.empty and passed), figures, "equations")


def _units(results: Results) -> Finding:
    return Finding(_judged(not results.unit_errors), f"{len(results.unit_errors)} errors", "units")


def _decisive(results: Results) -> Finding:
    decisive = decisive_numbers(results.ranks)
    weak = int(decisive["grade"].isin(["C", "D"]).sum())
    figures = f"{len(decisive)} decisive numbers, {weak} of them grade C or D (labelled wherever they are shown)"
    return Finding(REPORTED if weak else PASSED, figures, "parameters")


def _integration(results: Results) -> Finding:
    largest = results.integration[["half_step", "euler_against_rk4"]].to_numpy().max()
    return Finding(_judged(largest < LARGEST_MOVE), f"largest move {largest:.2%}", "integration")


def _reproduction(results: Results) -> Finding:
    ahead = results.scores[(results.scores["window"] == "forecast") & results.scores["headline"]]
    won = int((ahead["skill_random_walk"] > 0).sum())
    compared = int(ahead["skill_random_walk"].notna().sum())
    series = results.scores["series"].nunique()
    return Finding(REPORTED, f"{series} series; forecast better than a random walk for {won} of {compared}", "scores")


def _anomaly(results: Results) -> Finding:
    table = results.knockouts
    wrong, small = table[~table["right_direction"]], table[~table["as_expected"]]
    figures = (
        f"{table['loop'].nunique()} loops and links; of {len(table)} changes {len(wrong)} go the wrong way, "
        f"{len(small)} are smaller than was expected"
    )
    return Finding(REPORTED if wrong.empty and not small.empty else _judged(wrong.empty), figures, "knockouts")


def _surprises(results: Results) -> Finding:
    return Finding(REPORTED if results.surprises else FAILED, f"{results.surprises} surprises", "surprises")


def _sensitivity(results: Results) -> Finding:
    figures = f"{len(results.ranks)} numbers drawn together; see docs/evidence/sensitivity.md"
    return Finding(REPORTED, figures, "ranks")


def _improvement(results: Results) -> Finding:
    table = forecast_directions(results.years)
    wrong = table[~table["direction_right"]]["series"].tolist()
    figures = f"{len(table) - len(wrong)} of {len(table)} directions right"
    figures += f"; wrong: {', '.join(wrong)}" if wrong else ""
    return Finding(REPORTED if wrong else PASSED, figures, "directions")


def _counted(tests: pd.DataFrame, name: str) -> tuple[str, bool]:
    """How many tests of an entry were run and failed, and whether there were some and all passed."""
    of_entry = tests[tests["entry"] == name]
    failed = int((~of_entry["passed"]).sum())
    return f"{len(of_entry)} tests, {failed} failed", len(of_entry) > 0 and failed == 0
