"""Units as statistics write them, in the unit of the model."""

import pandas as pd
import pytest

from calibration.observation_file import ObservationError
from calibration.observed_units import converted, factor, of_one_unit
from model.engine.errors import UnitError


@pytest.mark.parametrize(
    ("shown", "wanted", "expected"),
    [
        ("万吨", "Mt", 0.01),
        ("亿吨", "Mt", 100),
        ("千吨", "Mt", 0.001),
        ("吨", "Mt", 1e-6),
        ("10^4 t", "Mt", 0.01),
        ("10000 t", "Mt", 0.01),
        ("kt", "Mt", 0.001),
        ("million tonnes", "Mt", 1),
        ("万吨标准煤", "Mtce", 0.01),
        ("万吨二氧化碳", "Mt CO2", 0.01),
        ("t CO2", "Mt CO2", 1e-6),
        ("万元", "亿元", 1e-4),
        ("bn CNY", "亿元", 10),
        ("100 million yuan", "亿元", 1),
        ("万人", "person", 1e4),
        ("person-years", "person", 1),
        ("m3/10^4 CNY", "m^3/万元", 1),
        ("立方米/万元", "m^3/万元", 1),
        ("千克标准煤/吨", "kgce/t", 1),
        ("1", "%", 100),
        ("％", "%", 1),
        ("个百分点", "%", 1),
        ("万重量箱", "M weight cases", 0.01),
        ("", "Mt", 1),
        ("Mt", "Mt", 1),
    ],
)
def test_factors(shown, wanted, expected):
    assert factor(shown, wanted) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("shown", ["Mt/yr", "%", "TRUE", "((", "家", "10^99999 t", "__import__('os')", "10^4", "Mt;"])
def test_units_that_do_not_fit(shown):
    with pytest.raises(UnitError):
        factor(shown, "Mt")


def table(*units):
    return pd.DataFrame({"series": "x", "value": 100.0, "unit": units, "line": range(2, 2 + len(units))})


def test_every_figure_is_converted_from_the_unit_of_its_row():
    assert converted(None, table("Mt", "万吨", ""), "Mt")["value"].tolist() == pytest.approx([100, 1, 100])
    with pytest.raises(ObservationError, match=r"f\.csv:3: unit 'tonns' of x cannot be read; allowed: Mt"):
        converted("f.csv", table("Mt", "tonns"), "Mt")
    with pytest.raises(ObservationError, match=r"f\.csv:2: unit 'yuan' of x has another dimension; allowed: Mt"):
        converted("f.csv", table("yuan"), "Mt")


def test_an_index_has_one_unit():
    assert of_one_unit(None, table("2015=100", ""), None)["unit"].tolist() == ["2015=100"] * 2
    with pytest.raises(ObservationError, match=r"f\.csv:3: unit '2010=100' of x cannot be compared"):
        of_one_unit("f.csv", table("2015=100", "2010=100"), None)
    with pytest.raises(ObservationError, match="f.csv:2: unit '2015=100'"):
        of_one_unit("f.csv", table("2015=100"), "1994=100")
