"""An epidemic: susceptible, infectious and recovered people."""

from model.engine import flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon

HORIZON, AXES = Horizon(0, 100, 32), ()
INPUTS = (
    Input("contact_infectivity", "parameter", "1/yr"),
    Input("duration", "parameter", "yr"),
    Input("total_population", "parameter", "1"),
)
PARAMETERS = {"contact_infectivity": 0.3, "duration": 5.0, "total_population": 1000.0}

susceptible = stock(
    "1", "易感者", "Susceptible", "Not yet infected.", initial="total_population", outflows=["succumbing"]
)
infectious = stock(
    "1", "感染者", "Infectious", "Ill now.", initial=5.0, inflows=["succumbing"], outflows=["recovering"]
)
recovered = stock("1", "康复者", "Recovered", "Ill no more.", initial=0.0, inflows=["recovering"])


@flow("1/yr", "感染", "Infection")
def succumbing(susceptible, infectious, total_population, contact_infectivity):
    """Infectious people meet susceptible ones."""
    return susceptible * infectious / total_population * contact_infectivity


@flow("1/yr", "康复", "Recovery")
def recovering(infectious, duration):
    """At the end of the illness."""
    return infectious / duration
