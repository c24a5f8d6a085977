"""The page about experiments: its design is one that can be read, in both languages, and its commands exist."""

import re
from pathlib import Path

import pytest

import hebei2025 as hb
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


def test_the_example_in_python_runs_and_is_the_same_in_both_languages(tmp_path, monkeypatch):
    """It may follow the commands above it, which have filled the folder."""
    found = [re.findall(r"```python\n(.*?)```", (DOCS / p).read_text(encoding="utf-8"), re.DOTALL) for p in PAGES]
    blocks = [next(block for block in each if "hb." in block) for each in found]
    bare = [re.sub(r" +# .*", "", block) for block in blocks]
    assert bare[0] == bare[1]
    monkeypatch.chdir(tmp_path)
    hb.experiment("plan_or_no_plan", out="plan")
    names = {}
    exec(compile(blocks[0], "docs/experiments.md", "exec"), names)
    assert names["effect"].sizes == {"run": 1024} and names["effect"].mean() < 0


def test_the_query_is_the_same_in_both_languages_and_asks_for_what_the_table_has():
    queries = {re.findall(r"```sql\n(.*?)```", (DOCS / p).read_text(encoding="utf-8"), re.DOTALL)[0] for p in PAGES}
    (query,) = queries
    kept = {each.name for each in load_design("plan_or_no_plan").kept}
    assert set(re.findall(r"quantile_cont\((\w+)", query)) <= kept
