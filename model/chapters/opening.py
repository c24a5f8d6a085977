"""Opening up: foreign investment brings capital and knowledge; surplus capacity moves abroad and orders equipment in
Hebei."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import element, maximum, power, ratio, smooth_minimum, total

foreign_capital = stock(
    "亿元",
    "外商投资资本",
    "Foreign capital",
    "Capital of foreign-invested manufacturing at cost, less depreciation.",
    initial="initial_foreign_capital",
    inflows=["foreign_investment"],
    outflows=["foreign_depreciation"],
)

capacity_abroad = stock(
    "亿元/yr",
    "境外产能",
    "Capacity abroad",
    "Capacity relocated abroad that is owned by firms of the province.",
    initial=0,
    inflows=["transfer_abroad"],
    outflows=["retirement_abroad"],
    over=BRANCH,
)


@flow("亿元/yr", "外商直接投资（制造业）", "Foreign investment in manufacturing")
def foreign_investment(
    foreign_investment_rate,
    manufacturing_part_of_fdi,
    opening_gain,
    opening_up,
    reference_opening,
    implementation_factor,
):
    """Foreign investment in manufacturing: the baseline inflow (about 6-9 bn US$ a year, grades A to C), increased by
    investment promotion. The part outside manufacturing is excluded."""
    courted = 1 + opening_gain * (opening_up * implementation_factor - reference_opening)
    return foreign_investment_rate * manufacturing_part_of_fdi * maximum(courted, 0)


@flow("亿元/yr", "外资折旧", "Depreciation of foreign capital")
def foreign_depreciation(foreign_capital, foreign_lifetime):
    """Depreciation of foreign capital."""
    return foreign_capital / foreign_lifetime


@auxiliary("亿元", "初始外资", "Initial foreign capital")
def initial_foreign_capital(foreign_investment_rate, manufacturing_part_of_fdi, foreign_lifetime, initial_foreign_part):
    """Foreign capital in 2010, as a share of the stock that a constant inflow at that year's rate would build up."""
    return foreign_investment_rate * manufacturing_part_of_fdi * foreign_lifetime * initial_foreign_part


@auxiliary("1", "外资带动", "Pull of foreign capital")
def foreign_pull(foreign_capital, initial_foreign_capital, foreign_pull_elasticity):
    """Effect of foreign capital on the emerging share: foreign partners invest more often in high-end equipment,
    electronics and pharmaceuticals."""
    return power(foreign_capital / initial_foreign_capital, foreign_pull_elasticity)


@flow("亿元/yr", "外资带来的知识", "Knowledge with foreign capital", over=BRANCH)
def foreign_knowledge(foreign_capital, foreign_knowledge_rate, talent_sufficiency, research_share):
    """Knowledge brought by foreign partners, limited by the availability of research personnel to absorb it."""
    return foreign_capital * foreign_knowledge_rate * talent_sufficiency * research_share


@auxiliary("亿元/yr/yr", "计划转移境外产能", "Transfer wanted", over=BRANCH)
def wanted_transfer(capacity_transfer_abroad, product_per_value, implementation_factor):
    """Capacity transfer abroad targeted by the programme, in volume, times the implementation factor."""
    return ratio(capacity_transfer_abroad, product_per_value) * implementation_factor


@flow("亿元/yr/yr", "外转闲置产能", "Transfer of idle plants", over=BRANCH)
def transfer_of_idle_plants(wanted_transfer, idled_capacity, transfer_idle_part, closure_minimum_time):
    """Idled plants dismantled and rebuilt abroad."""
    return smooth_minimum(wanted_transfer * transfer_idle_part, idled_capacity / closure_minimum_time)


@flow("亿元/yr/yr", "外转在产产能", "Transfer of running plants", over=BRANCH)
def transfer_of_running_plants(wanted_transfer, transfer_idle_part, conventional_capacity, closure_minimum_time):
    """Active conventional plants closed in Hebei in exchange for plants abroad."""
    return smooth_minimum(wanted_transfer * (1 - transfer_idle_part), conventional_capacity / closure_minimum_time)


@flow("亿元/yr/yr", "产能外转", "Transfer abroad", over=BRANCH)
def transfer_abroad(transfer_of_idle_plants, transfer_of_running_plants):
    """Total capacity transferred abroad."""
    return transfer_of_idle_plants + transfer_of_running_plants


@flow("亿元/yr/yr", "境外产能退役", "Retirement abroad", over=BRANCH)
def retirement_abroad(capacity_abroad, lifetime_abroad):
    """Plants abroad retired at the end of their life."""
    return capacity_abroad / lifetime_abroad


@auxiliary("亿元/yr", "境外投资", "Investment abroad")
def investment_abroad(transfer_abroad, capital_output_ratio, rebuilding_cost_share):
    """Investment in rebuilding plants abroad."""
    return total(transfer_abroad * capital_output_ratio * rebuilding_cost_share)


@auxiliary("亿元/yr", "装备出口需求", "Equipment ordered for plants abroad")
def equipment_export_demand(
    investment_abroad,
    equipment_part_of_investment,
    local_content,
    revenue_per_value,
    opening_up,
    export_drive,
    reference_opening,
    market_volume,
):
    """Value added of equipment ordered in Hebei for plants abroad, and of exports opened by international
    cooperation."""
    content = equipment_part_of_investment * local_content / element(revenue_per_value, BRANCH, "equipment")
    opened = export_drive * (opening_up - reference_opening) * element(market_volume, BRANCH, "equipment")
    return investment_abroad * content + opened


@auxiliary("亿元/yr", "境外利润汇回", "Profit sent home", over=BRANCH)
def profit_sent_home(capacity_abroad, revenue_per_value, margin_abroad, repatriation, utilisation_abroad):
    """Profit of plants abroad repatriated to firms of the province."""
    return capacity_abroad * utilisation_abroad * revenue_per_value * margin_abroad * repatriation
