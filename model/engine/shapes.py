"""The shapes that equations give, compared with the axes that are declared."""

from __future__ import annotations

from .declare import Variable
from .errors import DeclarationError


def check_shape(variable: Variable, shape: tuple[int, ...], trail: tuple[int, ...] = ()) -> None:
    """Raise a `DeclarationError` unless `shape` is that of the axes of `variable`, with `trail` behind it.

    Values that do not depend on the trailing axes (steps, years or members) may have ones there, or lack them.
    """
    if shape in (variable.shape, variable.shape + trail):
        return
    inner, outer = shape[: len(variable.shape)], shape[len(variable.shape) :]
    fits = len(outer) in (0, len(trail)) and all(size in (1, full) for size, full in zip(outer, trail, strict=False))
    if inner == variable.shape and fits:
        return
    axes = " and ".join(f"{axis.name} ({len(axis)})" for axis in variable.axes) or "no axis"
    beside = f" with {trail} behind it" if trail else ""
    raise DeclarationError(
        f"{variable.name} ({variable.chapter}): declared over {axes}, but the equation gives an array of shape {shape}"
        f"{beside}; change `over=` or the equation"
    )
