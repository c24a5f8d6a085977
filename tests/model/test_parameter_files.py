"""Files of parameters: one for each chapter, every parameter in the file of a chapter that uses it."""

from collections import Counter

import pytest

from model import inputs
from model.engine.graph import causes
from model.parameter_files import parameter_files, placed_entries
from model.reading_order import READING_ORDER
from model.system import system


def uses_by_chapter():
    """Parameter -> chapter -> number of variables that depend on it."""
    found = {}
    for variable in system().variables.values():
        start = {variable.initial} if isinstance(variable.initial, str) else set()
        for cause in {*causes(system(), variable.name), *start}:
            if cause in inputs.parameters():
                found.setdefault(cause, Counter())[variable.chapter] += 1
    return found


def expected_chapter(name, uses):
    """Where the README of the files says that a parameter stands."""
    if name.startswith("initial_") and "start" in uses:
        return "start"
    others = {chapter: count for chapter, count in uses.items() if chapter != "start"} or uses
    return next(chapter for chapter in READING_ORDER if others.get(chapter) == max(others.values()))


def test_each_parameter_is_in_the_file_of_the_chapter_that_uses_it():
    uses = uses_by_chapter()
    assert set(uses) == set(inputs.parameters()), "a parameter that no equation uses"
    for file in parameter_files():
        for name in inputs.load_yaml(file):
            assert file.stem == expected_chapter(name, uses[name]), f"{file.name}: {name}"


def test_parameters_come_in_reading_order():
    files = [file.stem for file in parameter_files()]
    assert files == [chapter for chapter in READING_ORDER if chapter in files]
    in_order = [name for file in parameter_files() for name in inputs.load_yaml(file)]
    assert list(inputs.parameters()) == in_order and len(in_order) == 384


def test_a_parameter_that_stands_twice_is_refused_with_both_places(tmp_path):
    (tmp_path / "start.yaml").write_text("a:\n  value: 1\nb:\n  value: 2\n")
    (tmp_path / "energy.yaml").write_text("# comment\n\nb:\n  value: 3\n")
    with pytest.raises(ValueError, match=r"^energy\.yaml:3: the parameter b is already in start\.yaml:3; keep one"):
        placed_entries(tmp_path)
    (tmp_path / "energy.yaml").write_text("c:\n  value: 3\nc:\n  value: 4\n")
    with pytest.raises(ValueError, match=r"^energy\.yaml:3: the parameter c is already in energy\.yaml:1"):
        placed_entries(tmp_path)


def test_a_file_of_no_chapter_is_refused(tmp_path):
    (tmp_path / "other.yaml").write_text("a:\n  value: 1\n")
    with pytest.raises(ValueError, match=r"^other\.yaml: no chapter has this name; allowed: start, demand"):
        placed_entries(tmp_path)


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "start.yaml").write_text("# nothing\n")
    with pytest.raises(ValueError, match=r"^start\.yaml:1: a mapping of parameters is needed"):
        placed_entries(tmp_path)
