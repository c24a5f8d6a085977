"""Time of one run of the exported model in Simlin and in PySD: python -m benchmarks.exchange.

PySD is not among the dependencies. Install it into an environment of its own and name its Python:

    python -m venv pysd && pysd/bin/pip install pysd
    PYSD_PYTHON=pysd/bin/python python -m benchmarks.exchange
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import hebei2025 as hb

from .report import heading, row, spread, timed

PYSD_PYTHON = "PYSD_PYTHON"
"""Environment variable with the Python that has PySD."""
HOW = f"set {PYSD_PYTHON} to a Python with PySD (python -m venv pysd && pysd/bin/pip install pysd)"
RUNS = 20
_IN_PYSD = """
import sys, time, warnings
import pysd
warnings.filterwarnings("ignore")
begin = time.perf_counter()
model = pysd.read_xmile(sys.argv[1])
ready = time.perf_counter()
model.run()
print(ready - begin, time.perf_counter() - ready)
"""


def simlin_seconds(path: str | Path) -> float:
    """Seconds of one run of an XMILE file in Simlin, ready to run: the median of several."""
    return statistics.median(_simlin_runs(path))


def pysd_seconds(path: str | Path) -> float | None:
    """Seconds of one run of an XMILE file in PySD, without its translation to Python; None where PySD is missing."""
    both = _pysd(path)
    return None if both is None else both[1]


def _simlin_runs(path: str | Path) -> list[float]:
    import simlin

    simulation = simlin.load(path).simulate()

    def run() -> None:
        simulation.reset()
        simulation.run_to_end()

    return timed(run, RUNS)


def _pysd(path: str | Path) -> tuple[float, float] | None:
    """Seconds for the translation and for one run (minutes), in a process of its own."""
    python = shutil.which(os.environ.get(PYSD_PYTHON, sys.executable))
    if python is None or subprocess.run([python, "-c", "import pysd"], capture_output=True, check=False).returncode:
        return None
    with tempfile.TemporaryDirectory() as folder:  # PySD writes its translation beside the file
        file = shutil.copy(path, folder)
        done = subprocess.run(
            [python, "-c", _IN_PYSD, file], check=True, capture_output=True, encoding="utf-8", cwd=folder
        )
    translation, run = map(float, done.stdout.split()[-2:])
    return translation, run


def main() -> None:
    heading("The exported model in other programs")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "as_happened.xmile"
        row("hb.export", spread(timed(lambda: hb.export("as_happened", file), 5, 1), 1, "s"))
        row("size of the file", f"{file.stat().st_size / 1e3:.0f} kB")
        row("Simlin, one run", spread(_simlin_runs(file)))
        both = _pysd(file)
        row("PySD, translation to Python", f"skipped: {HOW}" if both is None else f"{both[0]:.1f} s")
        row("PySD, one run", f"skipped: {HOW}" if both is None else f"{both[1]:.1f} s")


if __name__ == "__main__":
    main()
