"""The stored results behind some documents: computing them takes minutes, so it is done on request only.

Each function yields files with their new texts as they are ready, and calls `progress` with what it does next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analysis import ablations, projections, sensitivity, validation_runs
from analysis.answers import files
from analysis.answers.computed import computed_answers
from analysis.experiments import answers
from analysis.knockouts import results_table, run_knockouts
from analysis.optimisation import questions
from calibration import folds, screening, synthetic
from calibration.forecast import all_scores, all_years, paths_of, validated_windows
from calibration.posterior import WINDOWS, load

from .find_page import FOUND
from .loop_pages import KNOCKOUTS
from .validation_page import SCORES, YEARS
from .validation_tests_page import BOUNDARY, INTEGRATION, TESTS
from .writing import csv_text, rounded

Progress = Callable[[str], None]
Texts = dict[Path, str]
FULL = WINDOWS[-1]


def knockout_results(progress: Progress) -> Iterator[Texts]:
    """Runs with and without each loop."""
    progress("runs with and without each loop")
    yield {KNOCKOUTS: csv_text(results_table(run_knockouts()))}


def screening_results(progress: Progress) -> Iterator[Texts]:
    """Influence of every number on what is observed."""
    progress("every number at both ends of its range")
    yield {screening.TABLE: csv_text(screening.screening().reset_index(), digits=4)}


def validation_results(progress: Progress) -> Iterator[Texts]:
    """Scores of the forecasts and fits of the stored calibrations, and of every fold."""
    paths = []
    for window in validated_windows():
        progress(f"runs of every draw of the calibration to {window}")
        paths.append(paths_of(load(window)))
    yield {SCORES: csv_text(all_scores(paths)), YEARS: csv_text(all_years(paths))}
    windows = folds.fold_windows()
    progress(f"forecasts from data to {', '.join(map(str, windows))}")
    yield {folds.TABLE: csv_text(folds.fold_table(windows), digits=4)}


def sensitivity_results(progress: Progress) -> Iterator[Texts]:
    """Single moves, rank correlations and effects of the packages."""
    progress("runs with every number moved, then with all numbers drawn together")
    result = sensitivity.sensitivity(load(FULL))
    yield {
        sensitivity.TABLE: csv_text(sensitivity.rank_table(result).reset_index(), digits=4),
        sensitivity.PACKAGE_TABLE: csv_text(sensitivity.package_table(result)),
        sensitivity.INDICATOR_TABLE: csv_text(sensitivity.indicator_table(result)),
    }


def ablation_results(progress: Progress) -> Iterator[Texts]:
    """The model without each of its structural changes."""
    rows: list[dict] = []
    for ablation in ablations.ablations().values():
        progress(ablation.name.en)
        rows += ablations.ablation_rows(ablation)
    yield {ablations.TABLE: csv_text(pd.DataFrame(rows), digits=4)}


def design_results(progress: Progress) -> Iterator[Texts]:
    """The shipped designs, run one after the other."""
    tables = list(answers.shipped_answers(progress))
    yield {answers.TABLE: csv_text(pd.concat(tables, ignore_index=True), digits=5)}


def robust_results(progress: Progress) -> Iterator[Texts]:
    """Answers about what decides, a choice, and what was policy."""
    for name, record in computed_answers(progress):
        yield {files.file_of(name): files.text_of(rounded(record, digits=5))}
        files.stored.cache_clear()


def projection_results(progress: Progress) -> Iterator[Texts]:
    """Bands under each path of the drivers."""
    progress("bands under each path of the drivers")
    yield {projections.TABLE: csv_text(projections.table(projections.projections(load(FULL))))}


def synthetic_results(progress: Progress) -> Iterator[Texts]:
    """The sets of synthetic data that are missing, one by one."""
    progress("sets of synthetic data, about five minutes each")
    for table in synthetic.missing_sets():
        yield {synthetic.FILE: csv_text(table, digits=4)}
        progress(f"{table['set'].nunique()} of {synthetic.SETS} sets")


def validation_test_results(progress: Progress) -> Iterator[Texts]:
    """Boundary test, integration error, and the files of tests."""
    progress("packages with each driver held")
    yield {BOUNDARY: csv_text(validation_runs.boundary_table())}
    progress("half the step, and another method")
    yield {INTEGRATION: csv_text(validation_runs.integration_table().reset_index())}
    yield {TESTS: csv_text(validation_runs.tests_table(progress))}


def find_results(progress: Progress) -> Iterator[Texts]:
    """Answers to the questions about targets, budgets and the frontier."""
    rows: list[pd.DataFrame] = []
    for question in questions.QUESTIONS:
        progress(question.en)
        rows.append(questions.answer_rows(question))
    progress("the frontier")
    rows.append(questions.frontier_rows())
    yield {FOUND: csv_text(pd.concat(rows), digits=6)}


def stored_table(file: Path, index: str | None = None) -> pd.DataFrame:
    """A stored table. Raises FileNotFoundError where it has not been computed yet."""
    return pd.read_csv(file, index_col=index)
