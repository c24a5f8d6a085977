"""Mode, smoother and tempered sampling of known densities."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from calibration.draws import diagnostics, effective_size, family_of, tempered_draws
from calibration.estimated import candidates, estimated
from calibration.likelihood import error_grid, log_density
from calibration.mode import averaged_precision, find_mode, find_modes
from calibration.series import all_series
from calibration.smoother import assimilated, controlled_step, localisation
from calibration.target import Assessment, Target
from calibration.tempered import (
    Settings,
    fitted_reference,
    moved,
    sample,
    state_of,
    systematic,
    temperature_step,
)

SIZE = 0.3


@dataclass(frozen=True)
class Linear:
    """Observations that depend linearly on scores, with independent normal errors: the posterior is known."""

    matrix: np.ndarray
    observed: np.ndarray

    @classmethod
    def of(cls, points, numbers):
        random = np.random.default_rng(0)
        matrix = random.standard_normal((points, numbers))
        true = matrix @ random.standard_normal(numbers)
        return cls(matrix, true + SIZE * random.standard_normal(points))

    @property
    def covariance(self):
        return np.linalg.inv(np.eye(self.matrix.shape[1]) + self.matrix.T @ self.matrix / SIZE**2)

    @property
    def mean(self):
        return self.covariance @ self.matrix.T @ self.observed / SIZE**2

    @property
    def log_evidence(self):
        spread = self.matrix @ self.matrix.T + SIZE**2 * np.eye(len(self.observed))
        return multivariate_normal(cov=spread).logpdf(self.observed)

    def log_likelihood(self, scores):
        errors = scores @ self.matrix.T - self.observed
        constant = len(self.observed) * np.log(SIZE * np.sqrt(2 * np.pi))
        return -0.5 * (errors**2).sum(axis=1) / SIZE**2 - constant


LINEAR = Linear.of(6, 8)
SETTINGS = Settings(particles=500, last_moves=20, seed=3)


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    return sample(LINEAR.log_likelihood, 8, SETTINGS, tmp_path_factory.mktemp("chains"))


def test_tempered_draws_have_the_mean_width_and_evidence_of_the_posterior(states):
    draws = tempered_draws(states)
    spread = np.sqrt(np.diag(LINEAR.covariance))
    assert (draws.joined.mean(axis=0) - LINEAR.mean) / spread == pytest.approx(0, abs=0.15)
    assert draws.joined.std(axis=0) / spread == pytest.approx(1, abs=0.1)
    assert np.corrcoef(draws.joined.T) == pytest.approx(LINEAR.covariance / np.outer(spread, spread), abs=0.12), (
        "also the correlations"
    )
    assert draws.report["log_evidence"] == pytest.approx([LINEAR.log_evidence] * 2, abs=0.5)
    assert all(state.temperatures[0] == 0 and state.temperatures[-1] == 1 for state in states)


def test_implausible_runs_are_refused_by_the_prior(tmp_path):
    """Without a likelihood, and only positive scores plausible, draws are half normal: mean sqrt(2 / pi)."""

    def half(scores):
        return np.where((scores > 0).all(axis=1), 0.0, -np.inf)

    (state,) = sample(half, 2, Settings(particles=2000, runs=1, last_moves=10), tmp_path)
    assert (state.scores > 0).all() and state.log_evidence == pytest.approx(0)
    assert state.scores.mean(axis=0) == pytest.approx(np.sqrt(2 / np.pi), abs=0.05)
    with pytest.raises(ValueError, match="of 2000 draws of the prior 0 are plausible"):
        sample(lambda scores: np.full(len(scores), -np.inf), 2, Settings(particles=2000, runs=1), tmp_path)


def test_moves_leave_a_skewed_posterior_as_it_is():
    """Exact draws of exp(score) times a likelihood stay exact, though the fitted normal distribution is wrong."""
    random = np.random.default_rng(1)
    tried = random.standard_normal((60_000, 2))

    def log_likelihood(scores):
        return -np.exp(2 * scores[:, 0]) - (scores[:, 1] - scores[:, 0] ** 2) ** 2

    exact = tried[random.random(len(tried)) < np.exp(log_likelihood(tried))]
    start = state_of(exact, log_likelihood(exact), 1.0)
    after = moved(log_likelihood, start, 15, 0.0, random)
    assert 0.1 < after.acceptance[-1] < 0.9
    error = 4 * exact.std(axis=0) / np.sqrt(len(exact))
    assert (np.abs(after.scores.mean(axis=0) - exact.mean(axis=0)) < 2 * error).all()
    assert after.scores.std(axis=0) == pytest.approx(exact.std(axis=0), rel=0.04)
    unmoved = (after.scores == exact).all(axis=1).mean()
    assert unmoved < 0.1


def test_an_interrupted_run_is_resumed_at_the_same_draws(tmp_path, states):
    class Interrupted(Exception):
        pass

    counted = []

    def log_likelihood(scores):
        counted.append(len(scores))
        return LINEAR.log_likelihood(scores)

    def stop(done, total):
        if done > 0.3 * total:
            raise Interrupted

    with pytest.raises(Interrupted):
        sample(log_likelihood, 8, SETTINGS, tmp_path, progress=stop)
    before = sum(counted)
    reports = []
    again = sample(log_likelihood, 8, SETTINGS, tmp_path, progress=lambda *parts: reports.append(parts))
    assert [np.array_equal(a.scores, b.scores) for a, b in zip(again, states, strict=True)] == [True, True]
    assert sum(counted) == sum(state.evaluations for state in again), "nothing was run twice"
    assert 0 < before < sum(counted) and reports[-1][0] == reports[-1][1]
    sample(log_likelihood, 8, SETTINGS, tmp_path)
    assert sum(counted) == sum(state.evaluations for state in again), "finished runs are read"
    other = sample(log_likelihood, 8, SETTINGS, tmp_path, key="another model")
    assert len(other) == 2 and sum(counted) > sum(state.evaluations for state in again)


def test_temperatures_and_resampling_follow_the_weights():
    density = np.array([0.0, 0.0, -1.0, -1.0])
    # Two weights of 1 and two of w: (2 + 2 w)^2 / (2 + 2 w^2) / 4 = 0.8 at w = 1/3.
    assert temperature_step(density, 5.0, 0.8) == pytest.approx(np.log(3))
    assert temperature_step(density, 0.5, 0.8) == 0.5, "no further than asked"
    chosen = systematic(np.array([0.5, 0.25, 0.25, 0.0]), np.random.default_rng(1))
    assert chosen.tolist() == [0, 0, 1, 2]


def test_a_reference_takes_noise_for_the_prior():
    random = np.random.default_rng(2)
    scores = random.standard_normal((400, 20))
    scores[:, 0] = 1.5 + 0.1 * scores[:, 0]
    reference = fitted_reference(scores)
    covariance = reference.root @ reference.root.T
    assert reference.mean[0] == pytest.approx(1.5, abs=0.05) and np.abs(reference.mean[1:]).max() < 0.1
    assert covariance[0, 0] == pytest.approx(0.01, rel=0.3)
    assert covariance[1:, 1:] == pytest.approx(np.eye(19), abs=0.02), "sampling noise is not taken over"
    assert reference.inverse @ covariance == pytest.approx(np.eye(20), abs=1e-8)


def test_families_and_effective_sizes():
    # Two resamplings of four: first (0, 0, 1, 3), then (1, 1, 2, 3) of these.
    assert family_of(np.array([[0, 0, 1, 3], [1, 1, 2, 3]])).tolist() == [0, 0, 1, 3]
    random = np.random.default_rng(3)
    scores = random.standard_normal((1000, 2))
    assert effective_size(scores, np.arange(1000)) == pytest.approx([1000, 1000])
    copies = np.repeat(random.standard_normal((100, 2)), 10, axis=0)
    assert effective_size(copies, np.repeat(np.arange(100), 10)) == pytest.approx([100, 100])


def test_r_hat_tells_runs_that_disagree(states):
    draws = tempered_draws(states)
    result = diagnostics(draws, list("abcdefgh"))
    assert (result["r_hat"] < 1.02).all() and (result["ess"] > 200).all()
    assert result["contraction"].to_numpy() == pytest.approx(1 - np.sqrt(np.diag(LINEAR.covariance)), abs=0.1)
    apart = type(draws)(draws.method, (draws.scores[0], draws.scores[1] + 1.0), draws.families)
    # Means apart by 1 have a variance of 0.5 beside that within.
    within = np.mean([scores.var(axis=0) for scores in draws.scores], axis=0)
    assert diagnostics(apart, list("abcdefgh"))["r_hat"].to_numpy() == pytest.approx(
        np.sqrt(1 + 0.5 / within), rel=0.15
    )
    assert draws.thinned(50, 1).shape == (50, 8) and len(draws.thinned(10**6, 1)) == 1000


def test_an_assimilation_with_all_steps_gives_the_posterior_of_a_linear_model():
    random = np.random.default_rng(4)
    scores = random.standard_normal((4000, 8))
    for _ in range(4):
        errors = scores @ LINEAR.matrix.T - LINEAR.observed
        scores = assimilated(scores, errors, SIZE**2 * np.eye(6), 4.0, random)
    spread = np.sqrt(np.diag(LINEAR.covariance))
    assert (scores.mean(axis=0) - LINEAR.mean) / spread == pytest.approx(0, abs=0.15)
    assert scores.std(axis=0) / spread == pytest.approx(1, abs=0.1)
    broken = LINEAR.observed * np.nan
    same = assimilated(scores[:3], np.array([broken, LINEAR.observed, LINEAR.observed]), np.eye(6), 1.0, random)
    assert np.array_equal(same[0], scores[0]), "a member without a run stays"


def test_chance_correlations_are_damped_and_steps_are_moderate():
    # Of four members, numbers as the first and second pattern; the point follows the first.
    patterns = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])
    assert localisation(np.tile(patterns, (25, 1)), np.tile(patterns[:, :1], (25, 1))) == pytest.approx(
        np.array([[1 - 3 / 100], [0.0]])
    )
    # Misfits 0.5 e'e of 2 points: 1, 4 and 9 times 0.5 * 2; half the points is 1, over the mean 14/3 and the root of
    # the variance.
    errors = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    misfits = np.array([1.0, 4.0, 9.0])
    assert controlled_step(errors, np.eye(2)) == pytest.approx(max(1 / misfits.mean(), 1 / misfits.std()))


class Curve:
    """A target of two series in two numbers, with errors that curve in the scores."""

    def __init__(self):
        self.numbers, self.window = (), 2020
        self.grids = {name: error_grid(all_series()[name]) for name in ("rd_expenditure", "value_added_growth")}

    def __len__(self):
        return 2

    by_series = Target.by_series

    def assess(self, scores):
        scores = np.atleast_2d(scores)
        points = [len(grid.positions) for grid in self.grids.values()]
        first = np.outer(0.3 * np.expm1(scores[:, 0] - 0.8), np.ones(points[0]))
        second = np.outer(scores[:, 0] + scores[:, 1], np.linspace(1, 2, points[1]))
        errors = np.concatenate([first, second], axis=1)
        density = log_density(self.by_series(errors), self.grids)
        nothing = np.zeros(len(scores), dtype=bool)
        return Assessment(density, errors, nothing[:, None], nothing)


def test_a_search_ends_at_the_top_of_the_posterior():
    target = Curve()
    modes = find_modes(target, 3, seed=1)
    assert [mode.log_density for mode in modes] == sorted((m.log_density for m in modes), reverse=True)
    assert modes[0].scores == pytest.approx(modes[2].scores, abs=0.05), "wherever it starts"
    grid = np.array(np.meshgrid(np.linspace(-2, 2, 161), np.linspace(-2, 2, 161))).reshape(2, -1).T
    density = target.assess(grid).log_likelihood - 0.5 * (grid**2).sum(axis=1)
    assert modes[0].scores == pytest.approx(grid[np.argmax(density)], abs=0.04)
    assert modes[0].log_density == pytest.approx(density.max(), abs=0.02)
    weights = np.exp(density - density.max())
    mean = weights @ grid / weights.sum()
    spread = np.sqrt(weights @ (grid - mean) ** 2 / weights.sum())
    ratio = modes[0].spreads / spread
    assert (ratio > 0.5).all() and (ratio < 1.1).all(), "the width with the sizes of errors as they are at the top"


def test_averaged_precision_gives_the_gradient_of_the_hierarchical_density():
    target = Curve()
    points = sum(len(grid.positions) for grid in target.grids.values())
    errors = 0.5 * np.random.default_rng(5).standard_normal(points) * np.repeat([0.1, 3], [11, points - 11])
    analytic = -averaged_precision(target.by_series(errors), target.grids) @ errors
    steps = 1e-5 * np.eye(points)
    up, down = (log_density(target.by_series(errors + sign * steps), target.grids) for sign in (1, -1))
    assert analytic == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-4)


def test_the_real_target_is_assessed_like_its_parts():
    numbers = estimated()[:3]
    target = Target(numbers, 2015)
    result = target.assess(np.zeros((2, 3)))
    assert result.log_likelihood[0] == result.log_likelihood[1] and np.isfinite(result.log_likelihood).all()
    assert set(target.by_series(result.errors)) == set(target.grids)
    assert not result.failed.any() and not result.refused.any()
    mode = find_mode(target, np.zeros(3), "medians", most_iterations=5)
    assert mode.log_density > result.log_likelihood[0] and mode.runs > 20
    assert all(n.id in candidates() for n in target.numbers)
