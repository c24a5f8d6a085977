"""Cost: what each lever costs the public budget and the firms. No lever is free."""

from model.axes import BRANCH, LEVER_AND_ALL, booked
from model.engine import auxiliary
from model.engine.ops import element, maximum, minimum, ratio, softened_minimum, total


@auxiliary("亿元/yr", "关停奖补", "Closure awards")
def closure_awards(closure, product_per_value, closure_award_per_tonne, closure_layoffs, severance_per_person):
    """Closure awards per tonne (at most 140 yuan/t for private firms, grade A) and settlement payments for laid-off
    workers."""
    return total(closure * product_per_value * closure_award_per_tonne) + total(closure_layoffs) * severance_per_person


@auxiliary("亿元/yr", "关停资产损失", "Capital written off by closure")
def closure_losses(active_closure, capital_output_ratio, mean_age, asset_lifetime):
    """Undepreciated value of active plants closed by order."""
    left = maximum(1 - mean_age / asset_lifetime, 0)
    return total(active_closure * capital_output_ratio * left)


@auxiliary("亿元/yr", "产能监管支出", "Enforcement of discipline")
def discipline_enforcement(capacity_discipline, book_capacity, product_per_value, enforcement_cost):
    """Inspection and monitoring cost, proportional to the tonnage of supervised capacity."""
    return total(capacity_discipline * book_capacity * product_per_value * enforcement_cost)


@auxiliary("亿元/yr", "置换指标支出", "Spending on swap quota")
def quota_spending(quota_use, product_per_value, quota_price):
    """Spending of builders on swap quota (traded at 175-700 yuan/t, grade B)."""
    return total(quota_use * product_per_value * quota_price)


@auxiliary("亿元/yr", "限产损失", "Profit lost to the output cap")
def capped_profit(
    followed_steel_demand,
    runnable_steel_capacity,
    steel_output,
    product_per_value,
    revenue_per_value,
    price_index,
    margin,
    limit_sharpness,
):
    """Profit forgone on steel that could have been produced and sold without the output cap."""
    possible = softened_minimum(followed_steel_demand, runnable_steel_capacity, limit_sharpness)
    curtailed = (possible - steel_output) / element(product_per_value, BRANCH, "steel")
    value = element(revenue_per_value * price_index * maximum(margin, 0), BRANCH, "steel")
    return curtailed * value


@auxiliary("亿元/yr", "节能奖励", "Energy-saving awards")
def saving_awards(measured_saving, saving_award, energy_efficiency):
    """Awards per tce saved (240 yuan from the central government, 60 or more from local governments, grade A), at most
    the investment."""
    return total(minimum(measured_saving * saving_award, energy_efficiency))


@auxiliary("亿元/yr", "能源管理中心投资", "Spending on energy-management centres")
def management_investment(
    energy_management_coverage_adjustment, energy_management_coverage, energy_use, management_cost, centre_upkeep
):
    """Investment in energy-management centres, by the energy use newly covered, and their yearly upkeep."""
    covered = maximum(energy_management_coverage_adjustment, 0) + centre_upkeep * energy_management_coverage
    return total(covered * energy_use * management_cost)


@auxiliary("亿元/yr", "燃料替代附加成本", "Premium of switched fuel")
def switching_cost(coal_share, initial_coal_share, energy_use, fuel_premium):
    """Cost of gas and electricity in excess of the coal that they replace."""
    return total(maximum(initial_coal_share - coal_share, 0) * energy_use * fuel_premium)


@auxiliary("亿元/yr", "循环利用投资", "Spending on recovery and scrap")
def circular_investment(
    waste_heat_coverage_adjustment, waste_heat_coverage, energy_use, recovery_potential, recovery_cost, recovery_upkeep
):
    """Investment in recovery plants, by the annual energy recovery newly installed, and their yearly upkeep."""
    installed = maximum(waste_heat_coverage_adjustment, 0) + recovery_upkeep * waste_heat_coverage
    return total(installed * energy_use * recovery_potential * recovery_cost)


@auxiliary("1", "补贴带动的比例", "Private renovation drawn by subsidy", over=BRANCH)
def drawn_by_subsidy(
    renovation_subsidy, subsidy_additionality, implementation_factor, renovation_programme, budget_coverage
):
    """Share of private renovation money that would not be invested without the subsidy."""
    drawn = renovation_subsidy * subsidy_additionality * implementation_factor
    return ratio(drawn, renovation_programme - renovation_subsidy * budget_coverage)


@auxiliary("亿元/yr", "财政支出需求（按政策措施）", "Public money wanted by lever", over=LEVER_AND_ALL)
def public_spending_wanted(
    public_renovation_spending,
    closure_awards,
    discipline_enforcement,
    saving_awards,
    management_investment,
    public_share_of_centres,
    smart_manufacturing,
    industrial_internet,
    public_share_of_infrastructure,
    circular_investment,
    public_share_of_recovery,
    public_spending_on_conditions,
):
    """Public money that each lever asks for, and the total."""
    parts = {
        "renovation_subsidy": total(public_renovation_spending),
        "capacity_closure": closure_awards,
        "capacity_discipline": discipline_enforcement,
        "energy_efficiency": saving_awards,
        "energy_management_centres": management_investment * public_share_of_centres,
        "circular_economy": circular_investment * public_share_of_recovery,
        "smart_manufacturing": total(smart_manufacturing),
        "industrial_internet": industrial_internet * public_share_of_infrastructure,
    }
    return booked(parts) + public_spending_on_conditions


@auxiliary("亿元/yr", "企业支出（按政策措施）", "Private cost by lever", over=LEVER_AND_ALL)
def private_spending(
    private_renovation_spending,
    drawn_by_subsidy,
    closure_losses,
    quota_spending,
    capped_profit,
    energy_efficiency,
    saving_awards,
    management_investment,
    public_share_of_centres,
    switching_cost,
    circular_investment,
    public_share_of_recovery,
    conversion_spending,
    industrial_internet,
    public_share_of_infrastructure,
    private_spending_on_conditions,
    budget_coverage,
):
    """Spending and losses of firms (including bank-financed spending) on each lever, and the total. Firms pay what the
    budget does not cover where works go on."""
    parts = {
        "technical_renovation_investment": total(private_renovation_spending * (1 - drawn_by_subsidy)),
        "renovation_subsidy": total(private_renovation_spending * drawn_by_subsidy),
        "capacity_closure": closure_losses,
        "capacity_discipline": quota_spending,
        "output_cap": capped_profit,
        "energy_efficiency": total(energy_efficiency) - saving_awards,
        "energy_management_centres": management_investment * (1 - public_share_of_centres * budget_coverage),
        "clean_coal_and_fuel_switch": switching_cost,
        "circular_economy": circular_investment * (1 - public_share_of_recovery * budget_coverage),
        "smart_manufacturing": total(conversion_spending),
        "industrial_internet": industrial_internet * (1 - public_share_of_infrastructure),
    }
    return booked(parts) + private_spending_on_conditions
