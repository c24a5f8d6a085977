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
from views.language import Locale
from views.results.settings import Settings
from views.results.sliders import Slot, slots, with_slots
from views.results.summary import digits_of

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
        if not np.allclose(paths[0], paths[1]):
            found.append(Change(slot, value, slot.id in settings.moved))
    return found


def _whole_path(slot: Slot, value: object) -> np.ndarray:
    """The path of one slider; of a lever without sliders by sector that of every branch, so that none is overlooked."""
    return slot.path(value) if slot.sector else lever_array(slot.lever, value, YEARS)


def settings_title(settings: Settings, scenario: Scenario, locale: Locale) -> str:
    """The scenario's title, and how many sliders were moved besides."""
    title = locale.text(scenario.title)
    return locale.translate("report.moved", title=title, count=len(settings.moved)) if settings.moved else title


def change_blocks(settings: Settings, scenario: Scenario, locale: Locale) -> list[Block]:
    """The section about what differs."""
    found = changes(settings, scenario)
    title = locale.text(scenario.title)
    blocks: list[Block] = [
        Heading(2, locale.translate("report.differs")),
        Paragraph(locale.translate("report.starting_from", title=title, count=len(settings.moved))),
    ]
    if locale.text(scenario.description):
        blocks.append(Paragraph(locale.text(scenario.description)))
    others = _others(scenario, locale)
    if not found and not others:
        return [*blocks, Paragraph(locale.translate("report.no_difference"))]
    if found:
        blocks += [_lever_table(found, locale), Paragraph(locale.translate("report.means"), "small")]
    if others:
        blocks += [
            Heading(3, locale.translate("report.others")),
            Table([locale.translate("report.what"), locale.translate("table.value")], others),
        ]
    return blocks


def _lever_table(found: list[Change], locale: Locale) -> Table:
    rows = []
    for change in found:
        slot, digits = change.slot, digits_of(change.slot)
        how = locale.translate("report.held" if change.moved else "report.own_path")
        rows.append(
            (
                slot.name(locale),
                locale.unit(slot.unit),
                locale.number(slot.mean("baseline"), digits),
                locale.number(slot.mean(change.value), digits),
                how,
                ", ".join(slot.lever.clauses),
            )
        )
    keys = ("table.lever", "table.unit", "report.from", "report.to", "report.how", "report.clause_ids")
    return Table([locale.translate(key) for key in keys], rows, (2, 3), LEVER_WIDTHS)


def clause_blocks(settings: Settings, scenario: Scenario, locale: Locale) -> list[Block]:
    """The clauses behind the levers that differ, word for word and in short."""
    found = changes(settings, scenario)
    quotes = {name: quote for change in found for name, quote in change.slot.lever.quote.items()}
    columns = [
        locale.translate("document.clause"),
        locale.translate("document.quote"),
        locale.translate("document.summary"),
    ]
    rows = [(c.id, quotes[c.id], locale.text(c.label)) for c in clauses() if c.id in quotes]
    table = Table(columns, rows, widths=CLAUSE_WIDTHS)
    return [Heading(2, locale.translate("report.clauses")), table] if rows else []


def inline_yaml(value: object) -> str:
    """A value as a scenario file has it, on one line."""
    return yaml.safe_dump(value, default_flow_style=True, width=math.inf).removesuffix("...\n").strip()


def _others(scenario: Scenario, locale: Locale) -> list[tuple[str, str]]:
    """Drivers and parameters that the scenario sets for itself."""
    return [
        (f"{locale.text(known[name].label)} ({name})", inline_yaml(value))
        for known, values in ((drivers(), scenario.drivers), (parameters(), scenario.parameters))
        for name, value in values.items()
    ]
