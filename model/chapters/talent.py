"""Talent: research personnel, their recruitment, and their outflow to Beijing and Tianjin."""

from model.engine import auxiliary, flow, stock
from model.engine.ops import exp, maximum, ratio, smooth_minimum

research_talent = stock(
    "person",
    "研发人员",
    "Research personnel",
    "Research personnel in full-time equivalents (106,975 in 2015, grade A).",
    initial="initial_research_talent",
    inflows=["talent_recruiting"],
    outflows=["talent_leaving"],
)


@auxiliary("亿元/person/yr", "人均研发支出", "Research spending per person")
def research_cost_per_person(base_research_cost, research_cost_growth, time, base_year):
    """Annual cost of a researcher including equipment, rising with wages (328 thousand yuan in 2015)."""
    return base_research_cost * exp(research_cost_growth * (time - base_year))


@auxiliary("person", "研发人员需求", "Research personnel needed")
def talent_needed(research_total, research_cost_per_person):
    """Research personnel that total R&D spending can employ."""
    return research_total / research_cost_per_person


@auxiliary("1", "人才专项饱和度", "Saturation of the talent programme")
def talent_saturation(talent, implementation_factor, talent_half_saturation):
    """Saturating effect of talent programme money: half of the maximum at the half-saturation value."""
    arriving = talent * implementation_factor
    return arriving / (arriving + talent_half_saturation)


@flow("person/yr", "人才招引", "Recruiting of research personnel")
def talent_recruiting(
    talent_needed,
    research_talent,
    talent_leaving,
    recruiting_time,
    recruiting_capacity,
    talent_saturation,
    talent_recruiting_gain,
    regional_collaboration,
    collaboration_recruiting_gain,
):
    """Recruitment towards the required number, limited by the supply of graduates and newcomers; the talent programme
    and collaboration with Beijing and Tianjin widen the supply."""
    wanted = maximum(talent_needed - research_talent, 0) / recruiting_time + talent_leaving
    wider = 1 + talent_recruiting_gain * talent_saturation + collaboration_recruiting_gain * regional_collaboration
    return smooth_minimum(wanted, research_talent * recruiting_capacity * wider)


@flow("person/yr", "人才流失", "Research personnel leaving")
def talent_leaving(research_talent, talent_loss_rate, talent_retention_gain, talent_saturation):
    """Research personnel who leave for Beijing, Tianjin or elsewhere; programme incentives retain some of them."""
    return research_talent * talent_loss_rate * (1 - talent_retention_gain * talent_saturation)


@auxiliary("1", "人才满足率", "Sufficiency of research personnel")
def talent_sufficiency(research_talent, talent_needed):
    """Research personnel relative to requirement, at most 1 (B-talent)."""
    return smooth_minimum(1, ratio(research_talent, talent_needed))


@auxiliary("person", "初始研发人员", "Initial research personnel")
def initial_research_talent(initial_research_total, base_research_cost, research_cost_growth, time, base_year):
    """Research personnel that the R&D spending of 2010 can employ."""
    return initial_research_total / (base_research_cost * exp(research_cost_growth * (time - base_year)))
