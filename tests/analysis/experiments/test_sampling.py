"""Samples: the same for the same seed, in chunks of any size, and inside the ranges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest, qmc

from analysis.experiments.design import Among, Between, FromPrior
from analysis.experiments.sampling import grid_shape, points_of, sampled
from calibration.estimated import candidates

from .support import small

VARY = {
    "levers": {
        "smart_manufacturing": [0, 100],
        "capacity_closure": {"factor": [0, 1.5], "delay": [0, 3]},
        "output_cap": {"values": [-5, -2, 0]},
    }
}


def whole(design):
    """All points of the sample."""
    chunks = list(sampled(design))
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}


@pytest.mark.parametrize("method", ["sobol", "latin", "morris", "saltelli", "grid"])
def test_chunks_of_any_size_are_parts_of_the_same_sample(method, tmp_path):
    sample = {"method": method, "size": 4 if method in ("morris", "saltelli", "grid") else 32, "seed": 7}
    one, other = (whole(small(tmp_path, vary=VARY, sample=sample, chunk=size)) for size in (5, 64))
    for name, values in one.items():
        assert (values == other[name]).all()
    design = small(tmp_path, vary=VARY, sample=sample)
    assert points_of(design) == len(one["smart_manufacturing"])
    assert one["smart_manufacturing"].min() >= 0 and one["smart_manufacturing"].max() <= 100
    assert set(one["output_cap"]) <= {-5, -2, 0}
    assert set(one["capacity_closure.delay"]) <= {0, 1, 2, 3}
    again = whole(small(tmp_path, vary=VARY, sample={**sample, "seed": 8}))
    assert method == "grid" or any((again[name] != one[name]).any() for name in one)


def test_a_grid_has_every_combination_once(tmp_path):
    design = small(tmp_path, vary=VARY, sample={"method": "grid", "size": 3})
    found = whole(design)
    assert grid_shape(design) == (3, 3, 3, 3)
    assert sorted(set(found["smart_manufacturing"])) == [0, 50, 100]
    assert sorted(set(found["capacity_closure.factor"])) == [0, 0.75, 1.5]
    rows = set(zip(*found.values(), strict=True))
    assert len(rows) == points_of(design) == 81


def test_a_sobol_sequence_fills_the_cube_more_evenly_than_chance(tmp_path):
    design = small(tmp_path, vary={"levers": {"smart_manufacturing": [0, 1], "talent": [0, 1]}}, sample={"size": 256})
    points = np.stack(list(whole(design).values()), axis=1)
    chance = np.random.default_rng(0).random(points.shape)
    assert qmc.discrepancy(points) < qmc.discrepancy(chance) / 3


def test_values_from_a_prior_have_its_quantiles():
    number = next(n for n in candidates().values() if n.declared and n.prior.shape == "lognormal")
    values = FromPrior(number).values((np.arange(2001) + 0.5) / 2001)
    assert (np.diff(values) > 0).all() and values[0] >= number.low and values[-1] <= number.high
    assert FromPrior(number).values(np.array([0.0, 1.0])) == pytest.approx([number.low, number.high], rel=0.2)


@given(st.floats(0, 1), st.integers(-5, 5), st.integers(1, 9))
@settings(deadline=None)
def test_whole_numbers_and_choices_stay_among_those_allowed(unit, low, count):
    (value,) = Between(low, low + count - 1, whole=True).values(np.array([unit]))
    assert value == int(value) and low <= value <= low + count - 1
    choices = tuple(f"c{k}" for k in range(count))
    assert Among(choices).values(np.array([unit]))[0] in choices


def test_ranges_are_sampled_evenly(tmp_path):
    design = small(tmp_path, sample={"method": "latin", "size": 500})
    values = whole(design)["smart_manufacturing"] / 100
    assert kstest(values, "uniform").pvalue > 0.99  # a Latin hypercube is more even than chance


def test_rows_of_a_file_are_taken_as_they_are(tmp_path):
    (tmp_path / "mixes.csv").write_text(
        "smart_manufacturing,capacity_closure.factor\n10,0.5\n20,1.5\n", encoding="utf-8"
    )
    design = small(tmp_path, sample={"file": "mixes.csv"})
    assert points_of(design) == 2
    assert whole(design)["capacity_closure.factor"].tolist() == [0.5, 1.5]
    assert whole(design)["smart_manufacturing"].tolist() == [10, 20]
