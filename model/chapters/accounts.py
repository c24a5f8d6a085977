"""Accounts: what a branch sells, what it pays for inputs, labour, capital and taxes, and what is left as profit.

Value added is revenue less inputs, profit is what is left of it: no price of value added is assumed. Prices are
national; Hebei's own cost decides how much of them its firms keep, and how much they hand on to buyers.
"""

from model.axes import BRANCH
from model.engine import auxiliary, smooth
from model.engine.ops import clip, maximum, ratio

value_added_price = smooth(
    "1",
    "增加值价格指数",
    "Value-added price",
    "Price index of value added as reported by statistics, 2015 = 1: that of the accounts with a lag, because the "
    "weights of statistics are renewed late.",
    of="accounts_price",
    time="statistical_price_lag",
    over=BRANCH,
)


@auxiliary("1", "自身相对成本", "Own cost ratio", over=BRANCH)
def own_cost_ratio(
    cost_share_energy,
    coal_price_index,
    relative_energy_requirement,
    national_requirement,
    labour_share,
    revenue_per_value,
    relative_labour_gain,
    other_cost_index,
    treatment_cost,
    output,
    unit_cost_index,
):
    """Unit cost of Hebei's firms relative to their competitors: energy, labour and pollution treatment (R-own-cost)."""
    energy = cost_share_energy * coal_price_index * (relative_energy_requirement - national_requirement)
    labour = labour_share / revenue_per_value * other_cost_index * (1 / relative_labour_gain - 1)
    treatment = ratio(treatment_cost, output * revenue_per_value)
    return 1 + (energy + labour + treatment) / unit_cost_index


@auxiliary("1", "自身相对价格", "Own price ratio", over=BRANCH)
def own_price_ratio(own_cost_ratio, saving_retention):
    """Price that Hebei's firms ask relative to the national price: they hand part of a cost advantage on to buyers."""
    return 1 + (1 - saving_retention) * (own_cost_ratio - 1)


@auxiliary("亿元/yr", "营业收入", "Revenue", over=BRANCH)
def revenue(valued_output, revenue_per_value, value_content, price_index, own_price_ratio):
    """Sales at current prices. Products of higher value sell for more, with the same inputs per unit."""
    return valued_output * (revenue_per_value - 1 + value_content) * price_index * own_price_ratio


@auxiliary("1", "单位产出投入成本", "Input cost per unit", over=BRANCH)
def input_cost(
    revenue_per_value,
    cost_share_energy,
    cost_share_ore,
    coal_price_index,
    relative_energy_requirement,
    ore_price_index,
    other_cost_index,
    own_ore_share,
):
    """Inputs per unit of volume at current prices without scarcity, in units of value added of 2015: energy by Hebei's
    own requirement, ore, and other inputs. The part of the ore that the branch mines itself is paid at cost, so its
    rent stays in value added (the province's steel industry includes mines)."""
    ore_price = ore_price_index - own_ore_share * (ore_price_index - other_cost_index)
    bought = cost_share_energy * coal_price_index * relative_energy_requirement + cost_share_ore * ore_price
    others = revenue_per_value * (1 - cost_share_energy - cost_share_ore) - 1
    return revenue_per_value * bought + others * other_cost_index


@auxiliary("亿元/yr", "中间投入", "Inputs", over=BRANCH)
def inputs(
    valued_output,
    input_cost,
    margin_retention,
    revenue_per_value,
    value_content,
    price_index,
    unit_cost_index,
    treatment_cost,
):
    """Inputs bought. Suppliers of ore, coke and scrap take the part of a scarcity price that firms do not keep, and
    bear the same part of a slump (China's steel margin rose from about 0 in 2015 to 7 % in 2018, while price over cost
    rose far more)."""
    scarcity = (1 - margin_retention) * (revenue_per_value - 1 + value_content) * (price_index - unit_cost_index)
    return valued_output * (input_cost + scarcity) + treatment_cost


@auxiliary("亿元/yr", "核算增加值", "Value added in the accounts", over=BRANCH)
def value_added_in_accounts(revenue, inputs):
    """Revenue less inputs, at current prices."""
    return revenue - inputs


@auxiliary("1", "核算增加值价格", "Price of value added in the accounts", over=BRANCH)
def accounts_price(value_added_in_accounts, value_added_real):
    """Value added of the accounts over real value added. Where inputs cost more than sales bring, statistics report no
    value added, and not a negative one."""
    return maximum(ratio(value_added_in_accounts, value_added_real), 0)


@auxiliary("亿元/yr", "增加值（现价）", "Value added at current prices", over=BRANCH)
def value_added_nominal(value_added_real, value_added_price):
    """Nominal value added as statistics report it, the basis of official shares."""
    return value_added_real * value_added_price


@auxiliary("亿元/yr", "折旧", "Depreciation", over=BRANCH)
def depreciation(depreciation_share, initial_utilisation, active_capacity, other_cost_index):
    """Depreciation of active plants; it does not fall with output, so part load is dear."""
    return depreciation_share * initial_utilisation * active_capacity * other_cost_index


@auxiliary("亿元/yr", "流转税", "Turnover tax", over=BRANCH)
def turnover_tax(value_added_in_accounts, turnover_tax_rate):
    """Value-added tax and surcharges."""
    return value_added_in_accounts * turnover_tax_rate


@auxiliary("亿元/yr", "利息支出", "Interest", over=BRANCH)
def interest_paid(debt, lending_rate):
    """Interest that firms pay to banks."""
    return debt * lending_rate


@auxiliary("亿元/yr", "利润", "Profit", over=BRANCH)
def profit(value_added_in_accounts, wages, depreciation, turnover_tax, interest_paid):
    """Operating profit: what is left of value added after wages, depreciation, turnover tax and interest."""
    return value_added_in_accounts - wages - depreciation - turnover_tax - interest_paid


@auxiliary("1", "营业利润率", "Margin", over=BRANCH)
def margin(profit, revenue):
    """Operating profit over sales, between -1 and 1: where prices collapse, sales are no measure of size."""
    return clip(ratio(profit, revenue), -1, 1)
