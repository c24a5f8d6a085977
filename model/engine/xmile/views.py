"""The diagram of an XMILE file: stocks, flows, auxiliaries, ghosts and connectors, laid out chapter by chapter.

All chapters lie in one view, each in a frame: several programs show one view only, and find the variable of a ghost
only in the view of the ghost.
"""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .diagram import Layout, Point, chains, layout
from .document import Entry

GAP = 80.0
"""Between the frames of chapters."""
WIDTH = 8000.0
"""Frames beyond this width continue in a new row."""


@dataclass(frozen=True)
class Frame:
    """The part of the diagram that shows a chapter, and where its top left corner lies."""

    title: str
    entries: tuple[Entry, ...]
    ghosts: tuple[str, ...]
    layout: Layout
    corner: Point = (GAP, GAP)

    def place(self, point: Point) -> Point:
        """A point of the chapter in the whole diagram."""
        return self.corner[0] + point[0], self.corner[1] + point[1]


def in_chapters(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with the chapter that shows them: a chain of stocks and flows is whole, in that of its first stock."""
    by_name = {e.name: e for e in entries}
    moved: dict[str, str] = {}
    for chain in chains(entries):
        first = next(by_name[n] for n in chain if by_name[n].tag == "stock")
        moved |= dict.fromkeys(chain, first.chapter)
    return [replace(e, chapter=moved.get(e.name, e.chapter)) for e in entries]


def frames(entries: Sequence[Entry], titles: Mapping[str, str]) -> list[Frame]:
    """The chapters in the order of `titles` (by chapter) and then of the entries, in rows that do not overlap."""
    result = []
    x = y = bottom = GAP
    for chapter in dict.fromkeys((*titles, *(e.chapter for e in entries))):
        inside = tuple(e for e in entries if e.chapter == chapter)
        if not inside:
            continue
        names = {e.name for e in inside}
        ghosts = tuple(dict.fromkeys(c for e in inside for c in e.causes if c not in names))
        placed = layout(inside, ghosts)
        width, height = placed.size
        if x > GAP and x + width > WIDTH:
            x, y = GAP, bottom
        result.append(Frame(titles.get(chapter, chapter), inside, ghosts, placed, (x, y)))
        x, bottom = x + width + GAP, max(bottom, y + height + GAP)
    return result


def view(entries: Sequence[Entry], titles: Mapping[str, str]) -> ET.Element:
    """The diagram as XML."""
    element = ET.Element("view", {"type": "stock_flow"})
    parts = [(frame, _uids(frame, first)) for frame, first in _numbered(frames(entries, titles))]
    for frame, uids in parts:
        width, height = frame.layout.size
        size = {"width": _text(width), "height": _text(height)}
        group = ET.SubElement(element, "group", {"name": frame.title, **_at(frame.corner), **size})
        for uid in uids.values():
            ET.SubElement(group, "item", {"uid": uid})
    for frame, uids in parts:
        element.extend(_symbols(frame, uids))
        element.extend(_connectors(frame, uids))
    return element


def _numbered(parts: Sequence[Frame]) -> list[tuple[Frame, int]]:
    """Each frame with the number of its first symbol."""
    counts = [len(frame.entries) + len(frame.ghosts) for frame in parts]
    return list(zip(parts, itertools.accumulate(counts[:-1], initial=1), strict=True))


def _uids(frame: Frame, first: int) -> dict[str, str]:
    """Numbers of the symbols of a frame."""
    names = (*(entry.name for entry in frame.entries), *frame.ghosts)
    return {name: str(k) for k, name in enumerate(names, start=first)}


def _symbols(frame: Frame, uids: Mapping[str, str]) -> list[ET.Element]:
    symbols = []
    for entry in frame.entries:
        symbols.append(ET.Element(entry.tag, {"name": entry.name, **_attributes(frame, entry.name, uids)}))
        if entry.name in frame.layout.pipes:
            points = ET.SubElement(symbols[-1], "pts")
            for point in frame.layout.pipes[entry.name]:
                ET.SubElement(points, "pt", _at(frame.place(point)))
    for ghost in frame.ghosts:
        symbols.append(ET.Element("alias", _attributes(frame, ghost, uids)))
        ET.SubElement(symbols[-1], "of").text = ghost
    return symbols


def _attributes(frame: Frame, name: str, uids: Mapping[str, str]) -> dict[str, str]:
    return {"uid": uids[name], **_at(frame.place(frame.layout.places[name])), "label_side": "bottom"}


def _connectors(frame: Frame, uids: Mapping[str, str]) -> list[ET.Element]:
    """Straight arrows from causes, or their ghosts, to effects."""
    connectors = []
    for entry in frame.entries:
        for cause in dict.fromkeys(entry.causes):
            begin, end = frame.layout.places[cause], frame.layout.places[entry.name]
            angle = math.degrees(math.atan2(begin[1] - end[1], end[0] - begin[0])) % 360
            connector = ET.Element("connector", {"angle": _text(angle)})
            source = ET.SubElement(connector, "from")
            if cause in frame.ghosts:
                ET.SubElement(source, "alias", {"uid": uids[cause]})
            else:
                source.text = cause
            ET.SubElement(connector, "to").text = entry.name
            connectors.append(connector)
    return connectors


def _at(point: Point) -> dict[str, str]:
    return {"x": _text(point[0]), "y": _text(point[1])}


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
