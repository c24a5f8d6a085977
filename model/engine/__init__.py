"""A small system-dynamics engine: declare variables as functions, get simulation, units, graph and results.

It does not depend on any model. A chapter of a model imports only this package and `ops`. `checked_system` checks a set
of declarations, `integrate` runs it, `units` checks dimensions, `graph` has causes and loops, `result` labels arrays.
"""

from .declare import Axis, annual, auxiliary, flow, stock
from .delays import delay3, smooth
from .errors import DeclarationError, UnitError
from .text import Text

__all__ = ["Axis", "DeclarationError", "Text", "UnitError", "annual", "auxiliary", "delay3", "flow", "smooth", "stock"]
