"""What the benchmarks share: timing, the machine, and lines of a table."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from model.indicator_tags import tagged

HEADLINES = tagged("headline")
"""The indicators that scripts rely on."""


def machine() -> str:
    """Processor, cores and Python of this machine."""
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def timed(function: Callable[[], object], repeats: int, warm_up: int = 3) -> list[float]:
    """Seconds of each of `repeats` calls after `warm_up` calls."""
    for _ in range(warm_up):
        function()
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begin)
    return seconds


def spread(seconds: list[float], unit: float = 1e3, name: str = "ms") -> str:
    """Median with 5 % and 95 % quantiles."""
    ordered = sorted(seconds)
    low, high = ordered[int(0.05 * len(ordered))], ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)]
    return f"{statistics.median(ordered) * unit:.2f} {name} [{low * unit:.2f}-{high * unit:.2f}], n={len(ordered)}"


def heading(title: str) -> None:
    """Print the title of a benchmark with command and machine."""
    print(f"## {title}\n\nCommand: `{Path(sys.argv[0]).name}` ({' '.join(sys.argv)})  \nMachine: {machine()}\n")
    print("| what | result |\n| --- | --- |")


def row(what: str, result: object) -> None:
    """Print a line of the table."""
    print(f"| {what} | {result} |", flush=True)
