"""Environment other than energy: air pollutants, water and solid waste, each with treatment or saving capacity that
builds up slowly."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import fraction, maximum, total

treatment_coverage = smooth(
    "1",
    "深度治理覆盖率",
    "Coverage of advanced treatment",
    "Share of emitting plants with desulphurisation, denitrification and dust removal at the latest standard; follows "
    "the programme with the construction time.",
    of="control_goal",
    time="treatment_building_time",
    over=BRANCH,
)

waste_utilisation = smooth(
    "1",
    "工业固废综合利用率（存量）",
    "Solid-waste utilisation (stock)",
    "Share of slag, tailings and ash that is utilised; follows the circular-economy programme with the construction "
    "time.",
    of="waste_goal",
    time="recovery_building_time",
)

water_intensity = stock(
    "m^3/万元",
    "单位增加值用水量（存量）",
    "Water per value added (stock)",
    "Fresh water withdrawn by industry per unit of real value added.",
    initial="initial_water_intensity",
    outflows=["water_saving_rate"],
)


@auxiliary("1", "深度治理目标", "Goal of advanced treatment", over=BRANCH)
def control_goal(pollution_control):
    """Target coverage of advanced treatment: programme coverage, as a fraction."""
    return fraction(pollution_control)


@auxiliary("1", "固废利用目标", "Goal of waste utilisation")
def waste_goal(circular_economy, lowest_waste_use, highest_waste_use):
    """Utilisation target between the level without a programme and the market limit, by mean programme coverage."""
    cover = total(fraction(circular_economy)) / len(BRANCH)
    return lowest_waste_use + (highest_waste_use - lowest_waste_use) * cover


@flow("m^3/万元/yr", "节水", "Water saving")
def water_saving_rate(
    water_intensity,
    water_floor,
    water_progress,
    water_saving,
    implementation_factor,
    water_saving_gain,
    water_half_saturation,
):
    """Reduction of water intensity towards its floor, through new plants and, faster, through water-saving investment,
    whose effect saturates."""
    arriving = water_saving * implementation_factor
    effort = water_progress + water_saving_gain * arriving / (arriving + water_half_saturation)
    return maximum(water_intensity - water_floor, 0) * effort


@auxiliary("Mtce/yr", "燃烧能耗", "Energy burned in plants", over=BRANCH)
def burned_energy(gross_energy, unrecorded_energy, coal_share):
    """Coal and coke burned, the source of most air pollutants."""
    return (gross_energy + unrecorded_energy) * coal_share


@auxiliary("Mt/yr", "二氧化硫排放（流率）", "SO2 emissions (rate)")
def so2_emissions(burned_energy, so2_factor, so2_removal, treatment_coverage):
    """SO2 emissions after treatment."""
    return total(burned_energy * so2_factor * (1 - so2_removal * treatment_coverage))


@auxiliary("Mt/yr", "氮氧化物排放（流率）", "NOx emissions (rate)")
def nox_emissions(burned_energy, nox_factor, nox_removal, treatment_coverage):
    """Nitrogen oxide emissions after treatment."""
    return total(burned_energy * nox_factor * (1 - nox_removal * treatment_coverage))


@auxiliary("Mt/yr", "烟粉尘排放（流率）", "Dust emissions (rate)")
def dust_emissions(burned_energy, dust_factor, dust_removal, treatment_coverage):
    """Soot and dust emissions after treatment."""
    return total(burned_energy * dust_factor * (1 - dust_removal * treatment_coverage))


@auxiliary("Mt/yr", "工业固废产生量", "Solid waste generated")
def solid_waste(output, waste_factor):
    """Slag, tailings and ash generated, proportional to output volume."""
    return total(output * waste_factor)


@auxiliary("亿元/yr", "治理投资", "Investment in treatment")
def treatment_investment(treatment_coverage_adjustment, burned_energy, treatment_capital_cost):
    """Investment in treatment plants, proportional to the burned energy newly covered."""
    return total(maximum(treatment_coverage_adjustment, 0) * burned_energy * treatment_capital_cost)


@auxiliary("亿元/yr", "治理运行费", "Operation of treatment", over=BRANCH)
def treatment_cost(treatment_coverage, burned_energy, treatment_operating_cost):
    """Annual operating cost of treatment plants, part of the inputs that firms buy."""
    return treatment_coverage * burned_energy * treatment_operating_cost
