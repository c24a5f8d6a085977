"""The inputs of the model for many points of a sample under one policy."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from calibration.estimated import Estimated, with_values
from calibration.posterior import Posterior, load
from calibration.process_noise import Noise, disturbances, noises, with_disturbances
from model.engine.horizon import Horizon
from model.inputs import START, levers
from model.scenario import Scenario, inputs_of
from model.scenario.lever_values import scaled, shifted

from .design import Design, DriverPart, DriversPart, LeverPart, ParameterPart, PosteriorPart
from .lever_changes import ChangedLever

Columns = Mapping[str, np.ndarray]
"""Values of a sample by dimension, one a point."""


class PolicyInputs:
    """What the points of a sample make of the inputs of one policy: parameters, levers and drivers that vary."""

    def __init__(self, design: Design, policy: Scenario):
        self.horizon = Horizon(START, design.last, design.steps)
        years = self.horizon.path_years
        self.constants, self.tables = inputs_of(policy, years)
        self._design, self._policy, self._years = design, policy, years
        self._levers = self._changed_levers()
        self._alternatives = {
            scenario.name: self._drivers_of(scenario)
            for _, part in design.parts_of(DriversPart)
            for scenario in part.scenarios
        }

    @functools.cached_property
    def varied(self) -> tuple[str, ...]:
        """The inputs that differ between points."""
        names = [part.lever for _, part in self._design.parts_of(LeverPart)]
        names += [part.number.parameter for _, part in self._design.parts_of(ParameterPart)]
        for _, drawn in self._design.parts_of(PosteriorPart):
            names += [number.parameter for number in stored_posterior(drawn.window).numbers]
        return tuple(dict.fromkeys([*names, *self._varied_drivers()]))

    def at(self, columns: Columns) -> dict[str, np.ndarray]:
        """The inputs `varied` at points of the sample, points first."""
        return {**self._lever_tables(columns), **self._parameters(columns), **self._driver_tables(columns)}

    # Levers

    def _changed_levers(self) -> list[tuple[str, ChangedLever, dict[str, str]]]:
        """Each part of a lever that varies: its lever, how it is computed, and its dimensions by kind of change."""
        groups: dict[tuple[str, str | None], dict[str, tuple[str, LeverPart]]] = {}
        for name, part in self._design.parts_of(LeverPart):
            groups.setdefault((part.lever, part.sector), {})[part.change] = (name, part)
        found = []
        for (lever, _), group in groups.items():
            parts = {change: part for change, (_, part) in group.items()}
            changed = ChangedLever(levers()[lever], self._policy.levers.get(lever), parts, self._years)
            found.append((lever, changed, {change: name for change, (name, _) in group.items()}))
        return found

    def _lever_tables(self, columns: Columns) -> dict[str, np.ndarray]:
        tables: dict[str, np.ndarray] = {}
        for lever, changed, names in self._levers:
            changes = {kind: np.asarray(columns[name], dtype=float) for kind, name in names.items()}
            tables[lever] = changed.tables(changes, tables.get(lever))
        return tables

    # Parameters

    def _parameters(self, columns: Columns) -> dict[str, np.ndarray]:
        numbers: list[Estimated] = []
        values: list[np.ndarray] = []
        for name, drawn in self._design.parts_of(PosteriorPart):
            posterior = stored_posterior(drawn.window)
            numbers += posterior.numbers
            values += list(posterior.draws[np.asarray(columns[name], dtype=int)].T)
        for name, part in self._design.parts_of(ParameterPart):
            numbers.append(part.number)
            values.append(np.asarray(columns[name], dtype=float))
        return with_values(numbers, np.stack(values, axis=1), self.constants) if numbers else {}

    # Drivers

    def _varied_drivers(self) -> list[str]:
        names = [part.driver for _, part in self._design.parts_of(DriverPart)]
        for _, alternatives in self._design.parts_of(DriversPart):
            names += [name for scenario in alternatives.scenarios for name in scenario.drivers]
        if any(part.disturbed for _, part in self._design.parts_of(PosteriorPart)):
            names += [noise.driver for noise in noises()]
        return list(dict.fromkeys(names))

    def _driver_tables(self, columns: Columns) -> dict[str, np.ndarray]:
        points = len(next(iter(columns.values())))
        tables = {name: np.repeat(self.tables[name][None], points, axis=0) for name in self._varied_drivers()}
        for name, _ in self._design.parts_of(DriversPart):
            for scenario, changed in self._alternatives.items():
                rows = np.asarray(columns[name]) == scenario
                for driver, table in changed.items():
                    tables[driver][rows] = table
        for name, part in self._design.parts_of(DriverPart):
            change = scaled if part.mark == "multiply" else shifted
            for k, number in enumerate(np.asarray(columns[name], dtype=float)):
                old = tables[part.driver][k]
                tables[part.driver][k] = change(old, self._years, number, part.first, part.last)
        for name, drawn in self._design.parts_of(PosteriorPart):
            if drawn.disturbed:
                self._disturb(tables, drawn, np.asarray(columns[name], dtype=int))
        return tables

    def _drivers_of(self, scenario: Scenario) -> dict[str, np.ndarray]:
        """Tables of the drivers that an alternative sets, on top of the policy's."""
        joined = self._policy.model_copy(update={"drivers": {**self._policy.drivers, **scenario.drivers}})
        tables = inputs_of(joined, self._years)[1]
        return {name: tables[name] for name in scenario.drivers}

    def _disturb(self, tables: dict[str, np.ndarray], part: PosteriorPart, draws: np.ndarray) -> None:
        """Add the disturbances of the draws to the tables of the disturbed drivers."""
        for noise in noises():
            length = tables[noise.driver].shape[1]
            moves = _all_disturbances(noise, part.window, START + length - 1)
            tables[noise.driver] = with_disturbances(noise, tables[noise.driver], moves[draws])


@functools.cache
def stored_posterior(window: int) -> Posterior:
    """The stored calibration to the observations up to a year."""
    return load(window)


@functools.lru_cache(maxsize=8)
def _all_disturbances(noise: Noise, window: int, last: int) -> np.ndarray:
    """Disturbances of a driver for every draw of a calibration."""
    return disturbances(noise, len(stored_posterior(window).draws), window, last)
