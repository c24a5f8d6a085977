"""What all tests share: where compiled modules lie, and a browser.

Test processes, and those they start, keep compiled modules beside the cache of pytest, not in that of the user.
"""

import os
import signal

import pytest

from benchmarks.server import BROWSER_OPTIONS, browser_path
from model.engine.webassembly.module_cache import CACHE_VARIABLE


def pytest_configure(config):
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell starts what runs in the background so, and programs under test would not hear Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if CACHE_VARIABLE not in os.environ:
        os.environ[CACHE_VARIABLE] = str(config.cache.mkdir("modules"))


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    executable = browser_path(light=True)
    assert executable, "no Chromium found; install the package `chromium` (scripts/ensure_browser.sh does)"
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_OPTIONS))
        yield started
        started.close()
