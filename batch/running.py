"""Several scenarios, run and written: what the command line and the Batch page have in common."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.engine.progress import Progress, within
from model.scenario import Scenario

from .uncertainty import simulations, uncertainty_tables
from .writing import FurtherTables

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True)
class Batch:
    """What to run: scenarios of different names; the last year of all (None: that of each scenario), steps a year,
    method, whether to write a table of every step, and whether to write bands and the other tables of uncertainty, with
    differences from `reference` (default: "as happened")."""

    scenarios: Sequence[Scenario]
    until: int | None = None
    steps: int = 16
    method: str = "euler"
    full: bool = False
    bands: bool = False
    reference: Scenario | None = None

    @property
    def parts(self) -> int:
        """How many parts the work of `run_and_write` has."""
        replications = sum(s.pipeline.replications for s in self.scenarios if s.pipeline)
        return len(self.plain) + replications + len(self.scenarios) + self.simulations_of_bands

    @property
    def simulations_of_bands(self) -> int:
        """How many scenarios are simulated under all draws of the calibration."""
        return simulations(self) if self.bands else 0

    @property
    def plain(self) -> list[Scenario]:
        """The scenarios without discrete projects."""
        return [scenario for scenario in self.scenarios if scenario.pipeline is None]


def run_and_write(batch: Batch, folder: Path, form: str, progress: Progress) -> tuple[pd.DataFrame, float]:
    """Run all scenarios and write their results into `folder`, all or nothing; `progress` counts `batch.parts`.

    Returns the table of all indicators and the seconds that the runs took. Raises `batch.staging.OutputError` where the
    folder cannot be written.
    """
    from model.run import indicator_names, simulate

    from .writing import write_results

    begin = time.perf_counter()
    runs = _plain(batch, within(progress, 0, batch.parts))
    further = FurtherTables(_replicated(batch, runs, progress))
    writing = batch.parts - len(batch.scenarios)
    if batch.bands:
        simulated = within(progress, writing - batch.simulations_of_bands, batch.parts)
        further = further.joined(uncertainty_tables(batch, runs, simulated))
    stepwise = None
    if batch.full:
        stepwise = [simulate(s, batch.until, batch.steps, batch.method, every_step=True) for s in batch.scenarios]
    seconds = time.perf_counter() - begin
    results = [runs[s.name] for s in batch.scenarios]
    table = write_results(
        folder,
        batch.scenarios,
        results,
        stepwise,
        form,
        seconds,
        indicator_names(),
        within(progress, writing, batch.parts),
        further,
    )
    return table, seconds


def _plain(batch: Batch, progress: Progress) -> dict[str, xr.Dataset]:
    """Runs of the scenarios without discrete projects, by name."""
    from model.run import simulate_batch

    runs = simulate_batch(batch.plain, batch.until, batch.steps, batch.method, progress=progress)
    return dict(zip((s.name for s in batch.plain), runs, strict=True))


def _replicated(batch: Batch, runs: dict[str, xr.Dataset], progress: Progress) -> dict[str, dict[str, pd.DataFrame]]:
    """Run the scenarios with discrete projects into `runs`; return their further tables by scenario and name."""
    extra, done = {}, len(batch.plain)
    for scenario in batch.scenarios:
        if scenario.pipeline is not None:
            from model.projects.replications import replicate

            heard = within(progress, done, batch.parts)
            runs[scenario.name], projects, single = replicate(scenario, batch.until, heard)
            extra[scenario.name] = {"projects": projects, "replications": single}
            done += scenario.pipeline.replications
    return extra
