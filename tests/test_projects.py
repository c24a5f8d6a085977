"""The project pipeline: agrees with the stocks in the mean, conserves capacity, repeats from its seed, queues."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from model import ScenarioError, parse_scenario, shipped_scenarios, simulate
from model.axes import BRANCH
from model.cli import app
from model.inputs import START, parameters
from model.projects import KINDS, STEPS, mean_delay, order, pipeline_parameters, pipeline_values, simulate_projects

UNTIL = 2020
SEEDS = range(10)
CAPACITY = ("conventional_capacity", "renovated_capacity", "intelligent_capacity", "idled_capacity")
SITES = tuple(
    f"{flow}_stage_{k}" for flow in ("renovation_completions", "smart_conversion_completions") for k in (1, 2, 3)
)


@pytest.fixture(scope="module")
def scenario():
    return shipped_scenarios()["as_happened"]


@pytest.fixture(scope="module")
def runs(scenario):
    return [simulate_projects(scenario, seed, UNTIL) for seed in SEEDS]


def mean(runs, name):
    return np.mean([run.arrays[name] for run in runs], axis=0)


def test_delay_of_the_stocks_follows_from_the_pipeline():
    # 0.45 years to a permit and 2 to build; variance 0.325^2 + 0.25^2/12 + 4/3, so 2.45^2 / 1.444 = 4.2.
    assert mean_delay(0.45, 2.0) == pytest.approx(2.45)
    assert order(0.45, 2.0, 0.25) == 4
    building, interval = float(parameters()["renovation_duration"].value), pipeline_values()["funding_interval"]
    # Building alone is what the third-order delay of the stocks stands for; the permit is a stock of its own.
    assert order(interval / 2, building, interval) == 3
    assert parameters()["fastest_approval_time"].value >= interval / 2


@pytest.mark.parametrize(
    ("name", "tolerance"),
    [
        ("crude_steel_output", 0.03),
        ("steelmaking_capacity", 0.05),
        ("vai_above_scale_real", 0.02),
        ("co2_emissions_industry", 0.03),
    ],
)
def test_mean_of_replications_agrees_with_the_stocks(runs, scenario, name, tolerance):
    smooth = simulate(scenario, UNTIL, STEPS, outputs=(name,))[name].values
    assert mean(runs, name) == pytest.approx(smooth, rel=tolerance)


def test_shares_of_modern_capacity_agree_within_three_points(runs, scenario):
    smooth = simulate(scenario, UNTIL, STEPS, outputs=("renovated_share", "smart_adoption"))
    by_size = simulate(scenario, UNTIL, STEPS, outputs=("active_capacity",))["active_capacity"].values[-1]
    gap = mean(runs, "renovated_share")[-1] - smooth["renovated_share"].values[-1]
    assert abs(np.average(gap, weights=by_size)) < 0.03
    assert mean(runs, "smart_adoption")[-1, -1] == pytest.approx(smooth["smart_adoption"].values[-1, -1], abs=3)


def test_capacity_is_conserved_and_nothing_is_negative(runs):
    for run in runs[:4]:
        held = sum(run.arrays[name] for name in (*CAPACITY, *SITES))
        inflow = run.arrays["completions"]
        outflow = sum(run.arrays[name] for name in ("retirement", "closure", "dismantling", "transfer_abroad"))
        assert held[1:] - held[:-1] == pytest.approx((inflow - outflow)[1:], abs=1e-8 * held.max())
        for name in (*CAPACITY, "awaiting_approval", "capacity_in_renovation", "capacity_in_conversion"):
            assert (run.arrays[name] >= -1e-6 * held.max()).all(), name


def test_projects_are_accounted_for(runs):
    for run in runs[:4]:
        table = pd.DataFrame(run.record)
        assert set(table["kind"]) == set(KINDS)
        renovation = table[table["kind"] == "renovation"]
        at_start = renovation["approved"].iloc[0] + renovation["queue_length"].iloc[0]
        assert renovation["started"].sum() + renovation["queue_length"].iloc[-1] <= (
            renovation["arrived"].sum() + at_start
        )
        assert (renovation["started"] > 0).all() and (renovation["completed"] > 0).all()
        assert renovation["failed"].sum() < 0.1 * renovation["completed"].sum()
        assert (renovation["p90_waiting_time"] >= renovation["mean_waiting_time"]).all()
        assert renovation["mean_waiting_time"].between(0.05, 2).all()


def test_the_seed_decides(scenario, runs):
    again = simulate_projects(scenario, SEEDS[0], UNTIL)
    assert again.record == runs[0].record
    for name in ("crude_steel_output", "renovated_share"):
        assert np.array_equal(again.arrays[name], runs[0].arrays[name])
        assert not np.array_equal(runs[1].arrays[name], runs[0].arrays[name])


def test_queues_grow_when_desks_are_few():
    """Much money and narrow desks: the reform widens them."""
    levers = {"renovation_subsidy": 100, "technical_renovation_investment": 25000}
    narrow = {"base_review_capacity": 0.05, "review_widening": 1.0}

    def waiting(reform):
        text = json.dumps({"title": "x", "levers": levers | {"approval_reform": reform}, "parameters": narrow})
        table = pd.DataFrame(simulate_projects(parse_scenario(text), 1, UNTIL).record)
        late = table[(table["kind"] == "renovation") & (table["year"] >= 2018)]
        return late["queue_length"].mean(), late["mean_waiting_time"].mean()

    (queue, wait), (short_queue, short_wait) = waiting(0), waiting(1)
    assert queue > 1.3 * short_queue
    assert wait > 1.3 * short_wait


def test_every_parameter_of_the_pipeline_has_its_evidence():
    for parameter in pipeline_parameters().values():
        assert parameter.low <= parameter.value <= parameter.high, parameter.id
        assert parameter.grade in "ABCD" and parameter.source and parameter.zh and parameter.en
    assert len(BRANCH) == 10


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("often", "`pipeline` is 'often'"),
        ("{mode: stochastic, seed: -1}", "not understood"),
        ("{mode: stochastic, replications: 0}", "not understood"),
        ("{mode: stochastic, speed: 3}", "not understood"),
        ("7", "`pipeline` is 7"),
    ],
)
def test_wrong_pipelines_are_refused_with_file_and_line(value, message):
    with pytest.raises(ScenarioError) as refusal:
        parse_scenario(f"title: x\nlevers: {{}}\npipeline: {value}\n", "mine.yaml")
    text = str(refusal.value)
    assert "mine.yaml:3: " in text and message in text and "allowed: deterministic, stochastic" in text


def test_pipeline_is_read_inherited_and_switched_off():
    read = parse_scenario("title: x\nlevers: {}\npipeline: {mode: stochastic, seed: 5, replications: 3}\n")
    assert (read.pipeline.seed, read.pipeline.replications) == (5, 3)
    assert parse_scenario("title: x\nlevers: {}\npipeline: stochastic\n").pipeline.replications == 1
    assert parse_scenario("title: x\nlevers: {}\npipeline: deterministic\n").pipeline is None
    child = "title: x\nlevers: {}\nextends: projects_at_random\n"
    assert parse_scenario(child).pipeline.replications == 8
    assert parse_scenario(child + "pipeline: deterministic\n").pipeline is None


def test_run_writes_projects_and_replications(tmp_path):
    file = tmp_path / "random.yaml"
    file.write_text("title: x\nlevers: {}\nuntil: 2020\npipeline: {mode: stochastic, seed: 2, replications: 2}\n")
    result = CliRunner().invoke(app, ["run", str(file), "--out", str(tmp_path / "out"), "--quiet"])
    assert result.exit_code == 0, result.output
    projects = pd.read_csv(tmp_path / "out" / "random" / "projects.csv")
    assert set(projects.columns) == {"kind", "quantity", "year", "mean", "p5", "p95"}
    assert set(projects["year"]) == set(range(START, UNTIL + 1))
    assert (projects["p5"] <= projects["p95"] + 1e-12).all()
    single = pd.read_csv(tmp_path / "out" / "random" / "replications.csv")
    assert set(single["seed"]) == {2, 3}
    refused = CliRunner().invoke(app, ["run", str(file), "--out", str(tmp_path / "no"), "--dt", "1/32"])
    assert refused.exit_code == 2 and not (tmp_path / "no").exists()
