"""Priors and bounds as the files of parameters declare them: read, or refused with file, line and reason."""

import numpy as np
import pytest

from model.axes import BRANCH
from model.inputs import checked_parameter, parameters
from model.priors import SHAPES, Prior, read_prior

ENTRY = {"value": 0.5, "unit": "1", "low": 0.0, "high": 1.0, "grade": "C", "source": "here", "zh": "数", "en": "number"}
SKEWED = {"shape": "lognormal", "p5": 0.1, "median": 0.2, "p95": 0.6}


def of(**changes):
    return checked_parameter("p", {**ENTRY, **changes}, "demand.yaml:7")


def refusal(**changes):
    with pytest.raises(ValueError) as error:
        of(**changes)
    assert str(error.value).startswith("demand.yaml:7: p: "), error.value
    return str(error.value)


def test_a_prior_of_one_number_takes_bounds_and_evidence_of_its_parameter():
    assert of(prior=SKEWED).priors() == {None: Prior("lognormal", 0.0, 1.0, "C", "here", 0.1, 0.2, 0.6)}
    graded = of(prior={**SKEWED, "grade": "A", "source": "there"}).priors()[None]
    assert (graded.grade, graded.source) == ("A", "there")
    flat = of(prior={"shape": "uniform", "low": 0.2, "high": 0.3}).priors()[None]
    assert (flat.low, flat.high, flat.median) == (0.2, 0.3, None)
    assert of().priors() == {}


def test_priors_and_bounds_by_branch():
    parameter = of(
        value={"default": 0.5, "steel": 0.9},
        low={"default": 0.0, "steel": 0.8},
        high={"default": 1.0, "steel": 2.0},
        prior={"steel": {"shape": "normal", "p5": 0.8, "median": 1.0, "p95": 1.5}},
    )
    low, high = parameter.bounds()
    steel = BRANCH.index("steel")
    assert (low[steel], high[steel]) == (0.8, 2.0) and parameter.ends == (0.0, 2.0)
    assert np.delete(low, steel) == pytest.approx(0) and np.delete(high, steel) == pytest.approx(1)
    assert list(parameter.priors()) == [steel] and parameter.priors()[steel].low == 0.8


def test_relative_bounds_by_branch_are_factors_on_the_value_before_the_estimation():
    parameter = of(
        value={"default": 10, "steel": 30},
        before={"steel": 20},
        relative=True,
        low={"default": 0.5, "steel": 0.9},
        high=1.5,
    )
    low, high = parameter.bounds()
    steel, food = BRANCH.index("steel"), BRANCH.index("food")
    assert (low[steel], high[steel]) == (18, 30) and (low[food], high[food]) == (5, 15)


BY_BRANCH = {"value": {"default": 0.5}}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prior": {**SKEWED, "shape": "gamma"}}, "shape 'gamma' is unknown; allowed: lognormal, logit_normal, normal"),
        ({"prior": {**SKEWED, "median": 0.05}}, "p5 < median < p95 is needed, got 0.1, 0.05, 0.6"),
        ({"prior": {**SKEWED, "p95": 1.2}}, "must lie inside the bounds 0 to 1"),
        ({"prior": {**SKEWED, "mean": 0.2}}, "mean is unknown; a lognormal prior has shape, p5, median, p95"),
        ({"prior": {"shape": "normal", "median": 0.2}}, "p5 is missing or no number"),
        ({"prior": {**SKEWED, "p5": -0.1}, "low": -1}, "quantiles of a lognormal prior have one sign"),
        ({"prior": {**SKEWED, "shape": "logit_normal", "p95": 1.5}, "high": 2}, "lie between 0 and 1"),
        ({"prior": {"shape": "uniform", "low": 0.4, "high": 0.3}}, "low < high is needed"),
        ({**BY_BRANCH, "prior": {"steal": SKEWED}}, "steal is no branch; allowed: steel"),
        ({**BY_BRANCH, "prior": {"steel": {**SKEWED, "p95": 2}}}, "steel: prior: 0.1, 0.2, 2 must lie inside"),
        ({**BY_BRANCH, "low": {"default": 0, "steal": 0.1}}, "steal is no branch or sector"),
        ({**BY_BRANCH, "low": {"steel": 0}}, "no value for equipment"),
        ({"low": {"steel": 0}}, "one number is needed, not one per branch"),
        ({"low": 2.0}, "low is above high"),
    ],
)
def test_what_is_refused(changes, message):
    assert message in refusal(**changes)


def test_declared_priors_of_the_model_have_a_source_and_a_grade():
    priors = [prior for parameter in parameters().values() for prior in parameter.priors().values()]
    assert {prior.shape for prior in priors} <= set(SHAPES) and len(priors) > 2
    assert all(prior.source and prior.grade in "ABCD" for prior in priors)


def test_a_lognormal_prior_of_negative_numbers():
    entry = {"shape": "lognormal", "p5": -0.95, "median": -0.25, "p95": -0.12}
    assert read_prior(entry, -1, 0, "B", "x").quantiles == (-0.95, -0.25, -0.12)
