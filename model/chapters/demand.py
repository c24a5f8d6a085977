"""Demand: demand for the products of Hebei's branches, and the competitiveness and prices that determine it.

Steel is sold on a national market and has its own chapter; its market share enters here only through the
competitiveness that is defined for all branches.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import exp, power, ratio, stack

market_volume = stock(
    "亿元/yr",
    "市场容量",
    "Market volume",
    "Demand that Hebei would meet at constant competitiveness and prices, at 2015 prices. Grows with national "
    "industry; the only stock with an exogenous trend.",
    initial="initial_market_volume",
    inflows=["market_growth"],
    over=BRANCH,
)


@auxiliary("亿元/yr", "初始市场容量", "Initial market volume", over=BRANCH)
def initial_market_volume(initial_output, initial_demand_ratio, ore_price_index, ore_substitution_elasticity):
    """Market volume at the start of 2010, from the output of that year and the ratio of demand to output."""
    return initial_output * initial_demand_ratio / power(ore_price_index, ore_substitution_elasticity)


@flow("亿元/yr/yr", "市场增长", "Market growth", over=BRANCH)
def market_growth(
    market_volume,
    demand_elasticity_to_branch,
    national_branch_growth,
    market_trend,
    trend_fading_time,
    time,
    base_year,
    emerging_growth_premium,
    emerging_share,
    initial_emerging_share,
    national_emerging_gain,
):
    """Growth of the market: growth of the branch in the country, times an elasticity near 1. Cement also has a trend of
    its own that fades out, as less is used per floor. Branches whose share of emerging products rises faster than that
    of the country sell on markets that grow faster (R-emerging)."""
    lead = emerging_share - initial_emerging_share - national_emerging_gain
    trend = market_trend * exp((base_year - time) / trend_fading_time)
    growth = demand_elasticity_to_branch * national_branch_growth + trend + emerging_growth_premium * lead
    return market_volume * growth


@auxiliary("1", "目标竞争力", "Indicated competitiveness", over=BRANCH)
def indicated_competitiveness(
    relative_technology_level,
    relative_capability,
    competitiveness_elasticity,
    own_price_ratio,
    price_competition_exponent,
):
    """Market share relative to 2010 that corresponds to the present level of technology, capability and price, before
    the perception delay of buyers. Loops: R-competitiveness, R-knowledge, R-own-cost."""
    ability = power(relative_technology_level * relative_capability, competitiveness_elasticity)
    return ability * power(own_price_ratio, -price_competition_exponent)


competitiveness = smooth(
    "1",
    "竞争力",
    "Competitiveness",
    "Hebei's market share relative to 2010: the relative level of capital and capability as buyers perceive it, with "
    "a delay.",
    of="indicated_competitiveness",
    time="competitiveness_delay",
    initial=1,
    over=BRANCH,
)


@auxiliary("1", "相对价格", "Relative price", over=BRANCH)
def relative_price(price_index, unit_cost_index):
    """Product price relative to unit cost (both 2015 = 1); above 1 when capacity is scarce."""
    return ratio(price_index, unit_cost_index)


perceived_relative_price = smooth(
    "1",
    "感知相对价格",
    "Perceived relative price",
    "Relative price to which buyers have adjusted.",
    of="relative_price",
    time="demand_adjustment_time",
    initial="initial_relative_price",
    over=BRANCH,
)


@auxiliary("亿元/yr", "对河北产品的需求", "Demand", over=BRANCH)
def demand(
    market_volume,
    competitiveness,
    perceived_relative_price,
    demand_price_elasticity,
    ore_price_index,
    ore_substitution_elasticity,
    equipment_export_demand,
):
    """Demand for the output of each branch at 2015 prices. Expensive imported ore raises sales of the province's mines
    (in `other`); plants built abroad order equipment in Hebei. Loops: B-price, R-competitiveness."""
    mines = power(ore_price_index, ore_substitution_elasticity)
    at_home = market_volume * competitiveness * power(perceived_relative_price, demand_price_elasticity) * mines
    return at_home + stack(BRANCH, equipment=equipment_export_demand)


@auxiliary("1", "全国单位成本指数", "National unit cost index", over=BRANCH)
def unit_cost_index(
    cost_share_energy,
    cost_share_ore,
    coal_price_index,
    ore_price_index,
    other_cost_index,
    national_requirement,
):
    """Cost per unit of output in the country, 2015 = 1: coal and coke, ore, and other cost. National energy saving and
    cheap coal lower it; savings of Hebei alone do not, because its firms are price takers."""
    rest = 1 - cost_share_energy - cost_share_ore
    energy = cost_share_energy * coal_price_index * national_requirement
    return energy + cost_share_ore * ore_price_index + rest * other_cost_index


price_index = smooth(
    "1",
    "价格指数",
    "Price index",
    "Producer price, 2015 = 1. Adjusts to the indicated price within months.",
    of="indicated_price",
    time="price_adjustment_time",
    initial="initial_price_index",
    over=BRANCH,
)


@auxiliary("1", "目标价格指数", "Indicated price", over=BRANCH)
def indicated_price(unit_cost_index, price_utilisation, reference_utilisation, price_elasticity_to_utilisation):
    """Price whose ratio to cost equals that of 2015 at the reference utilisation and deviates from it with utilisation.
    Form after Sterman's commodity market, with utilisation in place of inventory coverage."""
    return unit_cost_index * power(price_utilisation / reference_utilisation, price_elasticity_to_utilisation)


expected_margin = smooth(
    "1",
    "预期营业利润率",
    "Expected margin",
    "Margin that investors expect: an exponential average of past margins.",
    of="margin",
    time="margin_expectation_time",
    over=BRANCH,
)
