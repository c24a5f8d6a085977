"""Tables of the pages, and marks of Markdown that a reader would see as they are written."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from documents.markdown import number_text, table
from model.definitions import one_line


def test_a_table_has_a_header_a_rule_and_its_rows():
    assert table(("a", "b"), [("1", "2"), ["3", ""]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 |  |"
    assert table(("a",), []) == "| a |\n| --- |"


def test_pipes_and_line_breaks_stay_inside_their_cell():
    assert table(("x|y",), [["a|b"], ["`c|d`"], ["two\nlines"], ["two\r\nlines"]]).splitlines() == [
        r"| x\|y |",
        "| --- |",
        r"| a\|b |",
        r"| `c\|d` |",
        "| two<br>lines |",
        "| two<br>lines |",
    ]


def test_a_backslash_before_a_pipe_does_not_undo_the_escape():
    assert table(("a",), [["\\|"]]).splitlines()[-1] == r"| \\\| |"
    assert table(("a",), [["\\n"]]).splitlines()[-1] == r"| \n |"


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="a table of 2 columns has a row of 1 cells"):
        table(("a", "b"), [["1"]])


def test_texts_of_cells():
    assert one_line("  a\n b  ") == "a b"
    assert [number_text(x) for x in (float("nan"), 1e-12, 0.12345, 1234.0)] == ["", "0", "0.123", "1.23e+03"]
    assert number_text(1234.0, 4) == "1234"


ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], ids=lambda page: page.name)
def test_bold_words_are_bold(page):
    """CommonMark ends no bold words between a full stop and a letter without a blank, as Chinese writes them."""
    parts = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    texts = [child for part in parts for child in part.children or [] if child.type == "text"]
    assert [text.content for text in texts if "**" in text.content] == []
