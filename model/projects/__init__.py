"""The project pipeline: renovation, intelligent conversion and ordered closure as discrete projects of random size.

Renovation projects are submitted, reviewed (limited number of reviewers; projects that need no land have priority),
wait for funding (regular rounds, ranked by merit), are built, and succeed or fail. Conversions are filed and built;
closures are audited and dismantled. Pipeline and stocks alternate month by month: the stocks give the intended
capacity, the funds and the eligible plants; the pipeline gives applications, starts and completions.

Without `pipeline: stochastic` the stocks use the mean delay and order that the pipeline implies: `mean_delay` and
`order`.
"""

from .coupling import STEPS, ProjectRun, horizon_of_projects, simulate_projects, trace_inputs
from .settings import KINDS, mean_delay, order, pipeline_parameters, pipeline_values

__all__ = [
    "KINDS",
    "STEPS",
    "ProjectRun",
    "horizon_of_projects",
    "mean_delay",
    "order",
    "pipeline_parameters",
    "pipeline_values",
    "simulate_projects",
    "trace_inputs",
]
