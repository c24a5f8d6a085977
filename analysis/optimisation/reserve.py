"""A mix that keeps targets with a chance: each is aimed at with the reserve that the draws of the calibration ask for.

The search itself knows one set of numbers. So its answer is run under the draws, every target that holds in too few of
them is raised by what is missing, and the search begins again, until all hold or no round is left. Targets that the
draws do not vary have no chance that could be asked for; they are aimed at as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from calibration.calibrated import calibrated
from calibration.differences import scenario_draws, target_draws
from calibration.policy_statistics import probability_of_meeting, vary
from model.engine.progress import Progress
from model.inputs import END
from model.scenario import Scenario
from model.targets import UP

from .findings import Answer, Finding
from .question import Wanted

ROUNDS = 4
"""Searches at most."""
NEAR = 0.005
"""A chance that is this much below the wanted one is taken for it: the draws are 500."""
ENDS = (0.05, 0.95)
PARTS = 100
"""Parts of the progress for each search."""
Search = Callable[[Sequence[Wanted], bool, Progress], Iterator[Finding]]
"""Searches for targets, with alternatives or without, and gives a finding after each stage."""


def found_with_chance(
    search: Search, wanted: Sequence[Wanted], chance: float, alternatives: bool, progress: Progress
) -> Iterator[Finding]:
    """Findings of searches with growing reserves, of which the last is finished: its hard targets hold in a part
    `chance` of the draws, or as nearly as was found.

    Lines of the scoreboard are those of `wanted`; `aims` of a finding are the numbers that were aimed at, `chances` the
    parts of the draws in which its targets hold. Raises ValueError for a chance outside 0.5 to 0.99.
    """
    if not 0.5 <= chance <= 0.99:
        raise ValueError(f"{chance:g} is no chance to ask for; allowed: 0.5 to 0.99")
    return _rounds(search, tuple(wanted), chance, alternatives, progress)


def _rounds(
    search: Search, wanted: tuple[Wanted, ...], chance: float, alternatives: bool, progress: Progress
) -> Iterator[Finding]:
    aims, searches, final = wanted, ROUNDS + alternatives, None
    for k in range(ROUNDS):
        for finding in search(aims, False, _part(progress, k, searches)):
            final = dataclasses.replace(_as_asked(finding, wanted, aims), finished=False, chance=chance)
            yield final
        if final is None:
            raise ValueError("a search gave no finding")
        drawn = _draws(final.answer.scenario, tuple(str(one.target.indicator) for one in wanted))
        known = {one.target.id: _chance(one, drawn) for one in wanted}
        chances = {name: value for name, value in known.items() if value is not None}
        beyond = {each.wanted.target.id for each in final.out_of_reach}  # to aim further would change nothing
        raised = tuple(
            aim if one.target.id in beyond else _raised(one, aim, drawn, chance)
            for one, aim in zip(wanted, aims, strict=True)
        )
        final = dataclasses.replace(final, chances=chances)
        if raised == aims or k == ROUNDS - 1:
            break
        yield final
        aims = raised
    if final is not None and alternatives:
        *_, last = search(aims, True, _part(progress, ROUNDS, searches))
        final = dataclasses.replace(_as_asked(last, wanted, aims), chance=chance, chances=final.chances)
    progress(searches * PARTS, searches * PARTS)
    if final is not None:
        yield dataclasses.replace(final, finished=True)


def _part(progress: Progress, k: int, searches: int) -> Progress:
    """The progress of search number `k` of several."""

    def show(done: int, total: int) -> None:
        progress(k * PARTS + PARTS * done // max(total, 1), searches * PARTS)

    return show


def _raised(one: Wanted, aim: Wanted, drawn: Mapping[str, np.ndarray], chance: float) -> Wanted:
    """The aim, further by what is missing where a hard target holds in too few draws."""
    held = _chance(one, drawn)
    if not one.hard or held is None or held >= chance - NEAR:
        return aim
    values, goal = _values(one, drawn), one.target.value
    if values is None or goal is None or aim.target.value is None:
        return aim
    up = one.target.direction == UP
    missing = abs(goal - float(np.quantile(values, 1 - chance if up else chance)))
    further = aim.target.value + (missing if up else -missing)
    return dataclasses.replace(aim, target=dataclasses.replace(aim.target, value=further))


def _as_asked(finding: Finding, wanted: tuple[Wanted, ...], aims: tuple[Wanted, ...]) -> Finding:
    """A finding for `aims` with the scoreboard of what was wanted."""
    asked = {one.target.id: one for one in wanted}
    moved = {aim.target.id: float(aim.target.value or 0.0) for one, aim in zip(wanted, aims, strict=True) if one != aim}
    return dataclasses.replace(
        finding,
        answer=_answer(finding.answer, asked),
        alternatives=tuple(_answer(other, asked) for other in finding.alternatives),
        aims=moved,
    )


def _answer(answer: Answer, asked: Mapping[str, Wanted]) -> Answer:
    lines = []
    for line in answer.lines:
        one = asked[line.wanted.target.id]
        lines.append(dataclasses.replace(line, wanted=one, met=one.target.missed_by(line.reached) == 0))
    return dataclasses.replace(answer, lines=tuple(lines))


def _chance(one: Wanted, drawn: Mapping[str, np.ndarray]) -> float | None:
    """The part of the draws in which a target holds; None where they do not vary what it is held against."""
    values, goal = _values(one, drawn), one.target.value
    if values is None or goal is None or not vary(*np.quantile(values, ENDS)):
        return None
    return float(probability_of_meeting(values, goal, one.target.direction == UP))


def _values(one: Wanted, drawn: Mapping[str, np.ndarray]) -> np.ndarray | None:
    known = target_draws(one.target, drawn, calibrated()[1])
    return None if known is None else known[0]


def _draws(scenario: Scenario, indicators: tuple[str, ...]) -> dict[str, np.ndarray]:
    return scenario_draws(calibrated()[0], scenario, END, tuple(dict.fromkeys(indicators)))
