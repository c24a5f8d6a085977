"""Material delays of order 1, 2 and 3 whose time changes on the way."""

from model.engine import auxiliary, delay, delay3, fixed_delay, flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import step

HORIZON, AXES = Horizon(0, 100, 1), ()
PARAMETERS = {
    "first_input": -1.0,
    "rise": 5.0,
    "rise_at": 5.0,
    "first_time": 4.0,
    "longer": 2.0,
    "longer_at": 15.0,
    "initial_value": 6.0,
    "another_at": 10.0,
    "one_step": 1.0,
}
UNITS = {"first_input": "1/yr", "rise": "1/yr", "initial_value": "1/yr"}
INPUTS = tuple(Input(name, "parameter", UNITS.get(name, "yr")) for name in PARAMETERS)


@flow("1/yr", "输入", "Input")
def input(first_input, time, rise, rise_at):  # noqa: A001
    """Rises once."""
    return first_input + step(time, rise, rise_at)


@auxiliary("yr", "延迟时间", "Delay time")
def delay_time(first_time, time, longer, longer_at):
    """Becomes longer once."""
    return first_time + step(time, longer, longer_at)


@auxiliary("1", "阶数", "Order")
def order_variable(time, another_at):
    """What is asked for; a delay keeps the order with which it starts."""
    return 2.0 + step(time, 1.0, another_at)


_DELAYED = {
    "unit": "1/yr",
    "zh": "输出",
    "en": "Output",
    "doc": "Delays the input.",
    "of": "input",
    "time": "delay_time",
}
output_delay1 = delay(**_DELAYED)
output_delay1i = delay(**_DELAYED, initial="initial_value")
output_delay3 = delay3(**_DELAYED)
output_delay3i = delay3(**_DELAYED, initial="initial_value")

# DELAY N hands the delay time on from stage to stage with the material: the second stage uses that of the step before.
former_time = fixed_delay("yr", "上期延迟时间", "Former delay time", "A step ago.", of="delay_time", time="one_step")
first_stage = stock(
    "1", "第一阶段", "First stage", "Order 2.", initial="half_content", inflows=["input"], outflows=["passing_on"]
)
second_stage = stock(
    "1",
    "第二阶段",
    "Second stage",
    "Order 2.",
    initial="half_content",
    inflows=["passing_on"],
    outflows=["outputdelayn"],
)


@auxiliary("1", "每阶段初值", "Initial content")
def half_content(initial_value, delay_time):
    """Of each stage."""
    return initial_value * delay_time / 2


@flow("1/yr", "离开第一阶段", "Leaving the first stage")
def passing_on(first_stage, delay_time):
    """Within half the delay time."""
    return first_stage * 2 / delay_time


@flow("1/yr", "离开第二阶段", "Leaving the second stage")
def outputdelayn(second_stage, former_time):
    """Within half the delay time that the material brings along."""
    return second_stage * 2 / former_time
