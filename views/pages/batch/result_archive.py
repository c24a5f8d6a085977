"""Batches behind the Batch page: run several scenarios and pack what they give."""

from __future__ import annotations

import io
import itertools
import re
import tempfile
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from batch.running import Batch, run_and_write
from batch.writing import FORMATS as KNOWN_FORMATS
from model.engine.progress import Progress
from model.engine.text import Text
from model.indicator_tags import tagged
from model.scenario import Scenario
from model.system import system
from views.display_units import display_unit
from views.language import Locale

FORMATS = tuple(form for form in KNOWN_FORMATS if form != "netcdf")
"""What people open; NetCDF is left to the command line."""
MOST = 12
"""Scenarios in one batch; larger ones belong on the command line."""
MOST_REPLICATIONS = 40
"""Runs with single projects in one batch: each takes seconds, and other people wait for theirs."""
WRITTEN_NAME = "my_scenario"
"""Name of a scenario that was written on the page."""
LONGEST_NAME = 60
"""Characters of the name of a folder; systems allow 255 bytes."""
YEARS = (2020, 2025)
"""Years of the overview, beside the last one of the run."""
EXAMPLE = """title: My scenario
extends: as_happened
levers:
  capacity_closure: {steel: {2016: 8, 2018: 6, 2020: 7}}
  energy_efficiency: {ramp: {from: 2016, to: 2020, end: 300}}
  smart_manufacturing: document
"""
_one_at_a_time = threading.Lock()
"""Two batches at once would take twice as long each and slow down everyone who moves sliders."""


@dataclass(frozen=True)
class BatchResult:
    """A batch that was run: titles by name and language, all files as a ZIP, all indicators, and how long it took."""

    titles: Mapping[str, str | Text]
    archive: bytes
    table: pd.DataFrame
    seconds: float


def batch_of(chosen: Sequence[str], scenarios: Mapping[str, Scenario], until: int, bands: bool) -> Batch:
    """The chosen scenarios under names that differ, because each gets a folder of its own."""
    taken: set[str] = set()
    named = []
    for key in chosen:
        plain = folder_name(scenarios[key].name)
        tries = (plain if count == 1 else f"{plain}_{count}" for count in itertools.count(1))
        name = next(each for each in tries if each.casefold() not in taken)
        taken.add(name.casefold())
        named.append(scenarios[key].model_copy(update={"name": name}))
    return Batch(named, until, bands=bands)


def replications(chosen: Sequence[str], scenarios: Mapping[str, Scenario]) -> int:
    """How many runs with single projects the chosen scenarios ask for."""
    return sum(one.replications for key in chosen if (one := scenarios[key].pipeline))


def folder_name(name: str) -> str:
    """The name of a scenario as a folder that every system can make, and that lies nowhere else.

    The name is that of a file which somebody uploaded, so it may be anything.
    """
    return re.sub(r"[^\w-]+", "_", name).strip("_")[:LONGEST_NAME] or WRITTEN_NAME


def run(batch: Batch, form: str, progress: Progress) -> BatchResult:
    """Run a batch and pack its files; `progress` counts its parts. An interruption leaves nothing behind."""
    with _one_at_a_time, tempfile.TemporaryDirectory() as folder:
        table, seconds = run_and_write(batch, Path(folder) / "results", form, progress)
        archive = _zip(Path(folder) / "results")
    titles = {one.name: one.title for one in batch.scenarios}
    return BatchResult(titles, archive, table, seconds)


def _zip(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return buffer.getvalue()


def overview(done: BatchResult, locale: Locale) -> pd.DataFrame:
    """Headline figures of every scenario as rows and years as columns, as numbers in the units of the language."""
    values = done.table.set_index(["scenario", "indicator", "sector", "year"])["value"]
    known = system().variables
    last = int(done.table["year"].max())
    years = sorted({min(year, last) for year in YEARS} | {last})
    rows = []
    for name, title in done.titles.items():
        for indicator in tagged("overview"):
            variable = known[indicator]
            shown = display_unit(variable.unit, locale, 1.0)
            row = {
                locale.translate("table.scenario"): locale.text(title),
                locale.translate("table.indicator"): shown.named(locale.text(variable.label)),
            }
            values_of = {year: values[name, indicator, variable.belongs_to, year] for year in years}
            rows.append(row | {str(year): shown.scaled(value) for year, value in values_of.items()})
    return pd.DataFrame(rows)
