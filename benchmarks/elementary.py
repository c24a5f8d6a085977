"""Time of exp, log, pow, log1p and tanh on pairs, beside numpy: python -m benchmarks.elementary."""

from __future__ import annotations

import ctypes
import statistics
import time
from collections.abc import Callable

import numpy as np
import wasmtime

from model.engine.webassembly.elementary import TABLE_BYTES, elementary_data, elementary_functions

from .report import heading, row

PAIRS = 2048
REPEATS = 20
ROUNDS = 60
TABLE = 64
FIRST = TABLE + TABLE_BYTES
ARRAY_BYTES = 16 * PAIRS
FUNCTIONS = {"exp": 1, "log": 1, "pow": 2, "log1p": 1, "tanh": 1, "add": 2}
"""Numbers of arguments; add, in a function of its own, gives the time of the call and the loop."""


def main() -> None:
    heading("Elementary functions in WebAssembly")
    random = np.random.default_rng(0)
    arguments = random.uniform(0.2, 3, 2 * PAIRS), random.uniform(-2, 2, 2 * PAIRS)
    functions = instantiated(arguments)
    for name, count in FUNCTIONS.items():
        own, other = alternately(functions[name], in_numpy(name, arguments[:count]))
        row(f"{name}, ns per pair (numpy in the same run)", f"{own:.1f} ({other:.1f})")


def in_numpy(name: str, arguments: tuple[np.ndarray, ...]) -> Callable[[], None]:
    """A call that applies numpy's function to all pairs of the arguments, REPEATS times."""
    function = getattr(np, "power" if name == "pow" else name)
    result = np.empty(2 * PAIRS)

    def call() -> None:
        for _ in range(REPEATS):
            function(*arguments, out=result)

    return call


def alternately(*functions: Callable[[], None]) -> list[float]:
    """Median CPU nanoseconds per pair of functions that treat all pairs REPEATS times, each called in turn."""
    seconds: list[list[float]] = [[] for _ in functions]
    for _ in range(ROUNDS):
        for function, times in zip(functions, seconds, strict=True):
            begin = time.process_time()
            function()
            times.append(time.process_time() - begin)
    return [statistics.median(times) / (PAIRS * REPEATS) * 1e9 for times in seconds]


def instantiated(arguments: tuple[np.ndarray, np.ndarray]) -> dict[str, Callable[[], None]]:
    """For each function, a call that applies it to all pairs of the arguments, REPEATS times."""
    engine = wasmtime.Engine()
    module = wasmtime.Module(engine, wasmtime.wat2wasm(module_text()))
    store = wasmtime.Store(engine)
    exports = wasmtime.Instance(store, module, []).exports(store)
    memory = exports["memory"]
    content = (ctypes.c_char * memory.data_len(store)).from_address(ctypes.addressof(memory.data_ptr(store).contents))
    numbers = np.frombuffer(content, dtype=np.float64, offset=FIRST, count=4 * PAIRS)
    numbers[:] = np.concatenate(arguments)
    return {name: lambda export=exports[name]: export(store) for name in FUNCTIONS}


def module_text() -> str:
    """A module with one memory, the functions, and an exported loop over all pairs for each."""
    pages = -(-(FIRST + 3 * ARRAY_BYTES) // 65536)
    plus = "(func $add (param $x v128) (param $y v128) (result v128) (f64x2.add (local.get $x) (local.get $y)))"
    loops = [loop_text(name, count) for name, count in FUNCTIONS.items()]
    functions = [elementary_data(TABLE), elementary_functions(TABLE), plus, *loops]
    return "\n".join(["(module", f'(memory (export "memory") {pages})', *functions, ")"])


def loop_text(name: str, arguments: int) -> str:
    values = [f"(v128.load offset={FIRST + place * ARRAY_BYTES} (local.get $at))" for place in range(arguments)]
    return f"""(func (export "{name}") (local $at i32) (local $left i32)
      (local.set $left (i32.const {REPEATS}))
      (loop $again
        (local.set $at (i32.const 0))
        (loop $next
          (v128.store offset={FIRST + 2 * ARRAY_BYTES} (local.get $at) (call ${name} {" ".join(values)}))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $next (i32.ne (local.get $at) (i32.const {ARRAY_BYTES}))))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $again (local.get $left))))"""


if __name__ == "__main__":
    main()
