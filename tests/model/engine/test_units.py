"""The unit check, and units that a model adds."""

import numpy as np
import pytest

from model.engine import Axis, UnitError, annual, auxiliary, flow, smooth, units
from model.engine.checked_system import Input
from model.engine.ops import (
    convert,
    element,
    fraction,
    in_year,
    maximum,
    over_year,
    percent,
    power,
    previous_year,
    ratio,
    stack,
)

from . import mini
from .mini import SITE, level, parameters_of, system_of


@pytest.fixture(scope="module", autouse=True)
def _definitions(tmp_path_factory):
    path = tmp_path_factory.mktemp("units") / "units.txt"
    path.write_text(
        "# money of a test\nflorin = [test_money]\n万florin = 1e4 * florin  # ten thousand\n"
        "ship = [test_ship]\nperson = [person]\nalias: M florin cases = Mflorin\n",
        encoding="utf-8",
    )
    units.load(path)


@pytest.mark.parametrize(
    "make", [mini.exponential, mini.goal_seeking, mini.logistic_growth, mini.pipeline, mini.bass, mini.oscillator]
)
def test_sound_systems_have_no_problems(make):
    assert units.check_units(make()) == []
    units.require_units(make())


def test_a_sound_system_over_an_axis_has_no_problems():
    assert units.check_units(mini.fishery()) == []


def one(inputs, unit, function, make=auxiliary, over=None):
    """Problems of a system with one equation."""
    function.__doc__ = "Made for a test."
    return units.check_units(system_of(inputs, [SITE], result=make(unit, "果", "Result", over=over)(function)))


def test_a_wrong_dimension_names_variable_and_both_units():
    problems = one(parameters_of(mass="t", span="yr"), "t", lambda mass, span: mass / span)
    assert len(problems) == 1
    assert problems[0].startswith("result (mini): declared 't', but the equation gives 't / a'")
    assert "mass [t], span [yr]" in problems[0]


def test_a_wrong_scale_names_the_factor():
    problems = one(parameters_of(wage="florin", heads="1"), "万florin", lambda wage, heads: wage * heads)
    assert len(problems) == 1
    assert "differs by the factor 0.0001; use convert()" in problems[0]


def test_convert_repairs_the_scale():
    inputs = parameters_of(wage="florin", heads="1")
    assert one(inputs, "万florin", lambda wage, heads: convert(wage * heads, "florin", "万florin", 1e-4)) == []


def test_convert_from_a_wrong_unit_is_found():
    problems = one(parameters_of(wage="florin"), "万florin", lambda wage: convert(wage, "万florin", "florin", 1e4))
    assert problems


@pytest.mark.parametrize(
    "equation",
    [lambda rich, poor: rich + poor, lambda rich, poor: maximum(rich, poor), lambda rich, poor: rich - poor * 2.0],
)
def test_sums_of_different_scale_are_found(equation):
    """pint converts silently here, a run with bare numbers does not."""
    problems = one(parameters_of(rich="万florin", poor="florin"), "万florin", equation)
    assert len(problems) == 1
    assert "different scale" in problems[0]
    assert "rich [万florin], poor [florin]" in problems[0]


def test_a_sum_of_different_dimensions_is_found():
    problems = one(parameters_of(mass="t", span="yr"), "t", lambda mass, span: mass + span)
    assert len(problems) == 1
    assert problems[0].startswith("result (mini): Cannot convert")


def test_a_bare_number_is_dimensionless_and_zero_fits_all():
    inputs = parameters_of(mass="t", share="1")
    assert one(inputs, "1", lambda share: 1 - share) == []
    assert one(inputs, "t", lambda mass: maximum(mass, 0)) == []
    assert one(inputs, "t", lambda mass: maximum(mass, 1.0))
    assert one(inputs, "t", lambda share: 1 - share)


def test_percentages_are_told_from_fractions():
    inputs = parameters_of(share="%", part="1", pace="%/yr")
    assert one(inputs, "1", lambda share: 1 - fraction(share)) == []
    assert one(inputs, "%", lambda part: percent(1 - part)) == []
    assert one(inputs, "1/yr", lambda pace: fraction(pace)) == []
    assert "different scale" in one(inputs, "1", lambda share: 1 - share)[0]
    assert "factor 100" in one(inputs, "1", lambda part: fraction(part))[0]
    assert "factor 100" in one(inputs, "%", lambda part: part)[0]


def test_powers_and_exponentials_want_pure_numbers():
    inputs = parameters_of(mass="t", reference="t", bend="1")
    assert one(inputs, "1", lambda mass, reference, bend: power(mass / reference, bend)) == []
    assert "Cannot convert" in one(inputs, "1", lambda mass, bend: power(mass, bend))[0]


def test_equations_over_an_axis_are_checked_with_arrays():
    inputs = [Input("by_site", "parameter", "t", axis=SITE), *parameters_of(money="florin")]
    assert one(inputs, "t", lambda by_site: element(by_site, SITE, "north")) == []
    assert one(inputs, "t", lambda by_site: stack(SITE, north=element(by_site, SITE, "south")), over=SITE) == []
    problems = one(
        inputs, "t", lambda by_site, money: stack(SITE, north=element(by_site, SITE, "south"), south=money), over=SITE
    )
    assert len(problems) == 1 and problems[0].startswith("result (mini): Cannot convert")


def test_annual_statistics_are_checked():
    inputs = [Input("pace", "driver", "t/yr"), *parameters_of(base="yr")]
    assert one(inputs, "t", lambda pace: over_year(pace), annual) == []
    assert one(inputs, "t", lambda pace: pace, annual)
    assert one(inputs, "%", lambda pace: percent(ratio(pace, previous_year(pace)) - 1), annual) == []
    assert one(inputs, "1", lambda pace: percent(ratio(pace, previous_year(pace)) - 1), annual)
    assert one(inputs, "1", lambda pace, time, base: ratio(pace, in_year(pace, time, base)), annual) == []


@pytest.mark.parametrize(("unit", "start"), [("florin", "t"), ("t", "florin"), ("kg", "t"), ("t", "kg")])
def test_stocks_have_the_unit_of_their_flows_times_a_year(unit, start):
    @flow("t/yr", "流入", "Filling")
    def filling(start_level, pace):
        """Filling."""
        return start_level * pace

    system = system_of(
        parameters_of(start_level=start, pace="1/yr"), filling=filling, level=level(["filling"], unit=unit)
    )
    problems = [p for p in units.check_units(system) if p.startswith("level")]
    assert problems
    assert all(f"level (mini): unit {unit!r} does not fit" in p for p in problems)
    with pytest.raises(UnitError, match="does not fit"):
        units.require_units(system)


def test_a_smooth_of_another_unit_is_found():
    late = smooth("florin", "迟", "Late", "Late.", of="mass", time="delay")
    problems = units.check_units(system_of(parameters_of(mass="t", delay="yr"), late=late))
    assert any("late (mini)" in p for p in problems)
    assert any("late_adjustment (mini)" in p for p in problems)


def test_an_unknown_unit_is_named():
    with pytest.raises(UnitError, match="unit 'furlongs_of_hay' cannot be read"):
        units.unit("furlongs_of_hay")
    problems = one(parameters_of(mass="furlongs_of_hay"), "t", lambda mass: mass)
    assert problems == [p for p in problems if p.startswith("result (mini): unit 'furlongs_of_hay' cannot be read")]
    assert problems


def test_conversion_factors():
    assert units.conversion_factor("florin", "florin") == 1
    assert units.conversion_factor("万florin", "florin") == pytest.approx(1e4)
    assert units.conversion_factor("M florin cases", "florin") == pytest.approx(1e6)
    assert units.conversion_factor("M florin cases/yr", "万florin/yr") == pytest.approx(100)
    assert units.conversion_factor("%", "1") == pytest.approx(0.01)
    with pytest.raises(UnitError, match="different dimensions"):
        units.conversion_factor("florin", "t")


def test_a_bad_definition_is_named_with_file_and_line(tmp_path):
    path = tmp_path / "bad.txt"
    path.write_text("# fine\nthis is no definition\n", encoding="utf-8")
    with pytest.raises(UnitError, match=r"bad\.txt:2: "):
        units.load(path)
    path.write_text("alias: M x = no_such_unit_at_all\n", encoding="utf-8")
    with pytest.raises(UnitError, match=r"bad\.txt:1: unit 'no_such_unit_at_all'"):
        units.load(path)


def test_the_check_gives_the_same_answer_every_time():
    system = system_of(
        [Input("mass", "parameter", "t", axis=Axis("site", ("a", "b", "c")))],
        [Axis("site", ("a", "b", "c"))],
        wrong=auxiliary("kg", "误", "Wrong", over=Axis("site", ("a", "b", "c")))(_same),
    )
    assert units.check_units(system) == units.check_units(system) != []


def _same(mass):
    """Mass in tonnes, declared in kilograms."""
    return mass * np.float64(1)
