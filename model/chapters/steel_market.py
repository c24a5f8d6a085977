"""The national steel market, in which Hebei is a price taker.

Demand is national and is met by recorded capacity in Hebei, recorded capacity elsewhere, and induction furnaces that
were outside the statistics until their removal in 2017. Removing capacity anywhere raises utilisation and price for all
producers.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import (
    clip,
    element,
    fraction,
    maximum,
    minimum,
    power,
    ratio,
    smooth_minimum,
    softened_minimum,
    where,
)

unrecorded_capacity = stock(
    "Mt/yr",
    "未统计炼钢产能",
    "Unrecorded steelmaking capacity",
    "Capacity in Hebei missing from official figures: induction furnaces and under-reported furnaces. Nationally "
    "about 140 Mt/yr were removed in 2017 (MIIT, 2017-11, grade A); Hebei's part is an assumption (grade D).",
    initial="initial_unrecorded_capacity",
    inflows=["unrecorded_growth"],
    outflows=["unrecorded_removal"],
    belongs_to="steel",
)


rival_capacity_answer = stock(
    "Mt/yr",
    "省外响应性产能",
    "Capacity added by rivals",
    "Steelmaking capacity that other provinces have added because steel was dear, beyond the path that national "
    "policy permitted (the driver).",
    initial=0,
    inflows=["rival_expansion"],
    outflows=["rival_exit"],
    belongs_to="steel",
)

remembered_output = smooth(
    "Mt/yr",
    "限产基数",
    "Output that the cap remembers",
    "Output of about the last year, on which the rule that output must not exceed that of the year before is based.",
    of="steel_output",
    time="cap_review_time",
    initial="initial_steel_output",
)

followed_steel_demand = smooth(
    "Mt/yr",
    "已跟上的需求",
    "Demand that mills have followed",
    "Demand for Hebei's steel to which recorded output has adjusted; in the meantime a change of demand shows in the "
    "price.",
    of="hebei_steel_demand",
    time="steel_follow_time",
    initial="initial_steel_output",
)


@auxiliary("Mt/yr", "初始粗钢产量", "Initial steel output", belongs_to="steel")
def initial_steel_output(initial_output, product_per_value):
    """Crude steel output at the start."""
    return element(initial_output * product_per_value, BRANCH, "steel")


@flow("Mt/yr/yr", "未统计产能增长", "Growth of unrecorded capacity", belongs_to="steel")
def unrecorded_growth(unrecorded_capacity, unrecorded_growth_rate, steel_discipline):
    """Growth of unrecorded capacity in the absence of enforcement."""
    return unrecorded_capacity * unrecorded_growth_rate * (1 - steel_discipline)


@flow("Mt/yr/yr", "取缔未统计产能", "Removal of unrecorded capacity", belongs_to="steel")
def unrecorded_removal(unrecorded_capacity, induction_furnace_campaign, unrecorded_removal_time):
    """Removal of unrecorded capacity by the national campaign, a decision of the central government."""
    return unrecorded_capacity * induction_furnace_campaign / unrecorded_removal_time


@auxiliary("1", "钢铁产能监管力度", "Discipline in steel", belongs_to="steel")
def steel_discipline(capacity_discipline):
    """The lever `capacity_discipline` for steel."""
    return element(capacity_discipline, BRANCH, "steel")


@auxiliary("Mt/yr", "河北有效炼钢能力", "Effective steelmaking capacity", belongs_to="steel")
def effective_steel_capacity(effective_capacity, product_per_value):
    """Crude steel that Hebei's active recorded furnaces can produce in a year. Exceeds book capacity when furnaces are
    larger, better operated and charged with scrap."""
    return element(effective_capacity, BRANCH, "steel") * element(product_per_value, BRANCH, "steel")


@auxiliary("Mt/yr", "全国有效炼钢能力", "National effective steelmaking capacity", belongs_to="steel")
def national_steel_capacity(
    available_steel_capacity,
    unrecorded_capacity,
    steel_capacity_outside,
    rival_capacity_answer,
    unrecorded_capacity_outside,
):
    """All capacity that can serve national demand, recorded and unrecorded. Of Hebei's capacity only what the output
    cap leaves counts, so that a cap makes steel scarcer in the country."""
    outside = steel_capacity_outside + rival_capacity_answer + unrecorded_capacity_outside
    return available_steel_capacity + unrecorded_capacity + outside


@flow("Mt/yr/yr", "省外扩产响应", "Answer of rivals", belongs_to="steel")
def rival_expansion(perceived_relative_price, rival_answer, steel_capacity_outside):
    """Capacity added elsewhere when steel has been dear, beyond the path of national policy (B-rivals)."""
    dear = maximum(element(perceived_relative_price, BRANCH, "steel") - 1, 0)
    return rival_answer * dear * steel_capacity_outside


@flow("Mt/yr/yr", "省外响应产能退出", "Exit of rivals' added capacity", belongs_to="steel")
def rival_exit(rival_capacity_answer, rival_capacity_lifetime):
    """Added capacity that leaves again at the end of its life or is swapped away."""
    return rival_capacity_answer / rival_capacity_lifetime


@auxiliary("Mt/yr", "价格调整后的全国钢需求", "National steel demand after price effect", belongs_to="steel")
def price_adjusted_steel_demand(national_steel_demand, perceived_relative_price, steel_demand_price_elasticity):
    """National crude-steel demand (an exogenous driver), slightly lower when the steel price is high relative to
    cost."""
    dearness = element(perceived_relative_price, BRANCH, "steel")
    return national_steel_demand * power(dearness, steel_demand_price_elasticity)


@auxiliary("1", "全国炼钢产能利用率", "National steel capacity utilisation", belongs_to="steel")
def national_steel_utilisation(price_adjusted_steel_demand, national_steel_capacity, maximum_utilisation):
    """National demand relative to all capacity; it determines the price."""
    demanded = ratio(price_adjusted_steel_demand, national_steel_capacity)
    return smooth_minimum(demanded, element(maximum_utilisation, BRANCH, "steel"))


@auxiliary("Mt/yr", "产量上限", "Cap on steel output", belongs_to="steel")
def steel_cap(output_cap, output_cap_none, remembered_output, cap_tolerance, unlimited_output):
    """Highest output that the authorities permit: that of the year before and the change that the rule allows ("not
    above last year" is a change of 0). A ratchet: what has been cut once cannot come back while the rule is in force
    (R-cap)."""
    permitted = remembered_output * (1 + fraction(output_cap) + cap_tolerance)
    return where(output_cap < output_cap_none, permitted, unlimited_output)


@auxiliary("Mt/yr", "满负荷炼钢能力", "Steelmaking capacity at full load", belongs_to="steel")
def runnable_steel_capacity(effective_steel_capacity, maximum_utilisation):
    """Output of the furnaces at their highest utilisation."""
    return effective_steel_capacity * element(maximum_utilisation, BRANCH, "steel")


@auxiliary("Mt/yr", "可用炼钢能力", "Available steelmaking capacity", belongs_to="steel")
def available_steel_capacity(runnable_steel_capacity, steel_cap):
    """Capacity that may run: furnaces at their highest utilisation, as far as the cap permits."""
    return minimum(runnable_steel_capacity, steel_cap)


@auxiliary("Mt/yr", "对河北钢的需求", "Demand for Hebei's steel", belongs_to="steel")
def hebei_steel_demand(
    price_adjusted_steel_demand,
    effective_steel_capacity,
    available_steel_capacity,
    national_steel_capacity,
    competitiveness,
    hebei_steel_advantage,
):
    """Hebei's share of national demand: its share of capacity, weighted by its advantage (ports, large private mills)
    and competitiveness; buyers address capacity whether a cap stops it or not."""
    weight = effective_steel_capacity * hebei_steel_advantage * element(competitiveness, BRANCH, "steel")
    rivals = national_steel_capacity - available_steel_capacity
    return price_adjusted_steel_demand * ratio(weight, rivals + weight)


@auxiliary("Mt/yr", "粗钢产量（流率）", "Crude steel output (rate)", belongs_to="steel")
def steel_output(followed_steel_demand, runnable_steel_capacity, steel_cap, limit_sharpness):
    """Recorded crude steel: demand as far as mills have followed it, limited by furnaces and by the cap. Furnaces reach
    their limits one after the other, so that limit is soft; a cap is a number in an order and cuts nothing that lies
    below it."""
    return minimum(softened_minimum(followed_steel_demand, runnable_steel_capacity, limit_sharpness), steel_cap)


@auxiliary("Mt/yr", "未统计粗钢产量", "Unrecorded steel output", belongs_to="steel")
def unrecorded_output(unrecorded_capacity, national_steel_utilisation):
    """Steel from unrecorded furnaces, at national average utilisation."""
    return unrecorded_capacity * national_steel_utilisation


@auxiliary("1", "河北炼钢有效能力利用率", "Utilisation of effective capacity in steel", belongs_to="steel")
def steel_effective_utilisation(steel_output, effective_steel_capacity):
    """Recorded output relative to effective (not book) capacity."""
    return ratio(steel_output, effective_steel_capacity)


scrap_rate = smooth(
    "1",
    "转炉废钢比",
    "Converter scrap rate",
    "Scrap per tonne of crude steel in Hebei's converters, after charging practice has adjusted to the scrap "
    "available.",
    of="available_scrap_rate",
    time="scrap_adjustment_time",
    initial="initial_scrap_rate",
)


@auxiliary("1", "可得废钢比", "Available scrap rate", belongs_to="steel")
def available_scrap_rate(
    national_scrap_supply,
    unrecorded_output,
    unrecorded_capacity_outside,
    national_steel_utilisation,
    price_adjusted_steel_demand,
    hebei_scrap_access,
    scrap_charge_unrecorded,
    maximum_scrap_rate,
    scrap_lever_effect,
    circular_economy_steel,
):
    """Scrap available per tonne of recorded steel. Induction furnaces consumed scrap; their removal released it (scrap
    rate of key firms 8.7 % in 2014, about 15 % in 2018). Recycling policy improves access to it."""
    unrecorded_all = unrecorded_output + unrecorded_capacity_outside * national_steel_utilisation
    free_scrap = maximum(national_scrap_supply - unrecorded_all * scrap_charge_unrecorded, 0)
    access = hebei_scrap_access * (1 + scrap_lever_effect * circular_economy_steel)
    recorded = maximum(price_adjusted_steel_demand - unrecorded_all, 0)
    return clip(access * ratio(free_scrap, recorded), 0, maximum_scrap_rate)


@auxiliary("1", "循环经济覆盖率（钢铁）", "Circular-economy coverage in steel", belongs_to="steel")
def circular_economy_steel(circular_economy):
    """The lever `circular_economy` for steel, as a fraction."""
    return element(fraction(circular_economy), BRANCH, "steel")
