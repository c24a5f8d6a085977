"""The model with one scenario as a file for other system-dynamics programs (XMILE)."""

from __future__ import annotations

from importlib import metadata

from .definitions import definition
from .engine import units
from .engine.checked_system import System
from .engine.xmile import CONSTANTS, TABLES, Heading, xmile_text
from .inputs import Driver, Lever, Parameter, drivers, levers, parameters
from .reading_order import READING_ORDER
from .run import STEPS, horizon_of
from .scenario import Scenario, inputs_of
from .system import system

FORMATS = ("xmile",)
"""Formats in which the model can be exported."""
VENDOR = "hebei2025"


class ExportError(ValueError):
    """A scenario that cannot be exported; the message says why."""


def xmile_of(scenario: Scenario, until: int | None = None, steps: int = STEPS, method: str = "euler") -> str:
    """The model with the levers, drivers and parameters of a scenario as the text of an XMILE 1.0 file.

    The arguments are those of `simulate`. Annual statistics are left out. Raises a RunError for an argument that is not
    allowed, an ExportError for a scenario with discrete projects.
    """
    horizon = horizon_of(scenario, until, steps, method)
    if scenario.pipeline is not None:
        raise ExportError(
            f"{scenario.name}: discrete projects (`pipeline: stochastic`) cannot be written as XMILE; "
            "take `pipeline` out"
        )
    model = system()
    constants, tables = inputs_of(scenario, horizon.path_years)
    return xmile_text(model, horizon, {**constants, **tables}, _heading(scenario), _docs(model), units.aliases())


def _heading(scenario: Scenario) -> Heading:
    titles = {name: f"第{k}章 chapter {k} {name}" for k, name in enumerate(READING_ORDER, start=1)}
    titles |= {TABLES: "政策措施与驱动变量 levers and drivers", CONSTANTS: "常数 constants"}
    title = f"hebei2025 {scenario.text('title', 'zh')} {scenario.text('title', 'en')}"
    description = f"{scenario.text('description', 'zh')}\n{scenario.text('description', 'en')}".strip()
    return Heading(title, description, VENDOR, metadata.version("hebei2025"), chapters=titles)


def _docs(model: System) -> dict[str, str]:
    """What is said about each variable and input: its name, definition and source, in both languages."""
    docs = {
        name: "\n".join((variable.zh, definition(variable, "zh"), variable.en, definition(variable, "en")))
        for name, variable in model.variables.items()
        if variable.kind != "annual"
    }
    docs |= {name: _of_parameter(parameter) for name, parameter in parameters().items()}
    docs |= {name: _of_driver(driver) for name, driver in drivers().items()}
    return docs | {name: _of_lever(lever) for name, lever in levers().items()}


def _of_parameter(parameter: Parameter) -> str:
    factor = " × " if parameter.relative else ""
    low, high = parameter.ends
    bounds = f"{factor}{low:g} – {factor}{high:g}"
    zh = f"{parameter.zh}\n参数；范围 {bounds}；证据等级 {parameter.grade}"
    return f"{zh}\n{parameter.en}\nParameter; range {bounds}; grade of evidence {parameter.grade}\n{_source(parameter)}"


def _of_driver(driver: Driver) -> str:
    zh = f"{driver.zh}\n外生驱动变量；证据等级 {driver.grade}"
    return f"{zh}\n{driver.en}\nExogenous driver; grade of evidence {driver.grade}\n{_source(driver)}"


def _of_lever(lever: Lever) -> str:
    zh = f"{lever.zh}\n政策措施；证据等级 {lever.grade}\n{lever.what.zh}"
    return f"{zh}\n{lever.en}\nPolicy lever; grade of evidence {lever.grade}\n{lever.what.en}\n{_source(lever)}"


def _source(entry: Parameter | Driver | Lever) -> str:
    return f"来源 Source: {entry.source}"
