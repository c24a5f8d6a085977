"""The commands sensitivity, robust and attribute: what many runs say about a result, a choice, and the past."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from .arguments import Json, given_path, scenario_files
from .listing import figure, print_json, print_table
from .refusals import fail, require_extra, write_file
from .screen import WIDE, console, say
from .stopping import saying

if TYPE_CHECKING:
    import pandas as pd

    from analysis.robustness.choice import Robust
    from model.engine.progress import Progress

Source = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER|DESIGN",
        help="Folder of a finished experiment, or a design (file or name of a shipped one), which is run for this.",
        show_default=False,
        parser=given_path,
        autocompletion=scenario_files,
    ),
]
Indicator = Annotated[str, typer.Option(metavar="ID", help="Indicator; ID.sector for one entry of its axis.")]
Year = Annotated[int, typer.Option(metavar="Y", help="Year.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress.")]


def sensitivity(
    source: Source,
    indicator: Indicator,
    year: Year,
    policy: Annotated[
        Optional[str], typer.Option(metavar="NAME", help="Policy (default: the last of the experiment).")
    ] = None,
    difference: Annotated[
        Optional[tuple[str, str]],
        typer.Option(metavar="POLICY POLICY", help="Analyse the first policy less the second.", show_default=False),
    ] = None,
    method: Annotated[
        Optional[str], typer.Option(help="saltelli (Sobol indices) or morris; for a design, in place of its own.")
    ] = None,
    size: Annotated[
        Optional[int], typer.Option(help="Base points or trajectories; for a design, in place of its own.", min=4)
    ] = None,
    top: Annotated[int, typer.Option(metavar="N", help="Numbers that are shown.", min=1)] = 15,
    out: Annotated[
        Optional[Path], typer.Option(metavar="FILE.csv", help="Also write all numbers here.", parser=given_path)
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Say which uncertain numbers decide a result, or the difference of two policies (Sobol indices or Morris)."""
    with _answering(quiet or as_json) as progress:
        from analysis.global_sensitivity import sensitivity as analysed

        table = analysed(source, indicator, year, policy, difference, method, size, progress)
    if out is not None:
        write_file(out, table.to_csv(index=False, lineterminator="\n"))
    facts = table.attrs
    if as_json:
        print_json({**facts, "numbers": _records(table)})
        return
    _show_numbers(table.head(top), f"{facts['indicator']} {facts['year']}, {facts['what']}, {facts['unit']}")
    spread = f"mean {figure(facts['mean'], 4)}, deviation {figure(facts['deviation'])}"
    say(f"{facts['points']:,} points ({facts['method']}); {spread}")
    if facts["dropped"]:
        say(f"{facts['dropped']:,} points were left out, because runs broke down there")


def _show_numbers(table: pd.DataFrame, title: str) -> None:
    """Print indices or effects with half of their 95 % intervals; the sources only where there is room for them."""
    bands = {name: f"{name}_confidence" for name in table if f"{name}_confidence" in table}
    shown = [name for name in table if name not in ("number", "grade", "source", *bands.values())]
    heads = [f"{name} (± 95 %)" if name in bands else name for name in shown]
    sources = console().width >= WIDE
    rows = []
    for row in table.to_dict("records"):
        cells = [figure(row[name]) + (f" ± {figure(row[bands[name]], 2)}" if name in bands else "") for name in shown]
        rows.append((row["number"], row["grade"], *cells, *([row["source"]] if sources else ())))
    print_table(title, ("number", "grade", *heads, *(["source"] if sources else ())), rows)
    if not sources:
        say("What the numbers rest on is in --json, --out and a wider window.")


def robust(
    source: Source,
    indicator: Indicator,
    year: Year,
    better: Annotated[str, typer.Option(help="higher or lower.")],
    policies: Annotated[
        Optional[list[str]],
        typer.Option(metavar="A B ...", help="Policies (default: those of the experiment).", show_default=False),
    ] = None,
    more: Annotated[Optional[list[str]], typer.Argument(metavar="", hidden=True)] = None,
    target: Annotated[
        Optional[str], typer.Option(metavar="ID", help="Also look for conditions under which this target is missed.")
    ] = None,
    top: Annotated[int, typer.Option(metavar="N", help="Numbers that are shown.", min=1)] = 10,
    out: Annotated[
        Optional[Path],
        typer.Option(metavar="DIR", help="Also write all tables and sentences here.", parser=given_path),
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Compare policies under all that is uncertain: best, regret, targets, when their order flips, worth of knowing."""
    from .robust_output import record, show, write

    chosen = (*(policies or ()), *(more or ()))
    with _answering(quiet or as_json) as progress:
        from analysis.robustness.choice import robust as compared

        found: Robust = compared(source, indicator, year, better, chosen, target, progress)
    if out is not None:
        write(found, out)
    if as_json:
        print_json(record(found))
    else:
        show(found, top)


def attribute(
    indicator: Indicator,
    year: Year,
    first: Annotated[int, typer.Option("--from", metavar="Y", help="Year from which the change is counted.")] = 2015,
    draws: Annotated[int, typer.Option(metavar="N", help="Draws of the calibration, 2 to 500.")] = 100,
    out: Annotated[
        Optional[Path], typer.Option(metavar="FILE.csv", help="Also write the table here.", parser=given_path)
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Split what happened between measures, drivers and momentum, with bands; the remainder is named."""
    with _answering(quiet or as_json, what="draws") as progress:
        from analysis.attribution import attribute as split

        table = split(indicator, year, first, draws, progress)
    if out is not None:
        write_file(out, table.to_csv(index=False, lineterminator="\n"))
    facts = table.attrs
    if as_json:
        print_json({**facts, "parts": _records(table)})
        return
    rows = [
        (row["part"], _band(row, "share"), _band(row, "alone"), _number(row["last"]))
        for row in table.to_dict("records")
    ]
    title = f"{facts['indicator']}, change {facts['first']} to {facts['year']}, {facts['unit']}"
    print_table(title, ("part", "share: mean (5 to 95 %)", "alone: mean (5 to 95 %)", "last"), rows)
    say(
        "Shares add up to the whole; so do parts alone with momentum and the interaction. Means of "
        f"{facts['draws']} draws."
    )


def _band(row: dict, name: str) -> str:
    if row[name] != row[name]:
        return ""
    mean, low, high = (figure(row[key], sign="+") for key in (name, f"{name}_p5", f"{name}_p95"))
    return f"{mean} ({low} to {high})"


def _number(value: float) -> str:
    return "" if value != value else figure(value, sign="+")


def _records(table: pd.DataFrame) -> list[dict]:
    """Rows as JSON has them: no number that is missing."""
    return [{k: None if v != v else v for k, v in row.items()} for row in table.to_dict("records")]


@contextlib.contextmanager
def _answering(hidden: bool, what: str = "chunks") -> Iterator[Progress]:
    """Progress of the runs; what cannot be answered ends as bad input."""
    from model.scenario import ScenarioError

    from .experiment_progress import shown_progress

    require_extra("analysis", "answers from many runs")
    from analysis.experiments.dataset import ExperimentError
    from analysis.experiments.finished import AnswerError
    from batch.staging import OutputError

    try:
        with saying(), shown_progress(what, hidden) as progress:
            yield progress
    except (AnswerError, ExperimentError, ScenarioError, OutputError) as error:
        raise fail(str(error)) from None


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (sensitivity, robust, attribute):
        app.command()(command)
