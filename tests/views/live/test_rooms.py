"""Who may do what at which step of a live class."""

import threading

import pytest

from model.inputs import levers
from views.live import rooms as rules
from views.live.rooms import MOST_MEMBERS, MOST_ROOMS, STEPS, RefusedError, clean_name
from views.pages.classroom import game
from views.pages.classroom.lessons import lessons

ONE, TWO = "1" * 32, "2" * 32
START = {name: game.level_2015(name) for name in game.PROGRAMMES}


@pytest.fixture
def opened(rooms):
    """Code and key of a room that two phones have joined."""
    code, key = rooms.open("closure")
    rooms.join(code, ONE, "first")
    rooms.join(code, TWO, "")
    return code, key


def refused(call, *given):
    """The key of the text with which something is refused."""
    with pytest.raises(RefusedError) as found:
        call(*given)
    return found.value.key


def test_a_phone_joins_once_however_often_it_asks(rooms, opened):
    code, _ = opened
    for name in ("first", "first", "renamed"):
        rooms.join(code, ONE, name)
    assert [(one.number, one.name) for one in rooms.store.members(rooms.room(code))] == [(1, "renamed"), (2, "")]


def test_phones_that_join_at_the_same_time_get_numbers_of_their_own(rooms):
    code, _ = rooms.open("closure")
    devices = [f"{number:032x}" for number in range(40)]
    threads = [threading.Thread(target=rooms.join, args=(code, device, "")) for device in devices * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.number for one in rooms.store.members(rooms.room(code))] == list(range(1, 41))


def test_a_vote_counts_once_and_can_be_changed_while_the_class_votes(rooms, opened):
    code, key = opened
    assert refused(rooms.vote, code, ONE, "closure", 0) == "live_class.vote_closed"
    rooms.go_to(code, key, "closure", "vote")
    for choice in (0, 2, 1):
        rooms.vote(code, ONE, "closure", choice)
    assert rooms.store.votes(rooms.room(code), "closure") == [(1, 1)]
    rooms.go_to(code, key, "closure", "histogram")
    assert refused(rooms.vote, code, TWO, "closure", 0) == "live_class.vote_closed"


def test_votes_of_one_lesson_stay_when_the_class_goes_on_to_another(rooms, opened):
    code, key = opened
    other = list(lessons())[1]
    for lesson, choice in (("closure", 1), (other, 0)):
        rooms.go_to(code, key, lesson, "vote")
        rooms.vote(code, ONE, lesson, choice)
    assert refused(rooms.vote, code, ONE, "closure", 0) == "live_class.vote_closed"
    assert rooms.store.all_votes(rooms.room(code)) == sorted([(1, "closure", 1), (1, other, 0)], key=lambda v: v[1])


@pytest.mark.parametrize("choice", [-1, 3, 99, True, "1", None, 1.0, [1]])
def test_a_vote_for_no_answer_is_refused(rooms, opened, choice):
    code, key = opened
    rooms.go_to(code, key, "closure", "vote")
    assert refused(rooms.vote, code, ONE, "closure", choice) == "live_class.bad_request"


def test_a_plan_has_the_points_of_the_game(rooms, opened):
    code, key = opened
    spending = START | {"talent": START["talent"] + 10}
    assert refused(rooms.hand_in, code, ONE, spending) == "live_class.plan_closed"
    rooms.go_to(code, key, "closure", "plan")
    rooms.hand_in(code, ONE, START)
    rooms.hand_in(code, ONE, spending)
    (kept,) = rooms.store.plans(rooms.room(code))
    expected = game.score_plan(spending)
    assert kept.spending == spending
    assert (kept.cost, kept.total, kept.points) == (expected.cost, expected.total, expected.points)


def test_a_plan_over_the_budget_is_refused_by_the_server(rooms, opened):
    code, key = opened
    rooms.go_to(code, key, "closure", "plan")
    lavish = {name: levers()[name].max for name in game.PROGRAMMES}
    assert refused(rooms.hand_in, code, ONE, lavish) == "live_class.over_budget"


@pytest.mark.parametrize(
    "spending",
    [
        None,
        [],
        {},
        START | {"output_cap": 1.0},
        {name: value for name, value in START.items() if name != "talent"},
        START | {"talent": -1},
        START | {"talent": 1e9},
        START | {"talent": float("nan")},
        START | {"talent": "5"},
        START | {"talent": True},
    ],
)
def test_spending_that_no_slider_can_have_is_refused(rooms, opened, spending):
    code, key = opened
    rooms.go_to(code, key, "closure", "plan")
    assert refused(rooms.hand_in, code, ONE, spending) == "live_class.bad_request"


def test_the_league_has_the_best_plan_first_and_of_equal_ones_the_cheaper(rooms, opened, store):
    code, _ = opened
    rooms.join(code, "3" * 32, "third")
    room = rooms.room(code)
    one, two, three = store.members(room)
    for member, cost, total in ((one, 5.0, 10.0), (two, 4.0, 10.0), (three, 9.0, 11.0)):
        store.set_plan(member, START, cost, {}, total)
    assert [plan.member.number for plan in store.plans(room)] == [3, 2, 1]


def test_only_the_key_of_the_room_leads_it(rooms, opened):
    code, key = opened
    _, foreign = rooms.open("closure")
    for wrong in ("", foreign, key + "x", ONE):
        assert refused(rooms.go_to, code, wrong, "closure", "vote") == "live_class.not_teacher"
        assert refused(rooms.delete, code, wrong) == "live_class.not_teacher"
        assert refused(rooms.remove, code, wrong, 1) == "live_class.not_teacher"
        assert refused(rooms.clear_names, code, wrong) == "live_class.not_teacher"
    assert rooms.room(code).step == "join"


def test_two_teachers_who_press_next_at_once_skip_no_step(rooms, opened):
    code, key = opened
    for _ in range(2):
        rooms.go_to(code, key, "closure", "vote")
    room = rooms.room(code)
    assert room.step == "vote"
    before = room.stage
    rooms.go_to(code, key, "closure", "vote")
    assert rooms.room(code).stage == before, "nothing is drawn anew"


def test_rooms_do_not_mix(rooms, opened):
    code, _ = opened
    other, key = rooms.open("closure")
    rooms.go_to(other, key, "closure", "vote")
    assert refused(rooms.vote, other, ONE, "closure", 0) == "live_class.not_joined"
    assert rooms.room(code).step == "join" and rooms.store.members(rooms.room(other)) == []


def test_steps_lessons_and_phones_that_do_not_exist_are_refused(rooms, opened):
    code, key = opened
    assert refused(rooms.go_to, code, key, "closure", "nowhere") == "live_class.bad_request"
    assert refused(rooms.go_to, code, key, "no_lesson", "vote") == "live_class.bad_request"
    assert refused(rooms.open, "no_lesson") == "live_class.bad_request"
    for device in ("", "short", "G" * 32, "1" * 33):
        assert refused(rooms.join, code, device, "") == "live_class.bad_request"


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 456", "'; --12"])
def test_a_code_without_a_room_is_refused(rooms, code):
    assert refused(rooms.room, code) == "live_class.no_room"


def test_who_has_left_can_do_nothing_and_join_anew(rooms, opened):
    code, key = opened
    rooms.go_to(code, key, "closure", "vote")
    rooms.vote(code, ONE, "closure", 1)
    rooms.leave(code, ONE)
    assert refused(rooms.vote, code, ONE, "closure", 1) == "live_class.not_joined"
    assert rooms.store.votes(rooms.room(code), "closure") == []
    rooms.join(code, ONE, "again")
    assert [one.number for one in rooms.store.members(rooms.room(code))] == [2, 3]


def test_a_teacher_removes_members_and_names(rooms, opened):
    code, key = opened
    rooms.remove(code, key, 2)
    rooms.clear_names(code, key)
    assert [(one.number, one.name) for one in rooms.store.members(rooms.room(code))] == [(1, "")]


def test_rooms_and_members_are_limited(rooms, opened, monkeypatch):
    code, _ = opened
    monkeypatch.setattr(rules, "MOST_MEMBERS", 2)
    assert refused(rooms.join, code, "3" * 32, "") == "live_class.room_full"
    rooms.join(code, ONE, "those who are in stay in")
    monkeypatch.setattr(rules, "MOST_ROOMS", 1)
    assert refused(rooms.open, "closure") == "live_class.too_many_rooms"
    assert MOST_MEMBERS >= 60 and MOST_ROOMS >= 2 and STEPS[0] == "join"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Team \n one\t", "Team one"),
        ("a\u202eb\u200bc\u0000d\ud800", "abcd"),
        ("<b>x</b>", "<b>x</b>"),
        ("河" * 40, "河" * 24),
        ("   ", ""),
    ],
)
def test_names_are_one_line_of_visible_characters(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("name", [None, 5, ["x"], {"a": 1}])
def test_a_name_is_text(name):
    assert refused(clean_name, name) == "live_class.bad_request"
