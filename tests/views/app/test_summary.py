"""Headline figures, the sentence about the settings, and warnings."""

import pytest

from model.inputs import START
from model.scenario import BASELINE, shipped_scenarios
from views.language import LANGUAGES, Locale
from views.results import headline, summary
from views.results.catalogue import LEAD
from views.results.moves import held, scaled
from views.results.observed import target_for
from views.results.settings import Settings
from views.results.sliders import slots

from .support import run


def test_headline_figures_give_value_difference_and_target(ghost):
    now = run("no_document")
    lead, energy, steel, cost = headline.figures(now, ghost, 2020, Locale("en"))
    assert lead.value == pytest.approx(now.at(2020, LEAD)) and lead.delta == pytest.approx(
        now.at(2020, LEAD) - ghost.at(2020, LEAD)
    )
    assert lead.met == (now.at(2020, LEAD) >= 0)
    assert energy.target == "target 2020: ≤ −18 %" and energy.met == (energy.value <= -18)
    assert steel.met is None
    yearly = now.series("public_cost", "all")[2016 - START : 2021 - START]
    assert cost.value == pytest.approx(yearly.sum())


def test_the_target_of_the_latest_year_due_counts():
    intensity = "energy_per_above_scale_industrial_va_change_cumulative"
    assert target_for(intensity, 2016).value == target_for(intensity, 2020).value == -18
    assert target_for(intensity, 2025).value == -34
    assert target_for("crude_steel_output", 2020) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_what_was_moved_and_what_it_does(language, ghost):
    t, base = Locale(language).translate, shipped_scenarios()[BASELINE]
    settings = Settings(moved={"output_cap": held(-5.0)})
    said = summary.sentence(settings, base, run(output_cap=-5.0), ghost, Locale(language))
    assert {"en": "at one value, −5.0 %", "zh": "统一取−5.0%"}[language] in said
    assert slots()["output_cap"].name(Locale(language)) in said and "2020" in said
    assert summary.sentence(Settings(), base, ghost, ghost, Locale(language)) == t("summary.baseline")


@pytest.mark.parametrize(
    ("language", "scaled_text", "held_text", "constant"),
    [
        (
            "en",
            "Talent programme: × 0.98.",
            "Permitted change of crude steel at one value, −2.0 %, from 2016 on "
            "(actual policies: no cap (2016) → 0.0 (2025)).",
            "0.50 → 0.70.",
        ),
        (
            "zh",
            "人才引进和培养：×0.98。",
            "粗钢产量同比上限自2016年起统一取−2.0%（实际：不设上限 (2016) → 0.0 (2025)）。",
            "0.50 → 0.70。",
        ),
    ],
)
def test_the_sentence_says_whether_a_path_is_scaled_or_held(language, scaled_text, held_text, constant, ghost):
    base = shipped_scenarios()[BASELINE]

    def said(**moved):
        return summary.sentence(Settings(moved=moved), base, ghost, ghost, Locale(language))

    assert said(talent=scaled(0.98)).startswith(scaled_text)
    assert said(output_cap=held(-2.0)).startswith(held_text)
    assert constant in said(land_supply=held(0.7))


def test_a_scaled_path_is_judged_by_its_values():
    locale, base = Locale("en"), shipped_scenarios()[BASELINE]
    beyond = locale.translate("warning.beyond", levers=slots()["capacity_closure.steel"].name(locale))

    def notes(factor):
        moved = {"capacity_closure.steel": scaled(factor)}
        return summary.warnings(Settings(moved=moved), base, run(**moved), locale)

    assert beyond not in notes(1.02)  # 26.1 Mt in 2017, half a step above what happened
    assert beyond in notes(1.2)


@pytest.mark.parametrize(
    ("moved", "warning"),
    [
        ({"capacity_closure.steel": held(20.0), "capacity_discipline": held(0.1)}, "closure_without_discipline"),
        ({"capacity_closure.steel": held(0.0), "capacity_discipline": held(0.9)}, "discipline_without_closure"),
        (
            {"renovation_subsidy": held(50.0), "technical_renovation_investment": held(0.0)},
            "subsidy_without_renovation",
        ),
        ({"smart_manufacturing": held(100.0), "industrial_internet": held(0.0)}, "smart_without_network"),
        ({"output_cap": held(-8.0)}, "cap_far_below"),
    ],
)
def test_contradictory_settings_are_warned_about(moved, warning):
    t, base = Locale("en").translate, shipped_scenarios()[BASELINE]
    words = {"share": "43", "year": 2025}  # 0.92 to the tenth power
    assert t(f"warning.{warning}", **words) in summary.warnings(Settings(moved=moved), base, run(**moved), Locale("en"))


def test_settings_beyond_experience_are_named_and_those_within_are_not():
    t, base = Locale("en").translate, shipped_scenarios()[BASELINE]
    far, near = {"smart_manufacturing": held(120.0)}, {"smart_manufacturing": held(16.0)}
    beyond = t("warning.beyond", levers=slots()["smart_manufacturing"].name(Locale("en")))
    assert beyond in summary.warnings(Settings(moved=far), base, run(**far), Locale("en"))
    assert summary.warnings(Settings(moved=near), base, run(**near), Locale("en")) == []
