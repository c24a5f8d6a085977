"""A cup of tea cools to the temperature of the room."""

from model.engine import flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon

HORIZON, AXES = Horizon(0, 30, 8), ()
INPUTS = (
    Input("characteristic_time", "parameter", "yr"),
    Input("room_temperature", "parameter", "delta_degF"),
    Input("first_temperature", "parameter", "delta_degF"),
)
PARAMETERS = {"characteristic_time": 10.0, "room_temperature": 70.0, "first_temperature": 180.0}

teacup_temperature = stock(
    "delta_degF",
    "茶温",
    "Temperature of the tea",
    "Falls by the loss of heat.",
    initial="first_temperature",
    outflows=["heat_loss_to_room"],
)


@flow("delta_degF/yr", "散热", "Loss of heat")
def heat_loss_to_room(teacup_temperature, room_temperature, characteristic_time):
    """In proportion to the difference from the room."""
    return (teacup_temperature - room_temperature) / characteristic_time
