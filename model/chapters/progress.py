"""Progress: annual figures of upgrading, green production, labour and money in addition to the main indicators."""

from model.axes import ACTOR, BRANCH, LEVER_AND_ALL
from model.engine import annual
from model.engine.ops import (
    accumulated,
    convert,
    element,
    exp,
    in_year,
    log,
    over_year,
    percent,
    previous_year,
    ratio,
    total,
)

# --- Innovation, quality and services -----------------------------------------------------------------


@annual("1", "质量竞争力指数", "Quality competitiveness index")
def quality_competitiveness_index(quality_index):
    """Official quality competitiveness index at the end of the year."""
    return quality_index


@annual("product", "名牌产品数", "Brand products")
def brand_products(brand_equity):
    """Products with an established brand, end of the year."""
    return brand_equity


@annual("%", "服务型制造企业占比", "Share of service-oriented firms")
def service_oriented_share(service_capability):
    """Share of above-scale firms that sell services with their products, end of the year."""
    return percent(service_capability)


@annual("%", "研发经费占营业收入比", "R&D over revenue")
def rd_to_revenue(research_total, revenue, industrial_part_of_research):
    """R&D expenditure of above-scale industry over its revenue."""
    return percent(ratio(research_total * industrial_part_of_research, total(revenue)))


@annual("person", "研发人员折合全时当量", "Research personnel (full-time equivalent)")
def research_personnel(research_talent):
    """Research personnel in full-time equivalents, end of the year."""
    return research_talent


@annual("centre", "创新平台数", "Innovation centres")
def innovation_centres(innovation_platforms):
    """Enterprise technology centres and other platforms, end of the year."""
    return innovation_platforms


@annual("%", "数字化研发设计工具普及率", "Penetration of digital design tools")
def design_tool_penetration(design_tools):
    """Share of above-scale firms that use digital design tools, end of the year."""
    return percent(design_tools)


@annual("firm", "科技型中小企业数", "Technology SMEs")
def tech_smes(seedling_firms, fledgling_firms, little_giants, listed_firms):
    """Technology firms at all stages, end of the year."""
    return seedling_firms + fledgling_firms + little_giants + listed_firms


@annual("firm", "科技小巨人企业数", "Little giants")
def little_giant_firms(little_giants):
    """Technology firms that lead their market niche, end of the year."""
    return little_giants


@annual("%", "集群和园区内工业占比", "Share of industry in clusters and parks")
def cluster_share_of_industry(cluster_share):
    """Share of industry located in clusters and parks."""
    return percent(cluster_share)


@annual("%", "增加值率比2015年变化", "Value-added rate against 2015")
def va_rate_change(value_added_real, output, time, base_year, value_added_rate_base):
    """Change of real value added per unit of volume since 2015 in percentage points, at the mean value-added rate of
    2015 implied by the model's revenue (a volume measure; price effects are excluded)."""
    content = ratio(total(value_added_real), total(output))
    return percent(ratio(content, in_year(content, time, base_year)) - 1) * value_added_rate_base


# --- Green production ---------------------------------------------------------------------------------


@annual("m^3/万元", "单位工业增加值用水量", "Water per industrial value added")
def water_per_industrial_va(water_intensity):
    """Fresh water per unit of real value added, end of the year."""
    return water_intensity


@annual("%", "单位工业增加值用水量比2015年变化", "Water per industrial value added against 2015")
def water_per_industrial_va_change_cumulative(water_per_industrial_va, time, base_year):
    """Change of fresh water per unit of industrial value added against 2015, the base year of the 13th five-year
    plan."""
    return percent(ratio(water_per_industrial_va, in_year(water_per_industrial_va, time, base_year)) - 1)


@annual("%", "工业固废综合利用率", "Solid-waste utilisation")
def solid_waste_utilisation(waste_utilisation):
    """Utilised share of slag, tailings and ash."""
    return percent(waste_utilisation)


@annual("Mt", "工业固废未利用量", "Solid waste not used")
def solid_waste_unused(solid_waste, waste_utilisation):
    """Solid waste sent to dumps and tailings ponds in the year."""
    return over_year(solid_waste * (1 - waste_utilisation))


@annual("Mt", "工业二氧化硫排放", "SO2 emissions of industry")
def so2_emissions_industry(so2_emissions):
    """SO2 emissions of the year."""
    return over_year(so2_emissions)


@annual("Mt", "工业氮氧化物排放", "NOx emissions of industry")
def nox_emissions_industry(nox_emissions):
    """Nitrogen oxide emissions of the year."""
    return over_year(nox_emissions)


@annual("Mt", "工业烟粉尘排放", "Soot and dust emissions of industry")
def soot_and_dust_emissions_industry(dust_emissions):
    """Soot and dust emissions of the year."""
    return over_year(dust_emissions)


@annual("%", "单位工业增加值二氧化碳比2015年变化", "CO2 per industrial value added against 2015")
def co2_per_industrial_va_change_cumulative(co2_emissions_industry, vai_above_scale_real, time, base_year):
    """Change of CO2 emissions per unit of industrial value added against 2015."""
    intensity = ratio(co2_emissions_industry, vai_above_scale_real)
    return percent(ratio(intensity, in_year(intensity, time, base_year)) - 1)


# --- Capacity, opening, projects ----------------------------------------------------------------------


@annual("Mt", "炼钢产能累计压减（2013年以来）", "Steelmaking capacity closed since 2013", belongs_to="steel")
def steel_capacity_cut(cumulative_closure, product_per_value, time, cut_base_year):
    """Steelmaking capacity closed by order since the end of 2012."""
    return over_year(element(_since(cumulative_closure, time, cut_base_year) * product_per_value, BRANCH, "steel"))


@annual("Mt", "水泥产能累计压减（2013年以来）", "Cement capacity closed since 2013", belongs_to="cement")
def cement_capacity_cut(cumulative_closure, product_per_value, time, cut_base_year):
    """Cement capacity closed by order since the end of 2012."""
    return over_year(element(_since(cumulative_closure, time, cut_base_year) * product_per_value, BRANCH, "cement"))


@annual(
    "M weight cases", "平板玻璃产能累计压减（2013年以来）", "Plate-glass capacity closed since 2013", belongs_to="glass"
)
def plate_glass_capacity_cut(cumulative_closure, product_per_value, time, cut_base_year):
    """Plate glass capacity closed by order since the end of 2012."""
    closed = element(_since(cumulative_closure, time, cut_base_year) * product_per_value, BRANCH, "glass")
    return convert(over_year(closed), "Mt", "M weight cases", 20.0)


def _since(cumulative, time, year):
    return cumulative - in_year(cumulative, time, year)


@annual("Mt", "外转钢铁产能", "Steel capacity moved abroad", belongs_to="steel")
def steel_capacity_moved_abroad(capacity_abroad, product_per_value):
    """Steel capacity relocated abroad, end of the year; acquisitions of plants abroad are excluded."""
    return over_year(element(capacity_abroad * product_per_value, BRANCH, "steel"))


@annual("亿元", "制造业实际利用外资", "Foreign investment in manufacturing")
def foreign_investment_actual(foreign_investment):
    """Foreign investment in manufacturing in the year."""
    return over_year(foreign_investment)


@annual("yr", "审批平均用时", "Approval delay")
def approval_delay(awaiting_approval, renovation_applications):
    """Pending projects over the rate of applications: the mean waiting time of an application."""
    return ratio(total(awaiting_approval), total(renovation_applications))


@annual("亿元/yr", "待审批技改项目（产能）", "Renovation projects awaiting approval (capacity)")
def projects_awaiting(awaiting_approval):
    """Capacity whose renovation awaits approval, end of the year."""
    return total(awaiting_approval)


# --- People and money ---------------------------------------------------------------------------------


@annual("person", "待再就业人员合计", "Displaced workers")
def displaced_workers_total(displaced_workers, in_retraining, retrained_workers):
    """Displaced workers, in retraining or not, and retrained workers without a job, end of the year."""
    return displaced_workers + in_retraining + retrained_workers


@annual("person", "当年完成转岗培训人数", "Workers retrained in the year")
def workers_retrained(retraining_completions):
    """Workers who completed retraining in the year."""
    return over_year(retraining_completions)


@annual("%", "劳动生产率五年平均增速", "Growth of labour productivity, mean of five years")
def value_added_per_worker_growth(value_added_per_worker, plan_years):
    """Mean annual growth of real value added per worker over the preceding five years."""
    five_before = value_added_per_worker
    for _ in range(5):
        five_before = previous_year(five_before)
    return percent(exp(log(ratio(value_added_per_worker, five_before)) / plan_years) - 1)


@annual("1", "财政资金名义杠杆", "Gross leverage of public money", over=LEVER_AND_ALL)
def gross_leverage(public_spending, private_spending):
    """Private money per yuan of public money since the start of the run, by lever and in total: an accounting ratio,
    not a multiplier. Cumulative, because firms continue to pay for what public money started."""
    return ratio(accumulated(over_year(private_spending)), accumulated(over_year(public_spending)))


@annual("亿元", "专项收支累计余额", "Programme balance")
def programme_balance(earmarked_tax, public_spending):
    """Earmarked tax less programme spending since the start of the run, end of the year; may be negative. Tax paid by
    industry limits programme spending (tax feedback)."""
    return accumulated(over_year(earmarked_tax - element(public_spending, LEVER_AND_ALL, "all")))


@annual("亿元", "专项累计支出", "Programme spending to date", over=LEVER_AND_ALL)
def programme_spending(public_spending):
    """Cumulative public spending on each lever since 2010, and the total, end of the year."""
    return accumulated(over_year(public_spending))


@annual("亿元", "企业负债合计", "Debt of firms")
def firm_debt(debt):
    """Debt of firms from investment and losses, end of the year."""
    return total(debt)


@annual("亿元/yr", "各主体现金余额", "Cash balance of actors", over=ACTOR)
def actor_balances(actor_balance):
    """Receipts less payments of each actor in the year; the balances sum to zero."""
    return actor_balance
