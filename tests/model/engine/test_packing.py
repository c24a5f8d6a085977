"""Inputs that do not fit are refused by name, for single runs and for ensembles; others get where they belong."""

import re

import numpy as np
import pytest

from model.engine import DeclarationError, auxiliary
from model.engine.checked_system import Input
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled

from . import mini

FISHERY = mini.fishery()
HORIZON = Horizon(mini.START, mini.START + 3, 4)
OTHERS = {name: value for name, value in mini.FISHERY_PARAMETERS.items() if name != "skill"}
TABLES = mini.fishery_tables()


def refused(message, parameters=None, tables=None):
    """Both kinds of run end with exactly this message."""
    given = (mini.FISHERY_PARAMETERS if parameters is None else parameters, TABLES if tables is None else tables)
    members = {"lifetime": np.array([5.0, 6.0])}
    for run in (
        lambda: compiled(FISHERY, HORIZON)(*given),
        lambda: compiled_batch(FISHERY, HORIZON, ("lifetime",))(members, *given),
    ):
        with pytest.raises(DeclarationError, match=f"^{re.escape(message)}$"):
            run()


def test_an_input_that_is_missing():
    refused("skill: no parameter of this name is given; give every input a value", OTHERS)
    refused("demand: no table of this name is given; give every input a value", None, {"quota": TABLES["quota"]})


def test_an_input_that_is_unknown():
    refused("skil: the model has no such parameter; did you mean skill?", {**mini.FISHERY_PARAMETERS, "skil": 1.0})
    refused("weather: the model has no such table", None, {**TABLES, "weather": TABLES["demand"]})
    refused("skill: the model has no such table", None, {**TABLES, "skill": TABLES["demand"]})


@pytest.mark.parametrize(
    ("value", "shape"), [(80.0, "()"), (np.ones(3), "(3,)"), (np.ones((1, 2)), "(1, 2)"), (np.ones((2, 1)), "(2, 1)")]
)
def test_a_parameter_of_a_wrong_shape(value, shape):
    parameters = {**mini.FISHERY_PARAMETERS, "room": value}
    refused(f"room: the parameter has shape {shape}, it needs (2,)", parameters)


def test_a_scalar_parameter_given_as_an_array():
    refused("skill: the parameter has shape (2,), it needs ()", {**OTHERS, "skill": np.ones(2)})


@pytest.mark.parametrize(
    ("name", "shape", "needed"),
    [
        ("demand", (3,), (4,)),
        ("demand", (6,), (4,)),
        ("demand", (), (4,)),
        ("demand", (4, 1), (4,)),
        ("quota", (4,), (4, 2)),
        ("quota", (2, 4), (4, 2)),
        ("quota", (5, 3), (4, 2)),
    ],
)
def test_a_table_of_a_wrong_shape(name, shape, needed):
    refused(f"{name}: the table has shape {shape}, it needs {needed}", None, {**TABLES, name: np.ones(shape)})


def test_a_name_to_vary_that_is_no_input():
    with pytest.raises(DeclarationError, match=r"^lifetim: no input of this name to vary; did you mean lifetime\?$"):
        compiled_batch(FISHERY, HORIZON, ("lifetim",))
    with pytest.raises(DeclarationError, match="^fleet: no input of this name to vary"):
        compiled_batch(FISHERY, HORIZON, ("fleet",))


def test_a_variable_to_report_that_does_not_exist():
    for build in (
        lambda: compiled(FISHERY, HORIZON, ("flet",)),
        lambda: compiled_batch(FISHERY, HORIZON, ("lifetime",), ("flet",)),
    ):
        with pytest.raises(DeclarationError, match=r"^flet: no variable of this name; did you mean fleet\?$"):
            build()


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("room", np.ones(3), "room: the parameter has shape (), it needs (2,)"),
        ("room", np.ones((3, 3)), "room: the parameter has shape (3,), it needs (2,)"),
        ("lifetime", np.ones((3, 2)), "lifetime: the parameter has shape (2,), it needs ()"),
        ("demand", np.ones((3, 3)), "demand: the table has shape (3,), it needs (4,)"),
        ("quota", np.ones((3, 4, 1)), "quota: the table has shape (4, 1), it needs (4, 2)"),
    ],
)
def test_members_of_a_wrong_shape(name, values, message):
    run = compiled_batch(FISHERY, HORIZON, (name,))
    with pytest.raises(DeclarationError, match=f"^{re.escape(message)}$"):
        run({name: values}, mini.FISHERY_PARAMETERS, TABLES)


def test_an_error_leaves_the_function_usable():
    run = compiled(FISHERY, HORIZON, ("fleet",))
    before = run(mini.FISHERY_PARAMETERS, TABLES)["fleet"]
    with pytest.raises(DeclarationError):
        run(OTHERS, TABLES)
    np.testing.assert_array_equal(run(mini.FISHERY_PARAMETERS, TABLES)["fleet"], before)


def test_results_do_not_change_with_later_runs():
    """They are copies, not parts of a memory that the next run uses."""
    run = compiled(FISHERY, HORIZON, ("fleet",))
    first = run(mini.FISHERY_PARAMETERS, TABLES)["fleet"]
    content = first.copy()
    later = run({**mini.FISHERY_PARAMETERS, "first_fleet": 9.0}, TABLES)["fleet"]
    np.testing.assert_array_equal(first, content)
    assert not np.array_equal(later, content)


def echoing(interpolation="step"):
    """Every input as a variable: two arrays and a scalar of parameters, an array and a scalar that change by year."""

    @auxiliary("t", "甲", "First", over=mini.SITE)
    def first(by_site):
        """A parameter."""
        return by_site

    @auxiliary("t", "乙", "Second")
    def second(scalar):
        """A parameter."""
        return scalar

    @auxiliary("t", "丙", "Third", over=mini.SITE)
    def third(path_by_site, other_by_site):
        """A path and a parameter."""
        return path_by_site + other_by_site

    @auxiliary("t", "丁", "Fourth")
    def fourth(path):
        """A path."""
        return path

    inputs = [
        Input("by_site", "parameter", "t", axis=mini.SITE),
        Input("scalar", "parameter", "t"),
        Input("other_by_site", "parameter", "t", axis=mini.SITE),
        Input("path_by_site", "lever", "t", axis=mini.SITE, interpolation=interpolation),
        Input("path", "driver", "t", interpolation=interpolation),
    ]
    return mini.system_of(inputs, [mini.SITE], first=first, second=second, third=third, fourth=fourth)


PARAMETERS = {"by_site": np.array([1, 2]), "scalar": 3, "other_by_site": [10, 20]}
PATHS = {"path_by_site": np.array([[100.0, 200], [300, 400]]), "path": [5, 7]}


@pytest.mark.parametrize("backwards", [False, True])
def test_every_number_gets_where_it_belongs_whatever_its_type_and_the_order_of_names(backwards):
    order = reversed if backwards else iter
    parameters = {name: PARAMETERS[name] for name in order(list(PARAMETERS))}
    found = compiled(echoing(), Horizon(2000, 2001, 4))(parameters, PATHS)
    np.testing.assert_array_equal(found["first"], [[1, 2], [1, 2]])
    np.testing.assert_array_equal(found["second"], [3, 3])
    np.testing.assert_array_equal(found["third"], [[110, 220], [310, 420]])
    np.testing.assert_array_equal(found["fourth"], [5, 7])


def test_a_row_for_the_year_after_leads_linear_paths_on():
    """Means of the second year in quarters, 7 in its middle: first from 6 on, then flat or half way to 9."""
    run = compiled(echoing("linear"), Horizon(2000, 2001, 4), ("fourth",))
    flat, leading = ({**PATHS, "path": path} for path in ([5, 7], [5, 7, 9]))
    assert run(PARAMETERS, flat)["fourth"][1] == pytest.approx((6 / 2 + 6.5 + 7 + 7 + 7 / 2) / 4)
    assert run(PARAMETERS, leading)["fourth"][1] == pytest.approx((6 / 2 + 6.5 + 7 + 7.5 + 8 / 2) / 4)
