"""The project pipeline: technical renovation, intelligent conversion and closure as discrete projects of random size.

Renovation projects arrive, wait for a reviewer (finite desks; projects without new land go first), wait for the next
funding round (ranked by merit, as far as its money goes), are built, and commission or fail. Conversions are built
without a permit; closures are carried out plant by plant. The pipeline and the stocks take turns month by month: the
stocks say what firms apply for and how many plants there are, the pipeline says what starts, ends and fails.

Without `pipeline: stochastic` the stocks use the delay that the pipeline implies: `mean_delay` and `order`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import simpy

from .axes import BRANCH
from .inputs import FOLDER, START, Parameter, load_yaml
from .scenario import Scenario, inputs_of, last_year

STEPS = 24
"""Steps per year of a run with the pipeline: two per month."""
MONTHS = 12
SHAPE = 3
"""Order of building times: that of the delay in the stocks."""
LOOKED_AT = (
    "renovation_applications", "smart_conversion_starts", "closure_order", "conventional_capacity",
    "renovated_capacity", "awaiting_approval", "renovation_cost", "conversion_spending", "approval_time",
    "review_capacity", "active_capacity",
)  # fmt: skip
DECIDED = (
    "renovation_applications", "renovation_starts", "renovation_withdrawals", "renovation_completions",
    "smart_conversion_starts", "smart_conversion_completions", "closure_order",
)  # fmt: skip
"""Flows that the pipeline decides; everything else follows from the equations."""
STAGES = {"renovation": "renovation_completions", "conversion": "smart_conversion_completions"}
KINDS = ("renovation", "conversion", "closure")


@functools.cache
def pipeline_parameters() -> dict[str, Parameter]:
    """The pipeline's own parameters by id."""
    return {name: Parameter(id=name, **entry) for name, entry in load_yaml(FOLDER / "projects.yaml").items()}


def pipeline_values() -> dict[str, float]:
    """The pipeline's own parameters as numbers."""
    return {name: float(parameter.value) for name, parameter in pipeline_parameters().items()}


def mean_delay(approval_time: float, building_time: float) -> float:
    """Mean time in years from application to completion that the pipeline implies when no desk is full.

    The approval time of the stocks covers review and the wait for a funding round (half an interval on average).
    """
    return approval_time + building_time


def order(approval_time: float, building_time: float, funding_interval: float) -> int:
    """Order of the Erlang delay that has the pipeline's mean and variance: squared mean over variance, rounded.

    Review times are exponential, waits for a round uniform, building times gamma of order 3.
    """
    review = max(approval_time - funding_interval / 2, 0.0)
    variance = review**2 + funding_interval**2 / 12 + building_time**2 / SHAPE
    return round(mean_delay(approval_time, building_time) ** 2 / variance)


@dataclass(eq=False)
class Project:
    """One project: `size` is capacity (亿元/yr), `money` its cost (亿元), times are in years."""

    kind: str
    branch: int
    size: float
    money: float
    merit: float
    fast: bool
    arrived: float
    approved: float = np.nan
    started: float = np.nan


@dataclass
class Month:
    """What happened in one month: capacity by branch that applied, started, ended and failed, and the projects."""

    applied: np.ndarray
    started: dict[str, np.ndarray]
    ended: dict[str, np.ndarray]
    ordered: np.ndarray
    events: list[tuple[str, Project]] = field(default_factory=list)


class Pipeline:
    """The discrete-event side: queues, desks, funding rounds and building sites."""

    def __init__(
        self, seed: int, values: Mapping[str, float], failure_share: float, durations: Mapping[str, np.ndarray]
    ):
        self.random = np.random.default_rng(seed)
        self.values, self.failure_share, self.durations = values, failure_share, durations
        self.environment = simpy.Environment(initial_time=START)
        self.desk = simpy.PriorityStore(self.environment)
        self.approved: list[Project] = []
        self.review_time, self.reviewers, self.busy_reviewers = 0.1, 0, 0
        self.money_per_round = 0.0
        self.room = {kind: np.zeros(len(BRANCH)) for kind in STAGES}
        self.month = self._empty()
        self.environment.process(self._rounds())

    def _empty(self) -> Month:
        zero = functools.partial(np.zeros, len(BRANCH))
        return Month(zero(), {k: zero() for k in STAGES}, {k: zero() for k in STAGES}, zero())

    # --- Processes ---------------------------------------------------------------------------------

    def _reviewer(self):
        """Takes the first file from the desk, fast track before the rest, and reads it."""
        while True:
            item = yield self.desk.get()
            yield self.environment.timeout(self.random.exponential(self.review_time))
            project = item.item
            project.approved = self.environment.now
            self.approved.append(project)
            self.month.events.append(("approved", project))

    def _rounds(self):
        """Awards money in regular rounds: the best first, as far as the money and the running plants go."""
        while True:
            yield self.environment.timeout(self.values["funding_interval"])
            money, waiting = self.money_per_round, []
            for project in sorted(self.approved, key=lambda p: -p.merit):
                fits = project.size <= self.room["renovation"][project.branch]
                if money > 0 and fits:
                    money -= project.money
                    self.start(project)
                else:
                    waiting.append(project)
            self.approved = waiting

    def _build(self, project: Project, remaining: float):
        yield self.environment.timeout(remaining)
        self.month.ended[project.kind][project.branch] += project.size
        failed = project.kind == "renovation" and self.random.random() < self.failure_share
        self.month.events.append(("failed" if failed else "completed", project))

    # --- Steps ------------------------------------------------------------------------------------

    def start(self, project: Project) -> None:
        """Take the plant out of normal service and begin to build."""
        project.started = self.environment.now
        self.room[project.kind][project.branch] -= project.size
        self.month.started[project.kind][project.branch] += project.size
        self.month.events.append(("started", project))
        mean = self.durations[project.kind]
        self.environment.process(self._build(project, self.random.gamma(SHAPE, mean / SHAPE)))

    def draw(self, kind: str, branch: int, mean_size: float, cost: float, amount: float) -> list[Project]:
        """Projects of random size that add up to `amount` of capacity on average."""
        if amount <= 0 or mean_size <= 0:
            return []
        spread = np.log1p(self.values["size_variation"] ** 2)
        sizes = mean_size * np.exp(
            self.random.normal(-spread / 2, np.sqrt(spread), self.random.poisson(amount / mean_size))
        )
        fast, merit = self.random.random((2, len(sizes)))
        return [
            Project(kind, branch, size, size * cost, merit[k], fast[k] < self.values["fast_track_part"],
                    self.environment.now)
            for k, size in enumerate(sizes)
        ]  # fmt: skip

    def apply(self, project: Project, wait: float = 0.0):
        """A process: the application comes in after `wait`."""
        yield self.environment.timeout(wait)
        project.arrived = self.environment.now
        self.month.applied[project.branch] += project.size
        self.month.events.append(("arrived", project))
        yield self.desk.put(_filed(project))

    def begin(self, seen: Mapping[str, np.ndarray]) -> None:
        """Fill the desk and the building sites with exactly what the stocks hold at the start."""
        for branch in range(len(BRANCH)):
            for project in self.filling(seen, "renovation", branch, float(seen["awaiting_approval"][branch])):
                self.desk.put(_filed(project))
            for kind, flow in STAGES.items():
                for stage in range(SHAPE):
                    content = float(seen[f"{flow}_stage_{stage + 1}"][branch])
                    for project in self.filling(seen, kind, branch, content):
                        left = self.random.gamma(SHAPE - stage, self.durations[kind] / SHAPE)
                        self.environment.process(self._build(project, left))

    def filling(self, seen: Mapping[str, np.ndarray], kind: str, branch: int, content: float) -> list[Project]:
        """Random projects that add up to `content` of capacity exactly."""
        mean_size, cost = self.sizes(seen, kind, branch)
        projects = self.draw(kind, branch, mean_size, cost, content)
        if not projects and content > 0:
            projects = [Project(kind, branch, content, content * cost, 0.5, False, self.environment.now)]
        drawn = sum(project.size for project in projects)
        for project in projects:
            project.size *= content / drawn
            project.money *= content / drawn
        return projects

    def sizes(self, seen: Mapping[str, np.ndarray], kind: str, branch: int) -> tuple[float, float]:
        """Mean capacity of a project and its cost per unit of capacity."""
        if kind == "closure":
            return self.values["closure_project_size"], 0.0
        if kind == "renovation":
            cost = float(seen["renovation_cost"][branch])
        else:
            starts = float(seen["smart_conversion_starts"][branch])
            cost = float(seen["conversion_spending"][branch]) / starts if starts > 0 else 1.0
        return self.values[f"{kind}_project_size"] / max(cost, 1e-9), cost

    def run_month(self, seen: Mapping[str, np.ndarray], until: float) -> Month:
        """One month: what the stocks wish becomes projects, and everything due until then happens."""
        self.month = self._empty()
        span = until - self.environment.now
        self._set_up(seen)
        for branch in range(len(BRANCH)):
            wished = {kind: float(seen[name][branch]) * span for kind, name in _WISHES.items()}
            for kind, amount in wished.items():
                for project in self.draw(kind, branch, *self.sizes(seen, kind, branch), amount):
                    if kind == "renovation":
                        self.environment.process(self.apply(project, self.random.uniform(0, span)))
                    elif kind == "conversion":
                        self.month.events.append(("arrived", project))
                        project.size = min(project.size, self.room[kind][branch])
                        self.start(project)
                    else:
                        self.month.ordered[branch] += project.size
                        self.month.events += [("arrived", project), ("completed", project)]
        self.environment.run(until=until)
        return self.month

    def _set_up(self, seen: Mapping[str, np.ndarray]) -> None:
        """Desks, money and room as the stocks have them now."""
        interval = self.values["funding_interval"]
        self.review_time = max(float(seen["approval_time"]) - interval / 2, 1 / 365)
        cost = seen["renovation_cost"]
        sizes = self.values["renovation_project_size"] / np.maximum(cost, 1e-9)
        per_year = float(np.sum(seen["review_capacity"] * seen["active_capacity"] / sizes))
        for _ in range(max(round(per_year * self.review_time) - self.reviewers, 0)):
            self.environment.process(self._reviewer())
            self.reviewers += 1
        asked = float(np.sum(seen["renovation_applications"] * cost))
        self.money_per_round = asked * interval * self.values["funding_slack"]
        # Half of the running plants at most can begin in one month; the rest of a large wish waits.
        self.room = {"renovation": seen["conventional_capacity"] * 0.5, "conversion": seen["renovated_capacity"] * 0.5}

    def awaiting(self) -> list[Project]:
        """Projects without a permit or without money."""
        return [item.item for item in self.desk.items] + self.approved


def _filed(project: Project) -> simpy.PriorityItem:
    """A file on the desk: fast track first, then by arrival."""
    return simpy.PriorityItem((not project.fast, project.arrived, project.merit), project)


_WISHES = {"renovation": "renovation_applications", "conversion": "smart_conversion_starts", "closure": "closure_order"}


@dataclass(frozen=True)
class ProjectRun:
    """One run with the pipeline: yearly arrays of all variables, and a record per kind and year."""

    arrays: dict[str, np.ndarray]
    record: list[dict]


def simulate_projects(
    scenario: Scenario, seed: int = 1, until: int | None = None, outputs: tuple[str, ...] | None = None
) -> ProjectRun:
    """Run a scenario with discrete projects; the same seed gives the same run."""
    from .engine.advance import Advance
    from .engine.horizon import Horizon
    from .run import prepared_system

    system = prepared_system()
    horizon = Horizon(START, last_year(scenario, until), STEPS)
    parameters, tables = inputs_of(scenario, horizon.path_years)
    stages = tuple(f"{flow}_stage_{k + 1}" for flow in STAGES.values() for k in range(SHAPE))
    run = Advance(system, horizon, parameters, tables, DECIDED, (*LOOKED_AT, *stages), STEPS // MONTHS)
    durations = {"renovation": float(parameters["renovation_duration"]),
                 "conversion": float(parameters["conversion_duration"])}  # fmt: skip
    pipeline = Pipeline(seed, pipeline_values(), float(parameters["project_failure_share"]), durations)
    seen = run.look()
    pipeline.begin(seen)
    months = []
    for piece in range(run.pieces):
        seen = run.look() if piece else seen
        month = pipeline.run_month(seen, START + (piece + 1) / MONTHS)
        run.advance(_flows(month))
        months.append((month, pipeline.awaiting()))
    return ProjectRun(run.results(outputs), yearly_record(months))


def _flows(month: Month) -> dict[str, np.ndarray]:
    per_year = float(MONTHS)
    return {
        "renovation_applications": month.applied * per_year,
        "renovation_starts": month.started["renovation"] * per_year,
        "renovation_withdrawals": np.zeros(len(BRANCH)),
        "renovation_completions": month.ended["renovation"] * per_year,
        "smart_conversion_starts": month.started["conversion"] * per_year,
        "smart_conversion_completions": month.ended["conversion"] * per_year,
        "closure_order": month.ordered * per_year,
    }


def yearly_record(months: list[tuple[Month, list[Project]]]) -> list[dict]:
    """Per kind and year: projects that arrived, were approved, started, completed and failed; queue, waits, money."""
    rows = []
    for first in range(0, len(months), MONTHS):
        year = months[first : first + MONTHS]
        queue = year[-1][1]
        for kind in KINDS:
            happened = [(what, p) for month, _ in year for what, p in month.events if p.kind == kind]
            waits = [p.started - p.arrived for what, p in happened if what == "started"]
            count = {w: sum(what == w for what, _ in happened) for w in COUNTED}
            own = [p for p in queue if p.kind == kind]
            rows.append(
                {"year": START + first // MONTHS, "kind": kind, **count, "queue_length": len(own),
                 "mean_waiting_time": float(np.mean(waits)) if waits else 0.0,
                 "p90_waiting_time": float(np.quantile(waits, 0.9)) if waits else 0.0,
                 "money_waiting": float(sum(p.money for p in own))}
            )  # fmt: skip
    return rows


COUNTED = ("arrived", "approved", "started", "completed", "failed")
