"""The pages about robust choice: what their words claim is what the stored answers say, and their commands exist."""

import re
import shlex

import pytest
from typer.main import get_command

from analysis.answers import asked, files
from analysis.group_wedges import MOMENTUM
from cli.main import app
from documents import robust_page as module
from documents.command import DocumentsError, changes_of
from documents.registry import DOCUMENTS
from documents.robust_page import CO2, JOBS, MORRIS, PAGES, SOBOL, SPLIT, UNTIL, YEAR, robust_page
from documents.robust_texts import PARTS
from documents.writing import is_current


def decides(measure):
    found = files.answer(files.SENSITIVITY, indicator=CO2, year=YEAR, measure=measure, method=SOBOL)
    return files.table_of(found["table"]).set_index("number")["total"]


def test_the_pages_are_up_to_date():
    assert all(is_current(file, robust_page(language)) for language, file in PAGES.items())


def test_the_effect_of_the_plan_hangs_on_the_numbers_that_the_page_names():
    level, difference = decides(asked.LEVEL), decides(asked.DIFFERENCE)
    assert level.index[0] == difference.index[0] == "hebei_steel_advantage"
    assert "demand_elasticity_to_branch.other" in level.index[: module.TOP]
    assert "demand_elasticity_to_branch.other" not in difference.index[: module.TOP]
    for name in ("understatement.steel", "normal_utilisation.steel"):
        assert difference[name] > 1.5 * level[name]


def test_emissions_and_jobs_disagree_about_the_package_and_neither_is_much_in_doubt():
    best = {}
    for name in (CO2, JOBS):
        head = {"set": asked.PACKAGES, "under": asked.CALIBRATED}
        found = files.answer(files.CHOICES, indicator=name, year=YEAR, **head)
        table = files.table_of(found["policies"]).set_index("policy")["probability_best"]
        assert table.max() > 0.9
        best[name] = table.idxmax()
    assert best[CO2] == "closure_only" != best[JOBS]


def test_closures_show_hardly_alone_and_much_as_the_last_part():
    found = files.answer(files.ATTRIBUTION, indicator="crude_steel_output", year=UNTIL)
    closures = files.table_of(found["table"]).set_index("part").loc["overcapacity"]
    assert abs(closures["last"]) > 3 * abs(closures["alone"])


def test_every_part_has_a_name():
    for indicator in SPLIT:
        parts = files.answer(files.ATTRIBUTION, indicator=indicator, year=UNTIL)["table"]["part"]
        assert set(parts) == set(PARTS) and MOMENTUM in parts


def test_the_best_package_is_told_against_each_of_the_others():
    page = PAGES["en"].read_text(encoding="utf-8")
    orders = re.findall(r"^- (.+) is better than (.+?) in (?:all runs|.+ of the runs)\.", page, flags=re.M)
    others = len(asked.SETS[asked.PACKAGES]) - 1
    assert len(orders) == 3 * others
    assert all("closure_only" in pair for pair in orders[:others])


@pytest.mark.parametrize("method", [SOBOL, MORRIS])
def test_lists_are_told_with_their_grades(method):
    found = files.answer(files.SENSITIVITY, indicator=CO2, year=YEAR, measure=asked.LEVEL, method=method)
    page = PAGES["zh"].read_text(encoding="utf-8")
    for number in found["table"]["number"][: module.TOP]:
        assert re.search(rf"^\| .+ \(`{re.escape(number)}`\) \| [A-D] \| ", page, flags=re.M)


def test_answers_of_another_model_are_refused_with_the_command_that_renews_them(monkeypatch):
    monkeypatch.setattr(module.files, "outdated", lambda name: ["priors: model_hash"])
    with pytest.raises(DocumentsError, match="because of priors: model_hash.+--slow"):
        changes_of(DOCUMENTS["robust"])


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
