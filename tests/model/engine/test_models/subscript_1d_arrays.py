"""A stock over one axis."""

from model.engine import Axis, flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon

ENTRY = Axis("entry", ("Entry 1", "Entry 2", "Entry 3"))
HORIZON, AXES = Horizon(0, 100, 1), (ENTRY,)
INPUTS = (Input("rate_a", "parameter", "1/yr", axis=ENTRY),)
PARAMETERS = {"rate_a": (0.01, 0.02, 0.03)}

stock_a = stock("1", "存量", "Stock", "Over entries.", initial=0.0, inflows=["inflow_a"], over=ENTRY)


@flow("1/yr", "流入", "Inflow", over=ENTRY)
def inflow_a(rate_a):
    """At a rate for each entry."""
    return rate_a
