"""Labour: who works in the branches, who loses the job, and how that holds up closures."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import maximum, minimum, ratio, smooth_minimum, total

workforce = stock(
    "person", "从业人员", "Workforce",
    "People who work in above-scale firms of the branch.",
    initial="initial_workforce", inflows=["hiring"], outflows=["layoffs", "closure_layoffs"], over=BRANCH,
)  # fmt: skip

displaced_workers = stock(
    "person", "待再就业人员", "Displaced workers",
    "People who lost their job in industry and have found no other.",
    initial="initial_displaced_workers", inflows=["displacement"],
    outflows=["rehiring", "leaving_industry", "retraining_starts"],
)  # fmt: skip

in_retraining = stock(
    "person", "转岗培训人员", "Workers in retraining",
    "Displaced people who are being trained for another job.",
    initial=0, inflows=["retraining_starts"], outflows=["retraining_completions"],
)  # fmt: skip

retrained_workers = stock(
    "person", "培训合格待岗人员", "Retrained workers looking for work",
    "People with a new skill who have not yet found a place.",
    initial=0, inflows=["retraining_completions"], outflows=["retrained_rehiring", "retrained_leaving"],
)  # fmt: skip

entered_industry = stock(
    "person", "累计新进人员", "People who entered industry",
    "All who came into industry from school, farm or elsewhere since the start.",
    initial=0, inflows=["entering_industry"],
)  # fmt: skip

left_industry = stock(
    "person", "累计离开人员", "People who left industry",
    "All displaced people who found work elsewhere or retired since the start.",
    initial=0, inflows=["leaving_industry", "retrained_leaving"],
)  # fmt: skip

productivity_trend = stock(
    "1", "劳动生产率趋势", "Productivity trend",
    "Growth of output per worker that is not explained by renovation and intelligent plants.",
    initial=1, inflows=["productivity_growth"], over=BRANCH,
)  # fmt: skip


@flow("1/yr", "劳动生产率增长", "Productivity growth", over=BRANCH)
def productivity_growth(productivity_trend, autonomous_productivity_growth):
    """Constant rate of other improvement."""
    return productivity_trend * autonomous_productivity_growth


@auxiliary("person", "初始从业人员", "Initial workforce", over=BRANCH)
def initial_workforce(initial_output, initial_labour_productivity):
    """Employment at the start, from output and productivity."""
    return initial_output / initial_labour_productivity


@auxiliary("亿元/person/yr", "劳动生产率", "Labour productivity", over=BRANCH)
def labour_productivity(
    initial_labour_productivity, productivity_trend, renovated_share, intelligent_share, initial_renovated_share,
    initial_intelligent_share, intelligent_share_in_use, renovation_labour_saving, smart_labour_saving,
    pilot_effect_scaling,
):  # fmt: skip
    """Output per worker at 2015 prices. Renovation and intelligent plants raise it (pilots: +37.6 %, scaled down)."""
    modern = renovated_share + intelligent_share - initial_renovated_share - initial_intelligent_share
    smart = smart_labour_saving * pilot_effect_scaling * intelligent_share_in_use
    gain = 1 + renovation_labour_saving * modern + smart
    return initial_labour_productivity * productivity_trend * gain


@auxiliary("person", "期望从业人员", "Desired workforce", over=BRANCH)
def desired_workforce(output, labour_productivity):
    """Workers that output needs."""
    return output / labour_productivity


@flow("person/yr", "招工", "Hiring", over=BRANCH)
def hiring(desired_workforce, workforce, hiring_time):
    """Vacancies filled."""
    return maximum(desired_workforce - workforce, 0) / hiring_time


@flow("person/yr", "裁员", "Layoffs", over=BRANCH)
def layoffs(desired_workforce, workforce, layoff_time):
    """Workers no longer needed; firms part with them slowly."""
    return maximum(workforce - desired_workforce, 0) / layoff_time


@flow("person/yr", "关停裁员", "Layoffs by closure", over=BRANCH)
def closure_layoffs(workforce, active_closure, active_capacity, internal_redeployment):
    """Workers of closed plants who are not moved inside the firm (officially over 95 % were; upper bound)."""
    return workforce * ratio(active_closure, active_capacity) * (1 - internal_redeployment)


@flow("person/yr", "失去岗位", "Displacement")
def displacement(layoffs, closure_layoffs):
    """Everyone who loses a job in industry."""
    return total(layoffs) + total(closure_layoffs)


@flow("person/yr", "工业内再就业", "Rehiring")
def rehiring(hiring, displaced_workers, reemployment_time):
    """Displaced people who find work in industry again, as far as anyone hires."""
    return minimum(total(hiring), displaced_workers / reemployment_time)


@flow("person/yr", "新进人员", "Entering industry")
def entering_industry(hiring, rehiring, retrained_rehiring):
    """Vacancies filled with people from outside industry."""
    return total(hiring) - rehiring - retrained_rehiring


@flow("person/yr", "转岗培训开始", "Retraining begun")
def retraining_starts(worker_retraining, displaced_workers, retraining_entry_time, implementation_factor):
    """Displaced people who take up a place: as many as there are places, or people."""
    places = worker_retraining * implementation_factor
    return smooth_minimum(places, displaced_workers / retraining_entry_time)


@flow("person/yr", "转岗培训结束", "Retraining completed")
def retraining_completions(in_retraining, retraining_time):
    """People who finish their course (about half a year)."""
    return in_retraining / retraining_time


@flow("person/yr", "培训后回到工业", "Rehiring of retrained workers")
def retrained_rehiring(hiring, rehiring, retrained_workers, retrained_search_time):
    """Retrained people who find work in industry: vacancies that displaced workers without training leave open."""
    return minimum(total(hiring) - rehiring, retrained_workers / retrained_search_time)


@flow("person/yr", "培训后离开工业", "Retrained workers leaving industry")
def retrained_leaving(retrained_workers, retrained_departure_time):
    """Retrained people who find work in services or elsewhere, sooner than those without training."""
    return retrained_workers / retrained_departure_time


@flow("person/yr", "离开工业", "Leaving industry")
def leaving_industry(displaced_workers, departure_time):
    """Displaced people who find work in services, retire or move away."""
    return displaced_workers / departure_time


@auxiliary("1", "社会阻力系数", "Social resistance")
def social_resistance(displaced_workers, workforce, tolerated_displacement, social_switch):
    """Part of ordered closures that goes through: fewer when many people are without work (B-social). The switch
    (0 or 1) turns the loop off for tests."""
    pressure = ratio(displaced_workers, total(workforce)) / tolerated_displacement
    return 1 / (1 + pressure * social_switch)
