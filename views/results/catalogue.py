"""The charts that can be chosen: which indicators, in which unit, with which observations and targets."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from model.indicator_tags import tagged
from model.targets import modelled_targets
from views.display_units import DisplayUnit, display_unit
from views.language import Locale
from views.palette import BLACK, BLUE, GREEN, ORANGE, PURPLE, SECTOR_STYLES, VERMILION

LEAD = "equipment_minus_steel_share"
INTENSITY = "energy_per_above_scale_industrial_va_change_cumulative"
STEEL_OUTPUT, STEEL_CAPACITY = "crude_steel_output", "steelmaking_capacity"
HEADLINES = tagged("figures")
"""Indicators of the four figures at the top."""
BELT_VALUE, BELT_SHARE, BELT_ENERGY = "belt_va_nominal", "belt_va_share", "belt_energy"


@dataclass(frozen=True)
class Line:
    """One line of a chart: an indicator, and which element of its axis ("sum" adds over it).

    `name` is a key of the text catalogue under `line`; observations are looked up by indicator and `observed`.
    """

    indicator: str
    element: str | None
    name: str
    style: tuple[str, str]
    observed: str | None = None
    strong: bool = True


@dataclass(frozen=True)
class Chart:
    """A chart: its lines in unit `unit`, which is the indicator's own times `scale`.

    Readers see them in the unit of their language; `size`, a usual value in `unit`, decides between greater and smaller
    ones, the same for all settings, so that charts can be compared.
    """

    id: str
    unit: str
    lines: tuple[Line, ...]
    scale: float = 1.0
    from_zero: bool = True
    size: float = 1.0

    def display(self, locale: Locale) -> DisplayUnit:
        """How values in `unit` are shown."""
        return display_unit(self.unit, locale, self.size)

    def scale_in(self, locale: Locale) -> float:
        """Factor from the indicator's own unit to the one that is shown."""
        return self.display(locale).scaled(self.scale)


def _sectors(indicator: str, sectors: tuple[str, ...], strong: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(Line(indicator, s, s, SECTOR_STYLES[s], s, s in strong) for s in sectors)


def _single(
    chart_id: str, indicator: str, unit: str, style: tuple[str, str] = (BLUE, "solid"), of: str = "all", **how: Any
) -> Chart:
    """A chart of one indicator, whose line is named like the chart."""
    return Chart(chart_id, unit, (Line(indicator, None, chart_id, style, of),), **how)


CHARTS = {
    chart.id: chart
    for chart in (
        Chart(
            "shares",
            "%",
            _sectors(
                "sector_va_share",
                ("steel", "equipment", "petrochemical", "food", "building_materials", "textile", "pharmaceutical"),
                ("steel", "equipment"),
            ),
        ),
        Chart(
            "lead",
            "pp",
            (Line(LEAD, None, "lead", (BLUE, "solid"), "all"),),
            from_zero=False,
        ),
        Chart(
            "energy_intensity",
            "%",
            (Line(INTENSITY, None, "energy_intensity", (BLUE, "solid"), "all"),),
            from_zero=False,
        ),
        Chart(
            "steel_output", "Mt", (Line(STEEL_OUTPUT, None, "steel_output", (VERMILION, "solid"), "steel"),), size=200.0
        ),
        Chart(
            "steel_capacity",
            "Mt",
            (Line(STEEL_CAPACITY, None, "steel_capacity", (VERMILION, "solid"), "steel"),),
            size=250.0,
        ),
        Chart(
            "utilisation",
            "%",
            (Line("steel_capacity_utilisation", None, "utilisation", (VERMILION, "solid"), "steel"),),
        ),
        Chart("adoption", "%", _sectors("smart_adoption", ("all", "equipment", "steel", "textile"), ("all",))),
        Chart(
            "employment",
            "10k people",
            (
                Line("employment", "sum", "employment", (BLACK, "solid"), "all"),
                *_sectors("employment", ("steel", "equipment"), ("steel", "equipment")),
            ),
            scale=1e-4,
            size=400.0,
        ),
        Chart("co2", "Mt CO2", (Line("co2_emissions_industry", None, "co2", (BLACK, "solid"), "all"),), size=700.0),
        Chart("energy", "Mtce", _sectors("energy_consumption_industry", ("all", "steel"), ("all", "steel"))),
        Chart(
            "cost",
            "亿元/yr",
            (
                Line("public_cost", "all", "public_cost", (BLUE, "solid")),
                Line("private_cost", "all", "private_cost", (ORANGE, "dashed")),
            ),
        ),
        Chart(
            "capacity_cut",
            "Mt",
            (
                Line("steel_capacity_cut", None, "steel", (VERMILION, "solid"), "steel"),
                Line("cement_capacity_cut", None, "cement", (ORANGE, "dashed"), "cement"),
            ),
        ),
        _single("glass_cut", "plate_glass_capacity_cut", "M weight cases", of="glass"),
        _single("quality", "quality_competitiveness_index", "1", from_zero=False),
        _single("services", "service_oriented_share", "%"),
        _single("research_personnel", "research_personnel", "10k people", scale=1e-4),
        _single("tech_smes", "tech_smes", "firm"),
        _single("foreign_investment", "foreign_investment_actual", "亿元"),
        Chart(
            "pollutants",
            "10k t",
            (
                Line("so2_emissions_industry", None, "so2", (BLUE, "solid"), "all"),
                Line("nox_emissions_industry", None, "nox", (PURPLE, "dashed"), "all"),
                Line("soot_and_dust_emissions_industry", None, "dust", (ORANGE, "dotted"), "all"),
            ),
            scale=100.0,
        ),
        _single("water", "water_per_industrial_va", "m^3/万元"),
        _single("solid_waste", "solid_waste_utilisation", "%", (GREEN, "solid")),
        Chart(
            "displaced",
            "10k people",
            (
                Line("displaced_workers_total", None, "displaced", (VERMILION, "solid"), "all"),
                Line("workers_retrained", None, "retrained", (BLUE, "dashed"), "all"),
            ),
            scale=1e-4,
        ),
        _single("approval_delay", "approval_delay", "yr"),
        _single("projects_awaiting", "projects_awaiting", "亿元/yr"),
        Chart(
            "steel_profit",
            "亿元",
            (Line("sector_operating_profit", "steel", "steel_profit", (VERMILION, "solid"), "steel"),),
            size=1000.0,
        ),
        _single("steel_price", "steel_price_index", "1", (VERMILION, "solid"), of="steel"),
        _single("tax", "tax_revenue", "亿元/yr", size=1000.0),
    )
}
"""All charts by id, in the order of the list."""


def line_name(line: Line, locale: Locale) -> str:
    """Short name of a line: that of its sector, or its own."""
    return locale.translate(f"line.{line.name}")


@functools.cache
def indicators_used() -> tuple[str, ...]:
    """The indicators that the app computes in a run, and no others."""
    used: list[str] = [line.indicator for chart in CHARTS.values() for line in chart.lines]
    wanted = [target.indicator for target in modelled_targets() if target.indicator]
    return tuple(dict.fromkeys([*used, *HEADLINES, *tagged("app"), *wanted]))
