"""Emerging industries: new capital raises the share of emerging products, subject to knowledge, talent and finance.

The emerging share of each branch's capital is a co-flow: capital that is built or renovated has a higher emerging share
than the capital it replaces. The difference depends on support, knowledge, foreign partners and young firms; talent and
finance limit it. Young technology firms pass through an ageing chain from seedling to listed firm.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import power, ratio, smooth_minimum, total

emerging_share = stock(
    "1",
    "新兴产业资本占比",
    "Emerging share of capital",
    "Share of the branch's capital that produces goods of the strategic emerging industries.",
    initial="initial_emerging_share",
    inflows=["emerging_renewal"],
    over=BRANCH,
)

seedling_firms = stock(
    "firm",
    "苗圃企业",
    "Seedling firms",
    "Technology firms in their first years.",
    initial="initial_seedlings",
    inflows=["seedling_births"],
    outflows=["seedling_deaths", "seedling_promotion"],
)

fledgling_firms = stock(
    "firm",
    "雏鹰企业",
    "Fledgling firms",
    "Technology firms with a product on the market.",
    initial="initial_fledglings",
    inflows=["seedling_promotion"],
    outflows=["fledgling_deaths", "fledgling_promotion"],
)

little_giants = stock(
    "firm",
    "科技小巨人",
    "Little giants",
    "Technology firms that lead their market niche (1,655 in 2016, grade A).",
    initial="initial_little_giants",
    inflows=["fledgling_promotion"],
    outflows=["giant_deaths", "giant_listing"],
)

listed_firms = stock(
    "firm",
    "挂牌上市科技企业",
    "Listed technology firms",
    "Technology firms listed on the New Third Board or a stock exchange.",
    initial="initial_listed_firms",
    inflows=["giant_listing"],
    outflows=["listed_exit"],
)


@auxiliary("1/yr", "资本更新率", "Renewal of capital", over=BRANCH)
def capital_renewal(completions, renovation_successes, smart_conversion_completions, active_capacity):
    """Share of capital that is newly built, renovated or converted in a year."""
    return ratio(completions + renovation_successes + smart_conversion_completions, active_capacity)


@flow("1/yr", "新兴产业资本更新", "Emerging renewal", over=BRANCH)
def emerging_renewal(capital_renewal, emerging_share_of_new_capital, emerging_share):
    """Change of the emerging share: renewed capital enters at its own emerging share, so the mean follows at the rate
    of capital renewal."""
    return capital_renewal * (emerging_share_of_new_capital - emerging_share)


@auxiliary("1", "新兴产业扶持饱和度", "Saturation of emerging-industry support", over=BRANCH)
def emerging_support_saturation(
    emerging_industry_support, implementation_factor, value_added_nominal, support_half_saturation
):
    """Saturating effect of support money relative to value added: half of the maximum at the half-saturation value,
    because good projects are limited."""
    intensity = ratio(emerging_industry_support * implementation_factor, value_added_nominal)
    return intensity / (intensity + support_half_saturation)


@auxiliary("1", "青年企业带动", "Pull of young firms")
def young_firm_pull(little_giants, listed_firms, initial_little_giants, initial_listed_firms, young_firm_elasticity):
    """Effect of the number of little giants and listed technology firms relative to 2010; they bring their own products
    into the branches."""
    return power((little_giants + listed_firms) / (initial_little_giants + initial_listed_firms), young_firm_elasticity)


@auxiliary("1", "新增资本新兴占比", "Emerging share of new capital", over=BRANCH)
def emerging_share_of_new_capital(
    base_emerging_share_of_new_capital,
    emerging_support_saturation,
    support_gain,
    foreign_pull,
    young_firm_pull,
    relative_knowledge,
    knowledge_pull_elasticity,
    talent_sufficiency,
    finance_access,
    reference_finance_access,
    finance_weight,
    collaboration_pull,
):
    """Emerging share of capital that is built or renovated: the base share, raised by support, foreign partners, young
    firms, knowledge and projects from Beijing and Tianjin, and limited by talent and access to finance. All factors act
    on the odds, so that the share stays below 1."""
    pull = (1 + support_gain * emerging_support_saturation) * foreign_pull * young_firm_pull * collaboration_pull
    able = power(relative_knowledge, knowledge_pull_elasticity) * talent_sufficiency
    paid = 1 + finance_weight * (finance_access / reference_finance_access - 1)
    favour = base_emerging_share_of_new_capital * pull * able * paid
    return favour / (1 - base_emerging_share_of_new_capital + favour)


@auxiliary("1", "京津项目转移带动", "Pull of projects from Beijing and Tianjin")
def collaboration_pull(regional_collaboration, reference_collaboration, project_transfer_gain):
    """Effect of projects relocated from Beijing and Tianjin, which are more often in emerging industries than local
    projects."""
    return 1 + project_transfer_gain * (regional_collaboration - reference_collaboration)


@auxiliary("1", "新兴产业增加值占比", "Emerging share of value added")
def emerging_value_added_share(value_added_nominal, emerging_share):
    """Share of strategic emerging industries in nominal value added (a cross-classification; not additive with
    sectors)."""
    return ratio(total(value_added_nominal * emerging_share), total(value_added_nominal))


@auxiliary("1", "高技术产业增加值占比", "High-tech share of value added")
def hightech_value_added_share(value_added_nominal, emerging_share, hightech_part_of_emerging):
    """Share of high-tech industry in nominal value added (provincial definition, including new materials and
    equipment)."""
    return ratio(total(value_added_nominal * emerging_share * hightech_part_of_emerging), total(value_added_nominal))


# --- Young technology firms -------------------------------------------------------------------------


@flow("firm/yr", "苗圃企业设立", "Births of technology firms")
def seedling_births(
    sme_support,
    implementation_factor,
    births_per_money,
    spontaneous_births,
    approval_practice,
    entry_ease,
    reference_approval_practice,
):
    """Technology firms founded spontaneously and with incubators and start-up funds; easier market entry (negative
    list) raises the number."""
    easier = 1 + entry_ease * (approval_practice - reference_approval_practice)
    return (spontaneous_births + sme_support * implementation_factor * births_per_money) * easier


@flow("firm/yr", "苗圃企业退出", "Deaths of seedlings")
def seedling_deaths(seedling_firms, seedling_death_rate):
    """Seedling firms that fail."""
    return seedling_firms * seedling_death_rate


@flow("firm/yr", "苗圃企业成长为雏鹰", "Promotion of seedlings")
def seedling_promotion(seedling_firms, seedling_time):
    """Seedling firms that bring a product to market."""
    return seedling_firms / seedling_time


@flow("firm/yr", "雏鹰企业退出", "Deaths of fledglings")
def fledgling_deaths(fledgling_firms, fledgling_death_rate):
    """Fledgling firms that close or are acquired."""
    return fledgling_firms * fledgling_death_rate


@flow("firm/yr", "雏鹰成长为小巨人", "Promotion of fledglings")
def fledgling_promotion(fledgling_firms, fledgling_time, finance_access, reference_finance_access):
    """Fledgling firms that grow into little giants; faster where finance is accessible."""
    return fledgling_firms / fledgling_time * smooth_minimum(finance_access / reference_finance_access, 2)


@flow("firm/yr", "小巨人退出", "Exit of little giants")
def giant_deaths(little_giants, giant_death_rate):
    """Little giants that fail or leave the province."""
    return little_giants * giant_death_rate


@flow("firm/yr", "小巨人挂牌上市", "Listing of little giants")
def giant_listing(little_giants, listing_time, finance_access, reference_finance_access):
    """Little giants that list on the capital market; faster where finance is accessible."""
    return little_giants / listing_time * smooth_minimum(finance_access / reference_finance_access, 2)


@flow("firm/yr", "挂牌企业退出", "Exit of listed firms")
def listed_exit(listed_firms, giant_death_rate):
    """Listed technology firms that are delisted or taken over."""
    return listed_firms * giant_death_rate
