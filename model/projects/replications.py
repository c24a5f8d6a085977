"""Replications of a run with discrete projects: many seeds, run in parallel and summarised."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import active_children, get_context, parent_process
from typing import TYPE_CHECKING

import numpy as np

from model.engine.progress import Progress, ignored
from model.inputs import START
from model.scenario import Scenario, last_year

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FEW = 12
"""Number of replications up to which parallel processes cost more time than they save."""
LOW, HIGH = 0.05, 0.95


def replicate(
    scenario: Scenario, until: int | None = None, progress: Progress = ignored
) -> tuple[xr.Dataset, pd.DataFrame, pd.DataFrame]:
    """Run all replications of a scenario with `pipeline: stochastic`.

    Returns the mean run as a Dataset, project statistics by year and kind (mean, 5th and 95th percentile), and headline
    indicators of every replication. `progress` counts replications.
    """
    import pandas as pd

    from model.engine.horizon import Horizon
    from model.engine.result import to_dataset
    from model.indicator_tags import tagged
    from model.run import with_titles
    from model.system import system

    from . import STEPS

    settings = scenario.pipeline
    if settings is None:
        raise ValueError(f"{scenario.name} has no `pipeline: stochastic`, so there is nothing to replicate")
    seeds = [settings.seed + k for k in range(settings.replications)]
    runs = _project_runs(scenario, until, seeds, progress)
    horizon = Horizon(START, last_year(scenario, until), STEPS)
    mean = {n: np.mean([run.arrays[n] for run in runs], axis=0) for n in runs[0].arrays}
    dataset = with_titles(to_dataset(system(), horizon, mean), scenario)
    dataset.attrs |= {"pipeline": "stochastic", "seed": settings.seed, "replications": settings.replications}
    rows = [{"seed": seed, **row} for seed, run in zip(seeds, runs, strict=True) for row in run.record]
    single = [
        {"seed": seed, "indicator": name, "year": int(year), "value": float(value)}
        for seed, run in zip(seeds, runs, strict=True)
        for name in tagged("replications")
        for year, value in zip(horizon.years, run.arrays[name], strict=True)
    ]
    return dataset, _summed_up(pd.DataFrame(rows)), pd.DataFrame(single).dropna(subset="value")


def _summed_up(rows: pd.DataFrame) -> pd.DataFrame:
    """Mean, 5th and 95th percentile over replications of every project statistic, in long form."""
    import pandas as pd

    long = rows.melt(["seed", "year", "kind"], var_name="quantity").dropna(subset="value")
    groups = long.groupby(["kind", "quantity", "year"], sort=False)["value"]
    table = pd.DataFrame({"mean": groups.mean(), "p5": groups.quantile(LOW), "p95": groups.quantile(HIGH)})
    return table.reset_index()


def _project_runs(scenario: Scenario, until: int | None, seeds: list[int], progress: Progress) -> list:
    from . import simulate_projects

    workers = min(os.cpu_count() or 1, len(seeds))
    if len(seeds) <= FEW or workers == 1:
        done = []
        for seed in seeds:
            done.append(simulate_projects(scenario, seed, until))
            progress(len(done), len(seeds))
        return done
    # The first run caches the compiled module, which the other processes load.
    results = {seeds[0]: simulate_projects(scenario, seeds[0], until)}
    progress(1, len(seeds))
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow_parent)
    try:
        waiting = {pool.submit(simulate_projects, scenario, seed, until): seed for seed in seeds[1:]}
        for future in as_completed(waiting):
            results[waiting[future]] = future.result()
            progress(len(results), len(seeds))
    except KeyboardInterrupt:
        for worker in active_children():  # the rest of their runs is not needed
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [results[seed] for seed in seeds]


def _follow_parent() -> None:
    """Leave Ctrl-C to the parent process, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
