"""Sobol indices and Morris effects: known answers, brute force on the model, and refusals."""

import numpy as np
import pytest

from analysis.experiments.dataset import open_experiment
from analysis.experiments.execution import run_experiment
from analysis.experiments.finished import AnswerError
from analysis.experiments.sampling import LEVELS
from analysis.global_sensitivity import morris_effects, sensitivity, sobol_indices
from analysis.varying_numbers import evidence_of

from .experiments.support import small, written

VARY = {
    "levers": {"capacity_closure": {"factor": [0, 1.5]}},
    "drivers": {"national_steel_demand": {"multiply": [0.9, 1.1]}},
}


def ishigami(units):
    """The Ishigami function of the unit cube, of which the indices are known."""
    x = np.pi * (2 * units - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def saltelli(dimensions, size):
    from SALib.sample.sobol import sample

    problem = {"num_vars": dimensions, "names": list("abcdefgh"[:dimensions]), "bounds": [[0, 1]] * dimensions}
    return sample(problem, size, calc_second_order=False, seed=1)


def trajectories(dimensions, size, seed=1):
    from SALib.sample.morris import sample

    problem = {"num_vars": dimensions, "names": list("abcdefgh"[:dimensions]), "bounds": [[0, 1]] * dimensions}
    return problem, sample(problem, size, num_levels=LEVELS, seed=seed)


def test_the_indices_of_the_ishigami_function_are_those_worked_by_hand():
    numbers, used, dropped = sobol_indices(3, ishigami(saltelli(3, 4096)))
    assert numbers["first"] == pytest.approx([0.314, 0.442, 0.0], abs=0.02)
    assert numbers["total"] == pytest.approx([0.558, 0.442, 0.244], abs=0.02)
    assert used == 4096 * 5 and dropped == 0


def test_a_run_without_value_costs_its_base_point_and_no_more():
    values = ishigami(saltelli(3, 1024))
    values[7] = np.nan
    numbers, used, dropped = sobol_indices(3, values)
    assert dropped == 5 and used == 1023 * 5
    assert numbers["total"] == pytest.approx([0.558, 0.442, 0.244], abs=0.05)


def test_morris_effects_are_those_of_salib_where_every_run_has_a_value():
    from SALib.analyze.morris import analyze

    problem, units = trajectories(3, 20)
    numbers, *_ = morris_effects(3, ishigami(units))
    known = analyze(problem, units, ishigami(units), num_levels=LEVELS)
    for name in ("mu", "mu_star", "sigma"):
        assert numbers[name] == pytest.approx(np.asarray(known[name], dtype=float), rel=1e-9, abs=1e-9)


def test_morris_effects_of_a_plane_are_its_slopes_also_where_runs_are_missing():
    _, units = trajectories(3, 20)
    values = units @ [1.0, -2.0, 0.0]
    values[::7] = np.nan
    numbers, used, dropped = morris_effects(3, values)
    assert numbers["mu"] == pytest.approx([1, -2, 0], abs=1e-9) and numbers["sigma"] == pytest.approx(0, abs=1e-9)
    assert numbers["mu_star"] == pytest.approx([1, 2, 0], abs=1e-9)
    assert dropped == len(values[::7]) and used + dropped == len(values)
    assert (numbers["effects"] < 20).all()


def test_where_nothing_varies_or_too_little_is_left_nothing_is_said():
    with pytest.raises(AnswerError, match="the same at all points"):
        sobol_indices(2, np.ones(4 * 64))
    with pytest.raises(AnswerError, match="allowed: at least"):
        sobol_indices(2, np.full(4 * 64, np.nan))


def brute_force(folder, values_of):
    """First-order indices from the full grid of two dimensions: variance of the mean over the other one."""
    design = small(folder, vary=VARY, sample={"method": "grid", "size": 13}, chunk=64)
    grid = values_of(open_experiment(run_experiment(design, folder / "grid"))).reshape(13, 13)
    # The ends of a range stand for half a cell each.
    weights = np.array([0.5, *[1.0] * 11, 0.5]) / 12
    mean = weights @ grid @ weights
    variance = weights @ (grid - mean) ** 2 @ weights
    parts = [weights @ (grid @ weights - mean) ** 2, weights @ (weights @ grid - mean) ** 2]
    return np.array(parts) / variance


def closure(runs):
    return runs["crude_steel_output"].sel(policy="document_implemented", year=2018).to_numpy()


def difference(runs):
    return closure(runs) - runs["crude_steel_output"].sel(policy="no_document", year=2018).to_numpy()


@pytest.mark.parametrize(("asked", "values_of"), [({}, closure), ({"difference": True}, difference)])
def test_the_indices_of_the_model_are_those_of_brute_force(tmp_path, asked, values_of):
    if asked:
        asked = {"difference": ("document_implemented", "no_document")}
    file = written(tmp_path, vary=VARY, sample={"method": "saltelli", "size": 256}, chunk=256)
    found = sensitivity(file, "crude_steel_output", 2018, **asked).set_index("number")
    known = brute_force(tmp_path, values_of)
    for name, part in zip(("capacity_closure.factor", "national_steel_demand.multiply"), known, strict=True):
        assert found.at[name, "first"] == pytest.approx(part, abs=0.06)
    assert found.attrs["unit"] and found.attrs["dropped"] == 0


def test_a_folder_says_the_same_as_its_design(tmp_path):
    file = written(tmp_path, vary=VARY, sample={"method": "morris", "size": 6}, chunk=32)
    folder = run_experiment(
        small(tmp_path, vary=VARY, sample={"method": "morris", "size": 6}, chunk=32), tmp_path / "f"
    )
    one, other = (sensitivity(source, "smart_adoption", 2018) for source in (file, folder))
    assert one.equals(other) and one.attrs == other.attrs


def test_evidence_is_named_for_parameters_and_drivers():
    grade, source = evidence_of("hebei_steel_advantage")
    assert grade in "ABCD" and source
    assert evidence_of("national_steel_demand.multiply")[0] == "B"
    assert evidence_of("capacity_closure.factor") == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"indicator": "nothing"}, "no indicator 'nothing'"),
        ({"policy": "nobody"}, "no policy 'nobody'"),
        ({"method": "sobol"}, "allowed: saltelli, morris"),
        ({"policy": "no_document", "difference": ("no_document", "as_happened")}, "one of the two"),
        ({"difference": ("no_document", "no_document")}, "allowed: two policies"),
        ({}, "allowed: samples with method saltelli or morris"),
    ],
)
def test_what_cannot_be_answered_is_refused(tmp_path, arguments, message):
    request = {"indicator": "smart_adoption", "year": 2018, **arguments}
    with pytest.raises(AnswerError, match=message):
        sensitivity(written(tmp_path), **request)


def test_a_folder_lacks_what_it_did_not_keep(tmp_path):
    folder = run_experiment(small(tmp_path, sample={"method": "morris", "size": 4}), tmp_path / "f")
    for indicator, year in (("crude_steel_output", 2017), ("co2_emissions_industry", 2018)):
        with pytest.raises(AnswerError, match="allowed:"):
            sensitivity(folder, indicator, year)
    with pytest.raises(AnswerError, match="goes with a design"):
        sensitivity(folder, "smart_adoption", 2018, size=8)
