"""docs/files.md: keys, forms, names and columns are those of the program."""

import re

import pytest

from model.scenario import parse_scenario
from model.scenario.scenario import Scenario
from tests.cli.support import BASELINE, EFFICIENT, run, tree
from website.places import DOCS

PAGES = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("files.md", "files.zh.md")}
DISCRETE = """title: Projects
extends: as_happened
levers: {}
pipeline: {mode: stochastic, seed: 1, replications: 2}
"""


def rows(page, position):
    """First cells, and the code of second cells, of the table at a position."""
    table = PAGES[page].split("| --- | --- |\n")[position + 1].split("\n\n")[0]
    return [[re.findall("`([^`]+)`", cell) for cell in line.split("|")[1:3]] for line in table.splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_the_keys_are_those_of_a_scenario(page):
    keys = [first[0] for first, _ in rows(page, 0)]
    assert sorted(keys) == sorted(set(Scenario.model_fields) - {"name"})


@pytest.mark.parametrize("page", PAGES)
def test_every_form_of_a_value_is_accepted(page):
    forms = [form for first, _ in rows(page, 1) for form in first]
    assert len(forms) == 11
    for form in forms:
        lever = (
            "capacity_closure: {steel: %s}" if form.startswith("{2016: 8") else "technical_renovation_investment: %s"
        )
        parse_scenario(f"title: Form\nextends: as_happened\nlevers:\n  {lever % form}\n")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Results of two scenarios with bands, and of one with single projects."""
    folder = tmp_path_factory.mktemp("results")
    (folder / "projects.yaml").write_text(DISCRETE, encoding="utf-8")
    run(BASELINE, EFFICIENT, "--out", folder / "several", "--bands", "--quiet")
    run(folder / "projects.yaml", "--out", folder / "single", "--quiet")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_files_and_columns_are_those_of_a_run(page, results):
    told = {first[0]: second for position in (2, 3) for first, second in rows(page, position)}
    folder = results / "several"
    written = {f"DIR/{name}".replace("efficiency_only", "NAME") for name in tree(folder) if "as_happened" not in name}
    assert set(told) == {name for name in written if "." in name}
    for name, columns in told.items():
        if name.endswith(".csv"):
            file = folder / name.removeprefix("DIR/").replace("NAME", "efficiency_only")
            assert columns[0] == file.open(encoding="utf-8").readline().strip()


@pytest.mark.parametrize("page", PAGES)
def test_tables_of_single_projects_are_named(page, results):
    usual = {"timeseries.csv", "indicators.csv", "targets.csv", "manifest.json"}
    further = {file.name for file in (results / "single" / "projects").iterdir()} - usual
    assert further and all(f"`{name}`" in PAGES[page] for name in further)
