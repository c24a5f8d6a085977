"""Differences, targets and rankings of scenarios under the same posterior draws."""

import numpy as np
import pandas as pd
import pytest

from calibration.bands import BANDED, PARAMETERS, WITH_ERROR, bands_of_draws, entries, model_errors, scenario_bands
from calibration.differences import (
    LEVELS,
    compared_indicators,
    difference_table,
    ranked_draws,
    ranked_entries,
    ranking_table,
    scenario_draws,
    target_table,
)
from calibration.policy_statistics import vary
from calibration.posterior import WINDOWS, load
from calibration.series import LEVEL, fitted_series
from model.indicator_tags import directions
from model.inputs import START
from model.scenario import BASELINE, shipped_scenarios
from model.system import system
from model.targets import PER_CENT, modelled_targets

UNTIL = 2025
OTHER = "no_document"
PERCENT = [f"percent_{level}" for level in LEVELS]


@pytest.fixture(scope="module")
def posterior():
    return load(WINDOWS[-1])


@pytest.fixture(scope="module")
def errors(posterior):
    return model_errors(posterior)


@pytest.fixture(scope="module")
def drawn(posterior):
    return {name: scenario_draws(posterior, shipped_scenarios()[name], UNTIL) for name in (BASELINE, OTHER)}


def single(draws):
    """A run with one indicator that is a level without axis and one that is a percentage, each with these draws."""
    chosen = {}
    for name in BANDED:
        variable = system().variables[name]
        if variable.axis is None:
            chosen.setdefault(variable.unit == PER_CENT, name)
    return {name: np.array(draws, dtype=float) for name in chosen.values()}, chosen


def test_differences_worked_out_by_hand():
    reference, names = single([[100, 200], [100, 100], [100, 100], [100, 100], [100, 100]])
    changed, _ = single([[100, 300], [100, 110], [100, 90], [100, 100], [100, 150]])
    table = difference_table(changed, reference, tuple(names.values()))
    level = table[table["indicator"] == names[False]].set_index("year")
    assert (level.loc[START, [*LEVELS, *PERCENT, "above", "below"]] == 0).all()
    # Differences 100, 10, -10, 0, 50: in order -10, 0, 10, 50, 100, so that quantiles at quarters are these themselves.
    after = level.loc[START + 1]
    assert after[["p25", "p50", "p75"]].tolist() == pytest.approx([0, 10, 50])
    assert after[["p5", "p95"]].tolist() == pytest.approx([-8, 90])
    # In per cent 50, 10, -10, 0, 50.
    assert after[["percent_p25", "percent_p50", "percent_p75"]].tolist() == pytest.approx([0, 10, 50])
    assert after["percent_p95"] == pytest.approx(50)
    assert (after["above"], after["below"]) == (pytest.approx(3 / 5), pytest.approx(1 / 5))
    points = table[table["indicator"] == names[True]].set_index("year")
    assert points.loc[START + 1, "p50"] == pytest.approx(10)
    assert points[PERCENT].isna().all().all(), "no per cent of percentages"


def test_years_that_only_one_run_has_and_years_without_a_value_are_left_out():
    reference, names = single([[np.nan, 1, 2, 3], [np.nan, 1, 2, 3]])
    shorter, _ = single([[np.nan, 2, 2], [np.nan, 2, 2]])
    table = difference_table(shorter, reference, (names[False],))
    assert table["year"].tolist() == [START + 1, START + 2] and table["p50"].tolist() == [1, 0]


def test_no_per_cent_of_a_reference_that_is_not_positive():
    reference, names = single([[0.0, 5.0], [5.0, 5.0]])
    changed, _ = single([[1.0, 6.0], [6.0, 6.0]])
    table = difference_table(changed, reference, (names[False],))
    assert np.isnan(table["percent_p50"][0]) and table["percent_p50"][1] == pytest.approx(20)


def test_a_scenario_does_not_differ_from_itself(drawn):
    table = difference_table(drawn[OTHER], {name: values.copy() for name, values in drawn[OTHER].items()})
    assert (table[[*LEVELS, "above", "below"]] == 0).all().all()
    percent = table[PERCENT].dropna()
    assert len(percent) and (percent == 0).all().all()
    assert set(table["indicator"]) == set(BANDED)


def test_differences_of_the_same_draws_are_narrower_than_the_bands_of_the_runs(drawn, errors):
    table = difference_table(drawn[OTHER], drawn[BASELINE]).set_index(["indicator", "sector", "year"])
    bands = bands_of_draws(drawn[OTHER], errors, BANDED)
    bands = bands[bands["band"] == PARAMETERS].set_index(["indicator", "sector", "year"])
    last = [(name, sector, UNTIL) for name in BANDED for sector, position in entries(name) if position is None]
    difference, level = (t.loc[last, "p95"] - t.loc[last, "p5"] for t in (table, bands))
    assert (difference < level).mean() > 0.5
    before = table[table.index.get_level_values("year") < 2016]
    assert (before[list(LEVELS)] == 0).all().all(), "the scenarios part in 2016"


def test_bands_of_draws_are_those_of_the_scenario(posterior, drawn, errors):
    name = BANDED[0]
    alone = scenario_bands(posterior, shipped_scenarios()[OTHER], UNTIL, (name,), errors)
    together = bands_of_draws(drawn[OTHER], errors, (name,))
    keys, numbers = ["indicator", "sector", "year", "band"], list(LEVELS)
    assert together[keys].equals(alone[keys])
    assert together[numbers].to_numpy() == pytest.approx(alone[numbers].to_numpy(), rel=1e-9)


def test_probabilities_of_targets_count_draws_with_the_model_error_of_each(drawn, errors):
    table = target_table(drawn[BASELINE], errors).set_index("target")
    assert set(table["band"]) == {PARAMETERS, WITH_ERROR}
    series = {(s.indicator, s.sector): s for s in fitted_series().values()}
    for target in modelled_targets():
        row, values = table.loc[target.id], drawn[BASELINE][target.indicator]
        position = dict(entries(target.indicator)).get(target.sector)
        at = values[:, target.year - START] if position is None else values[:, target.year - START, position]
        found = series.get((target.indicator, None if position is None else target.sector))
        if row["band"] == WITH_ERROR:
            error = errors[found.id]
            at = at * np.exp(error) if found.kind == LEVEL else at + error
        met = [target.missed_by(value) == 0 for value in at]
        if vary(*np.quantile(at, (0.05, 0.95))):
            assert row["probability"] == pytest.approx(np.mean(met)), target.id
        else:
            assert row[["p5", "p95", "probability"]].isna().all(), f"{target.id}: not estimated"
        assert row["p50"] == pytest.approx(np.median(at))


def test_targets_after_the_run_have_no_probability(posterior, errors):
    last = 2020
    drawn = scenario_draws(posterior, shipped_scenarios()[BASELINE], last)
    table = target_table(drawn, errors)
    assert set(table["target"]) == {t.id for t in modelled_targets() if t.year <= last}


def test_rankings_cover_every_directed_indicator_and_sum_to_one(drawn):
    table = ranking_table({name: ranked_draws(values) for name, values in drawn.items()})
    assert list(dict.fromkeys(table["scenario"])) == [BASELINE, OTHER]
    assert set(table["indicator"]) == {name for name, better in directions("banded").items() if better}
    sums = table.groupby(["indicator", "sector", "year"])["probability_best"].sum()
    assert sums.to_numpy() == pytest.approx(1)
    early = table[table["year"] < 2016]
    assert (early["probability_best"] == 0.5).all() and early["expected_regret"].max() < 1e-6
    differences = difference_table(drawn[OTHER], drawn[BASELINE]).set_index(["indicator", "sector", "year"])
    last = table[(table["scenario"] == OTHER) & (table["year"] == UNTIL)]
    for row in last.itertuples():
        side = "above" if row.better == "higher" else "below"
        equal = 1 - differences.loc[(row.indicator, row.sector, UNTIL), ["above", "below"]].sum()
        wins = differences.loc[(row.indicator, row.sector, UNTIL), side]
        assert row.probability_best == pytest.approx(wins + equal / 2), row.indicator


def test_an_axis_with_a_total_is_ranked_by_its_total():
    by_name = (
        pd.DataFrame(ranked_entries(), columns=["name", "sector", "position"]).groupby("name")["sector"].apply(set)
    )
    for name, sectors in by_name.items():
        labels = {sector for sector, _ in entries(name)}
        belongs_to = system().variables[name].belongs_to
        assert sectors == ({belongs_to} if belongs_to in labels else labels), name
    assert set(compared_indicators()) >= set(BANDED)
