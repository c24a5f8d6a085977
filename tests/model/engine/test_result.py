"""Labels on results, and the tables made of them."""

import numpy as np
import pandas as pd
import pytest

from model.engine import annual
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.ops import percent, previous_year, ratio
from model.engine.result import to_dataset, to_table

from . import mini

HORIZON = Horizon(2000, 2003, 8)
SYSTEM = mini.fishery()


@pytest.fixture(scope="module")
def dataset():
    return to_dataset(SYSTEM, HORIZON, compiled(SYSTEM, HORIZON)(mini.FISHERY_PARAMETERS, mini.fishery_tables()))


def test_yearly_results_carry_axes_and_attributes(dataset):
    assert dataset["catch"].dims == ("year", "site")
    assert dataset["fleet"].dims == ("year",)
    assert list(dataset.year.values) == [2000, 2001, 2002, 2003]
    assert list(dataset.site.values) == ["north", "south"]
    attributes = dataset["catch"].attrs
    assert attributes == {
        "unit": "t/yr",
        "zh": "捕捞",
        "en": "Catch",
        "doc": "Fleet and skill, as far as the quota allows.",
        "kind": "flow",
        "chapter": "mini",
        "belongs_to": "all",
    }
    assert dataset.attrs == {"start": 2000, "end": 2003, "steps_per_year": 8, "method": "euler"}


def test_values_are_those_of_the_run(dataset):
    arrays = compiled(SYSTEM, HORIZON)(mini.FISHERY_PARAMETERS, mini.fishery_tables())
    np.testing.assert_array_equal(dataset["fish"].sel(year=2002, site="south"), arrays["fish"][2, 1])


def test_every_step_is_labelled_by_time():
    arrays = compiled(SYSTEM, HORIZON, ("fish",), True)(mini.FISHERY_PARAMETERS, mini.fishery_tables())
    dataset = to_dataset(SYSTEM, HORIZON, arrays, every_step=True)
    assert dataset["fish"].dims == ("time", "site")
    assert dataset.time.values[:3] == pytest.approx([2000, 2000.125, 2000.25])
    assert list(to_table(dataset, "now").year[:3]) == pytest.approx([2000, 2000.125, 2000.25])


def test_the_dataset_survives_a_file(dataset, tmp_path):
    pytest.importorskip("scipy")
    dataset.to_netcdf(tmp_path / "run.nc", engine="scipy")
    import xarray as xr

    with xr.open_dataset(tmp_path / "run.nc", engine="scipy") as loaded:
        np.testing.assert_array_equal(loaded["catch"].values, dataset["catch"].values)
        assert loaded["catch"].attrs["zh"] == "捕捞"


def test_the_long_table_has_one_row_per_value(dataset):
    table = to_table(dataset, "as is")
    assert list(table.columns) == ["scenario", "variable", "sector", "year", "value", "unit"]
    assert len(table) == sum(v.size for v in dataset.data_vars.values())
    row = table[(table.variable == "catch") & (table.sector == "south") & (table.year == 2001)]
    assert row.value.item() == dataset["catch"].sel(site="south", year=2001).item()
    assert row.unit.item() == "t/yr"
    assert set(table[table.variable == "fleet"].sector) == {"all"}
    assert set(table.scenario) == {"as is"}
    assert pd.api.types.is_integer_dtype(table.year)


def test_the_table_keeps_the_order_asked_for(dataset):
    assert list(to_table(dataset, "x", ["fleet", "catch"]).variable.unique()) == ["fleet", "catch"]


def test_years_without_a_value_are_left_out_and_scalars_name_what_they_belong_to():
    @annual("%", "增速", "Growth", belongs_to="pond")
    def growth_rate(level):
        """Growth of the level over a year."""
        return percent(ratio(level, previous_year(level)) - 1)

    exponential = mini.exponential()
    system = mini.system_of(
        exponential.inputs.values(),
        growth_rate=growth_rate,
        level=mini.level(["growth"]),
        growth=mini.flow("t/yr", "增长", "Growth")(exponential.variables["growth"].function),
    )
    arrays = compiled(system, HORIZON)({"start_level": 1.0, "rate": 0.1}, {})
    table = to_table(to_dataset(system, HORIZON, arrays), "x", ["growth_rate"])
    assert list(table.year) == [2001, 2002, 2003]
    assert list(table.sector.unique()) == ["pond"]
    np.testing.assert_allclose(table.value, 100 * ((1 + 0.1 / 8) ** 8 - 1))
