"""Questions of the Trade-offs page that take many runs: the cheapest mix for targets, and the frontier of outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.optimisation.finding import found_in_stages
from analysis.optimisation.findings import Finding
from analysis.optimisation.frontier import Frontier, frontier
from analysis.optimisation.lever_space import DOCUMENT, LATEST_FIRST, STRONGEST
from analysis.optimisation.question import GROUPS, Wanted
from analysis.tradeoffs import OUTCOMES, Mixes
from model.engine.progress import Progress
from model.inputs import END, POLICY_START, levers
from model.scenario import Scenario
from model.targets import Target, modelled_targets

from .cache import ResultCache, scenario_key
from .search_jobs import Job, Jobs
from .settings import Settings

FIRST_YEARS = tuple(range(POLICY_START, LATEST_FIRST + 1))
REACHES = {"range": STRONGEST, "document": DOCUMENT}
"""How far levers may move: to the end of their range, or as far as the document asks."""
SCOPES = {"document": GROUPS[:1], "province": GROUPS[:2], "all": GROUPS}
"""Sets of targets, by the groups that they consist of."""
CHANCES = {"none": None, "80": 0.8, "90": 0.9}
"""The part of the draws in which targets have to hold: none asked for, or one by its per cent."""
EFFORTS = {"quick": 6_000, "thorough": 20_000}
"""Runs of a search for a frontier."""
OBJECTIVES = tuple(name for name, better in OUTCOMES.items() if better)
"""Outcomes of which more, or less, is better."""
MOST = 12
"""Searches, and outcomes of scenarios, that are kept."""
MOST_FRONTIERS = 4
"""Frontiers that are kept; one of 3,000 mixes takes 60 MB."""
_findings: Jobs[Finding] = Jobs(MOST)
_frontiers: Jobs[Frontier] = Jobs(MOST_FRONTIERS)
_outcomes: ResultCache[dict[str, float]] = ResultCache(4 * MOST)


@dataclass(frozen=True)
class Space:
    """What a search may change: the levers but those `held`, from the year `earliest` on, up to a strength; `start`
    are the settings that it starts from, and `base` is the scenario that they describe."""

    start: Settings
    base: Scenario
    held: tuple[str, ...] = ()
    earliest: int = POLICY_START
    reach: str = "range"

    @property
    def moving(self) -> tuple[str, ...]:
        """The levers that may move."""
        return tuple(name for name in levers() if name not in self.held)

    @property
    def key(self) -> tuple:
        """All that decides a search in this space."""
        return scenario_key(self.base), self.held, self.earliest, self.reach


@dataclass(frozen=True)
class Aim:
    """Targets by id, those that must be kept and those that are wished for; the most public cost (亿元), and the part
    of the draws in which each target that must be kept has to hold."""

    hard: tuple[str, ...]
    soft: tuple[str, ...] = ()
    budget: float | None = None
    chance: float | None = None

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The targets as a search has them; one that must be kept is not wished for as well."""
        known = targets_by_id()
        soft = (name for name in self.soft if name not in self.hard)
        return *(Wanted(known[name]) for name in self.hard), *(Wanted(known[name], hard=False) for name in soft)


def targets_by_id() -> dict[str, Target]:
    """The targets that can be asked for, by id."""
    return {target.id: target for target in modelled_targets() if target.year <= END}


def targets_of(scope: str) -> tuple[str, ...]:
    """The targets of one of `SCOPES`."""
    return tuple(name for name, target in targets_by_id().items() if target.scope in SCOPES[scope])


def start_settings(present: Settings, start: str | None) -> Settings:
    """The settings that a search starts from: a scenario with the assumptions of the present settings, or for None the
    present settings themselves."""
    return present if start is None else replace(present, base=start, moved={})


def finding_job(space: Space, aim: Aim) -> Job[Finding]:
    """The search for the cheapest mix, begun where there is none yet."""

    def search(progress: Progress) -> Iterator[Finding]:
        return found_in_stages(
            space.base,
            aim.wanted,
            aim.budget,
            space.moving,
            space.earliest,
            REACHES[space.reach],
            progress=progress,
            chance=aim.chance,
        )

    return _findings.job((space.key, aim), search)


def frontier_job(space: Space, objectives: tuple[str, ...], effort: str) -> Job[Frontier]:
    """The search for a frontier, begun where there is none yet."""

    def search(progress: Progress) -> Iterator[Frontier]:
        yield frontier(
            space.base,
            objectives,
            EFFORTS[effort],
            space.moving,
            space.earliest,
            REACHES[space.reach],
            progress=progress,
        )

    return _frontiers.job((space.key, objectives, effort), search)


def outcomes_of(scenario: Scenario) -> Mapping[str, float]:
    """All outcomes of a scenario in 2025; public cost is that of 2016 to 2025."""

    def compute() -> dict[str, float]:
        mixes = Mixes(scenario)
        run = mixes.run({name: table[None] for name, table in mixes.present().items()})
        return {name: float(values[0]) for name, values in run.items()}

    return _outcomes.get(scenario_key(scenario), compute)
