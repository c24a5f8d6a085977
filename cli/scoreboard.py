"""Targets on screen or as JSON: the list of them, and how far scenarios reach them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from model.targets import REASONS, SCOPES, Score, Target, modelled_targets, scoreboard, targets

from .listing import print_json, print_table
from .refusals import fail

if TYPE_CHECKING:
    from model.scenario import Scenario


def show_targets(scenarios: Sequence[Path], as_json: bool) -> None:
    """Print all targets, or the scoreboard of `scenarios` where there are any."""
    if scenarios:
        _show_scores(scenarios, as_json)
    elif as_json:
        print_json({"targets": [{**dataclasses.asdict(t), "modelled": t in modelled_targets()} for t in targets()]})
    else:
        rows = [(_title(t), _wanted(t), _place(t)) for t in targets()]
        print_table("Targets 目标", ("target", "wanted", "in the model"), rows)
        known, every = len(modelled_targets()), len(targets())
        print(f"{known} of {every} targets have an indicator in the model. {every}项目标中{known}项在模型中有指标。")


def _title(target: Target) -> str:
    return f"{target.id}\n{target.zh}\n{target.en}"


def _wanted(target: Target) -> str:
    """Year, required value, who set the target, and grade of the evidence."""
    requirements = dict.fromkeys(target.requirement(language) for language in ("zh", "en"))
    return "\n".join([str(target.year), *requirements, " ".join(SCOPES[target.scope]), f"grade {target.grade}"])


def _place(target: Target) -> str:
    """The indicator a target is held against and what to mind, or why there is none."""
    if target.not_modelled:
        return f"– {target.not_modelled['zh']}\n{target.not_modelled['en']}"
    note = [target.note["zh"], target.note["en"]] if target.note else []
    return "\n".join([str(target.indicator), *note])


def _show_scores(files: Sequence[Path], as_json: bool) -> None:
    from model.run import simulate_batch

    from .running import load_all

    scenarios = load_all(files)
    _require_different_names(scenarios)
    boards = {s.name: scoreboard(result) for s, result in zip(scenarios, simulate_batch(scenarios), strict=True)}
    if as_json:
        print_json(_record(boards))
    else:
        _print_scores(boards)


def _require_different_names(scenarios: Sequence[Scenario]) -> None:
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario.name in seen:
            raise fail(f"two scenarios are named {scenario.name!r}; give each once, or rename one file")
        seen.add(scenario.name)


def _record(boards: dict[str, list[Score]]) -> dict:
    """The record of `targets --scenario ... --json`: each target with the result of each scenario."""
    rows = []
    for k, target in enumerate(targets()):
        results = {
            name: {"reached": board[k].reached, **dataclasses.asdict(board[k].status)} for name, board in boards.items()
        }
        rows.append({**dataclasses.asdict(target), "results": results})
    return {"scenarios": list(boards), "targets": rows}


def _print_scores(boards: dict[str, list[Score]]) -> None:
    known = modelled_targets()
    rows = [
        (_title(target), _wanted(target), *(_standing(board[k]) for board in boards.values()))
        for k, target in enumerate(targets())
        if target in known
    ]
    print_table("Scoreboard of targets 目标完成情况", ("target", "wanted", *boards), rows)
    for name, board in boards.items():
        judged = [score.status.met for score in board if score.status.met is not None]
        print(f"{name}: {sum(judged)} of {len(judged)} met 达到")
    outside = len(targets()) - len(known)
    print(f"{outside} more targets are outside the model; `hebei2025 targets` says why. 另有{outside}项在模型之外。")


def _standing(score: Score) -> str:
    """The value reached with a mark, and how far it misses."""
    status = score.status
    if status.met is None or score.reached is None or status.missed_by is None:
        return "\n".join(REASONS[status.reason])
    reached = f"{score.reached:,.4g}" if abs(score.reached) < 1000 else f"{score.reached:,.0f}"
    if status.met:
        return f"{reached} ✓"
    missed = f"{status.missed_by:,.3g}" if status.missed_by < 1000 else f"{status.missed_by:,.0f}"
    per_cent = "" if status.missed_percent is None else f" ({status.missed_percent:.1f} %)"
    return f"{reached} ✗\nmissed by 差 {missed}{per_cent}"
