"""Expectations registered beside a forecast, and the verdict on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from model.engine.text import Text

from .registered_forecast import EXPECTATIONS, Registered, RegistrationError, file_hash

STATISTICS = ("mean", "largest")
FAILURES_THAT_REFUTE = 3
"""Failures that mean that the structure is wrong, and not its numbers."""


@dataclass(frozen=True)
class Verdict:
    """Whether an expectation is met (None: not known yet), the value and its limit, and how many of its years have an
    outcome."""

    id: str
    text: Text
    met: bool | None
    value: float | None
    limit: float
    years: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


def read_expectations(file: Path = EXPECTATIONS) -> dict[str, Any]:
    """The name of the forecast that the expectations are about, and the expectations by id."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def verdicts(
    forecasts: Sequence[Registered], scores: pd.DataFrame | None = None, file: Path = EXPECTATIONS
) -> list[Verdict]:
    """The verdict on every expectation, from the scores of `score_outcomes` where there are outcomes.

    Raises RegistrationError where the file was changed after the forecast it belongs to was registered.
    """
    stated = read_expectations(file)
    by_name = {forecast.name: forecast for forecast in forecasts}
    judged = by_name.get(stated["forecast"])
    if judged is not None and judged.record["expectations_sha256"] != file_hash(file.read_bytes()):
        raise RegistrationError(f"{file}: changed after {judged.name} was registered on {judged.record['registered']}")
    return [_verdict(name, entry, judged, by_name, scores) for name, entry in stated["expectations"].items()]


def _verdict(
    name: str,
    entry: Mapping[str, Any],
    judged: Registered | None,
    by_name: Mapping[str, Registered],
    scores: pd.DataFrame | None,
) -> Verdict:
    text = Text(entry["zh"], entry["en"])
    limit = float(entry.get("limit", 0))
    if judged is None:
        return Verdict(name, text, None, None, limit)
    if entry["kind"] == "contracts":
        return _on_contracts(name, text, judged)
    if entry["kind"] == "log_likelihood":
        return _on_likelihood(name, text, limit, judged, by_name.get(entry["against"]))
    if entry["kind"] == "outcome":
        return _on_outcomes(name, text, entry, judged, scores)
    raise RegistrationError(
        f"expectation {name}: kind {entry['kind']!r} is unknown; allowed: outcome, log_likelihood, contracts"
    )


def _on_contracts(name: str, text: Text, judged: Registered) -> Verdict:
    """Failed contracts, none of which are allowed."""
    contracts = judged.record["contracts"]
    if contracts is None:
        return Verdict(name, text, None, None, 0.0)
    failed = sum(not passed for passed in contracts.values())
    return Verdict(name, text, failed == 0, float(failed), 0.0)


def _on_likelihood(name: str, text: Text, limit: float, judged: Registered, reference: Registered | None) -> Verdict:
    """Loss of log likelihood against another edition."""
    if reference is None:
        return Verdict(name, text, None, None, limit)
    loss = reference.record["log_likelihood"]["best"] - judged.record["log_likelihood"]["best"]
    return Verdict(name, text, loss <= limit, loss, limit)


def _on_outcomes(
    name: str, text: Text, entry: Mapping[str, Any], judged: Registered, scores: pd.DataFrame | None
) -> Verdict:
    """Mean or largest absolute error over the years that have an outcome."""
    if entry["statistic"] not in STATISTICS:
        raise RegistrationError(
            f"expectation {name}: statistic {entry['statistic']!r} is unknown; allowed: {', '.join(STATISTICS)}"
        )
    wanted, limit = tuple(entry["years"]), float(entry["limit"])
    observed = tuple(entry["observed"])
    ids = [identity for identity, series in judged.series().items() if series.observed == observed]
    if not ids:
        raise RegistrationError(f"expectation {name}: {judged.name} has no series {observed[0]}, {observed[1]}")
    if scores is None or scores.empty:
        return Verdict(name, text, None, None, limit, (), wanted)
    mine = scores[(scores["forecast"] == judged.name) & (scores["series"] == ids[0]) & scores["year"].isin(wanted)]
    errors, years = mine["error"].abs(), tuple(int(year) for year in mine["year"])
    missing = tuple(year for year in wanted if year not in years)
    if errors.empty:
        return Verdict(name, text, None, None, limit, (), missing)
    value = float(errors.mean() if entry["statistic"] == "mean" else errors.max())
    return Verdict(name, text, value <= limit, value, limit, years, missing)
