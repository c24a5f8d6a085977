"""Innovation: R&D spending becomes knowledge after a delay, knowledge becomes obsolete, and competitiveness depends on
knowledge relative to competitors elsewhere.

The conversion of R&D into knowledge takes time (gestation) and needs research personnel; innovation centres and
platforms raise its yield. Beijing and Tianjin have more knowledge, and part of it spills over to the extent that
collaboration and absorptive capacity allow.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import maximum, power, ratio, total

research_in_progress = stock(
    "亿元",
    "在研投入",
    "Research in progress",
    "R&D spending whose results are not yet usable.",
    initial="initial_research_in_progress",
    inflows=["research_spending"],
    outflows=["research_completed"],
    over=BRANCH,
)

knowledge = stock(
    "亿元",
    "知识存量",
    "Knowledge",
    "Usable R&D results valued at cost, less obsolescence.",
    initial="initial_knowledge",
    inflows=["knowledge_gain", "knowledge_spillover", "foreign_knowledge"],
    outflows=["knowledge_obsolescence"],
    over=BRANCH,
)

national_knowledge = stock(
    "亿元",
    "全国知识存量",
    "National knowledge",
    "Knowledge stock of the whole country, from its R&D spending (an exogenous driver, grade A).",
    initial="initial_national_knowledge",
    inflows=["national_research"],
    outflows=["national_obsolescence"],
)

innovation_platforms = stock(
    "centre",
    "创新平台",
    "Innovation centres and platforms",
    "Enterprise technology centres, innovation centres and public platforms (345 in 2012, 790 in 2021, grade A).",
    initial="initial_innovation_platforms",
    inflows=["platform_building"],
    outflows=["platform_decay"],
)

rd_intensity = smooth(
    "1",
    "企业研发强度",
    "Research intensity of firms",
    "R&D spending of firms relative to industrial value added.",
    of="indicated_rd_intensity",
    time="research_adjustment_time",
    initial="initial_rd_intensity",
)


@auxiliary("1", "目标研发强度", "Indicated research intensity")
def indicated_rd_intensity(base_rd_intensity, rd_intensity_slope, emerging_value_added_share):
    """R&D intensity that corresponds to the emerging share: emerging products need research, so intensity rises with
    their share (R-knowledge). Never negative."""
    return maximum(base_rd_intensity + rd_intensity_slope * emerging_value_added_share, 0)


@auxiliary("亿元/yr", "财政研发投入", "Public research")
def public_research(rd_and_innovation, implementation_factor):
    """Public R&D funds that are actually delivered."""
    return rd_and_innovation * implementation_factor


@auxiliary("亿元/yr", "研发支出合计", "Research spending of the province")
def research_total(rd_intensity, value_added_nominal, public_research, research_additionality):
    """R&D spending of firms, public R&D, and the private R&D induced by it."""
    return rd_intensity * total(value_added_nominal) + public_research * (1 + research_additionality)


@auxiliary("1", "行业研发份额", "Branch shares of research", over=BRANCH)
def research_share(value_added_nominal, research_weight):
    """Share of each branch in R&D spending: value added weighted by the research intensity of the branch."""
    weighted = value_added_nominal * research_weight
    return ratio(weighted, total(weighted))


@flow("亿元/yr", "行业研发支出", "Research spending by branch", over=BRANCH)
def research_spending(research_total, research_share):
    """R&D spending of each branch."""
    return research_total * research_share


@flow("亿元/yr", "研发完成", "Research completed", over=BRANCH)
def research_completed(research_in_progress, research_gestation):
    """R&D whose results become usable, after the gestation time."""
    return research_in_progress / research_gestation


@auxiliary("1", "创新平台作用", "Support by innovation centres")
def innovation_support(innovation_platforms, platform_half_saturation, initial_innovation_platforms):
    """Effect of innovation centres relative to 2010; each additional centre adds less."""
    now = innovation_platforms / (innovation_platforms + platform_half_saturation)
    return now - initial_innovation_platforms / (initial_innovation_platforms + platform_half_saturation)


@flow("亿元/yr", "知识增量", "Knowledge gained", over=BRANCH)
def knowledge_gain(
    research_completed, talent_sufficiency, innovation_support, platform_gain, talent_saturation, talent_quality_gain
):
    """Knowledge from completed R&D: lower where research personnel is short, higher with innovation centres and with
    the leading scientists whom the talent programme attracts."""
    people = talent_sufficiency * (1 + talent_quality_gain * talent_saturation)
    return research_completed * people * (1 + platform_gain * innovation_support)


@flow("亿元/yr", "知识老化", "Knowledge becoming obsolete", over=BRANCH)
def knowledge_obsolescence(knowledge, knowledge_depreciation):
    """Knowledge that becomes obsolete: pharmaceuticals 20 %, equipment 25-31 % a year (grade A)."""
    return knowledge * knowledge_depreciation


@flow("亿元/yr", "京津知识溢出", "Knowledge spillover from Beijing and Tianjin", over=BRANCH)
def knowledge_spillover(
    regional_collaboration,
    spillover_rate,
    national_knowledge,
    beijing_tianjin_share,
    knowledge,
    talent_sufficiency,
    research_share,
):
    """Spillover of the knowledge that Beijing and Tianjin have in excess of Hebei, by collaboration and absorptive
    capacity. Shrinks as the gap closes (B-catch-up)."""
    gap = maximum(beijing_tianjin_share * national_knowledge - total(knowledge), 0)
    return spillover_rate * regional_collaboration * talent_sufficiency * gap * research_share


@flow("亿元/yr", "全国研发支出", "National research")
def national_research(national_rd_expenditure):
    """R&D spending of the country, an exogenous driver."""
    return national_rd_expenditure


@flow("亿元/yr", "全国知识老化", "National knowledge becoming obsolete")
def national_obsolescence(national_knowledge, mean_knowledge_depreciation):
    """National knowledge that becomes obsolete, at the mean rate."""
    return national_knowledge * mean_knowledge_depreciation


@flow("centre/yr", "新建创新平台", "Building of innovation centres")
def platform_building(public_research, platform_cost, platform_share_of_research, spontaneous_platforms):
    """Innovation centres set up by firms on their own and centres funded from part of public R&D."""
    return spontaneous_platforms + public_research * platform_share_of_research / platform_cost


@flow("centre/yr", "创新平台失效", "Decay of innovation centres")
def platform_decay(innovation_platforms, platform_lifetime):
    """Centres that lose accreditation or are closed."""
    return innovation_platforms / platform_lifetime


@auxiliary("1", "相对知识水平", "Relative knowledge", over=BRANCH)
def relative_knowledge(knowledge, initial_knowledge, national_knowledge, initial_national_knowledge):
    """Knowledge of the branch relative to the country, 1 in 2010; competitors accumulate knowledge too."""
    return ratio(knowledge, initial_knowledge) * initial_national_knowledge / national_knowledge


@auxiliary("1", "相对能力", "Relative capability", over=BRANCH)
def relative_capability(
    relative_knowledge,
    knowledge_elasticity,
    relative_quality,
    quality_elasticity,
    brand_effect,
    cluster_share,
    initial_cluster_share,
    agglomeration_gain,
):
    """Capability of firms relative to competitors elsewhere, 1 in 2010: knowledge, quality, brands, and the
    agglomeration advantages of clusters."""
    together = 1 + agglomeration_gain * (cluster_share - initial_cluster_share)
    skill = power(relative_knowledge, knowledge_elasticity) * power(relative_quality, quality_elasticity)
    return skill * brand_effect * together


# --- Start ------------------------------------------------------------------------------------------


@auxiliary("亿元/yr", "初始行业研发支出", "Initial research by branch", over=BRANCH)
def initial_research(initial_output, research_weight, initial_research_total):
    """R&D spending of 2010, allocated to branches by value added and research intensity."""
    weighted = initial_output * research_weight
    return initial_research_total * ratio(weighted, total(weighted))


@auxiliary("亿元", "初始在研投入", "Initial research in progress", over=BRANCH)
def initial_research_in_progress(initial_research, research_gestation, research_growth_before):
    """R&D in the gestation stage at the start, assuming steady growth of R&D before 2010."""
    return initial_research / (1 / research_gestation + research_growth_before)


@auxiliary("亿元", "初始知识存量", "Initial knowledge", over=BRANCH)
def initial_knowledge(initial_research_in_progress, research_gestation, knowledge_depreciation, research_growth_before):
    """Knowledge at the start, assuming steady growth of R&D before 2010."""
    return initial_research_in_progress / research_gestation / (knowledge_depreciation + research_growth_before)


@auxiliary("亿元", "全国初始知识存量", "Initial national knowledge")
def initial_national_knowledge(initial_national_research, mean_knowledge_depreciation, research_growth_before):
    """National knowledge at the start, assuming steady growth of R&D before 2010."""
    return initial_national_research / (mean_knowledge_depreciation + research_growth_before)
