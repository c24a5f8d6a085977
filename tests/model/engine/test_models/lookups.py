"""A table read over time, and what it adds up to."""

from model.engine import Table, auxiliary, flow, stock
from model.engine.horizon import Horizon
from model.engine.ops import lookup

HORIZON, AXES, INPUTS, PARAMETERS = Horizon(0, 45, 4), (), (), {}
POINTS = Table(tuple(range(0, 50, 5)), (0, 0, 1, 1, 0, 0, -1, -1, 0, 0), "yr", "1/yr", zh="表", en="Table")

accumulation = stock("1", "累计", "Accumulation", "What flows in.", initial=0.0, inflows=["rate"])


@auxiliary("1/yr", "查表", "Value of the table")
def lookup_function_call(time):
    """Rises, falls below zero and returns."""
    return lookup(time, POINTS)


@flow("1/yr", "速率", "Rate")
def rate(lookup_function_call):
    """As the table says."""
    return lookup_function_call
