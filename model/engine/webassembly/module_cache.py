"""Assembling and compiling modules, and keeping what was compiled for later processes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from importlib import metadata
from pathlib import Path

import wasmtime

CACHE_VARIABLE = "HEBEI2025_CACHE"
"""Environment variable that names the folder for compiled modules."""
MOST_FILES = 64
"""Compiled modules that are kept; those used longest ago give way."""
_ENDING = ".module"
_DIGEST = hashlib.sha256


_engines: dict[str, wasmtime.Engine] = {}
_THE_ENGINE = "the engine"


def engine() -> wasmtime.Engine:
    """The engine of this process, which all modules share: the same one for threads that ask for it at the same time.

    A module runs only with the engine that compiled it. `setdefault` takes one of several engines without a lock, which
    a forked process might inherit locked.
    """
    found = _engines.get(_THE_ENGINE)
    return _engines.setdefault(_THE_ENGINE, _new_engine()) if found is None else found


def _new_engine() -> wasmtime.Engine:
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
    with contextlib.suppress(OSError):
        os.utime(file)  # it is in use
    size = _DIGEST().digest_size
    return content[size:] if _DIGEST(content[size:]).digest() == content[:size] else None


def _write(folder: Path, name: str, content: bytes) -> None:
    """Write a file with its checksum in one step, so that other processes never see a part of it."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        # A temporary folder is removed with its content, even after an error such as a full disk.
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            unfinished = Path(temporary, name)
            unfinished.write_bytes(_DIGEST(content).digest() + content)
            os.replace(unfinished, folder / name)
        for file in _longest_unused(folder)[:-MOST_FILES]:
            file.unlink(missing_ok=True)


def _longest_unused(folder: Path) -> list[Path]:
    """The modules in a folder, the one that was used longest ago first."""
    return sorted(folder.glob(f"*{_ENDING}"), key=lambda file: file.stat().st_mtime)
