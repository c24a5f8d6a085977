"""The file of the live class keeps what it has taken, refuses foreign files, and forgets what is deleted."""

import sqlite3
import time

import pytest

from views.live.rooms import DAY, UNUSED_DAYS, Rooms
from views.live.store import FORM, NotAClassFileError, Store

DEVICE = "0123456789abcdef" * 2


def every_byte(path):
    """The bytes of the file and of what SQLite keeps beside it."""
    return b"".join(one.read_bytes() for one in path.parent.iterdir())


def test_what_was_taken_is_there_after_the_process_is_gone(tmp_path):
    path = tmp_path / "class.sqlite"
    first = Store(path)  # never closed, as in a crash
    code, key = Rooms(first).open("closure")
    Rooms(first).join(code, DEVICE, "一组")
    Rooms(first).go_to(code, key, "closure", "vote")
    Rooms(first).vote(code, DEVICE, "closure", 1)
    second = Store(path)
    room = second.room(code)
    assert (room.lesson, room.step) == ("closure", "vote")
    assert [one.name for one in second.members(room)] == ["一组"]
    assert second.votes(room, "closure") == [(1, 1)]


def test_a_change_is_made_whole_or_not_at_all(store):
    store.add_room("123456", "key", "closure", "join")
    room = store.room("123456")
    with pytest.raises(ValueError), store.change():
        store.add_member(room, DEVICE, "team")
        raise ValueError
    assert store.members(room) == []


def test_numbers_are_not_given_again(store):
    store.add_room("123456", "key", "closure", "join")
    room = store.room("123456")
    for letter in "ab":
        store.add_member(room, letter, letter)
    store.delete_member(store.members(room)[-1])
    store.add_member(room, "c", "c")
    assert [(one.number, one.name) for one in store.members(room)] == [(1, "a"), (3, "c")]


def test_the_keys_of_teachers_and_phones_are_not_in_the_file(tmp_path):
    store = Store(tmp_path / "class.sqlite")
    code, key = Rooms(store).open("closure")
    Rooms(store).join(code, DEVICE, "team")
    held = every_byte(tmp_path / "class.sqlite")
    assert b"team" in held and key.encode() not in held and DEVICE.encode() not in held


@pytest.mark.parametrize("how", ["room", "member", "names"])
def test_what_is_deleted_is_not_on_the_disk(tmp_path, how):
    path = tmp_path / "class.sqlite"
    store = Store(path)
    rooms = Rooms(store)
    code, key = rooms.open("closure")
    rooms.join(code, DEVICE, "unforgettable")
    assert b"unforgettable" in every_byte(path)
    {
        "room": lambda: rooms.delete(code, key),
        "member": lambda: rooms.leave(code, DEVICE),
        "names": lambda: rooms.clear_names(code, key),
    }[how]()
    assert b"unforgettable" not in every_byte(path)


def test_a_room_goes_with_everything_in_it(store):
    rooms = Rooms(store)
    code, key = rooms.open("closure")
    rooms.join(code, DEVICE, "team")
    rooms.go_to(code, key, "closure", "vote")
    rooms.vote(code, DEVICE, "closure", 1)
    rooms.delete(code, key)
    for table in ("room", "member", "vote", "plan"):
        assert store._rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_rooms_without_use_are_deleted_at_the_start(store, monkeypatch):
    code, _ = Rooms(store).open("closure")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + (UNUSED_DAYS - 1) * DAY)
    Rooms(store)
    assert store.room(code) is not None
    monkeypatch.setattr(time, "time", lambda: now + (UNUSED_DAYS + 1) * DAY)
    Rooms(store)
    assert store.room(code) is None


def test_files_of_something_else_are_refused_and_left_alone(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("These are notes and no file of SQLite.\n" * 50)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bank (balance REAL)")
    for path in (notes, other):
        before = path.read_bytes()
        with pytest.raises(NotAClassFileError, match="is not a file of live classes"):
            Store(path)
        assert path.read_bytes() == before


def test_a_file_of_a_later_version_is_refused(tmp_path):
    path = tmp_path / "class.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {FORM + 1}")
    with pytest.raises(NotAClassFileError, match="later version"):
        Store(path)


def test_one_file_remains_after_closing(tmp_path):
    store = Store(tmp_path / "class.sqlite")
    Rooms(store).open("closure")
    store.close()
    assert [one.name for one in tmp_path.iterdir()] == ["class.sqlite"]
