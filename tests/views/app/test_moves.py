"""Moved sliders: how links write them, what paths they give, and how they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from model.inputs import LATEST, POLICY_START
from model.scenario.lever_values import Constant, DelayedPath, HeldPath, PointsPath, RaisedPath, ScaledPath
from views.language import Locale
from views.results.move_texts import assumption_texts, move_words, slot_text
from views.results.moves import Move, held, read_move, scaled, shortened, write_move
from views.results.sliders import slots

WRITTEN = [
    ("310", held(310)),
    ("-5", held(-5)),
    ("310f2018t2020", Move(hold=310.0, first=2018, last=2020)),
    ("x1.25", scaled(1.25)),
    ("s-2.5", Move(shift=-2.5)),
    ("d2", Move(delay=2)),
    ("x1.2s10d-1f2018t2022", Move(factor=1.2, shift=10.0, delay=-1, first=2018, last=2022)),
    ("p2016~10~2020~30", Move(points=((2016, 10.0), (2020, 30.0)))),
]
YEARS = some.integers(POLICY_START, LATEST)
NUMBERS = some.floats(-1e6, 1e6).map(shortened)
PERIODS = some.tuples(YEARS, YEARS).map(sorted)
MOVES = some.one_of(
    some.builds(lambda v, p: Move(hold=v, first=p[0], last=p[1]), NUMBERS, PERIODS),
    some.builds(
        lambda factor, shift, delay, p: Move(factor=factor, shift=shift, delay=delay, first=p[0], last=p[1]),
        some.floats(0, 1000).map(shortened),
        NUMBERS,
        some.integers(-19, 19),
        PERIODS,
    ),
    some.builds(
        lambda points: Move(points=tuple(sorted(({POLICY_START: 1.0} | points).items()))),
        some.dictionaries(YEARS, NUMBERS, max_size=6),
    ),
)


@pytest.mark.parametrize(("text", "move"), WRITTEN)
def test_a_move_is_written_shortly_and_read_again(text, move):
    assert write_move(move) == text and read_move(text) == move


@given(MOVES)
def test_any_move_is_read_as_it_was_written(move):
    text = write_move(move)
    assert (read_move(text) if text else Move()) == move


@pytest.mark.parametrize(
    "text",
    ["", "x", "xx2", "x2x3", "x-1", "x1001", "d1.5", "d20", "f2015x2", "t2036x2", "x2f2020t2018", "310f2018x2", "1e999"]
    + ["p", "p2016", "p2017~5", "p2016~5~2015~6", "p2016~1~2016~2", "p2016~nan", "2 ", "<b>", "x٣"],
)
def test_what_is_no_move_is_refused(text):
    assert read_move(text) is None


@pytest.mark.parametrize(
    ("move", "path"),
    [
        (held(310), Constant(310.0)),
        (Move(hold=310.0, first=2018), HeldPath(310.0, None, 2018)),
        (scaled(1.2), ScaledPath(1.2, clip=True)),
        (Move(delay=2, shift=5.0, last=2020), RaisedPath(5.0, DelayedPath(2), last=2020, clip=True)),
        (
            Move(factor=2.0, shift=5.0, delay=-1),
            RaisedPath(5.0, ScaledPath(2.0, DelayedPath(-1), clip=True), clip=True),
        ),
        (Move(points=((2016, 1.0), (2020, 3.0))), PointsPath(((2016, 1.0), (2020, 3.0)))),
    ],
)
def test_the_path_of_a_move(move, path):
    assert move.path() == path


def test_a_move_without_change_has_no_path():
    assert scaled(1).changes_nothing and Move(first=2018).changes_nothing
    with pytest.raises(ValueError, match="without change"):
        scaled(1).path()


@pytest.mark.parametrize(
    ("slot", "text", "english", "chinese"),
    [
        ("talent", "x1.2d2f2018", "× 1.20, 2 years later, from 2018", "×1.20、推迟2年、2018年起"),
        ("talent", "s10t2020", "+1.0 bn yuan/yr, 2016–2020", "+10亿元/年、2016—2020年"),
        ("talent", "d-1", "one year earlier", "提前1年"),
        ("talent", "p2016~1~2020~30", "own path", "自定路径"),
        ("output_cap", "3f2018", "held at no cap, from 2018", "定为不设上限、2018年起"),
    ],
)
def test_a_move_in_words(slot, text, english, chinese):
    move = read_move(text)
    assert [move_words(slots()[slot], move, Locale(code)) for code in ("en", "zh")] == [english, chinese]


def test_a_held_value_is_said_with_what_happened():
    said = slot_text(slots()["land_supply"], held(0.7), Locale("en"))
    assert said.endswith("0.50 → 0.70")


def test_assumptions_in_words():
    said = assumption_texts(
        {"saving_cost": 40.0}, {"national_steel_demand": 0.9, "national_branch_growth": -0.01}, Locale("en")
    )
    assert said[0].startswith("Investment per yearly tce saved 26.49 → 40")
    assert said[1].endswith("× 0.9 from 2016 on") and "−1 percentage points a year" in said[2]
