"""The project pipeline: renovation, intelligent conversion and ordered closure as discrete projects of random size.

Renovation projects arrive, are reviewed (finite desks, projects without land first), wait for money (regular rounds,
best first), are built, and commission or fail. Conversions are filed and built; closures are audited and dismantled.
Pipeline and stocks take turns month by month: the stocks say what is wished for, what money there is and which plants
could take part; the pipeline says what is applied for, begins and ends.

Without `pipeline: stochastic` the stocks use the delays that the pipeline implies: `mean_delay` and `order`.
"""

from .coupling import STEPS, ProjectRun, simulate_projects
from .settings import KINDS, mean_delay, order, pipeline_parameters, pipeline_values

__all__ = [
    "KINDS", "STEPS", "ProjectRun", "mean_delay", "order", "pipeline_parameters", "pipeline_values",
    "simulate_projects",
]  # fmt: skip
