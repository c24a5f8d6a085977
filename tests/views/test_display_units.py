"""Quantities in the units that readers use, against figures worked out by hand."""

from decimal import Decimal

import pytest

from model.targets import targets
from views.display_units import SEPARATORS, difference, display_unit, goal, quantity
from views.language import LANGUAGES, Locale

EN, ZH = Locale("en"), Locale("zh")
SPACE = SEPARATORS["zh"]


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (1200.0, "亿元", "120 bn yuan", f"1{SPACE}200亿元"),
        (14_000.0, "亿元/yr", "1,400 bn yuan/yr", f"14{SPACE}000亿元/年"),
        (4.46, "亿元", "0.45 bn yuan", "4.5亿元"),
        (249.0, "Mt", "249 Mt", "2.49亿吨"),
        (99.9, "Mt", "99.9 Mt", f"9{SPACE}990万吨"),
        (13.8, "Mt/yr", "13.8 Mt/yr", f"1{SPACE}380万吨/年"),
        (0.03, "Mt", "0.03 Mt", "3.0万吨"),
        (316.4, "Mtce", "316 Mtce", "3.16亿吨标准煤"),
        (21.0, "Mtce", "21.0 Mtce", f"2{SPACE}100万吨标准煤"),
        (842.0, "Mt CO2", "842 Mt CO₂", "8.42亿吨CO₂"),
        (640.0, "10k people", "6.40 million people", "640万人"),
        (40.5, "10k people", "405 thousand people", "40.5万人"),
        (20_000.0, "person/yr", "20,000 people/yr", "2.0万人/年"),
        (120.0, "10k t", "1.20 Mt", "120万吨"),
        (30.0, "10k t", "300 thousand t", "30.0万吨"),
        (21.9, "M weight cases/yr", "21.9 M cases/yr", f"2{SPACE}190万重量箱/年"),
        (54.3, "%", "54.3 %", "54.3%"),
        (0.9, "1", "0.90", "0.90"),
    ],
)
def test_a_quantity_is_shown_in_the_units_of_its_readers(value, unit, en, zh):
    assert quantity(value, unit, EN) == en
    assert quantity(value, unit, ZH) == zh


def test_a_difference_carries_its_sign_and_unit_and_picks_the_unit_by_its_own_size():
    assert difference(13.8, "Mt", EN) == "+13.8 Mt"
    assert difference(13.8, "Mt", ZH) == f"+1{SPACE}380万吨"
    assert difference(-1.1, "%", EN) == "−1.1 pp"
    assert difference(-1.1, "pp", ZH) == "−1.1个百分点"
    assert difference(-230.0, "亿元", EN) == "−23.0 bn yuan"


def test_values_side_by_side_share_a_unit():
    shown = display_unit("Mt", ZH, 249.0)
    assert (shown.text, shown.number(249.0), shown.number(50.0)) == ("亿吨", "2.49", "0.50")
    assert shown.scaled(50.0) == pytest.approx(0.5)


def test_goals_are_shown_as_they_were_set():
    assert goal(1.26, "%", EN) == "1.26 %"
    assert goal(1.68, "%", ZH) == "1.68%"
    assert goal(5000.0, "亿元", EN) == "500 bn yuan"
    assert goal(228.1, "Mt", ZH) == "2.281亿吨"
    assert goal(-0.3, "pp", EN) == "−0.3 pp"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_goal_of_every_target_can_be_read_back_from_what_is_shown(language):
    known = [target for target in targets() if target.value is not None]
    assert len(known) > 40
    for target in known:
        shown = display_unit(target.unit, Locale(language), target.value)
        figure = goal(target.value, target.unit, Locale(language)).removesuffix(shown.text).strip()
        plain = figure.replace(SEPARATORS[language], "").replace("−", "-")
        assert Decimal(plain) / shown.factor == Decimal(repr(float(target.value)))
