"""The stored calibrations, their bands and default values, and decomposition."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.decomposition import intensity_change, level_change, logarithmic_mean, runs, shares
from analysis.projections import TABLE
from calibration import bands, parameter_ensemble, process_noise
from calibration.bands import PARAMETERS, WITH_ERROR, scenario_bands
from calibration.defaults import files_with_medians, medians, with_value
from calibration.draws import METHODS
from calibration.estimated import estimated, scores_of_values
from calibration.posterior import DRAWS, WINDOWS, data_hash, load, save
from calibration.target import Target
from model import shipped_scenarios
from model.inputs import START
from model.parameter_files import parameter_files
from model.run import STEPS
from model.scenario import BASELINE

ROUNDING = 1e-9
"""Where a lever binds, the width of a band is zero up to rounding."""


@pytest.mark.parametrize("window", WINDOWS)
def test_stored_results_belong_to_the_present_data(window):
    posterior = load(window)
    assert [n.id for n in posterior.numbers] == [n.id for n in estimated()]
    assert posterior.draws.shape == (DRAWS, len(estimated()))
    for number, values in zip(posterior.numbers, posterior.draws.T, strict=True):
        rounding = 1e-5 * (number.high - number.low)
        assert values.min() > number.low - rounding and values.max() < number.high + rounding, "stored with six digits"
    assert posterior.summary["data_hash"] == data_hash(window), "calibrate again: data, priors or series have changed"
    assert posterior.summary["method"] == METHODS[0] and posterior.summary["settings"]["runs"] >= 2


@pytest.mark.parametrize("window", WINDOWS)
def test_the_present_model_gives_the_stored_mode_its_density(window):
    """Fails when equations, drivers or other parameters have changed so that the calibration has to be done again."""
    posterior = load(window)
    scores = scores_of_values(posterior.numbers, posterior.mode)
    result = Target(posterior.numbers, window).assess(scores).log_likelihood
    assert result[0] == pytest.approx(posterior.summary["modes"][0]["log_likelihood"], abs=0.1)


def test_the_values_of_the_model_are_the_medians():
    values = {number.id: number.value for number in load(2020).numbers}
    assert values == pytest.approx(medians(), rel=1e-9)


def test_a_value_is_replaced_in_its_entry_alone():
    text = "a:\n  value: 1.5\n  low: 1.5\nab:\n  value: {default: 2, steel: -1e-3, other: 3}\n  low: {steel: 0}\n"
    assert with_value(text, "a", 2.25) == text.replace("value: 1.5", "value: 2.25")
    assert with_value(text, "ab.steel", 0.00012345) == text.replace("-1e-3", "0.0001234")
    for missing in ("b", "ab", "ab.cement", "a.steel"):
        with pytest.raises(ValueError, match=f"{missing}: no value"):
            with_value(text, missing, 1.0)


def test_estimated_values_are_set_in_the_file_that_has_them(tmp_path):
    assert all(text == file.read_text(encoding="utf-8") for file, text in files_with_medians().items())
    changed = []
    for file in parameter_files():
        copy = tmp_path / file.name
        copy.write_text(re.sub(r"(?m)^(  value: )[-+.0-9e]+$", r"\g<1>0.5", file.read_text(encoding="utf-8")))
        changed.append(copy)
    texts = files_with_medians(changed)
    number, value = next((n, v) for n, v in medians().items() if "." not in n)
    holder = next(text for text in texts.values() if f"\n{number}:\n" in text)
    assert f"\n{number}:\n  value: {value:.4g}\n" in holder
    with pytest.raises(ValueError, match="no file of parameters"):
        files_with_medians(changed[:1])


def test_results_come_back_as_they_were_saved(tmp_path):
    posterior = load(2020)
    save(posterior, tmp_path)
    again = load(2020, tmp_path)
    assert again.draws == pytest.approx(posterior.draws) and again.summary == posterior.summary
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("scenario", [shipped_scenarios()[name] for name in (BASELINE, "document_implemented")])
def test_few_steps_hardly_move_a_band(scenario, monkeypatch):
    """Bands take a quarter of the steps of a run; that moves their ends by less than a twentieth of their width."""
    names = tuple(dict.fromkeys(pd.read_csv(TABLE)["indicator"]))
    few = replace(load(2020), draws=load(2020).draws[::8])
    coarse = scenario_bands(few, scenario, 2025, names, errors={})
    monkeypatch.setattr(bands, "STEPS_OF_BANDS", STEPS)
    fine = scenario_bands(few, scenario, 2025, names, errors={})
    width = (fine["p95"] - fine["p5"]).groupby([fine["indicator"], fine["sector"]]).transform("max")
    assert set(coarse["indicator"]) == set(names) and len(coarse) == len(fine)
    for end in ("p5", "p95"):
        assert ((coarse[end] - fine[end]).abs() <= width / 20 + ROUNDING * fine[end].abs()).all()


def test_a_band_is_centred_on_the_run_with_all_steps(monkeypatch):
    """Draws that are all the default parameters give the run itself, apart from the disturbances of demand."""
    posterior = load(2020)
    defaults = replace(posterior, draws=np.array([[n.value for n in posterior.numbers]] * 2))
    random = np.random.default_rng(1)
    exact = {"crude_steel_output": random.random(16), "sector_va_share": random.random((16, 8))}
    scenario = shipped_scenarios()[BASELINE]
    disturbed = scenario_bands(defaults, scenario, 2025, tuple(exact), errors={}, exact=exact)
    steel = disturbed[disturbed["indicator"] == "crude_steel_output"].set_index("year")
    before = steel.loc[: posterior.window - 1]  # half of the window's last year moves with the next
    assert len(before) == posterior.window - START
    for quantile in ("p5", "p95"):
        assert before[quantile].to_numpy() == pytest.approx(exact["crude_steel_output"][: len(before)])
    assert steel.loc[2025, "p95"] - steel.loc[2025, "p5"] > 0.1, "Mt"
    for module in (process_noise, parameter_ensemble):
        monkeypatch.setattr(module, "noises", lambda: ())
    result = scenario_bands(defaults, scenario, 2025, tuple(exact), errors={}, exact=exact)
    for quantile in ("p5", "p95"):
        steel, shares = (result.loc[result["indicator"] == name, quantile].to_numpy() for name in exact)
        assert steel == pytest.approx(exact["crude_steel_output"])
        assert pytest.approx(exact["sector_va_share"]) == shares.reshape(8, 16).T


def test_bands_are_nested_and_follow_the_scenario():
    posterior = load(2020)
    result = {
        name: scenario_bands(posterior, shipped_scenarios()[name], 2025) for name in ("as_happened", "no_document")
    }
    table = result["as_happened"]
    assert set(table["band"]) == {PARAMETERS, WITH_ERROR}
    quantiles = table[["p5", "p25", "p50", "p75", "p95"]].to_numpy()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    steel = table[table["indicator"] == "crude_steel_output"].set_index(["band", "year"])
    inner, outer = (steel.loc[band]["p95"] - steel.loc[band]["p5"] for band in (PARAMETERS, WITH_ERROR))
    assert (outer > inner).all() and list(inner.index) == list(range(2010, 2026))
    other = result["no_document"]
    other = other[other["indicator"] == "crude_steel_output"].set_index(["band", "year"])
    assert other.loc[PARAMETERS, 2015]["p50"] == pytest.approx(steel.loc[PARAMETERS, 2015]["p50"])
    assert other.loc[PARAMETERS, 2025]["p50"] > steel.loc[PARAMETERS, 2025]["p50"] + 5


positive = arrays(float, (2, 2, 5), elements=st.floats(0.1, 100))


@given(positive)
def test_the_parts_of_an_intensity_change_add_up(values):
    (e0, e1), (q0, q1) = values
    result = intensity_change((e0, e1), (q0, q1))
    assert result.structure + result.efficiency == pytest.approx(result.whole, rel=1e-6, abs=1e-6)


@given(positive)
def test_the_parts_of_a_change_of_level_add_up(values):
    (e0, e1), (q0, q1) = values
    result = level_change((e0, e1), (q0, q1))
    assert result.activity + result.structure + result.efficiency == pytest.approx(result.whole, rel=1e-6, abs=1e-6)


def test_twice_as_much_of_the_same_is_all_activity():
    one = np.array([4.0, 1.0])
    result = level_change((one, 2 * one), (one, 2 * one))
    assert (result.whole, result.activity) == pytest.approx((100, 100))
    assert (result.structure, result.efficiency) == pytest.approx((0, 0))


def test_an_intensity_change_splits_into_structure_and_efficiency():
    half = np.array([0.5, 0.5])
    # The same sectors, each half as intensive: all efficiency.
    result = intensity_change((np.array([4.0, 1.0]), np.array([2.0, 0.5])), (half, half))
    assert (result.whole, result.structure, result.efficiency) == pytest.approx((-50, 0, -50))
    # The same intensities, all weight to the light one: all structure, from 2.5 towards 1.
    result = intensity_change((np.array([2.0, 0.5]), np.array([0.4, 0.9])), (half, np.array([0.1, 0.9])))
    assert (result.whole, result.structure, result.efficiency) == pytest.approx((-48, -48, 0))
    assert logarithmic_mean(np.array([2.0, 1.0]), np.array([2.0, np.e])) == pytest.approx([2.0, np.e - 1])


def test_momentum_drivers_and_levers_add_up():
    by_case = runs()
    for name in ("crude_steel_output", "energy_consumption_industry"):
        result = shares(name, 2020, by_case)
        assert result.momentum + result.drivers + result.levers == pytest.approx(result.whole)
    steel = shares("crude_steel_output", 2020, by_case)
    assert steel.drivers > 0.5 * steel.whole, "as in the list of weaknesses"
    assert shares("crude_steel_output", 2015, by_case).whole == 0
