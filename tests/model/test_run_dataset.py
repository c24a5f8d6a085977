"""The Dataset of a run: CF attributes, the summary in a notebook, NetCDF files."""

import copy
import json
import sys

import numpy as np
import pytest
import xarray as xr

from model.run import simulate
from model.run_dataset import CONVENTIONS, Run, as_run, definition_of, netcdf_engine
from model.scenario import parse_scenario, shipped_scenarios

LARGEST_SUMMARY = 20_000
"""Characters of HTML."""


@pytest.fixture(scope="module")
def run():
    return simulate(shipped_scenarios()["as_happened"])


def test_every_variable_and_coordinate_has_cf_attributes(run):
    assert run.attrs["Conventions"] == CONVENTIONS and run.attrs["title"] == "Actual policies (baseline)"
    for name in run.variables:
        assert {"units", "long_name", "zh", "en"} <= set(run[name].attrs), name
    steel = run["crude_steel_output"].attrs
    assert (steel["units"], steel["long_name"], steel["zh"]) == ("Mt", "Crude steel output", "粗钢产量")
    assert run["year"].attrs["units"] == "year"


def test_the_summary_is_short_and_names_what_matters(run):
    html = run._repr_html_()
    assert len(html) < LARGEST_SUMMARY
    value = f"{run['crude_steel_output'].sel(year=2020).item():,.1f}"
    for part in (
        "Actual policies (baseline)",
        "实际政策（基准）",
        "2010 to 2025",
        "549 variables",
        "crude_steel_output",
        value,
    ):
        assert part in html, part


def test_totals_of_the_summary_are_sums_over_sectors(run):
    total = run["employment"].sel(year=2020).sum().item()
    assert f"{total:,.0f}" in run._repr_html_()


def test_selections_keep_the_short_summary(run):
    assert len(run.sel(year=2020)._repr_html_()) < LARGEST_SUMMARY
    assert len(run.drop_attrs()._repr_html_()) < LARGEST_SUMMARY
    few = run[["crude_steel_output", "employment"]]
    assert "Employment" in few._repr_html_() and "person" in few._repr_html_()
    steps = simulate(shipped_scenarios()["as_happened"], until=2011, every_step=True)
    assert len(steps._repr_html_()) < LARGEST_SUMMARY and "2010 to 2011.94" in steps._repr_html_()


def test_a_title_cannot_inject_html():
    scenario = parse_scenario('title: "<script>alert(1)</script>"\nextends: as_happened\nlevers: {}\n')
    dataset = xr.Dataset({"a": ("year", [1.0], {"unit": "1", "en": "A", "zh": "甲"})}, {"year": [2010]})
    assert "<script>" not in as_run(dataset, scenario)._repr_html_()


@pytest.mark.parametrize("engine", [None, "scipy", "netcdf4"])
def test_netcdf_files_give_the_run_back(run, tmp_path, engine):
    run.to_netcdf(tmp_path / "run.nc", engine=engine)
    with xr.open_dataset(tmp_path / "run.nc") as stored:
        assert stored.attrs == {**run.attrs}
        for name in run.variables:
            assert list(stored[name].dims) == list(run[name].dims)
            same = stored[name].values == run[name].values
            assert (same | (stored[name].isnull() & run[name].isnull()).values).all(), name
            assert stored[name].attrs == run[name].attrs, name


@pytest.mark.parametrize(
    ("missing", "engine"),
    [((), "netcdf4"), (("netCDF4", "h5py"), "scipy"), (("netCDF4", "h5netcdf"), "scipy")],
)
def test_the_engine_is_one_that_works(run, tmp_path, monkeypatch, missing, engine):
    for module in missing:
        monkeypatch.setitem(sys.modules, module, None)
    assert netcdf_engine() == engine
    run[["crude_steel_output"]].to_netcdf(tmp_path / "run.nc")
    head = (tmp_path / "run.nc").read_bytes()[:4]
    assert head[:3] == b"CDF" if engine == "scipy" else head[1:] == b"HDF"


def test_copies_and_selections_are_runs_with_all_operations(run):
    assert type(copy.deepcopy(run)) is Run
    assert type(run.isel(year=0)) is Run
    assert (run - run)["employment"].sum().item() == 0


@pytest.mark.parametrize("name", list(shipped_scenarios()))
def test_the_definition_in_the_attributes_is_the_scenario(name):
    scenario = shipped_scenarios()[name]
    again = parse_scenario(definition_of(scenario), name)
    assert again.name == name
    assert again.model_dump(exclude={"extends"}) == scenario.model_dump(exclude={"extends"})


def test_a_run_can_be_repeated_from_itself(run):
    again = simulate(parse_scenario(run.attrs["scenario_definition"], run.attrs["scenario"]))
    assert np.array_equal(again["crude_steel_output"], run["crude_steel_output"])
    assert json.loads(run.attrs["scenario_definition"])["title"]["en"] == "Actual policies (baseline)"
