"""Intelligent manufacturing: its diffusion, its preconditions and the factors that slow it.

Plants convert once they are modern, driven by imitation or demonstration, provided that networks and skilled workers
are available and conversion pays. Diffusion is slow: the national rate of numerical control in key processes rose from
24.6 % (2012) to 55.3 % (2021).
"""

from model.axes import BRANCH
from model.engine import auxiliary, delay3, flow, stock
from model.engine.ops import maximum, power, ratio, smooth_minimum

digital_infrastructure = stock(
    "亿元",
    "数字基础设施",
    "Digital infrastructure",
    "Industrial networks, cloud platforms and data centres available to plants, at cost less depreciation.",
    initial="initial_digital_infrastructure",
    inflows=["infrastructure_investment"],
    outflows=["infrastructure_depreciation"],
)

skilled_workers = stock(
    "person",
    "数字技能人才",
    "Workers with digital skills",
    "Workers who can operate and maintain intelligent plants.",
    initial="initial_skilled_workers",
    inflows=["skill_training"],
    outflows=["skill_loss"],
    over=BRANCH,
)

cumulative_conversion = stock(
    "亿元/yr",
    "累计智能化改造",
    "Cumulative conversion",
    "Cumulative converted capacity; experience lowers the cost of further conversion.",
    initial="initial_intelligent_capacity",
    inflows=["smart_conversion_completions"],
    over=BRANCH,
)


@flow("亿元/yr", "数字基础设施投资", "Investment in digital infrastructure")
def infrastructure_investment(
    industrial_internet, public_share_of_infrastructure, budget_coverage, private_infrastructure_investment
):
    """Programme investment, whose public part the budget may not cover, and investment by telecom and cloud firms."""
    programme = industrial_internet * (1 - public_share_of_infrastructure * (1 - budget_coverage))
    return programme + private_infrastructure_investment


@flow("亿元/yr", "数字基础设施折旧", "Depreciation of digital infrastructure")
def infrastructure_depreciation(digital_infrastructure, infrastructure_lifetime):
    """Depreciation of digital infrastructure, which is short-lived."""
    return digital_infrastructure / infrastructure_lifetime


@auxiliary("1", "基础设施就绪度", "Readiness of infrastructure")
def infrastructure_readiness(digital_infrastructure, infrastructure_half_saturation):
    """Share of plants with access to a usable network: half at the half-saturation stock, approaching 1 as the stock
    grows."""
    return digital_infrastructure / (digital_infrastructure + infrastructure_half_saturation)


@auxiliary("person", "数字技能需求", "Digital skills needed", over=BRANCH)
def skills_needed(workforce, intelligent_share, capacity_in_conversion, active_capacity, skill_intensity):
    """Skilled workers required by converted capacity and capacity in conversion."""
    return workforce * (intelligent_share + ratio(capacity_in_conversion, active_capacity)) * skill_intensity


@flow("person/yr", "技能培训", "Skill training", over=BRANCH)
def skill_training(
    skills_needed,
    skilled_workers,
    skill_lead,
    skill_loss_rate,
    training_time,
    training_capacity,
    workforce,
    talent_saturation,
    talent_training_gain,
):
    """Training towards the required number with some lead, limited by the training capacity of schools and firms; the
    talent programme adds places."""
    missing = maximum(skills_needed * skill_lead - skilled_workers, 0) / training_time
    places = training_capacity * workforce * (1 + talent_training_gain * talent_saturation)
    return smooth_minimum(missing + skilled_workers * skill_loss_rate, places)


@flow("person/yr", "技能流失", "Skill loss", over=BRANCH)
def skill_loss(skilled_workers, skill_loss_rate):
    """Skilled workers who leave for Beijing or Tianjin or retire."""
    return skilled_workers * skill_loss_rate


@auxiliary("1", "技能就绪度", "Readiness of skills", over=BRANCH)
def skills_readiness(skilled_workers, skills_needed):
    """Skilled workers relative to requirement, at most 1 (B-skills: adoption outruns training)."""
    return smooth_minimum(1, ratio(skilled_workers, skills_needed))


mature_capacity = stock(
    "亿元/yr",
    "成熟智能化产能",
    "Mature intelligent capacity",
    "Intelligent capacity that yields what it can: staff, data and processes have been adapted to it.",
    initial="initial_intelligent_capacity",
    inflows=["maturing"],
    outflows=["mature_exit"],
    over=BRANCH,
)


@flow("亿元/yr/yr", "智能化产能成熟", "Maturing", over=BRANCH)
def maturing(intelligent_capacity, mature_capacity, skills_readiness, skill_complementarity, maturity_time):
    """Intelligent capacity that becomes mature, sooner where skilled workers are available: without them machines yield
    less than the pilots reported, where all posts were filled."""
    filled = 1 - skill_complementarity * (1 - skills_readiness)
    return maximum(intelligent_capacity - mature_capacity, 0) * filled / maturity_time


@flow("亿元/yr/yr", "成熟产能退出", "Exit of mature capacity", over=BRANCH)
def mature_exit(mature_capacity, intelligent_capacity, intelligent_retirement, smart_obsolescence):
    """Mature capacity that leaves with intelligent capacity, in proportion."""
    return ratio(mature_capacity, intelligent_capacity) * (intelligent_retirement + smart_obsolescence)


@flow("亿元/yr/yr", "智能化产能过时", "Obsolescence of intelligent capacity", over=BRANCH)
def smart_obsolescence(intelligent_capacity, smart_lifetime):
    """Intelligent capacity whose controls and networks are outdated; the plants stay modern and can convert again."""
    return intelligent_capacity / smart_lifetime


@auxiliary("1", "成熟智能化产能增量", "Gain in mature intelligent capacity", over=BRANCH)
def mature_intelligent_gain(mature_capacity, active_capacity, initial_intelligent_share):
    """Share of mature intelligent capacity beyond that of 2010."""
    return ratio(mature_capacity, active_capacity) - initial_intelligent_share


@auxiliary("1", "全国智能化增量", "National gain in intelligent capacity")
def national_intelligent_gain(national_intelligent_share, initial_national_intelligent_share):
    """Share of intelligent capacity in the country beyond that of 2010."""
    return national_intelligent_share - initial_national_intelligent_share


@auxiliary("1", "智能制造专项强度", "Programme intensity", over=BRANCH)
def programme_intensity(smart_manufacturing, active_capacity, implementation_factor):
    """Annual public programme money, after the implementation factor, relative to the value that capacity can
    produce."""
    return ratio(smart_manufacturing * implementation_factor, active_capacity)


@auxiliary("1", "专项饱和度", "Saturation of the programme", over=BRANCH)
def programme_saturation(programme_intensity, programme_half_saturation):
    """Saturating effect of programme money: half of the maximum at the half-saturation intensity (good projects are
    limited)."""
    return programme_intensity / (programme_intensity + programme_half_saturation)


@auxiliary("1", "智能化相对成本", "Relative cost of conversion", over=BRANCH)
def conversion_cost_ratio(
    cumulative_conversion, initial_intelligent_capacity, learning_exponent, subsidised_share, programme_saturation
):
    """Cost of conversion to the firm relative to 2010; experience (R-learning) and subsidy lower it."""
    experience = power(ratio(initial_intelligent_capacity, cumulative_conversion), learning_exponent)
    return experience * (1 - subsidised_share * programme_saturation)


@auxiliary("1", "回报效应", "Payback effect", over=BRANCH)
def payback_effect(conversion_cost_ratio, payback_elasticity):
    """Effect of conversion cost on adoption: lower cost shortens the payback time."""
    return power(1 / conversion_cost_ratio, payback_elasticity)


@auxiliary("1/yr", "采用率", "Adoption rate", over=BRANCH)
def adoption_rate(
    innovation_coefficient,
    imitation_coefficient,
    intelligent_share,
    demonstration_effect,
    programme_saturation,
    infrastructure_readiness,
    skills_readiness,
    payback_effect,
    funding_ratio,
):
    """Share of not yet converted plants that start conversion in a year: spontaneously, by imitation (R-imitation) or
    by demonstration, conditional on network, skills, payback and funding. Bass diffusion with conditions."""
    drive = innovation_coefficient + imitation_coefficient * intelligent_share
    drive = drive + demonstration_effect * programme_saturation
    return drive * infrastructure_readiness * skills_readiness * payback_effect * funding_ratio


@flow("亿元/yr/yr", "智能化改造开工", "Smart conversion starts", over=BRANCH)
def smart_conversion_starts(
    adoption_rate,
    active_capacity,
    intelligent_capacity,
    capacity_in_conversion,
    smart_ceiling,
    renovated_capacity,
    conversion_minimum_time,
):
    """Conversion of modern plants started: adoption rate times the capacity that can still convert (B-saturation)."""
    open_field = maximum(smart_ceiling * active_capacity - intelligent_capacity - capacity_in_conversion, 0)
    return smooth_minimum(adoption_rate * open_field, renovated_capacity / conversion_minimum_time)


smart_conversion_completions = delay3(
    "亿元/yr/yr",
    "智能化改造完工",
    "Smart conversion completions",
    "Converted capacity in full use; effects appear about three years after the start (panel evidence, grade A).",
    of="smart_conversion_starts",
    time="conversion_duration",
    initial="initial_conversion_rate",
    over=BRANCH,
)


@auxiliary("亿元/yr", "智能化改造中产能", "Capacity in conversion", over=BRANCH)
def capacity_in_conversion(
    smart_conversion_completions_stage_1, smart_conversion_completions_stage_2, smart_conversion_completions_stage_3
):
    """Capacity of plants under conversion, which continue to operate."""
    return (
        smart_conversion_completions_stage_1
        + smart_conversion_completions_stage_2
        + smart_conversion_completions_stage_3
    )


@auxiliary("亿元/yr", "智能化改造支出", "Spending on conversion", over=BRANCH)
def conversion_spending(smart_conversion_starts, capital_output_ratio, conversion_cost_share, conversion_cost_ratio):
    """Spending of firms on conversion, net of experience effects and subsidy."""
    return smart_conversion_starts * capital_output_ratio * conversion_cost_share * conversion_cost_ratio


design_tools = stock(
    "1",
    "数字化研发设计工具普及率（存量）",
    "Penetration of digital design tools (stock)",
    "Share of above-scale firms that use digital design tools. Nationally 48.8 % (2012), 74.7 % (2021), grade A/B; "
    "Hebei's initial value is an assumption.",
    initial="initial_design_tools",
    inflows=["design_tool_diffusion"],
)


@flow("1/yr", "设计工具扩散", "Diffusion of design tools")
def design_tool_diffusion(
    design_tools,
    design_tool_imitation,
    infrastructure_readiness,
    reference_readiness,
    platform_gain,
    innovation_support,
):
    """Diffusion by imitation (reinforcing) until all firms use the tools (B-saturation); faster with network readiness
    and innovation centres."""
    ready = infrastructure_readiness / reference_readiness
    return design_tool_imitation * ready * (1 + platform_gain * innovation_support) * design_tools * (1 - design_tools)
