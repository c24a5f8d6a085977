"""Variables over axes of one size, over axes of one element, and over two axes."""

import numpy as np
import pytest

from model.engine import Axis, DeclarationError, annual, auxiliary, flow, stock
from model.engine.checked_system import Input
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.ops import element, over_year, stack, total
from model.engine.result import to_dataset, to_table
from model.engine.units import check_units

from .mini import SITE, parameters_of, system_of

SEASON = Axis("season", ("wet", "dry"))
ONLY = Axis("only", ("one",))
HORIZON = Horizon(2000, 2002, 4)
CATCH_BY_SITE = np.array([3.0, 5.0])
SHARE_BY_SEASON = np.array([0.25, 0.75])
PARAMETERS = {"pace": CATCH_BY_SITE, "share": SHARE_BY_SEASON, "alone": np.array([7.0])}


def pond():
    """Sites and seasons (two each), a matrix of both, and an axis of one element."""

    @flow("t/yr", "捕捞", "Catch", over=SITE)
    def caught(pace):
        """At each site."""
        return pace * 1.0

    @flow("t/yr", "分季捕捞", "Catch by season", over=SEASON)
    def caught_by_season(caught, share):
        """The whole catch, shared out to the seasons."""
        return total(caught) * share

    @flow("t/yr", "分地分季捕捞", "Catch by site and season", over=(SITE, SEASON))
    def caught_by_both(caught, share):
        """The catch of each site, shared out to the seasons."""
        return caught[:, None] * share

    @annual("t", "分地分季年捕捞", "Yearly catch by site and season", over=(SITE, SEASON))
    def yearly_catch(caught_by_both):
        """Of the year."""
        return over_year(caught_by_both)

    @annual("t", "雨季捕捞", "Catch in the wet season", over=SITE)
    def wet_catch(caught_by_both):
        """Of the year, by site."""
        return over_year(caught_by_both[:, SEASON.index("wet")])

    @auxiliary("t/yr", "单", "Single", over=ONLY)
    def single(alone):
        """Over one element."""
        return alone + stack(ONLY, one=element(alone, ONLY, "one"))

    inputs = [
        Input("pace", "parameter", "t/yr", axis=SITE),
        Input("share", "parameter", "1", axis=SEASON),
        Input("alone", "parameter", "t/yr", axis=ONLY),
    ]
    landed = stock("t", "上岸", "Landed", "By both.", initial=0.0, inflows=["caught_by_both"], over=(SITE, SEASON))
    return system_of(
        inputs,
        [SITE, SEASON, ONLY],
        caught=caught,
        caught_by_season=caught_by_season,
        caught_by_both=caught_by_both,
        yearly_catch=yearly_catch,
        wet_catch=wet_catch,
        single=single,
        landed=landed,
    )


POND = pond()


@pytest.fixture(scope="module")
def dataset():
    return to_dataset(POND, HORIZON, compiled(POND, HORIZON)(PARAMETERS, {}))


def test_units_and_shapes_of_such_variables_are_checked():
    assert check_units(POND) == []


def test_results_are_over_the_axes_that_are_declared(dataset):
    assert dataset["caught"].dims == ("year", "site")
    assert dataset["caught_by_season"].dims == ("year", "season")
    assert dataset["caught_by_both"].dims == dataset["landed"].dims == ("year", "site", "season")
    assert dataset["wet_catch"].dims == ("year", "site")
    assert dataset["single"].dims == ("year", "only")


def test_values_are_right(dataset):
    assert dataset["caught"].sel(year=2001, site="south") == 5
    assert dataset["caught_by_season"].sel(year=2001, season="wet") == 8 * 0.25
    assert dataset["caught_by_both"].sel(year=2001, site="north", season="dry") == 3 * 0.75
    assert dataset["yearly_catch"].sel(year=2001, site="south", season="wet") == 5 * 0.25
    assert dataset["wet_catch"].sel(year=2001, site="north") == 3 * 0.25
    assert dataset["single"].sel(year=2001, only="one") == 14
    assert dataset["landed"].sel(year=2001, site="south", season="dry") == 2 * 5 * 0.75, "two full years"


def test_tables_name_the_entries_of_the_declared_axes(dataset):
    table = to_table(dataset, "x").set_index(["variable", "sector", "year"])["value"]
    assert table["caught", "south", 2000] == 5
    assert table["caught_by_season", "dry", 2000] == 6
    assert table["caught_by_both", "north/dry", 2002] == 2.25
    assert table["caught_by_both", "south/wet", 2002] == 1.25
    assert table["single", "one", 2000] == 14
    assert list(table["landed"].index.get_level_values("sector").unique()) == [
        "north/wet",
        "north/dry",
        "south/wet",
        "south/dry",
    ]


def test_every_step_and_ensembles_keep_the_axes(dataset):
    steps = compiled(POND, HORIZON, None, True)(PARAMETERS, {})
    assert steps["landed"].shape == (12, 2, 2)
    np.testing.assert_allclose(steps["landed"][4], np.outer(CATCH_BY_SITE, SHARE_BY_SEASON))
    varied = np.stack([CATCH_BY_SITE, 2 * CATCH_BY_SITE, 0 * CATCH_BY_SITE])
    fixed = {name: value for name, value in PARAMETERS.items() if name != "pace"}
    members = compiled_batch(POND, HORIZON, ("pace",))({"pace": varied}, fixed, {})
    for name, array in members.items():
        np.testing.assert_allclose(array[0], dataset[name].values, err_msg=name)
    np.testing.assert_allclose(members["landed"][1], 2 * dataset["landed"].values)
    assert (members["wet_catch"][2] == 0).all()


def test_a_stock_and_its_flow_over_axes_of_one_size_are_told_apart():
    @flow("t/yr", "流入", "Filling", over=SEASON)
    def filling(rate):
        """By season."""
        return rate * np.ones(2)

    level = stock("t", "存量", "Level", "By site.", initial=0.0, inflows=["filling"], over=SITE)
    with pytest.raises(DeclarationError, match=r"level \(mini\): declared over site \(2\), but filling is over season"):
        system_of(parameters_of(rate="t/yr"), [SITE, SEASON], filling=filling, level=level)


def test_the_one_axis_of_a_variable_over_two_is_refused():
    assert POND.variables["caught"].axis is SITE
    with pytest.raises(DeclarationError, match="caught_by_both: over site and season, not over one axis"):
        _ = POND.variables["caught_by_both"].axis
