"""The result of a calibration in small files: posterior draws as CSV, everything else as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED, START
from model.scenario import BASELINE, inputs_of, shipped_scenarios

from .estimated import Estimated, candidates, values_at
from .modes import Mode
from .observations import DATA
from .sampling import Settings, diagnostics, stuck_walkers, thinned, without_burn_in
from .series import FOLDER

RESULTS = FOLDER / "results"
WINDOWS = (2015, 2020)
"""Last years of the two calibrations: the first leaves 2016-2020 for a forecast, the second is the product's."""
DRAWS = 500
QUANTILES = (0.05, 0.5, 0.95)
POOR_R_HAT = 1.01
"""R-hat above which the chains of a parameter have not converged."""
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
    window: int, numbers: Sequence[Estimated], modes: Sequence[Mode], chains: np.ndarray, settings: Settings
) -> Posterior:
    """Summarise modes and chains in the stored form."""
    names = [number.id for number in numbers]
    statistics = diagnostics(chains, names)
    all_values = values_at(numbers, without_burn_in(chains).reshape(-1, len(numbers)))
    best, partial = (values_at(numbers, places) for places in (modes[0].places, modes[0].partial))
    rows = []
    for position, number in enumerate(numbers):
        values = all_values[:, position]
        quantiles = {f"p{round(100 * q)}": float(np.quantile(values, q)) for q in QUANTILES}
        rows.append(
            {
                "id": number.id,
                "grade": number.grade,
                "low": number.low,
                "high": number.high,
                "partial": float(partial[position]),
                "mode": float(best[position]),
                "mean": float(values.mean()),
                **quantiles,
                **{key: float(value) for key, value in statistics.loc[number.id].items()},
            }
        )
    summary = {
        "window": window,
        "settings": asdict(settings),
        "modes": [{"start": m.start, "log_density": m.log_density, "runs": m.runs} for m in modes],
        "numbers": rows,
        "worst_r_hat": float(statistics["r_hat"].max()),
        "least_ess": float(statistics["ess"].min()),
        "stuck_walkers": stuck_walkers(chains),
        "data_hash": data_hash(),
        "versions": {name: metadata.version(name) for name in ("emcee", "numpy", "scipy", "wasmtime")},
    }
    draws = values_at(numbers, thinned(chains, min(DRAWS, without_burn_in(chains)[..., 0].size), settings.seed))
    return Posterior(window, tuple(numbers), draws, best, summary)


def data_hash() -> str:
    """Hash of what a calibration reads: observations, series, errors and estimated numbers with their ranges, and the
    yearly levers and drivers of the run "as happened" up to the last observed year. Names and texts do not count.
    """
    digest = hashlib.sha256()
    for file in (DATA / "observations.csv", *(FOLDER / f"{n}.yaml" for n in ("series", "errors", "estimated"))):
        digest.update(file.read_bytes())
    _, tables = inputs_of(shipped_scenarios()[BASELINE], np.arange(START, LAST_OBSERVED + 1))
    for name in sorted(tables):
        numbers = " ".join(f"{value:.12g}" for value in np.ravel(tables[name]))
        digest.update(f"{name} {numbers}\n".encode())
    return digest.hexdigest()[:16]


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
    """The stored calibration to the observations up to `window`."""
    source = folder / f"to_{window}"
    summary = json.loads((source / "summary.json").read_text(encoding="utf-8"))
    table = pd.read_csv(source / "draws.csv")
    numbers = tuple(candidates()[name] for name in table.columns)
    mode = np.array([row["mode"] for row in summary["numbers"]])
    return Posterior(window, numbers, table.to_numpy(), mode, summary)
