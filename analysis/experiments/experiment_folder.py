"""The folder of an experiment: its manifest, its sample, the marks of chunks that are done, and its results.

design.parquet   run and every sampled value
runs.parquet     results (or runs.zarr)
done/            a mark for each chunk, with the hash of its results
manifest.json    the design, hashes of design, model and data, versions
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from batch.environment import environment
from batch.manifest import MANIFEST, versions
from batch.staging import OutputError, holding, write_whole
from model.engine.text import Text

from .chunk_runs import Results
from .design import Design
from .identity import COVERS, HASHES, identity_of
from .parquet_store import COMPRESSION, PART, ParquetStore, file_hash, synced, unit_of
from .sampling import points_of, sampled
from .zarr_store import ZarrStore

SAMPLE, DONE = "design.parquet", "done"
FORMATS = ("parquet", "zarr")
RUNNING, COMPLETE = "running", "complete"
OWN = {MANIFEST, SAMPLE, f"{SAMPLE}{PART}", DONE, "runs.parquet", f"runs.parquet{PART}", "runs.zarr"}
"""What an experiment writes into its folder."""
PACKAGES = ("hebei2025", "numpy", "pyarrow", "scipy", "wasmtime", "zarr", "SALib")


class Store(Protocol):
    """Where results go, chunk by chunk."""

    def begin(self, points: int) -> None:
        """Prepare an empty place."""

    def write(self, chunk: int, results: Results) -> str:
        """Write a chunk; the hash of what was written."""
        ...

    def has(self, chunk: int, hash_: str) -> bool:
        """Whether a chunk is there as it was written."""
        ...

    def finish(self, chunks: int) -> None:
        """Complete the results."""


class ExperimentFolder:
    """The folder of one experiment while it runs; made by `opened`."""

    def __init__(self, path: Path, design: Design, form: str):
        self.path, self.design, self.form = path, design, form
        self.points = points_of(design)
        self.chunks = -(-self.points // design.chunk)
        self.done = path / DONE
        self.store: Store = ParquetStore(path, self.done, design) if form == "parquet" else ZarrStore(path, design)

    def begin(self) -> None:
        """Write sample and manifest of a new experiment."""
        for old in self.path.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        self.done.mkdir()
        write_sample(self.design, self.path / SAMPLE)
        self.store.begin(self.points)
        self._write_manifest(RUNNING)

    def missing(self) -> list[int]:
        """The chunks that are not done; marks without the results that they stand for are removed."""
        if self.manifest()["state"] == COMPLETE:
            return []
        missing = []
        for chunk in range(self.chunks):
            mark = self._mark(chunk)
            hash_ = _read_json(mark).get("hash")
            if hash_ is None or not self.store.has(chunk, hash_):
                mark.unlink(missing_ok=True)
                missing.append(chunk)
        return missing

    def columns(self, chunk: int) -> dict[str, np.ndarray]:
        """The sampled values of a chunk, by dimension."""
        table = pq.ParquetFile(self.path / SAMPLE).read_row_group(chunk)
        return {name: table.column(name).to_numpy() for name in self.design.names}

    def write(self, chunk: int, results: Results) -> None:
        """Keep the results of a chunk; only then its mark is set."""
        hash_ = self.store.write(chunk, results)
        write_whole(self._mark(chunk), json.dumps({"chunk": chunk, "hash": hash_}) + "\n")

    def finish(self) -> None:
        """Complete the results and say so in the manifest."""
        if self.manifest()["state"] != COMPLETE:
            self.store.finish(self.chunks)
            self._write_manifest(COMPLETE)

    def manifest(self) -> dict[str, Any]:
        """The manifest as it is."""
        return _read_json(self.path / MANIFEST)

    def _mark(self, chunk: int) -> Path:
        return self.done / f"{chunk:08d}.json"

    def _write_manifest(self, state: str) -> None:
        design = self.design
        content = {
            **environment(),
            "state": state,
            "title": _plain(design.title),
            "description": _plain(design.description),
            **identity_of(design),
            "format": self.form,
            "points": self.points,
            "policies": [policy.name for policy in design.policies],
            "replications": design.replications,
            "runs": self.points * len(design.policies) * design.replications,
            "chunk": design.chunk,
            "chunks": self.chunks,
            "dimensions": list(design.names),
            "kept": [{"name": kept.name, "unit": unit_of(kept.indicator, kept.total)} for kept in design.kept],
            "years": list(design.years),
            "step": 1 / design.steps,
            "seed": design.sample.seed,
            "design": design.data,
            "sample_hash": file_hash(self.path / SAMPLE),
            "versions": versions(PACKAGES),
        }
        write_whole(self.path / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


@contextlib.contextmanager
def opened(path: Path, design: Design, form: str, resume: bool) -> Iterator[ExperimentFolder]:
    """The folder of an experiment: new, or with `resume` as far as it came; no other process may write to it then.

    Raises an `OutputError` for a folder that holds something else, that another process uses, or that an experiment of
    another design, model or data has written.
    """
    new = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be made: {error.strerror}; choose another --out") from None
    with holding(path):
        folder = ExperimentFolder(path, design, form)
        manifest = _read_json(path / MANIFEST)
        foreign = sorted({entry.name for entry in path.iterdir()} - OWN)
        if foreign:
            raise OutputError(f"{path} holds {foreign[0]}, which no experiment has written; choose another --out")
        if manifest and not resume:
            raise OutputError(
                f"{path} holds an experiment ({manifest.get('state')}); add --resume (in Python resume=True), "
                "or choose another folder"
            )
        if manifest:
            _refuse_other(path, manifest, design, form)
        else:
            try:
                folder.begin()
            except BaseException:
                if new:
                    shutil.rmtree(path, ignore_errors=True)
                raise
        yield folder


def _refuse_other(path: Path, manifest: Mapping[str, Any], design: Design, form: str) -> None:
    identity = identity_of(design)
    changed = [COVERS[name] for name in HASHES if manifest.get(name) != identity[name]]
    if changed:
        raise OutputError(
            f"{path} cannot be resumed: since it was begun, {' and '.join(changed)} changed; choose another --out"
        )
    if manifest.get("format") != form:
        raise OutputError(f"{path} was begun with --format {manifest.get('format')}; resume it with the same")
    if file_hash(path / SAMPLE) != manifest.get("sample_hash"):
        raise OutputError(f"{path / SAMPLE} is not as it was written; choose another --out")


def write_sample(design: Design, place: Path) -> None:
    """Write the sample, a chunk a row group, all or nothing."""
    part = place.with_name(f"{place.name}{PART}")
    writer, first = None, 0
    try:
        for columns in sampled(design):
            count = len(next(iter(columns.values())))
            runs = {"run": np.arange(first, first + count, dtype=np.int64)}
            table = pa.table({name: pa.array(values) for name, values in {**runs, **columns}.items()})
            writer = writer or pq.ParquetWriter(part, table.schema, compression=COMPRESSION)
            writer.write_table(table)
            first += count
        if writer is not None:
            writer.close()
        synced(part)
        os.replace(part, place)
    finally:
        part.unlink(missing_ok=True)


def _read_json(file: Path) -> dict[str, Any]:
    """The content of a file; nothing where it is not there or not complete."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _plain(text: str | Text) -> str | dict[str, str]:
    return text if isinstance(text, str) else {"zh": text.zh, "en": text.en}
