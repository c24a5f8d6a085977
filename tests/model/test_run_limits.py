"""What a run may not be asked for, from Python as from the command line."""

import subprocess
import sys

import pytest

from model import RunError, shipped_scenarios, simulate, simulate_batch

AS_HAPPENED = "as_happened"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"until": 2036}, "until 2036 is out of range; allowed: 2010 to 2035"),
        ({"until": 2009}, "until 2009 is out of range"),
        ({"until": 0}, "until 0 is out of range"),
        ({"until": 2020.5}, "until 2020.5 is no whole number; allowed: 2010 to 2035"),
        ({"until": True}, "until True is no whole number"),
        ({"until": "2020"}, "until '2020' is no whole number"),
        ({"steps": 3}, "steps 3 a year are out of range; allowed: a whole number from 4 to 512"),
        ({"steps": 513}, "steps 513 a year are out of range"),
        ({"steps": 1 / 16}, "steps 0.0625 is no whole number; allowed: a whole number from 4 to 512"),
        ({"method": "heun"}, "method 'heun' is unknown; allowed: euler, rk4"),
    ],
)
def test_horizons_steps_and_methods_that_are_refused(options, message):
    scenario = shipped_scenarios()[AS_HAPPENED]
    for run in (lambda: simulate(scenario, **options), lambda: simulate_batch([scenario], **options)):
        with pytest.raises(RunError) as stopped:
            run()
        assert str(stopped.value).startswith(message)


def test_unknown_outputs_are_refused_with_a_near_name():
    with pytest.raises(RunError, match=r"output 'crude_steel_ouput' is no variable of the model; did you mean crude_"):
        simulate(shipped_scenarios()[AS_HAPPENED], outputs=("crude_steel_ouput",))
    with pytest.raises(RunError, match=r"outputs 'output' is one text; give a tuple of names, such as \('output',\)"):
        simulate(shipped_scenarios()[AS_HAPPENED], outputs="output")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_forked_child_of_a_process_that_ran_the_model_is_refused_and_does_not_hang():
    code = (
        "import multiprocessing\n"
        "from model import shipped_scenarios, simulate\n"
        "from model.fork_guard import require_own_process\n"
        "def refused(_):\n"
        "    try: simulate(shipped_scenarios()['as_happened'])\n"
        "    except ValueError as error: return str(error)\n"
        "require_own_process()\n"
        "with multiprocessing.get_context('fork').Pool(1) as pool:\n"
        "    print(pool.map_async(refused, [0]).get(timeout=30)[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "was forked from one that had already run the model" in done.stdout, done.stderr
    assert "get_context('spawn')" in done.stdout
