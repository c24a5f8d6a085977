"""Seconds for a run of 20 years with 20,000 discrete projects: python -m benchmarks.projects."""

from __future__ import annotations

import dataclasses
import statistics
import time

from model import projects, shipped_scenarios
from model.inputs import START

from .report import heading, row

WANTED = 20_000
YEARS = 20
REPEATS = 5


def main() -> None:
    """Make projects small enough that some 20,000 arrive, and time runs after the first."""
    scenario = shipped_scenarios()["as_happened"]
    known = projects.pipeline_parameters()
    first = projects.simulate_projects(scenario, 0, START + YEARS - 1)
    share = sum(entry["arrived"] for entry in first.record) / WANTED
    for name in ("renovation_project_size", "conversion_project_size"):
        known[name] = dataclasses.replace(known[name], value=known[name].value * share)
    times, counts = [], []
    for seed in range(REPEATS):
        begin = time.perf_counter()
        run = projects.simulate_projects(scenario, seed, START + YEARS - 1)
        times.append(time.perf_counter() - begin)
        counts.append(sum(entry["arrived"] for entry in run.record))
    heading("Project pipeline")
    row("run of 20 years", f"{statistics.median(times):.2f} s, {statistics.mean(counts):,.0f} projects, n={REPEATS}")


if __name__ == "__main__":
    main()
