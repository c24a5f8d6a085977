"""What moved results since 2015, by group of levers."""

import numpy as np
import pytest

from analysis.decomposition import SPLIT, runs, shares
from analysis.group_wedges import group_shares, group_shares_of, groups, shapley
from model.inputs import levers


def test_the_shapley_value_of_a_game_of_two_is_that_worked_by_hand():
    # Alone 1 and 2, together 5: the first adds 1 or 3, the second 2 or 4.
    assert shapley(np.array([0.0, 1.0, 2.0, 5.0])) == pytest.approx([2.0, 3.0])


def test_a_player_of_three_is_paid_for_every_order():
    # Only the first two together are worth something, whoever else is there: half each, nothing for the third.
    values = np.array([float(k & 1 and k & 2 > 0) for k in range(8)])
    assert shapley(values) == pytest.approx([0.5, 0.5, 0.0])


def test_a_change_is_split_as_worked_by_hand():
    weights = np.arange(1.0, len(groups()) + 1)
    members = (np.arange(2 ** len(groups()))[:, None] >> np.arange(len(groups()))) & 1
    held = 10.0 + members @ weights
    moving = held + 5.0 + 2.0 * members[:, 0]  # drivers add 5, and 2 more together with the first group
    found = group_shares(np.stack([held, moving]), base=9.0)
    assert found.momentum == pytest.approx(1.0)
    assert found.drivers == pytest.approx(6.0)
    assert list(found.groups.values()) == pytest.approx([2.0, *weights[1:]])
    assert found.whole == pytest.approx(1.0 + 5.0 + weights.sum() + 2.0)
    assert found.interaction == pytest.approx(2.0)


def test_every_lever_is_in_one_group():
    members = [name for names in groups().values() for name in names]
    assert sorted(members) == sorted(levers()) and len(set(members)) == len(members)


@pytest.mark.parametrize("year", [2020, 2025])
def test_the_parts_add_up_and_agree_with_the_split_into_momentum_drivers_and_levers(year):
    by_case = runs()
    for name in SPLIT:
        found, known = group_shares_of(name, year), shares(name, year, by_case)
        size = abs(known.whole) + abs(known.momentum)
        assert found.momentum + found.drivers + sum(found.groups.values()) == pytest.approx(
            found.whole, abs=1e-9 * size
        )
        assert found.whole == pytest.approx(known.whole, abs=1e-9 * size)
        assert found.drivers == pytest.approx(known.drivers, abs=1e-9 * size)
        assert sum(found.groups.values()) == pytest.approx(known.levers, abs=1e-9 * size)


def test_closures_and_their_enforcement_lower_the_output_of_steel_most():
    by_group = group_shares_of("crude_steel_output", 2020).groups
    assert min(by_group, key=by_group.__getitem__) == "overcapacity" and by_group["overcapacity"] < -5
