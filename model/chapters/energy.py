"""Energy: the requirement that capacity carries with it, how it is saved, and what is burned in the end.

Each vintage carries its energy requirement as a co-flow (after Ansari and Seifi 2012): it moves
with the capacity, falls by renovation and by saving measures, and can never fall below the best
available level.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import convert, element, fraction, maximum, power, ratio, smooth_minimum, stack

conventional_requirement = stock(
    "Mtce/yr", "常规产能能耗", "Energy requirement of conventional capacity",
    "Energy that conventional capacity (running or in renovation) would use at full output.",
    initial="initial_conventional_requirement",
    inflows=["requirement_restarted", "requirement_obsolete"],
    outflows=["requirement_leaving_conventional", "requirement_renovated", "saving_conventional"], over=BRANCH,
)  # fmt: skip

modern_requirement = stock(
    "Mtce/yr", "先进产能能耗", "Energy requirement of modern capacity",
    "Energy that renovated and intelligent capacity would use at full output.",
    initial="initial_modern_requirement",
    inflows=["requirement_built", "requirement_after_renovation"],
    outflows=["requirement_leaving_modern", "requirement_obsolete", "saving_modern"], over=BRANCH,
)  # fmt: skip

idled_requirement = stock(
    "Mtce/yr", "闲置产能能耗", "Energy requirement of idled capacity",
    "Energy that idled capacity would use if it ran.",
    initial="initial_idled_requirement", inflows=["requirement_idled"],
    outflows=["requirement_restarted", "requirement_scrapped"], over=BRANCH,
)  # fmt: skip

best_available = stock(
    "Mtce/亿元", "先进水平单耗", "Best available requirement",
    "Energy per unit of volume of the best plant that can be bought, falling slowly towards a physical floor.",
    initial="initial_best_available", outflows=["technical_progress"], over=BRANCH,
)  # fmt: skip

coal_share = stock(
    "1", "煤炭占比", "Coal share",
    "Share of coal and coke in the energy use of the branch.",
    initial="initial_coal_share", outflows=["fuel_switching"], over=BRANCH,
)  # fmt: skip

waste_heat_coverage = smooth(
    "1", "余热余能利用覆盖率", "Coverage of waste-heat and by-product gas recovery",
    "Share of the recovery potential that is equipped; follows the circular-economy programme with building time.",
    of="waste_heat_goal", time="recovery_building_time", initial="initial_recovery_coverage", over=BRANCH,
)  # fmt: skip

energy_management_coverage = smooth(
    "1", "能源管理中心覆盖率", "Coverage of energy-management centres",
    "Share of large firms that run an energy-management centre.",
    of="management_goal", time="management_building_time", initial="initial_management_coverage", over=BRANCH,
)  # fmt: skip


@auxiliary("1", "余热余能利用目标", "Goal of recovery", over=BRANCH)
def waste_heat_goal(circular_economy, initial_recovery_coverage):
    """Programme coverage, never below what existed at the start."""
    return maximum(fraction(circular_economy), initial_recovery_coverage)


@auxiliary("1", "能源管理中心目标", "Goal of energy-management centres", over=BRANCH)
def management_goal(energy_management_centres, initial_management_coverage):
    """Programme coverage, never below what existed at the start."""
    return maximum(fraction(energy_management_centres), initial_management_coverage)


@auxiliary("亿元/yr", "常规及在改产能", "Conventional capacity and capacity in renovation", over=BRANCH)
def old_capacity(conventional_capacity, capacity_in_renovation):
    """Capacity whose requirement is that of the old standard."""
    return conventional_capacity + capacity_in_renovation


@auxiliary("亿元/yr", "先进产能", "Modern capacity", over=BRANCH)
def modern_capacity(renovated_capacity, intelligent_capacity, capacity_in_conversion):
    """Capacity whose requirement is that of the new standard."""
    return renovated_capacity + intelligent_capacity + capacity_in_conversion


@auxiliary("Mtce/亿元", "常规产能单耗", "Requirement per unit, conventional", over=BRANCH)
def conventional_intensity(conventional_requirement, old_capacity):
    """Energy per unit of volume of old plants."""
    return ratio(conventional_requirement, old_capacity)


@auxiliary("Mtce/亿元", "先进产能单耗", "Requirement per unit, modern", over=BRANCH)
def modern_intensity(modern_requirement, modern_capacity):
    """Energy per unit of volume of modern plants."""
    return ratio(modern_requirement, modern_capacity)


@auxiliary("Mtce/亿元", "闲置产能单耗", "Requirement per unit, idled", over=BRANCH)
def idled_intensity(idled_requirement, idled_capacity):
    """Energy per unit of volume that idled plants would need."""
    return ratio(idled_requirement, idled_capacity)


@auxiliary("Mtce/亿元", "常规产能节能空间", "Saving potential of conventional plants", over=BRANCH)
def conventional_gap(conventional_intensity, best_available):
    """Distance of old plants from the best available (B-gap)."""
    return maximum(conventional_intensity - best_available, 0)


@auxiliary("Mtce/亿元", "先进产能节能空间", "Saving potential of modern plants", over=BRANCH)
def modern_gap(modern_intensity, best_available):
    """Distance of modern plants from the best available."""
    return maximum(modern_intensity - best_available, 0)


# --- Co-flow --------------------------------------------------------------------------------------


@auxiliary("Mtce/亿元", "退出产能单耗", "Requirement of conventional plants that leave", over=BRANCH)
def leaving_intensity(conventional_intensity, conventional_gap, closure_energy_selectivity):
    """Closure and idling take the worst plants first: above the mean by part of the gap to the best."""
    return conventional_intensity + closure_energy_selectivity * conventional_gap


@flow("Mtce/yr/yr", "常规产能退出能耗", "Requirement leaving with conventional capacity", over=BRANCH)
def requirement_leaving_conventional(
    conventional_retirement, conventional_closure, idling, transfer_of_running_plants, leaving_intensity,
    conventional_intensity,
):  # fmt: skip
    """Energy requirement of old plants that retire, are closed, idle, or go abroad."""
    average = conventional_retirement + transfer_of_running_plants
    return average * conventional_intensity + (conventional_closure + idling) * leaving_intensity


@flow("Mtce/yr/yr", "转入闲置的能耗", "Requirement idled", over=BRANCH)
def requirement_idled(idling, leaving_intensity):
    """Requirement that goes into idled stock."""
    return idling * leaving_intensity


@flow("Mtce/yr/yr", "复产带回的能耗", "Requirement restarted", over=BRANCH)
def requirement_restarted(restart, idled_intensity):
    """Requirement that returns with restarted plants."""
    return restart * idled_intensity


@flow("Mtce/yr/yr", "闲置产能报废能耗", "Requirement scrapped", over=BRANCH)
def requirement_scrapped(idle_closure, dismantling, transfer_of_idle_plants, idled_intensity):
    """Requirement of idle plants that are closed, dismantled or go abroad."""
    return (idle_closure + dismantling + transfer_of_idle_plants) * idled_intensity


@flow("Mtce/yr/yr", "技改产能原能耗", "Requirement entering renovation", over=BRANCH)
def requirement_renovated(renovation_successes, conventional_intensity):
    """Requirement of plants before their renovation."""
    return renovation_successes * conventional_intensity


@flow("Mtce/yr/yr", "技改后能耗", "Requirement after renovation", over=BRANCH)
def requirement_after_renovation(renovation_successes, conventional_intensity, conventional_gap, renovation_depth):
    """Requirement of plants after renovation: part of the gap to the best available is closed."""
    return renovation_successes * (conventional_intensity - renovation_depth * conventional_gap)


@flow("Mtce/yr/yr", "新建产能能耗", "Requirement built", over=BRANCH)
def requirement_built(completions, best_available):
    """New plants enter at the best available level of their year."""
    return completions * best_available


@flow("Mtce/yr/yr", "先进产能退出能耗", "Requirement leaving with modern capacity", over=BRANCH)
def requirement_leaving_modern(
    renovated_retirement, intelligent_retirement, renovated_closure, intelligent_closure, modern_intensity
):
    """Energy requirement of modern plants that retire or are closed."""
    return (renovated_retirement + intelligent_retirement + renovated_closure + intelligent_closure) * modern_intensity


@flow("Mtce/yr/yr", "标准老化带来的能耗", "Requirement becoming conventional", over=BRANCH)
def requirement_obsolete(obsolescence, modern_intensity):
    """Requirement of modern plants that fall behind the standard."""
    return obsolescence * modern_intensity


@flow("Mtce/亿元/yr", "技术进步", "Technical progress", over=BRANCH)
def technical_progress(best_available, energy_floor, autonomous_efficiency_improvement):
    """The best available plant improves by itself, towards a floor that physics sets."""
    return (best_available - energy_floor) * autonomous_efficiency_improvement


# --- Saving measures --------------------------------------------------------------------------------


@auxiliary("1", "节能剩余空间比", "Remaining saving potential", over=BRANCH)
def remaining_potential(conventional_gap, modern_gap, old_capacity, modern_capacity, initial_gap):
    """Mean distance from the best available in relation to 2010."""
    mean = ratio(conventional_gap * old_capacity + modern_gap * modern_capacity, old_capacity + modern_capacity)
    return ratio(mean, initial_gap)


@flow("Mtce/yr/yr", "节能措施效果", "Saving by measures", over=BRANCH)
def measured_saving(
    energy_efficiency, saving_cost, remaining_potential, saving_cost_exponent, conventional_gap, modern_gap,
    old_capacity, modern_capacity, saving_minimum_time, implementation_factor,
):  # fmt: skip
    """Energy requirement saved per year by energy-saving investment. Conservation supply curve: the cost of the next
    tonne rises as the gap closes (B-gap), so more money never saves more than the gap."""
    bought = energy_efficiency * implementation_factor / saving_cost * power(remaining_potential, saving_cost_exponent)
    available = (conventional_gap * old_capacity + modern_gap * modern_capacity) / saving_minimum_time
    return smooth_minimum(bought, available)


@auxiliary("1", "常规产能节能份额", "Conventional share of the gap", over=BRANCH)
def conventional_gap_share(conventional_gap, modern_gap, old_capacity, modern_capacity):
    """Share of the saving potential that lies with old plants."""
    old = conventional_gap * old_capacity
    return ratio(old, old + modern_gap * modern_capacity)


@flow("Mtce/yr/yr", "常规产能节能", "Saving in conventional plants", over=BRANCH)
def saving_conventional(measured_saving, conventional_gap_share):
    """Measures go where the gap is."""
    return measured_saving * conventional_gap_share


@flow("Mtce/yr/yr", "先进产能节能", "Saving in modern plants", over=BRANCH)
def saving_modern(measured_saving, conventional_gap_share):
    """Measures go where the gap is."""
    return measured_saving * (1 - conventional_gap_share)


# --- Use ------------------------------------------------------------------------------------------


@auxiliary("Mtce/亿元", "设备平均单耗", "Mean requirement per unit", over=BRANCH)
def mean_requirement(conventional_requirement, modern_requirement, active_capacity):
    """Energy requirement per unit of volume, mean over running plants."""
    return ratio(conventional_requirement + modern_requirement, active_capacity)


@auxiliary("1", "相对单耗", "Requirement relative to the start", over=BRANCH)
def relative_energy_requirement(mean_requirement, initial_requirement):
    """Mean requirement in relation to 2010; what saving takes off the cost of energy (R-rebound: weak, because price
    follows cost)."""
    return ratio(mean_requirement, initial_requirement)


@auxiliary("1", "低负荷损失系数", "Part-load factor", over=BRANCH)
def part_load_factor(utilisation, normal_utilisation, fixed_energy_share, lowest_load):
    """Energy per unit of output in relation to normal load: part of it is used whether or not the plant is full."""
    return 1 - fixed_energy_share + fixed_energy_share * normal_utilisation / maximum(utilisation, lowest_load)


@auxiliary("1", "运行节能系数", "Operating factor", over=BRANCH)
def operating_factor(
    intelligent_share_in_use, smart_energy_saving, pilot_effect_scaling,
    energy_management_coverage, initial_management_coverage, management_saving, scrap_energy_credit, scrap_rate,
    initial_scrap_rate, cluster_share, initial_cluster_share, park_energy_saving,
):  # fmt: skip
    """What running plants better saves: intelligent control (pilots report 13.9 % less energy; scaled down), energy
    management, energy and material cascades in parks, and scrap in the converter, which needs no coke."""
    smart = 1 - smart_energy_saving * pilot_effect_scaling * intelligent_share_in_use
    managed = 1 - management_saving * (energy_management_coverage - initial_management_coverage)
    parks = 1 - park_energy_saving * (cluster_share - initial_cluster_share)
    return smart * managed * parks * (1 - scrap_energy_credit * (scrap_rate - initial_scrap_rate))


@auxiliary("Mtce/yr", "毛能耗", "Gross energy use", over=BRANCH)
def gross_energy(output, mean_requirement, part_load_factor, operating_factor):
    """Energy that goes into the plants, before recovered energy is netted off."""
    return output * mean_requirement * part_load_factor * operating_factor


@auxiliary("1", "余能回收率", "Recovery rate", over=BRANCH)
def recovery_rate(waste_heat_coverage, initial_recovery_coverage, recovery_potential):
    """Additional energy recovered from waste heat and by-product gas since 2010, as a share of gross use."""
    return recovery_potential * (waste_heat_coverage - initial_recovery_coverage)


@auxiliary("Mtce/yr", "未统计钢能耗", "Energy of unrecorded steel", over=BRANCH)
def unrecorded_energy(unrecorded_output, unrecorded_specific_energy):
    """Energy of unrecorded furnaces; energy accounts see it though output statistics do not."""
    return stack(BRANCH, steel=unrecorded_output * unrecorded_specific_energy)


@auxiliary("Mtce/yr", "综合能源消费量", "Energy use", over=BRANCH)
def energy_use(gross_energy, recovery_rate, unrecorded_energy):
    """Comprehensive energy consumption as statistics count it: inputs net of recovered energy."""
    return gross_energy * (1 - recovery_rate) + unrecorded_energy


@flow("1/yr", "燃料替代", "Fuel switching", over=BRANCH)
def fuel_switching(coal_share, coal_share_floor, clean_coal_and_fuel_switch, switching_minimum_time):
    """Coal share replaced per year by other energy, down to what the process cannot do without."""
    wanted = fraction(clean_coal_and_fuel_switch)
    return smooth_minimum(wanted, maximum(coal_share - coal_share_floor, 0) / switching_minimum_time)


@auxiliary("MtCO2/Mtce", "排放系数", "Emission factor", over=BRANCH)
def emission_factor(coal_share, emission_factor_coal, emission_factor_other):
    """CO2 per unit of energy, from the fuel mix."""
    return coal_share * emission_factor_coal + (1 - coal_share) * emission_factor_other


@auxiliary("MtCO2/yr", "二氧化碳排放", "CO2 emissions", over=BRANCH)
def co2_emissions(
    gross_energy, unrecorded_energy, emission_factor, energy_boundary_ratio, physical_output, process_emission_factor
):
    """CO2 from energy and processes. Recovered energy has already been emitted, so gross use counts; the boundary
    ratio covers conversion losses that the emission inventory (CEADs) books and the energy account nets."""
    burned = (gross_energy + unrecorded_energy) * emission_factor * energy_boundary_ratio
    return burned + physical_output * process_emission_factor


@auxiliary("kgce/t", "吨钢综合能耗（流率）", "Energy per tonne of steel (rate)", belongs_to="steel")
def steel_energy_per_tonne(gross_energy, recovery_rate, steel_output):
    """Net energy per tonne of recorded crude steel."""
    net = element(gross_energy * (1 - recovery_rate), BRANCH, "steel")
    return convert(ratio(net, steel_output), "Mtce/Mt", "kgce/t")
