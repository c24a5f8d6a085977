"""The result of a calibration in small files: posterior draws as CSV, everything else as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model.inputs import START
from model.scenario import BASELINE, inputs_of, shipped_scenarios

from .draws import Draws, diagnostics
from .estimated import Estimated, candidates, estimated, values_of_scores
from .likelihood import error_grids, error_sizes
from .mode import Mode
from .normal_scores import Z95
from .plausible import limits
from .series import FOLDER

RESULTS = FOLDER / "results"
WINDOWS = (2015, 2020, 2023)
"""Last years of the observations of the calibrations, the product's last. The first leaves later years for a forecast.
A window needs nothing but observations up to its year, and that `LAST_OBSERVED` (model.inputs) is not earlier."""
DRAWS = 500
QUANTILES = (0.05, 0.5, 0.95)
POOR_R_HAT = 1.01
"""R-hat above which the runs of a calibration do not agree on a parameter."""
LEAST_CONTRACTION = 0.1
"""Contraction below which a parameter counts as not identified by the observations."""


@dataclass(frozen=True)
class Posterior:
    """A calibration to the observations up to `window`: draws (draws, numbers), the mode, and the summary as stored."""

    window: int
    numbers: tuple[Estimated, ...]
    draws: np.ndarray
    mode: np.ndarray
    summary: dict


def summarise(
    window: int,
    numbers: Sequence[Estimated],
    modes: Sequence[Mode],
    draws: Draws,
    refused: pd.DataFrame,
    settings: dict[str, Any],
) -> Posterior:
    """Summarise modes and draws in the stored form; `refused` are the shares of prior draws refused by reason."""
    statistics = diagnostics(draws, [number.id for number in numbers])
    all_values = values_of_scores(numbers, draws.joined)
    best = values_of_scores(numbers, modes[0].scores)
    rows = [
        _described(number, best[k], all_values[:, k]) | {key: float(v) for key, v in statistics.iloc[k].items()}
        for k, number in enumerate(numbers)
    ]
    summary = {
        "window": window,
        "method": draws.method,
        "settings": settings,
        "modes": [
            {"start": m.start, "log_density": m.log_density, "log_likelihood": m.log_likelihood, "runs": m.runs}
            for m in modes
        ],
        "refused": {str(reason): float(share) for reason, share in refused["share"].items()},
        **draws.report,
        "numbers": rows,
        "worst_r_hat": float(statistics["r_hat"].max()),
        "least_ess": float(statistics["ess"].min()),
        "data_hash": data_hash(window),
        "versions": {name: metadata.version(name) for name in ("numpy", "scipy", "wasmtime")},
    }
    chosen = values_of_scores(numbers, draws.thinned(DRAWS, settings.get("seed", 1)))
    return Posterior(window, tuple(numbers), chosen, best, summary)


def _described(number: Estimated, mode: float, values: np.ndarray) -> dict[str, Any]:
    """Prior and posterior of one number."""
    prior = values_of_scores([number], np.array([[-Z95], [0.0], [Z95]]))[:, 0]
    return {
        "id": number.id,
        "grade": number.grade,
        "shape": number.prior.shape,
        "declared": number.declared,
        "low": number.low,
        "high": number.high,
        **{f"prior_p{round(100 * q)}": float(value) for q, value in zip(QUANTILES, prior, strict=True)},
        "mode": float(mode),
        "mean": float(values.mean()),
        **{f"p{round(100 * q)}": float(np.quantile(values, q)) for q in QUANTILES},
    }


def data_hash(window: int) -> str:
    """Hash of what a calibration to `window` reads: observations up to it with their errors, sizes of model errors,
    limits of plausible runs, estimated numbers with their priors, and the yearly levers and drivers of the run "as
    happened" up to it. Names and texts, and later observations, do not count.
    """
    digest = hashlib.sha256()
    for name, grid in error_grids(window).items():
        figures = np.concatenate([grid.positions, grid.observed, grid.measured, [grid.common]])
        digest.update(f"{name} {grid.series.needs} {grid.series.sector} {grid.series.kind} {grid.grade} ".encode())
        digest.update(_digits(figures).encode())
    digest.update(json.dumps(error_sizes()["model"] | {"rho": error_sizes()["correlation"]}, sort_keys=True).encode())
    for limit in limits():
        digest.update(f"{limit.indicator} {limit.sector} {limit.low} {limit.high} {limit.years}\n".encode())
    for number in estimated():
        prior = number.prior
        quantiles = (prior.p5, prior.median, prior.p95)
        digest.update(f"{number.id} {prior.shape} {prior.low} {prior.high} {quantiles}\n".encode())
    _, tables = inputs_of(shipped_scenarios()[BASELINE], np.arange(START, window + 1))
    for name in sorted(tables):
        digest.update(f"{name} {_digits(tables[name])}\n".encode())
    return digest.hexdigest()[:16]


def _digits(values: np.ndarray) -> str:
    return " ".join(f"{value:.12g}" for value in np.ravel(values))


def save(posterior: Posterior, folder: Path = RESULTS) -> Path:
    """Write one calibration into a folder of its window; both files or none."""
    target = folder / f"to_{posterior.window}"
    target.mkdir(parents=True, exist_ok=True)
    table = pd.DataFrame(posterior.draws, columns=[n.id for n in posterior.numbers])
    texts = {
        "draws.csv": table.to_csv(index=False, float_format="%.6g", lineterminator="\n"),
        "summary.json": json.dumps(_rounded(posterior.summary), indent=1, ensure_ascii=False) + "\n",
    }
    for name, text in texts.items():
        (target / f"{name}.part").write_text(text, encoding="utf-8")
    for name in texts:
        (target / f"{name}.part").replace(target / name)
    return target


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def load(window: int, folder: Path = RESULTS) -> Posterior:
    """The stored calibration to the observations up to `window`. Raises ValueError where the model has no longer a
    number that it estimates."""
    source = folder / f"to_{window}"
    summary = json.loads((source / "summary.json").read_text(encoding="utf-8"))
    table = pd.read_csv(source / "draws.csv")
    unknown = [name for name in table.columns if name not in candidates()]
    if unknown:
        raise ValueError(f"{source}: the model has no number {', '.join(unknown)}; calibrate again")
    numbers = tuple(candidates()[name] for name in table.columns)
    mode = np.array([row["mode"] for row in summary["numbers"]])
    return Posterior(window, numbers, table.to_numpy(), mode, summary)
