"""The golden runs: every yearly indicator of every shipped scenario, as it was when results were last meant to change.

    python -m tests.model.behaviour.golden           writes them anew: only when a change of results is meant
    python -m tests.model.behaviour.golden --check   compares them with the model as the product runs it, to 1e-12

`golden.npz` holds an array for each indicator: scenarios (sorted, under `scenario`) first, then years, then the axis.
Scenarios that end early have no value in later years.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from model import shipped_scenarios, simulate
from model.run import indicator_names

GOLDEN = Path(__file__).parent / "golden.npz"
NAMES = "scenario"
EXACT = 1e-12
"""What runs on one machine may differ by: different orders of summation, and nothing else."""


def simulated() -> dict[str, np.ndarray]:
    """All indicators of all shipped scenarios as the model computes them now, in the form of the file."""
    names = sorted(shipped_scenarios())
    runs = [simulate(shipped_scenarios()[name], outputs=indicator_names()) for name in names]
    years = max(len(run["year"]) for run in runs)
    values = {n: np.stack([_padded(run[n].values, years) for run in runs]) for n in indicator_names()}
    return {NAMES: np.array(names), **values}


def _padded(values: np.ndarray, years: int) -> np.ndarray:
    later = np.full((years - len(values), *values.shape[1:]), np.nan)
    return np.concatenate([values, later])


def stored() -> dict[str, np.ndarray]:
    """The content of the file."""
    with np.load(GOLDEN) as file:
        return dict(file)


def deviations(found: Mapping[str, np.ndarray], expected: Mapping[str, np.ndarray]) -> dict[tuple[str, str], float]:
    """By scenario and indicator, the largest difference in a year relative to the largest value of the same series.

    Infinite where a value is missing on one side only. Raises a ValueError where scenarios or indicators differ.
    """
    if found.keys() != expected.keys() or found[NAMES].tolist() != expected[NAMES].tolist():
        raise ValueError("scenarios or indicators are not those of the golden runs; write them anew if that is meant")
    return {
        (str(scenario), indicator): _deviation(found[indicator][k], expected[indicator][k])
        for indicator in expected.keys() - {NAMES}
        for k, scenario in enumerate(expected[NAMES])
    }


def _deviation(found: np.ndarray, expected: np.ndarray) -> float:
    if found.shape != expected.shape or (np.isnan(found) != np.isnan(expected)).any():
        return np.inf
    missing = np.isnan(expected)
    change = np.abs(np.where(missing, 0.0, found) - np.where(missing, 0.0, expected)).max(axis=0)
    size = np.abs(np.where(missing, 0.0, expected)).max(axis=0)
    return float(np.max(change / np.where(size > 0, size, 1.0)))


def main() -> None:
    """Write the golden runs, or compare them with the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    if not parser.parse_args().check:
        np.savez_compressed(GOLDEN, **simulated())
        return
    worst = sorted(deviations(simulated(), stored()).items(), key=lambda item: -item[1])
    for (scenario, indicator), deviation in worst[:5]:
        print(f"{scenario} {indicator}: {deviation:.2e}")
    if worst[0][1] > EXACT:
        sys.exit(f"results differ from the golden runs by more than {EXACT:g}")


if __name__ == "__main__":
    main()
