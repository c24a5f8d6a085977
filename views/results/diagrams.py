"""Diagrams of causes and effects as the browser draws them: labels, words for screen readers, legend, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.causal_chains import Change
from analysis.diagram import Diagram, Link, Node, causal_links, kind_of, name_of
from analysis.structure import chapter_of
from model.axes import BRANCH_LABELS
from model.system import system
from views.display_units import difference, display_unit
from views.language import Locale

KINDS = ("stock", "flow", "auxiliary", "annual", "lever", "driver")
"""Kinds of nodes in the order of the legend."""
SIGNS = {1: "more", -1: "less", 0: "unknown"}
"""Names of the signs of links."""
ACROSS, DOWN, FITTING = "LR", "TB", "fit"
"""Directions from causes to effects: to the right, downwards, and to the right as far as the page is wide enough."""


@dataclass(frozen=True)
class Look:
    """How a diagram is shown: the `selected` variable, the direction, a loop as a `ring`, and `notes` below labels."""

    selected: str = ""
    direction: str = ACROSS
    ring: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


def described(diagram: Diagram, title: str, look: Look, locale: Locale) -> dict[str, Any]:
    """A diagram in the form in which the browser takes it; `title` says what it shows."""
    counts = {"nodes": len(diagram.nodes), "links": len(diagram.links)}
    return {
        "language": locale.tag,
        "direction": look.direction,
        "ring": look.ring,
        "selected": look.selected,
        "nodes": [_node(node, look.notes.get(node.id, ""), locale) for node in diagram.nodes],
        "links": [{"from": x.cause, "to": x.effect, "sign": x.sign, "flow": x.flow} for x in diagram.links],
        "legend": [[key, locale.translate(f"diagram.{key}")] for key in _legend(diagram)],
        "texts": {
            "told": locale.translate("diagram.told", title=title, **counts),
            **{key: locale.translate(f"diagram.{key}") for key in ("hint", "zoom_in", "zoom_out", "reset", "overview")},
        },
    }


def _node(node: Node, note: str, locale: Locale) -> dict[str, Any]:
    name = name_of(node.id, locale.language)
    kind = locale.translate(f"diagram.{node.kind}")
    return {
        "id": node.id,
        "label": name,
        "kind": node.kind,
        "outside": node.outside,
        "opens": chapter_of(node.id) is not None,
        "note": note,
        "told": locale.enumeration([name, *([note] if note else []), kind]),
    }


def _legend(diagram: Diagram) -> list[str]:
    """What the diagram shows, in the order of the legend."""
    kinds, signs = {node.kind for node in diagram.nodes}, {link.sign for link in diagram.links if not link.flow}
    return [
        *(kind for kind in KINDS if kind in kinds),
        *(["outside"] if any(node.outside for node in diagram.nodes) else []),
        *(f"sign_{SIGNS[sign]}" for sign in SIGNS if sign in signs),
        *(["pipe"] if any(link.flow for link in diagram.links) else []),
    ]


def links_table(links: Iterable[Link], locale: Locale) -> pd.DataFrame:
    """Causes, effects and signs as a table, for people who cannot see the diagram."""
    columns = [locale.translate(f"diagram.{key}") for key in ("cause", "effect", "sign")]
    rows = [
        (
            name_of(link.cause, locale.language),
            name_of(link.effect, locale.language),
            locale.translate("diagram.pipe" if link.flow else f"diagram.sign_{SIGNS[link.sign]}"),
        )
        for link in links
    ]
    return pd.DataFrame(rows, columns=columns)


def chain_diagram(chain: tuple[Change, ...], first: str = "") -> Diagram:
    """A chain of causes, led by an input where there is one."""
    names = [*([first] if first else []), *(change.variable for change in chain)]
    nodes = tuple(Node(name, kind_of(name)) for name in names)
    links = []
    for cause, effect in zip(names, names[1:], strict=False):
        variable = system().variables[effect]
        flow = cause in (*variable.inflows, *variable.outflows)
        links.append(Link(cause, effect, causal_links()[cause, effect], flow))
    return Diagram(nodes, tuple(links))


def chain_notes(chain: Iterable[Change], locale: Locale) -> dict[str, str]:
    """The two values of each variable of a chain, such as "Steel 225 → 229 Mt"."""
    return {change.variable: change_text(change, locale) for change in chain}


def change_text(change: Change, locale: Locale) -> str:
    """Both values of a change in one unit, with the element that they belong to."""
    unit = display_unit(system().variables[change.variable].unit, locale, max(abs(change.before), abs(change.after)))
    before, after = (
        unit.number(value, digits=digits_for(change, unit.scaled(1.0))) for value in (change.before, change.after)
    )
    text = unit.with_unit(f"{before} → {after}")
    return f"{element_name(change.element, locale)} {text}".strip()


def digits_for(change: Change, factor: float) -> int:
    """Decimals with which two values can be told apart, at least so many as three figures of the larger need."""
    larger = max(abs(change.before), abs(change.after)) * factor
    apart = abs(change.absolute) * factor
    digits = next((d for d in range(5) if larger >= 10.0 ** (2 - d)), 4)
    while apart and digits < 5 and apart < 2 * 10.0**-digits:
        digits += 1
    return digits


def element_name(element: str, locale: Locale) -> str:
    """Name of a branch or sector; nothing where there is none."""
    if element in BRANCH_LABELS:
        return locale.text(BRANCH_LABELS[element])
    return locale.translate(f"line.{element}") if element else ""


def chain_table(chain: Iterable[Change], locale: Locale) -> pd.DataFrame:
    """A chain of causes as a table: variable, element, both values, and the difference with its unit."""
    rows = [
        {
            locale.translate("diagram.variable"): name_of(change.variable, locale.language),
            locale.translate("diagram.element"): element_name(change.element, locale),
            locale.translate("diagram.values"): change_text(change, locale).removeprefix(
                element_name(change.element, locale)
            ),
            locale.translate("diagram.difference"): difference(
                change.absolute, system().variables[change.variable].unit, locale
            ),
        }
        for change in chain
    ]
    return pd.DataFrame(rows)
