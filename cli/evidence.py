"""The commands that hold the model against observations: calibrate and validate."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .listing import print_json
from .refusals import fail, write_file
from .screen import WIDE, console
from .stopping import INTERRUPTED, say_stopped

if TYPE_CHECKING:
    import pandas as pd
    from rich.progress import Progress
    from rich.table import Table

    from calibration.scoring import Unscored
    from model.engine.progress import Progress as Report

PARTS = "chains"
"""Folder for runs that are not finished."""


def run_calibration(window: int | None, method: str | None, quick: bool, out: Path | None, as_json: bool) -> None:
    """Calibrate to one window or all, with a progress bar; an interrupted run goes on at the next call."""
    from rich.console import Console
    from rich.progress import Progress

    from calibration.calibrate import calibrate
    from calibration.draws import METHODS
    from calibration.posterior import RESULTS, WINDOWS, save

    if window is not None and window not in WINDOWS:
        raise fail(f"--window {window} is unknown; allowed: {', '.join(map(str, WINDOWS))}")
    chosen = method or METHODS[0]
    if chosen not in METHODS:
        raise fail(f"--method {chosen} is unknown; allowed: {', '.join(METHODS)}")
    if (quick or chosen != METHODS[0]) and out is None:
        given = "--quick" if quick else f"--method {chosen}"
        raise fail(f"{given} is too rough to replace the stored results; give it an --out of its own")
    folder = out or RESULTS
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fail(f"{folder} cannot be written: {error.strerror}; choose another --out") from None
    calibrations: list[dict[str, Any]] = []
    try:
        with Progress(console=Console(stderr=True), disable=as_json) as progress:
            for end in (window,) if window else WINDOWS:
                posterior = calibrate(
                    end,
                    folder / PARTS,
                    chosen,
                    quick,
                    modes_progress=_bar(progress, f"to {end}: modes"),
                    draws_progress=_bar(progress, f"to {end}: draws"),
                )
                written = str(save(posterior, folder))
                calibrations.append({"window": end, "written": written} | _diagnosis(posterior.summary))
    except KeyboardInterrupt:
        raise _interrupted(folder) from None
    except ValueError as error:
        raise fail(str(error)) from None
    if as_json:
        print_json({"calibrations": calibrations})
        return
    for entry in calibrations:
        print(
            f"to {entry['window']}: worst R-hat {entry['worst_r_hat']:.3f}, least effective sample size "
            f"{entry['least_ess']:.0f}, best log density {entry['log_density']:.2f}; written to {entry['written']}"
        )


def _bar(progress: Progress, title: str) -> Report:
    """Add a bar to the screen; the function that moves it."""
    bar = progress.add_task(title, total=1.0)
    return lambda done, total: progress.update(bar, completed=done / total)


def _diagnosis(summary: dict[str, Any]) -> dict[str, Any]:
    return {
        "worst_r_hat": summary["worst_r_hat"],
        "least_ess": summary["least_ess"],
        "log_density": summary["modes"][0]["log_density"],
    }


def _interrupted(folder: Path) -> typer.Exit:
    say_stopped(f"interrupted; finished temperatures are in {folder / PARTS}: the same command goes on there")
    return typer.Exit(INTERRUPTED)


def run_validation(
    observations: Path | None, first: int | None, last: int | None, out: Path | None, as_json: bool
) -> None:
    """Score the run "as happened" against observations and print the table; what was not scored goes to stderr."""
    from calibration.observations import ObservationError
    from calibration.scoring import score_file

    try:
        scoring = score_file(observations, first, last)
    except ObservationError as error:
        raise fail(str(error)) from None
    for rows in scoring.unscored:
        print(_not_scored(observations, rows), file=sys.stderr)
    scores = scoring.scores
    if scores.empty:
        raise fail(
            f"nothing to score from {first or 'the start'} to {last or 'the end'}: "
            "no whole-year figure of grade A to C has an indicator of the model"
        )
    if out is not None:
        write_file(out, scores.to_csv(index=False, lineterminator="\n", float_format="%.6g"))
    if as_json:
        records = json.loads(scores.to_json(orient="records", force_ascii=False))
        print_json({"scores": records, "not_scored": [dataclasses.asdict(rows) for rows in scoring.unscored]})
    else:
        _show(scores, first)


def _not_scored(file: Path | None, rows: Unscored) -> str:
    count = "1 row" if rows.rows == 1 else f"{rows.rows} rows"
    return f"{file}:{rows.line}: {count} of {rows.series} ({rows.sector}) not scored: {rows.reason}"


FULL = (
    "series",
    "years",
    "n",
    "grades",
    "error",
    "RMSE",
    "R2",
    "U1",
    "U^M",
    "U^S",
    "U^C",
    "skill\nrandom\nwalk",
    "skill\ntrend",
    "skill\nlast\nvalue",
)
SHORT = ("series", "n", "error", "U1", "skill\nrandom\nwalk")
"""What a narrow window shows of it."""
WORDS = ("series", "years", "grades")


def _show(scores: pd.DataFrame, first: int | None) -> None:
    from calibration.posterior import WINDOWS

    screen, shown = console(), _table(scores, FULL)
    narrow = screen.measure(shown, options=screen.options.update(max_width=WIDE)).maximum > screen.width
    screen.print(_table(scores, SHORT) if narrow else shown)
    if narrow:
        screen.print("A wider window shows all columns; --json and --out hold them too.", style="dim")
    screen.print(
        "error: mean absolute error (relative, or percentage points); U^M, U^S, U^C: bias, variation, covariation; "
        "skill: 1 - RMSE / RMSE of the naive forecast from the years before, above 0 the model is better.",
        style="dim",
    )
    if first and first <= WINDOWS[-1]:
        screen.print(
            f"The model knows the data up to {WINDOWS[-1]}, the naive forecasts only what came before {first}: for "
            "these years skill tells of the fit. A true forecast is in docs/evidence/validation.md.",
            style="dim",
        )


def _table(scores: pd.DataFrame, columns: tuple[str, ...]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from calibration.statistics import FEWEST_FOR_R2

    shown = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in columns:
        shown.add_column(column, justify="left" if column in WORDS else "right", no_wrap=True)
    for row in scores.itertuples():
        unit = " %" if row.kind == "level" else " pts"
        r2 = row.r2 if row.count >= FEWEST_FOR_R2 else float("nan")
        skills = (row.skill_random_walk, row.skill_trend, row.skill_last_value)
        numbers = (r2, row.theil, row.bias, row.variation, row.covariation, *skills)
        cells = [row.series, row.window, str(row.count), row.grades, f"{row.error:.1f}{unit}", f"{row.rmse:.4g}"]
        cells += ["" if value != value else f"{value:.2f}" for value in numbers]
        by_column = dict(zip(FULL, cells, strict=True))
        shown.add_row(*(by_column[column] for column in columns))
    return shown
