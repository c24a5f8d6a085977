"""Sixty simulated phones on a real server, through a crash in the middle of the vote, to the league table."""

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

import pytest

from benchmarks.live_class import LESSON, hold_class
from benchmarks.phones import Asking, NoAnswer, Teacher
from benchmarks.server import running_server
from views.live.answers import MOST_BYTES
from views.live.floods import NEW_ROOMS, WRONG_CODES
from views.pages.classroom import game
from views.pages.classroom.lessons import lessons

PHONES = 60
POLL = 0.8
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_nothing_is_lost_in_a_crash(tmp_path):
    held = hold_class(tmp_path, PHONES, POLL)
    assert all(phone.refused == [] for phone in held.phones)
    assert any(phone.asking.failures for phone in held.phones), "the crash was noticed"
    assert sorted(one["number"] for one in held.members) == list(range(1, PHONES + 1))
    assert sorted(one["name"] for one in held.members) == sorted(phone.name for phone in held.phones)
    counted = Counter(phone.choice for phone in held.phones)
    assert held.histogram == [counted[position] for position in range(len(lessons()[LESSON].choices))]
    assert [one["total"] for one in held.league] == sorted((one["total"] for one in held.league), reverse=True)
    assert len(held.league) == PHONES
    by_number = {phone.state["me"]["number"]: phone for phone in held.phones}
    for row in (held.league[0], held.league[-1]):
        expected = game.score_plan(by_number[row["number"]].spending)
        assert (row["cost"], row["total"]) == pytest.approx((expected.cost, expected.total), rel=1e-12)
    for phone in held.phones:
        assert phone.state["step"] == "league" and phone.state["league"] == held.league
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in log, log


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with live classes."""
    folder = tmp_path_factory.mktemp("live")
    with running_server(folder / "log", folder / "class.sqlite") as found:
        yield found
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def opened(server):
    """A teacher with a room."""
    return Teacher(server.address, LESSON)


@pytest.fixture
def teacher(opened):
    """The teacher, with the class at its first step."""
    opened.go_to("join")
    return opened


def phone_of(server, code):
    """What a new phone asks and tells."""
    asking, device = Asking(server.address), secrets.token_hex(16)
    return lambda method, kind="", content=None: asking.ask(
        method, f"rooms/{code}{kind}?lang=en", content, **{"X-Device": device}
    )


def test_a_late_joiner_sees_what_the_class_has_come_to(server, teacher):
    teacher.go_to("reveal")
    ask = phone_of(server, teacher.code)
    status, state = ask("PUT", "/me", {"name": "late"})
    assert status == 200 and state["step"] == "reveal" and state["me"]["vote"] is None
    assert state["right"] == lessons()[LESSON].right and state["reveal"]
    status, why = ask("PUT", "/vote", {"lesson": LESSON, "choice": 0})
    assert (status, why["text"]) == (409, "The vote is closed.")
    teacher.go_to("plan")
    spending = {name: game.level_2015(name) for name in game.PROGRAMMES}
    assert ask("PUT", "/plan", {"spending": spending})[0] == 200


def test_the_answer_is_not_told_before_its_step(server, teacher):
    ask = phone_of(server, teacher.code)
    ask("PUT", "/me", {"name": ""})
    for step in ("join", "vote", "histogram", "run"):
        teacher.go_to(step)
        _, state = ask("GET")
        assert not {"right", "reveal", "discuss", "league"} & set(state)
        assert ("histogram" in state) == (step in ("histogram", "run"))
        charts, _ = Asking(server.address).ask("GET", f"rooms/{teacher.code}/charts")
        assert charts == (200 if step == "run" else 409)


def test_two_teachers_lead_one_room_and_two_rooms(server, teacher):
    second = Teacher(server.address, LESSON)
    colleague = Asking(server.address)
    status, _ = colleague.ask(
        "PUT", f"rooms/{teacher.code}/step", {"lesson": LESSON, "step": "vote"}, **{"X-Key": teacher.key}
    )
    assert status == 200 and teacher.screen()["step"] == "vote" and second.screen()["step"] == "join"
    status, _ = colleague.ask(
        "PUT", f"rooms/{second.code}/step", {"lesson": LESSON, "step": "vote"}, **{"X-Key": teacher.key}
    )
    assert status == 403 and second.screen()["step"] == "join"


def test_a_deleted_room_is_gone_for_everybody(server):
    made = Teacher(server.address, LESSON)
    ask = phone_of(server, made.code)
    assert ask("PUT", "/me", {"name": "x"})[0] == 200
    made.asking.ask("DELETE", f"rooms/{made.code}", None, **{"X-Key": made.key})
    status, why = ask("GET")
    assert (status, why["error"]) == (404, "live_class.no_room")


def test_the_table_of_results_is_the_teachers(server, teacher):
    ask = phone_of(server, teacher.code)
    ask("PUT", "/me", {"name": "=HYPERLINK(1)"})
    teacher.go_to("vote")
    ask("PUT", "/vote", {"lesson": LESSON, "choice": 1})
    address = f"{server.address}/live/api/rooms/{teacher.code}/results.csv?lang=zh"
    with pytest.raises(urllib.error.HTTPError) as refused:
        OPENER.open(address)
    assert refused.value.code == 403
    with OPENER.open(urllib.request.Request(address, headers={"X-Key": teacher.key})) as answer:
        head, *_, row, end = answer.read().decode("utf-8-sig").split("\r\n")
    lesson = lessons()[LESSON]
    assert head.split(",")[:3] == ["number", "name", lesson.title["zh"]]
    assert row.split(",")[1:3] == ["'=HYPERLINK(1)", lesson.choices[1]["zh"]] and end == ""


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 4000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"name": 5}', "application/json", 400),
        (b'{"name": "' + b"x" * MOST_BYTES + b'"}', "application/json", 413),
        (b'{"name": "x"}', "text/plain", 415),
    ],
)
def test_bad_requests_are_refused_in_words(server, teacher, body, kind, status):
    headers = {"Content-Type": kind, "X-Device": "ab" * 16}
    address = f"{server.address}/live/api/rooms/{teacher.code}/me?lang=en"
    with pytest.raises(urllib.error.HTTPError) as refused:
        OPENER.open(urllib.request.Request(address, body, headers, method="PUT"))
    assert refused.value.code == status
    assert json.loads(refused.value.read())["text"] == "The server cannot use this. Load the page again."


def test_a_flood_is_stopped_and_others_are_served(server, teacher):
    flooding, other = phone_of(server, teacher.code), phone_of(server, teacher.code)
    assert flooding("PUT", "/me", {"name": ""})[0] == 200
    with pytest.raises(NoAnswer):
        for _ in range(500):
            flooding("GET")
    assert other("PUT", "/me", {"name": "patient"})[0] == 200


def test_pages_are_kept_by_nobody_and_load_nothing_from_elsewhere(server, teacher):
    for place in ("/live", "/live/new", f"/live/{teacher.code}", f"/live/{teacher.code}/teacher"):
        with OPENER.open(f"{server.address}{place}") as answer:
            text = answer.read().decode()
            assert answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "http://" not in text.replace("http://www.w3.org", "") and "https://" not in text
    with OPENER.open(f"{server.address}/_stcore/health") as answer:
        assert answer.read() == b"ok", "the app answers beside it"


def test_the_picture_of_the_code_leads_to_this_server_only(server, teacher):
    def status(base, code=teacher.code):
        query = urllib.parse.urlencode({"base": base, "code": code})
        try:
            with OPENER.open(f"{server.address}/live/qr.svg?{query}") as answer:
                return answer.status, answer.headers["Content-Type"]
        except urllib.error.HTTPError as refused:
            return refused.code, ""

    assert status("http://192.168.1.20:8501") == (200, "image/svg+xml")
    for base, code in (("javascript:alert(1)", "123456"), ("http://a b", "123456"), ("http://a", "12/../x")):
        assert status(base, code)[0] == 400


def test_the_live_class_is_below_the_path_of_the_app(tmp_path, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "hebei")
    with running_server(tmp_path / "log", tmp_path / "class.sqlite", health="/hebei/_stcore/health") as found:
        with OPENER.open(f"{found.address}/hebei/live/new") as answer:
            assert 'id="data"' in answer.read().decode()
        with OPENER.open(f"{found.address}/hebei/live/assets/teacher.js") as answer:
            assert answer.headers["Content-Type"].startswith("text/javascript")


def test_searching_for_codes_is_stopped(server):
    """Last, since it uses up what this address may ask wrongly."""
    asking = Asking(server.address)
    with pytest.raises(NoAnswer):
        for number in range(int(WRONG_CODES.burst) * 3):
            assert asking.ask("GET", f"rooms/{number:06d}")[0] == 404


def test_opening_rooms_without_end_is_stopped(server):
    with pytest.raises(NoAnswer):
        for _ in range(int(NEW_ROOMS.burst) + 5):
            Teacher(server.address, LESSON)
