"""The pages about robust choice: what their words claim is what the stored answers say, and their commands exist."""

import json
import re
import shlex

import pytest
from typer.main import get_command

from analysis.attribution import MOMENTUM, WHOLE
from analysis.robustness.shown import CO2, JOBS
from cli.main import app
from documents.robust_page import ANSWERS, PAGES, robust_page
from documents.robust_texts import PARTS
from documents.writing import is_current


@pytest.fixture(scope="module")
def answers():
    return json.loads(ANSWERS.read_text(encoding="utf-8"))


def numbers(answer):
    return [row["number"] for row in answer["rows"]]


def test_the_pages_are_up_to_date():
    assert all(is_current(file, robust_page(language)) for language, file in PAGES.items())


def test_the_effect_of_the_plan_hangs_on_the_numbers_that_the_page_names(answers):
    level, difference = answers["indices"], answers["difference"]
    assert numbers(level)[0] == numbers(difference)[0] == "hebei_steel_advantage"
    assert "demand_elasticity_to_branch.other" in numbers(level)
    assert "demand_elasticity_to_branch.other" not in numbers(difference)
    for name in ("understatement.steel", "normal_utilisation.steel"):
        before, here = (next(r["total"] for r in a["rows"] if r["number"] == name) for a in (level, difference))
        assert here > 1.5 * before


def test_emissions_and_jobs_disagree_about_the_policy_and_neither_is_in_doubt(answers):
    best = {}
    for name in (CO2, JOBS):
        table = {row["policy"]: row["probability_best"] for row in answers["order"][name]["policies"]}
        best[name] = max(table, key=table.__getitem__)
        pair = {policy: table[policy] for policy in ("closure_only", "renovation_only")}
        assert (pair["closure_only"] > 0.99) == (name == CO2)
    assert best[CO2] == "closure_only" and best[JOBS] != "closure_only"


def test_closures_show_hardly_alone_and_much_as_the_last_part(answers):
    steel = {row["part"]: row for row in answers["attribution"]["crude_steel_output"]["rows"]}
    assert abs(steel["overcapacity"]["last"]) > 3 * abs(steel["overcapacity"]["alone"])


def test_shares_add_up_on_the_page_and_every_part_has_a_name(answers):
    for answer in answers["attribution"].values():
        rows = {row["part"]: row for row in answer["rows"]}
        assert set(rows) == set(PARTS) and MOMENTUM in rows
        parts = sum(row["share"] for name, row in rows.items() if row["share"] is not None and name != WHOLE)
        assert parts == pytest.approx(rows[WHOLE]["share"], rel=1e-4)


@pytest.mark.parametrize("language", PAGES)
def test_the_commands_of_the_page_take_their_arguments(language):
    commands = re.findall(r"^    hebei2025 (.+)$", PAGES[language].read_text(encoding="utf-8"), flags=re.M)
    assert len(commands) == 4
    for line in commands:
        name, *arguments = shlex.split(line)
        command = get_command(app).commands[name]
        assert command.make_context(name, arguments).params["indicator"]


def test_both_languages_have_the_same_sections_and_tables():
    one, other = (file.read_text(encoding="utf-8") for file in PAGES.values())
    for mark in (r"^## ", r"^\|", r"^- ", r"^    hebei2025"):
        assert len(re.findall(mark, one, flags=re.M)) == len(re.findall(mark, other, flags=re.M)), mark
