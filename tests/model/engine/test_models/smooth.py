"""Smooths of order 1, 2 and 3 whose time changes on the way."""

from model.engine import auxiliary
from model.engine import smooth as declare_smooth
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import step

HORIZON, AXES = Horizon(0, 20, 4), ()
PARAMETERS = {
    "first_input": -1.0,
    "rise": 5.0,
    "rise_at": 5.0,
    "first_time": 2.0,
    "longer": 2.0,
    "longer_at": 10.0,
    "initial_value": 5.0,
}
UNITS = {"first_input": "1", "rise": "1", "initial_value": "1"}
INPUTS = tuple(Input(name, "parameter", UNITS.get(name, "yr")) for name in PARAMETERS)


@auxiliary("1", "输入", "Input")
def input(first_input, time, rise, rise_at):  # noqa: A001
    """Rises once."""
    return first_input + step(time, rise, rise_at)


@auxiliary("yr", "调整时间", "Adjustment time")
def adjustment_time(first_time, time, longer, longer_at):
    """Becomes longer once."""
    return first_time + step(time, longer, longer_at)


@auxiliary("1", "阶数", "Order")
def variable_order(time, longer_at):
    """What is asked for; a smooth keeps the order with which it starts."""
    return 2.0 + step(time, 1.0, longer_at)


_SMOOTHED = {
    "unit": "1",
    "zh": "输出",
    "en": "Output",
    "doc": "Follows the input.",
    "of": "input",
    "time": "adjustment_time",
}
smooth_output = declare_smooth(**_SMOOTHED)
smoothi_output = declare_smooth(**_SMOOTHED, initial="initial_value")
smooth3_output = declare_smooth(**_SMOOTHED, order=3)
smooth3i_output = declare_smooth(**_SMOOTHED, initial="initial_value", order=3)
smooth_n_output = declare_smooth(**_SMOOTHED, initial="initial_value", order=2)
