"""What the present settings do otherwise than what happened: levers with their clauses, drivers, parameters."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import yaml

from model.clauses import clauses
from model.inputs import drivers, parameters
from model.scenario import AS_HAPPENED, LeverValue, Scenario
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import YEARS
from views.language import Locale
from views.results.assumptions import assumed
from views.results.move_texts import move_words
from views.results.moves import Move
from views.results.settings import Settings
from views.results.slider_texts import path_text, slider_unit
from views.results.sliders import Slot, slots, with_slots

from .blocks import Block, Heading, Paragraph, Table

LEVER_WIDTHS = (34, 16, 16, 15, 19, 36)
CLAUSE_WIDTHS = (12, 60, 60)


@dataclass(frozen=True)
class Change:
    """A slider that differs from what happened: the lever's value, and how it was moved by hand, if it was."""

    slot: Slot
    value: LeverValue
    move: Move | None

    def how(self, locale: Locale) -> str:
        """How the slider comes to its path, in words."""
        if self.move is None:
            return locale.translate("report.own_path")
        if self.move.hold is not None and self.move.whole_period:
            return locale.translate("report.held")
        return move_words(self.slot, self.move, locale)


def changes(settings: Settings, scenario: Scenario) -> list[Change]:
    """All sliders whose paths differ from what happened in a year of the run."""
    values = with_slots(scenario.levers, settings.moved)
    covered = settings.until >= YEARS
    found = []
    for slot in slots().values():
        if slot.is_part and slot.id not in settings.moved:
            continue
        value = values.get(slot.lever.id, AS_HAPPENED)
        paths = [_whole_path(slot, v)[covered] for v in (value, AS_HAPPENED)]
        if not np.allclose(paths[0], paths[1]):
            found.append(Change(slot, value, settings.moved.get(slot.id)))
    return found


def _whole_path(slot: Slot, value: LeverValue) -> np.ndarray:
    """The path of one slider; of a lever without sliders by sector that of every branch, so that none is overlooked."""
    return slot.path(value) if slot.sector else lever_array(slot.lever, value, YEARS)


def settings_title(settings: Settings, scenario: Scenario, locale: Locale) -> str:
    """The scenario's title, and how many sliders and assumptions were changed besides."""
    title, assumptions = locale.text(scenario.title), len(settings.parameters) + len(settings.drivers)
    if settings.moved:
        title = locale.translate("report.moved", title=title, count=len(settings.moved))
    return locale.translate("report.assumed", title=title, count=assumptions) if assumptions else title


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
    others = _others(assumed(scenario, settings.parameters, settings.drivers), locale)
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
        slot = change.slot
        rows.append(
            (
                slot.name(locale),
                slider_unit(slot, locale).text,
                path_text(slot, AS_HAPPENED, locale),
                path_text(slot, change.value, locale),
                change.how(locale),
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
