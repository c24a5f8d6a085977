"""The page about experiments: its design is one that can be read, in both languages, and its commands exist."""

import re
from pathlib import Path

import pytest

from analysis.experiments.design_reading import FIELDS, load_design
from analysis.experiments.design_source import design_names

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("experiments.md", "experiments.zh.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_design_of_the_page_can_be_read(page, tmp_path):
    (text,) = re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    (tmp_path / "design.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("title: Mine\nextends: no_document\nlevers: {talent: 50}\n", encoding="utf-8")
    design = load_design(tmp_path / "design.yaml")
    assert len(design.dimensions) == 7 and [p.name for p in design.policies] == ["no_document", "mine", "closure_first"]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_explains_every_field_and_names_designs_that_are_there(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    for field in set(FIELDS) - {"title", "description", "base"}:
        assert f"`{field}" in text, field
    assert set(re.findall(r"hebei2025 experiment (\w+) ", text)) <= set(design_names())


def test_the_sections_of_both_languages_correspond():
    one, other = ([len(re.findall("^## ", (DOCS / page).read_text(encoding="utf-8"), flags=re.M))] for page in PAGES)
    assert one == other
