"""Whole numbers and remainders, below and above zero."""

from model.engine import auxiliary
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import integer, modulo

HORIZON, AXES = Horizon(0, 200, 1), ()
INPUTS = (Input("ten_years", "parameter", "yr"),)
PARAMETERS = {"ten_years": 10.0}


@auxiliary("1", "变量", "Variable")
def stocka(time, ten_years):
    """Rises from -10 to 10."""
    return -10.0 + time / ten_years


@auxiliary("1", "取整", "Integer")
def test_integer(stocka):
    """Towards zero."""
    return integer(stocka)


@auxiliary("1", "余数", "Remainder")
def test_modulo(stocka):
    """After whole threes."""
    return modulo(stocka, 3.0)
