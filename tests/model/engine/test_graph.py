"""Causal graph, feedback loops and equation text of systems small enough to check by hand."""

import inspect
import itertools
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from model.engine import graph
from model.engine.checked_system import Input

from . import mini

LOGISTIC = mini.logistic_growth()


def test_edges_run_from_cause_to_effect():
    seen = graph.causal_graph(LOGISTIC)
    assert set(seen.edges) == {
        ("level", "growth"),
        ("rate", "growth"),
        ("growth", "level"),
        ("level", "crowding"),
        ("rate", "crowding"),
        ("capacity", "crowding"),
        ("crowding", "level"),
    }
    assert seen.edges["growth", "level"]["sign"] == 1
    assert seen.edges["crowding", "level"]["sign"] == -1
    assert seen.nodes["capacity"] == {"kind": "parameter", "unit": "t", "chapter": ""}
    assert seen.nodes["growth"] == {"kind": "flow", "unit": "t/yr", "chapter": "mini"}


def test_causes_and_uses():
    assert graph.causes(LOGISTIC, "crowding") == ("level", "rate", "capacity")
    assert graph.causes(LOGISTIC, "level") == ("growth", "crowding", "start_level")
    assert graph.uses(LOGISTIC, "rate") == ("growth", "crowding")
    assert graph.uses(LOGISTIC, "start_level") == ("level",)
    assert graph.uses(LOGISTIC, "growth") == ("level",)


def signs_of(system, tables=None, **parameters):
    return graph.link_signs(system, parameters, tables or {}, float(mini.START))


def test_logistic_growth_has_one_reinforcing_and_one_balancing_loop():
    signs = signs_of(LOGISTIC, start_level=1.0, rate=1.0, capacity=9.0)
    assert signs["capacity", "crowding"] == -1
    loops = graph.feedback_loops(LOGISTIC, signs=signs)
    assert [(loop.variables, loop.kind) for loop in loops] == [(("crowding", "level"), "B"), (("growth", "level"), "R")]
    assert {loop.stocks for loop in loops} == {("level",)}


def test_the_oscillator_is_one_balancing_loop_through_two_stocks():
    system = mini.oscillator()
    loops = graph.feedback_loops(system, signs=signs_of(system, start_level=1.0, frequency=2.0))
    assert [loop.variables for loop in loops] == [("motion", "position", "pull", "speed")]
    assert loops[0].kind == "B"
    assert loops[0].stocks == ("position", "speed")


def test_a_link_without_effect_has_no_sign():
    system = mini.fishery()
    tables = {"quota": np.array([10.0, 10.0]), "demand": np.asarray(10.0)}
    signs = signs_of(system, tables, **mini.FISHERY_PARAMETERS)
    assert signs["demand", "willingness"] == 1
    assert signs["catch", "willingness"] == -1
    assert signs["lifetime", "scrapping"] == -1
    assert signs["room", "breeding"] == 1
    with_no_fleet = signs_of(system, tables, **{**mini.FISHERY_PARAMETERS, "building_rate": 0.0})
    assert with_no_fleet["fleet", "building"] == 0
    assert with_no_fleet["building_rate", "building"] == 1


def test_signs_belong_to_a_state():
    """Births rise with fish as long as there is room, and fall beyond half of it."""
    system = mini.fishery()
    tables = {"quota": np.array([10.0, 10.0]), "demand": np.asarray(10.0)}
    few, many = (
        graph.link_signs(system, mini.FISHERY_PARAMETERS, tables, 2000.0, {"fish": np.full(2, x), "fleet": 4.0})
        for x in (10.0, 45.0)
    )
    assert few["fish", "breeding"] == 1
    assert many["fish", "breeding"] == -1


def delayed_control():
    """A stock corrected through a delay and watched through a smooth."""
    from model.engine import delay3, flow, smooth

    @flow("t/yr", "订货", "Orders")
    def orders(seen, goal, patience):
        """Close the gap."""
        return (goal - seen) / patience

    inputs = mini.parameters_of(start_level="t", goal="t", patience="yr", lag="yr", watching="yr")
    return mini.system_of(
        inputs,
        orders=orders,
        level=mini.level(["arriving"]),
        arriving=delay3("t/yr", "到货", "Arriving", "What was ordered.", of="orders", time="lag"),
        seen=smooth("t", "所见", "Seen", "What is seen.", of="level", time="watching"),
    )


def test_smooths_and_delays_are_bridged():
    system = delayed_control()
    signs = signs_of(system, start_level=5.0, goal=9.0, patience=1.0, lag=1.0, watching=1.0)
    short = graph.causal_graph(system, signs, generated=False)
    assert not [n for n in short if "stage" in n or "adjustment" in n]
    assert short.edges["orders", "arriving"]["sign"] == 1
    assert short.edges["level", "seen"]["sign"] == 1
    assert graph.causal_graph(system, generated=False).edges["orders", "arriving"]["sign"] == 0
    loops = graph.feedback_loops(system, signs=signs)
    assert [loop.variables for loop in loops] == [("arriving", "level", "seen", "orders")]
    assert loops[0].kind == "B"
    assert loops[0].stocks == ("level", "seen", "arriving_stage_1", "arriving_stage_2", "arriving_stage_3")
    assert len(graph.causal_graph(system)) > len(short)


def meshed(size):
    """Every stock feeds every other: as many loops as there are."""
    from model.engine import flow

    names = [f"s{k}" for k in range(size)]

    def change(*levels):
        """The sum of all."""
        return sum(levels)

    plain = inspect.Parameter.POSITIONAL_OR_KEYWORD
    change.__signature__ = inspect.Signature([inspect.Parameter(name, plain) for name in names])
    declared = {f"to_{name}": flow("t/yr", "变", "Change")(change) for name in names}
    declared |= {name: mini.level([f"to_{name}"], initial=0.0) for name in names}
    return mini.system_of([Input("unused", "parameter", "1")], **declared)


def test_loops_are_all_loops_up_to_the_length_shortest_first():
    system = meshed(4)
    found = [loop.variables for loop in graph.feedback_loops(system, longest=6)]
    exact = {frozenset(c) for c in nx.simple_cycles(graph.causal_graph(system)) if len(c) <= 6}
    assert {frozenset(c) for c in found} == exact
    assert len(found) == len(set(found)) == sum(1 for c in nx.simple_cycles(graph.causal_graph(system)) if len(c) <= 6)
    assert [len(c) for c in found] == sorted(len(c) for c in found)
    edges = graph.causal_graph(system).edges
    assert all(pair in edges for c in found for pair in itertools.pairwise((*c, c[0])))


def test_the_number_of_loops_is_bounded():
    system = meshed(9)
    some = graph.feedback_loops(system, longest=18, limit=50)
    assert len(some) == 50
    assert graph.feedback_loops(system, longest=18, limit=60)[:50] == some
    mine = graph.feedback_loops(system, through="s3", longest=4)
    assert len(mine) == 1 + 8
    assert all(loop.variables[0] == "s3" for loop in mine)
    assert graph.feedback_loops(system, through="unused") == []
    assert graph.feedback_loops(system, through="nowhere") == []


def test_the_order_of_loops_does_not_depend_on_hashing():
    program = "from tests.model.engine import test_graph as t; print(t.graph.feedback_loops(t.meshed(5), limit=40))"
    root = str(Path(__file__).parents[3])
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert "s0" in answers.pop()


@pytest.mark.parametrize(
    ("system", "name", "text"),
    [
        (LOGISTIC, "crowding", "return level * rate * level / capacity"),
        (LOGISTIC, "level", "d(level)/dt = growth - crowding"),
        (mini.oscillator(), "speed", "d(speed)/dt = 0 - pull"),
        (mini.goal_seeking(), "perceived_adjustment", "return (goal - perceived) / delay"),
        (mini.pipeline(), "leaving", "return leaving_stage_3 * 3 / delay"),
    ],
)
def test_equations_are_written_as_declared(system, name, text):
    assert graph.equation_text(system, name) == text
