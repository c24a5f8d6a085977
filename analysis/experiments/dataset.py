"""A finished experiment as an xarray Dataset whose results are read when they are asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import xarray as xr
from xarray.backends import BackendArray
from xarray.core import indexing

from batch.manifest import MANIFEST

from .experiment_folder import COMPLETE, SAMPLE
from .parquet_store import RUNS as TABLE
from .zarr_store import AXES
from .zarr_store import RUNS as ARRAYS


class ExperimentError(ValueError):
    """A folder that cannot be opened as an experiment."""


def open_experiment(folder: str | Path) -> xr.Dataset:
    """The results in the folder of a finished experiment: kept numbers over run, policy, replication (where single
    projects were simulated) and year; the sampled values are coordinates of the runs.

    Results are read from the disk when they are used, the part that is used only. Raises an `ExperimentError` for a
    folder without finished experiment.
    """
    folder = Path(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        state = manifest["state"]
    except (OSError, ValueError, KeyError):
        raise ExperimentError(f"{folder} holds no experiment; allowed: the folder that one has written") from None
    if state != COMPLETE:
        raise ExperimentError(f"the experiment in {folder} is not finished; finish it with --resume")
    results = _from_zarr(folder) if manifest["format"] == "zarr" else _from_table(folder, manifest)
    if manifest["replications"] == 1:
        results = results.isel(replication=0, drop=True)
    sample = pq.read_table(folder / SAMPLE)
    # As coordinates, so that differences between policies are taken of results alone.
    results = results.assign_coords({name: ("run", sample.column(name).to_numpy()) for name in manifest["dimensions"]})
    results.attrs |= {"title": str(manifest["title"]), "design_hash": manifest["design_hash"]}
    return results


def _from_zarr(folder: Path) -> xr.Dataset:
    return xr.open_zarr(folder / ARRAYS, chunks=None)


def _from_table(folder: Path, manifest: dict[str, Any]) -> xr.Dataset:
    coordinates = {
        "run": np.arange(manifest["points"]),
        "policy": manifest["policies"],
        "replication": np.arange(manifest["replications"]),
        "year": manifest["years"],
    }
    shape = tuple(len(coordinates[axis]) for axis in AXES)
    variables = {}
    for kept in manifest["kept"]:
        column = _Column(folder / TABLE, kept["name"], shape, manifest["chunk"])
        variables[kept["name"]] = xr.Variable(AXES, indexing.LazilyIndexedArray(column), {"units": kept["unit"]})
    return xr.Dataset(variables, coordinates)


class _Column(BackendArray):
    """A column of the table of runs as an array; row groups, one a chunk of runs, are read where they are asked for."""

    def __init__(self, file: Path, name: str, shape: tuple[int, ...], chunk: int):
        self.file, self.name, self.shape, self.chunk = file, name, shape, chunk
        self.dtype = np.dtype(float)

    def __getitem__(self, key: indexing.ExplicitIndexer) -> np.ndarray:
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.OUTER, self._read)

    def _read(self, key: tuple[Any, ...]) -> np.ndarray:
        """The values at an index for each axis: whole numbers, slices or arrays."""
        runs = np.arange(self.shape[0])[key[0]]
        rows = np.atleast_1d(runs)
        groups = np.unique(rows // self.chunk)
        read = pq.ParquetFile(self.file).read_row_groups(groups.tolist(), columns=[self.name])
        values = read.column(self.name).to_numpy().reshape(-1, *self.shape[1:])
        # Groups that were left out shift the rows that follow them.
        places = np.searchsorted(groups, rows // self.chunk) * self.chunk + rows % self.chunk
        found = values[places]
        for axis, (index, size) in enumerate(zip(key[1:], self.shape[1:], strict=True), start=1):
            found = np.take(found, np.atleast_1d(np.arange(size)[index]), axis=axis)
        dropped = tuple(axis for axis, index in enumerate(key) if isinstance(index, int | np.integer))
        return found.squeeze(dropped)
