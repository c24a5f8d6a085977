"""The commands find and frontier: searches over the levers, shown on screen and written as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .experiment_progress import shown_progress
from .listing import print_json, print_table
from .refusals import fail, require_extra, write_file
from .screen import say
from .stopping import saying

if TYPE_CHECKING:
    from analysis.optimisation.findings import Finding
    from analysis.optimisation.frontier import Frontier
    from model.scenario import Scenario

FOUND = "found.yaml"
FORMATS = {"csv": (), "parquet": ("pyarrow",)}
"""Formats of the table of a front, with what each needs of the extra [files]."""
Result = TypeVar("Result")


@dataclass(frozen=True)
class Space:
    """The options that both commands have: what may move, from where, and how results are shown."""

    base: str
    levers: tuple[str, ...]
    held: tuple[str, ...]
    earliest: int
    most: float
    seed: int
    threads: int | None
    out: Path | None
    quiet: bool
    as_json: bool

    def moving(self) -> tuple[str, ...]:
        """The levers that may move. Raises ValueError for a lever to hold that does not exist."""
        from model.inputs import levers

        unknown = [name for name in self.held if name not in levers()]
        if unknown:
            raise ValueError(f"--hold {', '.join(unknown)}: no lever; allowed: {', '.join(levers())}")
        return tuple(name for name in self.levers or levers() if name not in self.held)

    def keywords(self) -> dict[str, Any]:
        """The options as arguments of a search."""
        return {
            "levers": self.moving(),
            "earliest": self.earliest,
            "most": self.most,
            "seed": self.seed,
            "threads": self.threads,
        }


def run_find(
    space: Space, targets: tuple[str, ...], budget: float | None, alternatives: int, chance: float | None = None
) -> None:
    """Search a mix, show it, and write it where --out is given; exit 0 also where hard targets are missed."""
    from analysis.optimisation.finding import find
    from analysis.optimisation.question import read_wanted
    from analysis.optimisation.records import finding_record
    from analysis.optimisation.scenario_text import scenario_text

    base = _base(space)
    with saying(), shown_progress("parts", hidden=space.quiet or space.as_json) as progress:
        wanted = _accepted(lambda: read_wanted(targets))
        found = _accepted(
            lambda: find(
                base, wanted, budget, alternatives=alternatives, progress=progress, chance=chance, **space.keywords()
            )
        )
    texts = {f"{each.scenario.name}.yaml": scenario_text(each.scenario, base) for each in found.alternatives}
    own = scenario_text(found.answer.scenario, base)
    if space.out is not None and space.out.suffix in (".yaml", ".yml"):
        write_file(space.out, own)
    elif space.out is not None:
        _write({FOUND: own.encode(), **{name: text.encode() for name, text in texts.items()}}, space.out)
    if space.as_json:
        print_json({"out": None if space.out is None else str(space.out), **finding_record(found)})
    elif not space.quiet:
        _show_finding(found, space)


def run_frontier(space: Space, objectives: tuple[str, ...], evaluations: int, form: str) -> None:
    """Search a front, show its chosen points, and write its table and their scenarios where --out is given."""
    from analysis.optimisation.frontier import DEFAULT_OBJECTIVES, frontier
    from analysis.optimisation.scenario_text import scenario_text
    from model.scenario.problems import suggestion

    if form not in FORMATS:
        raise fail(f"--format {form!r} is unknown; {suggestion(form, FORMATS)}")
    if FORMATS[form]:
        require_extra("files", f"--format {form}", FORMATS[form])
    require_extra("search", "the frontier")
    base = _base(space)
    with saying(), shown_progress("runs", hidden=space.quiet or space.as_json) as progress:
        found = _accepted(
            lambda: frontier(base, objectives or DEFAULT_OBJECTIVES, evaluations, progress=progress, **space.keywords())
        )
    if space.out is not None:
        table = found.table
        content = table.to_csv(index=False).encode() if form == "csv" else table.to_parquet(index=False)
        chosen = {f"{n}.yaml": scenario_text(p.scenario, base).encode() for n, p in found.chosen().items()}
        _write({f"front.{form}": content, **chosen}, space.out)
    if space.as_json:
        print_json(_front_record(found, space.out))
    elif not space.quiet:
        _show_front(found, space)


def _base(space: Space) -> Scenario:
    """The scenario to start from: a shipped one by name, or a file."""
    from model.scenario import ScenarioError, load_scenario, shipped_scenarios
    from model.scenario.problems import suggestion

    if space.out is not None and space.out.suffix not in (".yaml", ".yml") and space.out.is_file():
        raise fail(f"{space.out} is a file; give a folder for --out")
    if space.base in shipped_scenarios():
        return shipped_scenarios()[space.base]
    if not space.base.endswith((".yaml", ".yml")):
        known = suggestion(space.base, shipped_scenarios())
        raise fail(f"--base {space.base!r} is no shipped scenario and no scenario file (.yaml); {known}")
    try:
        return load_scenario(Path(space.base))
    except ScenarioError as error:
        raise fail(str(error)) from None


def _accepted(search: Callable[[], Result]) -> Result:
    """What a search gives; arguments that it refuses end the program as bad input."""
    try:
        return search()
    except ValueError as error:
        raise fail(str(error)) from None


def _write(files: dict[str, bytes], out: Path) -> None:
    from batch.staging import OutputError, write_folder

    try:
        write_folder(files, out)
    except OutputError as error:
        raise fail(str(error)) from None


def _show_finding(found: Finding, space: Space) -> None:
    from analysis.optimisation.summaries import remarks
    from model.inputs import levers

    rows = [
        (
            line.wanted.target.id,
            line.wanted.target.requirement(),
            "hard" if line.wanted.hard else f"soft*{line.wanted.weight:g}",
            f"{line.reached:,.6g} {'✓' if line.met else '✗'}",
        )
        for line in found.answer.lines
    ]
    print_table("Scoreboard 目标完成情况", ("target", "wanted", "kind", "reached"), rows)
    moved = [
        (f"{name}\n{levers()[name].zh}", f"{strength:.3f}", found.answer.first_years[name])
        for name, strength in found.answer.strengths.items()
    ]
    print_table("Levers 政策措施", ("lever", "strength", "first year"), moved)
    say("Strength: 0 the base, 1 the document, 2 the end of the lever's range.")
    for line in remarks(found):
        say(line)
    if space.out is not None:
        say(f"{len(found.alternatives) + 1 if space.out.is_dir() else 1} scenario files are in {space.out}")


def _front_record(found: Frontier, out: Path | None) -> dict[str, object]:
    return {
        "out": None if out is None else str(out),
        "objectives": list(found.objectives),
        "evaluations": found.evaluations,
        "points": [
            {
                "scenario": point.name,
                "outcomes": dict(point.outcomes),
                "strengths": dict(point.strengths),
                "first_years": dict(point.first_years),
            }
            for point in found.points
        ],
        "scenarios": {name: dict(outcomes) for name, outcomes in found.scenarios.items()},
    }


def _show_front(found: Frontier, space: Space) -> None:
    from analysis.optimisation.summaries import front_remarks
    from analysis.optimisation.tables import chosen_table

    rows = [
        (row["mix"], *(f"{row[objective]:,.6g}" for objective in found.objectives))
        for row in chosen_table(found).to_dict("records")
    ]
    print_table("Frontier 前沿", ("mix", *found.objectives), rows)
    for line in front_remarks(found):
        say(line)
    if space.out is not None:
        say(f"Table and {len(found.chosen())} scenario files are in {space.out}")
