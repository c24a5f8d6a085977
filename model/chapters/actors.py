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


@auxiliary("亿元/yr", "政策措施相关其他企业支出", "Other private spending on levers")
def other_private_spending(
    private_spending,
    private_renovation_spending,
    conversion_spending,
    closure_losses,
    capped_profit,
    drawn_research,
    treatment_cost,
):
    """Spending of firms on levers that is not investment, such as energy saving. Owners bear it through lower
    withdrawals. Write-offs and forgone profit are not payments, and running treatment plants is part of inputs; both
    are excluded."""
    booked = element(private_spending, LEVER_AND_ALL, "all")
    in_investment = total(private_renovation_spending) + total(conversion_spending)
    return booked - in_investment - closure_losses - capped_profit - drawn_research - total(treatment_cost)


@auxiliary("亿元/yr", "转移给个人的财政支出", "Public money to people")
def transfers_to_people(closure_awards, retraining_cost):
    """Public payments to owners and workers: closure awards, settlement of laid-off workers, and retraining."""
    return closure_awards + retraining_cost


@auxiliary("亿元/yr", "各主体现金余额", "Cash balance of actors", over=ACTOR)
def actor_balance(
    tax,
    public_spending,
    revenue,
    inputs,
    wages,
    interest_paid,
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
    bought, earned, interest = total(inputs), total(wages), total(interest_paid)
    firms_in = sold + abroad + lent + foreign
    firms_out = bought + earned + tax + interest + invested + back + taken_out
    return stack(
        ACTOR,
        government=tax - programmes,
        firms=firms_in - firms_out,
        workers=earned + taken_out + transfers_to_people - other_private_spending,
        banks=interest + back - lent,
        rest_of_world=bought
        + invested
        + other_private_spending
        + programmes
        - transfers_to_people
        - sold
        - abroad
        - foreign,
    )
