"""The file of what is expected of the levers: refusals, labels and units."""

import copy

import pytest

from analysis.lever_expectations import FILE, ITEMS, ExpectationsError, Limits, Outcome, expectations, parsed
from model.inputs import levers, load_yaml


def changed(**places):
    """The file with other values; a place is a path with double underscores between its keys, dots as they are."""
    data = copy.deepcopy(load_yaml(FILE))
    for place, value in places.items():
        *path, last = place.split("__")
        part = data
        for key in path:
            part = part[key]
        part[last] = value
    return data


def test_every_lever_has_an_entry_with_a_reason_and_the_four_tasks_have_a_contract():
    wanted = expectations()
    assert {entry.lever for entry in wanted.entries.values()} == set(levers())
    assert all(entry.source and entry.grade in ("A", "B", "C", "D") for entry in wanted.entries.values())
    assert all(0 < entry.plausible.least < entry.plausible.most for entry in wanted.entries.values())
    full = {e.lever for e in wanted.entries.values() if e.contract and {*"abcdf"} <= set(e.contract.items)}
    assert len(full) == len({levers()[lever].group for lever in full}) == 4
    doubled = wanted.entries[wanted.contract.doubling.lever].contract
    assert doubled is not None and tuple(doubled.items) == ITEMS


@pytest.mark.parametrize(
    ("places", "message"),
    [
        (
            {"outcomes__co2__indicator": "co2_emission"},
            "no variable is called co2_emission; did you mean",
        ),
        ({"outcomes__co2__measure": "percents"}, "percents is unknown; did you mean percent?; allowed: percent"),
        ({"outcomes__co2__element": "steel"}, "co2_emissions_industry is over no axis"),
        ({"outcomes__steel_share__element": "steal"}, "steal is unknown; did you mean steel"),
        ({"headline": ["co3"]}, "headline: co3 is unknown"),
        ({"levers__talent__own": "persons"}, "levers: talent: persons is unknown"),
        ({"levers__talent__sign": "left"}, "levers: talent: left is unknown; allowed: up, down, either"),
        ({"levers__talent__at_most_each": {"water": 1}}, "levers: talent: at_most_each needs outcomes with `better`"),
        ({"levers__tallent": {}}, "levers: tallent: tallent is unknown; did you mean talent"),
        ({"levers__capacity_closure.textile": {}}, "capacity_closure.textile: textile is unknown"),
        ({"levers__energy_efficiency__contract__items": ["g"]}, "energy_efficiency: g is unknown"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(places, message):
    with pytest.raises(ExpectationsError) as refused:
        parsed(changed(**places))
    assert message in str(refused.value) and str(refused.value).startswith("lever_expectations.yaml: ")


def test_a_lever_without_an_entry_is_refused():
    data = load_yaml(FILE)
    del data["levers"]["talent"]
    with pytest.raises(ExpectationsError, match="no entry for talent"):
        parsed(data)


def test_limits_of_a_lever_stand_in_place_of_those_of_every_lever():
    data = changed(
        every_lever__at_most={"energy_intensity": 3, "real_value_added": 4},
        levers__talent__at_most={"energy_intensity": 20, "crude_steel": {"most": 60, "year": 2020}},
        levers__water_saving__own="energy_intensity",
    )
    bounds = {
        lever: {bound.outcome: (bound.most, bound.year) for bound in parsed(data).entries[lever].at_most}
        for lever in ("talent", "water_saving")
    }
    assert bounds["talent"] == {
        "energy_intensity": (20, 2025),
        "real_value_added": (4, 2025),
        "crude_steel": (60, 2020),
    }
    assert "energy_intensity" not in bounds["water_saving"], "least and most of the lever itself bound its outcome"


def test_units_of_effects():
    def unit(indicator, measure, element=None):
        return Outcome("x", indicator, measure, 0.1, element).unit.en

    assert unit("sector_va_share", "difference", "steel") == "points"
    assert unit("sector_va_share", "percent", "steel") == "%"
    assert unit("crude_steel_output", "difference") == "Mt"
    assert unit("public_cost", "cumulative", "all") == "亿元"


def test_labels_name_the_sector():
    assert Outcome("x", "sector_va_share", "percent", 0.1, "steel").label.en.endswith(", Steel")
    assert expectations().entries["capacity_closure.steel"].label.zh.endswith("仅钢铁")


def test_limits():
    limits = Limits(2, 6)
    assert limits.contain(2) and limits.contain(6) and not limits.contain(6.1) and not limits.contain(float("nan"))
