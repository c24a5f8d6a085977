"""JAX as the engine uses it: double precision, one kernel for the loop over steps, compiled functions cached on disk.

Every module of the engine that computes with JAX takes it from here, because the options have to be set first.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

# Compiles the whole loop over steps as one kernel instead of one per operation: about three times faster here.
# Must be set before JAX starts.
_ONE_KERNEL = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=100000000"
if "xla_backend_extra_options" not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {_ONE_KERNEL}".strip()

# Warnings about slow compilation would mix with the messages of a program; failures are raised as exceptions anyway.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402

__all__ = ["Array", "jax", "jnp", "use_compilation_cache"]

Array = jax.Array | np.ndarray

jax.config.update("jax_enable_x64", True)


def use_compilation_cache(folder: Path) -> None:
    """Store compiled functions in `folder`, so that a later process starts in a fraction of the time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
