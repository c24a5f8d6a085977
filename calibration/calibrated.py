"""The stored calibration that everything which speaks of uncertainty uses, loaded once."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from .bands import model_errors
from .posterior import WINDOWS, Posterior, load


@functools.cache
def calibrated() -> tuple[Posterior, Mapping[str, np.ndarray]]:
    """The calibration to all observations, and its draws of the model error by series."""
    posterior = load(WINDOWS[-1])
    return posterior, model_errors(posterior)
