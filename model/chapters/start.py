"""The start of 2010: how the initial stocks follow from a few observed or assumed quantities."""

from model.axes import BRANCH
from model.engine import auxiliary
from model.engine.ops import element, power, ratio, stack


@auxiliary("亿元/yr", "初始在产产能", "Initial active capacity", over=BRANCH)
def initial_active_capacity(initial_output, initial_utilisation):
    """Active capacity at the start, from output and utilisation."""
    return initial_output / initial_utilisation


@auxiliary("亿元/yr", "初始账面产能闲置部分", "Initial idled capacity", over=BRANCH)
def initial_idled_capacity(initial_active_capacity, initial_idle_ratio):
    """Idle capacity in the books at the start. Steel: 320 Mt on the list of 2011 (grade A), about 210 running."""
    return initial_active_capacity * initial_idle_ratio


@auxiliary("亿元/yr/yr", "初始技改速率", "Initial renovation rate", over=BRANCH)
def initial_renovation_rate(initial_active_capacity, initial_renovation_fraction):
    """Capacity entering and leaving renovation per year at the start."""
    return initial_active_capacity * initial_renovation_fraction


@auxiliary("亿元/yr/yr", "初始智能化改造速率", "Initial conversion rate", over=BRANCH)
def initial_conversion_rate(initial_active_capacity, initial_conversion_fraction):
    """Capacity entering and leaving smart conversion per year at the start."""
    return initial_active_capacity * initial_conversion_fraction


@auxiliary("亿元/yr/yr", "初始建设速率", "Initial construction rate", over=BRANCH)
def initial_construction_rate(initial_active_capacity, initial_construction_fraction):
    """Capacity started and completed per year at the start."""
    return initial_active_capacity * initial_construction_fraction


@auxiliary("亿元/yr", "初始改造后产能", "Initial renovated capacity", over=BRANCH)
def initial_renovated_capacity(
    initial_active_capacity, initial_renovated_share, initial_conversion_rate, conversion_duration
):
    """Renovated capacity at the start, without what is just being converted."""
    return initial_active_capacity * initial_renovated_share - initial_conversion_rate * conversion_duration


@auxiliary("亿元/yr", "初始智能化产能", "Initial intelligent capacity", over=BRANCH)
def initial_intelligent_capacity(initial_active_capacity, initial_intelligent_share):
    """Intelligent capacity at the start."""
    return initial_active_capacity * initial_intelligent_share


@auxiliary("亿元/yr", "初始常规产能", "Initial conventional capacity", over=BRANCH)
def initial_conventional_capacity(
    initial_active_capacity,
    initial_renovated_share,
    initial_intelligent_share,
    initial_renovation_rate,
    renovation_duration,
):
    """The rest of active capacity, without what is just being renovated."""
    older = 1 - initial_renovated_share - initial_intelligent_share
    return initial_active_capacity * older - initial_renovation_rate * renovation_duration


@auxiliary("亿元", "初始产能总龄", "Initial capacity times age", over=BRANCH)
def initial_capacity_age(initial_active_capacity, initial_mean_age):
    """Sum of ages at the start."""
    return initial_active_capacity * initial_mean_age


@auxiliary("亿元/yr", "初始置换指标", "Initial swap quota", over=BRANCH)
def initial_swap_quota(initial_active_capacity, initial_quota_ratio):
    """Closed capacity that could already be swapped at the start."""
    return initial_active_capacity * initial_quota_ratio


@auxiliary("Mtce/亿元", "初始单耗", "Initial requirement per unit", over=BRANCH)
def initial_requirement(initial_energy_use, initial_output):
    """Energy per unit of volume at the start, from energy use and output (mean over plants)."""
    return initial_energy_use / initial_output


@auxiliary("Mtce/亿元", "初始先进水平单耗", "Initial best available requirement", over=BRANCH)
def initial_best_available(initial_requirement, initial_best_available_ratio):
    """Best available plant at the start in relation to the mean plant."""
    return initial_requirement * initial_best_available_ratio


@auxiliary("Mtce/亿元", "单耗下限", "Energy floor", over=BRANCH)
def energy_floor(initial_requirement, energy_floor_ratio):
    """Requirement below which physics or process does not let the branch go."""
    return initial_requirement * energy_floor_ratio


@auxiliary("Mtce/亿元", "初始节能空间", "Initial saving potential", over=BRANCH)
def initial_gap(initial_requirement, initial_best_available):
    """Distance of the mean plant from the best at the start."""
    return initial_requirement - initial_best_available


@auxiliary("Mtce/亿元", "初始先进产能单耗", "Initial requirement of modern plants", over=BRANCH)
def initial_modern_intensity(initial_best_available, initial_gap, initial_modern_gap_share):
    """Modern plants at the start lie above the best available by part of the gap of the mean plant."""
    return initial_best_available + initial_modern_gap_share * initial_gap


@auxiliary("Mtce/yr", "初始先进产能能耗", "Initial requirement of modern capacity", over=BRANCH)
def initial_modern_requirement(
    initial_modern_intensity, initial_active_capacity, initial_renovated_share, initial_intelligent_share
):
    """Energy requirement of renovated and intelligent capacity at the start."""
    return initial_modern_intensity * initial_active_capacity * (initial_renovated_share + initial_intelligent_share)


@auxiliary("Mtce/yr", "初始常规产能能耗", "Initial requirement of conventional capacity", over=BRANCH)
def initial_conventional_requirement(initial_requirement, initial_active_capacity, initial_modern_requirement):
    """The rest, so that the mean over all plants is the initial requirement."""
    return initial_requirement * initial_active_capacity - initial_modern_requirement


@auxiliary("Mtce/yr", "初始闲置产能能耗", "Initial requirement of idled capacity", over=BRANCH)
def initial_idled_requirement(
    initial_idled_capacity, initial_conventional_requirement, initial_active_capacity, initial_renovated_share,
    initial_intelligent_share,
):  # fmt: skip
    """Idle plants at the start are as good or bad as conventional ones."""
    older = initial_active_capacity * (1 - initial_renovated_share - initial_intelligent_share)
    return initial_idled_capacity * ratio(initial_conventional_requirement, older)


@auxiliary("1", "初始相对价格", "Initial relative price", over=BRANCH)
def initial_relative_price(
    initial_utilisation, initial_national_steel_utilisation, reference_utilisation, price_elasticity_to_utilisation
):
    """Price over cost that goes with utilisation at the start."""
    steel = initial_national_steel_utilisation - element(initial_utilisation, BRANCH, "steel")
    tight = initial_utilisation + stack(BRANCH, steel=steel)
    return power(tight / reference_utilisation, price_elasticity_to_utilisation)


@auxiliary("1", "初始预期毛利率", "Initial expected margin", over=BRANCH)
def initial_expected_margin(initial_relative_price, margin_at_reference, margin_retention):
    """Margin that goes with the relative price at the start."""
    return margin_at_reference + margin_retention * (initial_relative_price - 1)


@auxiliary("1", "初始增加值价格指数", "Initial value-added price", over=BRANCH)
def initial_value_added_price(initial_price_index, value_added_price_elasticity):
    """Value-added price that goes with product prices at the start."""
    return power(initial_price_index, value_added_price_elasticity)


@auxiliary("亿元", "初始企业留存资金", "Initial retained funds", over=BRANCH)
def initial_retained_funds(initial_output, initial_funds_ratio):
    """Funds at the start in relation to yearly value added."""
    return initial_output * initial_funds_ratio


@auxiliary("person", "初始技能人才", "Initial workers with digital skills", over=BRANCH)
def initial_skilled_workers(initial_workforce, initial_intelligent_share, skill_intensity, skill_lead):
    """As many as intelligent plants need at the start, with the usual lead."""
    return initial_workforce * initial_intelligent_share * skill_intensity * skill_lead
