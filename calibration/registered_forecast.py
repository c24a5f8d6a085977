"""Registered forecasts: files that are written once, before the outcomes are opened, and never changed.

A forecast is a table (quantiles by series, year and band) and a record of what it was made from. The record also maps
each series to its published counterpart, so that a forecast can be scored after the model has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from model.inputs import LATEST, START

from .series import FOLDER, Series

REGISTERED = FOLDER / "registered"
EXPECTATIONS = REGISTERED / "expectations.yaml"
QUANTILE_COLUMNS = ("p5", "p25", "p50", "p75", "p95")
COLUMNS = ("series", "year", "band", "mean", *QUANTILE_COLUMNS)
DIGITS = 4
"""Significant digits of the table."""


class RegistrationError(ValueError):
    """A forecast that cannot be registered or read; the message gives the reason."""


@dataclass(frozen=True)
class Registered:
    """A registered forecast: `table` has the columns `COLUMNS`; `record` says what it was made from."""

    name: str
    table: pd.DataFrame
    record: dict[str, Any]

    @property
    def known_until(self) -> int:
        """Last year whose outcomes the forecast could use."""
        return self.record["known_until"]

    def series(self) -> dict[str, Series]:
        """The series of the forecast by id, each with its published counterpart."""
        return {
            name: Series(
                name,
                entry["indicator"],
                (entry["observed"][0], entry["observed"][1]),
                entry["kind"],
                entry.get("sector"),
                base=entry.get("base"),
                segments=((START, LATEST),),
            )
            for name, entry in self.record["series"].items()
        }

    def unit(self, name: str) -> str:
        """Unit of a series."""
        return self.record["series"][name]["unit"]


def registered_names(folder: Path = REGISTERED) -> tuple[str, ...]:
    """Names of the registered forecasts, in the order of their registration."""
    records = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.glob("*.yaml")}
    records = {name: record for name, record in records.items() if "forecast_sha256" in record}
    return tuple(sorted(records, key=lambda name: (str(records[name]["registered"]), name)))


def read_registered(name: str, folder: Path = REGISTERED) -> Registered:
    """A registered forecast. Raises RegistrationError where it does not exist, or was changed after registration."""
    files = [folder / f"{name}.{suffix}" for suffix in ("csv", "yaml")]
    if not all(file.is_file() for file in files):
        registered = ", ".join(registered_names(folder)) or "none"
        raise RegistrationError(f"{name}: no forecast of this name is registered in {folder}; registered: {registered}")
    content = files[0].read_bytes()
    record = yaml.safe_load(files[1].read_text(encoding="utf-8"))
    if file_hash(content) != record["forecast_sha256"]:
        raise RegistrationError(f"{files[0]}: the table differs from the one registered on {record['registered']}")
    return Registered(name, pd.read_csv(files[0]), record)


def require_new(name: str, folder: Path = REGISTERED) -> dict[str, Path]:
    """The files of a forecast that is not registered yet, by suffix.

    Raises RegistrationError where a forecast of this name exists: a registration is final.
    """
    files = {suffix: folder / f"{name}.{suffix}" for suffix in ("csv", "yaml")}
    existing = [file for file in files.values() if file.exists()]
    if existing:
        raise RegistrationError(f"{existing[0]}: a forecast of this name is registered, and a registration is final")
    return files


def write_registered(name: str, table: pd.DataFrame, record: Mapping[str, Any], folder: Path = REGISTERED) -> None:
    """Write table and record under a new name; both or neither. Raises RegistrationError as `require_new` does."""
    files = require_new(name, folder)
    content = table.to_csv(index=False, float_format=f"%.{DIGITS}g", lineterminator="\n").encode()
    entries = {**record, "forecast_sha256": file_hash(content)}
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)
    folder.mkdir(parents=True, exist_ok=True)
    _write_all({files["csv"]: content, files["yaml"]: text.encode()})


def _write_all(contents: Mapping[Path, bytes]) -> None:
    written: list[Path] = []
    try:
        for file, content in contents.items():
            with file.open("xb") as stream:  # fails where another process has written it meanwhile
                written.append(file)
                stream.write(content)
    except BaseException:
        for file in written:
            file.unlink()
        raise


def file_hash(content: bytes) -> str:
    """SHA-256 of the content of a text file, the same whatever ends its lines."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def series_record(series: Series, unit: str) -> dict[str, Any]:
    """What a record holds about one series."""
    entry: dict[str, Any] = {"indicator": series.indicator, "observed": list(series.observed), "kind": series.kind}
    optional = {"sector": series.sector, "base": series.base}
    return entry | {key: value for key, value in optional.items() if value is not None} | {"unit": unit}
