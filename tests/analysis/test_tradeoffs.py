"""Contributions of levers: wedges that add up, gradients, and agreement with single runs."""

import numpy as np
import pytest

from analysis.tradeoffs import Mixes, _along, lever_gradients, wedges
from model import shipped_scenarios, simulate
from model.inputs import levers

ENERGY = "energy_per_above_scale_industrial_va_change_cumulative"


@pytest.fixture(scope="module")
def mixes():
    return Mixes()


@pytest.fixture(scope="module")
def split(mixes):
    return wedges(mixes, ("crude_steel_output", ENERGY), orders=3)


def test_a_walk_moves_one_lever_after_the_other():
    assert _along(np.array([2, 0, 1])).tolist() == [
        [False, False, False],
        [False, False, True],
        [True, False, True],
        [True, True, True],
    ]


def test_wedges_add_up_to_the_change_between_two_runs(split):
    for name, result in split.items():
        happened, frozen = (
            float(simulate(shipped_scenarios()[s], outputs=(name,))[name].sel(year=2025))
            for s in ("as_happened", "no_document")
        )
        assert (result.start, result.end) == pytest.approx((frozen, happened), rel=1e-9)
        assert result.added.sum() == pytest.approx(happened - frozen, rel=1e-6, abs=1e-9)
        assert result.alone.sum() + result.interaction == pytest.approx(happened - frozen)


def test_the_largest_wedges_are_those_of_the_levers_that_act(split):
    by_lever = dict(zip(split["crude_steel_output"].levers, split["crude_steel_output"].added, strict=True))
    assert set(sorted(by_lever, key=by_lever.get)[:2]) == {"capacity_discipline", "output_cap"}
    energy = dict(zip(split[ENERGY].levers, split[ENERGY].added, strict=True))
    assert energy["energy_efficiency"] < -0.1 > energy["energy_management_centres"]
    assert (split[ENERGY].cost >= 0).all() and split[ENERGY].cost.max() > 10


def test_lever_gradients_agree_with_a_run_of_a_moved_lever(mixes):
    """An eighth of a percent of the range of one lever, as a single run."""
    result = lever_gradients(mixes)[ENERGY]
    names = list(levers())
    lever = levers()["energy_efficiency"]
    tables = {name: np.repeat(table[None], 2, axis=0) for name, table in mixes.present().items()}
    width = 1.25e-3 * (lever.max - lever.min)
    later = (mixes.horizon.path_years >= 2016).reshape(-1, *(1,) * (tables["energy_efficiency"].ndim - 2))
    share = mixes.path(lever, lever.max)[-1] / np.sum(mixes.path(lever, lever.max)[-1])
    tables["energy_efficiency"][1] += width * later * share
    moved = mixes.run(tables)[ENERGY]
    assert result[names.index("energy_efficiency")] == pytest.approx((moved[1] - moved[0]) * 80, rel=0.02)
    assert result[names.index("energy_efficiency")] < 0


def test_a_rule_is_moved_only_in_years_in_which_it_is_in_force(mixes):
    result = lever_gradients(mixes)["crude_steel_output"][list(levers()).index("output_cap")]
    lever, present = levers()["output_cap"], mixes.present()["output_cap"]
    tables = {name: np.repeat(table[None], 2, axis=0) for name, table in mixes.present().items()}
    width = 1e-3 * (lever.max - lever.min)
    tables["output_cap"][1] += width * ((present != lever.off) & (present > lever.min))
    moved = mixes.run(tables)["crude_steel_output"]
    assert result == pytest.approx((moved[1] - moved[0]) * 100, rel=0.02)
    assert 0 < result < 10, "Mt for 1.3 points more growth a year, not thousands"


def test_an_unknown_outcome_is_refused(mixes):
    with pytest.raises(ValueError, match="no_such: no outcome"):
        wedges(mixes, ("no_such",))
