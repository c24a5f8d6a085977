"""Runs per second of an ensemble on all cores: python -m benchmarks.ensemble."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from model import shipped_scenarios
from model.run import prepared_system
from model.scenario import inputs_of

from .report import HEADLINES, heading, row

VARIED_PARAMETERS = ("hebei_steel_advantage", "imitation_coefficient", "renovation_depth", "saving_cost")
VARIED_LEVERS = ("technical_renovation_investment", "capacity_closure", "energy_efficiency", "smart_manufacturing")
MEMBERS = 2048


def draws(
    parameters: Mapping[str, np.ndarray], tables: Mapping[str, np.ndarray], count: int, seed: int
) -> dict[str, np.ndarray]:
    """Random factors on some parameters and levers, members first."""
    generator = np.random.default_rng(seed)
    base = {**{n: parameters[n] for n in VARIED_PARAMETERS}, **{n: tables[n] for n in VARIED_LEVERS}}
    return {
        name: value[None] * generator.uniform(0.8, 1.2, (count, *(1,) * np.ndim(value))) for name, value in base.items()
    }


def main() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from model.engine.ensemble import compiled_batch
    from model.engine.horizon import Horizon

    heading("Ensemble, all headline indicators")
    system = prepared_system()
    horizon = Horizon(2010, 2025)
    parameters, tables = inputs_of(shipped_scenarios()["as_happened"], horizon.path_years)
    names = HEADLINES
    function = compiled_batch(system, horizon, (*VARIED_PARAMETERS, *VARIED_LEVERS), names)
    workers = os.cpu_count() or 1

    def run(chunk: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        return function(chunk, parameters, tables)

    for size in (16, 32, 64, 128, 256):
        chunks = [draws(parameters, tables, size, seed) for seed in range(max(MEMBERS // size, workers))]
        run(chunks[0])
        begin = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(run, chunks))
        rate = len(chunks) * size / (time.perf_counter() - begin)
        row(f"chunks of {size}, {workers} threads", f"{rate:,.0f} runs/s")

    with tempfile.TemporaryDirectory() as folder:
        writer, before, after = None, 0, 0
        for seed in range(40):
            chunk = run(draws(parameters, tables, 64, seed))
            streamed = ("crude_steel_output", "sector_va_share")
            table = pa.table({name: chunk[name].reshape(64, -1).tolist() for name in streamed})
            writer = writer or pq.ParquetWriter(Path(folder) / "runs.parquet", table.schema)
            writer.write_table(table)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            before, after = (peak, peak) if seed == 4 else (before, peak)
        writer.close()
    row("peak memory after 320 and after 2,560 streamed runs", f"{before:,.0f} and {after:,.0f} MiB")


if __name__ == "__main__":
    main()
