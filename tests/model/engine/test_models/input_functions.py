"""A step, a ramp, a pulse and a train of pulses."""

from model.engine import auxiliary, flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import pulse, ramp, step

HORIZON, AXES = Horizon(0, 25, 16), ()
PARAMETERS = {
    "height": 1.0,
    "slope": 1.0,
    "step_at": 1.0,
    "pulse_at": 3.0,
    "pulse_width": 2.0,
    "train_from": 7.0,
    "train_width": 1.0,
    "train_interval": 2.0,
    "train_until": 12.0,
    "ramp_from": 14.0,
    "ramp_until": 17.0,
}
UNITS = {"height": "1/yr", "slope": "1/yr/yr"}
INPUTS = tuple(Input(name, "parameter", UNITS.get(name, "yr")) for name in PARAMETERS)

stocka = stock("1", "存量", "Stock", "Adds up the inputs.", initial=0.0, inflows=["inputa"])


@auxiliary("1/yr", "阶跃", "Step")
def test_step(time, height, step_at):
    """From 1 on."""
    return step(time, height, step_at)


@auxiliary("1/yr", "脉冲", "Pulse")
def test_pulse(time, height, pulse_at, pulse_width):
    """From 3 to 5."""
    return pulse(time, height, pulse_at, pulse_width)


@auxiliary("1/yr", "脉冲序列", "Train of pulses")
def test_pulse_train(time, height, train_from, train_width, train_interval, train_until):
    """From 7 to 8, 9 to 10 and 11 to 12."""
    return pulse(time, height, train_from, train_width, train_interval, train_until)


@auxiliary("1/yr", "斜坡", "Ramp")
def test_ramp(time, slope, ramp_from, ramp_until):
    """From 14 to 17."""
    return ramp(time, slope, ramp_from, ramp_until)


@flow("1/yr", "输入", "Input")
def inputa(test_step, test_pulse, test_pulse_train, test_ramp):
    """All together."""
    return test_pulse + test_pulse_train + test_ramp + test_step
