"""The axes of the model: branches of industry, reported sectors, and the groups they form."""

from __future__ import annotations

import numpy as np

from .engine import Axis
from .engine.ops import regroup

BRANCH = Axis(
    "branch",
    (
        "steel", "equipment", "petrochemical", "pharmaceutical", "cement", "glass",
        "other_building_materials", "food", "textile", "other",
    ),
)  # fmt: skip
"""Branches with a capacity and a market of their own. Cement and glass are kept apart from the other building
materials because they have ordered closures and a physical output."""

SECTOR = Axis(
    "sector",
    ("steel", "equipment", "petrochemical", "pharmaceutical", "building_materials", "food", "textile", "other"),
)
"""The sectors in which results are reported: the seven main industries of the province and the rest."""

SECTOR_AND_ALL = Axis("sector_and_all", (*SECTOR.labels, "all"))
"""Sectors followed by the total of industry."""

SECTOR_OF = {
    **{label: label for label in SECTOR.labels},
    **{label: "building_materials" for label in ("cement", "glass", "other_building_materials")},
}
"""Reported sector of each branch."""

MEMBERSHIP = np.array([[float(SECTOR_OF[branch] == sector) for branch in BRANCH.labels] for sector in SECTOR.labels])
MEMBERSHIP_AND_ALL = np.vstack([MEMBERSHIP, np.ones(len(BRANCH))])

BRANCH_LABELS = {
    "steel": ("钢铁", "Steel"),
    "equipment": ("装备制造", "Equipment manufacturing"),
    "petrochemical": ("石化", "Petrochemicals"),
    "pharmaceutical": ("医药", "Pharmaceuticals"),
    "building_materials": ("建材", "Building materials"),
    "cement": ("水泥", "Cement"),
    "glass": ("平板玻璃", "Plate glass"),
    "other_building_materials": ("其他建材", "Other building materials"),
    "food": ("食品", "Food"),
    "textile": ("纺织服装", "Textiles and clothing"),
    "other": ("其他工业", "Other industry"),
    "all": ("全部工业", "All industry"),
}
"""Chinese and English names of branches and sectors."""


def by_sector(value):
    """Sum an array over branches into reported sectors."""
    return regroup(value, MEMBERSHIP)


def by_sector_and_all(value):
    """Sum an array over branches into reported sectors, with the total last."""
    return regroup(value, MEMBERSHIP_AND_ALL)


LEVER_AND_ALL = Axis(
    "lever_and_all",
    (
        "technical_renovation_investment", "renovation_subsidy", "capacity_closure", "capacity_discipline",
        "output_cap", "energy_efficiency", "energy_management_centres", "clean_coal_and_fuel_switch",
        "circular_economy", "smart_manufacturing", "industrial_internet", "all",
    ),
)  # fmt: skip
"""Levers, to which costs are booked, followed by the total."""
