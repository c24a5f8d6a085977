"""Lists of indicators as tags: read in order, checked with their lines."""

import pytest

from model.indicator_tags import DIRECTED, TAGS, directions, indicator_tags, read_tags, tagged
from model.system import system

KNOWN = {"a", "b"}


def test_every_tag_is_used_and_its_places_are_counted_through():
    for tag in TAGS:
        places = sorted(one.places[tag] for one in indicator_tags() if tag in one.places)
        assert places == list(range(1, len(places) + 1)) and places, tag


def test_indicators_come_in_the_order_of_their_places():
    assert tagged("figures") == (
        "equipment_minus_steel_share",
        "energy_per_above_scale_industrial_va_change_cumulative",
        "crude_steel_output",
        "public_cost",
    )
    assert directions("game") == {
        "energy_per_above_scale_industrial_va_change_cumulative": -1,
        "equipment_minus_steel_share": 1,
        "sei_share": 1,
    }
    assert directions("tradeoffs")["crude_steel_output"] == 0
    assert len(tagged("headline")) == 22 and len(tagged("banded")) == 20
    with pytest.raises(KeyError):
        tagged("nonsense")


def test_tagged_indicators_are_yearly_values_of_the_model():
    assert all(system().variables[one.id].kind == "annual" for one in indicator_tags())
    assert all(one.better is not None for one in indicator_tags() for tag in DIRECTED if tag in one.places)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n  tags: {figures: 1}\nc:\n  tags: {figures: 2}\n", "x.yaml:3: c: the model has no indicator"),
        ("a:\n  tags: {figures: 1}\n\na:\n  tags: {app: 1}\n", "x.yaml:4: a stands here for the second time"),
        ("a:\n  tags: {figure: 1}\n", "x.yaml:1: a: the tag figure is unknown; allowed: app, banded"),
        ("a:\n  tags: {app: first}\n", "x.yaml:1: a: app: first is no place; a whole number"),
        ("a:\n  tags: {app: 1}\nb:\n  tags: {app: 1}\n", "x.yaml:3: place 1 of app belongs to a already"),
        ("a:\n  tags: {game: 1}\n", "x.yaml:1: a: game needs better: higher, neither, lower"),
        ("a:\n  tags: {banded: 1}\n", "x.yaml:1: a: banded needs better: higher, neither, lower"),
        ("a:\n  better: more\n", "x.yaml:1: a: better: more is unknown; allowed: higher, neither, lower"),
        ("a:\n  tag: {app: 1}\n", "x.yaml:1: a: tag is unknown; allowed: tags, better"),
    ],
)
def test_mistakes_are_refused_with_their_line(tmp_path, text, message):
    file = tmp_path / "x.yaml"
    file.write_text(text)
    with pytest.raises(ValueError) as caught:
        read_tags(file, KNOWN)
    assert str(caught.value).startswith(message)
