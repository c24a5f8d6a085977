"""Compiled modules on disk: used by later processes, replaced where they are damaged, never in the way."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata

import pytest
import wasmtime

from model.engine.webassembly import module_cache
from model.engine.webassembly.module_cache import CACHE_VARIABLE, MOST_FILES, cache_folder, compiled_module

ANSWER = '(module (func (export "answer") (result i32) i32.const {}))'
COMMAND = """
import sys
from model.engine.webassembly import module_cache
def never(text):
    raise AssertionError("assembled again")
if "stored" in sys.argv:
    module_cache.assembled = never
for number in range(40, 45):
    module_cache.compiled_module(f'(module (func (export "answer") (result i32) i32.const {number}))')
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder for compiled modules during a test; it does not exist yet."""
    place = tmp_path / "deep" / "modules"
    monkeypatch.setenv(CACHE_VARIABLE, str(place))
    return place


@pytest.fixture
def compilations(monkeypatch):
    """The texts that were compiled, as they come."""
    texts = []
    assembled = module_cache.assembled
    monkeypatch.setattr(module_cache, "assembled", lambda text: texts.append(text) or assembled(text))
    return texts


def answer(number=42):
    """What the module of this number answers, by way of the cache."""
    store = wasmtime.Store(module_cache.engine())
    instance = wasmtime.Instance(store, compiled_module(ANSWER.format(number)), [])
    return instance.exports(store)["answer"](store)


def test_threads_that_begin_at_the_same_time_share_one_engine(monkeypatch):
    made = module_cache._new_engine

    def slowly():
        time.sleep(0.02)
        return made()

    monkeypatch.setattr(module_cache, "_engines", {})
    monkeypatch.setattr(module_cache, "_new_engine", slowly)
    with ThreadPoolExecutor(8) as pool:
        engines = list(pool.map(lambda _: module_cache.engine(), range(8)))
    assert len(set(map(id, engines))) == 1


def stored(folder):
    """The one file in the folder."""
    (file,) = folder.iterdir()
    return file


def processes(folder, count, *arguments):
    """So many processes at once that compile the same modules into the folder, ended without error."""
    command = [sys.executable, "-c", COMMAND, *arguments]
    environment = {**os.environ, CACHE_VARIABLE: str(folder)}
    started = [subprocess.Popen(command, env=environment) for _ in range(count)]
    assert [process.wait(60) for process in started] == [0] * count


def test_a_module_is_compiled_once_and_then_read(folder, compilations):
    assert answer() == 42
    content = stored(folder).read_bytes()
    assert answer() == 42
    assert compilations == [ANSWER.format(42)]
    assert stored(folder).read_bytes() == content
    assert answer(43) == 43
    assert len(list(folder.iterdir())) == 2


def test_another_process_reads_what_one_has_written(folder):
    processes(folder, 1)
    processes(folder, 1, "stored")


def test_processes_that_compile_at_once_leave_whole_files(folder):
    processes(folder, 3)
    assert len(list(folder.iterdir())) == 5
    processes(folder, 2, "stored")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:20],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"\0",
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: content[:500] + bytes(8) + content[508:],
    ],
    ids=["empty", "part of the sum", "half", "longer", "last bit", "first bit", "eight bytes zero"],
)
def test_a_damaged_file_is_replaced(folder, compilations, damage):
    answer()
    whole = stored(folder).read_bytes()
    damaged = damage(whole)
    assert damaged != whole
    stored(folder).write_bytes(damaged)
    assert answer() == 42
    assert len(compilations) == 2
    assert answer() == 42
    assert len(compilations) == 2, "the damaged file has been replaced"


def test_a_file_with_a_right_sum_that_is_no_module_is_replaced(folder, compilations):
    answer()
    module_cache._write(folder, stored(folder).name, b"compiled for another machine")
    assert answer() == 42
    assert answer() == 42
    assert len(compilations) == 2


def test_files_of_another_version_of_wasmtime_are_not_read(folder, compilations, monkeypatch):
    answer()
    monkeypatch.setattr(metadata, "version", lambda package: "0.0.1")
    assert answer() == 42
    assert len(compilations) == 2
    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch, compilations):
    """A file stands where the folder should be, which stops administrators too."""
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", tmp_path / "file" / "modules"):
        monkeypatch.setenv(CACHE_VARIABLE, str(place))
        assert answer() == 42
    assert len(compilations) == 2
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs permissions that bind this user")
def test_a_folder_without_permission_costs_time_only(folder, compilations):
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    assert answer() == answer() == 42
    assert list(folder.iterdir()) == []
    assert len(compilations) == 2


def test_a_disk_that_is_full_leaves_no_parts_of_files(folder, monkeypatch):
    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert answer() == 42
    assert list(folder.iterdir()) == []


def test_files_used_longest_ago_give_way(folder):
    folder.mkdir(parents=True)
    others = [folder / f"{k}.module" for k in range(MOST_FILES + 3)]
    for age, file in enumerate(reversed(others)):
        file.write_bytes(b"")
        os.utime(file, (1e9 + age, 1e9 + age))
    (folder / "notes.txt").write_text("of the user")
    answer()
    remaining = set(folder.iterdir())
    assert len(remaining) == MOST_FILES + 1
    assert remaining >= {folder / "notes.txt", *others[: MOST_FILES - 1]}
    assert remaining.isdisjoint(others[MOST_FILES - 1 :])


def test_a_module_in_use_does_not_give_way(folder, compilations):
    """A file counts as new when it is read, not only when it is written."""
    answer()
    os.utime(stored(folder), (1e9, 1e9))
    for k in range(MOST_FILES):
        file = folder / f"{k}.module"
        file.write_bytes(b"")
        os.utime(file, (1.1e9 + k, 1.1e9 + k))
    answer()
    answer(43)
    answer()
    assert compilations == [ANSWER.format(42), ANSWER.format(43)]


def test_the_folder_is_that_of_the_user_unless_a_variable_names_one(folder, monkeypatch):
    assert cache_folder() == folder
    monkeypatch.setenv(CACHE_VARIABLE, "")
    empty = cache_folder()
    monkeypatch.delenv(CACHE_VARIABLE)
    assert cache_folder() == empty
    assert empty.is_absolute()
    assert "hebei2025" in empty.parts
