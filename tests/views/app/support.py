"""Runs of the model and pages of the app as the tests open them."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from model.inputs import END
from model.scenario import BASELINE, shipped_scenarios
from views.results import simulation
from views.results.moves import Move, held

ROOT = Path(__file__).parents[3]
TIMEOUT = 60
"""Seconds in which a page has to be drawn."""


def opened(page=None, **query):
    """The app as a person sees it who opens a link."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if page:
        app.switch_page(f"views/pages/{page}/page.py").run()
    assert not app.exception
    return app


def html(app):
    """All own HTML of the page."""
    return "\n".join(block.proto.body for block in app.get("html"))


EVIDENCE = [
    *("forecast", "charts", "registered", "fit", "estimates"),
    *("decides", "order", "policy", "projections"),
    *("responses", "tests", "weaknesses"),
]
SECTIONS = {
    "plan": ("plan.section", ["goals", "detail", "movers"]),
    "compare": ("", ["compare"]),
    "tradeoffs": ("tradeoffs.view", ["cloud", "find", "wedges", "now"]),
    "why": ("why.view", ["chapters", "loops", "movers", "differences"]),
    "regions": ("", ["regions"]),
    "evidence": ("evidence.section", EVIDENCE),
    "document": ("document.section", ["clauses", "targets", "coverage"]),
    "classroom": ("", ["classroom"]),
    "batch": ("", ["batch"]),
}
"""Pages with the part of the address that names their sections, and the sections; all but Explore."""


def views():
    """Parameters of a test of every section of every page but Explore: page, query, and name of the section."""
    for page, (part, sections) in SECTIONS.items():
        for section in sections:
            yield pytest.param(page, {part: section} if part else {}, section, id=f"{page}-{section}")


def in_order(block):
    """The elements of a block from top to bottom, those of inner blocks in their place."""
    for child in block.children.values():
        yield from in_order(child) if hasattr(child, "children") else (child,)


def component(app):
    """What the Explore component has been handed: its `data`, and the parts that seldom change by name."""
    found = {}
    for block in app.get("bidi_component"):
        name, proto = block.proto.component_name, block.proto
        if name == "hebei2025.explore":
            found["data"] = json.loads(proto.json)
        elif name == "hebei2025.explore_part" and proto.WhichOneof("data") == "bytes":
            found["module"] = proto.bytes
        elif name == "hebei2025.explore_part":
            part = json.loads(proto.json)
            found[part["part"]] = part
    return found


def run(base=BASELINE, until=END, **moved):
    """A run with sliders moved; a number is held from 2016 on."""
    moves = {name: move if isinstance(move, Move) else held(move) for name, move in moved.items()}
    return simulation.runner(until).run(shipped_scenarios()[base], moves)
