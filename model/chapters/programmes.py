"""Programmes: public and private cost of the levers other than those of the four core tasks."""

from model.axes import LEVER_AND_ALL, booked
from model.engine import auxiliary, smooth
from model.engine.ops import element, maximum, minimum, total

budget_coverage = smooth(
    "1",
    "预算保障率",
    "Coverage by the budget",
    "Part of the public money asked for that the budget covers; the budget of a year follows tax and programmes of the "
    "year before, and cuts are pro rata (B-budget).",
    of="indicated_budget_coverage",
    time="budget_time",
    initial=1,
)


@auxiliary("亿元/yr", "专项支出需求", "Cost of the programmes")
def programme_cost(public_spending_wanted):
    """Public money that all levers ask for."""
    return element(public_spending_wanted, LEVER_AND_ALL, "all")


@auxiliary("亿元/yr", "专项预算", "Budget of the programmes")
def programme_budget(earmarked_tax, central_transfers):
    """Public money for the programmes: earmarked tax and transfers from the central government."""
    return earmarked_tax + central_transfers


@auxiliary("1", "预算可保障率", "Indicated coverage by the budget")
def indicated_budget_coverage(programme_budget, programme_cost, smallest_need):
    """Budget over the public money that all levers ask for, at most 1."""
    return minimum(1, programme_budget / maximum(programme_cost, smallest_need))


@auxiliary("亿元/yr", "财政支出（按政策措施）", "Public cost by lever", over=LEVER_AND_ALL)
def public_spending(public_spending_wanted, budget_coverage, entitlements):
    """Spending from public budgets on each lever, and the total, as far as the budget covers it. Entitlements are paid
    in full."""
    return public_spending_wanted * budget_coverage + entitlements * (1 - budget_coverage)


@auxiliary("亿元/yr", "应付支出", "Entitlements", over=LEVER_AND_ALL)
def entitlements(closure_awards, retraining_cost):
    """Awards for what has been closed and pay for what has been trained, which a budget cannot cut."""
    return booked({"capacity_closure": closure_awards, "worker_retraining": retraining_cost})


@auxiliary("亿元/yr", "财政研发带动的企业研发", "Private research drawn by public research")
def drawn_research(public_research, research_additionality):
    """R&D of firms that would not take place without public R&D funding."""
    return public_research * research_additionality


@auxiliary("亿元/yr", "转岗培训费用", "Cost of retraining")
def retraining_cost(in_retraining, retraining_time, cost_per_retraining):
    """Course fees and allowances, by number of completions."""
    return in_retraining / retraining_time * cost_per_retraining


@auxiliary("亿元/yr", "园区建设支出", "Spending on clusters and parks")
def park_spending(cluster_share_adjustment, cluster_share, cluster_cost, park_upkeep):
    """Spending on roads, utilities and plots of parks, proportional to the industry that moves in, and their yearly
    upkeep."""
    return (maximum(cluster_share_adjustment, 0) + park_upkeep * cluster_share) * cluster_cost


@auxiliary("亿元/yr", "供地让利", "Forgone land revenue")
def land_revenue_forgone(land_supply, land_cost):
    """Public revenue forgone because land is sold early, at a discount or on instalments."""
    return land_supply * land_cost


@auxiliary("亿元/yr", "新兴产业配套投资", "Private money beside emerging-industry support")
def emerging_cofinancing(emerging_industry_support, support_leverage):
    """Private investment that complements emerging-industry support funds."""
    return total(emerging_industry_support) * support_leverage


@auxiliary("亿元/yr", "条件与创新措施财政支出", "Public cost of conditions and innovation", over=LEVER_AND_ALL)
def public_spending_on_conditions(
    rd_and_innovation,
    emerging_industry_support,
    sme_support,
    servitisation,
    quality_and_brand,
    talent,
    finance_support,
    park_spending,
    public_share_of_parks,
    land_revenue_forgone,
    retraining_cost,
    approval_reform,
    approval_reform_cost,
    coordination,
    coordination_cost,
    regional_collaboration,
    collaboration_cost,
    opening_up,
    attraction_cost,
    investment_abroad,
    going_out_support,
    water_saving,
    public_share_of_water,
    treatment_investment,
    public_share_of_treatment,
):
    """Public spending on the levers other than those of the four core tasks."""
    parts = {
        "capacity_transfer_abroad": investment_abroad * going_out_support,
        "rd_and_innovation": rd_and_innovation,
        "regional_collaboration": regional_collaboration * collaboration_cost,
        "emerging_industry_support": total(emerging_industry_support),
        "sme_support": sme_support,
        "clusters_and_parks": park_spending * public_share_of_parks,
        "servitisation": servitisation,
        "quality_and_brand": quality_and_brand,
        "opening_up": opening_up * attraction_cost,
        "talent": talent,
        "worker_retraining": retraining_cost,
        "finance_support": finance_support,
        "land_supply": land_revenue_forgone,
        "approval_reform": approval_reform * approval_reform_cost,
        "coordination": coordination * coordination_cost,
        "pollution_control": treatment_investment * public_share_of_treatment,
        "water_saving": water_saving * public_share_of_water,
    }
    return booked(parts)


@auxiliary("亿元/yr", "条件与创新措施企业支出", "Private cost of conditions and innovation", over=LEVER_AND_ALL)
def private_spending_on_conditions(
    drawn_research,
    emerging_cofinancing,
    investment_abroad,
    going_out_support,
    park_spending,
    public_share_of_parks,
    servitisation,
    quality_and_brand,
    firm_part_of_services,
    firm_part_of_quality,
    treatment_investment,
    treatment_cost,
    public_share_of_treatment,
    water_saving,
    public_share_of_water,
    budget_coverage,
):
    """Private spending on the levers other than those of the four core tasks. Firms pay what the budget does not cover
    where works go on."""
    parts = {
        "capacity_transfer_abroad": investment_abroad * (1 - going_out_support),
        "rd_and_innovation": drawn_research,
        "emerging_industry_support": emerging_cofinancing,
        "clusters_and_parks": park_spending * (1 - public_share_of_parks * budget_coverage),
        "servitisation": servitisation * firm_part_of_services,
        "quality_and_brand": quality_and_brand * firm_part_of_quality,
        "pollution_control": treatment_investment * (1 - public_share_of_treatment * budget_coverage)
        + total(treatment_cost),
        "water_saving": water_saving * (1 - public_share_of_water * budget_coverage),
    }
    return booked(parts)
