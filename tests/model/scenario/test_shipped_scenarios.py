"""The shipped scenarios: their texts, and which levers each of them moves."""

import numpy as np
import pytest

from model import shipped_scenarios
from model.inputs import levers
from model.scenario import SHIPPED, inputs_of
from model.scenario.lever_values import NamedPath

from .tables import STEEL, YEARS, at, baseline, lever

SCHEMA_LINE = "# yaml-language-server: $schema=./scenario.schema.json"


def test_at_least_twelve_scenarios_are_shipped_the_baseline_first():
    assert len(shipped_scenarios()) >= 12
    assert next(iter(shipped_scenarios())) == "as_happened"


def has_chinese(text):
    return any("\u3000" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("name", sorted(f.stem for f in SHIPPED.glob("*.yaml")))
def test_shipped_scenario_speaks_both_languages_and_names_the_schema(name):
    scenario = shipped_scenarios()[name]
    for field in ("title", "description"):
        chinese, english = scenario.text(field, "zh"), scenario.text(field, "en")
        assert has_chinese(chinese) and english and not has_chinese(english)
    assert (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8").startswith(SCHEMA_LINE)


def test_no_document_freezes_every_lever_and_document_implemented_moves_every_lever():
    assert shipped_scenarios()["no_document"].levers == dict.fromkeys(levers(), NamedPath("frozen_2015"))
    assert shipped_scenarios()["document_implemented"].levers == dict.fromkeys(levers(), NamedPath("document"))


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("renovation_only", ["renovation"]),
        ("closure_only", ["overcapacity"]),
        ("task_5_green", ["efficiency"]),
        ("smart_only", ["smart"]),
    ],
)
def test_single_task_scenarios_move_their_own_levers_only(name, groups):
    table = inputs_of(shipped_scenarios()[name], YEARS)[1]
    for lever_id, known in levers().items():
        path = "document" if known.group in groups else "frozen_2015"
        assert table[lever_id] == pytest.approx(lever(lever_id, path)), lever_id


def test_tasks_and_safeguards_take_every_lever_once_and_leave_the_rest_as_in_2015():
    names = [name for name in shipped_scenarios() if name.startswith("task_")] + ["safeguards_only"]
    assert len(names) == 9
    moved = [k for name in names for k, v in shipped_scenarios()[name].levers.items() if v == NamedPath("document")]
    assert sorted(moved) == sorted(levers())
    values = {v for name in names for v in shipped_scenarios()[name].levers.values()}
    assert values == {NamedPath("document"), NamedPath("frozen_2015")}


def test_the_library_is_large_enough_and_describes_each_scenario_differently():
    for language in ("zh", "en"):
        for field in ("title", "description"):
            texts = [s.text(field, language) for s in shipped_scenarios().values()]
            assert len(texts) >= 24 and len(set(texts)) == len(texts)


def test_renovation_for_steel_only_spends_the_same_money():
    table = inputs_of(shipped_scenarios()["steel_renovation_only"], YEARS)[1]["technical_renovation_investment"]
    assert table.sum(axis=1) == pytest.approx(baseline("technical_renovation_investment").sum(axis=1), rel=1e-3)
    assert (np.delete(table[at(2016) :], STEEL, axis=1) == 0).all()
