"""Results lie in their folder all at once or not at all, whatever stops the program."""

import os
import subprocess
import sys

import pytest

from batch.staging import Mover, OutputError, Staged, remove_abandoned, write_whole


def tree(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def put_all(goal):
    def move(stage, mover):
        for file in stage.iterdir():
            mover.put(file, goal / file.name)

    return move


def test_what_was_written_is_moved_into_a_new_folder(tmp_path):
    goal = tmp_path / "a" / "b"
    with Staged(goal, put_all(goal)) as stage:
        (stage / "x.csv").write_text("1")
        assert not goal.exists()
    assert tree(tmp_path) == ["a", "a/b", "a/b/x.csv"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_an_error_leaves_nothing(tmp_path, error):
    goal = tmp_path / "a" / "b"
    with pytest.raises(error), Staged(goal, put_all(goal)) as stage:
        (stage / "x.csv").write_text("1")
        raise error
    assert tree(tmp_path) == []


def test_a_move_that_fails_half_way_is_taken_back(tmp_path, monkeypatch):
    """As where another program holds one of the files open."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("old")
    replace = os.replace

    def refuse_b(source, goal):
        if str(goal) == str(tmp_path / "b.csv") and "results" in str(source):
            raise PermissionError(13, "Permission denied")
        replace(source, goal)

    def move(stage, mover):
        mover.make_folder(tmp_path / "new")
        mover.put(stage / "a.csv", tmp_path / "a.csv")
        mover.put(stage / "b.csv", tmp_path / "b.csv")

    monkeypatch.setattr(os, "replace", refuse_b)
    refused = pytest.raises(OutputError, match="cannot be written: Permission denied; choose another --out")
    with refused, Staged(tmp_path, move) as stage:
        (stage / "a.csv").write_text("new")
        (stage / "b.csv").write_text("new")
    assert tree(tmp_path) == ["a.csv", "b.csv"]
    assert (tmp_path / "a.csv").read_text() == "old" and (tmp_path / "b.csv").read_text() == "old"


def test_files_removed_by_a_mover_come_back(tmp_path):
    (tmp_path / "away").mkdir()
    (tmp_path / "x").write_text("1")
    mover = Mover(tmp_path / "away")
    mover.remove(tmp_path / "x")
    assert not (tmp_path / "x").exists()
    mover.undo()
    assert (tmp_path / "x").read_text() == "1"


def killed_while_writing(goal):
    """A process that dies with its results half written."""
    code = (
        "import os, sys; from pathlib import Path; from batch.staging import Staged\n"
        "with Staged(Path(sys.argv[1]), lambda stage, mover: None) as stage:\n"
        "    (stage / 'half.csv').write_text('x')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(goal)], check=False, timeout=60)
    assert done.returncode == -9


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
@pytest.mark.parametrize("exists", [True, False])
def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path, exists):
    goal = tmp_path / "results"
    if exists:
        goal.mkdir()
    killed_while_writing(goal)
    assert any(".hebei2025-" in name for name in tree(tmp_path))
    with Staged(goal, put_all(goal)):
        pass
    assert tree(tmp_path) == ["results"]


@pytest.mark.skipif(os.name != "posix", reason="folders are not locked elsewhere")
def test_the_hidden_folder_of_a_living_process_stays(tmp_path):
    with Staged(tmp_path, None) as stage:
        (stage / "x").write_text("1")
        remove_abandoned(tmp_path)
        with Staged(tmp_path, None) as other:
            assert (stage / "x").read_text() == "1" and other != stage
    (tmp_path / ".hebei2025-notes").mkdir()
    (tmp_path / ".hebei2025-abcdefgh").write_text("a file")
    remove_abandoned(tmp_path)
    assert tree(tmp_path) == [".hebei2025-abcdefgh", ".hebei2025-notes"], "named otherwise, or no folder"


def test_links_that_lead_nowhere_are_named(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "gone")
    for goal in (link, link / "inner"):
        with pytest.raises(OutputError, match=r"link is a link to .*gone, which does not exist"), Staged(goal, None):
            pass
    assert tree(tmp_path) == ["link"]


def test_one_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "x.json"
    write_whole(file, "一\n")
    assert file.read_bytes() == "一\n".encode()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="x.json cannot be written: No space left on device; choose another --out"):
        write_whole(file, "two")
    assert tree(tmp_path) == ["x.json"] and file.read_text(encoding="utf-8") == "一\n"
