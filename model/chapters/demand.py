"""Demand: demand for the products of Hebei's branches, and the competitiveness and prices that determine it.

Steel is sold on a national market and has its own chapter; its market share enters here only through the
competitiveness that is defined for all branches.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import power, ratio, stack

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
def market_growth(market_volume, demand_elasticity_to_industry, national_industrial_growth):
    """Growth of the market: growth of national above-scale industry times the elasticity of the branch."""
    return market_volume * demand_elasticity_to_industry * national_industrial_growth


@auxiliary("1", "装备水平指数", "Upgrade index", over=BRANCH)
def upgrade_index(renovated_share, intelligent_share, upgrade_effect_renovation, upgrade_effect_smart):
    """Product and process level of the branch: 1 with conventional capacity only, higher with renovated and intelligent
    capacity. Source of the structure: tasks 1 and 3 of the provincial opinion (size of the effect is an assumption)."""
    return (
        1 + upgrade_effect_renovation * (renovated_share + intelligent_share) + upgrade_effect_smart * intelligent_share
    )


national_upgrade_index = stock(
    "1",
    "全国装备水平指数",
    "National upgrade index",
    "Product and process level of competitors elsewhere in China, which improves independently of Hebei.",
    initial="initial_upgrade_index",
    inflows=["national_upgrading"],
    over=BRANCH,
)


@auxiliary("1", "初始装备水平指数", "Initial upgrade index", over=BRANCH)
def initial_upgrade_index(
    initial_renovated_share, initial_intelligent_share, upgrade_effect_renovation, upgrade_effect_smart
):
    """Upgrade index at the start, assumed equal in Hebei and elsewhere."""
    return (
        1
        + upgrade_effect_renovation * (initial_renovated_share + initial_intelligent_share)
        + upgrade_effect_smart * initial_intelligent_share
    )


@flow("1/yr", "全国装备升级", "National upgrading", over=BRANCH)
def national_upgrading(national_upgrade_index, national_upgrade_rate):
    """Upgrading of competitors elsewhere, at a constant rate."""
    return national_upgrade_index * national_upgrade_rate


@auxiliary("1", "目标竞争力", "Indicated competitiveness", over=BRANCH)
def indicated_competitiveness(upgrade_index, national_upgrade_index, competitiveness_elasticity, relative_capability):
    """Market share relative to 2010 that corresponds to the present level of capital and capability, before the
    perception delay of buyers. Loops: R-competitiveness, R-knowledge."""
    return power(upgrade_index * relative_capability / national_upgrade_index, competitiveness_elasticity)


competitiveness = smooth(
    "1",
    "竞争力",
    "Competitiveness",
    "Hebei's market share relative to 2010: the relative level of capital and capability as buyers perceive it, with "
    "a delay.",
    of="indicated_competitiveness",
    time="competitiveness_delay",
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


@auxiliary("1", "单位成本指数", "Unit cost index", over=BRANCH)
def unit_cost_index(
    cost_share_energy,
    cost_share_ore,
    cost_share_following,
    coal_price_index,
    ore_price_index,
    price_index,
    other_cost_index,
    relative_energy_requirement,
):
    """Cost per unit of output, 2015 = 1: coal, ore, inputs whose price follows that of the product (coke, scrap,
    semi-finished goods), and other cost. Energy saving and cheap coal lower it."""
    rest = 1 - cost_share_energy - cost_share_ore - cost_share_following
    return (
        cost_share_energy * coal_price_index * relative_energy_requirement
        + cost_share_ore * ore_price_index
        + cost_share_following * price_index
        + rest * other_cost_index
    )


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


@auxiliary("1", "营业利润率", "Margin", over=BRANCH)
def margin(relative_price, margin_at_reference, margin_retention):
    """Operating margin on sales. Only part of a scarcity price remains with firms, because inputs, wages and rents rise
    with it (China's steel margin rose from about 0 in 2015 to 7 % in 2018, while price over cost rose far more)."""
    return margin_at_reference + margin_retention * (relative_price - 1)


expected_margin = smooth(
    "1",
    "预期营业利润率",
    "Expected margin",
    "Margin that investors expect: an exponential average of past margins.",
    of="margin",
    time="margin_expectation_time",
    initial="initial_expected_margin",
    over=BRANCH,
)
