"""Posterior draws by tempered sequential Monte Carlo with the exact likelihood.

Particles begin as plausible draws of the prior N(0, I). The likelihood is raised to a temperature that grows from 0 to
1, each time as far as the effective sample size allows; particles are resampled, and moved by Markov steps that leave
the tempered posterior invariant. Two kinds of steps take turns: a preconditioned Crank-Nicolson step about the normal
distribution fitted to the particles, which moves far where the posterior is nearly normal, and a random walk with the
same covariance, which does not depend on it. Scales adapt to the acceptance rate. Independent runs give the evidence
and the posterior twice; their agreement is the test of convergence. The state is saved after every temperature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import brentq

from model.engine.progress import Progress, ignored

LogLikelihood = Callable[[np.ndarray], np.ndarray]
"""Log likelihood (members,) of scores (members, numbers); -inf where a run fails or is not plausible."""
WANTED_ACCEPTANCE = 0.27
LEAST_PLAUSIBLE = 0.005
"""Share of plausible draws of the prior below which the search for particles ends with an error."""
LINEAGE = 6
"""Temperatures over which lines of descent are followed for the effective sample size."""
UNMOVED = 0.3
"""Mean correlation of the particles with their places at the beginning of a temperature at which moves end early."""
LAST_ROUNDS = 2
"""Rounds into which the last moves are split: the mean log likelihood should be the same after each."""
PROGRESS_PARTS, PROGRESS_POWER = 1000, 0.25
"""Progress counts the fourth root of the temperature, which rises about evenly, in so many parts."""


@dataclass(frozen=True)
class Settings:
    """Particles of each of the independent `runs`, share of them that resampling leaves effective, fewest and most
    moves at a temperature, moves at the last one, and the seed of the first run.

    With about fifty numbers a move takes 1 to 2 % off the correlation of particles with their places, so that
    particles lag behind the temperature, and most of the work is worth doing at the last one.
    """

    particles: int = 500
    runs: int = 2
    effective: float = 0.5
    least_moves: int = 4
    most_moves: int = 15
    last_moves: int = 900
    seed: int = 1


@dataclass(frozen=True)
class State:
    """Particles after the moves at a temperature: scores, log likelihoods, the sum of log evidence so far, indices of
    ancestors at the latest resamplings (resamplings, particles), scales of both kinds of steps, acceptance and mean log
    likelihood after each round of moves, temperatures so far, number of runs of the model, and whether the last moves
    are done."""

    scores: np.ndarray
    log_likelihood: np.ndarray
    log_evidence: float
    ancestors: np.ndarray
    scales: np.ndarray
    acceptance: tuple[float, ...]
    levels: tuple[float, ...]
    temperatures: tuple[float, ...]
    evaluations: int
    done: bool = False


@dataclass(frozen=True)
class Reference:
    """A normal distribution N(mean, root root') fitted to particles, with the inverse of its covariance."""

    mean: np.ndarray
    root: np.ndarray
    inverse: np.ndarray

    def log_density(self, scores: np.ndarray) -> np.ndarray:
        """Up to a constant."""
        apart = scores - self.mean
        return -0.5 * np.einsum("ni,ij,nj->n", apart, self.inverse, apart)


def fitted_reference(scores: np.ndarray) -> Reference:
    """The normal distribution of particles, with the prior in every direction of which the sample cannot be told from
    the prior: eigenvalues of the covariance inside the Marchenko-Pastur limits of pure noise."""
    count, dimensions = scores.shape
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(scores, rowvar=False)))
    noise = np.sqrt(dimensions / count)
    informed = (values < (1 - min(noise, 0.9)) ** 2) | (values > (1 + noise) ** 2)
    vectors, values = vectors[:, informed], np.maximum(values[informed], 1e-8)
    root = np.eye(dimensions) + (vectors * (np.sqrt(values) - 1)) @ vectors.T
    inverse = np.eye(dimensions) + (vectors * (1 / values - 1)) @ vectors.T
    return Reference(vectors @ (vectors.T @ scores.mean(axis=0)), root, inverse)


def sample(
    log_likelihood: LogLikelihood,
    dimensions: int,
    settings: Settings,
    folder: Path,
    key: str = "",
    progress: Progress = ignored,
) -> list[State]:
    """The final state of each independent run. Temperatures stored in `folder` under the same settings and `key` (what
    else decides the likelihood) are not run again. Raises ValueError where hardly any draw of the prior is plausible.
    """
    folder.mkdir(parents=True, exist_ok=True)
    states = []
    for run in range(settings.runs):

        def advanced(done: int, total: int, run: int = run) -> None:
            progress(run * total + done, settings.runs * total)

        seed = settings.seed + run
        fingerprint = hashlib.sha256(f"{settings} {seed} {dimensions} {key}".encode()).hexdigest()[:10]
        states.append(_run(log_likelihood, dimensions, settings, seed, folder / f"run_{fingerprint}.npz", advanced))
    return states


def _run(
    log_likelihood: LogLikelihood, dimensions: int, settings: Settings, seed: int, file: Path, progress: Progress
) -> State:
    random = np.random.default_rng(seed)
    state = _resumed(file, random) or _first(log_likelihood, dimensions, settings, random)
    while not state.done:
        if state.temperatures[-1] < 1:
            state = _next(log_likelihood, state, settings, random)
        else:
            for _ in range(LAST_ROUNDS):
                state = moved(log_likelihood, state, settings.last_moves // LAST_ROUNDS, 0.0, random)
            state = replace(state, done=True)
        _save(file, state, random)
        progress(round(0.9 * PROGRESS_PARTS * state.temperatures[-1] ** PROGRESS_POWER), PROGRESS_PARTS)
    progress(PROGRESS_PARTS, PROGRESS_PARTS)
    return state


def _first(log_likelihood: LogLikelihood, dimensions: int, settings: Settings, random: np.random.Generator) -> State:
    """Plausible draws of the prior."""
    parts: list[tuple[np.ndarray, np.ndarray]] = []
    plausible = tried = 0
    while plausible < settings.particles:
        scores = random.standard_normal((settings.particles, dimensions))
        density = log_likelihood(scores)
        kept = np.isfinite(density)
        parts.append((scores[kept], density[kept]))
        plausible, tried = plausible + int(kept.sum()), tried + len(scores)
        if plausible < LEAST_PLAUSIBLE * tried:
            raise ValueError(
                f"of {tried} draws of the prior {plausible} are plausible, less than {LEAST_PLAUSIBLE:.1%}; "
                "narrow the priors or widen the limits in plausible.yaml"
            )
    scores, density = (np.concatenate(part)[: settings.particles] for part in zip(*parts, strict=True))
    return state_of(scores, density, 0.0, tried)


def state_of(scores: np.ndarray, log_likelihood: np.ndarray, temperature: float, evaluations: int = 0) -> State:
    """A state of particles at a temperature, with nothing behind it."""
    members, dimensions = scores.shape
    scales = np.array([0.3, 2.0 / np.sqrt(dimensions)])
    ancestors = np.empty((0, members), dtype=int)
    return State(scores, log_likelihood, 0.0, ancestors, scales, (), (), (temperature,), evaluations)


def _next(log_likelihood: LogLikelihood, state: State, settings: Settings, random: np.random.Generator) -> State:
    """Raise the temperature, resample, move."""
    before = state.temperatures[-1]
    step = temperature_step(state.log_likelihood, 1 - before, settings.effective)
    logarithms = step * state.log_likelihood
    largest = logarithms.max()
    weights = np.exp(logarithms - largest)
    evidence = state.log_evidence + float(np.log(weights.mean()) + largest)
    chosen = systematic(weights / weights.sum(), random)
    resampled = replace(
        state,
        scores=state.scores[chosen],
        log_likelihood=state.log_likelihood[chosen],
        log_evidence=evidence,
        ancestors=np.concatenate([state.ancestors, chosen[None]])[-LINEAGE:],
        temperatures=(*state.temperatures, 1.0 if step >= 1 - before else before + step),
    )
    return moved(log_likelihood, resampled, settings.most_moves, UNMOVED, random, settings.least_moves)


def temperature_step(log_likelihood: np.ndarray, most: float, effective: float) -> float:
    """The largest step of temperature, at most `most`, that leaves this share of the particles effective."""

    def lacking(step: float) -> float:
        weights = np.exp(step * (log_likelihood - log_likelihood.max()))
        return weights.sum() ** 2 / (weights**2).sum() / len(weights) - effective

    if lacking(most) >= 0:
        return most
    return float(np.exp(brentq(lambda logarithm: lacking(np.exp(logarithm)), np.log(1e-12), np.log(most))))


def systematic(weights: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Indices of particles in proportion to weights that sum to 1 (systematic resampling)."""
    count = len(weights)
    ends = np.cumsum(weights)
    return np.minimum(np.searchsorted(ends / ends[-1], (np.arange(count) + random.random()) / count), count - 1)


def moved(
    log_likelihood: LogLikelihood,
    state: State,
    most: int,
    unmoved: float,
    random: np.random.Generator,
    least: int = 0,
) -> State:
    """Markov steps at the present temperature: `most`, or fewer once the particles have left their places."""
    temperature, scales = state.temperatures[-1], state.scales.copy()
    scores, density, start = state.scores.copy(), state.log_likelihood.copy(), state.scores
    # Fitted once, so that the particles that move do not decide where they move to.
    reference = fitted_reference(scores)
    accepted, steps = [], 0
    for steps in range(1, most + 1):
        kind = steps % 3 == 0
        if kind:
            proposed, correction = _walk(scores, reference, scales[1], random)
        else:
            proposed, correction = _crank_nicolson(scores, reference, min(scales[0], 0.99), random)
        proposed_density = log_likelihood(proposed)
        change = temperature * (proposed_density - density) - 0.5 * ((proposed**2).sum(1) - (scores**2).sum(1))
        taken = np.log(random.random(len(scores))) < change + correction
        scores[taken], density[taken] = proposed[taken], proposed_density[taken]
        rate = float(taken.mean())
        accepted.append(rate)
        scales[int(kind)] *= np.exp(rate - WANTED_ACCEPTANCE)
        scales[0] = min(scales[0], 0.99)
        if steps >= least and _correlation(start, scores) < unmoved:
            break
    return replace(
        state,
        scores=scores,
        log_likelihood=density,
        scales=scales,
        acceptance=(*state.acceptance, float(np.mean(accepted)) if accepted else np.nan),
        levels=(*state.levels, float(density.mean())),
        evaluations=state.evaluations + steps * len(scores),
    )


def _crank_nicolson(
    scores: np.ndarray, reference: Reference, step: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Proposals that leave the reference invariant, and the logarithm by which their acceptance is corrected."""
    noise = random.standard_normal(scores.shape) @ reference.root.T
    proposed = reference.mean + np.sqrt(1 - step**2) * (scores - reference.mean) + step * noise
    return proposed, reference.log_density(scores) - reference.log_density(proposed)


def _walk(
    scores: np.ndarray, reference: Reference, step: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Proposals of a random walk with the covariance of the particles; symmetric, so without correction."""
    return scores + step * random.standard_normal(scores.shape) @ reference.root.T, np.zeros(len(scores))


def _correlation(before: np.ndarray, after: np.ndarray) -> float:
    """Mean correlation over numbers between the places of the same particles."""
    before, after = before - before.mean(axis=0), after - after.mean(axis=0)
    spread = np.sqrt((before**2).sum(axis=0) * (after**2).sum(axis=0))
    return float(np.mean((before * after).sum(axis=0) / np.where(spread > 0, spread, 1.0)))


def _save(file: Path, state: State, random: np.random.Generator) -> None:
    part = file.with_suffix(".part.npz")
    arrays = {name: np.asarray(value) for name, value in vars(state).items()}
    arrays["generator"] = np.array(json.dumps(random.bit_generator.state))
    np.savez(part, allow_pickle=False, **arrays)
    part.replace(file)


def _resumed(file: Path, random: np.random.Generator) -> State | None:
    """The stored state, with the generator set to where it was; None where there is none."""
    if not file.exists():
        return None
    with np.load(file) as saved:
        random.bit_generator.state = json.loads(str(saved["generator"]))
        fields = {name: saved[name] for name in State.__dataclass_fields__}
    numbers = {"log_evidence": float, "evaluations": int, "done": bool}
    lists = {name: tuple(fields[name].tolist()) for name in ("acceptance", "levels", "temperatures")}
    return State(**{**fields, **{name: kind(fields[name]) for name, kind in numbers.items()}, **lists})
