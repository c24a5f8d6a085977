"""Reading a file of observations: every cell is checked, and every message names the line of the file."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from model.inputs import LATEST

COLUMNS = (
    "series",
    "sector",
    "year",
    "period",
    "value",
    "unit",
    "definition",
    "source",
    "source_url",
    "confidence",
    "note",
)
LINE = "line"
"""Column added on reading: the line of the file on which the row begins."""
GRADES = ("A", "B", "C", "D")
"""From best to worst."""
WHOLE_YEAR, PART_OF_YEAR = "year", "part of year"
PERIODS = (WHOLE_YEAR, PART_OF_YEAR)
EARLIEST = 1949
"""First year of the statistics of the province."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ENCODING = "utf-8-sig"


class ObservationError(ValueError):
    """An observation file that cannot be used; the message names file and line."""


def read_observations(path: Path) -> pd.DataFrame:
    """Read and check a file of observations, whole years and parts of years alike.

    The table has the columns `COLUMNS`, any further columns of the file, and `line`. Blank lines are skipped; cells
    that are missing at the end of a row are empty. Raises ObservationError.
    """
    rows = _rows(path, _text(path))
    try:
        _, header = next(rows)
    except StopIteration:
        raise ObservationError(f"{path}:1: the file is empty; needed: columns {', '.join(COLUMNS)}") from None
    names = _column_names(path, header)
    records = [_record(path, line, names, cells) for line, cells in rows]
    columns = [*(name for name in names if name), LINE]
    return pd.DataFrame(records, columns=columns).astype({"year": int, "value": float, LINE: int})


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ObservationError(f"{path}:1: no such file") from None
    except OSError as error:
        raise ObservationError(f"{path}:1: cannot be read: {error.strerror}") from None
    try:
        return raw.decode(_ENCODING)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ObservationError(f"{path}:{line}: not text in UTF-8; in Excel, save it as 'CSV UTF-8'") from None


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the line on which each begins; a cell in quotes may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise ObservationError(f"{path}:{line}: not a row of a CSV file: {error}") from None
        if any(cells):
            yield line, cells


def _column_names(path: Path, header: list[str]) -> list[str]:
    twice = [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    if twice:
        raise ObservationError(f"{path}:1: column {twice[0]} appears twice; each column may appear once")
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        needed = ", ".join(COLUMNS)
        raise ObservationError(f"{path}:1: columns {', '.join(missing)} are missing; needed, with commas: {needed}")
    return header


def _record(path: Path, line: int, names: list[str], cells: list[str]) -> dict[str, object]:
    pairs = list(itertools.zip_longest(names, cells, fillvalue=""))
    unnamed = [cell for name, cell in pairs if cell and not name]
    if unnamed:
        raise ObservationError(
            f"{path}:{line}: {unnamed[0]!r} is in a column without a name: the header has "
            f"{sum(map(bool, names))} names; put a cell with a comma in double quotes"
        )
    record: dict[str, object] = {name: cell for name, cell in pairs if name}
    for column, (convert, problem) in _CHECKS.items():
        try:
            record[column] = convert(str(record[column]))
        except ValueError:
            raise ObservationError(f"{path}:{line}: {column} {record[column]!r} {problem}") from None
    return record | {LINE: line}


def _filled(text: str) -> str:
    if not text:
        raise ValueError
    return text


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return convert


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError
    return float(text)


def _year(text: str) -> int:
    number = _number(text)
    if number % 1 or not EARLIEST <= number <= LATEST:
        raise ValueError
    return int(number)


_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "series": (_filled, "is empty; give the name of the series"),
    "sector": (_filled, "is empty; give the sector, or all"),
    "confidence": (_one_of(GRADES), f"is unknown; allowed: {', '.join(GRADES)}"),
    "period": (_one_of(PERIODS), f"is unknown; allowed: {', '.join(PERIODS)}"),
    "value": (_number, "is no number; allowed: digits with a decimal point, without separators, such as 19260.5"),
    "year": (_year, f"is no year; allowed: {EARLIEST} to {LATEST}"),
}
"""Checks of a cell by column, in the order in which errors are reported."""
