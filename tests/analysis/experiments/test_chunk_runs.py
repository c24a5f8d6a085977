"""Runs of a design are the single runs of scenarios with the same levers, parameters and drivers."""

import numpy as np
import pytest

from analysis.experiments.chunk_runs import ChunkRuns
from analysis.experiments.design import DriverPart, LeverPart, ParameterPart, PosteriorPart
from analysis.experiments.policy_inputs import stored_posterior
from analysis.experiments.sampling import sampled
from model.inputs import POLICY_START
from model.projects import simulate_projects
from model.run import simulate
from model.scenario import shipped_scenarios
from model.scenario.merging import with_levers

from .support import changed_value, small


def scenario_at(design, policy, columns, point):
    """The policy with everything that a point of the sample sets, as a scenario would write it."""
    levers, parameters, drivers = dict(policy.levers), {}, dict(policy.drivers)
    for dimension in design.dimensions:
        part, value = dimension.part, columns[dimension.name][point]
        if isinstance(part, LeverPart):
            levers = with_levers(levers, {part.lever: changed_value(part, {part.change: float(value)})})
        elif isinstance(part, ParameterPart):
            set_number(parameters, part.number, value)
        elif isinstance(part, PosteriorPart):
            posterior = stored_posterior(part.window)
            for number, drawn in zip(posterior.numbers, posterior.draws[int(value)], strict=True):
                set_number(parameters, number, drawn)
        elif isinstance(part, DriverPart):
            drivers[part.driver] = {part.mark: float(value), "from": part.first, "to": part.last}
        else:
            drivers |= shipped_scenarios()[value].drivers
    return policy.model_copy(update={"levers": levers, "parameters": parameters, "drivers": drivers})


def set_number(parameters, number, value):
    """Set one number among the parameters of a scenario."""
    if number.entry is None:
        parameters[number.parameter] = float(value)
    else:
        parameters.setdefault(number.parameter, {})[number.id.split(".", 1)[1]] = float(value)


VARIED = {
    "levers": {
        "levers": {
            "capacity_closure": {"factor": [0, 1.5]},
            "technical_renovation_investment.steel": {"shift": [-200, 200], "from": 2017, "to": 2019},
            "smart_manufacturing": [0, 100],
            "output_cap": {"values": [-5, -2, 0]},
            "energy_efficiency": {"delay": [0, 3]},
        }
    },
    "posterior and drivers": {
        "parameters": {"from": "posterior"},
        "drivers": ["drivers_low", "as_happened", "drivers_high"],
    },
    "priors": {"parameters": {"from": "priors", "only": ["initial_output.steel", "initial_output.cement"]}},
    "driver": {"drivers": {"national_steel_demand": {"multiply": [0.9, 1.1]}}},
}


@pytest.mark.parametrize("varied", VARIED)
def test_each_run_is_the_run_of_the_scenario_that_says_the_same(varied, tmp_path):
    design = small(tmp_path, vary=VARIED[varied])
    columns = next(sampled(design))
    results = ChunkRuns(design).run(0, columns)
    assert set(results) == {"crude_steel_output", "smart_adoption", "public_cost_total"}
    for point in (0, 5):
        for place, policy in enumerate(design.policies):
            run = simulate(scenario_at(design, policy, columns, point), 2018)
            expected = {
                "crude_steel_output": run["crude_steel_output"].sel(year=[2016, 2018]),
                "smart_adoption": run["smart_adoption"]
                .sel(year=[2016, 2018])
                .isel({run["smart_adoption"].dims[1]: -1}),
                "public_cost_total": run["public_cost"]
                .isel({run["public_cost"].dims[1]: -1})
                .sel(year=slice(POLICY_START, None))
                .cumsum("year")[[0, 2]],
            }
            for name, values in expected.items():
                np.testing.assert_allclose(results[name][point, place, 0], values, rtol=1e-11, err_msg=name)


def test_single_projects_have_the_same_seeds_under_all_policies(tmp_path):
    design = small(
        tmp_path,
        pipeline={"mode": "stochastic", "replications": 2},
        sample={"size": 2, "seed": 5},
        policies=["as_happened", {"as_it_was": {"levers": {}}}],
        base="as_happened",
        vary={"levers": {"smart_manufacturing": [10, 20]}},
    )
    columns = next(sampled(design))
    runs = ChunkRuns(design)
    results = runs.run(0, columns)["crude_steel_output"]
    assert results.shape == (2, 2, 2, 2)
    assert (results[:, 0] == results[:, 1]).all()
    assert (results[:, :, 0] != results[:, :, 1]).any()
    assert (runs.run(1, columns)["crude_steel_output"] != results).any(), "another chunk has other seeds"
    seed = int(np.random.SeedSequence(5, spawn_key=(0,)).generate_state(4)[2])
    single = simulate_projects(scenario_at(design, design.policies[0], columns, 1), seed, 2018)
    years = [6, 8]
    np.testing.assert_allclose(results[1, 0, 0], single.arrays["crude_steel_output"][years], rtol=1e-12)


def test_draws_have_the_disturbances_of_the_bands(tmp_path):
    from calibration.parameter_ensemble import Ensemble

    design = small(
        tmp_path,
        base="as_happened",
        policies=None,
        vary={"parameters": {"from": "posterior", "disturbances": True}},
        keep={"indicators": ["crude_steel_output"], "years": [2025]},
    )
    columns = {"posterior_draw": np.array([3.0, 0.0, 7.0])}
    found = ChunkRuns(design).run(0, columns)["crude_steel_output"][:, 0, 0, 0]
    posterior = stored_posterior(2023)
    ensemble = Ensemble(posterior.numbers, 2025, ("crude_steel_output",), noise_after=posterior.window)
    expected = ensemble.indicators(posterior.draws)["crude_steel_output"][:, -1]
    np.testing.assert_allclose(found, expected[[3, 0, 7]], rtol=1e-12)
