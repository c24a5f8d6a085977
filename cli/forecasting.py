"""`hebei2025 forecast`: register a forecast before outcomes are known, and score registered forecasts afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from .arguments import Json, given_path
from .listing import print_json, print_table
from .refusals import fail, write_file

if TYPE_CHECKING:
    import pandas as pd

    from calibration.expectations import Verdict

forecasts = typer.Typer(no_args_is_help=True, help="Register forecasts, and score them once outcomes are known.")


@forecasts.command()
def register(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the forecast, such as second_edition.")],
    window: Annotated[int, typer.Option(help="Last year of the observations behind it.")] = 2020,
    as_json: Json = False,
) -> None:
    """Write the forecast of the present model into calibration/registered; a registration is final."""
    from batch.environment import commit_of
    from batch.manifest import model_hash
    from calibration.posterior import load
    from calibration.registered_forecast import REGISTERED, RegistrationError
    from calibration.registration import Origin
    from calibration.registration import register as write

    if not name.isidentifier():
        raise fail(f"{name!r} is no name of a forecast; allowed: letters, digits and _, beginning with a letter")
    commit = commit_of(REGISTERED.parent.parent)
    if commit is None or commit["changed"]:
        raise fail("a registered forecast names the commit it was made with; commit all changes first")
    try:
        record = write(name, load(window), Origin(str(commit["id"]), model_hash(), _contracts()))
    except FileNotFoundError:
        raise fail(f"--window {window}: no calibration to this year is stored; run `hebei2025 calibrate`") from None
    except RegistrationError as error:
        raise fail(str(error)) from None
    if as_json:
        print_json({"registered": record})
        return
    print(f"{len(record['series'])} series to {record['last']} registered in {REGISTERED / name}.csv and .yaml")


def _contracts() -> dict[str, bool]:
    """Whether each lever with a contract passes all its items under the present model."""
    from analysis.dose_response import shared_responses
    from analysis.lever_contract import SPINE_ITEMS, verdicts
    from analysis.lever_expectations import expectations

    passed: dict[str, bool] = {}
    for verdict in verdicts(shared_responses(), expectations()):
        if verdict.item in SPINE_ITEMS:
            passed[verdict.entry] = passed.get(verdict.entry, True) and verdict.passed
    return passed


@forecasts.command()
def score(
    observations: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE.csv", help="Outcomes (default: the project's observations).", parser=given_path),
    ] = None,
    out: Annotated[
        Optional[Path], typer.Option(metavar="FILE.csv", help="Also write the scores by year here.", parser=given_path)
    ] = None,
    as_json: Json = False,
) -> None:
    """Score the registered forecasts on outcomes, and say which expectations are met."""
    from calibration.expectations import verdicts
    from calibration.observations import ObservationError
    from calibration.outcome_scores import by_series, score_outcomes
    from calibration.registered_forecast import RegistrationError, read_registered, registered_names

    try:
        forecasts = [read_registered(name) for name in registered_names()]
        scores = score_outcomes(forecasts, observations)
        judged = verdicts(forecasts, scores)
    except (ObservationError, RegistrationError) as error:
        raise fail(str(error)) from None
    if scores.empty:
        raise fail("nothing to score: no figure of grade A to C after the last year that the forecasts knew")
    if out is not None:
        write_file(out, scores.to_csv(index=False, lineterminator="\n", float_format="%.6g"))
    _show(by_series(scores), judged, as_json)


def _show(summary: pd.DataFrame, judged: list[Verdict], as_json: bool) -> None:
    if as_json:
        expectations = [{"id": one.id, "met": one.met, "value": one.value, "limit": one.limit} for one in judged]
        records = json.loads(summary.to_json(orient="records", force_ascii=False))  # NaN becomes null
        print_json({"scores": records, "expectations": expectations})
        return
    columns = ("series", "forecast", "n", "error", "WIS", "in 50 %", "in 90 %")
    rows = [
        (
            str(row["series"]),
            str(row["forecast"]),
            str(row["count"]),
            f"{row['error']:.3g}",
            f"{row['wis']:.3g}",
            f"{row['inside_50']:.0%}",
            f"{row['inside_90']:.0%}",
        )
        for _, row in summary.iterrows()
    ]
    print_table("scores of registered forecasts", columns, rows)
    states = {True: "met", False: "failed", None: "open"}
    print_table(
        "expectations",
        ("expectation", "verdict", "value", "limit"),
        [
            (one.text.en, states[one.met], "" if one.value is None else f"{one.value:.3g}", f"{one.limit:g}")
            for one in judged
        ],
    )
