"""Coupling of the project pipeline with the stocks: one run with discrete projects, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.axes import BRANCH
from model.engine.ops import ratio
from model.inputs import START
from model.scenario import Scenario, inputs_of, last_year

from .drawing import BUILDING, COMPLETED, FAILED, MONEY, REVIEW, WITHDRAWN, Conditions, Draws, Project
from .pipeline import Pipeline
from .settings import (
    CLOSURE,
    CONVERSION,
    DURATIONS,
    KINDS,
    MONTHS,
    RENOVATION,
    mean_delay,
    pipeline_values,
)

if TYPE_CHECKING:
    from model.engine.advance import Advance
    from model.engine.checked_system import System
    from model.engine.horizon import Horizon

STEPS = 24
"""Steps per year: two per month."""

WISHES = {
    RENOVATION: "renovation_applications",
    CONVERSION: "smart_conversion_starts",
    CLOSURE: "closure",
}
"""Variables that give the capacity per year intended for projects of each kind."""
ELIGIBLE = {RENOVATION: "active_capacity", CONVERSION: "renovated_capacity", CLOSURE: "active_capacity"}
"""Stocks from which projects of each kind draw their plants."""
DECIDED = {
    "renovation_applications": (RENOVATION, "applied"),
    "renovation_approvals": (RENOVATION, "started"),
    "renovation_withdrawals": (RENOVATION, "withdrawn"),
    "renovation_completions_leaving_1": (RENOVATION, "stage_1"),
    "renovation_completions_leaving_2": (RENOVATION, "stage_2"),
    "renovation_completions": (RENOVATION, "completed"),
    "renovation_failures": (RENOVATION, "failed"),
    "smart_conversion_starts": (CONVERSION, "started"),
    "smart_conversion_completions_leaving_1": (CONVERSION, "stage_1"),
    "smart_conversion_completions_leaving_2": (CONVERSION, "stage_2"),
    "smart_conversion_completions": (CONVERSION, "completed"),
}
"""Variables that the pipeline determines, with the kind of project and the event that each of them counts. Approval in
the stocks includes the wait for funds and the start."""
CONTENTS = {
    RENOVATION: tuple(f"renovation_completions_stage_{k}" for k in (1, 2, 3)),
    CONVERSION: tuple(f"smart_conversion_completions_stage_{k}" for k in (1, 2, 3)),
}
"""Stocks of capacity under work, by stage."""
AWAITING = "awaiting_approval"
AT_MOST = 0.5
"""Largest share of eligible plants that may start at once."""
WITHDRAWALS = "renovation_withdrawals"
IDLE_CLOSURE, ACTIVE_CLOSURE, IDLED = "idle_closure", "active_closure", "idled_capacity"
"""Closures of idled and of running plants, which the pipeline determines together, and the stock of idled plants."""
CLOSURES = ("closure_order", IDLE_CLOSURE, ACTIVE_CLOSURE, WISHES[CLOSURE])
"""Equations that lead from the target to closures, in this order."""
TARGET, ADJUSTMENT = "perceived_closure_target", "perceived_closure_target_adjustment"
"""Closure target as passed on, which follows the target of the year after `LEAD_TIME`, and its rate of change."""
LEAD_TIME = "closure_lead_time"
_LOOKED_AT = (
    "renovation_cost",
    "conversion_cost_ratio",
    "renovation_programme",
    "funding_ratio",
    "public_renovation_share",
    "review_capacity",
    "approval_time",
    "active_capacity",
    WITHDRAWALS,
    IDLE_CLOSURE,
    IDLED,
    TARGET,
    ADJUSTMENT,
)


@dataclass(frozen=True)
class ProjectRun:
    """One run with the pipeline: annual arrays of all variables, and project statistics by kind and year."""

    arrays: dict[str, np.ndarray]
    record: list[dict]


@dataclass(frozen=True)
class Traced:
    """A run with the final state of its pipeline; `queues` has, for each month end and kind, the number of waiting
    projects and the funds that they need."""

    run: Advance
    pipeline: Pipeline
    queues: list[dict[str, tuple[int, float]]]


def simulate_projects(
    scenario: Scenario, seed: int = 1, until: int | None = None, outputs: tuple[str, ...] | None = None
) -> ProjectRun:
    """Run a scenario with discrete projects; the same seed gives the same result."""
    traced = trace(scenario, seed, until)
    return ProjectRun(traced.run.results(outputs), yearly_record(traced))


def trace(
    scenario: Scenario, seed: int = 1, until: int | None = None, changes: Mapping[str, float] | None = None
) -> Traced:
    """Run a scenario month by month and return the run with its pipeline; `changes` overrides pipeline parameters."""
    horizon = horizon_of_projects(last_year(scenario, until))
    return trace_inputs(horizon, *inputs_of(scenario, horizon.path_years), seed, changes)


def horizon_of_projects(last: int) -> Horizon:
    """The horizon of a run with discrete projects up to a last year."""
    from model.engine.horizon import Horizon

    return Horizon(START, last, STEPS)


def trace_inputs(
    horizon: Horizon,
    parameters: Mapping[str, np.ndarray],
    tables: Mapping[str, np.ndarray],
    seed: int = 1,
    changes: Mapping[str, float] | None = None,
) -> Traced:
    """As `trace`, for given parameters and tables of levers and drivers."""
    from model.engine.advance import Advance
    from model.system import system

    settings = pipeline_values(changes)
    prescribed = (*DECIDED, IDLE_CLOSURE, ACTIVE_CLOSURE)
    run = Advance(system(), horizon, parameters, tables, prescribed, _watched(system()), STEPS // MONTHS)
    durations = {kind: float(parameters[name]) for kind, name in DURATIONS.items()}
    failures = float(parameters["project_failure_share"])
    pipeline = Pipeline(Draws(settings, durations, failures, np.random.default_rng(seed)), START)
    none, queues = np.zeros(len(BRANCH)), []
    for month in range(run.pieces):
        now, seen = _conditions(run, parameters, settings)
        if month == 0:
            stages = {kind: [seen[name] for name in names] for kind, names in CONTENTS.items()}
            pipeline.fill(now, seen[AWAITING], stages)
        happened = pipeline.run_month(now)
        flows = {name: happened.get(event, none) * MONTHS for name, event in DECIDED.items()}
        run.advance(flows | _closures(happened.get((CLOSURE, "completed"), none) * MONTHS, seen))
        queues.append(pipeline.waiting())
    return Traced(run, pipeline, queues)


def _watched(model: System) -> tuple[str, ...]:
    """Variables on which the pipeline depends, among them the causes of closures."""
    causes = [cause for name in CLOSURES for cause in model.variables[name].causes if cause in model.variables]
    stages = [name for names in CONTENTS.values() for name in names]
    return tuple(dict.fromkeys((*WISHES.values(), *ELIGIBLE.values(), *_LOOKED_AT, AWAITING, *stages, *causes)))


def _closure_list(run: Advance, parameters: Mapping, settings: Mapping) -> np.ndarray:
    """Capacity per year to put on closure lists now, by branch.

    The stocks close plants a lead time after the target. The time that listed plants need from audit to dismantling is
    part of it, so lists follow the target with a mean delay that is shorter by that time. Where plants need longer than
    the lead time, lists are drawn up ahead of the target by the difference. Other causes have their values of the month
    in which the plants close.
    """
    delay, lead = mean_delay(CLOSURE, settings), float(parameters[LEAD_TIME])
    spent = min(delay, lead)
    ahead = run.look(round((delay - spent) * MONTHS))
    target = np.maximum(ahead[TARGET] + spent * ahead[ADJUSTMENT], 0)
    at_closure = {**parameters, **run.look(round(delay * MONTHS)), TARGET: target}
    for name in CLOSURES:
        variable = run.system.variables[name]
        at_closure[name] = variable.equation(*(at_closure[cause] for cause in variable.causes))
    return at_closure[WISHES[CLOSURE]]


def _closures(closed: np.ndarray, seen: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Closures of idled and of running plants in a month in which `closed` leaves, in the proportion of the stocks.

    Diminishing returns and priorities act on the plan, not again on the plants that happen to close in one month.
    """
    share = ratio(seen[IDLE_CLOSURE], seen[WISHES[CLOSURE]])
    idle = np.minimum(closed * share, np.maximum(seen[IDLED], 0) * AT_MOST * MONTHS)
    return {IDLE_CLOSURE: idle, ACTIVE_CLOSURE: closed - idle}


def _conditions(run: Advance, parameters: Mapping, settings: Mapping) -> tuple[Conditions, dict[str, np.ndarray]]:
    """The conditions for the pipeline in the coming month, and the values of the watched variables."""
    seen = run.look()
    listed = _closure_list(run, parameters, settings)
    conversion = parameters["capital_output_ratio"] * parameters["conversion_cost_share"]
    public = seen["public_renovation_share"]
    paid = seen["funding_ratio"] + (1 - seen["funding_ratio"]) * public
    eligible = {kind: np.maximum(seen[name], 0) for kind, name in ELIGIBLE.items()}
    now = Conditions(
        wishes={kind: seen[name] for kind, name in WISHES.items()} | {CLOSURE: listed},
        costs={
            RENOVATION: seen["renovation_cost"],
            CONVERSION: conversion * seen["conversion_cost_ratio"],
            CLOSURE: np.zeros(len(BRANCH)),
        },
        eligible=eligible,
        startable={kind: eligible[kind] * AT_MOST for kind in (RENOVATION, CONVERSION)},
        money=seen["renovation_programme"] * paid * settings["funding_headroom"],
        reviews=seen["review_capacity"] * seen["active_capacity"],
        exits=ratio(seen[WITHDRAWALS], seen[AWAITING]),
        approval_time=float(seen["approval_time"]),
    )
    return now, seen


def yearly_record(traced: Traced) -> list[dict]:
    """Statistics by kind and year.

    Number of projects by event; mean queue length and mean funds awaited by approved projects (over the months of the
    year); mean and 90th percentile of the time from application to start of projects that started, NaN if none did.
    """
    years, rows = range(len(traced.run.horizon.years)), []
    for kind in KINDS:
        projects = [p for p in traced.pipeline.projects if p.kind == kind]
        counts = {
            measure: np.bincount([_year(p, event) for p in projects if _happened(p, event)], minlength=len(years))
            for measure, event in COUNTED.items()
        }
        started = [p for p in projects if "applied" in p.times and "started" in p.times]
        waits = np.array([p.times["started"] - p.times["applied"] for p in started])
        year_of = np.array([_year(p, "started") for p in started], dtype=int)
        for year in years:
            of_year = waits[year_of == year]
            months = [queue[kind] for queue in traced.queues[year * MONTHS : (year + 1) * MONTHS]]
            length, money = np.mean(months, axis=0).tolist()
            rows.append(
                {
                    "year": START + year,
                    "kind": kind,
                    **{m: int(c[year]) for m, c in counts.items()},
                    "queue_length": length,
                    "mean_waiting_time": float(of_year.mean()) if len(of_year) else np.nan,
                    "p90_waiting_time": float(np.quantile(of_year, 0.9)) if len(of_year) else np.nan,
                    "money_waiting": money,
                }
            )
    return rows


COUNTED = {
    "arrived": "applied",
    "approved": "approved",
    "started": "started",
    "completed": "succeeded",
    "failed": "failed",
    "withdrawn": "withdrawn",
}
"""Columns of the annual statistics that count projects, with the event counted."""


def _happened(project: Project, event: str) -> bool:
    if event == "succeeded":
        return project.state == COMPLETED
    return event in project.times and not (project.there_at_start and project.times[event] <= START)


def _year(project: Project, event: str) -> int:
    return int(project.times["completed" if event == "succeeded" else event] - START)


def census(pipeline: Pipeline, kind: str) -> dict[str, int]:
    """Number of projects of a kind in each state; "there" is the number that ever entered the pipeline."""
    states = [p.state for p in pipeline.projects if p.kind == kind]
    counted = {state: states.count(state) for state in (REVIEW, MONEY, BUILDING, COMPLETED, FAILED, WITHDRAWN)}
    return {"there": len(states), **counted}
