"""Industrial belts: sector results allocated to the five industrial belts of the provincial opinion.

An allocation by fixed sector-by-belt shares (`belts.yaml`, grade D), not dynamics: a belt grows only when its sectors
grow.
"""

from __future__ import annotations

import numpy as np

from model.axes import BELT_AND_ALL, SECTOR, by_sector
from model.engine import annual
from model.engine.ops import element, over_year, percent, ratio, regroup
from model.inputs import FOLDER, load_yaml

_SHARES = load_yaml(FOLDER / "belts.yaml")["shares"]
ALLOCATION = np.array(
    [
        [1.0 if belt == "all" else float(_SHARES[sector][belt]) for sector in SECTOR.labels]
        for belt in BELT_AND_ALL.labels
    ]
)
"""Share of each belt (and of the whole province, 1) in each sector."""


@annual("亿元", "各产业带增加值（现价）", "Value added by belt, nominal", over=BELT_AND_ALL)
def belt_va_nominal(sector_va_nominal):
    """Nominal value added of the year, allocated to the belts, and the provincial total. An allocation by fixed shares,
    not dynamics."""
    return regroup(sector_va_nominal, ALLOCATION)


@annual("%", "各产业带增加值占比", "Share of belts in value added", over=BELT_AND_ALL)
def belt_va_share(belt_va_nominal):
    """Share of each belt in the province's nominal industrial value added."""
    return percent(ratio(belt_va_nominal, element(belt_va_nominal, BELT_AND_ALL, "all")))


@annual("Mtce", "各产业带能耗", "Energy use by belt", over=BELT_AND_ALL)
def belt_energy(energy_use):
    """Energy use of the year, allocated to the belts with the shares used for value added, and the provincial total. An
    allocation by fixed shares, not dynamics."""
    return regroup(by_sector(over_year(energy_use)), ALLOCATION)
