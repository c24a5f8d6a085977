"""What files of the first edition may hold that the second no longer has, and what a refusal says of it."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """A clause in both languages, or nothing."""

    zh: str = ""
    en: str = ""


PARAMETERS = frozenset(
    {
        "closure_selectivity",
        "cost_share_following",
        "demand_elasticity_to_industry",
        "depth_cost",
        "evaluation_delay",
        "local_push_strength",
        "local_push_switch",
        "national_upgrade_rate",
        "renovation_intensification",
        "renovation_labour_saving",
        "renovation_minimum_start_time",
        "renovation_minimum_time",
        "saving_cost_exponent",
        "saving_minimum_time",
        "sei_target",
        "shutdown_midpoint",
        "shutdown_steepness",
        "smart_intensification",
        "target_gain",
        "target_margin",
        "target_switch",
        "unrecorded_enforcement_threshold",
        "upgrade_effect_renovation",
        "upgrade_effect_smart",
        "value_added_price_elasticity",
        "value_content_elasticity",
    }
)
"""Parameters of equations that are gone."""
DRIVER = "national_industrial_growth"
CAP, LOWEST_CAP = "output_cap", 100
"""The rule on crude steel was a limit in Mt a year, and none was lower."""
_PARAMETER = Note(
    zh="第一版的参数，第二版已无此方程（见 docs/upgrading.zh.md）；",
    en="a parameter of the first edition, whose equation is gone (docs/upgrading.md); ",
)
_DRIVER = Note(
    zh="第一版的外部驱动，现按行业给出：national_branch_growth（见 docs/upgrading.zh.md）；",
    en="a driver of the first edition, now by branch: national_branch_growth (docs/upgrading.md); ",
)
_CAP = Note(
    zh="第一版以百万吨为上限，现为粗钢产量允许的同比变化（%）（见 docs/upgrading.zh.md）；",
    en="the first edition had a limit in Mt, now the permitted change on the year before in % (docs/upgrading.md); ",
)


def parameter_note(name: object) -> Note:
    """A clause on an unknown parameter that the first edition had; else nothing."""
    return _PARAMETER if name in PARAMETERS else Note()


def driver_note(name: object) -> Note:
    """A clause on an unknown driver that the first edition had; else nothing."""
    return _DRIVER if name == DRIVER else Note()


def range_note(name: str, value: float) -> Note:
    """A clause on a number out of range that the first edition meant otherwise; else nothing."""
    return _CAP if name == CAP and value >= LOWEST_CAP else Note()
