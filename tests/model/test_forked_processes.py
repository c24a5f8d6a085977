"""Processes forked after a run: they run the model, compile anew, and do not wait for threads that they do not have."""

import os
import subprocess
import sys

import pytest

from model.engine.webassembly.module_cache import CACHE_VARIABLE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")

STEEL = """
import multiprocessing
import threading
from model import shipped_scenarios, simulate
scenario = shipped_scenarios()["as_happened"]
fork = multiprocessing.get_context("fork")
def steel(year, outputs=("crude_steel_output",)):
    return float(simulate(scenario, outputs=outputs)["crude_steel_output"].sel(year=year))
"""
POOL = """
before = [steel(year) for year in range(2015, 2021)]
with fork.Pool(2) as pool:
    assert pool.map_async(steel, range(2015, 2021)).get(timeout=30) == before
"""
COMPILING = """
from model.engine.horizon import Horizon
from model.engine.ensemble import compiled_batch
from model.system import system
from model.scenario import inputs_of
import numpy as np
def in_child(year):
    horizon = Horizon(2010, year)
    parameters, tables = inputs_of(scenario, horizon.path_years)
    caps = {"output_cap": np.stack([tables["output_cap"]] * 2)}
    batch = compiled_batch(system(), horizon, ("output_cap",), ("crude_steel_output", "employment"))
    member = float(batch(caps, parameters, tables)["crude_steel_output"][1, -1])
    return member, steel(year, ("crude_steel_output", "margin"))
expected = steel(2016)
with fork.Pool(1) as pool:
    assert pool.map_async(in_child, [2016]).get(timeout=30) == [(expected, expected)]
"""
BUSY_THREADS = """
stop = threading.Event()
def busy():
    while not stop.is_set():
        steel(2020)
expected = steel(2020)
threads = [threading.Thread(target=busy) for _ in range(2)]
for thread in threads:
    thread.start()
try:
    for _ in range(5):
        with fork.Pool(1) as pool:
            assert pool.map_async(steel, [2020]).get(timeout=30) == [expected]
finally:
    stop.set()
"""
GRANDCHILD = """
def ask(function, queue):
    queue.put(function())
def in_process(function):
    queue = fork.SimpleQueue()
    process = fork.Process(target=ask, args=(function, queue))
    process.start()
    process.join(30)
    assert process.exitcode == 0
    return queue.get()
expected = steel(2020)
assert in_process(lambda: in_process(lambda: steel(2020))) == expected
assert steel(2020) == expected
"""


def run(program, **environment):
    environment = {**os.environ, **environment}
    subprocess.run([sys.executable, "-c", STEEL + program], env=environment, timeout=120, check=True)


@pytest.mark.parametrize("program", [POOL, BUSY_THREADS, GRANDCHILD], ids=["pool", "busy threads", "grandchild"])
def test_a_forked_process_runs_the_model(program):
    run(program)


def test_parent_and_forked_process_both_compile_modules(tmp_path):
    run(COMPILING, **{CACHE_VARIABLE: str(tmp_path)})
    assert len(list(tmp_path.iterdir())) == 3
