"""Results of an experiment as Zarr arrays over run, policy, replication and year, in the chunks of the design."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from .chunk_runs import Results
from .design import Design
from .parquet_store import unit_of

RUNS = "runs.zarr"
FORMAT: Final = 2
"""The version of the format that all readers know, with metadata that are read at once."""
DIMENSIONS = "_ARRAY_DIMENSIONS"
"""The attribute in which xarray looks for the names of dimensions."""
AXES = ("run", "policy", "replication", "year")


class ZarrStore:
    """Writes each chunk into its part of the arrays."""

    def __init__(self, folder: Path, design: Design):
        self.folder, self.design = folder, design

    def begin(self, points: int) -> None:
        """Make the arrays, without values, and the coordinates."""
        import zarr

        group = zarr.open_group(self.folder / RUNS, mode="w", zarr_format=FORMAT)
        sizes = (points, len(self.design.policies), self.design.replications, len(self.design.years))
        coordinates = (
            np.arange(points, dtype=np.int64),
            np.array([policy.name for policy in self.design.policies]),
            np.arange(self.design.replications, dtype=np.int64),
            np.array(self.design.years, dtype=np.int64),
        )
        for name, values in zip(AXES, coordinates, strict=True):
            # Without a value that stands for missing ones, which 0 would be otherwise.
            group.create_array(name, data=values, fill_value=None, attributes={DIMENSIONS: [name]})
        for kept in self.design.kept:
            group.create_array(
                kept.name,
                shape=sizes,
                chunks=(self.design.chunk, *sizes[1:]),
                dtype="float64",
                fill_value=np.nan,
                attributes={DIMENSIONS: list(AXES), "units": unit_of(kept.indicator, kept.total)},
            )
        zarr.consolidate_metadata(group.store, zarr_format=FORMAT)

    def write(self, chunk: int, results: Results) -> str:
        """Write the results of a chunk; the hash of its numbers."""
        group = self._group("r+")
        for kept in self.design.kept:
            group[kept.name][self._rows(chunk, results[kept.name].shape[0])] = results[kept.name]
        return _hash([results[kept.name] for kept in self.design.kept])

    def has(self, chunk: int, hash_: str) -> bool:
        """Whether a chunk is there as it was written."""
        try:
            group = self._group("r")
            rows = self._rows(chunk, self.design.chunk)
            return _hash([np.asarray(group[kept.name][rows]) for kept in self.design.kept]) == hash_
        except (OSError, KeyError, ValueError, RuntimeError):
            return False

    def finish(self, chunks: int) -> None:
        """Nothing is left to do when the last chunk is written."""

    def _group(self, mode: Literal["r", "r+"]) -> Any:
        import zarr

        return zarr.open_group(self.folder / RUNS, mode=mode, zarr_format=FORMAT)

    def _rows(self, chunk: int, count: int) -> slice:
        first = chunk * self.design.chunk
        return slice(first, first + count)


def _hash(arrays: list[np.ndarray]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()
