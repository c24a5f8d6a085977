"""Names and units as XMILE takes them."""

import pytest

from model.engine import Axis
from model.engine.errors import DeclarationError
from model.engine.xmile.names import element_labels, parse_unit, safe_name, unit_text


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("1", "dmnl"),
        ("%", "percent"),
        ("1/yr", "1/yr"),
        ("亿元/yr", "亿元/yr"),
        ("亿元/yr/yr*yr", "亿元/yr"),
        ("亿元/(Mtce/yr)", "亿元*yr/Mtce"),
        ("m^3/万元", "m*m*m/万元"),
        ("t/(m^2*yr)", "t/m/m/yr"),
        ("t/yr^-1", "t*yr"),
    ],
)
def test_units_are_products_and_quotients(unit, written):
    assert unit_text(parse_unit(unit)) == written


def test_a_unit_that_begins_with_a_power_is_refused():
    with pytest.raises(DeclarationError, match="power needs a symbol"):
        parse_unit("^2")


def test_words_of_xmile_are_no_names():
    assert safe_name("output") == "output"
    assert safe_name("Size") == "Size_value"
    assert safe_name("level", {"level", "level_value"}) == "level_value_value"


def test_labels_that_are_names_of_variables_are_told_apart():
    axis = Axis("measure", ("talent", "all"))
    assert element_labels([axis], ["Talent", "cost"]) == {"measure": ("the_talent", "all")}
