"""Differences, probabilities of targets and rankings in the Python package."""

import numpy as np
import pytest

import hebei2025 as hb
from calibration import differences
from hebei2025 import uncertainty

STEEL, CO2 = "crude_steel_output", "co2_emissions_industry"


def test_differences_from_what_happened_hold_the_difference_of_the_runs():
    rows = hb.differences("no_document", outputs=[STEEL, "sei_share"])
    assert set(rows["scenario"]) == {"no_document"} and set(rows["indicator"]) == {STEEL, "sei_share"}
    assert (rows["p5"] <= rows["p95"]).all()
    assert rows.loc[rows["indicator"] == "sei_share", "percent_p50"].isna().all()
    itself = hb.differences({"same": "as_happened"}, outputs=STEEL)
    assert (itself[["p5", "p50", "p95", "above", "below"]] == 0).all().all()


def test_the_order_of_two_scenarios_only_turns_the_sign():
    there = hb.differences("no_document", reference="green_first", outputs=STEEL)
    back = hb.differences("green_first", reference="no_document", outputs=STEEL)
    assert there["p5"].to_numpy() == pytest.approx(-back["p95"].to_numpy())
    assert there["above"].to_numpy() == pytest.approx(back["below"].to_numpy())


def test_draws_of_a_scenario_are_simulated_once(monkeypatch):
    calls, draw = [], differences.scenario_draws
    monkeypatch.setattr(differences, "scenario_draws", lambda *given: calls.append(given[1:]) or draw(*given))
    uncertainty._simulated.cache_clear()
    run = hb.simulate("no_document", outputs=[STEEL])
    hb.differences(run, outputs=STEEL)
    hb.target_probabilities([run, "as_happened"])
    hb.ranking(["as_happened", run])
    assert len(calls) == 2


def test_probabilities_of_targets_end_with_the_run():
    rows = hb.target_probabilities("as_happened", until=2020)
    assert rows["year"].max() == 2020
    known = rows.dropna(subset=["probability"])
    assert known["probability"].between(0, 1).all() and (known["p5"] < known["p95"]).all()
    assert 0 < len(known) < len(rows), "some hang on numbers that were not estimated"
    met = hb.target_probabilities({"a": "as_happened", "b": "no_document"})
    assert met["year"].max() == 2025 and list(dict.fromkeys(met["scenario"])) == ["a", "b"]


def test_rankings_sum_to_one():
    rows = hb.ranking(["as_happened", "no_document", "green_first"], outputs=CO2)
    sums = rows.groupby("year")["probability_best"].sum()
    assert np.allclose(sums, 1) and (rows["expected_regret"] >= 0).all()


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="indicator 'belts' is unknown"):
        hb.differences("no_document", outputs="belts")
    with pytest.raises(ValueError, match="indicator with a better direction 'crude_steel_output' is unknown"):
        hb.ranking(["no_document", "as_happened"], outputs=STEEL)
    with pytest.raises(ValueError, match="two runs are of a scenario 'no_document'; give a mapping"):
        hb.ranking(["no_document", "no_document"])
    with pytest.raises(ValueError, match="nothing to compare"):
        hb.target_probabilities([])
    with pytest.raises(ValueError, match="until"):
        hb.target_probabilities("no_document", until=2050)
