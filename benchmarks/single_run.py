"""Time of one run: python -m benchmarks.single_run."""

from __future__ import annotations

import statistics
import time

import numpy as np

from model import shipped_scenarios, simulate
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.run import indicator_names, prepared_system
from model.scenario import inputs_of

from .report import HEADLINES, heading, row, spread, timed

REPEATS = 200


def main() -> None:
    heading("Single run")
    system = prepared_system()
    scenario = shipped_scenarios()["as_happened"]
    names = indicator_names()
    horizon = Horizon(2010, 2025)
    parameters, tables = inputs_of(scenario, horizon.path_years)
    begin = time.perf_counter()
    function = compiled(system, horizon, names)
    function(parameters, tables)
    row("first call (trace, compile or load from the cache, run)", f"{time.perf_counter() - begin:.2f} s")
    seconds = timed(lambda: function(parameters, tables), REPEATS)
    row("all indicators, 2010-2025, 256 steps", spread(seconds))
    headlines = compiled(system, horizon, HEADLINES)
    row("headline indicators", spread(timed(lambda: headlines(parameters, tables), REPEATS)))
    row("simulate(), labelled Dataset", spread(timed(lambda: simulate(scenario, outputs=names), 30)))
    count = len(system.order) + len(system.stocks)
    elements = sum(np.prod(np.shape(v)[1:], dtype=int) for v in compiled(system, horizon)(parameters, tables).values())
    median = statistics.median(seconds)
    steps = len(horizon.times)
    row("equations (auxiliaries, flows, stocks) per step", count)
    row("ns per equation and step", f"{median / (steps * count) * 1e9:.1f}")
    row("ns per equation, step and branch element", f"{median / (steps * elements) * 1e9:.2f}")
    for label, changed in (
        ("512 steps (1/32 year)", Horizon(2010, 2025, 32)),
        ("1,024 steps", Horizon(2010, 2025, 64)),
    ):
        finer = compiled(system, changed, names)
        row(label, spread(timed(lambda f=finer: f(parameters, tables), 50)))


if __name__ == "__main__":
    main()
