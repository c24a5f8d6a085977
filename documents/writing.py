"""Writing generated files: each is complete or unchanged."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd


def csv_text(table: pd.DataFrame, digits: int = 6) -> str:
    """A table without its index as CSV, numbers with so many significant digits."""
    return table.to_csv(index=False, float_format=f"%.{digits}g", lineterminator="\n")


def rounded(value: Any, digits: int = 6) -> Any:
    """A record whose numbers have so many significant digits."""
    if isinstance(value, dict):
        return {key: rounded(inner, digits) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner, digits) for inner in value]
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def is_current(file: Path, text: str) -> bool:
    """Whether a file exists and has this text."""
    return file.is_file() and file.read_bytes() == text.encode("utf-8")


def replace_file(file: Path, text: str) -> None:
    """Write a text beside the file and put it in its place, so that a reader sees the old text or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(text.encode("utf-8"))
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
