"""The clauses of the document: all of them placed in the model as it is, in plain words of both languages."""

import json
import os
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from cli.main import app
from model.clauses import KINDS, PARTS, PLACES, Clause, clauses, coverage, coverage_line, placed
from model.inputs import levers, parameters
from model.run import indicator_names
from model.system import system

NUMBER = 188
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BY_ID = {clause.id: clause for clause in clauses()}


@pytest.fixture(scope="module")
def existing():
    """What the model has, by kind of place."""
    return {
        "levers": set(levers()),
        "parameters": set(parameters()),
        "variables": set(system().variables),
        "indicators": set(indicator_names()),
    }


def order(clause_id):
    """Sorts clause ids as the document does: 2.1 before 2.1.1.a before 2.2."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in clause_id.split(".")]


def test_all_clauses_are_there_once_in_the_order_of_the_document():
    ids = [clause.id for clause in clauses()]
    assert len(ids) == NUMBER
    assert len(set(ids)) == NUMBER
    assert ids == sorted(ids, key=order)
    parts = [clause.part for clause in clauses()]
    assert list(dict.fromkeys(parts)) == list(PARTS)


def test_kinds_and_parts_are_known():
    assert {clause.kind for clause in clauses()} == set(KINDS)
    assert all(set(clause.mapping) <= set(PLACES) for clause in clauses())


@pytest.mark.parametrize("place", PLACES)
def test_clauses_name_only_what_exists(place, existing):
    named = {name: clause.id for clause in clauses() for name in clause.mapping.get(place, ())}
    assert {name: clause for name, clause in named.items() if name not in existing[place]} == {}


def test_every_clause_is_placed_or_says_why_not():
    assert [clause.id for clause in clauses() if not placed(clause)] == []
    outside = [clause for clause in clauses() if clause.kind == "out_of_scope"]
    assert 4 <= len(outside) <= 6
    assert all(bool(c.reason_zh) == bool(c.reason_en) == (c in outside) for c in clauses())


def test_a_clause_without_place_is_not_counted():
    bare = Clause("9", "goals", "lever", "题", "引", "文", "text")
    assert not placed(bare)
    assert not placed(Clause("9", "goals", "out_of_scope", "题", "引", "文", "text", reason_zh="因"))
    assert not placed(Clause("9", "goals", "lever", "题", "引", "文", "text", {"levers": []}, "如何", "how"))
    assert placed(Clause("9", "goals", "lever", "题", "引", "文", "text", {"levers": ["output_cap"]}, "如何", "how"))


def test_kinds_have_places_that_fit():
    for clause in clauses():
        named = {place for place, names in clause.mapping.items() if names}
        if clause.kind == "target":
            assert "indicators" in named, clause.id
        if clause.kind == "structure":
            assert "variables" in named, clause.id
        if clause.kind in ("lever", "enabler"):
            assert {"levers", "parameters", "variables"} & named, clause.id


def test_no_name_is_given_twice():
    assert all(len(set(names)) == len(names) for c in clauses() for names in c.mapping.values())


@pytest.mark.parametrize("lever", list(levers()))
def test_every_lever_stands_for_a_measure_or_condition(lever):
    kinds = {clause.kind for clause in clauses() if lever in clause.mapping.get("levers", ())}
    assert kinds & {"lever", "enabler"}


@pytest.mark.parametrize("lever", levers().values(), ids=lambda lever: lever.id)
def test_levers_and_clauses_agree(lever):
    assert lever.clauses
    assert set(lever.quote) == set(lever.clauses)
    for clause_id in lever.clauses:
        clause = BY_ID[clause_id]
        assert lever.id in clause.mapping["levers"], clause_id
        assert lever.quote[clause_id] in clause.quote, clause_id


def test_summaries_are_sentences_of_their_language():
    for c in clauses():
        for text in (c.zh, c.how_zh or c.reason_zh):
            assert CHINESE.search(text) and text.endswith("。"), c.id
        for text in (c.en, c.how_en or c.reason_en):
            assert not CHINESE.search(text) and text[0].isupper() and text.endswith("."), c.id
        assert CHINESE.search(c.title_zh) and CHINESE.search(c.quote), c.id
        assert all(CHINESE.search(unit) for unit in c.responsible), c.id


def test_no_two_clauses_have_the_same_summary():
    for texts in ([c.zh for c in clauses()], [c.en for c in clauses()]):
        assert len(set(texts)) == len(texts)


def test_coverage_counts_every_clause():
    assert sum(coverage().values()) == NUMBER
    assert coverage_line().startswith(f"{NUMBER} of {NUMBER} placed: ")
    assert coverage_line().endswith(f"{coverage()['out_of_scope']} out of scope")


def test_clauses_on_screen():
    result = CliRunner().invoke(app, ["clauses"], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == coverage_line()
    assert "2.1.4.d" in result.stdout and "有序化解过剩产能" in result.stdout


def test_clauses_as_json():
    records = json.loads(CliRunner().invoke(app, ["clauses", "--json"]).stdout)["clauses"]
    assert [r["id"] for r in records] == list(BY_ID)
    assert all(r["placed"] for r in records)
    closure = next(r for r in records if r["id"] == "2.1.4.d")
    assert "capacity_closure" in closure["mapping"]["levers"]
    assert closure["quote"] == "按照减量、做精、提质、上档要求促进过剩产能退出"
    assert closure["part_names"]["en"] == "Task 1: restructuring"
    assert closure["responsible"] == ["省工业和信息化厅", "省发展改革委"]


def test_listing_clauses_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['hebei2025', 'clauses', '--json']\n"
        "from cli.main import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "heavy = [m for m in ('wasmtime', 'pandas', 'xarray', 'scipy', 'networkx', 'streamlit') if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=os.environ, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
