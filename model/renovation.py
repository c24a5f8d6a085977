"""Technical renovation: money becomes modern capacity, after a project has been paid for and built."""

from .axes import BRANCH
from .engine import auxiliary, delay3, flow
from .engine.ops import maximum, ratio, smooth_minimum


@auxiliary("亿元/yr", "有效技改投资", "Effective renovation investment")
def renovation_funding(
    technical_renovation_investment, renovation_effective_share, renovation_subsidy, subsidy_additionality, funding_ratio
):
    """Money that really renovates existing capacity. Reported renovation investment holds much that is new building
    or other spending; only a share counts. A subsidised yuan adds itself and the private money it draws
    (additionality 0.3-3, not the gross leverage of 12-273 in reports). Firms that earn too little cannot pay (B-finance)."""
    firms = technical_renovation_investment * renovation_effective_share * funding_ratio
    return firms + renovation_subsidy * (1 + subsidy_additionality * funding_ratio)


@auxiliary("yr", "单位产能技改成本", "Renovation cost per unit of capacity")
def renovation_cost(capital_output_ratio, renovation_cost_share, depth_cost, renovated_share, intelligent_share):
    """Investment for renovating a unit of capacity: a share of what building it anew costs, dearer the fewer
    old plants are left (the easy ones go first)."""
    modern = renovated_share + intelligent_share
    return capital_output_ratio * renovation_cost_share * (1 + depth_cost * modern)


@flow("亿元/yr/yr", "技改开工", "Renovation starts")
def renovation_starts(renovation_funding, renovation_cost, conventional_capacity, renovation_minimum_time):
    """Conventional capacity that enters renovation: as much as money pays for and as plants are there."""
    affordable = ratio(renovation_funding, renovation_cost)
    return smooth_minimum(affordable, conventional_capacity / renovation_minimum_time)


renovation_completions = delay3(
    "亿元/yr/yr", "技改完工", "Renovation completions",
    "Renovated capacity going back into full operation after a project of about two years (grade B).",
    of="renovation_starts", time="renovation_duration", initial="initial_renovation_rate", over=BRANCH,
)  # fmt: skip


@auxiliary("亿元/yr", "技改中产能", "Capacity in renovation")
def capacity_in_renovation(
    renovation_completions_stage_1, renovation_completions_stage_2, renovation_completions_stage_3
):
    """Capacity inside renovation projects."""
    return renovation_completions_stage_1 + renovation_completions_stage_2 + renovation_completions_stage_3


@auxiliary("亿元/yr", "技改自筹资金", "Private renovation money")
def renovation_private_money(renovation_funding, renovation_subsidy):
    """What firms and banks pay of effective renovation investment."""
    return maximum(renovation_funding - renovation_subsidy, 0)
