"""The page of validation tests with their status, and the tables behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.knockouts import results_table
from analysis.sensitivity import TABLE as RANKS
from analysis.validation_tests import (
    SUMMARY,
    Finding,
    Results,
    decisive_numbers,
    entries,
    equations_table,
    findings,
    forecast_directions,
    summary,
    unit_errors,
)
from calibration.posterior import RESULTS
from calibration.series import all_series
from model.inputs import LAST_OBSERVED, START
from model.system import system

from .loop_pages import KNOCKOUTS, stored_rows
from .markdown import table
from .places import EVIDENCE, EVIDENCE_TABLES, ROOT
from .writing import csv_text

PAGE = EVIDENCE / "test_matrix.md"
SURPRISES = EVIDENCE / "surprises.md"
BOUNDARY, INTEGRATION, TESTS = (EVIDENCE_TABLES / f"{name}.csv" for name in ("boundary", "integ", "tests"))
"""Stored results."""
PLACES = {
    "boundary": BOUNDARY,
    "integration": INTEGRATION,
    "tests": TESTS,
    "knockouts": KNOCKOUTS,
    "scores": RESULTS / "scores.csv",
    "ranks": RANKS,
    "surprises": SURPRISES,
    "equations": EVIDENCE_TABLES / "equations.csv",
    "units": EVIDENCE_TABLES / "units.log",
    "parameters": EVIDENCE_TABLES / "parameters.csv",
    "directions": EVIDENCE_TABLES / "holdout.csv",
}
"""File of each table that a finding names as its evidence."""
HEADER = (
    "",
    "检验 / test",
    "方法 / method",
    "标准 / criterion",
    "状态 / status",
    "结果 / result",
    "证据 / evidence",
)
TEXT = """# 模型检验清单 / Validation tests

由 `hebei2025 documents test_matrix` 生成，状态和数字均由程序算出。“reported”表示没有合格标准，或未达到标准而如实列出。

Written by `hebei2025 documents test_matrix`; status and figures are computed. "reported": there is no pass mark, or it
was missed and the figures say by how much. Structure comes before fit: read S before B. Observed years:
{first}-{last}.

{rows}
"""


def validation_tests_files() -> dict[Path, str]:
    """The page, its summary for the app, and the tables that are computed from the model and stored results."""
    results = _results()
    results_by_test = findings(results)
    errors = "\n".join(results.unit_errors) or f"{len(system().variables)} variables: all units agree"
    return {
        PAGE: validation_tests_page(results_by_test),
        SUMMARY: csv_text(summary(results_by_test)),
        PLACES["equations"]: csv_text(results.equations),
        PLACES["units"]: errors + "\n",
        PLACES["parameters"]: csv_text(decisive_numbers(results.ranks).reset_index()),
        PLACES["directions"]: csv_text(forecast_directions(results.years)),
    }


def _results() -> Results:
    return Results(
        boundary=pd.read_csv(BOUNDARY),
        integration=pd.read_csv(INTEGRATION),
        tests=pd.read_csv(TESTS),
        knockouts=results_table(stored_rows()),
        scores=pd.read_csv(RESULTS / "scores.csv"),
        years=_headline(pd.read_csv(RESULTS / "years.csv")),
        ranks=pd.read_csv(RANKS, index_col="number"),
        equations=equations_table(),
        unit_errors=unit_errors(),
        surprises=SURPRISES.read_text(encoding="utf-8").count("\n## "),
    )


def _headline(years: pd.DataFrame) -> pd.DataFrame:
    return years[years["series"].isin([series.id for series in all_series().values() if series.headline])]


def validation_tests_page(results_by_test: Mapping[str, Finding]) -> str:
    """The page, from the finding of each test."""
    rows = []
    for name, one in results_by_test.items():
        texts = [f"{entries()[name][key]['zh']} / {entries()[name][key]['en']}" for key in ("test", "how", "asks")]
        rows.append((name, *texts, f"**{one.status}**", " / ".join(one.figures), _evidence(one)))
    return TEXT.format(first=START, last=LAST_OBSERVED, rows=table(HEADER, rows))


def _evidence(finding: Finding) -> str:
    if finding.evidence is None:
        return ""
    file = PLACES[finding.evidence]
    return f"[{file.relative_to(ROOT)}](../../{file.relative_to(ROOT)})"
