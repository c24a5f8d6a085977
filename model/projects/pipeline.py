"""The project pipeline as a discrete-event simulation in SimPy.

Time is in years, capacity in 亿元/yr of value added at 2015 prices, money in 亿元.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator, Mapping

import numpy as np
import simpy

from model.axes import BRANCH

from .drawing import BUILDING, COMPLETED, FAILED, MONEY, REVIEW, WITHDRAWN, Conditions, Draws, Project
from .settings import (
    CLOSURE,
    CONVERSION,
    KINDS,
    MONTHS,
    RENOVATION,
    STAGES,
    mean_below,
    review_time,
    review_times,
    round_interval,
)

Life = Generator[simpy.Event, object, None]
"""The process of one project."""


class Desk(simpy.PriorityResource):
    """Reviewers of one branch, whose number may change; reviews in progress are completed."""

    def resize(self, reviewers: int) -> None:
        """Set the number of files that can be reviewed at once."""
        self._capacity = reviewers
        self._trigger_put(None)


class Pipeline:
    """All projects of one run.

    Events: applied, approved, started, stage_1 and stage_2 (end of the stage), completed, failed (after completion of
    the work), withdrawn.
    """

    def __init__(self, draws: Draws, start: float):
        self.draws, self.settings, self.start = draws, draws.settings, start
        self.environment = simpy.Environment(start)
        self.desks = [Desk(self.environment) for _ in BRANCH.labels]
        self._open: dict[Project, None] = {}
        self.queue: dict[str, list[Project]] = {RENOVATION: [], CONVERSION: []}
        self.purse = np.zeros(len(BRANCH))
        self.reading_time = (0.0, 0.0)
        self.room: dict[str, np.ndarray] = {}
        self.month: dict[tuple[str, str], np.ndarray] = {}
        self.months_done = 0

    @property
    def projects(self) -> list[Project]:
        """All projects generated so far."""
        return self.draws.projects

    # --- Monthly step -------------------------------------------------------------------------------

    def run_month(self, now: Conditions) -> dict[tuple[str, str], np.ndarray]:
        """Simulate one month and return the capacity by (kind, event) and branch."""
        self.month = {}
        self.prepare(now)
        self._withdraw_exits(now.exits / MONTHS)
        months = round(float(self.settings["funding_interval"]))
        if self.months_done % months == months // 2:  # not at the turn of the year, where stocks are reported
            self._funding_round(now.money * round_interval(self.settings))
        self._start_conversions()
        span = 1 / MONTHS
        for kind in KINDS:
            amounts = np.maximum(now.wishes[kind], 0) * span
            arriving = self.draws.listed(now, amounts) if kind == CLOSURE else self.draws.wished(kind, now, amounts)
            for project in arriving:
                project.life = self.environment.process(_LIVES[kind](self, project, span * self.draws.random.random()))
        self.months_done += 1
        self.environment.run(self.start + self.months_done / MONTHS)
        return self.month

    def prepare(self, now: Conditions) -> None:
        """Set reviewers, review times and startable plants for this month from the stocks."""
        self.reading_time = review_times(now.approval_time, self.settings)
        self.room = {kind: plants.copy() for kind, plants in now.startable.items()}
        reading = review_time(now.approval_time, self.settings)
        typical = mean_below(*self.draws.sizes(RENOVATION, now), self.settings)
        files = np.where(typical > 0, now.reviews / np.where(typical > 0, typical, 1), 0)
        for desk, per_year in zip(self.desks, files.tolist(), strict=True):
            desk.resize(max(round(per_year * reading), int(per_year > 0)))

    def waiting(self) -> dict[str, tuple[int, float]]:
        """By kind: number of projects that await review or funding, and funds that approved projects await."""
        waiting = dict.fromkeys(KINDS, (0, 0.0))
        for project in self._open:
            count, money = waiting[project.kind]
            waiting[project.kind] = (count + 1, money + project.money * (project.state == MONEY))
        return waiting

    # --- Project processes --------------------------------------------------------------------------

    def _happens(self, project: Project, event: str, state: str | None = None) -> None:
        project.times[event] = self.environment.now
        key = (project.kind, event)
        if key not in self.month:
            self.month[key] = np.zeros(len(BRANCH))
        self.month[key][project.branch] += project.size
        project.state = state or project.state
        if event == "applied":
            self._open[project] = None
        elif event in ("started", "withdrawn"):
            self._open.pop(project, None)

    def _renovation(self, project: Project, wait: float) -> Life:
        yield self.environment.timeout(wait)
        self._happens(project, "applied")
        yield from self._reviewed(project)

    def _reviewed(self, project: Project) -> Life:
        try:
            with self.desks[project.branch].request(priority=not project.zero_land) as turn:
                yield turn
                yield self.environment.timeout(project.reading * self.reading_time[project.zero_land])
        except simpy.Interrupt:
            self._happens(project, "withdrawn", WITHDRAWN)
            return
        self._happens(project, "approved", MONEY)
        yield from self._funded(project)

    def _funded(self, project: Project) -> Life:
        project.award = self.environment.event()
        self.queue[project.kind].append(project)
        funded = yield project.award
        if funded:
            self._happens(project, "started", BUILDING)
            yield from self._built(project)
        else:
            self._happens(project, "withdrawn", WITHDRAWN)

    def _conversion(self, project: Project, wait: float) -> Life:
        yield self.environment.timeout(wait)
        self._happens(project, "applied")
        yield self.environment.timeout(project.reading * float(self.settings["filing_time"]))
        self._happens(project, "approved", MONEY)
        if self._has_room(project):
            self._happens(project, "started", BUILDING)
            yield from self._built(project)
        else:
            yield from self._funded(project)

    def _closure(self, project: Project, wait: float) -> Life:
        yield self.environment.timeout(wait)
        self._happens(project, "applied")
        yield from self._audited(project)

    def _audited(self, project: Project) -> Life:
        yield self.environment.timeout(project.stages[0])
        self._happens(project, "approved")
        self._happens(project, "started", BUILDING)
        yield from self._dismantled(project)

    def _dismantled(self, project: Project) -> Life:
        yield self.environment.timeout(project.stages[1])
        self._happens(project, "completed", COMPLETED)

    def _built(self, project: Project) -> Life:
        while project.stage < STAGES:
            yield self.environment.timeout(project.stages[project.stage])
            project.stage += 1
            if project.stage < STAGES:
                self._happens(project, f"stage_{project.stage}")
        self._happens(project, "completed", COMPLETED)
        if project.fails:
            self._happens(project, "failed", FAILED)

    # --- Exit of plants, funding and startable plants --------------------------------------------

    def _withdraw_exits(self, shares: np.ndarray) -> None:
        """Withdraw waiting renovation projects at random, by branch with the probability that their plant leaves."""
        waiting = [project for project in self._open if project.kind == RENOVATION]
        leaves = self.draws.random.random(len(waiting)) < shares[[project.branch for project in waiting]]
        for project in itertools.compress(waiting, leaves):
            if project.state == MONEY:
                self.queue[RENOVATION].remove(project)
                project.decide(False)
            elif project.life is not None:
                project.life.interrupt("the plant is closed or retired")

    def _has_room(self, project: Project) -> bool:
        """Reserve the plant of the project if its branch still has startable capacity this month."""
        fits = project.size <= self.room[project.kind][project.branch]
        self.room[project.kind][project.branch] -= project.size * fits
        return fits

    def _funding_round(self, income: np.ndarray) -> None:
        """Fund projects in order of merit.

        The last project of a round may overdraw the budget of its branch, which reduces the next round. Projects in the
        pipeline at the start are funded from earlier years.
        """
        carried_over = income / round_interval(self.settings) * self.settings["funding_carry_over"]
        self.purse = np.minimum(self.purse + income, np.maximum(carried_over, income))
        waiting = []
        oldest = self.environment.now - float(self.settings["longest_wait"])
        for project in sorted(self.queue[RENOVATION], key=lambda p: -p.merit):
            if (project.there_at_start or self.purse[project.branch] > 0) and self._has_room(project):
                self.purse[project.branch] -= project.money * (not project.there_at_start)
                project.decide(True)
            elif project.times["approved"] < oldest:
                project.decide(False)
            else:
                waiting.append(project)
        self.queue[RENOVATION] = waiting

    def _start_conversions(self) -> None:
        """Start waiting conversions for which plants are now available; they need no programme funds."""
        waiting = []
        for project in self.queue[CONVERSION]:
            if self._has_room(project):
                project.decide(True)
            else:
                waiting.append(project)
        self.queue[CONVERSION] = waiting

    # --- Initial projects ---------------------------------------------------------------------------

    def fill(self, now: Conditions, awaiting: np.ndarray, stages: Mapping[str, list[np.ndarray]]) -> None:
        """Fill the pipeline with projects whose capacity equals that of the stocks at the start."""
        self.prepare(now)
        money_part = round_interval(self.settings) / 2 / max(now.approval_time, round_interval(self.settings))
        for project in self.draws.holding(RENOVATION, now, awaiting):
            if self.draws.random.random() < money_part:
                self._at_start(project, MONEY, self._funded(project), approved=self.environment.now)
            else:
                self._at_start(project, REVIEW, self._reviewed(project))
        for kind, contents in stages.items():
            for stage, content in enumerate(contents):
                for project in self.draws.holding(kind, now, content):
                    project.stage = stage
                    self._at_start(project, BUILDING, self._built(project), started=self.environment.now)
        audit, dismantling, _ = self.draws.stage_times(CLOSURE)
        for project in self.draws.holding(CLOSURE, now, now.wishes[CLOSURE] * audit):
            self._at_start(project, REVIEW, self._audited(project))
        for project in self.draws.holding(CLOSURE, now, now.wishes[CLOSURE] * dismantling):
            self._at_start(project, BUILDING, self._dismantled(project), started=self.environment.now)
        while self.environment.peek() <= self.environment.now:
            self.environment.step()

    def _at_start(self, project: Project, state: str, life: Life, **times: float) -> None:
        project.state, project.there_at_start = state, True
        project.times |= times
        if state != BUILDING:
            self._open[project] = None
        project.life = self.environment.process(life)


_LIVES = {RENOVATION: Pipeline._renovation, CONVERSION: Pipeline._conversion, CLOSURE: Pipeline._closure}
