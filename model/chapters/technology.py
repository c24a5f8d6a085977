"""Technology: the ladder that plants climb towards a frontier which moves, the level that rivals reach, and the depth
to which steel is processed.

Renewal closes part of the distance between a plant and the frontier. In balance the distance depends on the pace of
renewal relative to the growth of the frontier, so more renewal always brings a higher level and each further step
brings less; there is no ceiling.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import element, exp, ratio

technology_frontier = stock(
    "1",
    "技术前沿",
    "Technology frontier",
    "Level of the best equipment and products on the market; the mean plant of 2010 is 1.",
    initial="initial_frontier_lead",
    inflows=["frontier_progress"],
    over=BRANCH,
)

technology_level = stock(
    "1",
    "技术水平",
    "Technology level",
    "Mean level of equipment and products of active plants, 1 in 2010.",
    initial=1,
    inflows=["technology_gain", "exit_gain"],
    over=BRANCH,
)

national_level = stock(
    "1",
    "全国技术水平",
    "National technology level",
    "Mean level of competitors elsewhere in China, 1 in 2010.",
    initial=1,
    inflows=["national_technology_gain"],
    over=BRANCH,
)

processing_depth = stock(
    "1",
    "钢材深加工度",
    "Depth of processing in steel",
    "Rolled and coated products per tonne of crude steel, counted at each processing step.",
    initial="initial_processing_depth",
    inflows=["deepening"],
    belongs_to="steel",
)


@flow("1/yr", "前沿推进", "Progress of the frontier", over=BRANCH)
def frontier_progress(technology_frontier, frontier_growth):
    """Growth of the frontier by technical change embodied in new equipment."""
    return technology_frontier * frontier_growth


@auxiliary("1", "与前沿的距离", "Distance to the frontier", over=BRANCH)
def frontier_distance(technology_frontier, technology_level):
    """Distance of the mean plant to the frontier (B-distance: the nearer, the less a renewal brings)."""
    return technology_frontier - technology_level


@flow("1/yr", "更新带来的提升", "Gain by renewal", over=BRANCH)
def technology_gain(
    rung,
    renovation_successes,
    smart_conversion_completions,
    completions,
    active_capacity,
    frontier_distance,
):
    """Rise of the level by renewal: renovated and converted plants climb one rung, a part of the distance to the
    frontier; new plants start at the frontier (R-upgrading)."""
    climbing = rung * (renovation_successes + smart_conversion_completions) + completions
    return ratio(climbing, active_capacity) * frontier_distance


@flow("1/yr", "落后产能退出带来的提升", "Gain by exit", over=BRANCH)
def exit_gain(exit_lag, retirement, active_closure, idling, restart, active_capacity, frontier_distance):
    """Rise of the mean level because plants that leave are behind the mean by part of the distance to the frontier;
    plants that restart lower it."""
    leaving = ratio(retirement + active_closure + idling - restart, active_capacity)
    return exit_lag * leaving * frontier_distance


@flow("1/yr", "全国技术提升", "National gain", over=BRANCH)
def national_technology_gain(
    national_renewal, national_pace_growth, time, base_year, technology_frontier, national_level
):
    """Rise of the level elsewhere: renewal at the national pace, which grows with the renovation money of the
    country."""
    pace = national_renewal * exp(national_pace_growth * (time - base_year))
    return pace * (technology_frontier - national_level)


@auxiliary("1", "相对技术水平", "Relative technology level", over=BRANCH)
def relative_technology_level(technology_level, national_level):
    """Technology level relative to the country, 1 in 2010."""
    return technology_level / national_level


@flow("1/yr", "深加工推进", "Deepening of processing", belongs_to="steel")
def deepening(processing_depth, depth_limit, depth_response, completions, renovation_successes, active_capacity):
    """Rise of the depth of processing towards the limit of demand for processed products, as rolling and coating lines
    are built and renovated."""
    renewed = element(ratio(completions + renovation_successes, active_capacity), BRANCH, "steel")
    return depth_response * renewed * (depth_limit - processing_depth)


@auxiliary("1", "相对深加工度", "Relative depth of processing", belongs_to="steel")
def relative_processing_depth(processing_depth, initial_processing_depth):
    """Depth of processing relative to 2010."""
    return processing_depth / initial_processing_depth
