"""Time of commands from a cold process: python -m benchmarks.startup."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .report import heading, row, spread, timed

ROOT = Path(__file__).parent.parent
COMMAND = [str(Path(sys.executable).with_name("hebei2025"))]


def call(*words: str, cache: str | None = None) -> None:
    """Run a command of hebei2025 in a new process, with another folder of compiled modules where one is given."""
    environment = {**os.environ, **({"HEBEI2025_CACHE": cache} if cache else {})}
    subprocess.run([*COMMAND, *words], cwd=ROOT, env=environment, check=True, capture_output=True)


def main() -> None:
    heading("Start-up")
    baseline = "scenarios/as_happened.yaml"
    for words in (("--help",), ("levers",), ("levers", "--json"), ("check", baseline)):
        row(f"hebei2025 {' '.join(words)}", spread(timed(lambda w=words: call(*w), 7, 1), 1, "s"))
    with tempfile.TemporaryDirectory() as folder:
        words = ("run", baseline, "--out", f"{folder}/results", "--quiet")
        cold = timed(lambda: call(*words, cache=f"{folder}/cache"), 1, 0)
        row("hebei2025 run, nothing cached", spread(cold, 1, "s"))
        row(
            "hebei2025 run, compiled module cached",
            spread(timed(lambda: call(*words, cache=f"{folder}/cache"), 5, 0), 1, "s"),
        )


if __name__ == "__main__":
    main()
