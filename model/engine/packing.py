"""Named arrays as one vector, the state of the loop over steps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .backend import Array, jax, jnp
from .checked_system import System


class Packing:
    """Named arrays as one flat vector and back: one array to carry makes a step several times faster than dozens."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]):
        self.shapes = dict(shapes)
        sizes = [int(np.prod(shape)) for shape in self.shapes.values()]
        self.bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(int)

    def pack(self, values: Mapping, lead: tuple[int, ...] = ()) -> jax.Array:
        """One vector, behind the axes `lead`; empty where there are no names."""
        if not self.shapes:
            return jnp.zeros((*lead, 0))
        return jnp.concatenate([jnp.reshape(values[name], (*lead, -1)) for name in self.shapes], axis=-1)

    def unpack(self, vector: Array) -> dict[str, Array]:
        """The named arrays; leading axes stay."""
        parts = zip(self.shapes.items(), self.bounds[:-1], self.bounds[1:], strict=True)
        return {n: jnp.reshape(vector[..., a:b], (*vector.shape[:-1], *shape)) for (n, shape), a, b in parts}


def stocks_of(system: System, trail: tuple[int, ...] = ()) -> Packing:
    """The packing of the stocks; `trail` is the shape behind their axes, such as members."""
    return Packing({name: (*system.variables[name].shape, *trail) for name in system.stocks})


def paths_of(system: System) -> Packing:
    """The packing of levers and drivers at one moment."""
    return Packing({name: source.shape for name, source in system.inputs.items() if source.kind != "parameter"})
