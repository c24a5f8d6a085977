"""One server for all journeys of a process; each journey has a separate session."""

import pytest

from benchmarks.server import running_app

from .support import WAIT, expect


@pytest.fixture(scope="session")
def log(tmp_path_factory):
    """The file into which the server writes what went wrong."""
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="session")
def address(log):
    """The address of the running app."""
    with running_app(log) as url:
        yield url


@pytest.fixture(autouse=True)
def no_faults(address, log):
    """Faults of the app fail the test during which they happened, even where a page hides them."""
    before = log.stat().st_size
    yield
    told = log.read_bytes()[before:].decode()
    assert "Traceback" not in told, told


@pytest.fixture
def visit(browser, address):
    """Opens Explore, or the page that the path names, in a window of its own; requests to other machines and script
    errors fail the test."""
    opened, foreign, errors = [], [], []

    def open_page(path="", locale="en-US", size=(1280, 720), script=""):
        page = browser.new_context(locale=locale, viewport={"width": size[0], "height": size[1]}).new_page()
        page.set_default_timeout(WAIT)
        page.on(
            "request", lambda r: foreign.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(script)
        page.goto(f"{address}/{path}")
        if not path.partition("?")[0]:
            expect(page.locator("canvas")).to_have_count(2)
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.context.close()
    assert foreign == []
    assert errors == []


@pytest.fixture(scope="module")
def tab(browser):
    """One window of the browser for all visits."""
    page = browser.new_page()
    page.set_default_timeout(WAIT)
    yield page
    page.close()
