"""A small system-dynamics engine: declare variables as functions, get simulation, units, graph and results.

It does not depend on any model. A chapter of a model imports only this package and `ops`. `checked_system` checks a set
of declarations, `integrate` runs it, `units` checks dimensions, `graph` has causes and loops, `result` labels arrays.
"""

from .declare import Axis, annual, auxiliary, flow, stock
from .delays import delay, delay3, fixed_delay, smooth
from .errors import DeclarationError, UnitError
from .tables import Table
from .text import Text

__all__ = [
    "Axis",
    "DeclarationError",
    "Table",
    "Text",
    "UnitError",
    "annual",
    "auxiliary",
    "delay",
    "delay3",
    "fixed_delay",
    "flow",
    "smooth",
    "stock",
]
