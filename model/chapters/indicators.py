"""Indicators: annual figures, named and measured like the official statistical series."""

from model.axes import BRANCH, LEVER_AND_ALL, SECTOR, SECTOR_AND_ALL, by_sector, by_sector_and_all
from model.engine import annual
from model.engine.ops import convert, element, in_year, over_year, percent, previous_year, ratio, total

# --- Output and capacity -------------------------------------------------------------------------


@annual("Mt", "粗钢产量", "Crude steel output", belongs_to="steel")
def crude_steel_output(steel_output):
    """Recorded crude steel output of the year."""
    return over_year(steel_output)


@annual("Mt", "水泥产量", "Cement output", belongs_to="cement")
def cement_output(physical_output):
    """Cement output of the year."""
    return over_year(element(physical_output, BRANCH, "cement"))


@annual("M weight cases", "平板玻璃产量", "Plate glass output", belongs_to="glass")
def plate_glass_output(physical_output):
    """Plate glass output of the year; one weight case is 50 kg."""
    return convert(over_year(element(physical_output, BRANCH, "glass")), "Mt", "M weight cases", 20.0)


@annual("Mt", "炼钢产能", "Steelmaking capacity", belongs_to="steel")
def steelmaking_capacity(book_capacity, product_per_value):
    """Book capacity at the end of the year: capacity on the official list, active or idled."""
    return over_year(element(book_capacity * product_per_value, BRANCH, "steel"))


@annual("Mt", "水泥产能", "Cement capacity", belongs_to="cement")
def cement_capacity(book_capacity, product_per_value):
    """Book capacity of cement at the end of the year."""
    return over_year(element(book_capacity * product_per_value, BRANCH, "cement"))


@annual("M weight cases", "平板玻璃产能", "Plate glass capacity", belongs_to="glass")
def plate_glass_capacity(book_capacity, product_per_value):
    """Book capacity of plate glass at the end of the year."""
    return convert(over_year(element(book_capacity * product_per_value, BRANCH, "glass")), "Mt", "M weight cases", 20.0)


@annual("%", "炼钢产能利用率（按账面产能）", "Utilisation of book capacity in steel", belongs_to="steel")
def steel_capacity_utilisation(crude_steel_output, steelmaking_capacity):
    """Output over book capacity. May exceed 100 %, because book capacity is not a physical limit (113 % in 2019)."""
    return percent(ratio(crude_steel_output, steelmaking_capacity))


@annual("1", "钢材价格指数", "Steel price index", belongs_to="steel")
def steel_price_index(price_index):
    """Steel price, 2015 = 1."""
    return element(price_index, BRANCH, "steel")


# --- Value added and shares ----------------------------------------------------------------------


@annual("亿元", "行业增加值（现价）", "Value added by sector, nominal", over=SECTOR)
def sector_va_nominal(value_added_nominal):
    """Nominal value added of the year by sector."""
    return over_year(by_sector(value_added_nominal))


@annual("亿元", "行业增加值（2015年价）", "Value added by sector, 2015 prices", over=SECTOR)
def sector_va_real(value_added_real):
    """Real value added of the year by sector, at 2015 prices."""
    return over_year(by_sector(value_added_real))


@annual("亿元", "行业营业利润", "Operating profit by sector", over=SECTOR)
def sector_operating_profit(profit):
    """Operating profit of the year by sector, at current prices."""
    return over_year(by_sector(profit))


@annual("%", "行业增加值增速", "Growth of value added by sector", over=SECTOR)
def sector_va_growth(sector_va_real):
    """Real growth of sector value added against the previous year."""
    return percent(ratio(sector_va_real, previous_year(sector_va_real)) - 1)


@annual("亿元", "规模以上工业增加值（现价）", "Above-scale industrial value added, nominal")
def vai_above_scale_nominal(sector_va_nominal):
    """Nominal value added of all above-scale industry in the year."""
    return total(sector_va_nominal)


@annual("亿元", "规模以上工业增加值（2015年价）", "Above-scale industrial value added, 2015 prices")
def vai_above_scale_real(sector_va_real):
    """Real value added of all above-scale industry in the year, at 2015 prices."""
    return total(sector_va_real)


@annual("%", "规模以上工业增加值增速", "Growth of above-scale industrial value added")
def vai_above_scale_growth(vai_above_scale_real):
    """Real growth of above-scale industrial value added against the previous year."""
    return percent(ratio(vai_above_scale_real, previous_year(vai_above_scale_real)) - 1)


@annual("%", "行业增加值占比", "Share in above-scale value added", over=SECTOR)
def sector_va_share(sector_va_nominal, vai_above_scale_nominal):
    """Share of each sector in nominal above-scale industrial value added, as officially reported."""
    return percent(ratio(sector_va_nominal, vai_above_scale_nominal))


@annual("%", "装备制造与钢铁占比之差", "Equipment minus steel share")
def equipment_minus_steel_share(sector_va_share):
    """Share of equipment manufacturing less share of steel; positive when equipment is ahead (target of the provincial
    opinion: largest leading industry by 2020)."""
    return element(sector_va_share, SECTOR, "equipment") - element(sector_va_share, SECTOR, "steel")


@annual("%", "六大高耗能行业占比", "Share of six energy-intensive industries")
def six_energy_intensive_share(value_added_nominal, energy_intensive_part, vai_above_scale_nominal):
    """Share of the six energy-intensive industries in nominal value added; parts of branches are assigned by an assumed
    key."""
    return percent(ratio(over_year(total(value_added_nominal * energy_intensive_part)), vai_above_scale_nominal))


@annual("%", "战略性新兴产业占比", "Share of strategic emerging industries")
def sei_share(emerging_value_added_share):
    """Share of strategic emerging industries in nominal value added. A cross-classification, not additive with
    sectors."""
    return percent(emerging_value_added_share)


@annual("%", "高新技术产业占比", "High-tech share")
def hightech_share(hightech_value_added_share):
    """Share of high-tech industry in nominal value added."""
    return percent(hightech_value_added_share)


# --- Energy and emissions ------------------------------------------------------------------------


@annual("Mtce", "工业综合能源消费量", "Industrial energy use", over=SECTOR_AND_ALL)
def energy_consumption_industry(energy_use):
    """Comprehensive energy consumption of the year, by sector and in total."""
    return over_year(by_sector_and_all(energy_use))


@annual("Mtce", "全省能源消费总量", "Total energy use of the province")
def energy_consumption_total(energy_use, other_energy_use):
    """Energy consumption of industry and of the rest of the province; the latter is an exogenous driver."""
    return over_year(total(energy_use) + other_energy_use)


@annual("tce/万元", "单位规上工业增加值能耗", "Energy per above-scale value added")
def energy_per_above_scale_industrial_va(energy_use, vai_above_scale_real):
    """Industrial energy consumption per unit of real value added, at 2015 prices."""
    return convert(ratio(over_year(total(energy_use)), vai_above_scale_real), "Mtce/亿元", "tce/万元", 100.0)


@annual("%", "单位规上工业增加值能耗变化", "Change of energy per above-scale value added")
def energy_per_above_scale_industrial_va_change(energy_per_above_scale_industrial_va):
    """Change of energy per unit of above-scale industrial value added against the previous year."""
    before = previous_year(energy_per_above_scale_industrial_va)
    return percent(ratio(energy_per_above_scale_industrial_va, before) - 1)


@annual("%", "单位规上工业增加值能耗比2015年变化", "Energy per above-scale value added against 2015")
def energy_per_above_scale_industrial_va_change_cumulative(energy_per_above_scale_industrial_va, time, base_year):
    """Change of energy per unit of above-scale industrial value added against 2015, the base year of the 13th five-year
    plan."""
    base = in_year(energy_per_above_scale_industrial_va, time, base_year)
    return percent(ratio(energy_per_above_scale_industrial_va, base) - 1)


@annual("kgce/t", "吨钢综合能耗", "Energy per tonne of steel", belongs_to="steel")
def steel_specific_energy_consumption(steel_energy_per_tonne):
    """Net energy per tonne of recorded crude steel."""
    return steel_energy_per_tonne


@annual("%", "煤炭占比", "Coal share of industrial energy")
def industrial_coal_share(coal_share, energy_use):
    """Share of coal and coke in industrial energy consumption."""
    return percent(ratio(total(coal_share * energy_use), total(energy_use)))


@annual("Mt CO2", "工业二氧化碳排放", "CO2 emissions of industry")
def co2_emissions_industry(co2_emissions):
    """CO2 emissions of the year from energy and industrial processes."""
    return over_year(total(co2_emissions))


@annual("%", "能源管理中心覆盖率", "Coverage of energy-management centres")
def energy_management_centre_coverage(energy_management_coverage, energy_use):
    """Share of energy consumption covered by energy-management centres."""
    return percent(ratio(total(energy_management_coverage * energy_use), total(energy_use)))


# --- Intelligent manufacturing, research, people, money ------------------------------------------


@annual("%", "智能制造采用率", "Adoption of intelligent manufacturing", over=SECTOR_AND_ALL)
def smart_adoption(intelligent_capacity, active_capacity):
    """Share of capacity whose key processes are numerically controlled, by sector and in total."""
    return percent(ratio(by_sector_and_all(intelligent_capacity), by_sector_and_all(active_capacity)))


@annual("亿元", "研发经费", "R&D expenditure")
def rd_expenditure(research_total):
    """R&D expenditure of the province in the year."""
    return over_year(research_total)


@annual("person", "从业人员", "Employment", over=SECTOR)
def employment(workforce):
    """Employment in above-scale firms at the end of the year, by sector."""
    return by_sector(workforce)


@annual("万元/person", "全员劳动生产率", "Value added per worker")
def value_added_per_worker(vai_above_scale_real, workforce):
    """Real value added per worker and year."""
    return convert(ratio(vai_above_scale_real, total(workforce)), "亿元/person", "万元/person", 10_000.0)


@annual("亿元/yr", "财政支出", "Public cost", over=LEVER_AND_ALL)
def public_cost(public_spending):
    """Public spending on each lever, and the total."""
    return public_spending


@annual("亿元/yr", "企业支出", "Private cost", over=LEVER_AND_ALL)
def private_cost(private_spending):
    """Spending and losses of firms on each lever, and the total."""
    return private_spending


@annual("亿元/yr", "工业税收", "Tax from industry")
def tax_revenue(tax):
    """Turnover and income tax of all branches."""
    return tax
