"""Texts in both languages: read by language or side by side, and never with one missing."""

import dataclasses

import pytest

from model.axes import ACTOR_LABELS, BELT_LABELS, BRANCH_LABELS
from model.clauses import PARTS, clauses
from model.engine import Text
from model.engine.text import with_texts
from model.inputs import drivers, levers, parameters
from model.system import system
from model.targets import REASONS, SCOPES, targets


def test_a_text_is_read_by_language_side_by_side_and_as_a_mapping():
    steel = Text("钢铁", "Steel")
    assert steel["zh"] == "钢铁" and steel["en"] == "Steel"
    assert " / ".join(steel) == "钢铁 / Steel"
    assert dict(steel) == {"zh": "钢铁", "en": "Steel"} == dataclasses.asdict(steel)
    with pytest.raises(KeyError):
        steel["fr"]


@pytest.mark.parametrize(("zh", "en", "missing"), [("", "Steel", "zh"), ("钢铁", " ", "en"), (None, "Steel", "zh")])
def test_a_text_without_one_of_the_languages_is_refused(zh, en, missing):
    with pytest.raises(ValueError, match=f"{missing} is missing"):
        Text(zh, en)


def test_mappings_of_both_languages_become_texts_and_others_stay():
    entry = {"title": {"zh": "题", "en": "title"}, "levels": [{"zh": "低", "en": "low", "value": 1}], "year": 2016}
    read = with_texts(entry)
    assert read["title"] == Text("题", "title")
    assert read["levels"] == entry["levels"] and read["year"] == 2016


def test_everything_with_a_name_has_it_in_both_languages():
    """Making the label is the check: a missing language is refused."""
    named = [*parameters().values(), *drivers().values(), *levers().values(), *targets(), *clauses()]
    named += [*system().variables.values(), *system().inputs.values()]
    assert len(named) > 800
    assert all(isinstance(one.label, Text) for one in named)
    tables = (BRANCH_LABELS, BELT_LABELS, ACTOR_LABELS, PARTS, SCOPES, REASONS)
    assert all(isinstance(label, Text) for table in tables for label in table.values())
    for clause in clauses():
        assert (clause.how is None) != (clause.reason is None), clause.id
