"""Properties of any lever value: it survives writing and reading, merging and clipping."""

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from model.inputs import levers
from model.scenario import lever_value
from model.scenario.lever_merging import MOST_NESTED, merge, range_problems
from model.scenario.lever_paths import lever_array, lever_sectors
from model.scenario.lever_values import YEARS, ScaledPath

UNIT = st.floats(0, 1)
PERIODS = st.fixed_dictionaries({}, optional={"from": st.integers(2010, 2020), "to": st.integers(2020, 2035)})


def paths(lever):
    """Data of any path of a lever."""
    number = UNIT.map(lambda share: lever.min + share * (lever.max - lever.min))
    tables = st.dictionaries(st.integers(2010, 2035), number, min_size=1, max_size=4)
    ramps = st.fixed_dictionaries(
        {"from": st.integers(2010, 2019), "to": st.integers(2020, 2035), "end": number}, optional={"start": number}
    )
    plain = (
        number
        | st.sampled_from(["baseline", "document", "frozen_2015"])
        | tables.map(lambda table: dict(sorted(table.items())))
        | tables.map(lambda table: {"points": dict(sorted(table.items()))})
        | ramps.map(lambda ramp: {"ramp": ramp})
    )
    return st.recursive(plain, lambda inner: changes(lever, inner), max_leaves=4)


def changes(lever, inner=None):
    """Data of any change, of the paths `inner` or of none in particular."""
    of = {} if inner is None else {"of": inner}
    clip = {"clip": st.booleans()}
    width = lever.max - lever.min

    def form(mark, number):
        keys = {"from": st.integers(2010, 2020), "to": st.integers(2020, 2035), **clip, **of}
        return st.fixed_dictionaries({mark: number}, optional=keys)

    held = UNIT.map(lambda share: lever.min + share * width)
    hold = st.fixed_dictionaries(
        {"hold": held}, optional={"from": st.integers(2010, 2020), "to": st.integers(2020, 2035), **of}
    )
    delay = st.fixed_dictionaries({"delay": st.integers(-19, 19)}, optional=of)
    return form("scale", st.floats(0, 1000)) | form("add", st.floats(-width, width)) | hold | delay


def values_of(lever, open_changes=False):
    """Data of any value of a lever, one path or paths by sector; on request of changes of no path in particular."""
    each = changes(lever) if open_changes else paths(lever)
    whole = each
    if lever.spread == "own":
        delays = st.fixed_dictionaries({"delay": st.integers(-19, 19)})
        whole = delays if open_changes else st.sampled_from(["baseline", "document", "frozen_2015"])
    sectors = lever_sectors(lever)
    return whole | st.dictionaries(st.sampled_from(sectors), each, min_size=1, max_size=3) if sectors else whole


def named_values():
    """A lever and data of any value of it."""
    return st.sampled_from(list(levers().values())).flatmap(lambda v: st.tuples(st.just(v), values_of(v)))


ANY = settings(max_examples=150, deadline=None)


@ANY
@given(named_values())
def test_text_and_value_are_the_same(drawn):
    lever, data = drawn
    value = lever_value(lever.id, data)
    assert lever_value(lever.id, value.to_data()) == value
    assert yaml.safe_load(yaml.safe_dump(value.to_data())) == value.to_data()


@ANY
@given(named_values(), st.sampled_from([{"scale": 1}, {"delay": 0}]))
def test_scaling_by_one_and_delaying_by_nothing_change_nothing(drawn, nothing):
    lever, data = drawn
    old = merge(lever, None, lever_value(lever.id, data))
    new = merge(lever, old, lever_value(lever.id, nothing))
    assert lever_array(lever, new, YEARS) == pytest.approx(lever_array(lever, old, YEARS), rel=1e-12, abs=1e-300)


@ANY
@given(st.data())
def test_leaving_out_of_is_the_same_as_naming_the_path_of_the_parent(data):
    lever = levers()["energy_efficiency"]
    old, change = data.draw(paths(lever)), data.draw(changes(lever))
    parent = merge(lever, None, lever_value(lever.id, old))
    merged = merge(lever, parent, lever_value(lever.id, change))
    spelled = lever_value(lever.id, change | {"of": parent.to_data()})
    assert lever_array(lever, merged, YEARS) == pytest.approx(lever_array(lever, spelled, YEARS), rel=1e-12)


@ANY
@given(named_values(), st.data())
def test_merged_values_are_finite_and_can_be_written(drawn, data):
    lever, first = drawn
    second = data.draw(values_of(lever, open_changes=True))
    value = merge(lever, merge(lever, None, lever_value(lever.id, first)), lever_value(lever.id, second))
    assert np.isfinite(lever_array(lever, value, YEARS)).all()
    assert lever_value(lever.id, value.to_data()) == value
    assert depth(value.to_data()) <= MOST_NESTED
    list(range_problems(lever, value))


def depth(data):
    if not isinstance(data, dict):
        return 0
    if "of" in data:
        return 1 + depth(data["of"])
    return max((depth(part) for part in data.values()), default=0)


@ANY
@given(named_values(), st.floats(0, 1000))
def test_a_clipped_change_stays_in_the_range(drawn, factor):
    lever, data = drawn
    old = lever_value(lever.id, data)
    value = merge(lever, merge(lever, None, old), ScaledPath(factor, clip=True))
    assert list(range_problems(lever, value)) == []
