"""Compiling the model takes longer than running it: what one worker has compiled, the other and the next run load.

The compiler also polishes less than in the product: the operations are the same, and a function compiles in a third of
the time.
"""

import os
from pathlib import Path

QUICK_TO_COMPILE = "--xla_backend_optimization_level=0"
# Has to be said before JAX starts; processes that tests start inherit it.
os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {QUICK_TO_COMPILE}".strip()

from model.engine.backend import use_compilation_cache  # noqa: E402
from model.run import CACHE_VARIABLE  # noqa: E402


def pytest_configure(config):
    """Keep compiled functions beside pytest's own cache, for this process and those it starts."""
    folder = os.environ.setdefault(CACHE_VARIABLE, str(config.cache.mkdir("compiled")))
    use_compilation_cache(Path(folder))
