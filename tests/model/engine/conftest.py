"""The engines that compute the same results: tests of a model run on each."""

from collections.abc import Callable

import numpy as np
import pytest

from model.engine.reference import run


def _compiled(system, horizon, parameters, tables, names=None, every_step=False):
    from model.engine.integrate import compiled

    given = {name: np.asarray(value, dtype=float) for name, value in parameters.items()}
    return compiled(system, horizon, None if names is None else tuple(names), every_step)(given, tables)


ENGINES: dict[str, Callable] = {"reference": run, "compiled": _compiled}


@pytest.fixture(params=ENGINES, scope="session")
def run_model(request):
    """A function (system, horizon, parameters, tables, names=None, every_step=False) -> results, time first."""
    return ENGINES[request.param]
