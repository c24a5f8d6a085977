"""The commands experiment, find and frontier: many runs over what varies, and searches among mixes of levers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from .arguments import (
    FirstYear,
    HeldLevers,
    Json,
    MostStrength,
    MovingLevers,
    SearchBase,
    SearchSeed,
    Threads,
    given_path,
    scenario_files,
    split_names,
)


def experiment(
    design: Annotated[
        Path,
        typer.Argument(
            metavar="DESIGN",
            help="Design file (.yaml), or the name of a shipped design.",
            show_default=False,
            parser=given_path,
            autocompletion=scenario_files,
        ),
    ],
    out: Annotated[
        Optional[Path],
        typer.Option(help="Folder for the results.", show_default=False, parser=given_path, metavar="DIR"),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="parquet or zarr.")] = "parquet",
    cluster: Annotated[
        Optional[str], typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster, such as tcp://10.0.0.5:8786.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an experiment that was interrupted.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how many runs, minutes and bytes it takes.")
    ] = False,
    threads: Threads = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary.")] = False,
    as_json: Json = False,
) -> None:
    """Run what a design file lets vary, 10^3 to 10^7 times; an interrupted experiment can be resumed without loss."""
    from .experimenting import Request, execute

    execute(Request(design, out, form, cluster, resume, dry_run, threads, quiet, as_json))


def find(
    target: Annotated[
        Optional[list[str]],
        typer.Option(
            "--target",
            metavar="TARGET",
            help="A target that must hold: its id, id>=value or id<=value; soft:id or soft*3:id for one that should, "
            "with a weight; or document, hebei_plan or national for all of a group. May be repeated.",
            show_default=False,
        ),
    ] = None,
    budget: Annotated[
        Optional[float], typer.Option(help="Most public cost, 2016-2025 in total, 亿元.", show_default=False)
    ] = None,
    chance: Annotated[
        Optional[float],
        typer.Option(
            help="Aim at targets that must hold with a reserve, so that each holds in this part of the draws of the "
            "calibration (0.5 to 0.99).",
            show_default=False,
        ),
    ] = None,
    lever: MovingLevers = None,
    hold: HeldLevers = None,
    first: FirstYear = 2016,
    most: MostStrength = 2.0,
    base: SearchBase = "no_document",
    alternatives: Annotated[
        int, typer.Option(help="Other mixes within 5 % of the cost that differ as much as possible.", min=0, max=50)
    ] = 5,
    out: Annotated[
        Optional[Path],
        typer.Option(
            help="File (.yaml) for the mix, or folder also for the alternatives.",
            show_default=False,
            parser=given_path,
            metavar="PATH",
        ),
    ] = None,
    seed: SearchSeed = 1,
    threads: Threads = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no tables.")] = False,
    as_json: Json = False,
) -> None:
    """Find the cheapest mix of levers that keeps chosen targets, others nearly as cheap, and what cannot be had."""
    from .searching import Space, run_find

    space = Space(base, split_names(lever), split_names(hold), first, most, seed, threads, out, quiet, as_json)
    run_find(space, tuple(target or ()), budget, alternatives, chance)


def frontier(
    objectives: Annotated[
        Optional[list[str]],
        typer.Option(
            help="Outcomes to set against each other, with commas or repeated (default: public_cost, "
            "co2_emissions_industry, equipment_minus_steel_share).",
            show_default=False,
        ),
    ] = None,
    evaluations: Annotated[int, typer.Option(help="Runs of the search (1,000 or more).")] = 20_000,
    lever: MovingLevers = None,
    hold: HeldLevers = None,
    first: FirstYear = 2016,
    most: MostStrength = 2.0,
    base: SearchBase = "no_document",
    out: Annotated[
        Optional[Path],
        typer.Option(
            help="Folder for the table and scenarios of chosen points.",
            show_default=False,
            parser=given_path,
            metavar="DIR",
        ),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
    seed: SearchSeed = 1,
    threads: Threads = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no table.")] = False,
    as_json: Json = False,
) -> None:
    """Search the frontier of several outcomes: the mixes of levers that no other mix beats in all of them."""
    from .searching import Space, run_frontier

    space = Space(base, split_names(lever), split_names(hold), first, most, seed, threads, out, quiet, as_json)
    run_frontier(space, split_names(objectives), evaluations, form)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (experiment, find, frontier):
        app.command()(command)
