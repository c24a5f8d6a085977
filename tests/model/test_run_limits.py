"""What a run may not be asked for, from Python as from the command line."""

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
