"""The units of the model: read by pint and right in size."""

import pytest

from model.engine import UnitError, units
from model.inputs import FOLDER
from model.system import system


@pytest.fixture(autouse=True)
def _definitions():
    units.load(FOLDER / "units.txt")


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("亿元", "yuan", 1e8),
        ("亿元/yr", "万元/yr", 1e4),
        ("tce", "GJ", 29.3076),
        ("Mtce", "kgce", 1e9),
        ("Mtce/Mt", "kgce/t", 1e3),
        ("Mtce/亿元", "tce/万元", 100),
        ("M weight cases", "Mt", 0.05),
        ("Mt CO2", "tCO2", 1e6),
        ("MtCO2/Mtce", "tCO2/tce", 1),
        ("%/yr", "1/yr", 0.01),
        ("亿元/person", "万元/person", 1e4),
    ],
)
def test_units_have_their_size(source, target, factor):
    assert units.conversion_factor(source, target) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(("source", "target"), [("Mt CO2", "Mt"), ("Mtce", "Mt"), ("亿元", "1"), ("person", "1")])
def test_units_that_must_not_be_mixed_have_dimensions_of_their_own(source, target):
    with pytest.raises(UnitError, match="different dimensions"):
        units.conversion_factor(source, target)


def test_every_unit_of_the_model_can_be_read():
    model = system()
    for entry in (*model.variables.values(), *model.inputs.values()):
        units.unit(entry.unit)
