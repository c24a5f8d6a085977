"""Places for the symbols of one chapter: chains of stocks and flows above, auxiliaries in layers below.

Stocks of a chain stand in a row. Each flow runs in a lane above them, so that no pipe crosses a symbol. Auxiliaries
stand to the right of their causes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from .document import Entry

Point = tuple[float, float]
MARGIN = 60.0
WIDEST = 2400.0
"""Chains beyond this width continue in a new row."""
STOCK_WIDTH, STOCK_HEIGHT = 45.0, 35.0
RADIUS = 9.0
"""Of the symbols of flows and auxiliaries."""
SIDE = 190.0
"""From the edge of a stock to the cloud at the end of a flow; the valve lies half way."""
LANE, ROW, COLUMN = 80.0, 80.0, 150.0
"""Distances between flows, between auxiliaries of a layer, and between layers."""
ROWS = 14
"""Auxiliaries in a column."""
LETTERS, LINE, LETTER = 20, 11.0, 6.5
"""Letters in a line of a label, and the height and width in which programs write them."""


@dataclass
class Layout:
    """Centres of symbols, and the points of pipes, by name."""

    places: dict[str, Point] = field(default_factory=dict)
    pipes: dict[str, list[Point]] = field(default_factory=dict)
    bottom: float = MARGIN

    @property
    def size(self) -> Point:
        """Width and height, with margins."""
        points = [*self.places.values(), *(p for pipe in self.pipes.values() for p in pipe)]
        return max(x for x, _ in points) + COLUMN / 2, max(y for _, y in points) + ROW


def label_lines(name: str) -> list[str]:
    """A name as a label below its symbol, broken into lines."""
    return textwrap.wrap(name.replace("_", " "), LETTERS, break_long_words=False)


def box(name: str, place: Point, is_stock: bool) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a symbol with its label below it."""
    width, height = (STOCK_WIDTH, STOCK_HEIGHT) if is_stock else (2 * RADIUS, 2 * RADIUS)
    lines = label_lines(name)
    half = max(width, LETTER * max(map(len, lines))) / 2
    return place[0] - half, place[1] - height / 2, place[0] + half, place[1] + height / 2 + LINE * len(lines)


def layout(entries: Sequence[Entry], ghosts: Sequence[str]) -> Layout:
    """Places for the entries of a chapter and for the ghosts of causes from other chapters."""
    result = Layout()
    _place_chains(result, entries)
    _place_layers(result, entries, ghosts)
    return result


def chains(entries: Iterable[Entry]) -> list[list[str]]:
    """Stocks and flows that hang together, each in the order of the entries."""
    graph = nx.Graph()
    for entry in entries:
        if entry.tag == "stock":
            graph.add_node(entry.name)
            graph.add_edges_from((entry.name, flow) for flow in (*entry.inflows, *entry.outflows))
    order = {entry.name: k for k, entry in enumerate(entries)}
    return sorted((sorted(c, key=order.__getitem__) for c in nx.connected_components(graph)), key=lambda c: order[c[0]])


def _place_chains(result: Layout, entries: Sequence[Entry]) -> None:
    """Chains side by side, in rows."""
    by_name = {e.name: e for e in entries}
    left, bottom = MARGIN, MARGIN
    for chain in chains(entries):
        places, pipes = _chain([by_name[n] for n in chain if by_name[n].tag == "stock"])
        width = max(p[0] for pipe in pipes.values() for p in pipe) if pipes else SIDE
        width = max(width, *(p[0] + SIDE / 2 for p in places.values()))
        height = max(p[1] for p in places.values()) + LANE
        if left > MARGIN and left + width > WIDEST:
            left, bottom = MARGIN, result.bottom
        for name, (x, y) in places.items():
            result.places[name] = (left + x, bottom + y)
        for name, pipe in pipes.items():
            result.pipes[name] = [(left + x, bottom + y) for x, y in pipe]
        left += width + SIDE / 2
        result.bottom = max(result.bottom, bottom + height)


def _chain(stocks: Sequence[Entry]) -> tuple[dict[str, Point], dict[str, list[Point]]]:
    """Places and pipes of one chain, from its top left corner."""
    number = {stock.name: k for k, stock in enumerate(stocks)}
    ends: dict[str, list[int | None]] = {}
    for stock in stocks:
        for side, flows in ((1, stock.inflows), (0, stock.outflows)):
            for flow in flows:
                ends.setdefault(flow, [None, None])[side] = number[stock.name]
    centres = [SIDE + STOCK_WIDTH / 2 + k * (STOCK_WIDTH + 1.2 * SIDE) for k in range(len(stocks))]
    ports = _ports(ends, centres)
    spans = {flow: _span(flow, ends[flow], centres, ports) for flow in ends}
    lanes = _lanes({flow: span[:2] for flow, span in spans.items()})
    top = max(lanes.values(), default=0) * LANE + LANE
    places = {stock.name: (x, top) for stock, x in zip(stocks, centres, strict=True)}
    pipes = {}
    for flow, (begin, end, valve) in spans.items():
        # The lowest lane is next to the stocks.
        y = top - LANE * (lanes[flow] + 1) + RADIUS
        edge = top - STOCK_HEIGHT / 2
        rise = [(begin, edge)] if ends[flow][0] is not None else []
        fall = [(end, edge)] if ends[flow][1] is not None else []
        pipes[flow] = [*rise, (begin, y), (end, y), *fall]
        places[flow] = (valve, y)
    return places, pipes


def _ports(ends: Mapping[str, Sequence[int | None]], centres: Sequence[float]) -> dict[tuple[str, int], float]:
    """Where pipes meet the upper edge of their stocks, spread evenly."""
    meeting: dict[int, list[tuple[str, int]]] = {}
    for flow, both in ends.items():
        for side, stock in enumerate(both):
            if stock is not None:
                meeting.setdefault(stock, []).append((flow, side))
    return {
        end: centres[stock] + STOCK_WIDTH * ((k + 1) / (len(its) + 1) - 0.5)
        for stock, its in meeting.items()
        for k, end in enumerate(sorted(its, key=lambda end: -end[1]))
    }


def _span(
    flow: str, ends: Sequence[int | None], centres: Sequence[float], ports: Mapping[tuple[str, int], float]
) -> tuple[float, float, float]:
    """Where a pipe begins and ends, and its valve, along the row; the valve lies in a gap between stocks."""
    source, goal = ends
    half = STOCK_WIDTH / 2
    if source is None and goal is not None:
        return centres[goal] - half - SIDE, ports[flow, 1], centres[goal] - half - SIDE / 2
    assert source is not None
    if goal is None:
        return ports[flow, 0], centres[source] + half + SIDE, centres[source] + half + SIDE / 2
    towards = 1 if goal > source else -1
    return ports[flow, 0], ports[flow, 1], centres[goal] - towards * (half + SIDE / 2)


def _lanes(spans: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """The lowest lane for each span, short ones first, so that no two in a lane overlap."""
    lanes: dict[str, int] = {}
    taken: list[list[tuple[float, float]]] = []
    for flow, span in sorted(spans.items(), key=lambda item: abs(item[1][1] - item[1][0])):
        # A label may reach beyond a short pipe.
        low, high = min(span) - SIDE / 4, max(span) + SIDE / 4
        free = (k for k, lane in enumerate(taken) if all(high < a or b < low for a, b in lane))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[flow] = lane
    return lanes


def _place_layers(result: Layout, entries: Sequence[Entry], ghosts: Sequence[str]) -> None:
    """Auxiliaries and ghosts in columns, each to the right of its causes."""
    graph = nx.DiGraph()
    graph.add_nodes_from([*(e.name for e in entries if e.tag == "aux"), *ghosts])
    graph.add_edges_from((c, e.name) for e in entries if e.tag == "aux" for c in e.causes if c in graph)
    column, top = 0, result.bottom + ROW / 2
    for layer in _layers(graph):
        weight = {n: _mean([result.places[c][1] for c in graph.predecessors(n)]) for n in layer}
        ordered = sorted(layer, key=weight.__getitem__)
        for k, name in enumerate(ordered):
            row, behind = k % ROWS, k // ROWS
            shift = ROW / 2 * ((column + behind) % 2)
            result.places[name] = (MARGIN + COLUMN * (column + behind + 0.5), top + ROW * row + shift)
        column += -(-len(layer) // ROWS)
    result.bottom = max((p[1] for p in result.places.values()), default=top) + ROW


def _layers(graph: nx.DiGraph) -> list[list[str]]:
    """Nodes by the longest way to them; those without causes stand directly before what they act on."""
    depth = {n: k for k, layer in enumerate(nx.topological_generations(graph)) for n in layer}
    for node in graph:
        effects = [depth[e] for e in graph.successors(node)]
        if not graph.in_degree(node) and effects:
            depth[node] = min(effects) - 1
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in graph:
        layers[depth[node]].append(node)
    return layers


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
