"""Runs as the app makes them."""

import pytest

from model.inputs import END
from model.scenario import shipped_scenarios
from views.language import LANGUAGES
from views.results import simulation

from .report_support import SETTINGS, request_of


@pytest.fixture(scope="session")
def ghost():
    """The run that charts are held against."""
    return simulation.baseline(END)


@pytest.fixture(scope="session")
def now():
    """The run of the settings of the reports."""
    return simulation.runner(SETTINGS.until).run(shipped_scenarios()[SETTINGS.base], SETTINGS.moved)


@pytest.fixture(scope="session")
def reports():
    """A report in each language."""
    from views.report import contents

    return {language: contents.build_report(request_of(language)) for language in LANGUAGES}
