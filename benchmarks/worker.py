"""Runs parts of the model on request, in the tree of files in which it starts: python -P worker.py [XMILE-FILE]

Each line of standard input names a task and a number of repeats; the answer is a line of JSON with the processor time
and the time by the clock of one repeat, in seconds. It works with this engine and with the one before it, which used
JAX, so that both can be measured in turns. A task is compiled and run once before it is measured.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from model.engine.horizon import Horizon
from model.run import indicator_names, simulate
from model.scenario import inputs_of, load_scenario

VARIED_PARAMETERS = ("hebei_steel_advantage", "imitation_coefficient", "renovation_depth", "saving_cost")
VARIED_LEVERS = ("technical_renovation_investment", "capacity_closure", "energy_efficiency", "smart_manufacturing")
VARIED = (*VARIED_PARAMETERS, *VARIED_LEVERS)
CHUNK = 64
CHUNKS = 4
"""Chunks of an ensemble, shared out among the threads."""
Call = Callable[[], object]


def old_engine() -> bool:
    """Whether this tree has the engine that used JAX."""
    return importlib.util.find_spec("model.engine.backend") is not None


@functools.cache
def declarations() -> object:
    """The checked declarations of the model. The earlier engine finds its folder of compiled functions at this call."""
    if old_engine():
        from model.run import prepared_system

        return prepared_system()
    from model.system import system

    return system()


@functools.cache
def scenario() -> object:
    """The baseline."""
    return load_scenario("scenarios/as_happened.yaml")


def names_of(outputs: str) -> tuple[str, ...] | None:
    """The outputs of a task: "indicators" or "all"."""
    return indicator_names() if outputs == "indicators" else None


def single(outputs: str, steps: str = "16", method: str = "euler") -> Call:
    """A run from dictionaries of numpy arrays to dictionaries of numpy arrays."""
    from model.engine.integrate import compiled

    horizon = Horizon(2010, 2025, int(steps), method)
    function = compiled(declarations(), horizon, names_of(outputs))
    inputs = inputs_of(scenario(), horizon.path_years)
    return lambda: {name: np.asarray(value) for name, value in function(*inputs).items()}


def integration(outputs: str) -> Call:
    """The compiled code alone: inputs and results stay in its memory."""
    system, horizon = declarations(), Horizon(2010, 2025)
    parameters, tables = inputs_of(scenario(), horizon.path_years)
    if old_engine():
        import jax

        from model.engine.integrate import compiled

        function = compiled(system, horizon, names_of(outputs))
        given = jax.device_put(parameters), jax.device_put(tables)
        return lambda: jax.block_until_ready(function(*given))
    from model.engine.webassembly.packing import Packing
    from model.engine.webassembly.program import Instance, program_of

    program = program_of(system, names_of(outputs) or tuple(system.variables))
    packing, instance = Packing(system, horizon, program.form), Instance(program)
    instance.configure(horizon)
    instance.write(packing.parameters(parameters), packing.tables(tables))
    return lambda: instance.call("run")


def dataset(outputs: str) -> Call:
    """A run as a labelled Dataset."""
    names = names_of(outputs)
    return lambda: simulate(scenario(), outputs=names)


def draws(parameters: Mapping, tables: Mapping, seed: int) -> dict[str, np.ndarray]:
    """Random factors on some parameters and levers, members first."""
    generator = np.random.default_rng(seed)
    base = {**{n: parameters[n] for n in VARIED_PARAMETERS}, **{n: tables[n] for n in VARIED_LEVERS}}
    return {n: v[None] * generator.uniform(0.8, 1.2, (CHUNK, *(1,) * np.ndim(v))) for n, v in base.items()}


def ensemble(outputs: str, threads: str) -> Call:
    """`CHUNKS` chunks of members on some threads."""
    from model.engine.ensemble import compiled_batch

    horizon = Horizon(2010, 2025)
    parameters, tables = inputs_of(scenario(), horizon.path_years)
    function = compiled_batch(declarations(), horizon, VARIED, names_of(outputs))
    chunks = [draws(parameters, tables, seed) for seed in range(CHUNKS)]
    pool = ThreadPoolExecutor(int(threads))

    def run(chunk: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {name: np.asarray(value) for name, value in function(chunk, parameters, tables).items()}

    return lambda: list(pool.map(run, chunks))


def reference(outputs: str) -> Call:
    """The same equations in plain numpy."""
    from model.engine.reference import run

    horizon = Horizon(2010, 2025)
    inputs = inputs_of(scenario(), horizon.path_years)
    return lambda: run(declarations(), horizon, *inputs, names=names_of(outputs))


def simlin() -> Call:
    """A run of the exported model in Simlin, ready to run."""
    import simlin

    simulation = simlin.load(sys.argv[1]).simulate()

    def run() -> None:
        simulation.reset()
        simulation.run_to_end()

    return run


TASKS = {f.__name__: f for f in (single, integration, dataset, ensemble, reference, simlin)}


@functools.cache
def prepared(task: str) -> Call:
    """What a task such as "single indicators" calls, after a first call."""
    name, *arguments = task.split()
    call = TASKS[name](*arguments)
    call()
    return call


def main() -> None:
    """Answer requests until standard input ends."""
    for line in sys.stdin:
        task, _, repeats = line.strip().rpartition(" ")
        call = prepared(task)
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(int(repeats)):
            call()
        spent = time.process_time() - cpu, time.perf_counter() - wall
        print(json.dumps([seconds / int(repeats) for seconds in spent]), flush=True)


if __name__ == "__main__":
    main()
