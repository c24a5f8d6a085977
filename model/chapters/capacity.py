"""Capacity: production capacity by vintage, and how it is built, idled and restarted.

Capacity is measured like output, in 亿元/yr of value added at 2015 prices. There are three vintages:
conventional, renovated (or newly built) and intelligent. Book capacity is active plus idled capacity.
"""

from model.axes import BRANCH
from model.engine import auxiliary, delay3, flow, smooth, stock
from model.engine.ops import element, exp, logistic, maximum, minimum, power, ratio, stack

conventional_capacity = stock(
    "亿元/yr",
    "常规产能",
    "Conventional capacity",
    "Active capacity built to an older technical standard.",
    initial="initial_conventional_capacity",
    inflows=["restart", "obsolescence"],
    outflows=[
        "conventional_retirement",
        "conventional_closure",
        "conventional_idling",
        "renovations",
        "transfer_of_running_plants",
    ],
    over=BRANCH,
)

renovated_capacity = stock(
    "亿元/yr",
    "改造后产能",
    "Renovated capacity",
    "Active capacity at the current technical standard: renovated or newly built.",
    initial="initial_renovated_capacity",
    inflows=["completions", "renovations", "smart_obsolescence"],
    outflows=["renovated_retirement", "renovated_closure", "modern_idling", "obsolescence", "smart_conversion_starts"],
    over=BRANCH,
)

intelligent_capacity = stock(
    "亿元/yr",
    "智能化产能",
    "Intelligent capacity",
    "Active capacity whose key processes are numerically controlled and networked.",
    initial="initial_intelligent_capacity",
    inflows=["smart_conversion_completions"],
    outflows=["intelligent_retirement", "smart_obsolescence"],
    over=BRANCH,
)

idled_capacity = stock(
    "亿元/yr",
    "闲置产能",
    "Idled capacity",
    "Capacity on the books that does not operate: shut down because of losses, and awaiting restart or dismantling.",
    initial="initial_idled_capacity",
    inflows=["idling"],
    outflows=["restart", "idle_closure", "dismantling", "transfer_of_idle_plants"],
    over=BRANCH,
)

swap_quota = stock(
    "亿元/yr",
    "产能置换指标",
    "Swap quota",
    "Closed capacity that still entitles its owner to a permit for new capacity under the capacity-swap rule.",
    initial="initial_swap_quota",
    inflows=["quota_creation"],
    outflows=["quota_use", "quota_expiry"],
    over=BRANCH,
)


understated_capacity = stock(
    "亿元/yr",
    "少报产能",
    "Understated capacity",
    "Capacity that runs and is not on the official list: swaps were approved for small furnaces and built as larger "
    "ones, and furnaces whose output had not been recorded came into the statistics.",
    initial=0,
    inflows=["understated_completions", "recording"],
    outflows=["understated_exit"],
    over=BRANCH,
)


@flow("亿元/yr/yr", "批小建大", "Understated completions", over=BRANCH)
def understated_completions(completions, understatement):
    """Capacity of new plants that is not on the list."""
    return completions * understatement


@flow("亿元/yr/yr", "转为统计内的产能", "Recording", over=BRANCH)
def recording(unrecorded_removal, recorded_share, product_per_value):
    """Unrecorded furnaces that the campaign did not tear down but brought into the statistics: three quarters of the
    rise of 2017-2018 came with pig iron, so from blast furnaces."""
    steel = unrecorded_removal * recorded_share / element(product_per_value, BRANCH, "steel")
    return stack(BRANCH, steel=steel)


@flow("亿元/yr/yr", "少报产能退出", "Exit of understated capacity", over=BRANCH)
def understated_exit(understated_capacity, retirement, closure, dismantling, transfer_abroad, book_capacity):
    """Understated capacity that leaves with plants that leave the list, in proportion."""
    return understated_capacity * ratio(retirement + closure + dismantling + transfer_abroad, book_capacity)


@auxiliary("亿元/yr", "在产产能", "Active capacity", over=BRANCH)
def active_capacity(conventional_capacity, renovated_capacity, intelligent_capacity, capacity_in_conversion):
    """Operating capacity, including plants under renovation or conversion, which stop only line by line."""
    return conventional_capacity + renovated_capacity + intelligent_capacity + capacity_in_conversion


@auxiliary("亿元/yr", "账面产能", "Book capacity", report="end", over=BRANCH)
def book_capacity(active_capacity, idled_capacity):
    """Capacity on the official list: active plus idled capacity."""
    return active_capacity + idled_capacity


@auxiliary("1", "改造产能占比", "Renovated share", over=BRANCH)
def renovated_share(renovated_capacity, capacity_in_conversion, active_capacity):
    """Share of active capacity at the current standard that is not (yet) intelligent, including plants in smart
    conversion."""
    return ratio(renovated_capacity + capacity_in_conversion, active_capacity)


@auxiliary("1", "智能化产能占比", "Intelligent share", over=BRANCH)
def intelligent_share(intelligent_capacity, active_capacity):
    """Share of active capacity that is intelligent."""
    return ratio(intelligent_capacity, active_capacity)


@auxiliary("1", "单位账面产能出力", "Output per tonne of active book capacity", over=BRANCH)
def intensification(
    technology_level,
    ladder_intensification,
    scrap_intensification,
    scrap_rate,
    initial_scrap_rate,
    conversion_disruption,
    capacity_in_conversion,
    active_capacity,
):
    """Output that a unit of active capacity can produce, relative to 2010: higher technology brings larger furnaces and
    better process control, and scrap bypasses the blast furnace (steel only). Plants in smart conversion lose part of
    their output for the time being."""
    technology = power(technology_level, ladder_intensification)
    scrap = scrap_intensification * (scrap_rate - initial_scrap_rate)
    return (technology + scrap) * (1 - conversion_disruption * ratio(capacity_in_conversion, active_capacity))


@auxiliary("1", "限产强度", "Curtailment", over=BRANCH)
def curtailment(curtailment_intensity, curtailment_strength, treatment_coverage, coverage_relief):
    """Share of capacity stopped over the year by heating-season and pollution-alert limits: what the plans decide, as
    far as enforced; plants with advanced treatment are exempt in part (B-compliance)."""
    return curtailment_intensity * curtailment_strength * (1 - coverage_relief * treatment_coverage)


@auxiliary("亿元/yr", "有效产能", "Effective capacity", over=BRANCH)
def effective_capacity(active_capacity, understated_capacity, book_capacity, intensification, curtailment):
    """Output that active plants can produce in a year, whether the list has all of their capacity or not. What the list
    leaves out is idled with the plants to which it belongs."""
    running = active_capacity * (1 + ratio(understated_capacity, book_capacity))
    return running * maximum(intensification, 0) * (1 - curtailment)


# --- Building -----------------------------------------------------------------------------------


@auxiliary("1", "利润效应", "Effect of profit on desired capacity", over=BRANCH)
def profit_effect(expected_margin, margin_at_reference, investment_sensitivity):
    """Multiplier of desired capacity that depends on expected margin. The effect is weak because budget constraints are
    soft (Hebei 2015: profit -46.9 %, steel investment -5.7 %, grade A)."""
    return exp(investment_sensitivity * (expected_margin - margin_at_reference))


expected_demand = smooth(
    "亿元/yr",
    "预期需求",
    "Expected demand",
    "Demand that investors expect: an exponential average of past demand.",
    of="hebei_demand",
    time="demand_expectation_time",
    over=BRANCH,
)


@auxiliary("亿元/yr", "期望产能", "Desired capacity", over=BRANCH)
def desired_capacity(
    hebei_demand,
    expected_demand,
    demand_expectation_time,
    planning_horizon,
    normal_utilisation,
    intensification,
    profit_effect,
):
    """Capacity that investors want at the planning horizon: demand extrapolated at its recent growth rate, times the
    effect of profit. Loops: R-expectation, B-price through margin."""
    growth = ratio(hebei_demand - expected_demand, expected_demand * demand_expectation_time)
    foreseen = hebei_demand * maximum(1 + growth * planning_horizon, 0)
    return ratio(foreseen, normal_utilisation * intensification) * profit_effect


@auxiliary("亿元/yr", "在建产能", "Capacity under construction", over=BRANCH)
def capacity_under_construction(completions_stage_1, completions_stage_2, completions_stage_3):
    """Capacity started and not yet completed."""
    return completions_stage_1 + completions_stage_2 + completions_stage_3


@flow("亿元/yr/yr", "期望开工", "Wanted construction starts", over=BRANCH)
def wanted_starts(
    retirement,
    desired_capacity,
    active_capacity,
    capacity_under_construction,
    capacity_adjustment_time,
    supply_line_weight,
):
    """Construction starts that replace retired capacity and close the gap to desired capacity. Investors account for
    only part of the capacity already under construction (supply-line weight after Sterman, ch. 17)."""
    gap = desired_capacity - active_capacity - supply_line_weight * capacity_under_construction
    return maximum(retirement + gap / capacity_adjustment_time, 0)


@flow("亿元/yr/yr", "新建开工", "Construction starts", over=BRANCH)
def construction_starts(
    wanted_starts, capacity_discipline, swap_quota, swap_ratio, quota_use_time, funding_ratio, land_factor
):
    """New capacity started: the planned amount as limited by funding, land and permits. Under capacity discipline each
    new tonne requires `swap_ratio` tonnes of closed capacity; the more of the quota the plans need, the dearer and
    slower it is to get (B-swap)."""
    fundable = wanted_starts * funding_ratio * land_factor
    obtainable = swap_quota / (swap_ratio * quota_use_time)
    permitted = ratio(fundable * obtainable, fundable + obtainable)
    return fundable * (1 - capacity_discipline) + permitted * capacity_discipline


completions = delay3(
    "亿元/yr/yr",
    "建成投产",
    "Completions",
    "New capacity entering operation after planning and construction.",
    of="construction_starts",
    time="building_time",
    initial="initial_construction_rate",
    over=BRANCH,
)


@flow("亿元/yr/yr", "置换指标产生", "Quota creation", over=BRANCH)
def quota_creation(closure, dismantling, retirement, quota_eligible_share):
    """Swap quota created by retired, dismantled and closed capacity; of capacity closed by order only the part that is
    not counted as a net reduction is eligible."""
    return closure * quota_eligible_share + dismantling + retirement


@flow("亿元/yr/yr", "置换指标使用", "Quota use", over=BRANCH)
def quota_use(swap_quota, construction_starts, swap_ratio, capacity_discipline, quota_use_time):
    """Quota cancelled against construction starts, as far as discipline requires it and quota is available."""
    return minimum(construction_starts * swap_ratio * capacity_discipline, swap_quota / quota_use_time)


@flow("亿元/yr/yr", "置换指标失效", "Quota expiry", over=BRANCH)
def quota_expiry(swap_quota, quota_lifetime):
    """Quota that expires unused or is sold outside the province."""
    return swap_quota / quota_lifetime


# --- Idling and restarting ------------------------------------------------------------------------


@auxiliary("1/yr", "停产倾向", "Shutdown rate", over=BRANCH)
def shutdown_rate(
    margin,
    shutdown_margin,
    shutdown_width,
    idling_time,
    cluster_share,
    initial_cluster_share,
    concentration_effect,
):
    """Share of conventional capacity shut down in a year because it makes losses: logistic in the margin. Firms shut
    down slowly because local governments keep loss-making plants alive; where industry is concentrated in clusters and
    groups, small loss-making plants stop sooner."""
    sooner = maximum(1 + concentration_effect * (cluster_share - initial_cluster_share), 0)
    return logistic((shutdown_margin - margin) / shutdown_width) * sooner / idling_time


@flow("亿元/yr/yr", "常规产能停产闲置", "Idling of conventional capacity", over=BRANCH)
def conventional_idling(conventional_capacity, shutdown_rate):
    """Conventional capacity shut down; these plants have the highest cost and idle first."""
    return conventional_capacity * shutdown_rate


@flow("亿元/yr/yr", "改造产能停产闲置", "Idling of renovated capacity", over=BRANCH)
def modern_idling(renovated_capacity, margin, shutdown_margin, shutdown_width, vintage_cost_advantage, idling_time):
    """Renovated capacity shut down; its lower cost lets it bear a deeper slump. Concentration of industry does not
    speed it up, because the plants that groups stop sooner are small and old."""
    return (
        renovated_capacity
        * logistic((shutdown_margin - vintage_cost_advantage - margin) / shutdown_width)
        / idling_time
    )


@flow("亿元/yr/yr", "停产闲置", "Idling", over=BRANCH)
def idling(conventional_idling, modern_idling):
    """Capacity shut down because it makes losses."""
    return conventional_idling + modern_idling


@flow("亿元/yr/yr", "复产", "Restart", over=BRANCH)
def restart(idled_capacity, expected_margin, restart_margin, restart_margin_width, restart_time, capacity_discipline):
    """Idled capacity restarted when expected margins are good, as far as capacity discipline does not prevent it."""
    tempted = logistic((expected_margin - restart_margin) / restart_margin_width)
    return idled_capacity * tempted * (1 - capacity_discipline) / restart_time


@flow("亿元/yr/yr", "拆除", "Dismantling", over=BRANCH)
def dismantling(idled_capacity, dismantling_time):
    """Idled capacity abandoned for good without a closure order."""
    return idled_capacity / dismantling_time
