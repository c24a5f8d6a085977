"""Labour: employment by branch, displacement, re-employment, and how displaced workers delay closures."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import maximum, minimum, power, ratio, total

workforce = stock(
    "person",
    "从业人员",
    "Workforce",
    "Employment in above-scale firms of the branch.",
    initial="initial_workforce",
    inflows=["hiring"],
    outflows=["layoffs", "closure_layoffs"],
    over=BRANCH,
)

displaced_workers = stock(
    "person",
    "待再就业人员",
    "Displaced workers",
    "Workers who have lost their job in industry and have not found another.",
    initial="initial_displaced_workers",
    inflows=["displacement"],
    outflows=["rehiring", "leaving_industry", "retraining_starts"],
)

in_retraining = stock(
    "person",
    "转岗培训人员",
    "Workers in retraining",
    "Displaced workers in retraining for another job.",
    initial=0,
    inflows=["retraining_starts"],
    outflows=["retraining_completions"],
)

retrained_workers = stock(
    "person",
    "培训合格待岗人员",
    "Retrained workers looking for work",
    "Retrained workers who have not yet found a job.",
    initial=0,
    inflows=["retraining_completions"],
    outflows=["retrained_rehiring", "retrained_leaving"],
)

entered_industry = stock(
    "person",
    "累计新进人员",
    "People who entered industry",
    "Workers who have entered industry from school, agriculture or other sectors since the start of the run.",
    initial=0,
    inflows=["entering_industry"],
)

left_industry = stock(
    "person",
    "累计离开人员",
    "People who left industry",
    "Displaced workers who have found work outside industry or retired since the start of the run.",
    initial=0,
    inflows=["leaving_industry", "retrained_leaving"],
)

productivity_trend = stock(
    "1",
    "劳动生产率趋势",
    "Productivity trend",
    "Output per worker of the country relative to 2010.",
    initial=1,
    inflows=["productivity_growth"],
    over=BRANCH,
)


@flow("1/yr", "劳动生产率增长", "Productivity growth", over=BRANCH)
def productivity_growth(productivity_trend, autonomous_productivity_growth):
    """Growth of the productivity trend at a constant rate."""
    return productivity_trend * autonomous_productivity_growth


@auxiliary("person", "初始从业人员", "Initial workforce", over=BRANCH)
def initial_workforce(initial_output, initial_labour_productivity):
    """Employment at the start, from output and labour productivity."""
    return initial_output / initial_labour_productivity


@auxiliary("1", "相对用工节省", "Labour saved relative to the country", over=BRANCH)
def relative_labour_gain(
    relative_technology_level,
    ladder_labour_elasticity,
    smart_labour_saving,
    pilot_effect_scaling,
    mature_intelligent_gain,
    national_intelligent_gain,
):
    """Output per worker relative to competitors, 1 in 2010: better technology and more intelligent plants than
    elsewhere need fewer workers (pilots: +37.6 %, scaled down)."""
    lead = mature_intelligent_gain - national_intelligent_gain
    smart = 1 + smart_labour_saving * pilot_effect_scaling * lead
    return power(relative_technology_level, ladder_labour_elasticity) * smart


@auxiliary("亿元/person/yr", "劳动生产率", "Labour productivity", over=BRANCH)
def labour_productivity(initial_labour_productivity, productivity_trend, relative_labour_gain):
    """Output per worker at 2015 prices: the national trend, and Hebei's lead or lag."""
    return initial_labour_productivity * productivity_trend * relative_labour_gain


@auxiliary("亿元/person/yr", "人均工资", "Wage per worker", over=BRANCH)
def wage_rate(labour_share, initial_labour_productivity, productivity_trend, other_cost_index):
    """Labour cost per worker and year. Wages follow the labour productivity of the country, so a lead of Hebei's plants
    lowers their labour cost."""
    return labour_share * initial_labour_productivity * productivity_trend * other_cost_index


@auxiliary("亿元/yr", "工资", "Wages", over=BRANCH)
def wages(workforce, wage_rate, value_content):
    """Labour cost of the branch, social contributions included; products of higher value take more skilled work."""
    return workforce * wage_rate * value_content


@auxiliary("person", "期望从业人员", "Desired workforce", over=BRANCH)
def desired_workforce(output, labour_productivity):
    """Employment required for the current output."""
    return output / labour_productivity


@flow("person/yr", "招工", "Hiring", over=BRANCH)
def hiring(desired_workforce, workforce, hiring_time):
    """Vacancies filled."""
    return maximum(desired_workforce - workforce, 0) / hiring_time


@flow("person/yr", "裁员", "Layoffs", over=BRANCH)
def layoffs(desired_workforce, workforce, layoff_time):
    """Workers laid off because they exceed the required number; firms reduce staff slowly."""
    return maximum(workforce - desired_workforce, 0) / layoff_time


@flow("person/yr", "关停裁员", "Layoffs by closure", over=BRANCH)
def closure_layoffs(workforce, active_closure, idle_closure, idle_staffing, active_capacity, internal_redeployment):
    """Workers of closed plants who are not redeployed within the firm (officially more than 95 % were redeployed; an
    upper bound). Idle plants keep part of their staff until they are closed."""
    staffed = active_closure + idle_staffing * idle_closure
    return workforce * ratio(staffed, active_capacity) * (1 - internal_redeployment)


@flow("person/yr", "失去岗位", "Displacement")
def displacement(layoffs, closure_layoffs):
    """All workers who lose a job in industry."""
    return total(layoffs) + total(closure_layoffs)


@flow("person/yr", "工业内再就业", "Rehiring")
def rehiring(hiring, displaced_workers, reemployment_time):
    """Displaced workers re-employed in industry, limited by total hiring."""
    return minimum(total(hiring), displaced_workers / reemployment_time)


@flow("person/yr", "新进人员", "Entering industry")
def entering_industry(hiring, rehiring, retrained_rehiring):
    """Vacancies filled with workers from outside industry."""
    return total(hiring) - rehiring - retrained_rehiring


@flow("person/yr", "转岗培训开始", "Retraining begun")
def retraining_starts(worker_retraining, displaced_workers, retraining_entry_time, implementation_factor):
    """Displaced workers who start retraining. The more places there are for those who look for work, the more places
    stay empty, because courses and people do not always match."""
    places, applicants = worker_retraining * implementation_factor, displaced_workers / retraining_entry_time
    return ratio(places * applicants, places + applicants)


@flow("person/yr", "转岗培训结束", "Retraining completed")
def retraining_completions(in_retraining, retraining_time):
    """Workers who complete retraining (about half a year)."""
    return in_retraining / retraining_time


@flow("person/yr", "培训后回到工业", "Rehiring of retrained workers")
def retrained_rehiring(hiring, rehiring, retrained_workers, retrained_search_time):
    """Retrained workers re-employed in industry, in vacancies not filled by displaced workers without retraining."""
    return minimum(total(hiring) - rehiring, retrained_workers / retrained_search_time)


@flow("person/yr", "培训后离开工业", "Retrained workers leaving industry")
def retrained_leaving(retrained_workers, retrained_departure_time):
    """Retrained workers who find jobs in services or elsewhere, sooner than those without retraining."""
    return retrained_workers / retrained_departure_time


@flow("person/yr", "离开工业", "Leaving industry")
def leaving_industry(displaced_workers, departure_time):
    """Displaced workers who find jobs in services, retire or leave the province."""
    return displaced_workers / departure_time


@auxiliary("1", "社会阻力系数", "Social resistance")
def social_resistance(displaced_workers, workforce, tolerated_displacement, social_switch):
    """Share of ordered closures that is carried out; falls with the number of displaced workers (B-social). A switch (0
    or 1) disables the loop in structural tests."""
    pressure = ratio(displaced_workers, total(workforce)) / tolerated_displacement
    return 1 / (1 + pressure * social_switch)
