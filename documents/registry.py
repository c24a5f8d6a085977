"""Every generated document: its files, what they are written from, and how stored results behind them are renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import ablations, projections, sensitivity
from analysis.experiments import answers
from analysis.experiments.design_schema import design_schema_text
from calibration import folds, screening, synthetic
from calibration.defaults import files_with_medians
from calibration.outcome_scores import REGISTERED_SCORES
from model import parameter_files
from model.scenario.schema import schema_text

from . import stored_results
from .ablations_page import ablations_page
from .calibration_page import calibration_page
from .cross_checks_page import cross_checks_page
from .decomposition_page import decomposition_page
from .designs_page import designs_page
from .dose_response_page import dose_response_page
from .find_page import FOUND, find_page
from .fit_page import fit_page
from .lessons_page import PAGES as LESSON_PAGES
from .lessons_page import lessons_page
from .lever_pages import lever_files
from .loop_pages import knockouts_page, loops_page
from .model_pages import model_files
from .places import DOCS, EVIDENCE, ROOT
from .projections_page import projections_page
from .registered_forecast_page import registered_forecast_page, registered_scores_text
from .robust_page import PAGES as ROBUST_PAGES
from .robust_page import robust_page
from .screening_page import screening_page
from .sensitivity_page import sensitivity_page
from .series_pages import series_files
from .stored_results import stored_table
from .synthetic_page import synthetic_page
from .validation_page import SCORES, YEARS, validation_page
from .validation_tests_page import PAGE as VALIDATION_TESTS
from .validation_tests_page import validation_tests_files
from .weaknesses_page import weaknesses_page

Texts = dict[Path, str]
SCHEMA = ROOT / "scenarios" / "scenario.schema.json"
DESIGN_SCHEMA = ROOT / "scenarios" / "designs" / "design.schema.json"
MODEL, LEVERS, SERIES = DOCS / "model", DOCS / "levers", EVIDENCE / "series"
LOOPS, KNOCKOUTS = MODEL / "loops.md", MODEL / "knockouts.md"


@dataclass(frozen=True)
class Document:
    """A generated document.

    `place` is its file, or a folder of files. `texts` gives all its files from the model, its data and stored results,
    within seconds. `compute` renews the stored results, which takes `minutes`; None where there are none. With
    `folder`, Markdown files in `place` that are neither among its files nor among `others` are left over from before.
    """

    name: str
    title: str
    written_from: str
    place: Path
    texts: Callable[[], Texts]
    compute: Callable[[stored_results.Progress], Iterator[Texts]] | None = None
    minutes: int = 0
    folder: bool = False
    others: tuple[Path, ...] = ()

    def leftovers(self, texts: Texts) -> list[Path]:
        """Pages in the folder of the document that no document writes any more."""
        known = {*texts, *self.others}
        return sorted(file for file in self.place.glob("*.md") if file not in known) if self.folder else []


def _one(
    name: str,
    title: str,
    written_from: str,
    file: Path,
    text: Callable[[], str],
    compute: Callable[[stored_results.Progress], Iterator[Texts]] | None = None,
    minutes: int = 0,
) -> Document:
    """A document of one file."""
    return Document(name, title, written_from, file, lambda: {file: text()}, compute, minutes)


DOCUMENTS = {
    document.name: document
    for document in (
        Document(
            "parameter_values",
            "Values of the estimated parameters",
            "calibration/results/to_2023",
            parameter_files.FOLDER,
            files_with_medians,
        ),
        _one("design_schema", "JSON Schema of design files", "model, calibration", DESIGN_SCHEMA, design_schema_text),
        _one("scenario_schema", "JSON Schema of scenario files", "model", SCHEMA, schema_text),
        Document(
            "model",
            "The equations by chapter, and the boundary of the model",
            "model, analysis/boundary.yaml",
            MODEL,
            model_files,
            folder=True,
            others=(LOOPS, KNOCKOUTS),
        ),
        _one("loops", "Feedback loops with their polarity", "model, analysis/knockouts.yaml", LOOPS, loops_page),
        _one(
            "knockouts",
            "What each feedback loop explains",
            "analysis/knockouts.yaml, docs/evidence/matrix/anomaly.csv",
            KNOCKOUTS,
            knockouts_page,
            compute=stored_results.knockout_results,
            minutes=1,
        ),
        Document("levers", "The levers", "model", LEVERS, lever_files, folder=True),
        _one(
            "lessons",
            "Teacher notes and role cards of the lessons",
            "views/pages/classroom/data, model",
            LESSON_PAGES["en"],
            lambda: lessons_page("en"),
        ),
        _one(
            "lessons_zh",
            "课程的教师备课与角色卡",
            "views/pages/classroom/data, model",
            LESSON_PAGES["zh"],
            lambda: lessons_page("zh"),
        ),
        Document(
            "series",
            "Observed series with sources and grades",
            "calibration/data/observations.csv, calibration/series.yaml",
            SERIES,
            series_files,
            folder=True,
        ),
        _one(
            "calibration",
            "Estimated numbers and diagnostics",
            "calibration/results/to_*",
            EVIDENCE / "calibration.md",
            calibration_page,
        ),
        _one(
            "screening",
            "Which numbers observations can say anything about",
            "calibration/results/screening.csv",
            EVIDENCE / "screening.md",
            lambda: screening_page(stored_table(screening.TABLE)),
            compute=stored_results.screening_results,
            minutes=2,
        ),
        _one(
            "validation",
            "Forecasts, folds and fits",
            "calibration/results/*s.csv",
            EVIDENCE / "validation.md",
            lambda: validation_page(stored_table(SCORES), stored_table(YEARS), stored_table(folds.TABLE)),
            compute=stored_results.validation_results,
            minutes=6,
        ),
        _one(
            "registered_forecast",
            "Registered forecasts and how they came out",
            "calibration/registered, calibration/data/observations.csv",
            EVIDENCE / "registered_forecast.md",
            registered_forecast_page,
        ),
        _one(
            "registered_scores",
            "Scores of the registered forecasts",
            "calibration/registered, calibration/data/observations.csv",
            REGISTERED_SCORES,
            registered_scores_text,
        ),
        _one("fit_table", 'The run "as happened" against observations', "model", DOCS / "fit_table.md", fit_page),
        _one(
            "weaknesses",
            "Weaknesses of the model",
            "calibration/weaknesses.yaml",
            EVIDENCE / "weaknesses.md",
            weaknesses_page,
        ),
        _one(
            "cross_checks",
            "Cross-checks with published studies",
            "model, analysis/cross_checks.yaml, calibration/data",
            EVIDENCE / "cross_checks.md",
            cross_checks_page,
        ),
        _one(
            "decomposition",
            "What changed energy and emissions",
            "model, calibration/data/observations.csv",
            EVIDENCE / "decomposition.md",
            decomposition_page,
        ),
        _one(
            "dose_response",
            "Dose response of the levers, and what is required of it",
            "model, analysis/lever_expectations.yaml",
            EVIDENCE / "dose_response.md",
            dose_response_page,
        ),
        _one(
            "ablations",
            "What each structural change of the model did",
            "analysis/ablations.yaml, calibration/results/ablations.csv",
            EVIDENCE / "ablations.md",
            lambda: ablations_page(stored_table(ablations.TABLE)),
            compute=stored_results.ablation_results,
            minutes=3,
        ),
        _one(
            "designs",
            "The shipped designs of experiments and what they showed",
            "scenarios/designs, calibration/results/designs.csv",
            DOCS / "designs.md",
            lambda: designs_page(stored_table(answers.TABLE)),
            compute=stored_results.design_results,
            minutes=2,
        ),
        _one(
            "robust",
            "What decides, how sure a choice is, and what was policy",
            "calibration/results/answers",
            ROBUST_PAGES["en"],
            lambda: robust_page("en"),
            compute=stored_results.robust_results,
            minutes=6,
        ),
        _one(
            "robust_zh",
            "什么起决定作用、选择有多大把握、变化中有多少是政策",
            "calibration/results/answers",
            ROBUST_PAGES["zh"],
            lambda: robust_page("zh"),
        ),
        _one(
            "find",
            "Cheapest mixes for the targets, and the frontier",
            "docs/evidence/matrix/find.csv",
            EVIDENCE / "find.md",
            lambda: find_page(stored_table(FOUND)),
            compute=stored_results.find_results,
            minutes=3,
        ),
        _one(
            "projections",
            "Projections to 2035",
            "calibration/results/projections.csv",
            EVIDENCE / "projections.md",
            lambda: projections_page(stored_table(projections.TABLE)),
            compute=stored_results.projection_results,
            minutes=2,
        ),
        _one(
            "sensitivity",
            "Which uncertain numbers decide the results",
            "calibration/results/sensitivity*.csv",
            EVIDENCE / "sensitivity.md",
            lambda: sensitivity_page(
                stored_table(sensitivity.TABLE, "number"),
                stored_table(sensitivity.PACKAGE_TABLE),
                stored_table(sensitivity.INDICATOR_TABLE),
            ),
            compute=stored_results.sensitivity_results,
            minutes=3,
        ),
        _one(
            "synthetic",
            "Test of the calibration on synthetic data",
            "calibration/results/synthetic.csv",
            EVIDENCE / "synthetic.md",
            lambda: synthetic_page(synthetic.stored()),
            compute=stored_results.synthetic_results,
            minutes=40,
        ),
        Document(
            "test_matrix",
            "Validation tests of a system-dynamics model",
            "model, analysis/*_tests.yaml, docs/evidence/matrix, calibration/results",
            VALIDATION_TESTS,
            validation_tests_files,
            compute=stored_results.validation_test_results,
            minutes=5,
        ),
    )
}
"""All documents in the order in which they are written: later ones may be written from results of earlier ones."""
