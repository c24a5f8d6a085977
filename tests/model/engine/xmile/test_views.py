"""The diagram: every variable once, ghosts and arrows for causes, and no overlaps."""

import itertools
from collections import Counter

from model.engine.xmile.contents import Contents
from model.engine.xmile.diagram import box, chains, label_lines
from model.engine.xmile.views import frames, in_chapters

from ..mini import FISHERY_PARAMETERS, fishery, fishery_tables
from .support import HORIZON, SPACES, exported

NUMBERS = {**FISHERY_PARAMETERS, **fishery_tables(5)}


def overlapping(boxes):
    """Pairs of names whose boxes overlap."""
    return [
        (a, b)
        for (a, (l1, t1, r1, b1)), (b, (l2, t2, r2, b2)) in itertools.combinations(boxes, 2)
        if l1 < r2 and l2 < r1 and t1 < b2 and t2 < b1
    ]


def symbols_of(frame):
    """Names and boxes of what a frame shows."""
    stocks = {e.name for e in frame.entries if e.tag == "stock"}
    return [(name, box(name, place, name in stocks)) for name, place in frame.layout.places.items()]


def crossings(frame):
    """Pipes that cross a symbol or label to which they do not belong."""
    stocks = {e.name: (*e.inflows, *e.outflows) for e in frame.entries if e.tag == "stock"}
    found = []
    for flow, pipe in frame.layout.pipes.items():
        for (x1, y1), (x2, y2) in itertools.pairwise(pipe):
            line = (min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1)
            for name, its in symbols_of(frame):
                if name != flow and flow not in stocks.get(name, ()) and overlapping([(flow, line), (name, its)]):
                    found.append((flow, name))
    return found


def frames_of(system, numbers):
    return frames(in_chapters(Contents(system, HORIZON, numbers, {}).entries()), {})


def test_no_symbol_or_label_overlaps_another():
    parts = frames_of(fishery(), NUMBERS)
    assert [frame.title for frame in parts] == ["mini", "tables", "constants"]
    for frame in parts:
        assert overlapping(symbols_of(frame)) == []
        assert crossings(frame) == []


def test_frames_lie_beside_each_other():
    places = [(f.title, (*f.corner, *f.place(f.layout.size))) for f in frames_of(fishery(), NUMBERS)]
    assert overlapping(places) == []


def test_every_variable_is_drawn_once_and_every_cause_has_an_arrow():
    root = exported(fishery(), HORIZON, NUMBERS)
    variables = {v.get("name") for v in root.find(".//variables", SPACES)}
    (view,) = root.findall(".//view", SPACES)
    drawn = [s.get("name") for tag in ("stock", "flow", "aux") for s in view.findall(tag, SPACES)]
    assert Counter(drawn) == Counter(variables)
    ghosts = {a.get("uid"): a.find("of", SPACES).text for a in view.findall("alias", SPACES)}
    arrows = set()
    for connector in view.findall("connector", SPACES):
        source, alias = connector.find("from", SPACES), connector.find("from/alias", SPACES)
        cause = source.text if alias is None else ghosts[alias.get("uid")]
        arrows.add((cause, connector.find("to", SPACES).text))
    causes = {(c, e.name) for e in Contents(fishery(), HORIZON, NUMBERS, {}).entries() for c in e.causes}
    assert arrows == causes
    assert {("fish", "breeding"), ("room", "fish"), ("demand", "willingness")} < arrows
    assert set(ghosts.values()) == {"quota", "demand", "factor_1_t_per_yr"}


def test_every_symbol_belongs_to_the_frame_of_its_chapter():
    (view,) = exported(fishery(), HORIZON, NUMBERS).findall(".//view", SPACES)
    names = {s.get("uid"): s.get("name") or s.findtext("of", "", SPACES) for s in view if "uid" in s.attrib}
    members = {group.get("name"): {names[item.get("uid")] for item in group} for group in view.findall("group", SPACES)}
    assert members["tables"] == {"quota", "quota_of_north", "quota_of_south", "demand"}
    assert {"fish", "breeding", "room", "quota", "demand", "willingness"} < members["mini"]
    assert sum(map(len, members.values())) == len(names)


def test_pipes_lead_from_and_to_stocks():
    (frame,) = (f for f in frames_of(fishery(), NUMBERS) if f.title == "mini")
    x, y = frame.layout.places["fish"]
    assert frame.layout.pipes["breeding"][-1][1] == y - 17.5 == frame.layout.pipes["catch"][0][1]
    assert frame.layout.pipes["breeding"][0][0] < x < frame.layout.pipes["catch"][-1][0]


def test_flows_and_stocks_that_hang_together_are_one_chain():
    entries = Contents(fishery(), HORIZON, NUMBERS, {}).entries()
    assert sorted(sorted(chain) for chain in chains(entries)) == [
        ["breeding", "catch", "fish"],
        ["building", "fleet", "scrapping"],
    ]


def test_labels_are_broken_into_lines():
    assert label_lines("cost_of_new_capacity_by_branch") == ["cost of new capacity", "by branch"]
