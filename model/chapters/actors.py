"""Actor accounts: who pays whom. Every payment is another actor's receipt, so the balances sum to zero.

Balances are on a cash basis: receipts less payments of a year, including loans. Each actor's account is computed
independently, not as the difference of the others; tests check that the accounts sum to zero and that the balance of
firms equals the change in their retained funds.
"""

from model.axes import ACTOR, LEVER_AND_ALL
from model.engine import auxiliary
from model.engine.ops import element, stack, total


@auxiliary("亿元/yr", "可用于专项的税收", "Tax earmarked for the programmes")
def earmarked_tax(tax, earmarked_share):
    """Part of the tax revenue from industry that the province can earmark for its industrial programmes; tax paid by
    industry therefore limits programme spending (tax feedback)."""
    return tax * earmarked_share


@auxiliary("亿元/yr", "中间投入", "Inputs bought")
def inputs_bought(revenue, value_added_nominal):
    """Intermediate inputs bought from other firms and from abroad: revenue less value added."""
    return total(revenue) - total(value_added_nominal)


@auxiliary("亿元/yr", "工资及其他劳动收入", "Wages and other income")
def wages(value_added_nominal, turnover_tax_rate, profit, depreciation_share, debt, reference_lending_rate):
    """Labour and other primary income: value added less turnover tax, profit, depreciation and interest at the
    reference rate. A residual that covers wages, social contributions and rents, because no wage series is
    available."""
    kept = value_added_nominal * (1 - turnover_tax_rate - depreciation_share)
    return total(kept - profit - debt * reference_lending_rate)


@auxiliary("亿元/yr", "利息", "Interest")
def interest(debt, lending_rate):
    """Interest that firms pay to banks."""
    return total(debt * lending_rate)


@auxiliary("亿元/yr", "政策措施相关其他企业支出", "Other private spending on levers")
def other_private_spending(
    private_spending, private_renovation_spending, conversion_spending, closure_losses, capped_profit, drawn_research
):
    """Spending of firms on levers that is not investment, such as energy saving and pollution treatment. Owners bear it
    through lower withdrawals. Write-offs and forgone profit are not payments and are excluded."""
    booked = element(private_spending, LEVER_AND_ALL, "all")
    in_investment = total(private_renovation_spending) + total(conversion_spending)
    return booked - in_investment - closure_losses - capped_profit - drawn_research


@auxiliary("亿元/yr", "转移给个人的财政支出", "Public money to people")
def transfers_to_people(closure_awards, retraining_cost):
    """Public payments to owners and workers: closure awards, settlement of laid-off workers, and retraining."""
    return closure_awards + retraining_cost


@auxiliary("亿元/yr", "各主体现金余额", "Cash balance of actors", over=ACTOR)
def actor_balance(
    tax,
    public_spending,
    revenue,
    inputs_bought,
    wages,
    interest,
    profit_sent_home,
    investment_borrowing,
    loss_borrowing,
    foreign_part_of_investment,
    investment_spending,
    repayment,
    payouts,
    other_private_spending,
    transfers_to_people,
):
    """Receipts less payments of government, firms, workers (including owners), banks, and the rest of the world
    (customers, suppliers, foreign partners)."""
    programmes = element(public_spending, LEVER_AND_ALL, "all")
    lent = total(investment_borrowing) + total(loss_borrowing)
    back, abroad = total(repayment), total(profit_sent_home)
    foreign, invested, sold = total(foreign_part_of_investment), total(investment_spending), total(revenue)
    taken_out = total(payouts)
    firms_in = sold + abroad + lent + foreign
    firms_out = inputs_bought + wages + tax + interest + invested + back + taken_out
    return stack(
        ACTOR,
        government=tax - programmes,
        firms=firms_in - firms_out,
        workers=wages + taken_out + transfers_to_people - other_private_spending,
        banks=interest + back - lent,
        rest_of_world=inputs_bought
        + invested
        + other_private_spending
        + programmes
        - transfers_to_people
        - sold
        - abroad
        - foreign,
    )
