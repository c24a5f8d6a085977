"""The command run: load scenarios, run them, and write their results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.engine.text import Text
from model.inputs import levers
from model.run_limits import METHODS, RunError, check_until, steps_per_year
from model.scenario import Scenario, load_scenario, shipped_scenarios, with_levers
from model.scenario.lever_merging import range_problems
from model.scenario.lever_setting import parse_setting
from model.scenario.problems import ScenarioError, Where, suggestion

from .listing import print_json
from .refusals import fail, require_extra
from .screen import console
from .stopping import saying

if TYPE_CHECKING:
    import pandas as pd

PLAIN_STEPS = 16
"""Steps per year when --dt is not given."""
SHOWN = (
    ("crude_steel_output", "steel", "crude\nsteel\nMt", 1),
    ("steelmaking_capacity", "steel", "steel\ncapacity\nMt", 1),
    ("equipment_minus_steel_share", "all", "equip.\n- steel\npoints", 1),
    ("energy_per_above_scale_industrial_va_change_cumulative", "all", "energy\nper VA\n± %", 1),
    ("vai_above_scale_real", "all", "value\nadded\n亿元", 0),
    ("public_cost", "all", "public\ncost\n亿元/yr", 1),
)
"""Indicators of the table on screen, with their headings in three lines and decimals."""
FIRST_SHOWN = 2020
"""Year shown beside the last year of the run: the horizon of the document's nearer targets."""


@dataclass(frozen=True)
class Request:
    """The arguments of `hebei2025 run`."""

    files: tuple[Path, ...]
    out: Path
    form: str
    settings: tuple[str, ...]
    until: int | None
    dt: str
    method: str
    full: bool
    bands: bool
    reference: str | None
    quiet: bool
    as_json: bool


def execute(request: Request) -> None:
    """Load, run and write; all input is checked before anything runs."""
    from batch.folder import require_writable
    from batch.staging import OutputError
    from batch.writing import FORMATS, MODULES_OF_FORMATS

    if request.form not in FORMATS:
        raise fail(f"--format {request.form!r} is unknown; {suggestion(request.form, FORMATS)}")
    require_extra("files", f"--format {request.form}", MODULES_OF_FORMATS[request.form])
    if request.method not in METHODS:
        raise fail(f"--method {request.method!r} is unknown; {suggestion(request.method, METHODS)}")
    try:
        check_until(request.until)
        steps = steps_per_year(request.dt)
    except RunError as error:
        raise fail(f"--{error}") from None
    scenarios = named_apart([changed(s, request.settings) for s in load_all(request.files)])
    if any(s.pipeline for s in scenarios) and (request.full or request.method != "euler" or steps != PLAIN_STEPS):
        raise fail("--full, --dt and --method do not go with `pipeline: stochastic`, which moves by half months")
    reference = find_reference(request, scenarios)
    try:
        with saying():
            require_writable(request.out, [s.name for s in scenarios])
            _run_and_write(request, scenarios, reference, steps)
    except OutputError as error:
        raise fail(str(error)) from None


def load_all(files: Sequence[Path]) -> list[Scenario]:
    """Load all files; problems of all of them are printed together."""
    loaded, problems = [], []
    for file in files:
        try:
            loaded.append(load_scenario(file))
        except ScenarioError as error:
            problems.append(str(error))
    if problems:
        raise fail("\n".join(problems))
    return loaded


def named_apart(scenarios: list[Scenario]) -> list[Scenario]:
    """The scenarios; the exit for bad input where two have one name, as their results would have the same place."""
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario.name in seen:
            raise fail(
                f"two scenarios are named {scenario.name!r}; results go into a folder of that name, so rename one file"
            )
        seen.add(scenario.name)
    return scenarios


def find_reference(request: Request, scenarios: Sequence[Scenario]) -> Scenario | None:
    """The scenario that `--reference` names, of the run or else a shipped one; None where it is not given."""
    if request.reference is None:
        return None
    if not request.bands:
        raise fail("--reference goes with --bands: the differences from it are part of the tables of uncertainty")
    known = {**shipped_scenarios(), **{scenario.name: scenario for scenario in scenarios}}
    if request.reference not in known:
        raise fail(f"--reference {request.reference!r} is no scenario; {suggestion(request.reference, known)}")
    return known[request.reference]


def changed(scenario: Scenario, settings: Sequence[str]) -> Scenario:
    """The scenario with `--set` applied; every setting is checked and all problems are printed together."""
    changed = dict(scenario.levers)
    problems: list[str] = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        lever_id, dot, sector = name.strip().partition(".")
        if not equals:
            problems.append(f"--set {setting}: no value; allowed: lever=value or lever.sector=value")
            continue
        wrong: list[str] = []

        def report(_: Where, message: Text, wrong: list[str] = wrong) -> None:
            wrong.append(message.en)

        value = parse_setting(lever_id, sector if dot else None, text.strip(), report)
        if value is not None:
            changed = with_levers(changed, {lever_id: value})
            wrong += [message.en for _, message in range_problems(levers()[lever_id], changed[lever_id])]
        problems += [f"--set {setting}: {message}" for message in wrong]
    if problems:
        raise fail("\n".join(problems))
    return scenario.model_copy(update={"levers": changed}) if settings else scenario


def _run_and_write(request: Request, scenarios: list[Scenario], reference: Scenario | None, steps: int) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from batch.folder import earlier_results
    from batch.running import Batch, run_and_write

    batch = Batch(scenarios, request.until, steps, request.method, request.full, request.bands, reference)
    with Progress(console=Console(stderr=True), disable=request.quiet or request.as_json) as progress:
        bar = progress.add_task("Running and writing", total=batch.parts)
        table, seconds = run_and_write(
            batch, request.out, request.form, lambda done, _: progress.update(bar, completed=done)
        )
    names = [scenario.name for scenario in scenarios]
    earlier = earlier_results(request.out, names)
    if request.as_json:
        print_json(
            {
                "out": str(request.out),
                "scenarios": names,
                "run_time_seconds": round(seconds, 4),
                "earlier_results": earlier,
            }
        )
    elif not request.quiet:
        _show(table, scenarios)
        if earlier:
            print(f"{request.out} also holds results of earlier runs, which are not of this run: {', '.join(earlier)}")


def _show(table: pd.DataFrame, scenarios: Sequence[Scenario]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    values = table.set_index(["scenario", "indicator", "sector", "year"])["value"]
    last = int(table["year"].max())
    for year in sorted({min(FIRST_SHOWN, last), last}):
        shown = Table(title=str(year), box=SIMPLE_HEAD, padding=(0, 1, 0, 0), title_justify="left")
        shown.add_column("scenario", no_wrap=True)
        for _, _, heading, _ in SHOWN:
            shown.add_column(heading, justify="right", no_wrap=True)
        for scenario in scenarios:
            numbers = [values.get((scenario.name, name, sector, year)) for name, sector, _, _ in SHOWN]
            cells = ["–" if v is None else f"{v:,.{d}f}" for v, (_, _, _, d) in zip(numbers, SHOWN, strict=True)]
            shown.add_row(scenario.name, *cells)
        console().print(shown)
    console().print("Energy per value added against 2015; value added at prices of 2015.", style="dim")
