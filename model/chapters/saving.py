"""Energy saving: the potential that plants leave, the projects that use it, what of their saving materialises, lasts
and leaves with the plants, and energy-management centres.
"""

from model.axes import BRANCH
from model.engine import auxiliary, delay3, flow, smooth, stock
from model.engine.ops import exp, fraction, ratio

savings_in_force = stock(
    "Mtce/yr",
    "有效节能量",
    "Savings in force",
    "Annual saving of the measures that are still maintained.",
    initial="initial_savings_in_force",
    inflows=["measured_saving"],
    outflows=["saving_decay", "savings_leaving"],
    over=BRANCH,
)

energy_management_coverage = smooth(
    "1",
    "能源管理中心覆盖率",
    "Coverage of energy-management centres",
    "Share of large firms that operate an energy-management centre.",
    of="management_goal",
    time="management_building_time",
    initial="initial_management_coverage",
    over=BRANCH,
)


@auxiliary("1", "能源管理中心目标", "Goal of energy-management centres", over=BRANCH)
def management_goal(energy_management_centres):
    """Target coverage of energy-management centres: programme coverage. Centres that are not maintained close."""
    return fraction(energy_management_centres)


@auxiliary("Mtce/yr", "节能潜力", "Saving potential", over=BRANCH)
def saving_potential(conventional_gap, modern_gap, conventional_capacity, modern_capacity):
    """Energy that active plants use beyond the best available level; progress of the best available refills it."""
    return conventional_gap * conventional_capacity + modern_gap * modern_capacity


@auxiliary("1", "节能实现率", "Realisation of savings", over=BRANCH)
def saving_realisation(
    base_realisation, management_realisation_gain, energy_management_coverage, initial_management_coverage
):
    """Part of the saving promised by engineers that materialises: 0.4-1.0 in field studies (Fowlie et al. 2018).
    Energy-management centres raise it."""
    return base_realisation + management_realisation_gain * (energy_management_coverage - initial_management_coverage)


@flow("Mtce/yr/yr", "启动的节能项目", "Saving projects started", over=BRANCH)
def saving_starts(
    energy_efficiency, implementation_factor, saving_cost, saving_potential, saving_project_time, saving_realisation
):
    """Annual saving of the projects started in a year. The best projects come first: the more money relative to the
    potential, the less each further yuan saves (B-gap)."""
    money = energy_efficiency * implementation_factor * saving_project_time
    reached = 1 - exp(-ratio(money, saving_cost * saving_potential))
    return saving_realisation * saving_potential * reached / saving_project_time


measured_saving = delay3(
    "Mtce/yr/yr",
    "节能措施效果",
    "Saving by measures",
    "Energy requirement saved by the projects completed in a year, after design, installation and running in.",
    of="saving_starts",
    time="saving_installation_time",
    over=BRANCH,
)


@flow("Mtce/yr/yr", "节能效果衰减", "Decay of savings", over=BRANCH)
def saving_decay(savings_in_force, saving_lifetime):
    """Savings lost in a year because equipment and practice wear out without upkeep."""
    return savings_in_force / saving_lifetime


@flow("Mtce/yr/yr", "随设备退出的节能量", "Savings leaving with plants", over=BRANCH)
def savings_leaving(savings_in_force, retirement, active_closure, idling, renovation_successes, active_capacity):
    """Savings of plants that are retired, closed, idled or renovated; what they saved leaves with their requirement and
    does not decay into that of others."""
    return savings_in_force * ratio(retirement + active_closure + idling + renovation_successes, active_capacity)


@auxiliary("Mtce/yr", "初始有效节能量", "Initial savings in force", over=BRANCH)
def initial_savings_in_force(
    initial_conventional_requirement, initial_modern_requirement, saving_rate_before, years_of_measures_before
):
    """Savings in force at the start: those of the years since programmes began. They are history and do not depend on
    the programmes of the run or on what a saving costs now."""
    requirement = initial_conventional_requirement + initial_modern_requirement
    return requirement * saving_rate_before * years_of_measures_before


@flow("Mtce/yr/yr", "常规产能节能衰减", "Decay in conventional plants", over=BRANCH)
def decay_conventional(saving_decay, conventional_requirement, modern_requirement):
    """Energy requirement that returns to conventional plants as savings decay, by their part of all use."""
    return saving_decay * ratio(conventional_requirement, conventional_requirement + modern_requirement)


@flow("Mtce/yr/yr", "先进产能节能衰减", "Decay in modern plants", over=BRANCH)
def decay_modern(saving_decay, decay_conventional):
    """Energy requirement that returns to modern plants as savings decay."""
    return saving_decay - decay_conventional


@auxiliary("1", "常规产能节能份额", "Conventional share of the gap", over=BRANCH)
def conventional_gap_share(conventional_gap, modern_gap, conventional_capacity, modern_capacity):
    """Share of the saving potential in conventional plants."""
    old = conventional_gap * conventional_capacity
    return ratio(old, old + modern_gap * modern_capacity)


@flow("Mtce/yr/yr", "常规产能节能", "Saving in conventional plants", over=BRANCH)
def saving_conventional(measured_saving, conventional_gap_share):
    """Energy saved in conventional plants; savings are distributed in proportion to the potential."""
    return measured_saving * conventional_gap_share


@flow("Mtce/yr/yr", "先进产能节能", "Saving in modern plants", over=BRANCH)
def saving_modern(measured_saving, conventional_gap_share):
    """Energy saved in modern plants; savings are distributed in proportion to the potential."""
    return measured_saving * (1 - conventional_gap_share)
