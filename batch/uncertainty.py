"""Tables of uncertainty of a batch: bands, differences from a reference, targets met, and which scenario is best.

The draws of a scenario are computed once for all tables. Only those of the reference, and the few series that are
ranked, stay in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from model.engine.progress import Progress
from model.scenario import BASELINE, Scenario, last_year, shipped_scenarios

from .folder import BANDS, BEST, DIFFERENCES, TARGET_PROBABILITIES
from .writing import FurtherTables

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from calibration.posterior import Posterior

    from .running import Batch

NOT_COMPARED = {"title", "description", "extends", "until"}
"""Fields of a scenario that do not change its course over the years that it covers."""


def reference_of(batch: Batch) -> Scenario:
    """The scenario from which differences are taken: that of the batch, else "as happened".

    Where a scenario of the batch runs the same, it is that scenario itself, so that it is simulated once.
    """
    wanted = batch.reference or shipped_scenarios()[BASELINE]
    longest = max(last_year(scenario, batch.until) for scenario in batch.scenarios)
    same = (scenario for scenario in batch.scenarios if _runs_alike(scenario, wanted))
    return next(same, wanted.model_copy(update={"until": longest}))


def _runs_alike(one: Scenario, other: Scenario) -> bool:
    return one.model_dump(exclude=NOT_COMPARED) == other.model_dump(exclude=NOT_COMPARED)


def simulations(batch: Batch) -> int:
    """How many scenarios are simulated under all draws: those of the batch, and the reference where it is none."""
    reference = reference_of(batch)
    return len(batch.scenarios) + all(scenario is not reference for scenario in batch.scenarios)


def uncertainty_tables(batch: Batch, runs: Mapping[str, xr.Dataset], progress: Progress) -> FurtherTables:
    """All tables under the stored calibration; `runs` by name are the results of the batch's scenarios.

    Single projects run as the mean stream they are of. `progress` counts `simulations`.
    """
    from calibration.bands import BANDED, ERROR_SEED, bands_of_draws, model_errors
    from calibration.differences import difference_table, ranked_draws, ranking_table, target_table
    from calibration.posterior import WINDOWS, load

    posterior, reference, parts = load(WINDOWS[-1]), reference_of(batch), simulations(batch)
    errors = model_errors(posterior)
    base, done = _draws(posterior, reference, batch, runs), 1
    progress(done, parts)

    by_scenario: dict[str, dict[str, pd.DataFrame]] = {}
    ranked: dict[str, dict[tuple[str, str], np.ndarray]] = {}
    for scenario in batch.scenarios:
        drawn = base if scenario is reference else _draws(posterior, scenario, batch, runs)
        tables = {BANDS: bands_of_draws(drawn, errors, BANDED), TARGET_PROBABILITIES: target_table(drawn, errors)}
        if scenario is not reference:
            tables[DIFFERENCES] = difference_table(drawn, base)
            done += 1
        by_scenario[scenario.name], ranked[scenario.name] = tables, ranked_draws(drawn)
        progress(done, parts)
    several = len(batch.scenarios) > 1
    record = {
        "window": posterior.window,
        "draws": len(posterior.draws),
        "calibration_data_hash": posterior.summary["data_hash"],
        "model_error_seed": ERROR_SEED,
        "reference": reference.name,
    }
    return FurtherTables(by_scenario, {BEST: ranking_table(ranked)} if several else {}, {"uncertainty": record})


def _draws(
    posterior: Posterior, scenario: Scenario, batch: Batch, runs: Mapping[str, xr.Dataset]
) -> dict[str, np.ndarray]:
    """Draws of a scenario of the batch or of its reference, centred on its run with the batch's steps and method."""
    from calibration.bands import yearly
    from calibration.differences import compared_indicators, scenario_draws
    from model.run import simulate

    until, outputs = last_year(scenario, batch.until), compared_indicators()
    if scenario.pipeline is None and any(scenario is one for one in batch.scenarios):
        run = runs[scenario.name]
    else:
        run = simulate(scenario, until, batch.steps, batch.method, outputs=outputs)
    return scenario_draws(posterior, scenario, until, outputs, yearly(run, outputs))
