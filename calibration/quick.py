"""A quick fit by hand: `python -m calibration.quick --window 2020` searches the posterior mode in seconds and prints
its values against their priors, the log likelihood by series, and every residual."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import numpy as np
import pandas as pd
import typer

from model.inputs import START

from .calibrate import prior_predictive
from .estimated import Estimated, estimated, values_of_scores
from .likelihood import ErrorGrid, grid_probabilities, log_density
from .mode import Mode, find_modes
from .normal_scores import Z95
from .series import LEVEL
from .target import Target

FAR = 1.5
"""Score of a number whose mode is far from the median of its prior."""
PRIOR_DRAWS = 500


def number_table(mode: Mode, numbers: tuple[Estimated, ...]) -> pd.DataFrame:
    """Numbers at the mode: 5 %, median and 95 % of the prior, mode, its 90 % interval by the curvature, score, and
    contraction (1 - standard deviation of the score)."""
    steps = {"prior_p5": -Z95, "prior_median": 0.0, "prior_p95": Z95}
    prior = {name: values_of_scores(numbers, np.full(len(numbers), step)) for name, step in steps.items()}
    ends = {
        name: values_of_scores(numbers, mode.scores + sign * Z95 * mode.spreads)
        for name, sign in (("low", -1), ("high", 1))
    }
    table = pd.DataFrame(
        {
            "shape": [n.prior.shape if n.declared else "(uniform)" for n in numbers],
            **prior,
            "mode": values_of_scores(numbers, mode.scores),
            **ends,
            "score": mode.scores,
            "contraction": 1 - mode.spreads,
            "far": ["<<" if score < -FAR else ">>" if score > FAR else "" for score in mode.scores],
        },
        index=[n.id for n in numbers],
    )
    return table.rename_axis("number")


def series_table(mode: Mode, target: Target) -> pd.DataFrame:
    """Series at the mode: points, typical grade, log likelihood of the series alone, root mean square of the
    standardised residuals, and root mean square size of the model error, of the series' kind."""
    errors = target.by_series(mode.errors)
    sizes = expected_sizes(errors, target)
    rows = []
    for name, grid in target.grids.items():
        standardised = errors[name] / total_errors(grid, sizes[name])
        rows.append(
            {
                "series": name,
                "kind": grid.series.kind,
                "points": len(grid.positions),
                "grade": grid.grade,
                "log_likelihood": float(log_density({name: errors[name]}, {name: grid})),
                "rms_error": float(np.sqrt(np.mean(errors[name] ** 2))),
                "rms_z": float(np.sqrt(np.mean(standardised**2))),
                "model_error": sizes[name],
            }
        )
    return pd.DataFrame(rows).set_index("series")


def residual_table(mode: Mode, target: Target) -> pd.DataFrame:
    """Every observation: year, observed and simulated value, error (relative for levels), and the error in standard
    deviations of the measuring and model error together (z)."""
    errors = target.by_series(mode.errors)
    sizes = expected_sizes(errors, target)
    parts = []
    for name, grid in target.grids.items():
        error = errors[name]
        simulated = grid.observed * np.exp(error) if grid.series.kind == LEVEL else grid.observed + error
        columns = {"observed": grid.observed, "simulated": simulated, "error": error}
        columns["z"] = error / total_errors(grid, sizes[name])
        parts.append(pd.DataFrame({"series": name, "year": grid.positions + START, **columns}))
    return pd.concat(parts, ignore_index=True)


def expected_sizes(errors: dict[str, np.ndarray], target: Target) -> dict[str, float]:
    """Root mean square size of the model error of every series, given the errors of all."""
    probabilities = grid_probabilities(errors, target.grids)
    return {name: float(np.sqrt(probabilities[name] @ grid.sizes**2)) for name, grid in target.grids.items()}


def total_errors(grid: ErrorGrid, size: float) -> np.ndarray:
    """Standard deviation of each residual: measuring error, error of the base, and model error of this size."""
    return np.sqrt(grid.measured**2 + grid.common**2 + size**2)


def main(
    window: Annotated[int, typer.Option(help="Last year of the observations.")] = 2020,
    starts: Annotated[int, typer.Option(help="Searches, from different draws of the prior.")] = 2,
    seed: Annotated[int, typer.Option(help="Seed of the starts.")] = 1,
    out: Annotated[Optional[Path], typer.Option(help="Folder for the three tables as CSV.")] = None,
) -> None:
    """Search the posterior mode and print it."""
    target = Target(estimated(), window)
    modes = find_modes(target, starts, seed)
    best = modes[0]
    tables = {
        "numbers": number_table(best, target.numbers),
        "series": series_table(best, target),
        "residuals": residual_table(best, target).set_index("series"),
    }
    print(f"Observations up to {window}: {best.errors.size} figures, {len(target)} numbers\n")
    print(f"Prior predictive check, shares of {PRIOR_DRAWS} draws that are refused:")
    print(prior_predictive(target, PRIOR_DRAWS, seed).to_string(float_format="{:.3f}".format), end="\n\n")
    for name, table in tables.items():
        print(f"{name}:\n{table.to_string(float_format='{:.4g}'.format)}\n")
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            table.to_csv(out / f"{name}.csv", float_format="%.6g", lineterminator="\n")
    print("ends of the searches (log posterior, log likelihood, runs):")
    for mode in modes:
        print(f"  {mode.log_density:9.2f} {mode.log_likelihood:9.2f} {mode.runs:6d}  from {mode.start}")
    print(f"root mean square z of all residuals: {np.sqrt(np.mean(tables['residuals']['z'] ** 2)):.2f}")


if __name__ == "__main__":
    typer.run(main)
