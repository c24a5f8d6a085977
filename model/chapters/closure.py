"""Closure: retirement of old plants, closure by administrative order, and the mean age of the remaining capacity."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import logistic, maximum, ratio, smooth_minimum

capacity_age = stock(
    "亿元",
    "产能总龄",
    "Capacity times age",
    "Sum of active capacity times age; divided by active capacity it gives the mean age.",
    initial="initial_capacity_age",
    inflows=["ageing"],
    outflows=["age_leaving"],
    over=BRANCH,
)

cumulative_closure = stock(
    "亿元/yr",
    "累计关停产能",
    "Cumulative closure",
    "Capacity closed by order since the start of the run.",
    initial=0,
    inflows=["closure"],
    over=BRANCH,
)


@auxiliary("yr", "平均役龄", "Mean age of capacity", over=BRANCH)
def mean_age(capacity_age, active_capacity):
    """Capacity-weighted mean age of active capacity."""
    return ratio(capacity_age, active_capacity)


@auxiliary("1/yr", "退役率", "Retirement hazard", over=BRANCH)
def retirement_hazard(mean_age, capital_half_life, retirement_steepness):
    """Retirement rate at the mean age: hazard of GCAM's S-curve 1/(1+exp(s(age-h))) (grade A)."""
    return retirement_steepness * logistic(retirement_steepness * (mean_age - capital_half_life))


@flow("亿元/yr/yr", "常规产能退役", "Retirement of conventional capacity", over=BRANCH)
def conventional_retirement(conventional_capacity, retirement_hazard):
    """Conventional capacity retired at the end of its life."""
    return conventional_capacity * retirement_hazard


@flow("亿元/yr/yr", "改造产能退役", "Retirement of renovated capacity", over=BRANCH)
def renovated_retirement(renovated_capacity, retirement_hazard):
    """Renovated capacity retired at the end of its life."""
    return renovated_capacity * retirement_hazard


@flow("亿元/yr/yr", "智能产能退役", "Retirement of intelligent capacity", over=BRANCH)
def intelligent_retirement(intelligent_capacity, retirement_hazard):
    """Intelligent capacity retired at the end of its life."""
    return intelligent_capacity * retirement_hazard


@flow("亿元/yr/yr", "退役合计", "Retirement", over=BRANCH)
def retirement(conventional_retirement, renovated_retirement, intelligent_retirement):
    """Retirement of all vintages of capacity."""
    return conventional_retirement + renovated_retirement + intelligent_retirement


@flow("亿元/yr/yr", "标准老化", "Obsolescence", over=BRANCH)
def obsolescence(renovated_capacity, standard_lifetime):
    """Renovated capacity that falls behind the current technical standard and is reclassified as conventional."""
    return renovated_capacity / standard_lifetime


perceived_closure_target = smooth(
    "Mt/yr/yr",
    "分解落实的关停任务",
    "Closure target passed on",
    "Closure target of the year as passed on to cities and firms; lists, audits and negotiations take time, and most "
    "plants close towards the end of the year.",
    of="capacity_closure",
    time="closure_lead_time",
    over=BRANCH,
)


@flow("亿元/yr/yr", "实际关停指令", "Closure order carried out", over=BRANCH)
def closure_order(perceived_closure_target, product_per_value, social_resistance, implementation_factor):
    """Closure order in volume, times the implementation factor, less the part delayed by social resistance
    (B-social)."""
    return ratio(perceived_closure_target, product_per_value) * social_resistance * implementation_factor


@flow("亿元/yr/yr", "关停闲置产能", "Closure of idle capacity", over=BRANCH)
def idle_closure(closure_order, idled_capacity, idle_closure_priority, closure_minimum_time):
    """Closure of idled capacity. Local governments meet the order with idled plants first, which costs little
    output."""
    return smooth_minimum(closure_order * idle_closure_priority, idled_capacity / closure_minimum_time)


@auxiliary("亿元/yr/yr", "可关停在产产能", "Running capacity that can be closed", over=BRANCH)
def closure_pool(conventional_capacity, renovated_capacity, closure_eligible_rate, modern_eligibility):
    """Running capacity below standard that an order can reach in a year: conventional plants and few renovated ones.
    The pool shrinks as orders use it, so each further order closes less (B-closure-pool)."""
    return closure_eligible_rate * (conventional_capacity + modern_eligibility * renovated_capacity)


@flow("亿元/yr/yr", "关停在产产能", "Closure of active capacity", over=BRANCH)
def active_closure(closure_order, idle_closure, closure_pool):
    """Remainder of the closure order, taken from active capacity with diminishing returns."""
    rest = maximum(closure_order - idle_closure, 0)
    return ratio(rest * closure_pool, rest + closure_pool)


@auxiliary("亿元/yr", "关停加权产能", "Capacity weighted for closure", over=BRANCH)
def closure_weight(conventional_capacity, renovated_capacity, modern_eligibility):
    """Active capacity weighted by the probability of being listed for closure: conventional plants first."""
    return conventional_capacity + modern_eligibility * renovated_capacity


@flow("亿元/yr/yr", "关停常规产能", "Closure of conventional capacity", over=BRANCH)
def conventional_closure(active_closure, conventional_capacity, closure_weight):
    """Conventional capacity closed by order."""
    return active_closure * ratio(conventional_capacity, closure_weight)


@flow("亿元/yr/yr", "关停改造产能", "Closure of renovated capacity", over=BRANCH)
def renovated_closure(active_closure, renovated_capacity, closure_weight, modern_eligibility):
    """Renovated capacity closed by order."""
    return active_closure * ratio(modern_eligibility * renovated_capacity, closure_weight)


@flow("亿元/yr/yr", "关停合计", "Closure", over=BRANCH)
def closure(idle_closure, active_closure):
    """Total capacity closed by order, idled and active."""
    return idle_closure + active_closure


# --- Age ----------------------------------------------------------------------------------------


@flow("亿元/yr", "自然增龄", "Ageing", over=BRANCH)
def ageing(active_capacity):
    """Increase of total age: each unit of active capacity ages by one year per year."""
    return active_capacity


@flow("亿元/yr", "退出带走的役龄", "Age leaving", over=BRANCH)
def age_leaving(
    mean_age,
    retirement,
    active_closure,
    idling,
    restart,
    renovation_successes,
    rejuvenation,
    transfer_of_running_plants,
):
    """Reduction of total age: the age of capacity that leaves (net of restarts) and the rejuvenation by renovation."""
    left = retirement + active_closure + idling - restart + transfer_of_running_plants
    return mean_age * (left + rejuvenation * renovation_successes)
