"""Random generation of projects: their number, size and all other random attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import simpy

from model.axes import BRANCH

from .settings import CLOSURE, RENOVATION, STAGES, lognormal, mean_below

REVIEW, MONEY, BUILDING = "review", "money", "building"
COMPLETED, FAILED, WITHDRAWN = "completed", "failed", "withdrawn"
"""States of a project."""


@dataclass(eq=False, slots=True)
class Project:
    """One project.

    `reading` is its review time relative to the mean, `stages` the durations of its work stages, `stage` the number of
    stages completed, `times` the time of each event.
    """

    kind: str
    branch: int
    size: float
    money: float
    zero_land: bool
    merit: float
    reading: float
    stages: tuple[float, ...]
    fails: bool
    state: str = REVIEW
    stage: int = 0
    there_at_start: bool = False
    life: simpy.Process | None = None
    award: simpy.Event | None = None
    times: dict[str, float] = field(default_factory=dict)

    def decide(self, funded: bool) -> None:
        """End the wait for funds or a plant: with a start where `funded`, else with a withdrawal."""
        if self.award is None:
            raise ValueError("the project does not wait for funds")
        self.award.succeed(funded)


@dataclass(frozen=True)
class Conditions:
    """Values of the stocks and auxiliaries at the start of a month, by branch.

    By kind: intended capacity per year (`wishes`), cost per unit of capacity, eligible plants, and plants that can
    start within a month (`startable`). In addition: funds per year, capacity that can be reviewed per year, the share
    of waiting renovation projects whose plant is closed or retired per year (`exits`), and the approval time, a scalar.
    """

    wishes: Mapping[str, np.ndarray]
    costs: Mapping[str, np.ndarray]
    eligible: Mapping[str, np.ndarray]
    startable: Mapping[str, np.ndarray]
    money: np.ndarray
    reviews: np.ndarray
    exits: np.ndarray
    approval_time: float


class Draws:
    """Random generator of projects. `projects` are all projects generated."""

    def __init__(
        self,
        settings: Mapping[str, np.ndarray],
        durations: Mapping[str, float],
        failure_share: float,
        random: np.random.Generator,
    ):
        self.settings, self.durations, self.failure_share, self.random = settings, durations, failure_share, random
        self.plan = np.zeros(len(BRANCH))
        self.projects: list[Project] = []

    def wished(self, kind: str, now: Conditions, amounts: np.ndarray) -> Iterable[Project]:
        """Projects of random size whose expected total capacity by branch is `amounts`."""
        mean, cap = self.sizes(kind, now)
        typical = mean_below(mean, cap, self.settings)
        counts = self.random.poisson(np.where(typical > 0, amounts / np.where(typical > 0, typical, 1), 0))
        return self.of_random_size(kind, now, np.repeat(np.arange(len(BRANCH)), counts))

    def listed(self, now: Conditions, amounts: np.ndarray) -> Iterable[Project]:
        """Plants added to the closure list until the plan is met as closely as whole plants allow."""
        self.plan += amounts
        for branch in np.flatnonzero(self.plan > 0).tolist():
            while self.plan[branch] > 0:
                (project,) = self.of_random_size(CLOSURE, now, np.array([branch]))
                if project.size <= 0 or self.plan[branch] < project.size / 2:
                    self.projects.pop()
                    break
                self.plan[branch] -= project.size
                yield project

    def of_random_size(self, kind: str, now: Conditions, branch: np.ndarray) -> list[Project]:
        """One project for each entry of `branch`."""
        mean, cap = self.sizes(kind, now)
        count, random = len(branch), self.random
        centre, spread = lognormal(self.settings)
        size = np.minimum(mean[branch] * np.exp(random.normal(centre, spread, count)), cap[branch])
        zero_land = random.random(count) < self.settings["zero_land_share"]
        merit = random.normal(0, 1, count) + self.settings["zero_land_merit"] * zero_land
        reading, fails = random.exponential(1, count), random.random(count) < self.failure_share
        stages = random.exponential(1, (count, STAGES)) * self.stage_times(kind)
        money = size * now.costs[kind][branch]
        columns = (branch, size, money, zero_land, merit, reading, stages, fails)
        projects = [
            Project(kind, b, s, m, z, merit, r, tuple(st), f and kind == RENOVATION)
            for b, s, m, z, merit, r, st, f in zip(*(column.tolist() for column in columns), strict=True)
        ]
        self.projects += projects
        return projects

    def sizes(self, kind: str, now: Conditions) -> tuple[np.ndarray, np.ndarray]:
        """Mean capacity of projects before the cap is applied, and the cap, by branch."""
        eligible = now.eligible[kind]
        if kind == CLOSURE:
            return eligible * self.settings["closure_plant_share"], eligible * self.settings["largest_project_share"]
        cost = now.costs[kind]
        mean = self.settings[f"{kind}_project_size"] / np.where(cost > 0, cost, np.inf)
        return mean, eligible * self.settings["largest_project_share"]

    def stage_times(self, kind: str) -> np.ndarray:
        """Mean durations of the work stages."""
        if kind == CLOSURE:
            return np.array([self.settings["closure_audit_time"], self.settings["closure_dismantling_time"], 0.0])
        return np.full(STAGES, self.durations[kind] / STAGES)

    def holding(self, kind: str, now: Conditions, content: np.ndarray) -> Iterable[Project]:
        """Projects whose capacity adds up to `content` in each branch; the last one is reduced to fit."""
        for branch, left in enumerate(content.tolist()):
            while left > 0:
                (project,) = self.of_random_size(kind, now, np.array([branch]))
                if project.size >= left or project.size <= 0:
                    project.money *= left / project.size if project.size > 0 else 0.0
                    project.size = left
                left -= project.size
                yield project
