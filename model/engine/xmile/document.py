"""A model as the text of an XMILE 1.0 file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from model.engine.declare import Axis
from model.engine.horizon import Horizon

from .equations import number_text
from .names import Unit, spaced, unit_text

NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
Points = tuple[tuple[float, float], ...]
"""The points of a graphical function."""


@dataclass(frozen=True)
class Entry:
    """One variable of the file.

    `tag` is stock, flow or aux; `equations` has one text for all entries or one for each; `causes` are the entries that
    it uses; `chapter` is the part of the diagram that shows it; `graph` has the points of a graphical function of the
    equation.
    """

    tag: str
    name: str
    unit: Unit
    doc: str
    chapter: str
    axes: tuple[Axis, ...] = ()
    equations: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
    graph: Points = ()


@dataclass(frozen=True)
class Heading:
    """What stands at the head of the file: title, description, and the program that writes it."""

    title: str
    description: str
    vendor: str
    version: str
    time_unit: str = "yr"
    chapters: Mapping[str, str] = field(default_factory=dict)
    """Titles of the parts of the diagram, by chapter, in their order."""


def document(
    heading: Heading,
    horizon: Horizon,
    axes: Iterable[Axis],
    labels: Mapping[str, tuple[str, ...]],
    entries: Iterable[Entry],
    view: ET.Element,
) -> str:
    """The text of the file."""
    axes = tuple(axes)
    root = ET.Element("xmile", {"version": "1.0", "xmlns": NAMESPACE})
    _header(root, heading, max((len(e.axes) for e in entries), default=0))
    _horizon(root, heading, horizon)
    if axes:
        parent = ET.SubElement(root, "dimensions")
        for axis in axes:
            its = ET.SubElement(parent, "dim", {"name": axis.name, "size": str(len(axis))})
            for label in labels[axis.name]:
                ET.SubElement(its, "elem", {"name": spaced(label)})
    model = ET.SubElement(root, "model")
    variables = ET.SubElement(model, "variables")
    for entry in entries:
        variables.append(variable(entry, labels))
    ET.SubElement(model, "views").append(view)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _header(root: ET.Element, heading: Heading, dimensions: int) -> None:
    header = ET.SubElement(root, "header")
    ET.SubElement(header, "vendor").text = heading.vendor
    ET.SubElement(header, "product", {"version": heading.version, "lang": "en"}).text = heading.vendor
    options = ET.SubElement(header, "options")
    if dimensions:
        ET.SubElement(options, "uses_arrays", {"maximum_dimensions": str(dimensions)})
    ET.SubElement(header, "name").text = heading.title
    ET.SubElement(header, "caption").text = heading.description


def _horizon(root: ET.Element, heading: Heading, horizon: Horizon) -> None:
    specs = ET.SubElement(root, "sim_specs", {"method": horizon.method, "time_units": heading.time_unit})
    ET.SubElement(specs, "start").text = str(horizon.start)
    ET.SubElement(specs, "stop").text = str(horizon.end + 1)
    ET.SubElement(specs, "dt", {"reciprocal": "true"}).text = str(horizon.steps)


def variable(entry: Entry, labels: Mapping[str, tuple[str, ...]]) -> ET.Element:
    """One variable as XML."""
    element = ET.Element(entry.tag, {"name": entry.name})
    ET.SubElement(element, "doc").text = entry.doc
    if entry.axes:
        dimensions = ET.SubElement(element, "dimensions")
        for axis in entry.axes:
            ET.SubElement(dimensions, "dim", {"name": axis.name})
    if len(entry.equations) == 1:
        ET.SubElement(element, "eqn").text = entry.equations[0]
    else:
        for subscript, text in zip(_subscripts(entry.axes, labels), entry.equations, strict=True):
            ET.SubElement(ET.SubElement(element, "element", {"subscript": subscript}), "eqn").text = text
    for tag, flows in (("inflow", entry.inflows), ("outflow", entry.outflows)):
        for flow in flows:
            ET.SubElement(element, tag).text = flow
    if entry.graph:
        _graph(element, entry.graph)
    ET.SubElement(element, "units").text = unit_text(entry.unit)
    return element


def _subscripts(axes: tuple[Axis, ...], labels: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The entries of an array in flat order, as subscripts."""
    rows = [""]
    for axis in axes:
        rows = [f"{row}, {spaced(label)}".lstrip(", ") for row in rows for label in labels[axis.name]]
    return rows


def _graph(element: ET.Element, points: Points) -> None:
    """A graphical function; beyond its ends it stays at the outer values.

    Without `xscale`, which XMILE asks for where there are no `xpts`: PySD would spread the points evenly over it.
    """
    graph = ET.SubElement(element, "gf", {"type": "continuous"})
    columns = {"x": [p[0] for p in points], "y": [p[1] for p in points]}
    low, high = min(columns["y"]), max(columns["y"])
    scale = {"min": number_text(low), "max": number_text(high if high > low else low + 1)}
    ET.SubElement(graph, "yscale", scale)
    for letter, values in columns.items():
        ET.SubElement(graph, f"{letter}pts").text = ",".join(map(number_text, values))
