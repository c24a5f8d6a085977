"""A stock and a flow that stay within the limits noted for them."""

from model.engine import flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon

HORIZON, AXES = Horizon(0, 50, 1), ()
INPUTS = (Input("pace", "parameter", "1/yr"),)
PARAMETERS = {"pace": 1.0}

limited_stock = stock("1", "存量", "Stock", "Between 0 and 100.", initial=1.0, inflows=["limited_flow"])


@flow("1/yr", "流量", "Flow")
def limited_flow(pace):
    """Between -10 and 10."""
    return pace
