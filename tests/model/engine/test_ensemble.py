"""Members of an ensemble are, bit for bit, the single runs: in any number, by either method, from any thread."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from model.engine import DeclarationError
from model.engine.ensemble import PAIRS, compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled

from . import mini

FISHERY = mini.fishery()
HORIZON = Horizon(mini.START, mini.START + 3, 8)
CHUNK = 2 * PAIRS
TABLES = mini.fishery_tables()
LONGER = mini.fishery_tables(5)
"""Tables with a row for the year after the end."""


def varied(members, *names):
    """The inputs `names` (default: all), different for each member."""
    generator = np.random.default_rng(members)
    given = {
        "fertility": generator.uniform(0.4, 1.0, members),
        "room": generator.uniform(40, 90, (members, 2)),
        "skill": generator.uniform(0.01, 0.04, members),
        "building_rate": generator.uniform(0.3, 0.9, members),
        "lifetime": generator.uniform(4, 8, members),
        "first_fleet": generator.uniform(1, 9, members),
        "quota": LONGER["quota"] * generator.uniform(0.5, 1.5, (members, 1, 1)),
        "demand": LONGER["demand"] * generator.uniform(0.5, 1.5, (members, 1)),
    }
    return {name: given[name] for name in names or given}


def alone(horizon, changes, member, tables=TABLES):
    """The single run of one member."""
    inputs = {**mini.FISHERY_PARAMETERS, **tables, **{name: values[member] for name, values in changes.items()}}
    parameters = {name: inputs[name] for name in mini.FISHERY_PARAMETERS}
    return compiled(FISHERY, horizon)(parameters, {name: inputs[name] for name in TABLES})


def assert_members_are_single_runs(changes, horizon=HORIZON, tables=TABLES, run=None):
    run = run or compiled_batch(FISHERY, horizon, tuple(changes))
    together = run(changes, mini.FISHERY_PARAMETERS, tables)
    members = len(next(iter(changes.values())))
    assert together.keys() == FISHERY.variables.keys()
    for name, values in together.items():
        assert values.shape == (members, len(horizon.years), *FISHERY.shape_of(name))
    for member in range(members):
        for name, values in alone(horizon, changes, member, tables).items():
            np.testing.assert_array_equal(together[name][member], values, err_msg=f"{name} of member {member}")
    return together


@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("members", [1, 2, 3, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
def test_any_number_of_members(members, method):
    horizon = Horizon(HORIZON.start, HORIZON.end, HORIZON.steps, method)
    together = assert_members_are_single_runs(varied(members), horizon)
    assert len(set(together["fleet"][:, -1])) == members, "all members differ"


@pytest.mark.parametrize("name", [*mini.FISHERY_PARAMETERS, *TABLES])
@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_any_single_input_may_vary(name, method):
    horizon = Horizon(HORIZON.start, HORIZON.end, HORIZON.steps, method)
    assert_members_are_single_runs(varied(3, name), horizon)


@pytest.mark.parametrize("rows", [4, 5])
@pytest.mark.parametrize("fixed", [TABLES, LONGER])
@pytest.mark.parametrize("names", [("quota",), ("demand",), ("quota", "demand", "skill"), ("skill",)])
def test_tables_with_and_without_the_year_after(names, fixed, rows):
    changes = {n: v[:, :rows] if n in TABLES else v for n, v in varied(5, *names).items()}
    assert_members_are_single_runs(changes, tables=fixed)


@pytest.mark.parametrize("steps", [1, 3, 12, 16, 365])
@pytest.mark.parametrize("years", [1, 2, 26])
def test_any_length_and_number_of_steps(steps, years):
    horizon = Horizon(mini.START, mini.START + years - 1, steps)
    tables = mini.fishery_tables(years)
    assert_members_are_single_runs(varied(3, "skill", "room"), horizon, tables)


def test_long_and_short_ensembles_in_turn_on_the_same_program():
    """Memory grows for some and is large for others; what earlier runs left there does not matter."""
    long = Horizon(mini.START, mini.START + 20, 24)
    for members, horizon in ((1, HORIZON), (70, long), (5, HORIZON), (2, long), (66, HORIZON)):
        names = ("skill", "demand") if horizon is HORIZON else ("skill", "fertility")
        assert_members_are_single_runs(varied(members, *names), horizon, mini.fishery_tables(len(horizon.years)))


def test_members_do_not_influence_one_another():
    """NaN and huge values of one member stay with it, in both lanes of a pair."""
    changes = varied(6, "fertility", "lifetime")
    before = compiled_batch(FISHERY, HORIZON, tuple(changes))(changes, mini.FISHERY_PARAMETERS, TABLES)
    changes["fertility"][1], changes["lifetime"][4] = np.nan, 1e-300
    after = compiled_batch(FISHERY, HORIZON, tuple(changes))(changes, mini.FISHERY_PARAMETERS, TABLES)
    assert np.isnan(after["fish"][1]).all()
    assert not np.isfinite(after["fleet"][4]).any()
    for name, values in before.items():
        np.testing.assert_array_equal(after[name][[0, 2, 3, 5]], values[[0, 2, 3, 5]])


def test_outputs_are_those_that_were_asked_for():
    changes = varied(3)
    everything = compiled_batch(FISHERY, HORIZON, tuple(changes))(changes, mini.FISHERY_PARAMETERS, TABLES)
    some = compiled_batch(FISHERY, HORIZON, tuple(changes), ("willingness", "fish"))
    found = some(changes, mini.FISHERY_PARAMETERS, TABLES)
    assert list(found) == ["willingness", "fish"]
    for name, values in found.items():
        np.testing.assert_array_equal(values, everything[name])


def test_several_threads_at_once_on_one_program():
    """Threads begin together, each with different ensembles and single runs of one program."""
    threads, rounds = 6, 5
    run = compiled_batch(FISHERY, HORIZON, tuple(varied(1)))
    together = threading.Barrier(threads, timeout=30)

    def work(thread):
        together.wait()
        for turn in range(rounds):
            assert_members_are_single_runs(varied(1 + 7 * thread + turn), run=run)
        return True

    with ThreadPoolExecutor(threads) as pool:
        assert list(pool.map(work, range(threads))) == [True] * threads


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"skill": np.ones(3)}, "lifetime: no values are given; give every input that varies a value for each member"),
        (
            {"skill": np.ones(3), "lifetime": np.ones(3), "room": np.ones((3, 2))},
            "room: not among the inputs that vary, skill, lifetime",
        ),
        ({"skill": np.ones(4), "lifetime": np.ones(3)}, "lifetime: the number of members is 3, of other inputs 4"),
        ({"skill": np.ones(1), "lifetime": np.ones(2)}, "skill: the number of members is 1, of other inputs 2"),
        ({"skill": 0.02, "lifetime": np.ones(2)}, "skill: the number of members is 0, of other inputs 2"),
        (
            {"skill": np.ones(0), "lifetime": np.ones(0)},
            "an ensemble needs at least one member, on the first axis of each input that varies",
        ),
    ],
)
def test_members_that_do_not_match_are_refused(changes, message):
    run = compiled_batch(FISHERY, HORIZON, ("skill", "lifetime"))
    with pytest.raises(DeclarationError) as stopped:
        run(changes, mini.FISHERY_PARAMETERS, TABLES)
    assert str(stopped.value) == message


def test_an_ensemble_without_an_input_that_varies_is_refused():
    with pytest.raises(DeclarationError, match="needs an input that varies"):
        compiled_batch(FISHERY, HORIZON, ())
