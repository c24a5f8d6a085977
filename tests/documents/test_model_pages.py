"""Pages about the model: they leave nothing out. The loop table holds every loop that is named."""

import re

import pytest

from analysis.knockouts import knockouts
from analysis.structure import (
    chapters,
    endogenous,
    excluded,
    named_loops,
    names_in_docstrings,
    parameter_grades,
    variables_of,
)
from documents.model_pages import FOLDER, INDEX, MARKER, boundary_text, model_files, reference_pages
from model.inputs import drivers, parameters
from model.system import system


@pytest.mark.parametrize("chapter", sorted(chapters()))
def test_page_documents_every_variable_and_parameter_of_its_chapter(chapter):
    page = reference_pages()[f"{chapter}.md"]
    for variable in variables_of(chapter):
        assert variable.doc.strip() and variable.unit and variable.zh and variable.en
        assert (f"| `{variable.name}` |" if variable.generated else f"### {variable.name}\n") in page
        assert variable.zh in page and variable.en in page
        for cause in (*variable.causes, variable.initial):
            if cause in parameters():
                assert f"| `{cause}` |" in page
                assert parameters()[cause].source.strip()


def test_every_variable_is_in_a_chapter_and_every_link_leads_somewhere():
    assert sum(sum(count.values()) for count in endogenous().values()) == len(system().variables)
    for file in FOLDER.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)", file.read_text(encoding="utf-8")):
            assert (FOLDER / target).exists(), f"{file.name}: {target}"
        for page, anchor in re.findall(r"\]\(([^)#]*)#([^)]+)\)", file.read_text(encoding="utf-8")):
            place = FOLDER / (page or file.name)
            assert f"### {anchor}\n" in place.read_text(encoding="utf-8"), f"{file.name}: {page}#{anchor}"


def test_boundary_lists_drivers_grades_and_reasons():
    text = boundary_text()
    for driver in drivers().values():
        assert f"| `{driver.id}` |" in text and driver.grade in "ABCD" and driver.source.strip()
    assert sum(parameter_grades().values()) == len(parameters())
    for entry in excluded().values():
        for language in ("zh", "en"):
            assert entry["name"][language] in text and entry["reason"][language] in text


def test_every_loop_that_a_definition_names_is_in_the_table():
    assert set(names_in_docstrings()) <= set(knockouts())


@pytest.mark.parametrize("loop", named_loops(), ids=lambda loop: loop.knockout.id)
def test_named_loops_exist_with_the_polarity_they_claim(loop):
    """The sign of the loops named here is not known at the start of 2016: one passes the inside of a delay, no cap is
    in force, steel is not dear, so that rivals do not build, and the budget covers all that is asked for."""
    unknown = {"B-supply-line", "R-cap", "B-rivals", "B-budget"}
    assert loop.shown is not None
    assert loop.shown.kind == ("?" if loop.knockout.id in unknown else loop.shown.kind)
    if loop.knockout.kind != "link" and loop.knockout.id not in unknown:
        assert loop.shown.kind == loop.knockout.kind


def test_loops_and_knockouts_have_pages():
    loops, results = ((FOLDER / name).read_text(encoding="utf-8") for name in ("loops.md", "knockouts.md"))
    for name, knockout in knockouts().items():
        assert f"### {name}\n" in results
        assert f"**{name}**" in (results if knockout.switchable else loops)
    assert "✗" not in results


def test_what_is_written_by_hand_above_the_marker_stays(tmp_path):
    assert model_files(tmp_path)[tmp_path / INDEX].startswith(MARKER)
    (tmp_path / INDEX).write_text(f"Written by hand.\n\n{MARKER}\n\nold", encoding="utf-8")
    index = model_files(tmp_path)[tmp_path / INDEX]
    assert index == f"Written by hand.\n\n{MARKER}\n\n{boundary_text()}"
    assert {file.name for file in model_files(tmp_path)} == {INDEX, *(f"{chapter}.md" for chapter in chapters())}
