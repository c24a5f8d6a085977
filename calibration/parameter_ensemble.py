"""The run "as happened", or another scenario, for many sets of parameters at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from model.engine.chunks import Arrays, in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.inputs import START
from model.run import STEPS
from model.scenario import BASELINE, Scenario, inputs_of, shipped_scenarios
from model.system import system

from .estimated import Estimated, varied, with_values
from .process_noise import disturbed_tables, noises
from .series import fitted_series, needed_indicators


class Ensemble:
    """Runs of a scenario (default: as happened) up to the end of year `last`, with the given numbers varied.

    `outputs` are indicators (default: those of the fitted series); `steps` a year. With `noise_after`, national demand
    is disturbed in the years after this one, differently in every member (see process_noise): member k of every
    ensemble has the same disturbances.
    """

    def __init__(
        self,
        numbers: Sequence[Estimated],
        last: int,
        outputs: tuple[str, ...] | None = None,
        scenario: Scenario | None = None,
        steps: int = STEPS,
        noise_after: int | None = None,
    ):
        self.numbers, self.last = tuple(numbers), last
        self.outputs = outputs or needed_indicators(fitted_series())
        horizon = Horizon(START, last, steps)
        scenario = scenario or shipped_scenarios()[BASELINE]
        self._parameters, self._tables = inputs_of(scenario, horizon.path_years)
        self._noise_after = noise_after
        disturbed = () if noise_after is None else tuple(noise.driver for noise in noises())
        self._batch = compiled_batch(system(), horizon, (*varied(self.numbers), *disturbed), self.outputs)

    def indicators(self, values: np.ndarray) -> dict[str, np.ndarray]:
        """Indicators for each row of `values` (members, numbers): arrays with members first, then years."""
        return self.summaries(values, lambda indicators: indicators)

    def summaries(self, values: np.ndarray, summary: Callable[[Arrays], Arrays]) -> dict[str, np.ndarray]:
        """What `summary` makes of the indicators of a group of members, for all rows of `values`; members first."""
        values = np.atleast_2d(values)

        def run(changes: Arrays) -> Arrays:
            return summary(self._batch(changes, self._parameters, self._tables))

        disturbed = self._disturbed(len(values))

        def inputs(rows: slice) -> Arrays:
            parameters = with_values(self.numbers, values[rows], self._parameters)
            return parameters | {name: table[rows] for name, table in disturbed.items()}

        return stacked(in_chunks(run, inputs, len(values)))

    def _disturbed(self, members: int) -> dict[str, np.ndarray]:
        """Tables of the disturbed drivers, members first; none without noise."""
        if self._noise_after is None:
            return {}
        return disturbed_tables(self._tables, members, self._noise_after)
