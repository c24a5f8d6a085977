"""Disturbances of national demand after the last observed year."""

from dataclasses import replace

import numpy as np
import pytest

from calibration import process_noise
from calibration.estimated import estimated
from calibration.parameter_ensemble import Ensemble
from calibration.process_noise import Noise, disturbances, disturbed_tables, noises
from model.inputs import START, drivers
from model.scenario import BASELINE, inputs_of, shipped_scenarios


def any_noise(**changes):
    return replace(noises()[0], **{"spread": 0.02, "persistence": 0.5, "common": 0.5, **changes})


def test_disturbances_begin_after_the_last_observed_year_and_have_their_spread_and_persistence():
    moves = disturbances(any_noise(), 20_000, 2020, 2026)
    flat = moves.reshape(20_000, 2026 - START + 1, -1)[..., 0]
    assert (flat[:, : 2020 - START + 1] == 0).all() and (flat[:, 2021 - START] != 0).all()
    # AR(1) from zero: the variance after n years is 1 - 0.25 ** n of the stationary one; E[half-normal ** 2] is 1.
    for years in (1, 2, 5):
        expected = 0.02 * np.sqrt(1 - 0.25**years)
        assert flat[:, 2020 - START + years].std() == pytest.approx(expected, rel=0.04)
    late = flat[:, 2025 - START : 2027 - START]
    assert np.corrcoef(late.T)[0, 1] == pytest.approx(0.5, abs=0.05)
    assert np.array_equal(moves[:, : 2024 - START + 1], disturbances(any_noise(), 20_000, 2020, 2024))


class ByBranch(Noise):
    """Disturbances of a driver with four branches."""

    width = 4


def test_branches_share_the_common_part():
    noise = ByBranch("national_branch_growth", "rate", 0.02, 0.0, 0.25)
    moves = disturbances(noise, 20_000, 2020, 2021)[:, -1]
    # Without the spread of the sizes correlations would be 0.25; E[size] ** 2 / E[size ** 2] is 2 / pi.
    correlations = np.corrcoef(moves.T)[np.triu_indices(4, 1)]
    assert correlations == pytest.approx(0.25 * 2 / np.pi, abs=0.04)


def test_rates_are_added_to_and_levels_multiplied(monkeypatch):
    tables = inputs_of(shipped_scenarios()[BASELINE], np.arange(START, 2027))[1]
    rate, level = any_noise(form="rate"), any_noise(form="level")
    for noise in (rate, level):
        monkeypatch.setattr(process_noise, "noises", lambda noise=noise: (noise,))
        disturbed = disturbed_tables(tables, 3, 2020)[noise.driver]
        moves = disturbances(noise, 3, 2020, 2026)
        table = tables[noise.driver]
        assert disturbed == pytest.approx(table + moves if noise is rate else table * np.exp(moves))


def test_files_that_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(process_noise, "FILE", tmp_path / "process_noise.yaml")
    entry = "{form: rate, spread: 0.02, persistence: 0.3, common: 0.5}"
    known = next(iter(drivers()))
    for text, message in (
        (f"weather: {entry}", "weather: no driver has this name"),
        (f"{known}: {entry.replace('rate', 'trend')}", "form 'trend' is unknown; allowed: rate, level"),
        (f"{known}: {entry.replace('0.3', '1.0')}", "persistence from 0 to below 1"),
    ):
        process_noise.FILE.write_text(text)
        noises.cache_clear()
        with pytest.raises(ValueError, match=message):
            noises()
    monkeypatch.undo()
    noises.cache_clear()


def test_disturbed_runs_differ_after_the_last_observed_year_and_are_the_same_in_all_scenarios():
    numbers = estimated()[:2]
    values = np.array([[number.value for number in numbers]] * 6)
    name = "vai_above_scale_growth"
    plain, disturbed, again = (
        Ensemble(numbers, 2025, (name,), noise_after=after).indicators(values)[name] for after in (None, 2020, 2020)
    )
    years = 2020 - START  # tables are joined by lines between the middles of years, so that half of 2020 moves a little
    assert np.nan_to_num(disturbed[:, :years]) == pytest.approx(np.nan_to_num(plain[:, :years]))
    assert disturbed[:, -2:].std(axis=0).min() > 0.3, "percentage points"
    assert np.array_equal(disturbed, again, equal_nan=True)
    other = Ensemble(numbers, 2025, (name,), shipped_scenarios()["no_document"], noise_after=2020)
    moved = (
        other.indicators(values)[name]
        - Ensemble(numbers, 2025, (name,), shipped_scenarios()["no_document"]).indicators(values)[name]
    )
    both = np.corrcoef(moved[:, -1], disturbed[:, -1] - plain[:, -1])
    assert both[0, 1] > 0.9, "member by member"
