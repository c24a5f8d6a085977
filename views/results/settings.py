"""What a person has set: a scenario to start from, the sliders moved away from it, and what is shown.

A link holds the same, so that it opens exactly this state. Nothing here needs a running app.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import yaml

from model.engine import Text
from model.inputs import END, LATEST, POLICY_START
from model.scenario import BASELINE, Scenario, plain_levers, shipped_scenarios
from model.scenario.lever_parsing import LARGEST_FACTOR

from .catalogue import CHARTS
from .sliders import Factor, Move, slots, with_slots

LINK_VERSION = "1"
"""Version of the link; links of another version are refused with a notice."""
FACTOR_MARK = "x"
"""What stands before a factor in a link."""
ENDS = (END, 2030, LATEST)
"""Last years that can be chosen; those after 2025 extrapolate."""
TARGET_YEAR = 2020
DEFAULT_CHARTS = ("shares", "energy_intensity")


@dataclass(frozen=True)
class Settings:
    """The state of the Explore page."""

    base: str = BASELINE
    moved: Mapping[str, Move] = field(default_factory=dict)
    until: int = END
    year: int = TARGET_YEAR
    charts: tuple[str, ...] = DEFAULT_CHARTS

    def with_moved(self, slot_id: str, move: Move) -> Settings:
        """These settings with one slider moved."""
        exact = move.rounded() if isinstance(move, Factor) else slots()[slot_id].rounded(move)
        return replace(self, moved={**self.moved, slot_id: exact})

    def without(self, slot_id: str) -> Settings:
        """These settings with one slider back on the path of the scenario."""
        return replace(self, moved={k: v for k, v in self.moved.items() if k != slot_id})


def years_to_show(until: int) -> tuple[int, ...]:
    """Years in which the headline figures can be read."""
    return tuple(y for y in (2016, 2018, TARGET_YEAR, *ENDS) if y <= until)


def to_link(settings: Settings, language: str) -> dict[str, str]:
    """The settings as query parameters; numbers and ids only, no translated words."""
    query = {"v": LINK_VERSION, "lang": language, "base": settings.base}
    if settings.moved:
        query["set"] = ",".join(f"{slot_id}:{_written(move)}" for slot_id, move in settings.moved.items())
    if settings.until != END:
        query["until"] = str(settings.until)
    if settings.year != TARGET_YEAR:
        query["year"] = str(settings.year)
    if settings.charts != DEFAULT_CHARTS:
        query["charts"] = ",".join(settings.charts)
    return query


def from_link(query: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Settings from query parameters, and the parts of the link that could not be used."""
    refused: list[str] = []
    if "v" in query and query["v"] != LINK_VERSION:
        return Settings(), [f"v={query['v']}"]
    settings = Settings()
    base = query.get("base", BASELINE)
    if base in shipped_scenarios():
        settings = replace(settings, base=base)
    else:
        refused.append(f"base={base}")
    for part in filter(None, query.get("set", "").split(",")):
        slot_id, _, text = part.partition(":")
        move = _move(slot_id, text)
        if move is not None:
            settings = settings.with_moved(slot_id, move)
        else:
            refused.append(part)
    until, year = _finite(query.get("until", str(END))), _finite(query.get("year", str(TARGET_YEAR)))
    if until in ENDS:
        settings = replace(settings, until=int(until))
    else:
        refused.append(f"until={query['until']}")
    if year in years_to_show(settings.until):
        settings = replace(settings, year=int(year))
    else:
        refused.append(f"year={query['year']}")
    charts = tuple(filter(None, query.get("charts", ",".join(DEFAULT_CHARTS)).split(",")))
    if len(charts) == len(DEFAULT_CHARTS) and all(c in CHARTS for c in charts):
        settings = replace(settings, charts=charts)
    else:
        refused.append(f"charts={query['charts']}")
    return settings, refused


def _written(move: Move) -> str:
    """A moved slider in a link: `310` is one value from 2016 on, `x1.25` a factor on the path of the scenario."""
    return f"{FACTOR_MARK}{move.value:g}" if isinstance(move, Factor) else f"{move:g}"


def _move(slot_id: str, text: str) -> Move | None:
    """A moved slider from a link; None where there is no such slider or value."""
    factor, value = text.startswith(FACTOR_MARK), _finite(text.removeprefix(FACTOR_MARK))
    if slot_id not in slots() or value is None:
        return None
    slot = slots()[slot_id]
    if factor and not slot.scalable:
        return None
    low, high = (0, LARGEST_FACTOR) if factor else (slot.low, slot.high)
    if not low <= value <= high:
        return None
    return Factor(value) if factor else value


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def scenario_of(settings: Settings, scenarios: Mapping[str, Scenario]) -> Scenario:
    """The scenario that the settings describe, on top of the scenario they start from."""
    base = scenarios[settings.base]
    values = with_slots(base.levers, settings.moved)
    return base.model_copy(update={"levers": values, "until": settings.until})


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
    else:
        whole = scenario_of(settings, scenarios)
        own["levers"] = plain_levers(whole.levers)
        own |= {key: dict(getattr(whole, key)) for key in ("parameters", "drivers") if getattr(whole, key)}
    if settings.until != (base.until or END):
        own["until"] = settings.until
    return yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=110)


def is_baseline(settings: Settings) -> bool:
    """Whether every lever and driver is as it happened."""
    return settings.base == BASELINE and not settings.moved


def policy_years(until: int) -> range:
    """The years in which moved levers act."""
    return range(POLICY_START, until + 1)
