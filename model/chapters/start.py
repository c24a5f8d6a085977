"""Initial state at the start of 2010: how the initial stocks are derived from a few observed or assumed quantities."""

from model.axes import BRANCH
from model.engine import auxiliary
from model.engine.ops import element, power, ratio, stack


@auxiliary("亿元/yr", "初始在产产能", "Initial active capacity", over=BRANCH)
def initial_active_capacity(initial_output, initial_utilisation):
    """Active capacity at the start, from output and utilisation."""
    return initial_output / initial_utilisation


@auxiliary("亿元/yr", "初始账面产能闲置部分", "Initial idled capacity", over=BRANCH)
def initial_idled_capacity(initial_active_capacity, initial_idle_ratio):
    """Idled capacity on the books at the start. Steel: 320 Mt on the list of 2011 (grade A), of which about 210 Mt
    active."""
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
    """Renovated capacity at the start, less capacity in smart conversion."""
    return initial_active_capacity * initial_renovated_share - initial_conversion_rate * conversion_duration


@auxiliary("亿元/yr", "初始智能化产能", "Initial intelligent capacity", over=BRANCH)
def initial_intelligent_capacity(initial_active_capacity, initial_intelligent_share):
    """Intelligent capacity at the start."""
    return initial_active_capacity * initial_intelligent_share


@auxiliary("亿元/yr", "初始常规产能", "Initial conventional capacity", over=BRANCH)
def initial_conventional_capacity(initial_active_capacity, initial_renovated_share, initial_intelligent_share):
    """Conventional capacity at the start: the remainder of active capacity."""
    return initial_active_capacity * (1 - initial_renovated_share - initial_intelligent_share)


@auxiliary("亿元", "初始产能总龄", "Initial capacity times age", over=BRANCH)
def initial_capacity_age(initial_active_capacity, initial_mean_age):
    """Active capacity times mean age at the start."""
    return initial_active_capacity * initial_mean_age


@auxiliary("亿元/yr", "初始置换指标", "Initial swap quota", over=BRANCH)
def initial_swap_quota(initial_active_capacity, initial_quota_ratio):
    """Closed capacity already available for swaps at the start."""
    return initial_active_capacity * initial_quota_ratio


@auxiliary("Mtce/亿元", "初始单耗", "Initial requirement per unit", over=BRANCH)
def initial_requirement(initial_energy_use, initial_output):
    """Energy per unit of volume at the start, from energy use and output (mean over plants)."""
    return initial_energy_use / initial_output


@auxiliary("Mtce/亿元", "初始先进水平单耗", "Initial best available requirement", over=BRANCH)
def initial_best_available(initial_requirement, initial_best_available_ratio):
    """Energy requirement of the best available plant at the start, as a ratio to the mean plant."""
    return initial_requirement * initial_best_available_ratio


@auxiliary("Mtce/亿元", "单耗下限", "Energy floor", over=BRANCH)
def energy_floor(initial_requirement, energy_floor_ratio):
    """Lower limit of the energy requirement, set by physics or process."""
    return initial_requirement * energy_floor_ratio


@auxiliary("Mtce/亿元", "初始节能空间", "Initial saving potential", over=BRANCH)
def initial_gap(initial_requirement, initial_best_available):
    """Gap between the mean plant and the best available level at the start."""
    return initial_requirement - initial_best_available


@auxiliary("Mtce/亿元", "初始先进产能单耗", "Initial requirement of modern plants", over=BRANCH)
def initial_modern_intensity(initial_best_available, initial_gap, initial_modern_gap_share):
    """Energy requirement of modern plants at the start: the best available level plus part of the gap of the mean
    plant."""
    return initial_best_available + initial_modern_gap_share * initial_gap


@auxiliary("Mtce/yr", "初始先进产能能耗", "Initial requirement of modern capacity", over=BRANCH)
def initial_modern_requirement(
    initial_modern_intensity, initial_active_capacity, initial_renovated_share, initial_intelligent_share
):
    """Energy requirement of renovated and intelligent capacity at the start."""
    return initial_modern_intensity * initial_active_capacity * (initial_renovated_share + initial_intelligent_share)


@auxiliary("Mtce/yr", "初始常规产能能耗", "Initial requirement of conventional capacity", over=BRANCH)
def initial_conventional_requirement(initial_requirement, initial_active_capacity, initial_modern_requirement):
    """Energy requirement of conventional capacity at the start: the remainder, so that the mean over all plants equals
    the initial requirement."""
    return initial_requirement * initial_active_capacity - initial_modern_requirement


@auxiliary("Mtce/yr", "初始闲置产能能耗", "Initial requirement of idled capacity", over=BRANCH)
def initial_idled_requirement(
    initial_idled_capacity,
    initial_conventional_requirement,
    initial_active_capacity,
    initial_renovated_share,
    initial_intelligent_share,
):
    """Energy requirement of idled plants at the start, with the efficiency of conventional plants."""
    older = initial_active_capacity * (1 - initial_renovated_share - initial_intelligent_share)
    return initial_idled_capacity * ratio(initial_conventional_requirement, older)


@auxiliary("1", "初始相对价格", "Initial relative price", over=BRANCH)
def initial_relative_price(
    initial_utilisation, initial_national_steel_utilisation, reference_utilisation, price_elasticity_to_utilisation
):
    """Price relative to cost that corresponds to utilisation at the start."""
    steel = initial_national_steel_utilisation - element(initial_utilisation, BRANCH, "steel")
    tight = initial_utilisation + stack(BRANCH, steel=steel)
    return power(tight / reference_utilisation, price_elasticity_to_utilisation)


@auxiliary("亿元", "初始企业留存资金", "Initial retained funds", over=BRANCH)
def initial_retained_funds(initial_output, initial_funds_ratio):
    """Retained funds at the start, as a ratio to annual value added."""
    return initial_output * initial_funds_ratio


@auxiliary("person", "初始技能人才", "Initial workers with digital skills", over=BRANCH)
def initial_skilled_workers(initial_workforce, initial_intelligent_share, skill_intensity, skill_lead):
    """Skilled workers required by intelligent plants at the start, with the usual lead."""
    return initial_workforce * initial_intelligent_share * skill_intensity * skill_lead
