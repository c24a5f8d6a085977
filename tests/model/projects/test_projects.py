"""The project pipeline: agrees with the stocks in the mean, conserves capacity, repeats from its seed, queues."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from cli.main import app
from model import ScenarioError, parse_scenario, shipped_scenarios, simulate
from model.axes import BRANCH
from model.inputs import START, parameters
from model.projects import KINDS, STEPS, mean_delay, order, pipeline_parameters, pipeline_values, simulate_projects
from model.projects.coupling import AWAITING, CONTENTS, census, trace
from model.projects.drawing import BUILDING, COMPLETED, FAILED, MONEY, REVIEW, WITHDRAWN
from model.projects.settings import CLOSURE, CONVERSION, DURATIONS, RENOVATION
from model.system import system

UNTIL = 2020
SEEDS = range(10)
CAPACITY = ("conventional_capacity", "renovated_capacity", "intelligent_capacity", "idled_capacity")
SITES = CONTENTS[CONVERSION]
"""Plants in conversion leave their vintage; those under renovation stay in it."""
STOCKS = tuple(name for name, v in system().variables.items() if v.kind == "stock" and name != "expected_margin")
"""Stocks that may not be negative: all but an expectation."""
SHOWN = (
    *STOCKS,
    "crude_steel_output",
    "steelmaking_capacity",
    "cement_capacity",
    "plate_glass_capacity",
    "vai_above_scale_real",
    "co2_emissions_industry",
    "renovated_share",
    "smart_adoption",
    "active_capacity",
    "projects_awaiting",
    "approval_delay",
    "completions",
    "retirement",
    "closure",
    "dismantling",
    "transfer_abroad",
    "renovation_withdrawals",
)


@pytest.fixture(scope="module")
def scenario():
    return shipped_scenarios()["as_happened"]


@pytest.fixture(scope="module")
def smooth(scenario):
    """The deterministic run in the same steps."""
    run = simulate(scenario, UNTIL, STEPS, outputs=SHOWN)
    return {name: run[name].values for name in SHOWN}


@pytest.fixture(scope="module")
def runs(scenario):
    return [simulate_projects(scenario, seed, UNTIL, SHOWN) for seed in SEEDS]


@pytest.fixture(scope="module")
def traced(scenario):
    return trace(scenario, 1, UNTIL)


def mean(runs, name):
    return np.mean([run.arrays[name] for run in runs], axis=0)


def test_delays_of_the_stocks_follow_from_the_pipeline():
    known = parameters()
    for kind, name in DURATIONS.items():
        assert mean_delay(kind) == pytest.approx(known[name].value)
        assert order(kind) == 3, "delay3 in the stocks"
    for when in (known["slowest_approval_time"].value, known["fastest_approval_time"].value, 0.3):
        assert mean_delay("approval", None, {"approval_time": when}) == pytest.approx(when)
    assert order("approval") == 1, "one stock of files, emptied in proportion"
    # 0.1 + 0.15 years; (0.25)^2 / (0.1^2 + 0.15^2) = 1.92.
    assert (mean_delay("closure"), order("closure")) == (pytest.approx(0.25), 2)
    with pytest.raises(KeyError, match="no such kind"):
        mean_delay("holidays")


def test_projects_take_the_derived_times(traced):
    """Means and orders as derived, observed on all projects that can have ended: within three standard errors of the
    mean of so many projects, and 2 % for those that last longer than observed."""
    constant = {n: float(p.value) for n, p in parameters().items() if n in DURATIONS.values()}
    for kind, first, last in (
        (RENOVATION, "started", "completed"),
        (CONVERSION, "started", "completed"),
        (CLOSURE, "applied", "completed"),
    ):
        early = UNTIL - 6 if kind in DURATIONS else UNTIL
        times = np.array(
            [
                p.times[last] - p.times[first]
                for p in traced.pipeline.projects
                if p.kind == kind
                and {first, last} <= p.times.keys()
                and not p.there_at_start
                and p.times[first] < early
            ]
        )
        assert len(times) > 100
        allowed = 0.02 + 3 / np.sqrt(order(kind, None, constant) * len(times))
        assert times.mean() == pytest.approx(mean_delay(kind, None, constant), rel=allowed)
        assert times.mean() ** 2 / times.var() == pytest.approx(order(kind, None, constant), abs=0.6)


def test_waits_are_those_derived_where_desks_are_many_and_money_is_plenty():
    """No order closes plants and they live long, since the exit of plants would cut short the longest waits."""
    free_desks = {"base_review_capacity": 0.3, "capital_half_life": 30}
    text = json.dumps({"title": "x", "levers": {}, "parameters": free_desks})
    free = [trace(parse_scenario(text), seed, 2016, {"funding_headroom": 1000.0}) for seed in range(10)]
    # Approval reform stays at a tenth until the end of 2013.
    waits = np.array(
        [
            p.times["started"] - p.times["applied"]
            for run in free
            for p in run.pipeline.projects
            if p.kind == RENOVATION and "started" in p.times and p.times.get("applied", 2014) < 2013
        ]
    )
    known = parameters()
    slow, fast = (known[n].value for n in ("slowest_approval_time", "fastest_approval_time"))
    reformed = {"approval_time": slow - (slow - fast) * 0.1}
    assert waits.mean() == pytest.approx(mean_delay("approval", None, reformed), rel=0.08)
    assert round(waits.mean() ** 2 / waits.var()) == order("approval", None, reformed)


@pytest.mark.parametrize(
    ("name", "tolerance"),
    [
        ("crude_steel_output", 0.02),
        ("steelmaking_capacity", 0.02),
        ("cement_capacity", 0.04),
        ("plate_glass_capacity", 0.04),
        ("vai_above_scale_real", 0.01),
        ("co2_emissions_industry", 0.02),
    ],
)
def test_mean_of_replications_agrees_with_the_stocks(runs, smooth, name, tolerance):
    assert mean(runs, name) == pytest.approx(smooth[name], rel=tolerance)


def test_shares_of_modern_capacity_agree_within_one_and_a_half_points(runs, smooth):
    gap = mean(runs, "renovated_share")[-1] - smooth["renovated_share"][-1]
    assert abs(np.average(gap, weights=smooth["active_capacity"][-1])) < 0.015
    assert mean(runs, "smart_adoption")[-1, -1] == pytest.approx(smooth["smart_adoption"][-1, -1], abs=1.5)


def test_queues_and_waits_agree_with_the_stocks(runs, smooth):
    for name in ("projects_awaiting", "approval_delay"):
        # Ten runs differ by a tenth in one year; the mean of all years is surer.
        assert mean(runs, name).mean() == pytest.approx(smooth[name].mean(), rel=0.08), name


def test_capacity_is_conserved_and_nothing_is_negative(runs):
    for run in runs[:4]:
        held = sum(run.arrays[name] for name in (*CAPACITY, *SITES))
        inflow = run.arrays["completions"]
        outflow = sum(run.arrays[name] for name in ("retirement", "closure", "dismantling", "transfer_abroad"))
        assert held[1:] - held[:-1] == pytest.approx((inflow - outflow)[1:], abs=1e-8 * held.max())
        for name in STOCKS:
            assert (run.arrays[name] >= -1e-9 * abs(run.arrays[name]).max()).all(), name


def test_stocks_hold_exactly_what_the_pipeline_holds(traced):
    """Files on desks, and each stage of building, branch by branch, after all months."""
    arrays = traced.run.results(SHOWN)
    projects = traced.pipeline.projects
    held = np.zeros(len(BRANCH))
    for p in projects:
        held[p.branch] += p.size * (p.kind == RENOVATION and p.state in (REVIEW, MONEY))
    assert arrays[AWAITING][-1] == pytest.approx(held, abs=1e-8)
    for kind, names in CONTENTS.items():
        held = np.zeros((len(names), len(BRANCH)))
        for p in projects:
            if p.kind == kind and p.state == BUILDING:
                held[p.stage, p.branch] += p.size
        for stage, name in enumerate(names):
            assert arrays[name][-1] == pytest.approx(held[stage], abs=1e-8), name


def test_no_project_is_lost(traced):
    for kind in KINDS:
        counted = census(traced.pipeline, kind)
        assert counted.pop("there") == sum(counted.values()), kind
        assert counted[COMPLETED] > 100
    failed, done = (census(traced.pipeline, RENOVATION)[state] for state in (FAILED, COMPLETED))
    assert failed / (failed + done) == pytest.approx(parameters()["project_failure_share"].value, rel=0.4)
    assert census(traced.pipeline, CONVERSION)[FAILED] == census(traced.pipeline, CLOSURE)[FAILED] == 0


def test_closures_follow_the_plan(runs, smooth):
    """Cumulated closures of steel stay near the plan, whose lists are drawn up ahead and filled plant by plant."""
    plan = smooth["closure"][:, 0].cumsum()
    for run in runs:
        assert run.arrays["closure"][:, 0].cumsum() == pytest.approx(plan, abs=0.05 * plan[-1])


@pytest.mark.parametrize("lead", [0.25, 0.5, 1.5])
def test_the_lead_time_of_closures_is_counted_once(lead):
    """A target from 2014 on: plants close as late as in the stocks, not later by audit and dismantling."""
    levers = {"capacity_closure": {"steel": {2010: 0, 2014: 8}}}
    constants = {"closure_lead_time": lead, "closure_eligible_rate": 0.5}
    planned = parse_scenario(json.dumps({"title": "x", "levers": levers, "parameters": constants}))
    stocks = simulate(planned, 2018, STEPS, outputs=("closure",))["closure"].values[:, 0]
    pipeline = np.mean([simulate_projects(planned, s, 2018, ("closure",)).arrays["closure"][:, 0] for s in SEEDS], 0)
    assert pipeline[:4] == pytest.approx(0, abs=1e-9)
    # Cumulated closures that lag by the 0.25 years of the plants' own delay would miss a quarter of a year's closures.
    late = (stocks.cumsum() - pipeline.cumsum())[-1] / stocks[-1]
    assert abs(late) < 0.15


def test_projects_lapse_with_plants_that_leave(scenario):
    """With funds for all, nothing lapses for want of money; waiting projects lapse as often as plants leave."""
    plenty = [trace(scenario, seed, UNTIL, {"funding_headroom": 1000.0}).run.results(SHOWN) for seed in range(6)]
    withdrawn = np.mean([run["renovation_withdrawals"].sum() for run in plenty])
    leaving = [(run["closure"] + run["retirement"]) / run["active_capacity"] for run in plenty]
    expected = np.mean([(run[AWAITING] * share).sum() for run, share in zip(plenty, leaving, strict=True)])
    assert withdrawn == pytest.approx(expected, rel=0.2)


def test_records_are_consistent(runs):
    table = pd.DataFrame(runs[0].record)
    assert set(table["kind"]) == set(KINDS) and len(table) == len(KINDS) * (UNTIL - START + 1)
    waits = table.dropna(subset="mean_waiting_time")
    assert (waits["p90_waiting_time"] >= waits["mean_waiting_time"] - 1e-9).all()
    renovation = table[table["kind"] == "renovation"]
    assert renovation["mean_waiting_time"].between(0.1, 1).all()
    assert (renovation["money_waiting"] > 0).all() and (renovation["queue_length"] > 0).all()
    assert renovation["arrived"].sum() + 200 > renovation["started"].sum()


def test_projects_without_land_are_reviewed_sooner(traced):
    read = [p for p in traced.pipeline.projects if p.kind == RENOVATION and {"applied", "approved"} <= p.times.keys()]
    with_land, without = (
        np.mean([p.times["approved"] - p.times["applied"] for p in read if p.zero_land is land])
        for land in (False, True)
    )
    assert without < 0.4 * with_land


def test_the_money_of_a_round_goes_to_the_best():
    short = trace(shipped_scenarios()["as_happened"], 1, UNTIL, {"funding_headroom": 0.5})
    funded = [p for p in short.pipeline.projects if p.kind == RENOVATION and {"approved", "started"} <= p.times.keys()]
    waits = np.array([p.times["started"] - p.times["approved"] for p in funded])
    merit = np.array([p.merit for p in funded])
    best = merit > np.median(merit)
    assert waits[best].mean() < 0.5 * waits[~best].mean()
    assert census(short.pipeline, RENOVATION)[WITHDRAWN] > 0


def test_the_seed_decides(scenario, runs):
    again = simulate_projects(scenario, SEEDS[0], UNTIL, SHOWN)
    pd.testing.assert_frame_equal(pd.DataFrame(again.record), pd.DataFrame(runs[0].record))
    for name in ("crude_steel_output", "renovated_share"):
        assert np.array_equal(again.arrays[name], runs[0].arrays[name])
        assert not np.array_equal(runs[1].arrays[name], runs[0].arrays[name])


def test_queues_grow_when_desks_are_few():
    """Much money and narrow desks: the reform widens them until they can handle what is submitted."""
    levers = {"renovation_subsidy": 100, "technical_renovation_investment": 25000}
    narrow = {"base_review_capacity": 0.05, "review_widening": 3.0}

    def waiting(reform):
        text = json.dumps({"title": "x", "levers": levers | {"approval_reform": reform}, "parameters": narrow})
        table = pd.DataFrame(simulate_projects(parse_scenario(text), 1, UNTIL, SHOWN).record)
        late = table[(table["kind"] == "renovation") & (table["year"] >= 2018)]
        return late["queue_length"].mean(), late["mean_waiting_time"].mean()

    (queue, wait), (short_queue, short_wait) = waiting(0), waiting(1)
    assert queue > 1.3 * short_queue
    assert wait > 1.3 * short_wait


def test_every_parameter_of_the_pipeline_has_its_evidence():
    for parameter in pipeline_parameters().values():
        low, high = parameter.bounds()
        assert (low <= parameter.array()).all() and (parameter.array() <= high).all(), parameter.id
        assert parameter.grade in "ABCD" and parameter.source and parameter.zh and parameter.en
    with pytest.raises(KeyError, match="no such parameter"):
        pipeline_values({"luck": 1})


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
