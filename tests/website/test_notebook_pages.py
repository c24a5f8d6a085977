"""Notebooks as pages: run once for a state of the project, shown with what comes out."""

import nbformat
import pytest

from website import notebooks
from website.notebooks import executed_notebook, notebook_files, notebook_page, notebook_title

CODE = """import plotly.graph_objects as go
print(6 * 7)
go.Figure(go.Scatter(x=[1, 2], y=[3, 4]))"""
TABLE = "import pandas as pd\npd.DataFrame({'a': [1234.5]})"


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A small notebook, and a folder of its own for those that have been run."""
    monkeypatch.setattr(notebooks, "EXECUTED", tmp_path / "executed")
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_markdown_cell("# One\n\n一\n\nWords."),
        *map(nbformat.v4.new_code_cell, (CODE, TABLE)),
    ]
    nbformat.write(book, tmp_path / "small.ipynb")
    return tmp_path / "small.ipynb"


def test_a_page_has_the_code_and_what_comes_out(small):
    page = notebook_page(small, "en", executed_notebook(small))
    assert page.startswith("# One\n") and "go.Figure(" in page
    assert "    42" in page and "1234.5" in page
    assert f'<script src="{notebooks.PLOTLY_SCRIPT}">' in page and "cdn" not in page
    assert notebooks.CODE_ONLY["en"] not in page


def test_a_notebook_runs_once_until_it_changes(small, monkeypatch):
    executed_notebook(small)
    with monkeypatch.context() as patch:
        patch.setattr(notebooks, "NotebookClient", None)
        assert executed_notebook(small).cells[1].outputs
    book = nbformat.read(small, as_version=4)
    book.cells[1].source = "print(43)"
    nbformat.write(book, small)
    assert executed_notebook(small).cells[1].outputs[0].text == "43\n"
    assert len(list(notebooks.EXECUTED.iterdir())) == 1


def test_a_page_of_a_notebook_that_was_not_run_says_so(small):
    page = notebook_page(small, "zh", None)
    assert notebooks.CODE_ONLY["zh"] in page and "go.Figure(" in page and "42" not in page.replace("6 * 7", "")


@pytest.mark.parametrize("file", notebook_files(), ids=lambda file: file.stem)
def test_each_notebook_has_a_title_in_both_languages(file):
    chinese, english = notebook_title(file)
    assert any("一" <= letter <= "鿿" for letter in chinese)
    assert english.isascii() and len(english) > 10
