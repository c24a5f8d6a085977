"""The command experiment: read a design, say what it takes, run it, and resume it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .experiment_progress import duration, shown_progress
from .listing import print_json
from .refusals import fail, require_extra
from .screen import say
from .stopping import NOTHING, say_stopped

if TYPE_CHECKING:
    from analysis.experiments.design import Design
    from analysis.experiments.estimate import Estimate

MODULES = {"parquet": ("pyarrow", "SALib"), "zarr": ("pyarrow", "SALib", "zarr")}
"""What each format needs of the extra [analysis]."""


@dataclass(frozen=True)
class Request:
    """The arguments of `hebei2025 experiment`."""

    design: Path
    out: Path | None
    form: str
    cluster: str | None
    resume: bool
    dry_run: bool
    threads: int | None
    quiet: bool
    as_json: bool


def execute(request: Request) -> None:
    """Run a design, or say what it would take; all input is checked before anything runs."""
    from model.scenario.problems import suggestion

    if request.form not in MODULES:
        raise fail(f"--format {request.form!r} is unknown; {suggestion(request.form, MODULES)}")
    require_extra("analysis", "experiments", MODULES[request.form])
    if request.cluster is not None:
        require_extra("cluster", "--cluster", ("distributed",))
    design = _read(request.design)
    if request.dry_run:
        _show_estimate(request, design)
        return
    if request.out is None:
        raise fail("--out is missing: give a folder for the results, or --dry-run to see what the design takes")
    _run(request, design, request.out)


def _read(path: Path) -> Design:
    from analysis.experiments.design_reading import load_design
    from analysis.experiments.design_source import DesignError

    try:
        return load_design(path)
    except DesignError as error:
        raise fail(str(error)) from None


def _run(request: Request, design: Design, out: Path) -> None:
    from analysis.experiments.cluster import ClusterError
    from analysis.experiments.execution import run_experiment
    from batch.staging import OutputError

    runs_a_chunk = design.chunk * len(design.policies) * design.replications
    try:
        with shown_progress("chunks", request.quiet or request.as_json, runs_a_chunk) as progress:
            run_experiment(design, out, request.form, request.resume, request.threads, request.cluster, progress)
    except (OutputError, ClusterError) as error:
        raise fail(str(error)) from None
    except KeyboardInterrupt:
        say_stopped(f"interrupted; what is done lies in {out}: go on with --resume" if out.exists() else NOTHING)
        raise
    if request.as_json:
        print_json({"out": str(out), **_size(design)})
    elif not request.quiet:
        say(f"{_size(design)['runs']:,} runs are in {out}")


def _size(design: Design) -> dict[str, int]:
    from analysis.experiments.sampling import points_of

    points = points_of(design)
    return {
        "points": points,
        "policies": len(design.policies),
        "runs": points * len(design.policies) * design.replications,
    }


def _show_estimate(request: Request, design: Design) -> None:
    from analysis.experiments.estimate import estimate

    found = estimate(design, request.threads)
    if request.as_json:
        print_json(_size(design) | {"chunks": found.chunks, "seconds": round(found.seconds, 1), "bytes": found.bytes})
        return
    for line in _lines(design, found):
        say(line)


def _lines(design: Design, found: Estimate) -> list[str]:
    size = _size(design)
    names = ", ".join(design.names[:8]) + (f" and {len(design.names) - 8} more" if len(design.names) > 8 else "")
    policies = ", ".join(policy.name for policy in design.policies)
    return [
        f"{size['points']:,} points ({design.sample.method}) of {len(design.names)} numbers: {names}",
        f"{size['policies']} policies: {policies}",
        f"{size['runs']:,} runs in {found.chunks:,} chunks; {len(design.kept)} numbers in {len(design.years)} years",
        f"about {duration(found.seconds)} with {found.threads} threads here, and {found.bytes / 1e6:,.1f} MB",
    ]
