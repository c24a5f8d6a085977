"""An exported model, and a page of a real browser that has loaded it."""

import pytest

from benchmarks.server import served_folder
from tests.model.engine import mini

from .support import ECHO_PARAMETERS, FISHERY, SCENARIOS, YEARS, echo, place_small, write_files


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """A folder with the files of an export, and with small systems in the folders `fishery` and `echo`."""
    folder = tmp_path_factory.mktemp("exported")
    write_files(folder, SCENARIOS.values())
    place_small(folder / "fishery", FISHERY, mini.FISHERY_PARAMETERS, mini.fishery_tables(YEARS))
    place_small(folder / "echo", echo(), ECHO_PARAMETERS, {})
    return folder


@pytest.fixture(scope="session")
def address(exported):
    """Where the export is served."""
    with served_folder(exported) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser, address):
    """The example page of the export, one for all tests of a file. Requests elsewhere and script errors fail."""
    foreign, errors = [], []
    page = browser.new_context(viewport={"width": 1000, "height": 800}).new_page()
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(address) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/example.html")
    page.wait_for_function("document.querySelectorAll('tbody tr').length > 0")
    yield page
    page.context.close()
    assert foreign == []
    assert errors == []
