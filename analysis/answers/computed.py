"""Computing the stored answers: three experiments, what they say, and the attribution of the past."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.attribution import attributions
from analysis.experiments.design import MORRIS, SALTELLI, Design
from analysis.experiments.design_reading import load_design
from analysis.experiments.execution import run_experiment
from analysis.experiments.finished import Question, adapted
from analysis.experiments.identity import identity_of
from analysis.global_sensitivity import sensitivity
from analysis.robustness.choice import Robust, robust
from analysis.robustness.records import order_record
from analysis.robustness.target_results import column_of
from batch.manifest import arrays_hash, model_hash
from calibration.posterior import WINDOWS, load
from calibration.process_noise import noises
from model.engine.horizon import Horizon
from model.inputs import START
from model.scenario import BASELINE, inputs_of, shipped_scenarios
from model.targets import modelled_targets

from . import asked
from .files import ATTRIBUTION, CHOICES, SENSITIVITY, TARGETS

SHOWN_NUMBERS = 12
"""Numbers whose worth is stored, those with the largest first."""
NUMBERS = {
    SALTELLI: ("first", "first_confidence", "total", "total_confidence"),
    MORRIS: ("mu_star", "mu_star_confidence", "mu", "sigma"),
}
Say = Callable[[str], None]
Answers = list[dict[str, Any]]


@functools.cache
def design_of(kind: str) -> Design:
    """The design of `asked.DESIGNS`, keeping everything that is asked, with all policies it is asked about."""
    screened = kind == asked.SCREENED
    policies = (asked.REFERENCE, asked.WHOLE) if screened else asked.POLICIES
    wished = () if screened else tuple((column_of(one), one.year) for one in modelled_targets())
    question = Question(asked.INDICATORS, asked.YEARS, policies, wished=wished)
    return adapted(load_design(asked.DESIGNS[kind]), question)


def present_hashes(name: str) -> dict[str, dict[str, str]]:
    """Hashes of what the answers of a file are computed from, as they are now."""
    if name == ATTRIBUTION:
        return {BASELINE: _attribution_hashes()}
    kinds = (asked.PRIORS, asked.SCREENED) if name == SENSITIVITY else tuple(asked.UNDER)
    return {kind: identity_of(design_of(kind)) for kind in kinds}


def _attribution_hashes() -> dict[str, str]:
    posterior = load(WINDOWS[-1])
    constants, tables = inputs_of(shipped_scenarios()[BASELINE], Horizon(START, asked.UNTIL[-1]).path_years)
    return {
        "model_hash": model_hash(),
        "data_hash": arrays_hash({**constants, **tables, "draws": posterior.draws}),
        "disturbances": repr(noises()),
    }


def computed_answers(say: Say) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names of the stored files with their records, each as soon as it is ready; `say` is told what is next."""
    with tempfile.TemporaryDirectory() as place:
        folders = {}
        for kind in asked.DESIGNS:
            say(f"runs of {asked.DESIGNS[kind]}")
            folders[kind] = run_experiment(design_of(kind), Path(place) / kind)
        say("sensitivity")
        yield SENSITIVITY, _record(SENSITIVITY, _sensitivities(folders))
        choices, targets = _choices(folders, say)
        yield CHOICES, _record(CHOICES, choices)
        yield TARGETS, _record(TARGETS, targets)
    say("attribution")
    found = attributions(asked.SPLIT, asked.UNTIL, asked.FROM)
    answers = [{**table.attrs, "table": columns_of(table)} for table in found.values()]
    yield ATTRIBUTION, _record(ATTRIBUTION, answers)


def _record(name: str, answers: Answers) -> dict[str, Any]:
    return {"hashes": present_hashes(name), "answers": answers}


def columns_of(table: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns of a table as lists, None where there is no value."""
    return {
        str(name): [None if value != value else value for value in column.tolist()] for name, column in table.items()
    }


def _sensitivities(folders: dict[str, Path]) -> Answers:
    answers = []
    for kind in (asked.PRIORS, asked.SCREENED):
        for indicator in asked.INDICATORS:
            for year in asked.YEARS:
                for measure in asked.MEASURES:
                    answers.append(_sensitivity(folders[kind], indicator, year, measure))
    return answers


def _sensitivity(folder: Path, indicator: str, year: int, measure: str) -> dict[str, Any]:
    if measure == asked.LEVEL:
        table = sensitivity(folder, indicator, year, policy=asked.WHOLE)
    else:
        table = sensitivity(folder, indicator, year, difference=(asked.WHOLE, asked.REFERENCE))
    facts = {key: table.attrs[key] for key in ("method", "unit", "points", "dropped", "mean", "deviation")}
    columns = columns_of(table[["number", *NUMBERS[facts["method"]]]])
    return {"indicator": indicator, "year": year, "measure": measure, **facts, "table": columns}


def _choices(folders: dict[str, Path], say: Say) -> tuple[Answers, Answers]:
    """The answers about choices, and those about targets, which are the same for every indicator."""
    wanted = [
        (policies, under, indicator, year, better)
        for policies in asked.SETS
        for under, years in asked.UNDER.items()
        for indicator in asked.INDICATORS
        for year in years
        for better in asked.better_of(indicator)
    ]
    choices: Answers = []
    targets: dict[tuple[str, str], dict[str, Any]] = {}
    for done, (policies, under, indicator, year, better) in enumerate(wanted):
        say(f"choice {done + 1} of {len(wanted)}")
        found = robust(folders[under], indicator, year, better, asked.SETS[policies])
        head = {"set": policies, "under": under}
        choices.append({**head, "indicator": indicator, "year": year, "better": better, **_choice(found)})
        table = found.targets[["policy", "target", "band", "p5", "p50", "p95", "probability"]]
        targets[policies, under] = {**head, "runs": found.runs, "table": columns_of(table)}
    return choices, list(targets.values())


def _choice(found: Robust) -> dict[str, Any]:
    return {
        **{"unit": found.unit, "runs": found.runs, "dropped": found.dropped},
        "everything": found.information.attrs["everything"],
        "policies": columns_of(found.policies),
        "information": columns_of(found.information.head(SHOWN_NUMBERS)),
        "orders": [order_record(order) for order in found.orders],
    }
