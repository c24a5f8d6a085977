"""The manifest of a run: what is needed to repeat it, with hashes of exactly what the run reads.

All hashes are the same on every machine: files count with their place inside the package, texts with `\\n` at the ends
of lines, arrays with their name, shape and little-endian values.
"""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.engine.horizon import Horizon
from model.inputs import END
from model.scenario import Scenario, inputs_of, plain_levers

from .environment import environment

if TYPE_CHECKING:
    import xarray as xr

MANIFEST = "manifest.json"
MODEL = Path(__file__).parents[1] / "model"
EQUATIONS = ("axes.py", "system.py", "chapters/*.py")
ENGINE = ("engine/**/*.py", "engine/webassembly/*.wat", "engine/webassembly/*.bin")
PIECEWISE = "engine/advance.py"
"""The part of the engine that only runs with discrete projects use."""
NOT_SOLVING = (
    *(f"engine/{name}.py" for name in ("chunks", "graph", "progress", "reference", "result", "units")),
    "engine/xmile/*.py",
)
"""Modules of the engine that no number of a run depends on."""
MODEL_DATA = ("data/units.txt", "data/belts.yaml")
"""Data files that the equations read themselves. Parameters, levers and drivers count with the arrays of the run."""
DISCRETE_PROJECTS = (PIECEWISE, "projects/*.py", "data/projects.yaml")
"""What runs with discrete projects read besides."""
_VERSIONED = ("hebei2025", "wasmtime", "numpy", "xarray", "pandas")
_SHOWN_DIGITS = 16
_BINARY = ".bin"


def manifest_of(scenario: Scenario, result: xr.Dataset, run_time: float) -> dict:
    """What repeats the run of `scenario` that gave `result` in `run_time` seconds: versions, hashes, settings.

    `model_hash` covers the equations, the engine that solves them and the data files that they read; `parameters_hash`
    the values of all parameters; `data_hash` the yearly values of levers and drivers, of all years that the run takes.
    """
    start, end = int(result.attrs["start"]), int(result.attrs["end"])
    constants, tables = inputs_of(scenario, Horizon(start, end).path_years)
    return {
        **environment(),
        "scenario": scenario.name,
        "title": {language: scenario.text("title", language) for language in ("zh", "en")},
        "levers": plain_levers(scenario.levers),
        "parameters": scenario.parameters,
        "drivers": scenario.drivers,
        "scenario_hash": _hash([("scenario", scenario.model_dump_json().encode())]),
        "parameters_hash": arrays_hash(constants),
        "data_hash": arrays_hash(tables),
        "model_hash": model_hash(scenario.pipeline is not None),
        "start": start,
        "end": end,
        "step": 1 / int(result.attrs["steps_per_year"]),
        "method": result.attrs["method"],
        "seed": result.attrs.get("seed"),
        "replications": result.attrs.get("replications"),
        "extrapolated_after": END,
        "versions": versions(_VERSIONED),
        "run_time_seconds": round(run_time, 4),
    }


@functools.cache
def model_hash(discrete_projects: bool = False, folder: Path = MODEL) -> str:
    """Hash of the equations, of the engine that solves them and of the data files that they read, in `folder`;
    with `discrete_projects` also of the simulation of projects and its parameters."""
    files = model_files(discrete_projects, folder)
    return _hash((file.relative_to(folder).as_posix(), _content(file)) for file in files)


def model_files(discrete_projects: bool = False, folder: Path = MODEL) -> list[Path]:
    """The files that `model_hash` covers, in order."""
    files = _matching(folder, (*EQUATIONS, *ENGINE, *MODEL_DATA)) - _matching(folder, (PIECEWISE, *NOT_SOLVING))
    if discrete_projects:
        files |= _matching(folder, DISCRETE_PROJECTS)
    return sorted(files, key=Path.as_posix)


def _matching(folder: Path, patterns: Iterable[str]) -> set[Path]:
    return {file for pattern in patterns for file in folder.glob(pattern)}


def arrays_hash(arrays: Mapping[str, np.ndarray]) -> str:
    """Hash of named arrays of numbers; their order in the mapping does not matter."""
    numbers = {name: np.ascontiguousarray(arrays[name], dtype="<f8") for name in sorted(arrays)}
    return _hash((f"{name}{np.shape(arrays[name])}", array.tobytes()) for name, array in numbers.items())


def _content(file: Path) -> bytes:
    content = file.read_bytes()
    return content if file.suffix == _BINARY else content.replace(b"\r\n", b"\n")


def _hash(parts: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in parts:
        # The lengths keep two different sequences of parts from running together into the same bytes.
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:_SHOWN_DIGITS]


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Versions of Python and of packages."""
    return {"python": platform.python_version(), **{name: _version(name) for name in packages}}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
