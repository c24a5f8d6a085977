"""Lever values of `--set`: short forms and YAML."""

import pytest

from model.scenario import lever_value
from model.scenario.lever_setting import parse_setting
from model.scenario.lever_values import BySector, Constant, DelayedPath, NamedPath, RaisedPath, ScaledPath


def setting(name, text, sector=None):
    problems = []
    value = parse_setting(name, sector, text, lambda _, text: problems.append(text.en))
    return value, problems


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x1.2", ScaledPath(1.2)),
        ("×0.5@2018", ScaledPath(0.5, first=2018)),
        ("+5", RaisedPath(5.0)),
        ("-2.5@2020", RaisedPath(-2.5, first=2020)),
        ("add:+5", RaisedPath(5.0)),
        ("add:-2.5@2020", RaisedPath(-2.5, first=2020)),
        ("delay:2", DelayedPath(2)),
        ("delay:-1", DelayedPath(-1)),
        ("{scale: 1.2, from: 2018}", ScaledPath(1.2, first=2018)),
        ("150", Constant(150.0)),
        ("1.5e2", Constant(150.0)),
        ("document", NamedPath("document")),
        ("{2016: 150, 2020: 200}", lever_value("energy_efficiency", {2016: 150, 2020: 200})),
    ],
)
def test_short_forms_and_yaml_on_the_command_line(text, value):
    assert setting("energy_efficiency", text) == (value, [])
    assert setting("capacity_closure", "x1.2", "steel") == (BySector((("steel", ScaledPath(1.2)),)), [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("\uff13\uff10\uff10", "'\uff13\uff10\uff10' is no value"),
        ("x\uff11", "'x\uff11' is no value"),
        ("true", "true is no finite number"),
        ("0300", "'0300' is no plain number"),
        ("{scale: 1.2", "this is not valid YAML"),
        ("200\nextra: 1", "is no value"),
        ("x1.2@18", "'x1.2@18' is no value"),
        ("x1.2@2050", "2050 is no year of the model"),
        ("delay:1.5", "'delay:1.5' is no value"),
        ("", "'' is no value"),
        ("&a 200", "anchors"),
    ],
)
def test_what_is_refused_on_the_command_line(text, wrong):
    value, problems = setting("energy_efficiency", text)
    assert value is None
    assert wrong in problems[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("-5", Constant(-5.0)), ("-0.5", Constant(-0.5)), ("+2", Constant(2.0)), ("add:-5", RaisedPath(-5.0))],
)
def test_a_signed_number_is_a_value_of_a_lever_that_may_be_negative(text, value):
    assert setting("output_cap", text) == (value, [])


def test_a_signed_number_with_a_year_is_refused_where_a_lever_may_be_negative():
    value, problems = setting("output_cap", "-5@2018")
    assert value is None
    assert "'-5@2018' is no value" in problems[0]
