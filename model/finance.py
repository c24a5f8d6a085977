"""Finance: profit, the money firms keep, and whether it pays for what they want to build."""

from .axes import BRANCH
from .engine import auxiliary, flow, smooth, stock
from .engine.ops import maximum, minimum, power, smooth_minimum, total

retained_funds = stock(
    "亿元", "企业留存资金", "Retained funds",
    "Money that firms of the branch hold for investment.",
    initial="initial_retained_funds", inflows=["cash_earned"], outflows=["cash_lost", "own_investment", "payouts"],
    over=BRANCH,
)  # fmt: skip

value_added_price = smooth(
    "1", "增加值价格指数", "Value-added price",
    "Price index of value added as it shows in statistics, 2015 = 1: product prices reach it damped (inputs move "
    "too) and late (statistical weights).",
    of="indicated_value_added_price", time="statistical_price_lag", initial="initial_value_added_price", over=BRANCH,
)  # fmt: skip


@auxiliary("1", "目标增加值价格指数", "Indicated value-added price")
def indicated_value_added_price(price_index, value_added_price_elasticity):
    """Value-added price that goes with the product price once statistics have caught up."""
    return power(price_index, value_added_price_elasticity)


@auxiliary("亿元/yr", "营业收入", "Revenue")
def revenue(output, price_index, revenue_per_value):
    """Sales at current prices."""
    return output * price_index * revenue_per_value


@auxiliary("亿元/yr", "利润", "Profit")
def profit(revenue, margin):
    """Operating profit."""
    return revenue * margin


@auxiliary("亿元/yr", "企业现金流", "Cash flow")
def cash_flow(profit, value_added_nominal, income_tax_rate, depreciation_share):
    """Profit after tax, and depreciation."""
    return profit - maximum(profit, 0) * income_tax_rate + value_added_nominal * depreciation_share


@flow("亿元/yr", "现金流入", "Cash earned")
def cash_earned(cash_flow):
    """Positive cash flow."""
    return maximum(cash_flow, 0)


@flow("亿元/yr", "现金亏损", "Cash lost")
def cash_lost(cash_flow, retained_funds, spending_time):
    """Losses paid out of retained funds, as far as there are any; banks carry the rest."""
    return minimum(maximum(-cash_flow, 0), retained_funds / spending_time)


@flow("亿元/yr", "分红及其他支出", "Payouts")
def payouts(retained_funds, payout_time):
    """Dividends and spending outside industry."""
    return retained_funds / payout_time


@auxiliary("亿元/yr", "投资资金需求", "Money wanted for investment")
def money_wanted(wanted_starts, capital_output_ratio, wanted_renovation, renovation_cost, public_renovation_share):
    """What firms would pay for new building and renovation if all wishes came true."""
    renovation = wanted_renovation * renovation_cost * (1 - public_renovation_share)
    return wanted_starts * capital_output_ratio + renovation


@auxiliary("亿元/yr", "可用投资资金", "Money available for investment")
def money_available(retained_funds, spending_time, value_added_nominal, credit_share):
    """Own funds and credit; banks lend on turnover more than on profit (soft budgets)."""
    return retained_funds / spending_time + value_added_nominal * credit_share


@auxiliary("1", "资金满足率", "Funding ratio")
def funding_ratio(money_available, money_wanted, smallest_need, finance_switch):
    """Part of the investment wanted that can be paid for (B-finance: slump starves renovation). The switch (0 or 1)
    turns the loop off for tests."""
    bound = smooth_minimum(1, money_available / maximum(money_wanted, smallest_need))
    return 1 - finance_switch * (1 - bound)


@flow("亿元/yr", "自有资金投资", "Own investment")
def own_investment(
    construction_starts, capital_output_ratio, private_renovation_spending, conversion_spending, own_fund_share,
    retained_funds, spending_time,
):  # fmt: skip
    """Own part of what firms spend on building, renovation and conversion."""
    spent = construction_starts * capital_output_ratio + private_renovation_spending + conversion_spending
    return smooth_minimum(spent * own_fund_share, retained_funds / spending_time)


@auxiliary("亿元/yr", "税收", "Tax")
def tax(value_added_nominal, profit, turnover_tax_rate, income_tax_rate):
    """Turnover taxes and income tax of all branches."""
    return total(value_added_nominal * turnover_tax_rate + maximum(profit, 0) * income_tax_rate)
