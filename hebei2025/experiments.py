"""Experiments: running designs, and reading what they gave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from model.engine.progress import Progress, ignored
from model.extras import require

if TYPE_CHECKING:
    import xarray as xr

    from analysis.experiments.design import Design


def load_design(design: str | Path) -> Design:
    """The design in a file, or the shipped one of this name. Raises a `ScenarioError` that lists all problems."""
    from analysis.experiments.design_reading import load_design as load

    return load(design)


def experiment(
    design: Design | str | Path,
    out: str | Path,
    resume: bool = False,
    threads: int | None = None,
    cluster: str | None = None,
    form: str = "parquet",
    progress: Progress = ignored,
) -> xr.Dataset:
    """Run a design into the folder `out` and return its results, which are read from there when they are used.

    design: a Design, the path of a file, or the name of a shipped design; resume: go on with one that was interrupted,
        or open a finished one; threads: default one a core; cluster: address of a Dask scheduler; form: "parquet" or
        "zarr"; progress: called with the chunks that are done and all chunks.
    Dimensions are run, policy and year (and replication with single projects); sampled values are coordinates of runs.

    Raises ScenarioError for a faulty design, OSError where the folder cannot be used.
    """
    require("analysis", "experiments", None if form == "zarr" else ("pyarrow", "SALib"))
    from analysis.experiments.dataset import open_experiment as opened
    from analysis.experiments.execution import run_experiment

    chosen = load_design(design) if isinstance(design, str | Path) else design
    return opened(run_experiment(chosen, Path(out), form, resume, threads, cluster, progress))


def open_experiment(folder: str | Path) -> xr.Dataset:
    """The results in the folder of a finished experiment, as `experiment` returns them. Raises a ValueError for a
    folder without one."""
    require("analysis", "experiments", ("pyarrow",))
    from analysis.experiments.dataset import open_experiment as opened

    return opened(folder)
