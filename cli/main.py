"""The command line `hebei2025`: run and check scenarios, list the contents of the model, start the app.

Exit codes: 0 done, 2 bad input, 1 fault of the program, 130 interrupted. Bad input never shows a
traceback and leaves nothing behind. Heavy libraries are imported only by the commands that need them.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from . import answers, lists, many_runs, offline
from .arguments import Files, Json, OptionalFiles, given_path, settings
from .forecasting import forecasts
from .refusals import FAULT, fail, write_file
from .stopping import INTERRUPTED, say_at_least, stop_on_signals
from .streams import PIPE_CLOSED, flush, open_streams, pipe_was_closed

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
SETTING_HELP = (
    "lever=value or lever.sector=value; value is a number held from 2016 on, x1.2 (times the scenario's path), add:+5 "
    "or add:-5 (added to it; short +5 or -5, but a value where a lever may be negative), with @2018 from that year on, "
    "delay:2 (years later), baseline, document, frozen_2015, or a form of a scenario file, such as "
    "{scale: 1.2, of: document}."
)
DEBUG_VARIABLE = "HEBEI2025_DEBUG"
app.add_typer(forecasts, name="forecast")
many_runs.register(app)
answers.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        print(f"hebei2025 {metadata.version('hebei2025')}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """A system-dynamics policy simulator of Hebei's industry. 河北工业系统动力学政策模拟器。"""


@app.command()
def run(
    scenario: Files,
    out: Annotated[
        Path, typer.Option(help="Folder for the results.", show_default=False, parser=given_path, metavar="DIR")
    ],
    form: Annotated[str, typer.Option("--format", help="csv, parquet, netcdf or xlsx.")] = "csv",
    set_: Annotated[Optional[list[str]], typer.Option("--set", help=SETTING_HELP, autocompletion=settings)] = None,
    until: Annotated[Optional[int], typer.Option(help="Last year (2010-2035; after 2025 an extrapolation).")] = None,
    dt: Annotated[str, typer.Option(help="Step in years, such as 1/16 or 0.0625.")] = "1/16",
    method: Annotated[str, typer.Option(help="euler or rk4.")] = "euler",
    full: Annotated[bool, typer.Option("--full", help="Write every step, not only years.")] = False,
    bands: Annotated[
        bool,
        typer.Option(
            "--bands",
            help="Also write bands of uncertainty, differences from a reference under the same draws, probabilities of "
            "meeting the targets, and for several scenarios the probability of being best.",
        ),
    ] = False,
    reference: Annotated[
        Optional[str],
        typer.Option(
            metavar="NAME",
            help="With --bands: scenario of the run, or shipped one, from which differences are taken.",
            show_default="as_happened",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no table.")] = False,
    as_json: Json = False,
) -> None:
    """Run scenarios and write their results."""
    from .running import Request, execute

    settings_given = tuple(set_ or ())
    execute(
        Request(tuple(scenario), out, form, settings_given, until, dt, method, full, bands, reference, quiet, as_json)
    )


@app.command()
def check(
    scenario: OptionalFiles = None,
    model: Annotated[bool, typer.Option("--model", help="Check the units of every equation and count loops.")] = False,
    as_json: Json = False,
) -> None:
    """Check scenario files, or the model itself; exit 2 with file:line: message when something is wrong."""
    from .checking import check_files, check_model

    if not scenario and not model:
        raise fail("nothing to check: give scenario files, or --model")
    if as_json and model:
        raise fail("--json goes with scenario files, not with --model")
    if scenario:
        check_files(scenario, as_json)
    if model:
        check_model()


lists.register(app)


@app.command()
def calibrate(
    window: Annotated[
        Optional[int], typer.Option(help="Last year of the observations (default: every window).")
    ] = None,
    method: Annotated[
        Optional[str], typer.Option(help="tempered (minutes, for the stored results) or smoother (under a minute).")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A few draws only, to see that it runs.")] = False,
    out: Annotated[
        Optional[Path],
        typer.Option(help="Folder for the results (default: the stored ones).", parser=given_path, metavar="DIR"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Estimate the parameters from the observations: mode, draws from the posterior, diagnostics."""
    from .evidence import run_calibration

    run_calibration(window, method, quick, out, as_json)


@app.command()
def validate(
    observations: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE.csv", help="Observations to score (default: the project's).", parser=given_path),
    ] = None,
    first: Annotated[Optional[int], typer.Option("--from", help="First year; naive forecasts start before it.")] = None,
    last: Annotated[Optional[int], typer.Option("--to", help="Last year.")] = None,
    out: Annotated[
        Optional[Path], typer.Option(metavar="FILE.csv", help="Also write the table here.", parser=given_path)
    ] = None,
    as_json: Json = False,
) -> None:
    """Score the run "as happened" against observations, without fitting anything."""
    from .evidence import run_validation

    run_validation(observations, first, last, out, as_json)


@app.command()
def schema(
    out: Annotated[
        Optional[Path], typer.Option(help="File to write (default: screen).", parser=given_path, metavar="FILE.json")
    ] = None,
    design: Annotated[bool, typer.Option("--design", help="Of design files of experiments instead.")] = False,
) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    if design:
        from analysis.experiments.design_schema import design_schema_text as schema_text
    else:
        from model.scenario.schema import schema_text

    if out is None:
        print(schema_text(), end="")
    else:
        write_file(out, schema_text())


@app.command()
def export(
    scenario: OptionalFiles = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="xmile (a file for Stella, Vensim, Simlin and PySD) or wasm (a folder: module, host in JavaScript, "
            "data, and an example page).",
        ),
    ] = "xmile",
    out: Annotated[
        Optional[Path],
        typer.Option(
            help="File for xmile (default: screen), folder for wasm.",
            show_default=False,
            parser=given_path,
            metavar="PATH",
        ),
    ] = None,
    set_: Annotated[Optional[list[str]], typer.Option("--set", help=SETTING_HELP, autocompletion=settings)] = None,
    until: Annotated[Optional[int], typer.Option(help="Last year (2010-2035; after 2025 an extrapolation).")] = None,
    dt: Annotated[str, typer.Option(help="Step in years, such as 1/16 or 0.0625.")] = "1/16",
    method: Annotated[str, typer.Option(help="euler or rk4.")] = "euler",
) -> None:
    """Write the model with scenarios (default: as happened) as files for other programs."""
    from .exporting import export_scenarios

    export_scenarios(scenario or (), form, out, tuple(set_ or ()), until, dt, method)


offline.register(app)


@app.command()
def documents(
    name: Annotated[
        Optional[list[str]], typer.Argument(metavar="NAME", help="Documents (default: all).", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where files are out of date.")] = False,
    slow: Annotated[bool, typer.Option("--slow", help="Also compute stored results again (minutes).")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the documents and what they are written from.")] = False,
) -> None:
    """Renew the generated pages and tables of a checkout, or check that they are up to date."""
    from .documents import run_documents

    raise typer.Exit(run_documents(name or (), check, slow, list_))


@app.command(name="app")
def start_app(
    host: Annotated[
        str, typer.Option(help="Address to answer at; 127.0.0.1 is this machine only, 0.0.0.0 everybody.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to answer at.", min=1, max=65535)] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open a browser.")] = False,
    class_file: Annotated[
        Optional[Path],
        typer.Option(
            metavar="FILE.sqlite",
            help="Offer live classes; their rooms, votes and plans are kept in this file, which may be new.",
            show_default="no live classes",
            parser=given_path,
        ),
    ] = None,
) -> None:
    """Start the app in the browser."""
    from .app_server import start_streamlit

    raise typer.Exit(start_streamlit(host, port, headless, class_file))


def main() -> None:
    """Entry point: turns faults into an exit code and one line, without traceback."""
    open_streams()
    stop_on_signals()
    code = _code_of_app()
    if code == INTERRUPTED:
        say_at_least()
    code = flush(code)
    if code == INTERRUPTED:
        gc.collect()  # what pools of processes leave behind is cleared with them
        # Runs may still be under way in separate threads; ending the interpreter in the ordinary way waits for them.
        os._exit(code)
    sys.exit(code)


def _code_of_app() -> int:
    """Run the command of the command line; its exit code."""
    try:
        app()
    except SystemExit as stop:
        if pipe_was_closed(stop):
            return PIPE_CLOSED
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if pipe_was_closed(error):
            return PIPE_CLOSED
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = (str(error).splitlines() or [""])[0]
        print(f"hebei2025: a fault of the program: {type(error).__name__}: {what}", file=sys.stderr)
        print(f"Set {DEBUG_VARIABLE}=1 to see where.", file=sys.stderr)
        return FAULT
    return 0
