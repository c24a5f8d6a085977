"""Exporting small systems and running them in Simlin."""

import xml.etree.ElementTree as ET

import numpy as np
import simlin

from model.engine.horizon import Horizon
from model.engine.reference import run
from model.engine.xmile import Heading, xmile_text
from model.engine.xmile.document import NAMESPACE
from model.engine.xmile.names import element_labels

SPACES = {"": NAMESPACE}
HEADING = Heading("小模型 small model", "用于检验 for tests", "tests", "1.0")


def exported(system, horizon, numbers, docs=None):
    """The XML of a system."""
    return ET.fromstring(xmile_text(system, horizon, numbers, HEADING, docs or {}))


def equation(root, name):
    """The text of the equation of a variable, or its texts by subscript."""
    (variable,) = root.findall(f".//variables/*[@name='{name}']", SPACES)
    single = variable.find("eqn", SPACES)
    if single is not None:
        return single.text
    return {e.get("subscript"): e.find("eqn", SPACES).text for e in variable.findall("element", SPACES)}


def series_of(system, simulation):
    """The values of every variable in Simlin at the start of each step, time first; annual statistics left out."""
    labels = element_labels(system.axes, [*system.variables, *system.inputs])
    found = {}
    for name, variable in system.variables.items():
        if variable.kind != "annual":
            subscripts = [""]
            for axis in variable.axes:
                subscripts = [f"{s},{label}".lstrip(",") for s in subscripts for label in labels[axis.name]]
            names = [f"{name}[{s}]" if s else name for s in subscripts]
            columns = [simulation.get_series(n) for n in names]
            found[name] = np.stack(columns, axis=-1).reshape(len(columns[0]), *variable.shape)
    return found


def differences(system, horizon, parameters, tables, folder):
    """Largest difference between Simlin and the numpy reference for each variable, relative to its largest value."""
    file = folder / "model.xmile"
    file.write_text(xmile_text(system, horizon, {**parameters, **tables}, HEADING, {}), encoding="utf-8")
    expected = run(system, horizon, parameters, tables, every_step=True)
    return compared(system, file, expected)


def compared(system, file, expected):
    """Largest difference of each variable in Simlin from what is expected, relative to its largest value."""
    model = simlin.load(file)
    problems = [issue.message for issue in model.check()]  # errors, and warnings about units
    assert not problems, problems
    simulation = model.simulate()
    simulation.run_to_end()
    found = series_of(system, simulation)
    assert set(found) == set(expected)
    tiny = np.finfo(float).tiny
    return {
        name: float(np.max(np.abs(found[name][: len(values)] - values)) / max(np.max(np.abs(values)), tiny))
        for name, values in expected.items()
    }


HORIZON = Horizon(2000, 2003, 8)
