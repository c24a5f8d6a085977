"""The part `vary` of a design: levers, parameters and drivers, and the values over which they go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from model.engine.text import Text
from model.scenario import Scenario
from model.scenario.problems import unknown_key

from .design import Dimension
from .design_source import Source
from .varying_drivers import VaryingDrivers
from .varying_levers import VaryingLevers
from .varying_parameters import VaryingParameters
from .varying_part import VaryingPart

PARTS: Mapping[str, Callable[[Source, Sequence[Scenario]], VaryingPart]] = {
    "levers": VaryingLevers,
    "parameters": VaryingParameters,
    "drivers": VaryingDrivers,
}
"""What reads each part, in the order of the dimensions."""


def varying(source: Source, policies: Sequence[Scenario]) -> list[Dimension]:
    """The dimensions of a design, in the order in which it names them; problems are noted in `source`."""
    given = source.data.get("vary", {})
    vary: Mapping = given if isinstance(given, Mapping) else {}
    if "vary" in source.data and not vary:
        source.report(
            ("vary",),
            Text(
                zh=f"`vary` 是空的；允许：{'、'.join(PARTS)} 中的一项或几项",
                en=f"nothing varies; allowed: one or more of {', '.join(PARTS)}",
            ),
        )
    for key in vary:
        if key not in PARTS:
            source.report(("vary", key), unknown_key(key, tuple(PARTS)))
    return [
        dimension
        for name, reader in PARTS.items()
        if name in vary
        for dimension in reader(source, policies).dimensions(vary[name])
    ]
