"""A finished experiment as analyses read it: from its folder, or from a design that is run for that."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from batch.manifest import MANIFEST
from calibration.posterior import WINDOWS
from model.engine.progress import Progress, ignored
from model.run import indicator_names
from model.scenario import Scenario, load_scenario, shipped_scenarios
from model.scenario.problems import suggestion

from .dataset import open_experiment
from .design import FILE, POSTERIOR, SOBOL, Design, Kept, PosteriorPart, Sample
from .design_kept import kept_of
from .design_reading import load_design
from .design_source import Source
from .execution import run_experiment

TOTAL = "_total"
"""End of the names of numbers that are added up over the years."""


class AnswerError(ValueError):
    """A question that an experiment cannot answer; the message says what is allowed."""


@dataclass(frozen=True)
class Question:
    """What is asked of an experiment: numbers, years and policies (none: those of the experiment), and for a design
    another method of sampling and another size."""

    indicators: tuple[str, ...]
    years: tuple[int, ...]
    policies: tuple[str, ...] = ()
    method: str | None = None
    size: int | None = None
    wished: tuple[tuple[str, int], ...] = ()
    """Further numbers and years, which a design is made to keep and a folder may lack."""


@dataclass(frozen=True)
class Finished:
    """Results over run, policy and year, how their sample was made, and from which calibration draws came (None where
    they came from none)."""

    names: tuple[str, ...]
    method: str
    size: int
    seed: int
    window: int | None
    disturbed: bool
    results: xr.Dataset

    @cached_property
    def runs(self) -> int:
        """Points of the sample."""
        return self.results.sizes["run"]

    @property
    def policies(self) -> tuple[str, ...]:
        """Names of the policies."""
        return tuple(map(str, self.results["policy"].to_numpy()))

    def unit(self, indicator: str) -> str:
        """Unit of a kept number."""
        return str(self.results[indicator].attrs.get("units", ""))

    def has(self, indicator: str, year: int) -> bool:
        """Whether a number was kept in a year."""
        return indicator in self.results and year in self.results["year"].to_numpy()

    def values(self, indicator: str, policy: str, year: int) -> np.ndarray:
        """A number at every point of the sample; where single projects were simulated, its mean over replications."""
        found = self.results[indicator].sel(policy=policy, year=year)
        return (found.mean("replication") if "replication" in found.dims else found).to_numpy().astype(float)


@contextlib.contextmanager
def finished(source: str | Path, question: Question, progress: Progress = ignored) -> Iterator[Finished]:
    """The experiment that answers a question: that of a folder, or a design (a file, or the name of a shipped one),
    which is run into a temporary folder, keeping what is asked for and nothing else.

    Raises an `AnswerError` where the experiment has no answer, a `ScenarioError` for a faulty design.
    """
    source = Path(source)
    if source.is_dir():
        yield _of_folder(source, question)
        return
    design = adapted(load_design(source), question)
    with tempfile.TemporaryDirectory() as place:
        folder = run_experiment(design, Path(place) / "experiment", progress=progress)
        drawn = [part for _, part in design.parts_of(PosteriorPart)]
        sample = design.sample
        yield Finished(
            design.names,
            sample.method,
            sample.size,
            sample.seed,
            drawn[0].window if drawn else None,
            bool(drawn) and drawn[0].disturbed,
            open_experiment(folder),
        )


def _of_folder(folder: Path, question: Question) -> Finished:
    if question.method is not None or question.size is not None:
        raise AnswerError(f"{folder} is sampled already: another method or size goes with a design")
    results = open_experiment(folder)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    kept = [entry["name"] for entry in manifest["kept"]]
    _require(f"{folder}: no kept number", question.indicators, kept)
    _require(f"{folder}: no kept year", map(str, question.years), list(map(str, manifest["years"])))
    _require(f"{folder}: no policy", question.policies, manifest["policies"])
    sample, names = manifest["design"].get("sample", {}), tuple(manifest["dimensions"])
    drawn = _posterior(manifest["design"])
    return Finished(
        names,
        sample.get("method", FILE if "file" in sample else SOBOL),
        sample.get("size", Sample.size),
        manifest["seed"],
        None if drawn is None else drawn.get("window", WINDOWS[-1]),
        drawn is not None and drawn.get("disturbances", False),
        results,
    )


def _posterior(design: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the file of a design says about draws of a calibration."""
    given = design.get("vary", {}).get("parameters", {})
    given = {"from": given} if isinstance(given, str) else given
    return given if given.get("from") == POSTERIOR else None


def _require(what: str, wanted: Sequence[str] | Iterator[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name not in known:
            raise AnswerError(f"{what} {name!r}; {suggestion(name, known)}")


def adapted(design: Design, question: Question) -> Design:
    """The design, keeping what is asked for, with other policies, method or size where they are asked for."""
    policies = tuple(_policy(name, design) for name in question.policies) or design.policies
    changes = {key: value for key in ("method", "size") if (value := getattr(question, key)) is not None}
    wished = question.wished
    kept = kept_numbers((*question.indicators, *(name for name, _ in wished)))
    years = tuple(sorted({*question.years, *(year for _, year in wished)}))
    sample = dataclasses.replace(design.sample, **changes)
    return dataclasses.replace(design, policies=policies, sample=sample, kept=kept, years=years, projects=None)


def _policy(name: str, design: Design) -> Scenario:
    """A policy of the design, a shipped scenario, or that in a file."""
    known = {**shipped_scenarios(), **{policy.name: policy for policy in design.policies}}
    if name in known:
        return known[name]
    if Path(name).is_file():
        return load_scenario(Path(name))
    raise AnswerError(f"no policy {name!r}; {suggestion(name, known)}, or a scenario file")


def kept_numbers(names: Sequence[str]) -> tuple[Kept, ...]:
    """What a design keeps for these numbers. Raises an `AnswerError` for one that the model does not have."""
    totals = [n.removesuffix(TOTAL) for n in names if n.endswith(TOTAL) and n not in indicator_names()]
    plain = [n for n in names if not n.endswith(TOTAL) or n in indicator_names()]
    keep = {key: list(dict.fromkeys(v)) for key, v in (("indicators", plain), ("totals", totals)) if v}
    source = Source({"keep": keep}, {(): ("", 0)}, Path())
    kept = {one.name: one for one in kept_of(source)[0]}
    if source.problems:
        raise AnswerError("\n".join(problem.message for problem in source.problems))
    for name in names:
        if name not in kept:
            own = [one for one in kept if one.partition(".")[0] == name]
            raise AnswerError(f"{name} has no single value a year; allowed: {', '.join(own)}")
    return tuple(kept.values())
