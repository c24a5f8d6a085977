"""Runs as the app makes them."""

import pytest

from model.inputs import END
from model.scenario import BASELINE, shipped_scenarios
from views.results import simulation


@pytest.fixture(scope="session")
def ghost():
    """The run that charts are held against."""
    return simulation.baseline(END)


def run(base=BASELINE, until=END, **moved):
    """A run with sliders moved."""
    return simulation.runner(until).run(shipped_scenarios()[base], moved)
