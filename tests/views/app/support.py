"""Runs of the model and pages of the app as the tests open them."""

import json
from pathlib import Path

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
