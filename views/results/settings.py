"""What a person has set: a scenario to start from, sliders and assumptions moved away from it, and what is shown.

A link holds the same (see `links`), so that it opens exactly this state. Nothing here needs a running app.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import yaml

from model.engine import Text
from model.inputs import END, LATEST, POLICY_START
from model.scenario import BASELINE, Scenario, plain_levers, shipped_scenarios

from .assumptions import assumed, driver_data, parameter_data
from .moves import Move
from .sliders import slots, with_slots

ENDS = (END, 2030, LATEST)
"""Last years that can be chosen; those after 2025 extrapolate."""
TARGET_YEAR = 2020
DEFAULT_CHARTS = ("shares", "energy_intensity")


@dataclass(frozen=True)
class Settings:
    """The state of the Explore page.

    `moved` has the sliders by id, `parameters` the changed assumptions of the model by id (`name` or `name.branch`),
    and `drivers` the factor on each changed driver, or what is added to rates of growth.
    """

    base: str = BASELINE
    moved: Mapping[str, Move] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    drivers: Mapping[str, float] = field(default_factory=dict)
    until: int = END
    year: int = TARGET_YEAR
    charts: tuple[str, ...] = DEFAULT_CHARTS

    def with_moved(self, slot_id: str, move: Move) -> Settings:
        """These settings with one slider moved, as far as it can be; a move without change puts it back."""
        exact = slots()[slot_id].exact(move)
        if exact is None or exact.changes_nothing:
            return self.without(slot_id)
        return replace(self, moved={**self.moved, slot_id: exact})

    def without(self, slot_id: str) -> Settings:
        """These settings with one slider back on the path of the scenario."""
        return replace(self, moved={k: v for k, v in self.moved.items() if k != slot_id})


def years_to_show(until: int) -> tuple[int, ...]:
    """Years in which the headline figures can be read."""
    return tuple(y for y in (2016, 2018, TARGET_YEAR, *ENDS) if y <= until)


def scenario_of(settings: Settings, scenarios: Mapping[str, Scenario]) -> Scenario:
    """The scenario that the settings describe, on top of the scenario they start from."""
    base = scenarios[settings.base]
    values = with_slots(base.levers, settings.moved)
    return assumed(base, settings.parameters, settings.drivers).model_copy(
        update={"levers": values, "until": settings.until}
    )


def to_yaml(settings: Settings, scenarios: Mapping[str, Scenario], title: Text, description: Text) -> str:
    """The settings as a scenario file that the command line and the upload read.

    A shipped scenario is named by `extends`; of an uploaded one everything is written out.
    """
    own: dict[str, object] = {"title": dict(title), "description": dict(description)}
    base = scenarios[settings.base]
    if settings.base in shipped_scenarios():
        changed = {slots()[s].lever.id for s in settings.moved}
        values = with_slots(base.levers, settings.moved)
        own |= {"extends": settings.base, "levers": plain_levers({k: values[k] for k in values if k in changed})}
        assumptions = {"parameters": parameter_data(settings.parameters), "drivers": driver_data(settings.drivers)}
    else:
        whole = scenario_of(settings, scenarios)
        own["levers"] = plain_levers(whole.levers)
        assumptions = {key: dict(getattr(whole, key)) for key in ("parameters", "drivers")}
    own |= {key: value for key, value in assumptions.items() if value}
    if settings.until != (base.until or END):
        own["until"] = settings.until
    return yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=110)


def is_baseline(settings: Settings) -> bool:
    """Whether every lever, driver and parameter is as it happened."""
    return settings.base == BASELINE and not (settings.moved or settings.parameters or settings.drivers)


def policy_years(until: int) -> range:
    """The years in which moved levers act."""
    return range(POLICY_START, until + 1)
