"""Running a model piece by piece, with some of its flows set by the caller between the pieces.

A process model (discrete events) and the stocks take turns: the process looks at the stocks, decides the flows of the
next piece of time, and the stocks move on with them. All other equations apply as always. Euler only.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.engine.webassembly.packing import Packing
from model.engine.webassembly.program import Instance, program_of

from .checked_system import System
from .horizon import Horizon
from .integrate import Report


class Advance:
    """A run in pieces of `piece` steps; `prescribed` names the flows that the caller sets, `watched` the
    variables that `look` returns.

    `look()` returns the watched variables at the present moment, computed by their equations. `advance(flows)`
    integrates one piece with the prescribed flows constant. After the last one, `results` reports the run like
    `compiled`.
    """

    def __init__(
        self,
        system: System,
        horizon: Horizon,
        parameters: Mapping,
        tables: Mapping,
        prescribed: tuple[str, ...],
        watched: tuple[str, ...],
        piece: int,
    ):
        if horizon.method != "euler" or horizon.steps % piece:
            raise ValueError(f"pieces of {piece} steps need euler and a year of a multiple of {piece} steps")
        self.system, self.horizon, self.piece = system, horizon, piece
        program = program_of(system, tuple(system.variables), prescribed=tuple(prescribed), watched=tuple(watched))
        self._shapes = {name: system.shape_of(name) for name in (*prescribed, *watched)}
        self._instance = Instance(program)
        packing = Packing(system, horizon, program.form)
        self._instance.configure(horizon)
        self._instance.write(packing.parameters(parameters), packing.tables(tables))
        self._instance.call("begin")
        self.done = 0

    @property
    def pieces(self) -> int:
        """How many pieces the whole run has."""
        return len(self.horizon.times) // self.piece

    @property
    def time(self) -> float:
        """The present moment, in years."""
        return self.horizon.start + self.done * self.piece / self.horizon.steps

    def look(self, ahead: int = 0) -> dict[str, np.ndarray]:
        """The watched variables now; levers and drivers as they will be `ahead` pieces later, or at the end."""
        now = self.done * self.piece
        then = min((self.done + ahead) * self.piece, len(self.horizon.times) - 1)
        self._instance.call("look", now, then)
        return {name: self._value(name, place).copy() for name, place in self._instance.form.watched.items()}

    def advance(self, flows: Mapping[str, np.ndarray]) -> None:
        """Integrate one piece; `flows` has a value for every flow named in `prescribed`."""
        for name, place in self._instance.form.prescribed.items():
            self._value(name, place)[...] = flows[name]
        self._instance.call("advance", self.done * self.piece, self.piece)
        self.done += 1

    def results(self, names: tuple[str, ...] | None = None) -> dict[str, np.ndarray]:
        """The variables `names` (default: all) by year, once the run is complete."""
        if self.done != self.pieces:
            raise ValueError(f"the run is not complete: {self.done} of {self.pieces} pieces")
        self._instance.call("finish")
        chosen = self.system.variables if names is None else names
        return Report(self.system, self._instance.form, chosen).read(self._instance)

    def _value(self, name: str, place: tuple[int, int]) -> np.ndarray:
        return self._instance.entries(*place).reshape(self._shapes[name])
