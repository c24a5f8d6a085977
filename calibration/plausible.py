"""Prior predictive check: limits that a plausible run keeps, and the shares of prior draws that do not."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.axes import SECTOR
from model.inputs import START, load_yaml
from model.run import indicator_names

from .series import FOLDER

FILE = FOLDER / "plausible.yaml"
FAILED = "failed"
"""Reason of a draw whose run has no finite value."""


@dataclass(frozen=True)
class Limit:
    """Limits of one indicator, in its unit, from the first to the last of `years`."""

    id: str
    indicator: str
    low: float
    high: float
    years: tuple[int, int]
    zh: str
    en: str
    sector: str | None = None

    def refuses(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Whether runs leave the limits, given indicators (members, years[, axis])."""
        path = values[self.indicator]
        path = path[..., SECTOR.index(self.sector)] if self.sector else path
        chosen = path[..., self.years[0] - START : self.years[1] - START + 1]
        return np.logical_not(((chosen >= self.low) & (chosen <= self.high)).all(axis=-1))


@functools.cache
def limits() -> tuple[Limit, ...]:
    """All limits. Raises ValueError for an indicator or a sector that does not exist."""
    entries = []
    for name, entry in load_yaml(FILE).items():
        limit = Limit(id=name, **{**entry, "years": tuple(entry["years"])})
        if limit.indicator not in indicator_names():
            raise ValueError(f"plausible.yaml: {name}: {limit.indicator} is no indicator of the model")
        if limit.sector is not None and limit.sector not in SECTOR.labels:
            allowed = ", ".join(SECTOR.labels)
            raise ValueError(f"plausible.yaml: {name}: {limit.sector} is no sector; allowed: {allowed}")
        entries.append(limit)
    return tuple(entries)


def last_year(chosen: Sequence[Limit]) -> int:
    """The last year for which a run is needed to check these limits."""
    return max((limit.years[1] for limit in chosen), default=START)


def refusals(values: Mapping[str, np.ndarray], chosen: Sequence[Limit]) -> np.ndarray:
    """Whether each limit refuses each run: (members, limits)."""
    return np.stack([limit.refuses(values) for limit in chosen], axis=-1)


def refused_shares(refused: np.ndarray, failed: np.ndarray, chosen: Sequence[Limit]) -> pd.DataFrame:
    """Shares of draws by reason: `share` refused for it, `alone` for no other. The last rows: failed runs, all."""
    reasons = np.column_stack([refused & ~failed[:, None], failed])
    single = reasons.sum(axis=1) == 1
    rows = [
        {"reason": reason, "share": column.mean(), "alone": (column & single).mean()}
        for reason, column in zip([*(limit.id for limit in chosen), FAILED], reasons.T, strict=True)
    ]
    any_reason = reasons.any(axis=1).mean()
    return pd.DataFrame([*rows, {"reason": "all", "share": any_reason, "alone": single.mean()}]).set_index("reason")
