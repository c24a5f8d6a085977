"""Experiments at scale: 100,000 runs of ten numbers, the same model and design in EMA Workbench, and Dask workers.

    python -m benchmarks.experiments [--points 25000] [--rounds 3] [--json]

Prints time and peak memory of `hebei2025 experiment` on 25,000 points of the posterior and three sets of drivers under
four policies. Then this and EMA Workbench take turns on a smaller design: EMA calls the model once for each run, as its
documentation shows, and once with batches through the connector of docs/ema_workbench.md, where that is there. At last
one and two Dask workers run the same chunks. The workers are processes of one thread each.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from .report import machine

BIG = {
    "title": "Benchmark",
    "extends": "closure_or_renovation",
    "policies": ["no_document", "as_happened", "document_implemented", "closure_only"],
    "keep": {
        "indicators": [
            *("crude_steel_output", "co2_emissions_industry", "employment.steel", "equipment_minus_steel_share"),
            *("smart_adoption", "vai_above_scale_real", "energy_per_above_scale_industrial_va", "hightech_share"),
        ],
        "totals": ["public_cost", "private_cost"],
        "years": [2020, 2025],
    },
}
SMALL_POINTS, WORKER_POINTS = 256, 4096
KILOBYTE = 1024


def written(folder: Path, points: int, **changes: object) -> Path:
    """A design file with `BIG`, so many points, and changes."""
    file = folder / f"design_{points}.yaml"
    file.write_text(yaml.safe_dump({**BIG, "sample": {"size": points, "seed": 1}, **changes}), encoding="utf-8")
    return file


def command_line(points: int) -> dict[str, float]:
    """Seconds, runs and peak memory in MB of the command in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        file = written(Path(place), points)
        command = [sys.executable, "-m", "hebei2025", "experiment", str(file), "--out", f"{place}/out", "--quiet"]
        begin = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - begin
        size = sum(file.stat().st_size for file in Path(place, "out").rglob("*") if file.is_file())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTE
    return {"runs": 4 * points, "seconds": seconds, "memory_mb": memory, "disk_mb": size / 1e6}


def here(file: Path) -> float:
    """Seconds of an experiment in this process, on one thread."""
    from analysis.experiments.design_reading import load_design
    from analysis.experiments.execution import run_experiment

    with tempfile.TemporaryDirectory() as place:
        begin = time.perf_counter()
        run_experiment(load_design(file), Path(place) / "out", threads=1)
        return time.perf_counter() - begin


def ema_workbench(file: Path) -> float:
    """Seconds of the same runs in EMA Workbench, which calls the model once for each of them, in one process."""
    from ema_workbench import CategoricalParameter, IntegerParameter, Model, Policy, ScalarOutcome, perform_experiments
    from ema_workbench.util import ema_logging

    from analysis.experiments.chunk_runs import ChunkRuns
    from analysis.experiments.design_reading import load_design

    design = load_design(file)
    runs = {policy.name: ChunkRuns(_of_policy(design, policy)) for policy in design.policies}

    def run(posterior_draw: int, drivers: str, chosen: str) -> dict[str, float]:
        import numpy as np

        columns = {"posterior_draw": np.array([float(posterior_draw)]), "drivers": np.array([drivers])}
        results = runs[chosen].run(0, columns)
        return {name.replace(".", "_"): float(values[0, 0, 0, -1]) for name, values in results.items()}

    model = Model("hebei", function=run)
    model.uncertainties = [
        IntegerParameter("posterior_draw", 0, 499),
        CategoricalParameter("drivers", ["drivers_low", "as_happened", "drivers_high"]),
    ]
    model.levers = [CategoricalParameter("chosen", [policy.name for policy in design.policies])]
    model.outcomes = [ScalarOutcome(kept.name.replace(".", "_")) for kept in design.kept]
    policies = [Policy(policy.name, chosen=policy.name) for policy in design.policies]
    ema_logging.log_to_stderr(logging.CRITICAL)
    begin = time.perf_counter()
    perform_experiments(model, scenarios=design.sample.size, policies=policies)
    return time.perf_counter() - begin


def _of_policy(design, policy):
    from dataclasses import replace

    return replace(design, policies=(policy,))


def workers(file: Path, count: int) -> float:
    """Seconds on a Dask cluster of so many workers of one thread, after each has built the model."""
    from distributed import LocalCluster

    from analysis.experiments.design_reading import load_design
    from analysis.experiments.execution import run_experiment

    design = load_design(file)
    with (
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        tempfile.TemporaryDirectory() as place,
    ):
        marks: list[float] = []
        run_experiment(
            design,
            Path(place) / "out",
            cluster=cluster.scheduler_address,
            progress=lambda done, total: marks.append(time.perf_counter()),
        )
        # From the first chunk that is done, so that the start of the workers does not count.
        return (marks[-1] - marks[1]) / (len(marks) - 2)


def in_turns(contestants: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each contestant, one after the other in each round."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, measure in contestants.items():
            taken[name].append(measure())
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=25_000, help="points of the large experiment, of four runs each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print as JSON")
    arguments = parser.parse_args()
    large = command_line(arguments.points)
    with tempfile.TemporaryDirectory() as place:
        small = written(Path(place), SMALL_POINTS, chunk=64)
        long = written(Path(place), WORKER_POINTS, chunk=256)
        here(small)
        turns = in_turns({"here": lambda: here(small), "ema": lambda: ema_workbench(small)}, arguments.rounds)
        spread = in_turns({"one": lambda: workers(long, 1), "two": lambda: workers(long, 2)}, arguments.rounds)
    result = {
        **{name: round(value, 1) for name, value in large.items()},
        "ema_workbench_over_here": [round(b / a, 1) for a, b in zip(turns["here"], turns["ema"], strict=True)],
        "seconds_here": [round(value, 2) for value in turns["here"]],
        "two_workers_over_one": [round(a / b, 2) for a, b in zip(spread["one"], spread["two"], strict=True)],
        "cores": os.cpu_count(),
        "machine": machine(),
    }
    if arguments.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        shown = f"median {statistics.median(value)} {value}" if isinstance(value, list) else value
        print(f"{name}: {shown}")


if __name__ == "__main__":
    main()
