"""The conditions of every run of an experiment, as numbers: what was sampled, a calibration's draw taken apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.experiments.finished import Finished
from analysis.experiments.policy_inputs import stored_posterior
from analysis.experiments.varying_parameters import DRAW
from analysis.varying_numbers import DISTURBANCE
from calibration.process_noise import RATE, Noise, disturbances, noises
from model.inputs import START, drivers


@dataclass(frozen=True)
class Conditions:
    """`table`: a column for each number, a row for each run; `groups`: what runs share, the draw of a calibration
    (runs of a group are not independent of each other)."""

    table: pd.DataFrame
    groups: np.ndarray


def conditions_of(experiment: Finished, year: int) -> Conditions:
    """The conditions of an experiment up to a year; what is the same in all runs is left out."""
    columns = {name: experiment.results[name].to_numpy() for name in experiment.names if name != DRAW}
    groups = np.arange(experiment.runs)
    if experiment.window is not None:
        groups = experiment.results[DRAW].to_numpy().astype(int)
        posterior = stored_posterior(experiment.window)
        columns |= {n.id: posterior.draws[groups, k] for k, n in enumerate(posterior.numbers)}
        if experiment.disturbed and year > experiment.window:
            for noise in noises():
                columns |= _disturbances(noise, len(posterior.draws), experiment.window, year, groups)
    table = pd.DataFrame({name: values for name, values in columns.items() if len(np.unique(values)) > 1})
    return Conditions(table, groups)


def _disturbances(noise: Noise, draws: int, window: int, year: int, groups: np.ndarray) -> dict[str, np.ndarray]:
    """The disturbance of a driver in a year: of a rate, what it added up to since the window."""
    moves = disturbances(noise, draws, window, year)[groups]
    found = moves.sum(axis=1) if noise.form == RATE else moves[:, year - START]
    axis = drivers()[noise.driver].axis
    if axis is None:
        return {f"{DISTURBANCE}{noise.driver}": found}
    return {f"{DISTURBANCE}{noise.driver}.{label}": found[:, k] for k, label in enumerate(axis.labels)}
