"""Energy: the energy requirement of capacity as a co-flow, energy use and CO2 emissions.

Each vintage carries its energy requirement as a co-flow (after Ansari and Seifi 2012): the requirement moves with the
capacity, falls with renovation and saving measures, and cannot fall below the best available level.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import convert, element, fraction, maximum, ratio, smooth_minimum, stack

conventional_requirement = stock(
    "Mtce/yr",
    "常规产能能耗",
    "Energy requirement of conventional capacity",
    "Energy that conventional capacity would use at full output.",
    initial="initial_conventional_requirement",
    inflows=["requirement_restarted", "requirement_obsolete", "decay_conventional"],
    outflows=["requirement_leaving_conventional", "requirement_renovated", "saving_conventional"],
    over=BRANCH,
)

modern_requirement = stock(
    "Mtce/yr",
    "先进产能能耗",
    "Energy requirement of modern capacity",
    "Energy that renovated and intelligent capacity would use at full output.",
    initial="initial_modern_requirement",
    inflows=["requirement_built", "requirement_after_renovation", "decay_modern"],
    outflows=["requirement_leaving_modern", "requirement_obsolete", "saving_modern", "saving_by_upgrading"],
    over=BRANCH,
)

idled_requirement = stock(
    "Mtce/yr",
    "闲置产能能耗",
    "Energy requirement of idled capacity",
    "Energy that idled capacity would use at full output if restarted.",
    initial="initial_idled_requirement",
    inflows=["requirement_idled"],
    outflows=["requirement_restarted", "requirement_scrapped"],
    over=BRANCH,
)

best_available = stock(
    "Mtce/亿元",
    "先进水平单耗",
    "Best available requirement",
    "Energy per unit of volume of the best plant on the market, falling slowly towards a physical floor.",
    initial="initial_best_available",
    outflows=["technical_progress"],
    over=BRANCH,
)

national_requirement = stock(
    "1",
    "全国相对单耗",
    "National energy requirement",
    "Energy per unit of volume of competitors elsewhere, 1 in 2010. It sets national cost and price.",
    initial=1,
    outflows=["national_saving"],
    over=BRANCH,
)

coal_share = stock(
    "1",
    "煤炭占比",
    "Coal share",
    "Share of coal and coke in the energy use of the branch.",
    initial="initial_coal_share",
    outflows=["fuel_switching"],
    over=BRANCH,
)

waste_heat_coverage = smooth(
    "1",
    "余热余能利用覆盖率",
    "Coverage of waste-heat and by-product gas recovery",
    "Share of the recovery potential that is equipped; follows the circular-economy programme with the construction "
    "time.",
    of="waste_heat_goal",
    time="recovery_building_time",
    initial="initial_recovery_coverage",
    over=BRANCH,
)


@auxiliary("1", "余热余能利用目标", "Goal of recovery", over=BRANCH)
def waste_heat_goal(circular_economy):
    """Target coverage of waste-heat and by-product gas recovery: programme coverage. Plants that are not kept up drop
    out, so a smaller programme loses coverage."""
    return fraction(circular_economy)


@auxiliary("亿元/yr", "先进产能", "Modern capacity", over=BRANCH)
def modern_capacity(renovated_capacity, intelligent_capacity, capacity_in_conversion):
    """Capacity with the energy requirement of the new standard: renovated and intelligent capacity and capacity in
    smart conversion."""
    return renovated_capacity + intelligent_capacity + capacity_in_conversion


@auxiliary("Mtce/亿元", "常规产能单耗", "Requirement per unit, conventional", over=BRANCH)
def conventional_intensity(conventional_requirement, conventional_capacity):
    """Energy per unit of volume of conventional plants."""
    return ratio(conventional_requirement, conventional_capacity)


@auxiliary("Mtce/亿元", "先进产能单耗", "Requirement per unit, modern", over=BRANCH)
def modern_intensity(modern_requirement, modern_capacity):
    """Energy per unit of volume of modern plants."""
    return ratio(modern_requirement, modern_capacity)


@auxiliary("Mtce/亿元", "闲置产能单耗", "Requirement per unit, idled", over=BRANCH)
def idled_intensity(idled_requirement, idled_capacity):
    """Energy per unit of volume that idled plants would use."""
    return ratio(idled_requirement, idled_capacity)


@auxiliary("Mtce/亿元", "常规产能节能空间", "Saving potential of conventional plants", over=BRANCH)
def conventional_gap(conventional_intensity, best_available):
    """Gap between conventional plants and the best available level (B-gap)."""
    return maximum(conventional_intensity - best_available, 0)


@auxiliary("Mtce/亿元", "先进产能节能空间", "Saving potential of modern plants", over=BRANCH)
def modern_gap(modern_intensity, best_available):
    """Gap between modern plants and the best available level."""
    return maximum(modern_intensity - best_available, 0)


# --- Co-flow --------------------------------------------------------------------------------------


@auxiliary("Mtce/亿元", "退出产能单耗", "Requirement of conventional plants that leave", over=BRANCH)
def leaving_intensity(conventional_intensity, conventional_gap, closure_energy_selectivity):
    """Energy per unit of volume of closed and idled plants. The least efficient plants leave first: their requirement
    exceeds the mean by part of the gap to the best available level."""
    return conventional_intensity + closure_energy_selectivity * conventional_gap


@flow("Mtce/yr/yr", "常规产能退出能耗", "Requirement leaving with conventional capacity", over=BRANCH)
def requirement_leaving_conventional(
    conventional_retirement,
    conventional_closure,
    conventional_idling,
    transfer_of_running_plants,
    leaving_intensity,
    conventional_intensity,
):
    """Energy requirement of conventional plants that are retired, closed, idled or moved abroad."""
    average = conventional_retirement + transfer_of_running_plants
    return average * conventional_intensity + (conventional_closure + conventional_idling) * leaving_intensity


@flow("Mtce/yr/yr", "转入闲置的能耗", "Requirement idled", over=BRANCH)
def requirement_idled(conventional_idling, leaving_intensity, modern_idling, modern_intensity):
    """Energy requirement of capacity that becomes idled."""
    return conventional_idling * leaving_intensity + modern_idling * modern_intensity


@flow("Mtce/yr/yr", "复产带回的能耗", "Requirement restarted", over=BRANCH)
def requirement_restarted(restart, idled_intensity):
    """Energy requirement of restarted capacity."""
    return restart * idled_intensity


@flow("Mtce/yr/yr", "闲置产能报废能耗", "Requirement scrapped", over=BRANCH)
def requirement_scrapped(idle_closure, dismantling, transfer_of_idle_plants, idled_intensity):
    """Energy requirement of idled plants that are closed, dismantled or moved abroad."""
    return (idle_closure + dismantling + transfer_of_idle_plants) * idled_intensity


@flow("Mtce/yr/yr", "技改产能原能耗", "Requirement entering renovation", over=BRANCH)
def requirement_renovated(renovations, conventional_intensity):
    """Energy requirement of renovated plants before renovation."""
    return renovations * conventional_intensity


@flow("Mtce/yr/yr", "技改后能耗", "Requirement after renovation", over=BRANCH)
def requirement_after_renovation(renovations, conventional_intensity, conventional_gap, renovation_depth):
    """Energy requirement of renovated plants after renovation, which closes part of the gap to the best available
    level."""
    return renovations * (conventional_intensity - renovation_depth * conventional_gap)


@flow("Mtce/yr/yr", "再升级节能", "Saving by upgrading", over=BRANCH)
def saving_by_upgrading(upgradings, modern_gap, renovation_depth):
    """Energy requirement that modern plants lose when they are renewed once more."""
    return upgradings * renovation_depth * modern_gap


@flow("Mtce/yr/yr", "新建产能能耗", "Requirement built", over=BRANCH)
def requirement_built(completions, best_available):
    """Energy requirement of new plants, which enter at the best available level of the year."""
    return completions * best_available


@flow("Mtce/yr/yr", "先进产能退出能耗", "Requirement leaving with modern capacity", over=BRANCH)
def requirement_leaving_modern(
    renovated_retirement, intelligent_retirement, renovated_closure, modern_idling, modern_intensity
):
    """Energy requirement of modern plants that are retired, closed or idled."""
    return (renovated_retirement + intelligent_retirement + renovated_closure + modern_idling) * modern_intensity


@flow("Mtce/yr/yr", "标准老化带来的能耗", "Requirement becoming conventional", over=BRANCH)
def requirement_obsolete(obsolescence, modern_intensity):
    """Energy requirement of modern plants that fall behind the standard and become conventional."""
    return obsolescence * modern_intensity


@flow("Mtce/亿元/yr", "技术进步", "Technical progress", over=BRANCH)
def technical_progress(best_available, energy_floor, autonomous_efficiency_improvement):
    """Autonomous improvement of the best available plant towards a physical floor."""
    return (best_available - energy_floor) * autonomous_efficiency_improvement


@flow("1/yr", "全国节能", "National saving", over=BRANCH)
def national_saving(national_requirement, national_energy_progress, energy_floor_ratio):
    """Fall of the energy requirement elsewhere, towards the same physical floor."""
    return (national_requirement - energy_floor_ratio) * national_energy_progress


# --- Use ------------------------------------------------------------------------------------------


@auxiliary("Mtce/亿元", "设备平均单耗", "Mean requirement per unit", over=BRANCH)
def mean_requirement(conventional_requirement, modern_requirement, active_capacity):
    """Mean energy requirement per unit of volume of active plants."""
    return ratio(conventional_requirement + modern_requirement, active_capacity)


@auxiliary("1", "相对单耗", "Requirement relative to the start", over=BRANCH)
def relative_energy_requirement(
    mean_requirement, initial_requirement, part_load_factor, operating_factor, recovery_rate
):
    """Energy bought per unit of output relative to 2010: plants, part load, operation and recovery. It enters Hebei's
    own cost (R-own-cost); part of a saving is used up again as cheaper output sells more (rebound)."""
    return ratio(mean_requirement, initial_requirement) * part_load_factor * operating_factor * (1 - recovery_rate)


@auxiliary("1", "低负荷损失系数", "Part-load factor", over=BRANCH)
def part_load_factor(utilisation, normal_utilisation, fixed_energy_share, lowest_load):
    """Energy per unit of output relative to normal load; part of the energy use is fixed regardless of load."""
    return 1 - fixed_energy_share + fixed_energy_share * normal_utilisation / maximum(utilisation, lowest_load)


@auxiliary("1", "运行节能系数", "Operating factor", over=BRANCH)
def operating_factor(
    mature_intelligent_gain,
    smart_energy_saving,
    pilot_effect_scaling,
    energy_management_coverage,
    initial_management_coverage,
    management_saving,
    scrap_energy_credit,
    scrap_rate,
    initial_scrap_rate,
    cluster_share,
    initial_cluster_share,
    park_energy_saving,
):
    """Reduction of energy use by operation: intelligent control (pilots report 13.9 % less energy; scaled down), energy
    management, energy and material cascading in parks, and scrap charged to the converter, which needs no coke."""
    smart = 1 - smart_energy_saving * pilot_effect_scaling * mature_intelligent_gain
    managed = 1 - management_saving * (energy_management_coverage - initial_management_coverage)
    parks = 1 - park_energy_saving * (cluster_share - initial_cluster_share)
    return smart * managed * parks * (1 - scrap_energy_credit * (scrap_rate - initial_scrap_rate))


@auxiliary("Mtce/yr", "毛能耗", "Gross energy use", over=BRANCH)
def gross_energy(output, mean_requirement, part_load_factor, operating_factor):
    """Energy input of plants before deduction of recovered energy."""
    return output * mean_requirement * part_load_factor * operating_factor


@auxiliary("1", "余能回收率", "Recovery rate", over=BRANCH)
def recovery_rate(waste_heat_coverage, initial_recovery_coverage, recovery_potential):
    """Additional energy recovered from waste heat and by-product gas since 2010, as a share of gross energy use."""
    return recovery_potential * (waste_heat_coverage - initial_recovery_coverage)


@auxiliary("Mtce/yr", "未统计钢能耗", "Energy of unrecorded steel", over=BRANCH)
def unrecorded_energy(unrecorded_output, unrecorded_specific_energy):
    """Energy use of unrecorded furnaces, which appears in energy accounts but not in output statistics."""
    return stack(BRANCH, steel=unrecorded_output * unrecorded_specific_energy)


@auxiliary("Mtce/yr", "综合能源消费量", "Energy use", over=BRANCH)
def energy_use(gross_energy, recovery_rate, unrecorded_energy):
    """Comprehensive energy consumption by the statistical definition: inputs net of recovered energy."""
    return gross_energy * (1 - recovery_rate) + unrecorded_energy


@flow("1/yr", "燃料替代", "Fuel switching", over=BRANCH)
def fuel_switching(coal_share, coal_share_floor, clean_coal_and_fuel_switch, switching_minimum_time):
    """Coal share replaced by other energy per year, down to the minimum that the process requires."""
    wanted = fraction(clean_coal_and_fuel_switch)
    return smooth_minimum(wanted, maximum(coal_share - coal_share_floor, 0) / switching_minimum_time)


@auxiliary("MtCO2/Mtce", "排放系数", "Emission factor", over=BRANCH)
def emission_factor(coal_share, emission_factor_coal, emission_factor_other):
    """CO2 per unit of energy, given by the fuel mix."""
    return coal_share * emission_factor_coal + (1 - coal_share) * emission_factor_other


@auxiliary("MtCO2/yr", "二氧化碳排放", "CO2 emissions", over=BRANCH)
def co2_emissions(
    gross_energy, unrecorded_energy, emission_factor, energy_boundary_ratio, physical_output, process_emission_factor
):
    """CO2 from energy and industrial processes. Based on gross energy use, because recovered energy has already caused
    its emissions; the boundary ratio covers conversion losses that are in the emission inventory (CEADs) but netted out
    of the energy account."""
    burned = (gross_energy + unrecorded_energy) * emission_factor * energy_boundary_ratio
    return burned + physical_output * process_emission_factor


@auxiliary("kgce/t", "吨钢综合能耗（流率）", "Energy per tonne of steel (rate)", belongs_to="steel")
def steel_energy_per_tonne(gross_energy, recovery_rate, steel_output):
    """Net energy per tonne of recorded crude steel."""
    net = element(gross_energy * (1 - recovery_rate), BRANCH, "steel")
    return convert(ratio(net, steel_output), "Mtce/Mt", "kgce/t", 1000.0)
