"""Results of an experiment as one Parquet table: a row for each run and year, a column for each number that is kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from model.system import system

from .chunk_runs import Results
from .design import Design

RUNS = "runs.parquet"
PART = ".part"
"""Ending of files that are not complete."""
COMPRESSION = "zstd"


class ParquetStore:
    """Chunks as files of their own below `done`, joined into one table at the end."""

    def __init__(self, folder: Path, done: Path, design: Design):
        self.folder, self.done, self.design = folder, done, design
        self.schema = _schema(design)

    def begin(self, points: int) -> None:
        """Nothing has to be made before the first chunk."""

    def write(self, chunk: int, results: Results) -> str:
        """Write the results of a chunk; the hash of what was written."""
        table = self._table(chunk * self.design.chunk, results)
        place = self._place(chunk)
        write_table(table, place)
        return file_hash(place)

    def has(self, chunk: int, hash_: str) -> bool:
        """Whether a chunk is there as it was written."""
        place = self._place(chunk)
        return place.is_file() and file_hash(place) == hash_

    def finish(self, chunks: int) -> None:
        """Join all chunks, in their order, and remove them."""
        goal = self.folder / RUNS
        part = goal.with_name(f"{RUNS}{PART}")
        with pq.ParquetWriter(part, self.schema, compression=COMPRESSION) as writer:
            for chunk in range(chunks):
                writer.write_table(pq.read_table(self._place(chunk), schema=self.schema))
        synced(part)
        os.replace(part, goal)
        for chunk in range(chunks):
            self._place(chunk).unlink(missing_ok=True)

    def _place(self, chunk: int) -> Path:
        return self.done / f"{chunk:08d}.parquet"

    def _table(self, first: int, results: Results) -> pa.Table:
        points, policies, replications, years = next(iter(results.values())).shape
        run, policy, replication, year = np.indices((points, policies, replications, years), dtype=np.int32)
        names = pa.array([scenario.name for scenario in self.design.policies])
        columns = [
            pa.array(first + run.ravel().astype(np.int64)),
            pa.DictionaryArray.from_arrays(pa.array(policy.ravel()), names),
            *([pa.array(replication.ravel())] if self.design.projects else []),
            pa.array(np.array(self.design.years, dtype=np.int32)[year.ravel()]),
            *(pa.array(results[kept.name].ravel()) for kept in self.design.kept),
        ]
        return pa.table(columns, schema=self.schema)


def _schema(design: Design) -> pa.Schema:
    fields = [pa.field("run", pa.int64()), pa.field("policy", pa.dictionary(pa.int32(), pa.string()))]
    if design.projects:
        fields.append(pa.field("replication", pa.int32()))
    fields.append(pa.field("year", pa.int32()))
    for kept in design.kept:
        fields.append(pa.field(kept.name, pa.float64(), metadata={"unit": unit_of(kept.indicator, kept.total)}))
    return pa.schema(fields)


def unit_of(indicator: str, total: bool) -> str:
    """The unit of a kept number: of a total over years that of the indicator without "a year"."""
    unit = system().variables[indicator].unit
    return unit.removesuffix("/yr") if total else unit


def write_table(table: pa.Table, place: Path) -> None:
    """Write a Parquet file, which is there as a whole or not at all."""
    part = place.with_name(f"{place.name}{PART}")
    try:
        pq.write_table(table, part, compression=COMPRESSION)
        synced(part)
        os.replace(part, place)
    finally:
        part.unlink(missing_ok=True)


def synced(place: Path) -> None:
    """Have the content of a file on the disk before anything relies on it."""
    handle = os.open(place, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_hash(place: Path) -> str:
    """Hash of the content of a file."""
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
