"""Searches over the levers: the cheapest mix that keeps targets, and the frontier of several outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from model.engine.progress import Progress, ignored
from model.extras import require

from .arguments import ScenarioLike, find_scenario

if TYPE_CHECKING:
    from analysis.optimisation.findings import Finding
    from analysis.optimisation.frontier import Frontier


def find(
    targets: str | Iterable[str],
    budget: float | None = None,
    levers: Sequence[str] | None = None,
    first_year: int = 2016,
    most: float = 2.0,
    base: ScenarioLike = "no_document",
    alternatives: int = 5,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = ignored,
    chance: float | None = None,
) -> Finding:
    """The cheapest mix of levers on top of `base` that keeps targets.

    targets: ids, or `id>=value`, `soft:id`, `soft*3:id`, or a group (`document`, `hebei_plan`, `national`);
    budget: most public cost, 2016-2025 in total, in 亿元; levers: those that may move (default: all);
    first_year: the earliest in which they do; most: largest strength (1: the document, 2: the end of the range).
    chance (0.5 to 0.99): aim at hard targets with a reserve, so that each holds in that part of the draws of the
    calibration.
    `find(...).answer.scenario` can be given to `simulate`. Raises ValueError for what is not allowed.
    """
    from analysis.optimisation.finding import find as search
    from analysis.optimisation.question import read_wanted

    wanted = read_wanted([targets] if isinstance(targets, str) else targets)
    start = find_scenario(base)
    return search(start, wanted, budget, levers, first_year, most, alternatives, seed, threads, progress, chance)


def frontier(
    objectives: Sequence[str] = ("public_cost", "co2_emissions_industry", "equipment_minus_steel_share"),
    evaluations: int = 20_000,
    levers: Sequence[str] | None = None,
    first_year: int = 2016,
    most: float = 2.0,
    base: ScenarioLike = "no_document",
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = ignored,
) -> Frontier:
    """The mixes of levers that no other mix of the search, and no shipped scenario, beats in all `objectives`.

    The arguments are those of `find`; needs the extra [search]. Raises ValueError for what is not allowed.
    """
    require("search", "the frontier")
    from analysis.optimisation.frontier import frontier as search

    start = find_scenario(base)
    return search(start, objectives, evaluations, levers, first_year, most, seed, threads, progress)
