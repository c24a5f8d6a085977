"""Assembling and compiling modules, and keeping what was compiled for later processes."""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import wasmtime

CACHE_VARIABLE = "HEBEI2025_CACHE"
"""Environment variable that names the folder for compiled modules."""
MOST_FILES = 64
"""Compiled modules that are kept; the oldest ones give way."""
_ENDING = ".module"
_DIGEST = hashlib.sha256


@functools.cache
def engine() -> wasmtime.Engine:
    """The engine of this process, which all modules share."""
    config = wasmtime.Config()
    # Processes may fork: threads of the compiler, or on macOS the one that handles traps, would be missing in the
    # child, which would wait for them for ever.
    config.parallel_compilation = False
    config.macos_use_mach_ports = False
    return wasmtime.Engine(config)


def assembled(text: str) -> bytes:
    """The binary form of a module, which every browser can load."""
    return bytes(wasmtime.wat2wasm(text))


def compiled_module(text: str) -> wasmtime.Module:
    """The module of a text, from the cache where it is there and undamaged, else compiled and put there.

    A folder that cannot be written, or whose content is damaged or of another version, costs time only.
    """
    key = _DIGEST(f"wasmtime {metadata.version('wasmtime')}\n{text}".encode()).hexdigest()
    folder = cache_folder()
    stored = _read(folder / f"{key}{_ENDING}")
    if stored is not None:
        try:
            return wasmtime.Module.deserialize(engine(), stored)
        except wasmtime.WasmtimeError:
            pass  # compiled for another machine
    module = wasmtime.Module(engine(), assembled(text))
    _write(folder, f"{key}{_ENDING}", bytes(module.serialize()))
    return module


def cache_folder() -> Path:
    """The folder for compiled modules: the one that `CACHE_VARIABLE` names, else that of the user."""
    import platformdirs

    return Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("hebei2025"))


def _read(file: Path) -> bytes | None:
    """The content of a file after its checksum; None where there is no such file or the sum is wrong.

    A module contains machine code, so nothing that may be damaged is loaded.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return None
    size = _DIGEST().digest_size
    return content[size:] if _DIGEST(content[size:]).digest() == content[:size] else None


def _write(folder: Path, name: str, content: bytes) -> None:
    """Write a file with its checksum in one step, so that other processes never see a part of it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as stream:
            stream.write(_DIGEST(content).digest() + content)
        os.replace(stream.name, folder / name)
        for file in list(_oldest_first(folder))[:-MOST_FILES]:
            file.unlink(missing_ok=True)
    except OSError:
        return


def _oldest_first(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob(f"*{_ENDING}"), key=lambda file: file.stat().st_mtime)
