"""Several scenarios, run and written: what the command line and the Batch page have in common."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.scenario import Scenario, last_year

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Batch:
    """What to run: scenarios of different names; the last year of all (None: each its own), steps a year, method, a
    table of every step as well, and bands as well."""

    scenarios: Sequence[Scenario]
    until: int | None = None
    steps: int = 16
    method: str = "euler"
    full: bool = False
    bands: bool = False

    @property
    def parts(self) -> int:
        """How many times `step` is called by `run_and_write`."""
        plain = sum(s.pipeline is None for s in self.scenarios)
        replications = sum(s.pipeline.replications for s in self.scenarios if s.pipeline)
        return plain + replications + len(self.scenarios) * (2 if self.bands else 1)


def run_and_write(batch: Batch, folder: Path, form: str, step: Callable[[], None]) -> tuple[pd.DataFrame, float]:
    """Run all scenarios and write their results into `folder`, all or nothing; `step` is called after each part.

    Returns the table of all indicators and the seconds that the runs took. Raises `batch.staging.OutputError` where the
    folder cannot be written.
    """
    from model.run import indicator_names, simulate, simulate_batch

    from .writing import write_results

    begin = time.perf_counter()
    plain = [s for s in batch.scenarios if s.pipeline is None]
    done = simulate_batch(plain, batch.until, batch.steps, batch.method, progress=lambda _: step())
    runs = dict(zip((s.name for s in plain), done, strict=True))
    extra = _replicated(batch, runs, step)
    if batch.bands:
        for name, table in _bands(batch, runs, step).items():
            extra.setdefault(name, {})["bands"] = table
    stepwise = None
    if batch.full:
        stepwise = [simulate(s, batch.until, batch.steps, batch.method, every_step=True) for s in batch.scenarios]
    seconds = time.perf_counter() - begin
    results = [runs[s.name] for s in batch.scenarios]
    table = write_results(
        folder, batch.scenarios, results, stepwise, form, seconds, indicator_names(), step, extra
    )  # fmt: skip
    return table, seconds


def _replicated(batch: Batch, runs: dict, step: Callable[[], None]) -> dict[str, dict[str, pd.DataFrame]]:
    """Run the scenarios with discrete projects into `runs`; return their further tables by scenario and name."""
    extra = {}
    for scenario in batch.scenarios:
        if scenario.pipeline is not None:
            from model.projects.replications import replicate

            runs[scenario.name], projects, single = replicate(scenario, batch.until, step)
            extra[scenario.name] = {"projects": projects, "replications": single}
    return extra


def _bands(batch: Batch, runs: Mapping, step: Callable[[], None]) -> dict[str, pd.DataFrame]:
    """Bands of scenarios by name under the stored calibration; single projects run as the mean stream they are of."""
    from calibration.bands import model_errors, scenario_bands, yearly
    from calibration.posterior import WINDOWS, load

    posterior, found = load(WINDOWS[-1]), {}
    errors = model_errors(posterior)
    for scenario in batch.scenarios:
        until = last_year(scenario, batch.until)
        exact = yearly(runs[scenario.name]) if scenario.pipeline is None else None
        found[scenario.name] = scenario_bands(posterior, scenario, until, errors=errors, exact=exact)
        step()
    return found
