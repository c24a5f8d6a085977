"""Capacity: what can be produced, how it is built, idled and restarted.

Capacity is measured like output, in 亿元/yr of value added at 2015 prices, and follows vintages:
conventional, renovated (or newly built) and intelligent. Book capacity adds what stands idle.
"""

from model.axes import BRANCH
from model.engine import auxiliary, delay3, flow, smooth, stock
from model.engine.ops import exp, logistic, maximum, minimum, power, ratio

conventional_capacity = stock(
    "亿元/yr", "常规产能", "Conventional capacity",
    "Active capacity of an older standard.",
    initial="initial_conventional_capacity",
    inflows=["restart", "obsolescence", "renovation_failures"],
    outflows=[
        "conventional_retirement", "conventional_closure", "idling", "renovation_starts", "transfer_of_running_plants",
    ],
    over=BRANCH,
)  # fmt: skip

renovated_capacity = stock(
    "亿元/yr", "改造后产能", "Renovated capacity",
    "Active capacity at the standard of the day: renovated or newly built.",
    initial="initial_renovated_capacity",
    inflows=["completions", "renovation_successes"],
    outflows=["renovated_retirement", "renovated_closure", "obsolescence", "smart_conversion_starts"], over=BRANCH,
)  # fmt: skip

intelligent_capacity = stock(
    "亿元/yr", "智能化产能", "Intelligent capacity",
    "Active capacity whose key processes are numerically controlled and connected.",
    initial="initial_intelligent_capacity",
    inflows=["smart_conversion_completions"],
    outflows=["intelligent_retirement", "intelligent_closure"], over=BRANCH,
)  # fmt: skip

idled_capacity = stock(
    "亿元/yr", "闲置产能", "Idled capacity",
    "Capacity in the books that does not run: driven out by losses, waiting to be dismantled or restarted.",
    initial="initial_idled_capacity", inflows=["idling"], outflows=["restart", "idle_closure", "dismantling",
    "transfer_of_idle_plants"], over=BRANCH,
)  # fmt: skip

swap_quota = stock(
    "亿元/yr", "产能置换指标", "Swap quota",
    "Closed capacity that may still be turned into permits for new capacity (capacity-swap rule).",
    initial="initial_swap_quota", inflows=["quota_creation"], outflows=["quota_use", "quota_expiry"], over=BRANCH,
)  # fmt: skip


@auxiliary("亿元/yr", "在产产能", "Active capacity", over=BRANCH)
def active_capacity(
    conventional_capacity, renovated_capacity, intelligent_capacity, capacity_in_renovation, capacity_in_conversion
):
    """Capacity that runs, including plants under renovation (they stop only in turns)."""
    return (
        conventional_capacity
        + renovated_capacity
        + intelligent_capacity
        + capacity_in_renovation
        + capacity_in_conversion
    )


@auxiliary("亿元/yr", "账面产能", "Book capacity", report="end", over=BRANCH)
def book_capacity(active_capacity, idled_capacity):
    """Capacity on the official list: active and idle."""
    return active_capacity + idled_capacity


@auxiliary("1", "改造产能占比", "Renovated share", over=BRANCH)
def renovated_share(renovated_capacity, capacity_in_conversion, active_capacity):
    """Share of active capacity at the standard of the day, not (yet) intelligent."""
    return ratio(renovated_capacity + capacity_in_conversion, active_capacity)


@auxiliary("1", "智能化产能占比", "Intelligent share", over=BRANCH)
def intelligent_share(intelligent_capacity, active_capacity):
    """Share of active capacity that is intelligent."""
    return ratio(intelligent_capacity, active_capacity)


@auxiliary("1", "单位账面产能出力", "Output per book tonne", over=BRANCH)
def intensification(
    renovated_share, intelligent_share, initial_renovated_share, initial_intelligent_share,
    renovation_intensification, smart_intensification, scrap_intensification, scrap_rate, initial_scrap_rate,
):  # fmt: skip
    """Output that a unit of active capacity can give relative to 2010: bigger furnaces and better control after
    renovation, and scrap that needs no blast furnace (steel only)."""
    modern = renovated_share + intelligent_share - initial_renovated_share - initial_intelligent_share
    smart = intelligent_share - initial_intelligent_share
    return (
        1
        + renovation_intensification * modern
        + smart_intensification * smart
        + scrap_intensification * (scrap_rate - initial_scrap_rate)
    )


@auxiliary("亿元/yr", "有效产能", "Effective capacity", over=BRANCH)
def effective_capacity(active_capacity, intensification):
    """What active plants can really make in a year."""
    return active_capacity * maximum(intensification, 0)


# --- Building -----------------------------------------------------------------------------------


@auxiliary("1", "利润效应", "Effect of profit on desired capacity", over=BRANCH)
def profit_effect(expected_margin, margin_at_reference, investment_sensitivity):
    """Desired capacity in relation to expected demand, by expected margin: weak, because budgets are soft (Hebei 2015:
    profit -46.9 %, steel investment -5.7 %, grade A)."""
    return exp(investment_sensitivity * (expected_margin - margin_at_reference))


@auxiliary("1", "地方政府推动", "Local-government push", over=BRANCH)
def local_push(local_push_strength, capacity_discipline, local_push_switch):
    """Extra capacity that cheap land, credit and growth targets of local governments call forth (江飞涛 2008);
    discipline from above takes it back. The switch (0 or 1) turns it off for tests."""
    return local_push_strength * (1 - capacity_discipline) * local_push_switch


expected_demand = smooth(
    "亿元/yr", "预期需求", "Expected demand",
    "Demand that investors count on: an average over past years.",
    of="hebei_demand", time="demand_expectation_time", over=BRANCH,
)  # fmt: skip


@auxiliary("亿元/yr", "期望产能", "Desired capacity", over=BRANCH)
def desired_capacity(
    hebei_demand, expected_demand, demand_expectation_time, planning_horizon, normal_utilisation, intensification,
    profit_effect, local_push,
):  # fmt: skip
    """Capacity that investors want in a few years: demand, its recent growth carried forward, profit and push.
    Loops: R-expectation, B-price through margin."""
    growth = ratio(hebei_demand - expected_demand, expected_demand * demand_expectation_time)
    foreseen = hebei_demand * maximum(1 + growth * planning_horizon, 0)
    return ratio(foreseen, normal_utilisation * intensification) * profit_effect * (1 + local_push)


@auxiliary("亿元/yr", "在建产能", "Capacity under construction", over=BRANCH)
def capacity_under_construction(completions_stage_1, completions_stage_2, completions_stage_3):
    """Everything started and not yet completed."""
    return completions_stage_1 + completions_stage_2 + completions_stage_3


@flow("亿元/yr/yr", "期望开工", "Wanted construction starts", over=BRANCH)
def wanted_starts(
    retirement, desired_capacity, active_capacity, capacity_under_construction, capacity_adjustment_time,
    supply_line_weight,
):  # fmt: skip
    """Starts that replace what wears out and close the gap to desired capacity; investors count only part of what
    others already build (supply-line weight after Sterman, ch. 17)."""
    gap = desired_capacity - active_capacity - supply_line_weight * capacity_under_construction
    return maximum(retirement + gap / capacity_adjustment_time, 0)


@flow("亿元/yr/yr", "新建开工", "Construction starts", over=BRANCH)
def construction_starts(
    wanted_starts, capacity_discipline, swap_quota, swap_ratio, quota_use_time, funding_ratio, land_factor
):
    """New capacity begun: what investors want, can pay, find land for, and are permitted. Under discipline each new
    tonne needs `swap_ratio` closed tonnes."""
    fundable = wanted_starts * funding_ratio * land_factor
    permitted = minimum(fundable, swap_quota / (swap_ratio * quota_use_time))
    return fundable * (1 - capacity_discipline) + permitted * capacity_discipline


completions = delay3(
    "亿元/yr/yr", "建成投产", "Completions",
    "New capacity going into operation, after planning and construction.",
    of="construction_starts", time="building_time", initial="initial_construction_rate", over=BRANCH,
)  # fmt: skip


@flow("亿元/yr/yr", "置换指标产生", "Quota creation", over=BRANCH)
def quota_creation(closure, dismantling, retirement, quota_eligible_share):
    """What owners scrap may be swapped; of ordered closures only the part not counted as a net cut."""
    return closure * quota_eligible_share + dismantling + retirement


@flow("亿元/yr/yr", "置换指标使用", "Quota use", over=BRANCH)
def quota_use(swap_quota, construction_starts, swap_ratio, capacity_discipline, quota_use_time):
    """Quota cancelled against new starts, as far as discipline asks for it and quota exists."""
    return minimum(construction_starts * swap_ratio * capacity_discipline, swap_quota / quota_use_time)


@flow("亿元/yr/yr", "置换指标失效", "Quota expiry", over=BRANCH)
def quota_expiry(swap_quota, quota_lifetime):
    """Quota not used in time lapses or is sold out of the province."""
    return swap_quota / quota_lifetime


# --- Idling and restarting ------------------------------------------------------------------------


@flow("亿元/yr/yr", "停产闲置", "Idling", over=BRANCH)
def idling(
    conventional_capacity, margin, shutdown_midpoint, shutdown_steepness, idling_time, cluster_share,
    initial_cluster_share, concentration_effect,
):  # fmt: skip
    """Plants that stop because they lose money: GCAM's shutdown function of the profit ratio (JGCRI gcam-core,
    grade A), towards which firms move slowly because local governments keep them alive. Where industry concentrates in
    clusters and groups, small losing plants go sooner."""
    sooner = maximum(1 + concentration_effect * (cluster_share - initial_cluster_share), 0)
    losing = power(1 + shutdown_midpoint, shutdown_steepness)
    earning = power(maximum(1 + margin, 0), shutdown_steepness)
    return conventional_capacity * ratio(losing, losing + earning) * sooner / idling_time


@flow("亿元/yr/yr", "复产", "Restart", over=BRANCH)
def restart(idled_capacity, expected_margin, restart_margin, restart_margin_width, restart_time, capacity_discipline):
    """Idle plants that return when margins are good and nobody stops them."""
    tempted = logistic((expected_margin - restart_margin) / restart_margin_width)
    return idled_capacity * tempted * (1 - capacity_discipline) / restart_time


@flow("亿元/yr/yr", "拆除", "Dismantling", over=BRANCH)
def dismantling(idled_capacity, dismantling_time):
    """Idle plants given up for good without an order."""
    return idled_capacity / dismantling_time
