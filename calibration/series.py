"""The series that the model is compared with, and the corresponding indicators."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.axes import SECTOR
from model.inputs import LAST_OBSERVED, LATEST, START, load_yaml

from .observations import DATA, GRADES, part_points, points_of

KINDS = ("level", "share", "growth")
LEVEL = "level"
FITTED_GRADES = ("A", "B", "C")
"""Grades that may be fit targets; grade D never is."""
FOLDER = DATA.parent
GDP = ("gdp_real_growth", "all")
ENERGY_PER_GDP = "energy_per_gdp_change"


@dataclass(frozen=True)
class Series:
    """One observed series and the indicator it is compared with (see series.yaml)."""

    id: str
    indicator: str
    observed: tuple[str, str]
    kind: str
    sector: str | None = None
    fit: bool = False
    headline: bool = False
    segments: tuple[tuple[int, int], ...] = ((START, LATEST),)
    history: str | None = None
    part_years: tuple[str, str] | None = None
    base: int | None = None
    note: Mapping[str, str] | None = None

    def points(self, last: int = LAST_OBSERVED, grades: tuple[str, ...] = FITTED_GRADES) -> pd.DataFrame:
        """Observations of these grades inside the segments and up to `last`: year, value, unit, confidence, source."""
        table = self.based(points_of(*self.observed))
        return table[self._inside(table, last) & table["confidence"].isin(grades)]

    def based(self, table: pd.DataFrame) -> pd.DataFrame:
        """Figures divided by that of the base year (from the table or else from the project), without the base year."""
        if self.base is None:
            return table
        figures = table.loc[table["year"] == self.base, "value"]
        base = figures.iloc[0] if len(figures) else self._base_figure["value"]
        return table.assign(value=table["value"] / base, unit="1")[table["year"] != self.base]

    @property
    def _base_figure(self) -> pd.Series:
        return points_of(*self.observed).set_index("year").loc[self.base]

    @property
    def unit(self) -> str | None:
        """Unit of the project's figure of the base year, by which an index is divided."""
        return None if self.base is None else self._base_figure["unit"]

    @property
    def base_grade(self) -> str | None:
        """Grade of the figure by which all others are divided."""
        return None if self.base is None else self._base_figure["confidence"]

    def _inside(self, table: pd.DataFrame, last: int) -> pd.Series:
        inside = pd.Series(False, index=table.index)
        for low, high in self.segments:
            inside |= table["year"].between(max(low, START), min(high, last))
        return inside

    def part_year_points(self, last: int = LAST_OBSERVED) -> pd.DataFrame:
        """Figures of parts of years, up to `last`, for years of the segments without a graded whole-year figure:
        constraints on the year, never scored. Columns: year, value, unit, confidence, source, months."""
        table = part_points()
        name, sector = self.part_years or ("", "")
        parts = table[(table["series"] == name) & (table["sector"] == sector)]
        parts = parts[parts["confidence"].isin(FITTED_GRADES) & self._inside(parts, last)]
        return parts[~parts["year"].isin(self.points(last)["year"])].sort_values("year")

    def known_before(self, first: int) -> pd.DataFrame:
        """Data of a naive forecast from `first` on: whole-year figures of every grade, also those too uncertain to
        fit, so that the comparison is fair to the naive forecast."""
        return self._history(self.history, first - 1) if self.history else self.points(first - 1, GRADES)

    def _history(self, history: str, last: int) -> pd.DataFrame:
        """Points before a forecast that follow from another series, `history`: yearly changes in per cent, whose mean
        gives the year before the base of this series, `last`."""
        changes = all_series()[history].points(last)
        mean = np.prod(1 + changes["value"].to_numpy() / 100) ** (1 / max(len(changes), 1)) - 1
        back = np.arange(last - 1, last + 1)
        return pd.DataFrame({"year": back, "value": 100 * ((1 + mean) ** (back - last) - 1)})

    def simulated(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """The series of the model (..., years), from indicators (..., years[, axis]) of one run or of members."""
        if self.indicator == ENERGY_PER_GDP:
            return energy_per_gdp_change(values["energy_consumption_total"])
        array = values[self.indicator]
        return array[..., SECTOR.index(self.sector)] if self.sector else array

    @property
    def needs(self) -> str:
        """The indicator that has to be simulated."""
        return "energy_consumption_total" if self.indicator == ENERGY_PER_GDP else self.indicator


@functools.cache
def gdp_growth() -> np.ndarray:
    """Observed real growth of GDP by year from the start to the last observed year, per cent, NaN where there is none:
    all grades, as given."""
    table = points_of(*GDP).set_index("year")["value"]
    return table.reindex(range(START, int(table.index.max()) + 1)).to_numpy()


def energy_per_gdp_change(energy_total: np.ndarray) -> np.ndarray:
    """Change of energy per unit of GDP in per cent, from energy of the model (..., years) and observed GDP: years up to
    the last observed one, NaN in the first."""
    growth = gdp_growth()[1 : energy_total.shape[-1]]
    known = energy_total[..., : len(growth) + 1]
    change = (known[..., 1:] / known[..., :-1] / (1 + growth / 100) - 1) * 100
    return np.concatenate([np.full_like(known[..., :1], np.nan), change], axis=-1)


@functools.cache
def all_series() -> dict[str, Series]:
    """Every series by id, in the order of the file."""
    by_id = {}
    for name, entry in load_yaml(FOLDER / "series.yaml").items():
        entry |= {key: tuple(entry[key]) for key in ("observed", "part_years") if key in entry}
        if "segments" in entry:
            entry["segments"] = tuple(tuple(s) for s in entry["segments"])
        by_id[name] = Series(id=name, **entry)
        if by_id[name].kind not in KINDS:
            raise ValueError(f"series.yaml: {name}: kind {entry['kind']!r} is unknown; allowed: {', '.join(KINDS)}")
    return by_id


def fitted_series() -> dict[str, Series]:
    """The series that are part of the likelihood."""
    return {name: s for name, s in all_series().items() if s.fit}


def needed_indicators(series: Mapping[str, Series]) -> tuple[str, ...]:
    """The indicators that a run has to give for these series."""
    return tuple(dict.fromkeys(s.needs for s in series.values()))
