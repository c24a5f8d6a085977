"""The structure of the model as data: what is endogenous, exogenous and left out, and its feedback loops."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.definitions import chapter_summary, definition
from model.engine.declare import Variable
from model.engine.graph import Loop, feedback_loops, link_signs
from model.inputs import POLICY_START, START, load_yaml, parameters
from model.run import simulate
from model.scenario import inputs_of, shipped_scenarios
from model.system import CHAPTERS, system

from .knockouts import Knockout, knockouts

BOUNDARY = Path(__file__).parent / "boundary.yaml"
SIGNS_YEAR = POLICY_START
"""Year at whose start link signs are evaluated, in the run as happened."""
LONGEST = 9
"""Most variables in the loops that are listed for each stock,"""
LIMIT = 200
"""and most loops per stock."""
LONGEST_NAMED = 13
"""Most variables in a loop that carries a name,"""
LIMIT_NAMED = 3000
"""and most loops that are searched for it."""
LOOP_NAME = re.compile(r"\b[RB]-[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True)
class NamedLoop:
    """A loop of the table with the `loops` of the causal graph that pass all its marks, shortest first."""

    knockout: Knockout
    loops: tuple[Loop, ...]

    @property
    def shown(self) -> Loop | None:
        """The shortest loop of the polarity that the name claims, else one whose sign is not known, else none."""
        for kind in (self.knockout.kind, "?"):
            for loop in self.loops:
                if loop.kind == kind or self.knockout.kind == "link":
                    return loop
        return None


@functools.cache
def chapters() -> Mapping[str, str]:
    """Names of chapters in reading order, with the English summary of each."""
    names = [chapter.__name__.rpartition(".")[2] for chapter in CHAPTERS]
    return {name: chapter_summary(name, "en") for name in names}


def variables_of(chapter: str) -> list[Variable]:
    """Variables of a chapter in order of declaration, those inside smooths and delays included."""
    return [variable for variable in system().variables.values() if variable.chapter == chapter]


def chapter_of(name: str) -> str | None:
    """The chapter of a variable that has a place of its own; None for inputs, insides of delays, and other words."""
    variable = system().variables.get(name)
    if variable is None or variable.generated or variable.chapter not in chapters():
        return None
    return variable.chapter


def endogenous() -> dict[str, Counter]:
    """Number of variables of each kind by chapter; those inside smooths and delays count as "hidden"."""
    return {
        chapter: Counter("hidden" if v.generated else v.kind for v in variables_of(chapter)) for chapter in chapters()
    }


def parameter_grades() -> Counter:
    """Number of parameters by grade of evidence."""
    return Counter(parameter.grade for parameter in parameters().values())


def excluded() -> dict[str, Mapping]:
    """What is left out, with the reason in Chinese and English."""
    return load_yaml(BOUNDARY)


def names_in_docstrings() -> dict[str, list[str]]:
    """Loop names such as B-price that definitions mention, with the variables that mention them."""
    mentions: dict[str, list[str]] = {}
    for name, variable in system().variables.items():
        for loop in dict.fromkeys(LOOP_NAME.findall(definition(variable, "en"))):
            mentions.setdefault(loop, []).append(name)
    return mentions


@functools.cache
def signs() -> dict[tuple[str, str], int]:
    """Sign of each causal link at the start of `SIGNS_YEAR` in the run as happened."""
    known, scenario = system(), shipped_scenarios()["as_happened"]
    run = simulate(scenario, every_step=True, outputs=known.stocks)
    step = int(np.argmin(np.abs(run.time.values - SIGNS_YEAR)))
    state = {name: run[name].values[step] for name in known.stocks}
    constants, tables = inputs_of(scenario, np.arange(START, SIGNS_YEAR + 1))
    paths = {name: table[-1] for name, table in tables.items()}
    return link_signs(known, constants, paths, float(SIGNS_YEAR), state)


def loops_through(name: str) -> list[Loop]:
    """Feedback loops through a variable, at most `LONGEST` long and `LIMIT` of them, with polarity."""
    return feedback_loops(system(), through=name, longest=LONGEST, limit=LIMIT, signs=signs())


def loops_by_chapter() -> dict[str, dict[str, list[Loop]]]:
    """Loops through each stock, by chapter; stocks inside delays are left out."""
    return {
        chapter: {v.name: loops_through(v.name) for v in variables_of(chapter) if v.kind == "stock" and not v.generated}
        for chapter in chapters()
    }


@functools.cache
def named_loops() -> tuple[NamedLoop, ...]:
    """Each loop of the table that has marks, with the loops of the causal graph that pass them."""
    result = []
    for knockout in knockouts().values():
        if knockout.marks:
            matches = feedback_loops(system(), knockout.marks[0], LONGEST_NAMED, LIMIT_NAMED, signs())
            result.append(NamedLoop(knockout, tuple(x for x in matches if _is_named(knockout, set(x.variables)))))
    return tuple(result)


def _is_named(knockout: Knockout, variables: set[str]) -> bool:
    return variables.issuperset(knockout.marks) and variables.isdisjoint(knockout.avoid)
