"""What policies reach of a target at the points of an experiment."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.experiments.finished import Finished
from analysis.experiments.policy_inputs import stored_posterior
from analysis.experiments.varying_parameters import DRAW
from calibration.bands import PARAMETERS, WITH_ERROR, model_errors, series_with_error, with_error
from calibration.policy_statistics import vary
from model.system import system
from model.targets import UP, Target


def column_of(target: Target) -> str:
    """The name under which an experiment keeps the indicator of a target."""
    assert target.indicator is not None
    axis = system().variables[target.indicator].axis
    return target.indicator if axis is None or target.sector == "all" else f"{target.indicator}.{target.sector}"


@dataclass(frozen=True)
class Reached:
    """Results by policy at every point; `band` says whether they contain the model error, as in the bands of a run,
    and `drawn` whether numbers come from draws of a calibration."""

    target: Target
    values: Mapping[str, np.ndarray]
    band: str
    drawn: bool

    def met(self) -> dict[str, np.ndarray]:
        """Whether the target is met at every point, by policy."""
        goal = self.target.value
        return {name: v >= goal if self.target.direction == UP else v <= goal for name, v in self.values.items()}

    def rows(self) -> Iterator[dict[str, object]]:
        """A row of the table of targets for each policy; p5, p95 and probability are missing where draws of a
        calibration do not vary what is reached, as in `calibration.differences.target_table`."""
        target, met = self.target, self.met()
        for policy, values in self.values.items():
            low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
            probability = float(met[policy].mean())
            if self.drawn and not vary(low, high):
                low = high = probability = np.nan
            yield {
                "policy": policy,
                "target": target.id,
                "scope": target.scope,
                "indicator": target.indicator,
                "sector": target.sector,
                "year": target.year,
                "direction": target.direction,
                "wanted": target.value,
                "unit": target.unit,
                "band": self.band,
                "p5": low,
                "p50": middle,
                "p95": high,
                "probability": probability,
            }


def reached(experiment: Finished, target: Target, policies: Sequence[str]) -> Reached | None:
    """What policies reach of a target; None where the experiment did not keep it, or a run has no value.

    Where numbers come from draws of a calibration and the indicator is held against observations, its model error is
    included: the same draw of it for all policies."""
    column = column_of(target)
    if not experiment.has(column, target.year):
        return None
    values = {policy: experiment.values(column, policy, target.year) for policy in policies}
    if not all(np.isfinite(v).all() for v in values.values()):
        return None
    band = PARAMETERS
    if experiment.window is not None:
        errors = _errors(experiment.window)
        variable = system().variables[str(target.indicator)]
        series = series_with_error(errors).get((str(target.indicator), target.sector if variable.axis else None))
        if series is not None:
            own, band = errors[series.id][experiment.results[DRAW].to_numpy().astype(int)], WITH_ERROR
            values = {policy: with_error(series, v[:, None], own)[:, 0] for policy, v in values.items()}
    return Reached(target, values, band, experiment.window is not None)


@functools.cache
def _errors(window: int) -> dict[str, np.ndarray]:
    """A draw of the model error for every draw of a calibration, by series."""
    return model_errors(stored_posterior(window))
