"""Test processes, and those they start, keep compiled modules beside the cache of pytest, not in that of the user."""

import os

from model.engine.webassembly.module_cache import CACHE_VARIABLE


def pytest_configure(config):
    if CACHE_VARIABLE not in os.environ:
        os.environ[CACHE_VARIABLE] = str(config.cache.mkdir("modules"))
