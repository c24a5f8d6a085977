"""The sample of a design: points in the unit cube by each method, and the values of the dimensions at them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
from scipy.stats import qmc

from calibration.screening import ENDS

from .design import FILE, GRID, LATIN, MORRIS, SALTELLI, SOBOL, Among, Between, Design, FromPrior

LEVELS = 4
"""Levels of the grid on which Morris trajectories move: the number of Morris (1991) and of SALib."""
MOST_AT_ONCE = 20_000_000
"""Most numbers of a sample that is made as a whole (160 MB); Sobol sequences, grids and files have no such limit."""
WHOLE = (LATIN, MORRIS, SALTELLI)
"""Methods whose samples are made as a whole."""


def points_of(design: Design) -> int:
    """How many points the sample has."""
    sample, dimensions = design.sample, len(design.dimensions)
    if sample.method == GRID:
        return int(np.prod(grid_shape(design), dtype=np.int64))
    if sample.method == FILE:
        return len(next(iter(sample.rows.values()))) if sample.rows else 0
    return sample.size * {MORRIS: dimensions + 1, SALTELLI: dimensions + 2}.get(sample.method, 1)


def grid_shape(design: Design) -> tuple[int, ...]:
    """How many values each dimension has in a grid."""
    counts = []
    for dimension in design.dimensions:
        spread = dimension.spread
        if isinstance(spread, Among):
            counts.append(len(spread.choices))
        elif isinstance(spread, Between) and spread.whole:
            counts.append(min(design.sample.size, round(spread.high - spread.low) + 1))
        else:
            counts.append(design.sample.size)
    return tuple(counts)


def sampled(design: Design) -> Iterator[dict[str, np.ndarray]]:
    """The values of all dimensions, `design.chunk` points at a time; the same for the same design and seed."""
    if design.sample.method == FILE:
        for first in range(0, points_of(design), design.chunk):
            yield {name: values[first : first + design.chunk] for name, values in design.sample.rows.items()}
        return
    for units in _units(design):
        yield {d.name: d.spread.values(units[:, place]) for place, d in enumerate(design.dimensions)}


def _units(design: Design) -> Iterator[np.ndarray]:
    """Points in the unit cube (points, dimensions), `design.chunk` at a time."""
    method = design.sample.method
    if method == SOBOL:
        yield from _sobol(design)
    elif method == GRID:
        yield from _grid(design)
    else:
        whole = {LATIN: _latin, MORRIS: _morris, SALTELLI: _saltelli}[method](design)
        for first in range(0, len(whole), design.chunk):
            yield whole[first : first + design.chunk]


def _sobol(design: Design) -> Iterator[np.ndarray]:
    sequence = qmc.Sobol(len(design.dimensions), scramble=True, rng=np.random.default_rng(design.sample.seed))
    for first in range(0, design.sample.size, design.chunk):
        with warnings.catch_warnings():
            # The whole sample counts for the balance of the sequence, and not the first chunk.
            warnings.filterwarnings("ignore", "The balance properties of Sobol", UserWarning)
            yield sequence.random(min(design.chunk, design.sample.size - first))


def _grid(design: Design) -> Iterator[np.ndarray]:
    shape, total = grid_shape(design), points_of(design)
    for first in range(0, total, design.chunk):
        places = np.unravel_index(np.arange(first, min(first + design.chunk, total)), shape)
        yield np.stack([_grid_units(design, k, place) for k, place in enumerate(places)], axis=1)


def _grid_units(design: Design, dimension: int, places: np.ndarray) -> np.ndarray:
    """Coordinates of the values of a grid: both ends of a range, the middle of equal parts of everything else."""
    count, spread = grid_shape(design)[dimension], design.dimensions[dimension].spread
    if isinstance(spread, Between) and count > 1:
        return places / (count - 1)
    return (places + 0.5) / count


def _latin(design: Design) -> np.ndarray:
    random = np.random.default_rng(design.sample.seed)
    return qmc.LatinHypercube(len(design.dimensions), rng=random).random(design.sample.size)


def _morris(design: Design) -> np.ndarray:
    """Trajectories from end to end of ranges, and of priors between the quantiles `ENDS`: half of all points lie at an
    end, and beyond these quantiles a prior says hardly anything."""
    from SALib.sample.morris import sample

    units = sample(problem_of(design), design.sample.size, num_levels=LEVELS, seed=design.sample.seed)
    low, high = ENDS
    priors = [isinstance(dimension.spread, FromPrior) for dimension in design.dimensions]
    return np.where(priors, low + (high - low) * units, units)


def _saltelli(design: Design) -> np.ndarray:
    from SALib.sample.sobol import sample

    return sample(problem_of(design), design.sample.size, calc_second_order=False, seed=design.sample.seed)


def problem_of(design: Design) -> dict:
    """The design as SALib describes problems: every dimension from 0 to 1."""
    names = list(design.names)
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
