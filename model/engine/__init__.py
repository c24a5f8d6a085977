"""A small system-dynamics engine: declare variables as functions, get simulation, units, graph and results.

It knows nothing of any particular model. `declare` and `ops` are all that a chapter of a model
imports; `checked_system` checks a set of declarations, `integrate` runs it, `units` checks dimensions,
`graph` finds causes and loops, `result` labels arrays.
"""

from .declare import Axis, annual, auxiliary, delay3, flow, smooth, stock
from .errors import DeclarationError, UnitError
from .text import Text

__all__ = ["Axis", "DeclarationError", "Text", "UnitError", "annual", "auxiliary", "delay3", "flow", "smooth", "stock"]
