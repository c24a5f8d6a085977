"""Finance: profit, retained funds, and whether they finance the planned investment."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import maximum, minimum, ratio, smooth_minimum, total

retained_funds = stock(
    "亿元",
    "企业留存资金",
    "Retained funds",
    "Funds that firms of the branch hold for investment.",
    initial="initial_retained_funds",
    inflows=["cash_earned"],
    outflows=["cash_lost", "own_investment", "repayment", "payouts"],
    over=BRANCH,
)

debt = stock(
    "亿元",
    "企业负债",
    "Debt",
    "Bank debt of firms of the branch, from investment and from losses.",
    initial="initial_debt",
    inflows=["investment_borrowing", "loss_borrowing"],
    outflows=["repayment"],
    over=BRANCH,
)


@auxiliary("亿元/yr", "企业现金流", "Cash flow", over=BRANCH)
def cash_flow(profit, income_tax_rate, depreciation, profit_sent_home):
    """Cash flow of firms: profit after income tax, plus depreciation and profit from abroad."""
    return profit - maximum(profit, 0) * income_tax_rate + depreciation + profit_sent_home


@auxiliary("亿元", "初始负债", "Initial debt", over=BRANCH)
def initial_debt(initial_output, initial_debt_ratio):
    """Debt at the start, as a ratio to annual value added."""
    return initial_output * initial_debt_ratio


@auxiliary("1/yr", "贷款利率", "Lending rate")
def lending_rate(reference_lending_rate, largest_rate_cut, finance_access, reference_finance_access):
    """Interest rate paid by firms; interest subsidies and guarantees lower it, by at most the largest cut."""
    return reference_lending_rate - largest_rate_cut * (finance_access - reference_finance_access)


@flow("亿元/yr", "投资借款", "Borrowing for investment", over=BRANCH)
def investment_borrowing(investment_spending, own_investment, foreign_part_of_investment):
    """Investment not covered by own funds or foreign partners, financed by bank loans."""
    return maximum(investment_spending - own_investment - foreign_part_of_investment, 0)


@flow("亿元/yr", "亏损借款", "Borrowing for losses", over=BRANCH)
def loss_borrowing(cash_flow, cash_lost):
    """Losses that exceed retained funds; banks roll them over (soft budget constraint)."""
    return maximum(-cash_flow, 0) - cash_lost


@flow("亿元/yr", "偿还贷款", "Repayment", over=BRANCH)
def repayment(debt, loan_lifetime, retained_funds, payout_time):
    """Debt repaid, as far as funds are available; repayment takes precedence over payouts."""
    return smooth_minimum(debt / loan_lifetime, retained_funds / payout_time)


@auxiliary("亿元/yr", "投资支出", "Investment spending", over=BRANCH)
def investment_spending(construction_starts, capital_output_ratio, private_renovation_spending, conversion_spending):
    """Spending of firms on construction, renovation and smart conversion."""
    return construction_starts * capital_output_ratio + private_renovation_spending + conversion_spending


@auxiliary("亿元/yr", "投资中的外资", "Foreign part of investment", over=BRANCH)
def foreign_part_of_investment(investment_spending, own_investment, foreign_investment):
    """Foreign investment in each branch, allocated in proportion to the investment not covered by own funds."""
    opening = investment_spending - own_investment
    return opening * minimum(ratio(foreign_investment, total(opening)), 1)


@flow("亿元/yr", "现金流入", "Cash earned", over=BRANCH)
def cash_earned(cash_flow):
    """Positive cash flow."""
    return maximum(cash_flow, 0)


@flow("亿元/yr", "现金亏损", "Cash lost", over=BRANCH)
def cash_lost(cash_flow, retained_funds, spending_time):
    """Losses paid out of retained funds, as far as these suffice; banks finance the remainder."""
    return minimum(maximum(-cash_flow, 0), retained_funds / spending_time)


@flow("亿元/yr", "分红及其他支出", "Payouts", over=BRANCH)
def payouts(retained_funds, payout_time, repayment):
    """Dividends and spending outside industry, after loan repayment."""
    return retained_funds / payout_time - repayment


@auxiliary("亿元/yr", "投资资金需求", "Money wanted for investment", over=BRANCH)
def money_wanted(
    wanted_starts,
    capital_output_ratio,
    wanted_renovation,
    renovation_cost,
    public_renovation_share,
    land_supply,
    reference_land_supply,
    instalment_relief,
):
    """Funds required if all planned construction and renovation were carried out. Land payment in instalments (first
    payment at least 50 %, clause 3.2.e) lowers the immediate requirement."""
    renovation = wanted_renovation * renovation_cost * (1 - public_renovation_share)
    at_once = 1 - instalment_relief * (land_supply - reference_land_supply)
    return wanted_starts * capital_output_ratio * at_once + renovation


@auxiliary("亿元/yr", "可用投资资金", "Money available for investment", over=BRANCH)
def money_available(
    retained_funds, spending_time, value_added_nominal, credit_share, guaranteed_credit, foreign_investment
):
    """Own funds and credit. Banks lend on turnover more than on profit (soft budget constraint). Guaranteed credit and
    foreign investment are allocated to branches by value added."""
    extra = (guaranteed_credit + foreign_investment) * ratio(value_added_nominal, total(value_added_nominal))
    return retained_funds / spending_time + value_added_nominal * credit_share + extra


@auxiliary("1", "资金满足率", "Funding ratio", over=BRANCH)
def funding_ratio(money_available, money_wanted, smallest_need, finance_switch):
    """Share of planned investment that can be financed (B-finance: a slump cuts renovation). A switch (0 or 1) disables
    the loop in structural tests."""
    bound = smooth_minimum(1, money_available / maximum(money_wanted, smallest_need))
    return 1 - finance_switch * (1 - bound)


@flow("亿元/yr", "自有资金投资", "Own investment", over=BRANCH)
def own_investment(investment_spending, own_fund_share, retained_funds, spending_time):
    """Part of the spending on construction, renovation and smart conversion that is financed from own funds."""
    return smooth_minimum(investment_spending * own_fund_share, retained_funds / spending_time)


@auxiliary("亿元/yr", "税收", "Tax")
def tax(turnover_tax, profit, income_tax_rate):
    """Turnover and income tax of all branches."""
    return total(turnover_tax + maximum(profit, 0) * income_tax_rate)
