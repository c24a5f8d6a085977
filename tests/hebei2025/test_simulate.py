"""The public functions: what they accept, what they give, what they refuse."""

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import hebei2025 as hb
import model
from hebei2025.arguments import find_scenario
from model.inputs import LATEST, START
from model.run_limits import steps_per_year
from model.scenario import SHIPPED

STEEL = "crude_steel_output"


@pytest.fixture(scope="module")
def baseline():
    return hb.simulate("as_happened")


@pytest.fixture(scope="module")
def without():
    return hb.simulate("no_document")


@pytest.mark.parametrize(
    "given",
    [
        "as_happened",
        "Actual policies (baseline)",
        "  actual  POLICIES (baseline)",
        "实际政策（基准）",
        str(SHIPPED / "as_happened.yaml"),
        SHIPPED / "as_happened.yaml",
        hb.shipped_scenarios()["as_happened"],
    ],
)
def test_a_scenario_is_found_by_id_title_path_or_is_one(given):
    assert find_scenario(given) == hb.shipped_scenarios()["as_happened"]
    assert find_scenario(given).name == "as_happened"


def test_every_shipped_scenario_is_found_by_its_titles():
    for scenario in hb.shipped_scenarios().values():
        assert find_scenario(scenario.text("title", "zh")) is scenario
        assert find_scenario(scenario.text("title", "en")) is scenario


def test_unknown_scenarios_are_refused_with_a_suggestion(tmp_path):
    with pytest.raises(ValueError, match="no scenario is called 'as_hapened'; did you mean as_happened"):
        hb.simulate("as_hapened")
    with pytest.raises(hb.ScenarioError, match="missing.yaml:1: no such file"):
        hb.simulate(tmp_path / "missing.yaml")
    with pytest.raises(TypeError, match="not int"):
        hb.simulate(3)


@pytest.mark.parametrize(
    ("dt", "steps"), [("1/16", 16), (1 / 16, 16), ("0.0625", 16), (1 / 5, 5), (1 / 49, 49), (Fraction(1, 512), 512)]
)
def test_steps_of_the_year(dt, steps):
    assert steps_per_year(dt) == steps


@pytest.mark.parametrize("dt", [0, -1, 1, 0.3, "x", None, float("nan"), float("inf"), "1/513", "1/0"])
def test_steps_that_do_not_divide_the_year_are_refused(dt):
    with pytest.raises(ValueError, match="allowed: 1/n of a year, n a whole number from 4 to 512"):
        hb.simulate("as_happened", dt=dt)


@pytest.mark.parametrize("until", [START - 1, LATEST + 1, 2050])
def test_horizons_outside_the_model_are_refused(until):
    with pytest.raises(ValueError, match=f"until {until} is out of range; allowed: {START} to {LATEST}"):
        hb.simulate("as_happened", until=until)


@pytest.mark.parametrize("until", [2020.5, "2020", True])
def test_horizons_that_are_no_whole_numbers_are_refused(until):
    message = f"until {until!r} is no whole number; allowed: {START} to {LATEST}"
    with pytest.raises(ValueError, match=re.escape(message)):
        hb.simulate("as_happened", until=until)


def test_unknown_names_are_refused_with_a_suggestion(baseline):
    with pytest.raises(
        ValueError, match="output 'crude_steel_outptu' is no variable of the model; did you mean crude_steel_output"
    ):
        hb.simulate("as_happened", outputs="crude_steel_outptu")
    with pytest.raises(ValueError, match="method 'rk' is unknown; allowed: euler, rk4"):
        hb.simulate("as_happened", method="rk")
    with pytest.raises(ValueError, match="variable 'crude_stel_output' is unknown; did you mean crude_steel_output"):
        hb.table(baseline, "crude_stel_output")
    with pytest.raises(ValueError, match="sector 'stel' is unknown; did you mean steel"):
        hb.plot(baseline, "sector_va_share", sector="stel")
    with pytest.raises(ValueError, match="series 'crude_steel_outpt' is unknown; did you mean crude_steel_output"):
        hb.observations("crude_steel_outpt")
    with pytest.raises(ValueError, match="indicator 'belts' is unknown"):
        hb.bands("as_happened", "belts")
    with pytest.raises(ValueError, match="no output is named"):
        hb.simulate("as_happened", outputs=[])


def test_simulate_gives_what_the_model_package_gives(baseline):
    same = model.simulate(model.load_scenario(SHIPPED / "as_happened.yaml"))
    assert set(same.data_vars) == set(baseline.data_vars)
    assert all(np.array_equal(same[n], baseline[n], equal_nan=True) for n in same.data_vars)


def test_chosen_outputs_and_settings_reach_the_run(baseline):
    run = hb.simulate("as_happened", until=2012, dt="1/8", outputs=(STEEL,))
    assert list(run.data_vars) == [STEEL]
    assert (run.attrs["end"], run.attrs["steps_per_year"]) == (2012, 8)
    assert list(run["year"].values) == [2010, 2011, 2012]
    assert run[STEEL].values == pytest.approx(baseline[STEEL].values[:3], rel=0.01)


def test_discrete_projects_run_as_on_the_command_line():
    scenario = hb.parse_scenario("title: t\nextends: as_happened\nuntil: 2013\npipeline: stochastic\nlevers: {}\n")
    with pytest.raises(ValueError, match="which moves by half months"):
        hb.simulate(scenario, method="rk4")
    run = hb.simulate(scenario, outputs=STEEL)
    assert (run.attrs["pipeline"], list(run.data_vars), run.sizes["year"]) == ("stochastic", [STEEL], 4)


def test_table_is_long_and_can_be_narrowed(baseline):
    rows = hb.table(baseline, "sector_va_share", "steel", [2015, 2020])
    assert list(rows.columns) == ["scenario", "variable", "sector", "year", "value", "unit"]
    assert rows[["scenario", "sector", "year", "unit"]].to_numpy().tolist() == [
        ["as_happened", "steel", 2015, "%"],
        ["as_happened", "steel", 2020, "%"],
    ]
    assert rows["value"].tolist() == baseline["sector_va_share"].sel(sector="steel", year=[2015, 2020]).values.tolist()
    assert hb.table("as_happened", STEEL, years=2020)["value"].item() == baseline[STEEL].sel(year=2020).item()


def test_compare_subtracts_the_first_run(baseline, without):
    rows = hb.compare([baseline, without], STEEL).set_index(["scenario", "year"])
    expected = without[STEEL].sel(year=2020).item() - baseline[STEEL].sel(year=2020).item()
    assert rows.loc[("no_document", 2020), "difference"] == expected != 0
    assert rows.loc[("no_document", 2020), "reference"] == baseline[STEEL].sel(year=2020).item()
    assert (rows.loc["as_happened", "difference"] == 0).all()
    named = hb.compare({"a": baseline, "b": baseline}, STEEL)
    assert set(named["scenario"]) == {"a", "b"} and (named["difference"] == 0).all()


def test_compare_takes_all_indicators_and_refuses_what_cannot_be_told_apart(baseline):
    from model.run import indicator_names

    compared = set(hb.compare([baseline])["variable"])
    assert compared <= set(indicator_names())
    assert len(compared) > 50
    with pytest.raises(ValueError, match="two runs are of a scenario 'as_happened'"):
        hb.compare([baseline, "as_happened"], STEEL)
    with pytest.raises(ValueError, match="nothing to compare"):
        hb.compare([])
    with pytest.raises(ValueError, match="is no run"):
        hb.table(baseline[[STEEL]].drop_attrs())


def test_observations_carry_grade_and_source():
    rows = hb.observations(STEEL)
    assert set(rows["series"]) == {STEEL}
    assert set(rows["confidence"]) <= {"A", "B", "C", "D"}
    assert rows["source"].notna().any()
    assert len(hb.observations()) > len(rows)


def test_bands_of_a_run_are_those_of_its_scenario(without):
    of_run, of_name = hb.bands(without, STEEL), hb.bands("no_document", STEEL)
    assert of_run.equals(of_name)
    assert set(of_run["band"]) == {"parameters", "parameters_and_model_error"}
    assert (of_run["p5"] <= of_run["p50"]).all() and (of_run["p50"] <= of_run["p95"]).all()
    with pytest.raises(ValueError, match="does not say which scenario"):
        hb.bands(without[[STEEL]].drop_attrs())


def test_plot_shows_runs_and_observations_with_unit(baseline, without):
    figure = hb.plot([baseline, without], STEEL)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert [line.name for line in lines] == ["Actual policies (baseline)", "Without the plan"]
    assert list(lines[0].y) == baseline[STEEL].values.tolist()
    assert len({line.line.color for line in lines}) == 2
    assert figure.layout.yaxis.title.text == "Mt"
    (observed,) = points
    known = hb.observations(STEEL)
    assert set(observed.x) <= set(known["year"]) and min(observed.x) >= START
    assert "circle-open" in observed.marker.symbol and "circle" in observed.marker.symbol


def test_plot_draws_one_line_a_sector_and_speaks_chinese(baseline):
    figure = hb.plot(baseline, "sector_va_share", language="zh")
    names = [trace.name for trace in figure.data if trace.mode == "lines"]
    assert len(names) == 8 and names[0] == "实际政策（基准） · 钢铁"
    assert sum(bool(trace.showlegend) for trace in figure.data if trace.mode == "markers") == 1
    single = hb.plot(baseline, "sector_va_share", sector="steel")
    assert [trace.name for trace in single.data] == ["Actual policies (baseline)", "observed"]


def test_lists_name_what_the_model_has(baseline):
    assert set(hb.variables()["id"]) == set(baseline.data_vars)
    assert len(hb.levers()) == 28 and {"unit", "min", "max", "grade"} <= set(hb.levers())
    assert hb.parameters()["source"].notna().all()


def test_public_names_exist():
    assert all(getattr(hb, name) is not None for name in hb.__all__)
    assert set(dir(hb)) == set(hb.__all__)
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        hb.simulat  # noqa: B018


def test_runs_in_threads_agree(baseline):
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(hb.simulate, ["as_happened"] * 4))
    assert all(np.array_equal(run[STEEL], baseline[STEEL]) for run in runs)


def test_a_spawned_process_gives_the_same(baseline):
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        run = pool.submit(hb.simulate, "as_happened").result(timeout=300)
    assert type(run) is hb.Run
    assert np.array_equal(run[STEEL], baseline[STEEL])


def test_paths_relative_to_the_folder_of_the_user(tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text("title: Mine\nextends: as_happened\nlevers: {}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert find_scenario("mine.yaml").name == find_scenario(Path("mine.yaml")).name == "mine"
