"""What the benchmarks share: timing, the machine, and lines of a table."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
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


def load() -> str:
    """How many processes wanted to run in the last minute, on average."""
    return f"load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load average unknown"


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


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def spread(seconds: Sequence[float], unit: float = 1e3, name: str = "ms") -> str:
    """Median with quartiles."""
    low, middle, high = (value * unit for value in quartiles(seconds))
    digits = max(0, 2 - len(str(int(middle)))) + (middle < 1)
    return f"{middle:,.{digits}f} {name} [{low:,.{digits}f}-{high:,.{digits}f}], n={len(seconds)}"


def heading(title: str) -> None:
    """Print the title of a benchmark with command and machine."""
    print(
        f"## {title}\n\nCommand: `{Path(sys.argv[0]).name}` ({' '.join(sys.argv)})  \nMachine: {machine()}, {load()}\n"
    )
    print("| what | result |\n| --- | --- |")


def row(what: str, result: object) -> None:
    """Print a line of the table."""
    print(f"| {what} | {result} |", flush=True)
