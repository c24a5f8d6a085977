"""The frontier of several outcomes: mixes of levers and first years that no other mix that was run beats.

The search begins with descents along slopes, one for each of some weights of the objectives, and goes on with NSGA-II
(Deb et al. 2002) over strengths and first years. Everything that is run enters the result: the shipped scenarios,
`CLOUD` random mixes, the descents, and every generation. So no point of the front is beaten by any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.tradeoffs import COST, OUTCOMES, outcome_of
from model.engine import Text
from model.engine.progress import Progress, ignored
from model.inputs import POLICY_START
from model.scenario import Scenario, shipped_scenarios

from .evaluation import Evaluator
from .lever_space import LATEST_FIRST, STRENGTH_DECIMALS, STRONGEST, LeverSpace, Points, joined
from .sorting import undominated
from .summaries import front_html
from .tables import front_table
from .weighted_descents import descend

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_OBJECTIVES = (COST, "co2_emissions_industry", "equipment_minus_steel_share")
DEFAULT_EVALUATIONS = 20_000
FEWEST_EVALUATIONS = 1_000
CLOUD = 1_000
"""Random mixes that the search begins with, at most a quarter of all runs."""
POPULATION = 200
DESCENT_PART = 0.4
"""Part of the runs that descents may use."""


@dataclass(frozen=True)
class FrontPoint:
    """A mix of the front: the name of a shipped scenario or "", strengths and first years by lever (of a scenario those
    of the nearest mix), all outcomes, and the scenario to run."""

    name: str
    strengths: Mapping[str, float]
    first_years: Mapping[str, int]
    outcomes: Mapping[str, float]
    scenario: Scenario


@dataclass(frozen=True)
class Frontier:
    """The mixes that nothing beats in `objectives`, the cheapest first; `evaluations` runs were made, `scenarios` has
    the outcomes of the shipped scenarios with the same drivers, and `cloud` those of the random mixes (mixes,)."""

    objectives: tuple[str, ...]
    points: tuple[FrontPoint, ...]
    scenarios: Mapping[str, Mapping[str, float]]
    cloud: Mapping[str, tuple[float, ...]]
    evaluations: int

    def values(self) -> np.ndarray:
        """Objectives (points, objectives)."""
        return np.array([[point.outcomes[name] for name in self.objectives] for point in self.points])

    @property
    def table(self) -> pd.DataFrame:
        """A row a point: its number and name, all outcomes, and strength and first year of every lever."""
        return front_table(self)

    def _repr_html_(self) -> str:
        return front_html(self)

    def chosen(self) -> dict[str, FrontPoint]:
        """The best point in each objective, and under "balanced" the one nearest to the best in all of them, each
        measured by its range on the front."""
        good = self.values() * [OUTCOMES[name] for name in self.objectives]
        span = np.ptp(good, axis=0)
        far = (good.max(axis=0) - good) / np.where(span > 0, span, 1.0)
        found = {f"best_{name}": self.points[int(good[:, k].argmax())] for k, name in enumerate(self.objectives)}
        return {**found, "balanced": self.points[int(np.linalg.norm(far, axis=1).argmin())]}


def check_objectives(objectives: Sequence[str]) -> tuple[str, ...]:
    """The objectives. Raises ValueError for fewer than two, for unknown ones, and for those without a direction."""
    allowed = [name for name, better in OUTCOMES.items() if better]
    for name in objectives:
        if name in OUTCOMES and not OUTCOMES[name]:
            raise ValueError(f"objective {name}: neither more nor less of it is better; allowed: {', '.join(allowed)}")
        if name not in allowed:
            raise ValueError(f"objective {name} is unknown; allowed: {', '.join(allowed)}")
    chosen = tuple(dict.fromkeys(objectives))
    if len(chosen) < 2:
        raise ValueError(f"a frontier needs two objectives or more; allowed: {', '.join(allowed)}")
    return chosen


def frontier(
    base: Scenario,
    objectives: Sequence[str] = DEFAULT_OBJECTIVES,
    evaluations: int = DEFAULT_EVALUATIONS,
    levers: Sequence[str] | None = None,
    earliest: int = POLICY_START,
    most: float = STRONGEST,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = ignored,
) -> Frontier:
    """Search the frontier with `evaluations` runs, under the drivers and parameters of `base`.

    `levers` (default: all) may move from the year `earliest` on, with strengths up to `most`. The same arguments give
    the same front whatever the threads. `progress` counts runs. Raises ValueError for arguments that are not allowed.
    """
    chosen = check_objectives(objectives)
    if evaluations < FEWEST_EVALUATIONS:
        raise ValueError(f"{evaluations} evaluations are too few; allowed: {FEWEST_EVALUATIONS:,} or more")
    space = LeverSpace(base, levers, earliest, most)
    search = _Search(Evaluator(space, tuple(OUTCOMES), threads), chosen, seed, evaluations, progress)
    return search.result()


class _Search:
    """One search; `archive` and `outcomes` have everything that was run."""

    def __init__(
        self, evaluator: Evaluator, objectives: tuple[str, ...], seed: int, evaluations: int, progress: Progress
    ):
        self._evaluator, self._space = evaluator, evaluator.space
        self._objectives, self._seed, self._evaluations, self._progress = objectives, seed, evaluations, progress
        self._signs = np.array([-OUTCOMES[name] for name in objectives], dtype=float)
        self._scenarios = list(shipped_scenarios().values())
        self._archive: list[Points] = []
        self._outcomes: list[dict[str, np.ndarray]] = []

    def result(self) -> Frontier:
        """Run the search."""
        space, random = self._space, np.random.default_rng(self._seed)
        named = _outcomes(self._evaluator.run_scenarios(self._scenarios))
        nearest = joined([space.nearest(scenario) for scenario in self._scenarios])
        cloud = min(CLOUD, self._evaluations // 4)
        ends = joined([space.point(strength) for strength in np.linspace(0.0, space.most, 9)])
        weak = space.random(cloud // 2, random, most=min(1.0, space.most))
        weak = Points(weak.strengths, np.full_like(weak.first_years, space.earliest))
        first = joined([nearest, ends, weak, space.random(cloud - cloud // 2, random)])
        goals = self._run(first)
        drawn = {name: tuple(values[-cloud:].tolist()) for name, values in self._outcomes[0].items()}
        self._descend(first, goals)
        self._evolve()
        points, outcomes = joined(self._archive), _joined(self._outcomes)
        every = {name: np.concatenate([named[name], outcomes[name]]) for name in OUTCOMES}
        kept = undominated(self._goals(every))
        kept = kept[np.argsort(every[COST][kept], kind="stable")]
        every_point = joined([nearest, points])
        return Frontier(
            self._objectives,
            tuple(self._front_point(int(k), every_point, every) for k in kept),
            {s.name: {n: float(named[n][k]) for n in OUTCOMES} for k, s in enumerate(self._scenarios)},
            drawn,
            self._evaluator.evaluations,
        )

    def _goals(self, outcomes: Mapping[str, np.ndarray]) -> np.ndarray:
        """Objectives (members, objectives), of all of which less is better."""
        return np.column_stack([outcomes[name] for name in self._objectives]) * self._signs

    def _run(self, points: Points) -> np.ndarray:
        """Run mixes, keep them, and return their goals."""
        before = self._evaluator.evaluations

        def show(done: int, _: int) -> None:
            self._progress(min(before + done, self._evaluations), self._evaluations)

        outcomes = _outcomes(self._evaluator.run(points, show))
        self._archive.append(points)
        self._outcomes.append(outcomes)
        return self._goals(outcomes)

    def _descend(self, first: Points, goals: np.ndarray) -> None:
        """Descents from the best of the first mixes; each objective is measured by its range on their front."""
        span = np.ptp(goals[undominated(goals)], axis=0)
        scales = np.where(span > 0, span, np.ptp(goals, axis=0) + np.finfo(float).tiny)
        runs = min(int(DESCENT_PART * self._evaluations), self._evaluations - self._evaluator.evaluations)
        descend(self._run, first, goals, scales, self._space.most, runs)

    def _evolve(self) -> None:
        """Generations of NSGA-II from the best that was run, until the runs are used up."""
        from pymoo.algorithms.moo.nsga2 import NSGA2, RankAndCrowding
        from pymoo.core.population import Population
        from pymoo.core.problem import Problem

        count, first = len(self._space.names), joined(self._archive)
        goals = self._goals(_joined(self._outcomes))
        low = np.concatenate([np.zeros(count), np.full(count, float(self._space.earliest))])
        high = np.concatenate([np.full(count, self._space.most), np.full(count, LATEST_FIRST + 1 - 1e-9)])
        problem = Problem(n_var=2 * count, n_obj=goals.shape[1], xl=low, xu=high)
        start = Population.new(X=np.concatenate([first.strengths, first.first_years], axis=1), F=goals)
        seeded = np.random.default_rng(self._seed)  # pymoo breaks ties by lot
        start = RankAndCrowding().do(problem, start, n_survive=POPULATION, random_state=seeded)
        algorithm = NSGA2(pop_size=POPULATION, sampling=Population.new(X=start.get("X")))
        algorithm.setup(problem, termination=("n_gen", 10**9), seed=self._seed, verbose=False)
        algorithm.ask()  # the first generation, which has been run already
        algorithm.tell(infills=start)
        while (left := self._evaluations - self._evaluator.evaluations) > 0:
            children = algorithm.ask()
            points = _points(children.get("X"), count)
            if left < len(points):
                self._run(points[:left])
                return
            children.set("F", self._run(points))
            algorithm.tell(infills=children)

    def _front_point(self, row: int, points: Points, outcomes: Mapping[str, np.ndarray]) -> FrontPoint:
        space, point = self._space, points[row : row + 1]
        scenario = self._scenarios[row] if row < len(self._scenarios) else None
        own, title = space.scenario_levers(point), Text("前沿上的措施组合", "Mix on the frontier")
        if scenario is not None:
            title = Text(scenario.text("title", "zh"), scenario.text("title", "en"))
            own = {**space.base.levers, **space.levers_of(scenario)}
        return FrontPoint(
            "" if scenario is None else scenario.name,
            dict(zip(space.names, point.strengths[0].tolist(), strict=True)),
            dict(zip(space.names, point.first_years[0].tolist(), strict=True)),
            {name: float(values[row]) for name, values in outcomes.items()},
            space.base.model_copy(update={"title": title, "description": "", "extends": None, "levers": own}),
        )


def _points(variables: np.ndarray, count: int) -> Points:
    """Mixes of the variables of the search: strengths, then years with fractions."""
    return Points(np.round(variables[:, :count], STRENGTH_DECIMALS), np.floor(variables[:, count:]).astype(int))


def _outcomes(results: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: outcome_of(name, results[name]) for name in OUTCOMES}


def _joined(parts: Sequence[Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
