"""Ablations: how well the model fits and how the spine levers act without each of its structural changes.

A change is taken out by values of parameters. The model without it is judged twice, with all other numbers as they are
and after a quick search for the posterior mode (calibration.mode) that starts from them; the full model is searched in
the same way, so that both ends are comparable.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from calibration.estimated import Estimated, estimated, parts, scores_of_values, values_of_scores, with_values
from calibration.likelihood import log_density
from calibration.mode import find_mode
from calibration.posterior import RESULTS, WINDOWS
from calibration.target import Assessment, Target
from model.engine.text import Text, with_texts
from model.inputs import END, default_parameters, load_yaml, parameters
from model.priors import UNIFORM, Prior

from .dose_response import dose_responses
from .lever_contract import SPINE_ITEMS, verdicts
from .lever_expectations import Entry, expectations
from .switches import switched

ENTRIES = Path(__file__).parent / "ablations.yaml"
TABLE = RESULTS / "ablations.csv"
WINDOW = WINDOWS[-1]
FULL = "full"
"""Id of the model with all changes."""
ITERATIONS = 12
"""Most iterations of a search."""
KEPT, REFITTED = "kept", "refitted"
"""Whether the other numbers keep their values, or are searched again."""
LIKELIHOOD, EFFECT, CONTRACT = "log_likelihood", "effect", "contract"
ALL = "all"


@dataclass(frozen=True)
class Ablation:
    """A structural change, and the parameters that take it out; `note` says what they leave in place."""

    id: str
    name: Text
    set: Mapping[str, float] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    note: Text | None = None


@functools.cache
def ablations() -> dict[str, Ablation]:
    """The full model, then every change. Raises ValueError for an unknown parameter."""
    entries = {name: Ablation(id=name, **with_texts(entry)) for name, entry in load_yaml(ENTRIES).items()}
    for one in entries.values():
        unknown = (set(one.set) | set(one.times)) - set(parameters())
        if unknown:
            raise ValueError(f"ablations.yaml: {one.id}: no parameter is called {', '.join(sorted(unknown))}")
    return {FULL: Ablation(FULL, Text("完整模型", "full model")), **entries}


class AblatedTarget(Target):
    """The posterior density of the numbers that are left, with the parameters of an ablation fixed."""

    def __init__(self, ablation: Ablation, window: int):
        constants = switched(default_parameters(), ablation.set, ablation.times)
        fixed = [number for name in (*ablation.set, *ablation.times) for number in _entries(name, constants[name])]
        names = {number.parameter for number in fixed}
        free = [number for number in estimated() if number.parameter not in names]
        super().__init__([*free, *fixed], window)
        self.numbers, self._all = tuple(free), (*free, *fixed)
        self._fixed = np.array([number.value for number in fixed])

    def assess(self, scores: np.ndarray) -> Assessment:
        """Run the model at each row of scores (members, numbers that are left)."""
        results = self._ensemble.summaries(self._values(scores), self._summary)
        return Assessment(results["log_likelihood"], results["errors"], results["refused"], results["failed"])

    def start(self) -> np.ndarray:
        """Scores of the default values."""
        return scores_of_values(self.numbers, np.array([number.value for number in self.numbers]))

    def parameters(self, scores: np.ndarray) -> dict[str, np.ndarray]:
        """Parameters of one row of scores, of those that are not at their defaults."""
        return {name: array[0] for name, array in with_values(self._all, self._values(scores)).items()}

    def _values(self, scores: np.ndarray) -> np.ndarray:
        values = values_of_scores(self.numbers, np.atleast_2d(scores))
        return np.concatenate([values, np.repeat(self._fixed[None], len(values), axis=0)], axis=1)


def _entries(parameter: str, values: np.ndarray) -> list[Estimated]:
    """Every entry of a parameter as a number with this value; its prior is not used."""
    array = np.asarray(values, dtype=float)
    places = np.ndindex(array.shape)
    prior = Prior(UNIFORM, 0.0, 1.0, parameters()[parameter].grade, "")
    return [Estimated(f"{parameter}{i}", parameter, i[0] if i else None, float(array[i]), prior) for i in places]


def groups() -> dict[str, tuple[str, ...]]:
    """Groups of series, by the part of the model that they inform; `all` is all of them together."""
    return {part.id: part.series for part in parts() if part.series}


def spine() -> tuple[Entry, ...]:
    """The levers of the four spine tasks, each in all its sectors."""
    return tuple(e for e in expectations().entries.values() if e.contract and not e.sector and "f" in e.contract.items)


def ablation_rows(ablation: Ablation, iterations: int = ITERATIONS) -> list[dict]:
    """Figures of the model without a change, as rows: ablation, fit (kept or refitted), quantity, of, value, text.

    log_likelihood: of a group of series alone, or of `all`. effect: of the whole range of a lever in the last year on
    the outcome that it is named for. contract: how many items of the contract the lever satisfies, and as text which.
    """
    target = AblatedTarget(ablation, WINDOW)
    start = target.start()
    mode = find_mode(target, start, ablation.id, iterations)
    rows = []
    for fit, scores in ((KEPT, start), (REFITTED, mode.scores)):
        errors = target.by_series(target.assess(scores).errors[0])
        for group, names in {**groups(), ALL: tuple(target.grids)}.items():
            chosen = [name for name in names if name in target.grids]
            density = log_density({n: errors[n] for n in chosen}, {n: target.grids[n] for n in chosen})
            rows.append({"fit": fit, "quantity": LIKELIHOOD, "of": group, "value": float(density), "text": ""})
        rows += [{"fit": fit, **row} for row in _lever_rows(target.parameters(scores))]
    return [{"ablation": ablation.id, **row} for row in rows]


def _lever_rows(changed: Mapping[str, np.ndarray]) -> Iterator[dict]:
    wanted = expectations()
    responses = dose_responses(tuple(wanted.entries.values()), wanted.outcomes, wanted.contract.doubling, changed)
    results = verdicts(responses, wanted)
    for entry in spine():
        effect = responses.by_entry[entry.id].whole(entry.own, END)
        yield {"quantity": EFFECT, "of": entry.id, "value": effect, "text": entry.own}
        items = [one for one in results if one.entry == entry.id and one.item in SPINE_ITEMS]
        passed = " ".join(one.item for one in items if one.passed)
        failed = " ".join(one.item for one in items if not one.passed)
        yield {
            "quantity": CONTRACT,
            "of": entry.id,
            "value": sum(one.passed for one in items),
            "text": f"{passed}|{failed}",
        }
