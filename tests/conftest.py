"""Test processes, and those they start, keep compiled modules beside the cache of pytest, not in that of the user."""

import os

from model.run import CACHE_VARIABLE


def pytest_configure(config):
    os.environ.setdefault(CACHE_VARIABLE, str(config.cache.mkdir("modules")))
