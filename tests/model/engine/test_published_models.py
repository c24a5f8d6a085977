"""Ports of published test models (see test_models/README.md): every column at every time, to the digits printed."""

import csv
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from model.engine import units
from model.engine.checked_system import System

FOLDER = Path(__file__).parent / "test_models"
MODELS = sorted(path.stem for path in FOLDER.glob("*.csv"))
PRINTED = {"lotka_volterra": 12}
"""Significant digits to compare, where they are not 6; Lotka-Volterra is printed in double precision."""
OFF = {"sir": 3, "teacup": 3, "subscript_1d_arrays": 1.01}
"""How far the last digit may be off, where that is more than rounding: sums over many steps in single precision."""
ROUNDED = 0.51
NOTHING = 1e-6
"""Smaller numbers are what is left over from rounding sums, unless more than 6 digits are printed."""


def _system(name):
    port = import_module(f"{__package__}.test_models.{name}")
    return port, System.from_chapters([port], port.INPUTS, port.AXES)


def _expected(name):
    """The columns of a model: numbers by title, NaN where a cell is empty."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    table = np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])
    return dict(zip(header, table.T, strict=True))


def _column(title, system, values, parameters):
    """The simulated series of a column: a variable or a parameter, or an entry of one."""
    name, _, labels = title.rstrip("]").partition("[")
    name = re.sub(r"\W+", "_", name.lower())
    wanted = labels.split(",") if labels else []
    if name in parameters:
        axes = [axis for axis in [system.inputs[name].axis] if axis]
        series = np.asarray(parameters[name], dtype=float)[None]
    else:
        axes, series = system.variables[name].axes, np.asarray(values[name])
    places = [next(axis.index(label) for label in wanted if label in axis.labels) for axis in axes]
    assert len(places) == len(wanted), title
    return series[(slice(None), *places)]


@pytest.mark.parametrize("name", MODELS)
def test_a_published_model_has_its_published_results(name, run_model):
    port, system = _system(name)
    values = run_model(system, port.HORIZON, port.PARAMETERS, {}, every_step=True)
    expected = _expected(name)
    times = expected.pop("Time")
    np.testing.assert_allclose(port.HORIZON.times[: len(times)], times, atol=5e-5)
    assert len(port.HORIZON.years) == times[-1] + 1
    for title, column in expected.items():
        given = ~np.isnan(column)
        series = np.broadcast_to(_column(title, system, values, port.PARAMETERS)[: len(times)], times.shape)
        size = np.maximum(np.abs(column), 1e-300 if name in PRINTED else NOTHING)
        last_digit = 10.0 ** (np.floor(np.log10(size)) + 1 - PRINTED.get(name, 6))
        off = (np.abs(series - column) / last_digit)[given]
        assert off.max() <= OFF.get(name, ROUNDED), f"{title}: {off.max():.2f} off at {times[given][off.argmax()]}"


@pytest.mark.parametrize("name", MODELS)
def test_the_units_of_a_port_are_sound(name):
    assert units.check_units(_system(name)[1]) == []


def test_every_published_model_is_there():
    assert len(MODELS) == 11
    assert sum(len(_expected(name)) - 1 for name in MODELS) == 167
