"""Compiling the model takes longer than running it: what one worker has compiled, the other and the next run load."""

import os
from pathlib import Path

from model.engine.backend import use_compilation_cache
from model.run import CACHE_VARIABLE


def pytest_configure(config):
    """Keep compiled functions beside pytest's own cache, for this process and those it starts."""
    folder = os.environ.setdefault(CACHE_VARIABLE, str(config.cache.mkdir("compiled")))
    use_compilation_cache(Path(folder))
