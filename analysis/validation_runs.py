"""The runs behind the validation tests that take minutes; their tables are stored and judged by `validation_tests`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from calibration.forecast import KNOWN_UNTIL
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.indicator_tags import tagged
from model.inputs import START, drivers
from model.run import STEPS
from model.scenario import BASELINE, inputs_of, shipped_scenarios
from model.system import system

from .integration_error import largest_moves
from .sensitivity import INDICATORS, PACKAGES, REFERENCE, YEAR
from .validation_tests import AS_HAPPENED, entries

ROOT = Path(__file__).parent.parent


def boundary_table() -> pd.DataFrame:
    """Effect of each package of the document on each indicator, with one driver at a time fixed at its value of
    `KNOWN_UNTIL`: held (the driver), indicator, the packages, the strongest of them, and whether it is another one than
    with all drivers moving."""
    horizon = Horizon(START, YEAR)
    function = compiled(system(), horizon, INDICATORS)
    cases = {name: inputs_of(shipped_scenarios()[name], horizon.path_years) for name in (REFERENCE, *PACKAGES)}
    rows = []
    for driver in (AS_HAPPENED, *drivers()):
        last = {}
        for name, (parameters, tables) in cases.items():
            held = {} if driver == AS_HAPPENED else {driver: _held(tables[driver])}
            run = function(parameters, tables | held)
            last[name] = {n: float(v.reshape(len(horizon.years), -1)[-1, -1]) for n, v in run.items()}
        for indicator in INDICATORS:
            effects = {package: last[package][indicator] - last[REFERENCE][indicator] for package in PACKAGES}
            strongest = max(effects, key=lambda package: abs(effects[package]))
            rows.append({"held": driver, "indicator": indicator, **effects, "strongest": strongest})
    table = pd.DataFrame(rows)
    as_driven = table[table["held"] == AS_HAPPENED].set_index("indicator")["strongest"]
    return table.assign(reversed=table["strongest"] != table["indicator"].map(as_driven))


def _held(table: np.ndarray) -> np.ndarray:
    """A path whose values after `KNOWN_UNTIL` are that of this year."""
    path = np.array(table, dtype=float)
    path[KNOWN_UNTIL + 1 - START :] = path[KNOWN_UNTIL - START]
    return path


def integration_table() -> pd.DataFrame:
    """Largest relative move of each indicator by half the step, and between Euler and Runge-Kutta."""
    horizon = Horizon(START, YEAR)
    inputs = inputs_of(shipped_scenarios()[BASELINE], horizon.path_years)
    usual = Horizon(START, YEAR, STEPS)
    half, rk4 = Horizon(START, YEAR, 2 * STEPS), Horizon(START, YEAR, STEPS, "rk4")
    names = tagged("integration")
    return pd.DataFrame(
        {
            "half_step": largest_moves(inputs, usual, half, names=names),
            "euler_against_rk4": largest_moves(inputs, usual, rk4, names=names),
        }
    ).rename_axis("indicator")


def tests_table(progress: Callable[[str], None]) -> pd.DataFrame:
    """Run the files of tests that the entries name: entry, file, test, and whether it passed. `progress` is called with
    each file before it is run. Raises FileNotFoundError for a file that does not exist."""
    rows = []
    for name, entry in entries().items():
        for file in entry.get("files", ()):
            if not (ROOT / file).exists():
                raise FileNotFoundError(f"validation_tests.yaml: {name}: {file} does not exist")
            progress(file)
            rows += [{"entry": name, "file": file, **case} for case in _run_file(file)]
    return pd.DataFrame(rows)


def _run_file(file: str) -> list[dict]:
    """Name of each test of a file, and whether it passed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", file, f"--junitxml={report}"]
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        cases = ElementTree.parse(report).iter("testcase")  # noqa: S314 (pytest has just written it)
        return [{"test": case.get("name"), "passed": _passed(case)} for case in cases]


def _passed(case: ElementTree.Element) -> bool:
    return not any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
