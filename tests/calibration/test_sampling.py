"""Posterior modes and draws of known densities."""

import numpy as np
import pytest
from calibration.modes import Mode, find_mode, find_modes
from calibration.sampling import Settings, diagnostics, sample, stuck_walkers, thinned, without_burn_in

from calibration.estimated import Estimated, Part

CENTRE, WIDTH = np.array([0.4, 12.0, -1.0]), np.array([0.05, 1.0, 0.2])
NUMBERS = tuple(
    Estimated(name, name, None, value, low, high)
    for name, value, low, high in (("a", 0.5, 0.0, 1.0), ("b", 11.0, 5.0, 20.0), ("c", 0.0, -2.0, 1.0))
)


class Bell:
    """An ensemble whose likelihood is a normal density."""

    numbers, last, grids = NUMBERS, 2020, {"one": None, "other": None}

    def __init__(self):
        self.calls = 0

    def log_likelihoods(self, values, grids=None):
        self.calls += len(values)
        squared = (((np.atleast_2d(values) - CENTRE) / WIDTH) ** 2)[:, : 1 if grids is not None else None]
        return -0.5 * squared.sum(axis=1)


def test_a_search_ends_at_the_top():
    modes = find_modes(Bell(), 3, seed=1)
    assert [m.log_density for m in modes] == sorted((m.log_density for m in modes), reverse=True)
    low, high = np.array([n.low for n in NUMBERS]), np.array([n.high for n in NUMBERS])
    assert low + modes[0].places * (high - low) == pytest.approx(CENTRE, abs=1e-3)
    assert {m.start for m in modes} == {"random 1", "random 2", "random 3"}


def test_parts_are_fitted_to_the_series_of_the_part_first():
    """The series of the part depends on its parameter alone; the others do not move until all move together."""
    part = Part("first", "", "", ("one",), ("a",))
    result = find_mode(Bell(), np.array([0.2, 0.3, 0.9]), "here", parts=[part])
    low, high = np.array([n.low for n in NUMBERS]), np.array([n.high for n in NUMBERS])
    assert result.partial == pytest.approx([CENTRE[0], 0.3, 0.9], abs=1e-3)
    assert low + result.places * (high - low) == pytest.approx(CENTRE, abs=1e-3)


def test_a_search_stays_inside_the_ranges():
    class Edge(Bell):
        def log_likelihoods(self, values, grids=None):
            return np.atleast_2d(values)[:, 0] * 10

    result = find_mode(Edge(), np.array([0.5, 0.5, 0.5]), "here")
    assert 0.98 < result.places[0] < 1


@pytest.fixture(scope="module")
def chains(tmp_path_factory):
    bell = Bell()
    modes = find_modes(bell, 2, seed=1)
    settings = Settings(ensembles=2, walkers=16, steps=600, seed=3)
    return sample(bell, modes, settings, tmp_path_factory.mktemp("chains"))


def test_draws_have_the_mean_and_width_of_the_density(chains):
    low, high = np.array([n.low for n in NUMBERS]), np.array([n.high for n in NUMBERS])
    draws = low + without_burn_in(chains).reshape(-1, 3) * (high - low)
    assert draws.mean(axis=0) == pytest.approx(CENTRE, abs=0.15 * WIDTH.max())
    assert draws.std(axis=0) == pytest.approx(WIDTH, rel=0.15)


class Tilted:
    """An ensemble of as many numbers as the real one, whose likelihood is a normal density with correlations."""

    count, last = 28, 2020
    numbers = tuple(Estimated(f"n{k}", f"n{k}", None, 0.5, 0.0, 1.0) for k in range(count))

    def __init__(self):
        random = np.random.default_rng(5)
        directions = np.linalg.qr(random.normal(size=(self.count, self.count)))[0]
        self.covariance = (directions * np.geomspace(0.005, 0.08, self.count) ** 2) @ directions.T
        self.inverse = np.linalg.inv(self.covariance)

    def log_likelihoods(self, values, grids=None):
        apart = np.atleast_2d(values) - 0.5
        return -0.5 * np.einsum("ni,ij,nj->n", apart, self.inverse, apart)


def test_draws_of_many_numbers_are_not_too_narrow(tmp_path):
    """A wrong acceptance probability shows in many dimensions only, and not in R-hat."""
    tilted = Tilted()
    start = Mode(np.full(tilted.count, 0.5), 0.0, "centre", 0)
    draws = without_burn_in(sample(tilted, [start], Settings(ensembles=2, walkers=64, steps=2500), tmp_path))
    ratio = draws.reshape(-1, tilted.count).std(axis=0) / np.sqrt(np.diag(tilted.covariance))
    assert ratio.mean() == pytest.approx(1, abs=0.05)
    assert ratio == pytest.approx(1, abs=0.15)


def test_diagnostics_separate_converged_chains_from_others(chains):
    result = diagnostics(chains, "abc")
    assert (result["r_hat"] < 1.05).all() and (result["ess"] > 200).all()
    flat = 1 - WIDTH / (np.array([1.0, 15.0, 3.0]) / np.sqrt(12))
    assert result["contraction"].to_numpy() == pytest.approx(flat, abs=0.06)
    apart = chains.copy()
    apart[1] += 0.3
    assert (diagnostics(apart, "abc")["r_hat"] > 1.5).all()
    assert thinned(chains, 50, seed=1).shape == (50, 3)


def test_walkers_that_stand_still_are_counted_and_spoil_nothing_else(chains):
    assert stuck_walkers(chains) == 0
    one = chains.copy()
    one[0, :, 3] = one[0, 0, 3]
    assert stuck_walkers(one) == 1
    assert np.isfinite(diagnostics(one, "abc").to_numpy()).all()
    with np.errstate(invalid="ignore"):  # R-hat of what does not vary
        still = diagnostics(np.full((2, 40, 8, 1), 0.5), "a")
    assert (still["ess"] == 2 * 8).all(), "no more than one draw of each walker"


def test_an_interrupted_run_is_resumed(tmp_path):
    settings = Settings(ensembles=1, walkers=8, steps=60, seed=5)
    modes = find_modes(Bell(), 1, seed=1)
    whole = sample(Bell(), modes, settings, tmp_path / "whole")

    class Interrupted(Exception):
        pass

    def stop(done, total):
        assert total == 60
        if done == 50:
            raise Interrupted

    with pytest.raises(Interrupted):
        sample(Bell(), modes, settings, tmp_path / "parts", stop)
    rest = Bell()
    again = sample(rest, modes, settings, tmp_path / "parts")
    assert np.array_equal(again, whole)
    assert rest.calls < 8 * 15, "fifty of sixty steps were there already"
    finished = Bell()
    assert np.array_equal(sample(finished, modes, settings, tmp_path / "parts"), whole)
    assert finished.calls == 0
