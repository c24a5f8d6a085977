"""Calls the WebAssembly functions on pairs of numbers from numpy arrays."""

from __future__ import annotations

import ctypes

import numpy as np
import wasmtime
from numpy.typing import ArrayLike, NDArray

from model.engine.webassembly.elementary import TABLE_BYTES, elementary_data, elementary_functions

TABLE = 64
FIRST = TABLE + TABLE_BYTES
CAPACITY = 1 << 14
"""Numbers that one call takes."""
PARAMETERS = {"exp": 1, "log": 1, "log1p": 1, "tanh": 1, "pow": 2}


class Pairs:
    """An instance of a module whose exported functions apply exp, log, log1p, tanh and pow to arrays in its memory."""

    def __init__(self) -> None:
        engine = wasmtime.Engine()
        module = wasmtime.Module(engine, wasmtime.wat2wasm(module_text()))
        self.store = wasmtime.Store(engine)
        self.exports = wasmtime.Instance(self.store, module, []).exports(self.store)
        memory = self.exports["memory"]
        address = ctypes.addressof(memory.data_ptr(self.store).contents)
        content = (ctypes.c_char * memory.data_len(self.store)).from_address(address)
        numbers = np.frombuffer(content, dtype=np.float64, offset=FIRST, count=3 * CAPACITY)
        *self.arguments, self.results = numbers.reshape(3, CAPACITY)

    def __call__(self, name: str, *arrays: ArrayLike) -> NDArray[np.float64]:
        """The function of that name at every number (of the broadcast arrays, flattened), two by two."""
        flat = [array.ravel() for array in np.broadcast_arrays(*(np.asarray(array, dtype=float) for array in arrays))]
        parts = []
        for begin in range(0, flat[0].size, CAPACITY):
            part = [array[begin : begin + CAPACITY] for array in flat]
            size = part[0].size
            for argument, values in zip(self.arguments, part, strict=False):
                argument[:size] = values
                argument[size:] = 1.0
            self.exports[name](self.store, 8 * (size + size % 2))
            parts.append(self.results[:size].copy())
        return np.concatenate(parts)


def module_text() -> str:
    """A module with one memory, the tables, the functions, and a loop over the memory for each."""
    pages = -(-(FIRST + 3 * 8 * CAPACITY) // 65536)
    loops = [_loop_text(name, count) for name, count in PARAMETERS.items()]
    memory = f'(memory (export "memory") {pages})'
    return "\n".join(["(module", memory, elementary_data(TABLE), elementary_functions(TABLE), *loops, ")"])


def _loop_text(name: str, parameters: int) -> str:
    arguments = " ".join(
        f"(v128.load offset={FIRST + 8 * CAPACITY * place} (local.get $at))" for place in range(parameters)
    )
    return f"""(func (export "{name}") (param $end i32) (local $at i32)
      (loop $next
        (v128.store offset={FIRST + 16 * CAPACITY} (local.get $at) (call ${name} {arguments}))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))"""
