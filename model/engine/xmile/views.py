"""Views of an XMILE file: the diagram of each chapter with stocks, flows, auxiliaries, ghosts and connectors."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .document import Entry
from .layout import RADIUS, Point, chains, layout


def in_views(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with the view that shows them: a chain of stocks and flows is whole, in the view of its first stock."""
    by_name = {e.name: e for e in entries}
    moved = {}
    for chain in chains(entries):
        first = next(by_name[n] for n in chain if by_name[n].tag == "stock")
        moved |= dict.fromkeys(chain, first.view)
    return [replace(e, view=moved.get(e.name, e.view)) for e in entries]


def views(entries: Sequence[Entry], titles: Mapping[str, str]) -> list[ET.Element]:
    """The diagrams, in the order of `titles` (by name) and then of the entries."""
    names = [n for n in dict.fromkeys((*titles, *(e.view for e in entries))) if any(e.view == n for e in entries)]
    return [_view([e for e in entries if e.view == n], titles.get(n, n), k) for k, n in enumerate(names, start=1)]


def _view(entries: Sequence[Entry], title: str, order: int) -> ET.Element:
    inside = {e.name for e in entries}
    ghosts = list(dict.fromkeys(c for e in entries for c in e.causes if c not in inside))
    placed = layout(entries, ghosts)
    width = max(x for x, _ in placed.places.values()) + 2 * RADIUS
    view = ET.Element("view", {"type": "stock_flow", "order": str(order), "name": title})
    view.set("width", _text(width + 100))
    view.set("height", _text(placed.bottom + 100))
    uids = {name: str(k) for k, name in enumerate((*inside, *ghosts), start=1)}
    for entry in entries:
        symbol = ET.SubElement(view, entry.tag, {**_at(placed.places[entry.name]), "name": entry.name})
        symbol.set("label_side", "bottom")
        if entry.name in placed.pipes:
            points = ET.SubElement(symbol, "pts")
            for point in placed.pipes[entry.name]:
                ET.SubElement(points, "pt", _at(point))
    for ghost in ghosts:
        alias = ET.SubElement(view, "alias", {**_at(placed.places[ghost]), "uid": uids[ghost]})
        alias.set("label_side", "bottom")
        ET.SubElement(alias, "of").text = ghost
    for entry in entries:
        for cause in dict.fromkeys(entry.causes):
            begin, end = placed.places[cause], placed.places[entry.name]
            angle = math.degrees(math.atan2(begin[1] - end[1], end[0] - begin[0])) % 360
            connector = ET.SubElement(view, "connector", {"angle": _text(angle)})
            source = ET.SubElement(connector, "from")
            if cause in inside:
                source.text = cause
            else:
                ET.SubElement(source, "alias", {"uid": uids[cause]})
            ET.SubElement(connector, "to").text = entry.name
    return view


def _at(point: Point) -> dict[str, str]:
    return {"x": _text(point[0]), "y": _text(point[1])}


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
