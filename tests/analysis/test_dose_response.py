"""Runs of the dose responses, and verdicts on responses worked out by hand."""

import dataclasses

import numpy as np
import pytest

from analysis.dose_response import (
    DOSES,
    FIRST,
    Response,
    Responses,
    dose_responses,
    effects_of,
    series,
    shared_responses,
    value_at,
)
from analysis.dose_table import main
from analysis.lever_contract import LEVER_ITEMS, SPINE_ITEMS, required, verdicts
from analysis.lever_expectations import (
    ITEMS,
    Bound,
    ContractLimits,
    Limits,
    SpineContract,
    expectations,
)
from model import simulate
from model.inputs import END, START, levers
from model.scenario import lever_value, shipped_scenarios, with_levers

YEARS = END - START + 1


def test_doses_run_from_the_end_where_the_lever_does_nothing():
    growing = levers()["energy_efficiency"]
    falling = dataclasses.replace(growing, min=100, max=400, off=400)
    assert [value_at(falling, dose) for dose in (0, 0.25, 1)] == [400, 325, 100]
    rising = dataclasses.replace(growing, min=0, max=500, off=0)
    assert [value_at(rising, dose) for dose in (0, 0.25, 1)] == [0, 125, 500]


def test_effects_by_measure():
    reference = np.full(YEARS, 50.0)
    values = reference + np.arange(YEARS)
    assert effects_of("percent", values, reference)[:3] == pytest.approx([0, 2, 4])
    assert effects_of("difference", values, reference)[-1] == YEARS - 1
    cumulative = effects_of("cumulative", values, reference)
    assert (cumulative[:FIRST] == 0).all()
    assert cumulative[FIRST : FIRST + 2] == pytest.approx([6, 6 + 7]), "2016 is the seventh year"
    assert np.isnan(effects_of("percent", values, np.zeros(YEARS))).all()


def test_a_dose_gives_what_a_run_of_its_scenario_gives():
    wanted = expectations()
    entry = wanted.entries["energy_efficiency"]
    found = dose_responses([entry], wanted.outcomes, wanted.contract.doubling).by_entry[entry.id]
    base = shipped_scenarios()["as_happened"]
    runs = []
    for dose in (0.0, 0.75):
        value = lever_value(entry.lever, value_at(levers()[entry.lever], dose))
        changed = base.model_copy(update={"levers": with_levers(base.levers, {entry.lever: value})})
        runs.append(simulate(changed, outputs=("energy_per_above_scale_industrial_va",)))
    weak, strong = (run["energy_per_above_scale_industrial_va"].values for run in runs)
    position = DOSES.index(0.75)
    assert found.effects["energy_intensity"][position] == pytest.approx(100 * (strong / weak - 1), rel=1e-9)


def test_closure_in_steel_alone_leaves_other_sectors_alone():
    responses = shared_responses().by_entry
    assert responses["capacity_closure"].cost[-1, -1] > responses["capacity_closure.steel"].cost[-1, -1] > 0
    assert all((one.effects["energy_intensity"][:, :FIRST] == 0).all() for one in responses.values())


def test_series_takes_an_element_or_the_sum():
    values = np.arange(24.0).reshape(1, 3, 8)
    assert series(values, "sector_va_share", "equipment").tolist() == [[1, 9, 17]]
    assert series(values, "sector_va_share", "sum")[0, 0] == sum(range(8))


def judges():
    """Expectations of one lever, with limits that the tests name."""
    contract = SpineContract(
        ITEMS, {"energy_intensity": -1}, {"steel_share": 0, "equipment_share": 0}, {"real_value_added": 1}
    )
    entry = dataclasses.replace(
        expectations().entries["technical_renovation_investment"],
        own="energy_intensity",
        sign=-1,
        plausible=Limits(2, 12),
        at_most=[Bound("real_value_added", 3)],
        at_most_each={"energy_intensity": 0.05, "value_added_gained": 5},
        contract=contract,
    )
    doubling = dataclasses.replace(
        expectations().contract.doubling,
        outcome="real_value_added",
        one_year=Limits(0.05, 0.5),
        lasting=Limits(0.5, 5),
    )
    return dataclasses.replace(
        expectations(),
        contract=ContractLimits(Limits(3, 65), Limits(2, 6), 0.1, doubling),
        quarter=Limits(3, 75),
        least_cost=10,
        outcomes={name: dataclasses.replace(one, moves=0.1) for name, one in expectations().outcomes.items()},
        entries={entry.id: entry},
    )


def made(effect, cost=100.0, change=0.5, **others):
    """A response in which all outcomes but `others` follow `effect` (doses,), growing evenly from 2016 on."""
    wanted = judges()
    growth = np.concatenate([np.zeros(FIRST), np.linspace(0.1, 1, YEARS - FIRST)])
    doses = {name: np.array(effect, dtype=float) for name in wanted.outcomes} | others
    effects = {name: np.outer(values, growth) for name, values in doses.items()}
    changes = {name: values[-1] * 0.1 * change for name, values in effects.items()}
    costs = np.outer(cost * np.array(DOSES), growth)
    return Response(*wanted.entries.values(), effects, changes, 0.1, costs)


def judged(response, doubled=(0.1, 1.0)):
    names = ("one_year", "lasting")
    effects = {n: {"real_value_added": np.full(YEARS, d)} for n, d in zip(names, doubled, strict=True)}
    responses = Responses({response.entry.id: response}, effects)
    return {one.item: one for one in verdicts(responses, judges())}


STRAIGHT = np.array(DOSES)
UP = dict.fromkeys(("real_value_added", "value_added_gained"), 2 * STRAIGHT)


def test_a_straight_response_within_the_bounds_passes_every_item():
    results = judged(made(-4 * STRAIGHT, cost=1000, **UP))
    assert all(one.passed for one in results.values()), [one for one in results.values() if not one.passed]
    assert results["c"].parts[0].figures.en == "4.5 years"
    assert results["d"].parts[0].figures.en == "0.50"


@pytest.mark.parametrize(
    ("item", "response"),
    [
        ("a", made(4 * STRAIGHT, **UP)),
        ("a", made([0, -3, -2, -3.5, -4], **UP)),
        ("b", made([0, -3, -3.4, -3.7, -4], **UP)),
        ("b", made([0, -2, -3.5, -3.95, -4], **UP)),
        ("d", made(-4 * STRAIGHT, change=0.09, **UP)),
        ("f", made(-4 * STRAIGHT, real_value_added=0.09 * STRAIGHT)),
        ("dead", made(-1.9 * STRAIGHT)),
        ("range", made([0, -3.1, -3.4, -3.7, -4])),
        ("free", made(-4 * STRAIGHT, cost=9)),
        ("free", dataclasses.replace(made(-4 * STRAIGHT), cost=np.array([[0.0], [2.4], [50], [50], [50]]))),
        ("implausible", made(-12.1 * STRAIGHT, cost=1000)),
        ("implausible", made(-4 * STRAIGHT, cost=1000, real_value_added=3.1 * STRAIGHT)),
        ("implausible", made(-4 * STRAIGHT, cost=79, **UP)),
        ("implausible", made(-4 * STRAIGHT, cost=100, value_added_gained=501 * STRAIGHT)),
    ],
)
def test_an_item_fails_alone_where_its_limit_is_crossed(item, response):
    assert not judged(response)[item].passed


def test_a_lever_that_moves_nothing_fails_the_whole_contract():
    results = judged(made(0.09 * STRAIGHT))
    assert not any(results[item].passed for item in "abcdf")
    assert {part.figures.en for part in results["a"].parts} == {"does not move"}


def test_half_of_the_effect_may_come_neither_at_once_nor_at_the_end():
    response = made(-4 * STRAIGHT, **UP)
    for growth in (np.ones(YEARS - FIRST), np.linspace(0, 1, YEARS - FIRST) ** 4):
        years = np.concatenate([np.zeros(FIRST), growth])
        changed = {name: np.outer(values[:, -1], years) for name, values in response.effects.items()}
        assert not judged(dataclasses.replace(response, effects=changed))["c"].passed


@pytest.mark.parametrize(("doubled", "passed"), [((0.1, 1.0), True), ((0.04, 1.0), False), ((0.1, 5.1), False)])
def test_doubling_asks_both_of_one_year_and_of_all_years(doubled, passed):
    assert judged(made(STRAIGHT), doubled)["e"].passed is passed


def test_verdicts_are_those_required():
    found = [(one.entry, one.item) for one in verdicts(shared_responses(), expectations())]
    assert found == required(expectations())
    assert {item for _, item in found} == {*SPINE_ITEMS, *LEVER_ITEMS} and tuple(SPINE_ITEMS) == ITEMS


def test_the_command_prints_one_lever_and_refuses_an_unknown_one(capsys):
    assert main(["water_saving"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("== ") == 1 and "== water_saving" in printed and " free " in printed
    assert main(["capacity_closure"]) == 0
    assert "== capacity_closure.steel" in capsys.readouterr().out
    assert main(["water_savings"]) == 2
    assert "water_savings: no lever has this name" in capsys.readouterr().err
