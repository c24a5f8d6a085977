"""Attribution of what happened: additive, the same as single runs with parts knocked out, and refusals."""

import numpy as np
import pandas as pd
import pytest

from analysis.attribution import (
    DRIVERS,
    INTERACTION,
    MOMENTUM,
    WHOLE,
    _Runs,
    attribute,
    attribution_table,
    attributions,
)
from analysis.experiments.finished import AnswerError, kept_numbers
from analysis.group_wedges import group_shares_of, groups
from calibration.posterior import WINDOWS, load
from model.engine.integrate import compiled
from model.inputs import START, drivers, levers
from model.scenario import inputs_of, shipped_scenarios
from model.system import system

STEEL, YEAR = "crude_steel_output", 2018


@pytest.fixture(scope="module")
def runs():
    """The combinations at default parameters."""
    return _Runs(((kept_numbers((STEEL,))[0], YEAR),), 2015, load(WINDOWS[-1]))


@pytest.fixture(scope="module")
def table(runs):
    values, base = runs.of(runs.parameters, runs.tables)
    return attribution_table(values[None, ..., 0], base).set_index("part")


def single(runs, held):
    """Output of steel in a run of its own, with these inputs held at their values of 2015."""
    horizon = runs.horizon
    parameters, tables = inputs_of(shipped_scenarios()["as_happened"], horizon.path_years)
    changed = {}
    for name in held:
        changed[name] = np.array(tables[name], dtype=float)
        changed[name][2016 - START :] = changed[name][2015 - START]
    return compiled(system(), horizon, (STEEL,))(parameters, {**tables, **changed})[STEEL]


def test_shares_and_parts_alone_both_add_up_to_the_change_exactly():
    found = attribute(STEEL, YEAR, draws=3).set_index("part")
    whole = found.at[WHOLE, "share"]
    parts = [MOMENTUM, DRIVERS, *groups()]
    assert found.loc[parts, "share"].sum() == pytest.approx(whole, abs=1e-9)
    assert found.loc[[*parts, INTERACTION], "alone"].sum() == pytest.approx(whole, abs=1e-9)
    assert found.attrs["draws"] == 3 and found.attrs["unit"]
    bands = found.drop(index=INTERACTION)
    assert (bands["share_p5"] <= bands["share_p95"]).all()


def test_every_part_is_that_of_runs_in_which_it_is_knocked_out(runs, table):
    everything = single(runs, ())[YEAR - START]
    none = single(runs, (*levers(), *drivers()))
    assert table.at[MOMENTUM, "share"] == pytest.approx(none[YEAR - START] - single(runs, ())[2015 - START], rel=1e-9)
    assert table.at[DRIVERS, "last"] == pytest.approx(everything - single(runs, drivers())[YEAR - START], rel=1e-9)
    for group in ("overcapacity", "efficiency"):
        members = groups()[group]
        assert table.at[group, "last"] == pytest.approx(everything - single(runs, members)[YEAR - START], rel=1e-6)
        others = [name for name in (*levers(), *drivers()) if name not in members]
        alone = single(runs, others)[YEAR - START] - none[YEAR - START]
        assert table.at[group, "alone"] == pytest.approx(alone, rel=1e-6)


def test_shares_are_those_of_the_wedges_by_group(table):
    known = group_shares_of(STEEL, YEAR)
    assert table.at[WHOLE, "share"] == pytest.approx(known.whole, rel=1e-9)
    assert table.at[DRIVERS, "share"] == pytest.approx(known.drivers, rel=1e-9)
    assert table.loc[list(groups()), "share"].to_list() == pytest.approx(list(known.groups.values()), rel=1e-9)
    assert table.at[INTERACTION, "alone"] == pytest.approx(known.interaction, rel=1e-6)


def test_a_later_first_year_counts_the_change_since_then():
    early, late = (attribute(STEEL, 2020, first=first, draws=2).set_index("part") for first in (2015, 2018))
    assert late.at[WHOLE, "share"] != pytest.approx(early.at[WHOLE, "share"], rel=0.01)


def test_several_questions_have_the_answers_of_each_alone():
    together = attributions((STEEL, "employment.steel"), (YEAR, 2020), draws=2)
    assert list(together) == [(name, year) for name in (STEEL, "employment.steel") for year in (YEAR, 2020)]
    for (name, year), found in together.items():
        alone = attribute(name, year, draws=2)
        assert found.attrs == alone.attrs
        pd.testing.assert_frame_equal(found, alone, rtol=1e-9)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing", 2020), "no indicator 'nothing'"),
        (("employment", 2020), "has no single value"),
        ((STEEL, 2015), "allowed: 2016 to"),
        ((STEEL, 2020, 2009), "allowed: 2010 to"),
        ((STEEL, 2020, 2015, 1), "allowed: 2 to 500"),
        (("public_cost_total", 2020), "allowed: indicators of a year"),
    ],
)
def test_what_cannot_be_split_is_refused(arguments, message):
    with pytest.raises(AnswerError, match=message):
        attribute(*arguments)
