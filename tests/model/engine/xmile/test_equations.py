"""The text of equations, worked out by hand."""

import numpy as np
import pytest

from model.engine import Axis, auxiliary
from model.engine.checked_system import Input
from model.engine.errors import DeclarationError
from model.engine.ops import (
    element,
    logistic,
    maximum,
    power,
    ratio,
    regroup,
    rounded,
    smooth_minimum,
    softened_minimum,
    stack,
    total,
    where,
)
from model.engine.xmile.equations import number_text

from ..mini import SITE, system_of
from .support import HORIZON, equation, exported

GROUP = Axis("group", ("coast", "inland_hills"))
INPUTS = [
    Input("a", "parameter", "1", axis=SITE),
    Input("b", "parameter", "1", axis=SITE),
    Input("x", "parameter", "1"),
    Input("y", "parameter", "1"),
]
NUMBERS = {"a": np.array([1.0, 2.0]), "b": np.array([3.0, 4.0]), "x": 5.0, "y": 6.0}


def text(function, over=None, unit="1"):
    """The equation that is written for a function of inputs."""
    function.__doc__ = "Result."
    declared = auxiliary(unit, "结果", "Result", over=over)(function)
    system = system_of(INPUTS, [SITE, GROUP], result=declared)
    return equation(exported(system, HORIZON, NUMBERS), "result")


SMALL_TO_LARGE = "(IF ABS(MAX(x, y)) < 1e-250 THEN 0 ELSE MIN(x, y)/MAX(x, y))"
RATIO_TO_20 = f"(IF {SMALL_TO_LARGE} > 0 THEN {SMALL_TO_LARGE}^20 ELSE 0)"
SCALARS = [
    (lambda x, y: x - (y - x), "x - (y - x)"),
    (lambda x, y: x - y - x, "x - y - x"),
    (lambda x, y: x / (y * x), "x/(y*x)"),
    (lambda x, y: (x + y) * x / y, "(x + y)*x/y"),
    (lambda x, y: x * (y / x), "x*(y/x)"),
    (lambda x, y: -(x + y) * x, "(-(x + y))*x"),
    (lambda x, y: 2.5 * x - 1e-7, "2.5*x - 1e-07"),
    (lambda x, y: x * -3.0, "x*(-3)"),
    (lambda x, y: (x + y) * (x + y), "(x + y)^2"),
    (lambda x, y: maximum(x, 0) + y, "MAX(x, 0) + y"),
    (lambda x, y: ratio(x, y), "IF ABS(y) < 1e-250 THEN 0 ELSE x/y"),
    (lambda x, y: 1 + ratio(x, y), "1 + (IF ABS(y) < 1e-250 THEN 0 ELSE x/y)"),
    (lambda x, y: power(x, y), "IF x > 0 THEN x^y ELSE 0"),
    (lambda x, y: logistic(x - y), "1/(1 + EXP(-(x - y)))"),
    (lambda x, y: where((x > y) & (x < 9.0), x, y), "IF x > y AND x < 9 THEN x ELSE y"),
    (lambda x, y: where(~(x > y), x, y), "IF (NOT (x > y)) THEN x ELSE y"),
    (lambda x, y: x * where(x >= y, x, y), "x*(IF x >= y THEN x ELSE y)"),
    (
        lambda x, y: smooth_minimum(x, y),
        "MIN(x, y)/SQRT(SQRT(SQRT(1 + (((MIN(x, y)/(IF MAX(x, y) > 0 THEN MAX(x, y) ELSE 1))^2)^2)^2)))",
    ),
    (
        lambda x, y: softened_minimum(x, y, 20.0),
        f"MIN(x, y)*(IF 1 + {RATIO_TO_20} > 0 THEN (1 + {RATIO_TO_20})^(-0.05) ELSE 0)",
    ),
    (lambda x, y: rounded(x), "(IF x - INT(x) = 0.5 THEN 2*INT(0.5*x + 0.5) ELSE INT(x + 0.5))"),
]


@pytest.mark.parametrize(("function", "expected"), SCALARS, ids=[expected for _, expected in SCALARS])
def test_operations_of_scalars(function, expected):
    def result(x, y):
        return function(x, y)

    assert text(result) == expected


def test_an_array_has_one_equation_where_its_entries_are_alike():
    def result(a, b, x):
        return a * x + maximum(a, b)

    assert text(result, SITE) == "a[site]*x + MAX(a[site], b[site])"


def test_one_entry_of_an_array_beside_all_of_another():
    def result(a, b):
        return a / element(b, SITE, "south")

    assert text(result, SITE) == "a[site]/b[south]"


def test_sums_are_written_out():
    def result(a, b, x):
        return x * total(a * b)

    assert text(result) == "x*(a[north]*b[north] + a[south]*b[south])"


def test_entries_that_differ_have_equations_of_their_own_with_spaces_in_their_labels():
    def result(a, x):
        return stack(GROUP, coast=element(a, SITE, "north"), inland_hills=x)

    assert text(result, GROUP) == {"coast": "a[north]", "inland hills": "x"}


def test_groups_of_another_axis():
    def result(a):
        return regroup(a, np.array([[1.0, 1.0], [0.0, 1.0]]))

    assert text(result, GROUP) == {"coast": "a[north] + a[south]", "inland hills": "a[south]"}


def test_arrays_over_axes_of_one_size_are_written_entry_by_entry():
    """XMILE does not combine the axis `site` with the axis `group`, numpy does."""

    def result(a):
        return 2 * a

    assert text(result, GROUP) == {"coast": "2*a[north]", "inland hills": "2*a[south]"}


def test_numbers_are_written_with_all_their_digits():
    expected = {1.0: "1", 0.1: "0.1", 1 / 3: "0.3333333333333333", 1e20: "1e+20", -2.5: "-2.5"}
    assert {value: number_text(value) for value in expected} == expected
    with pytest.raises(DeclarationError, match="inf cannot be written"):
        number_text(float("inf"))
