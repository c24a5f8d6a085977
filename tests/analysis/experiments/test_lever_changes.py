"""Tables of levers for many points are those that a scenario with the same change has."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.experiments.design import CHANGES, DELAY, FACTOR, SHIFT, VALUE, LeverPart
from analysis.experiments.lever_changes import ChangedLever
from model.engine.horizon import Horizon
from model.inputs import LATEST, POLICY_START, START, levers
from model.scenario import shipped_scenarios
from model.scenario.lever_merging import merge
from model.scenario.lever_paths import lever_array, lever_sectors

from .support import changed_value

YEARS = Horizon(START, 2025).path_years
POLICIES = (
    *("as_happened", "no_document", "document_implemented", "steel_renovation_only", "closure_only", "high_ambition"),
    *("early_output_cap", "green_first"),
)


@st.composite
def cases(draw):
    """A lever, or one of its sectors, with a policy and changes of three points by kind."""
    lever = draw(st.sampled_from(list(levers().values())))
    sector = draw(st.sampled_from([None, *lever_sectors(lever)]))
    kinds = draw(st.sampled_from([(VALUE,), (FACTOR,), (SHIFT,), (DELAY,), (FACTOR, DELAY), (SHIFT, FACTOR, DELAY)]))
    if lever.spread == "own" and sector is None and {VALUE, SHIFT} & set(kinds):
        kinds = (FACTOR, DELAY)
    low, high, width = lever.min, lever.max, lever.max - lever.min
    ranges = {VALUE: (low, high), FACTOR: (0, 3), SHIFT: (-width, width)}
    changes = {}
    for kind in kinds:
        number = st.integers(-19, 19) if kind == DELAY else st.floats(*ranges[kind])
        changes[kind] = np.array([draw(number) for _ in range(3)], dtype=float)
    first = draw(st.integers(POLICY_START, 2024))
    last = draw(st.integers(first, LATEST))
    return lever, sector, draw(st.sampled_from(POLICIES)), changes, first, last


@given(cases())
@settings(max_examples=300, deadline=None)
def test_many_changes_at_once_are_the_changes_one_by_one(case):
    lever, sector, policy, changes, first, last = case
    old = shipped_scenarios()[policy].levers.get(lever.id)
    parts = {kind: LeverPart(lever.id, sector, kind, first, last) for kind in changes}
    tables = ChangedLever(lever, old, parts, YEARS).tables(changes)
    part = next(iter(parts.values()))
    for point in range(3):
        single = changed_value(part, {kind: values[point] for kind, values in changes.items()})
        expected = lever_array(lever, merge(lever, old, single), YEARS)
        np.testing.assert_allclose(tables[point], expected, rtol=1e-12, atol=1e-12 * (lever.max - lever.min))


def test_two_sectors_of_a_lever_change_side_by_side():
    lever = levers()["capacity_closure"]
    old = shipped_scenarios()["document_implemented"].levers.get(lever.id)
    tables, value = None, old
    for sector, factor in (("steel", 0.5), ("cement", 2.0)):
        part = LeverPart(lever.id, sector, FACTOR, POLICY_START, LATEST)
        changed = ChangedLever(lever, old, {FACTOR: part}, YEARS)
        tables = changed.tables({FACTOR: np.array([factor, factor])}, tables)
        value = merge(lever, value, changed_value(part, {FACTOR: factor}))
    expected = lever_array(lever, value, YEARS)
    np.testing.assert_allclose(tables, np.stack([expected, expected]), rtol=1e-12)


def test_a_delay_moves_the_path_by_whole_years():
    lever = levers()["capacity_closure"]
    old = shipped_scenarios()["document_implemented"].levers.get(lever.id)
    part = LeverPart(lever.id, "steel", DELAY, POLICY_START, LATEST)
    tables = ChangedLever(lever, old, {DELAY: part}, YEARS).tables({DELAY: np.array([0.0, 2.0])})
    on_time, late = tables[:, :, 0]
    since = POLICY_START - START
    assert (late[since + 2 :] == on_time[since:-2]).all()
    assert (late[since : since + 2] == on_time[since - 1]).all()


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_that_changes_nothing_leaves_the_policy(kind):
    lever = levers()["smart_manufacturing"]
    old = shipped_scenarios()["high_ambition"].levers.get(lever.id)
    table = lever_array(lever, old, YEARS)
    none = {VALUE: None, FACTOR: 1.0, SHIFT: 0.0, DELAY: 0.0}[kind]
    if none is None:  # a value replaces the path, from the first year that it is given for
        part = LeverPart(lever.id, None, kind, LATEST, LATEST)
        none = 10.0
    else:
        part = LeverPart(lever.id, None, kind, POLICY_START, LATEST)
    (found,) = ChangedLever(lever, old, {kind: part}, YEARS).tables({kind: np.array([none])})
    np.testing.assert_allclose(found, table, rtol=1e-12)
