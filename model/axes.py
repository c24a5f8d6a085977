"""The axes of the model: branches of industry, reported sectors, and the groups they form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from model.engine.ops import regroup, stack, total

from .engine import Axis, Text

if TYPE_CHECKING:
    from model.engine.ops import ArrayValue, Value

BRANCH = Axis(
    "branch",
    (
        "steel",
        "equipment",
        "petrochemical",
        "pharmaceutical",
        "cement",
        "glass",
        "other_building_materials",
        "food",
        "textile",
        "other",
    ),
    zh="行业",
    en="branch of industry",
)
"""Branches with a separate capacity and market. Cement and glass are separate from the other building materials
because they have ordered closures and a physical output."""

SECTOR = Axis(
    "sector",
    ("steel", "equipment", "petrochemical", "pharmaceutical", "building_materials", "food", "textile", "other"),
    zh="部门",
    en="sector",
)
"""The sectors in which results are reported: the seven main industries of the province, and other industry."""

SECTOR_AND_ALL = Axis("sector_and_all", (*SECTOR.labels, "all"), zh="部门及合计", en="sector, and their total")
"""Sectors followed by the total of industry."""

SECTOR_OF = {
    **{label: label for label in SECTOR.labels},
    **{label: "building_materials" for label in ("cement", "glass", "other_building_materials")},
}
"""Reported sector of each branch."""

MEMBERSHIP = np.array([[float(SECTOR_OF[branch] == sector) for branch in BRANCH.labels] for sector in SECTOR.labels])
MEMBERSHIP_AND_ALL = np.vstack([MEMBERSHIP, np.ones(len(BRANCH))])

BRANCH_LABELS = {
    "steel": Text("钢铁", "Steel"),
    "equipment": Text("装备制造", "Equipment manufacturing"),
    "petrochemical": Text("石化", "Petrochemicals"),
    "pharmaceutical": Text("医药", "Pharmaceuticals"),
    "building_materials": Text("建材", "Building materials"),
    "cement": Text("水泥", "Cement"),
    "glass": Text("平板玻璃", "Plate glass"),
    "other_building_materials": Text("其他建材", "Other building materials"),
    "food": Text("食品", "Food"),
    "textile": Text("纺织服装", "Textiles and clothing"),
    "other": Text("其他工业", "Other industry"),
    "all": Text("全部工业", "All industry"),
}
"""Chinese and English names of branches and sectors."""


def by_sector(value: ArrayValue) -> ArrayValue:
    """Sum an array over branches into reported sectors."""
    return regroup(value, MEMBERSHIP)


def by_sector_and_all(value: ArrayValue) -> ArrayValue:
    """Sum an array over branches into reported sectors, with the total last."""
    return regroup(value, MEMBERSHIP_AND_ALL)


LEVER_AND_ALL = Axis(
    "lever_and_all",
    (
        "technical_renovation_investment",
        "renovation_subsidy",
        "capacity_closure",
        "capacity_discipline",
        "output_cap",
        "energy_efficiency",
        "energy_management_centres",
        "clean_coal_and_fuel_switch",
        "circular_economy",
        "smart_manufacturing",
        "industrial_internet",
        "capacity_transfer_abroad",
        "rd_and_innovation",
        "regional_collaboration",
        "emerging_industry_support",
        "sme_support",
        "clusters_and_parks",
        "servitisation",
        "quality_and_brand",
        "opening_up",
        "talent",
        "worker_retraining",
        "finance_support",
        "land_supply",
        "approval_reform",
        "coordination",
        "pollution_control",
        "water_saving",
        "all",
    ),
    zh="政策措施及合计",
    en="policy lever, and their total",
)
"""Levers, to which costs are booked, followed by the total."""

ACTOR = Axis("actor", ("government", "firms", "workers", "banks", "rest_of_world"), zh="主体", en="actor")
"""Who pays and receives; owners of firms are counted with workers, buyers and suppliers with the rest of the world."""

ACTOR_LABELS = {
    "government": Text("政府", "Government"),
    "firms": Text("企业", "Firms"),
    "workers": Text("职工与业主", "Workers and owners"),
    "banks": Text("银行", "Banks"),
    "rest_of_world": Text("其他主体", "Rest of the world"),
}
"""Chinese and English names of actors."""

BELT_AND_ALL = Axis(
    "belt_and_all",
    ("jing_jin_lang", "coast", "jing_guang", "jing_jiu", "zhang_cheng", "all"),
    zh="产业带及全省",
    en="industrial belt, and the province",
)
"""The five industrial belts of the document (clauses 2.1.2.b-f), followed by the province."""

BELT_LABELS = {
    "jing_jin_lang": Text("京津廊走廊高新技术产业带", "Beijing-Tianjin-Langfang corridor"),
    "coast": Text("秦唐沧沿海临港产业带", "Qinhuangdao-Tangshan-Cangzhou coast"),
    "jing_guang": Text("保石邢邯先进制造业产业带", "Baoding-Shijiazhuang-Xingtai-Handan belt"),
    "jing_jiu": Text("京衡沿京九产业带", "Beijing-Hengshui belt along the Jing-Jiu line"),
    "zhang_cheng": Text("张承绿色生态产业带", "Zhangjiakou-Chengde green belt"),
    "all": Text("全省", "Whole province"),
}
"""Chinese and English names of belts."""

AXES = (BRANCH, SECTOR, SECTOR_AND_ALL, LEVER_AND_ALL, ACTOR, BELT_AND_ALL)
"""Every axis that variables of the model may have."""


def booked(parts: Mapping[str, Value]) -> ArrayValue:
    """Amounts by lever with their total last; levers without an amount are 0."""
    amounts = stack(LEVER_AND_ALL, **parts)
    return amounts + stack(LEVER_AND_ALL, all=total(amounts))
