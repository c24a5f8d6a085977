"""Running scenarios from Python: alone and in batches."""

import numpy as np
import pytest

from model import parse_scenario, shipped_scenarios, simulate, simulate_batch

INDICATORS = ("crude_steel_output", "sector_va_share", "energy_consumption_industry", "public_cost")


def test_a_batch_gives_what_each_scenario_gives_alone():
    short = parse_scenario("title: x\nextends: no_document\nlevers: {output_cap: -2}\nuntil: 2020\n", "short")
    shipped = shipped_scenarios()
    chosen = [shipped["as_happened"], short, shipped["high_ambition"], shipped["closure_only"]]
    parts = []
    batch = simulate_batch(chosen, outputs=INDICATORS, progress=lambda *part: parts.append(part))
    assert parts == [(1, 4), (2, 4), (3, 4), (4, 4)]
    for scenario, together in zip(chosen, batch, strict=True):
        alone = simulate(scenario, outputs=INDICATORS)
        assert together.attrs == alone.attrs
        assert list(together.data_vars) == list(INDICATORS)
        assert together["year"].values.tolist() == alone["year"].values.tolist()
        for name in INDICATORS:
            np.testing.assert_array_equal(together[name], alone[name], err_msg=name)
    assert [int(result["year"].max()) for result in batch] == [2025, 2020, 2025, 2025]


def test_until_reaches_beyond_the_document_and_no_further():
    later = simulate(parse_scenario("title: x\nlevers: {}\nuntil: 2035\n"), outputs=INDICATORS)
    assert later["year"].values[[0, -1]].tolist() == [2010, 2035]
    assert np.isfinite(later["crude_steel_output"]).all()


def test_rk4_agrees_with_euler():
    chosen = [shipped_scenarios()["as_happened"]]
    euler, rk4 = (simulate_batch(chosen, method=m, outputs=INDICATORS)[0] for m in ("euler", "rk4"))
    assert rk4.attrs["method"] == "rk4"
    np.testing.assert_allclose(rk4["crude_steel_output"], euler["crude_steel_output"], rtol=0.02)


def test_results_say_what_they_are():
    result = simulate(shipped_scenarios()["as_happened"], outputs=("crude_steel_output",))
    assert result.attrs["title_zh"] == "实际政策（基准）"
    assert result["crude_steel_output"].attrs["unit"] == "Mt"
    assert float(result["crude_steel_output"].sel(year=2015)) == pytest.approx(188, rel=0.1)
