"""Diagrams as data: neighbours of a variable, chapters, loops, and the signs of their links."""

import pytest

from analysis.diagram import Link, Node, chapter_diagram, kind_of, loop_diagram, name_of, neighbourhood
from analysis.structure import chapters, variables_of
from model.system import system


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_shows_all_its_variables_and_only_links_into_them(chapter):
    picture = chapter_diagram(chapter)
    members = {v.name for v in variables_of(chapter) if not v.generated}
    assert {node.id for node in picture.nodes if not node.outside} == members
    assert {link.effect for link in picture.links} <= members
    assert all(node.kind != "parameter" for node in picture.nodes)


def test_flows_of_a_stock_have_their_sign_and_are_marked():
    stock = system().variables["conventional_capacity"]
    links = {link.cause: link for link in neighbourhood("conventional_capacity").links if link.effect == stock.name}
    assert {links[name].sign for name in stock.inflows} == {1} and {links[name].sign for name in stock.outflows} == {-1}
    assert all(links[name].flow for name in (*stock.inflows, *stock.outflows))


def test_neighbours_are_direct_causes_and_uses_and_further_causes_are_asked_for():
    near, far = neighbourhood("steel_output"), neighbourhood("steel_output", steps=2)
    assert all("steel_output" in (link.cause, link.effect) for link in near.links)
    assert {link.cause for link in near.links} >= {"steel_cap", "followed_steel_demand", "runnable_steel_capacity"}
    assert Node("output_cap", "lever", outside=True) in far.nodes and Node("steel_cap", "auxiliary") in far.nodes
    assert set(near.links) < set(far.links)
    assert any((link.cause, link.effect) == ("output_cap", "steel_cap") for link in far.links)


def test_a_loop_comes_back_to_its_first_variable():
    picture = loop_diagram(("margin", "shutdown_rate", "conventional_idling"))
    assert [(link.cause, link.effect) for link in picture.links] == [
        ("margin", "shutdown_rate"),
        ("shutdown_rate", "conventional_idling"),
        ("conventional_idling", "margin"),
    ]
    assert picture.links[0] == Link("margin", "shutdown_rate", -1, False)


def test_unknown_names_are_refused():
    with pytest.raises(KeyError, match="nowhere: no chapter"):
        chapter_diagram("nowhere")
    with pytest.raises(KeyError, match="nothing: no variable"):
        neighbourhood("nothing")


def test_names_and_kinds_of_variables_and_inputs():
    assert name_of("output_cap", "zh") == "粗钢产量同比上限" and name_of("no_such", "en") == "no_such"
    assert (kind_of("output_cap"), kind_of("ore_price_index"), kind_of("rung")) == ("lever", "driver", "parameter")
