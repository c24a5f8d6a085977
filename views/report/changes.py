"""What the present settings do otherwise than what happened: levers with their clauses, drivers, parameters."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import yaml

from model.clauses import clauses
from model.inputs import drivers, parameters
from model.scenario import Scenario
from model.scenario.lever_paths import YEARS, lever_array
from views.language import Translate, translator
from views.results.settings import Settings
from views.results.sliders import Slot, slots, with_slots
from views.results.summary import slider_number, slider_unit

from .blocks import Block, Heading, Paragraph, Table

LEVER_WIDTHS = (34, 16, 16, 15, 19, 36)
CLAUSE_WIDTHS = (12, 60, 60)


@dataclass(frozen=True)
class Change:
    """A slider that differs from what happened: its value in the scenario, and whether it was moved by hand."""

    slot: Slot
    value: object
    moved: bool


def changes(settings: Settings, scenario: Scenario) -> list[Change]:
    """All sliders whose paths differ from what happened in a year of the run."""
    values = with_slots(scenario.levers, settings.moved)
    covered = settings.until >= YEARS
    found = []
    for slot in slots().values():
        value = values.get(slot.lever.id, "baseline")
        paths = [_whole_path(slot, v)[covered] for v in (value, "baseline")]
        if not np.allclose(*paths):
            found.append(Change(slot, value, slot.id in settings.moved))
    return found


def _whole_path(slot: Slot, value: object) -> np.ndarray:
    """The path of one slider; of a lever without sliders by sector that of every branch, so that none is overlooked."""
    return slot.path(value) if slot.sector else lever_array(slot.lever, value, YEARS)


def title_of(settings: Settings, scenario: Scenario, language: str) -> str:
    """The scenario's title, and how many sliders were moved besides."""
    title, t = scenario.text("title", language), translator(language)
    return t("report.moved", title=title, count=len(settings.moved)) if settings.moved else title


def change_blocks(settings: Settings, scenario: Scenario, t: Translate, language: str) -> list[Block]:
    """The section about what differs."""
    found = changes(settings, scenario)
    title = scenario.text("title", language)
    blocks: list[Block] = [
        Heading(2, t("report.differs")),
        Paragraph(t("report.starting_from", title=title, count=len(settings.moved))),
    ]
    if scenario.text("description", language):
        blocks.append(Paragraph(scenario.text("description", language)))
    others = _others(scenario, language)
    if not found and not others:
        return [*blocks, Paragraph(t("report.no_difference"))]
    if found:
        blocks += [_lever_table(found, t, language), Paragraph(t("report.means"), "small")]
    if others:
        blocks += [Heading(3, t("report.others")), Table([t("report.what"), t("table.value")], others)]
    return blocks


def _lever_table(found: list[Change], t: Translate, language: str) -> Table:
    rows = []
    for change in found:
        slot = change.slot
        how = t("report.held" if change.moved else "report.own_path")
        rows.append(
            (
                slot.name(language), slider_unit(slot, language).text,
                slider_number(slot, slot.mean("baseline"), language),
                slider_number(slot, slot.mean(change.value), language), how, ", ".join(slot.lever.clauses),
            )
        )  # fmt: skip
    keys = ("table.lever", "table.unit", "report.from", "report.to", "report.how", "report.clause_ids")
    return Table([t(key) for key in keys], rows, (2, 3), LEVER_WIDTHS)


def clause_blocks(settings: Settings, scenario: Scenario, t: Translate, language: str) -> list[Block]:
    """The clauses behind the levers that differ, word for word and in short."""
    found = changes(settings, scenario)
    quotes = {name: quote for change in found for name, quote in change.slot.lever.quote.items()}
    columns = [t("document.clause"), t("document.quote"), t("document.summary")]
    rows = [(c.id, quotes[c.id], getattr(c, language)) for c in clauses() if c.id in quotes]
    made = Table(columns, rows, widths=CLAUSE_WIDTHS)
    return [Heading(2, t("report.clauses")), made] if rows else []


def in_yaml(value: object) -> str:
    """A value as a scenario file has it, on one line."""
    return yaml.safe_dump(value, default_flow_style=True, width=math.inf).removesuffix("...\n").strip()


def _others(scenario: Scenario, language: str) -> list[tuple[str, str]]:
    """Drivers and parameters that the scenario sets for itself."""
    return [
        (f"{getattr(known[name], language)} ({name})", in_yaml(value))
        for known, own in ((drivers(), scenario.drivers), (parameters(), scenario.parameters))
        for name, value in own.items()
    ]
