"""How sure differences and targets are, on Explore and Compare and in words."""

import math
from html import unescape

import numpy as np
import pytest

from calibration.bands import model_errors
from calibration.differences import difference_table, scenario_draws, target_table
from calibration.posterior import WINDOWS, load
from model.inputs import END, POLICY_START, START
from model.scenario import BASELINE, shipped_scenarios
from model.targets import modelled_targets
from views.language import LANGUAGES, Locale
from views.results import comparison, headline, uncertainty
from views.results.catalogue import HEADLINES, STEEL_OUTPUT
from views.results.settings import Settings, scenario_of
from views.results.uncertainty import (
    Interval,
    Uncertainty,
    baseline_uncertainty,
    compared_line_keys,
    difference_interval,
    headline_interval,
    ranks,
    uncertainty_of,
)
from views.results.uncertainty_texts import chance_text, interval_text

from .support import component, html, opened

OTHER = "no_document"
COST = "public_cost"


@pytest.fixture(scope="module")
def other():
    return uncertainty_of(shipped_scenarios()[OTHER], END)


@pytest.fixture(scope="module")
def drawn():
    posterior = load(WINDOWS[-1])
    return {name: scenario_draws(posterior, shipped_scenarios()[name], END) for name in (BASELINE, OTHER)}


def test_intervals_and_chances_are_those_that_the_command_line_writes(other, drawn):
    table = difference_table(drawn[OTHER], drawn[BASELINE], (STEEL_OUTPUT,)).set_index("year")
    interval = difference_interval(other, baseline_uncertainty(END), (STEEL_OUTPUT, None), 2020)
    assert (interval.low, interval.high) == pytest.approx(tuple(table.loc[2020, ["p5", "p95"]]))
    chances = target_table(drawn[OTHER], model_errors(load(WINDOWS[-1]))).set_index("target")["probability"]
    assert other.chances == pytest.approx(chances.to_dict(), nan_ok=True)


def test_costs_are_summed_from_the_first_policy_year_in_every_draw(other, drawn):
    whole = [
        drawn[name][COST][:, POLICY_START - START : 2020 - START + 1, -1].sum(axis=1) for name in (OTHER, BASELINE)
    ]
    interval = headline_interval(other, baseline_uncertainty(END), COST, 2020)
    assert (interval.low, interval.high) == pytest.approx(tuple(np.quantile(whole[0] - whole[1], (0.05, 0.95))))


def test_what_happened_does_not_differ_from_itself():
    settings = Settings(base=BASELINE)
    same = uncertainty_of(scenario_of(settings, shipped_scenarios()), settings.until)
    assert same is baseline_uncertainty(END)
    for name in HEADLINES:
        assert headline_interval(same, same, name, 2020) == Interval(0, 0)
        assert headline.certainties(same, same, 2020, Locale("en"))[name].interval == ""


def made(*draws):
    """Uncertainty of runs with one line: carbon dioxide in the first year, under these draws."""
    return [Uncertainty({}, {("co2_emissions_industry", None): np.array([d]).T}, {}) for d in draws]


def test_ranks_follow_the_direction_of_the_indicator():
    low, high = made([1.0, 5.0, 2.0, 3.0], [2.0, 4.0, 4.0, 3.0])
    first, second = ranks([low, high], ("co2_emissions_industry", None), START)
    assert (first.probability, second.probability) == (2.5 / 4, 1.5 / 4)
    assert (first.regret, second.regret) == (pytest.approx(1 / 4), pytest.approx(3 / 4))
    assert ranks([low, high], (STEEL_OUTPUT, None), START) == [], "no draws of this line"


def test_neither_more_nor_less_steel_is_better(other):
    assert (STEEL_OUTPUT, None) in compared_line_keys()
    assert ranks([other, baseline_uncertainty(END)], (STEEL_OUTPUT, None), 2020) == []


def test_words():
    en, zh = Locale("en"), Locale("zh")
    assert [chance_text(p, en) for p in (0.0, 0.004, 0.834, 0.996, 1.0)] == ["<1 %", "<1 %", "83 %", ">99 %", ">99 %"]
    assert chance_text(0.834, zh) == "83%"
    assert interval_text(Interval(-1.04, 12.34), "Mt", en) == "−1.0 to +12.3 Mt"
    assert interval_text(Interval(-0.234, 0.5), "%", zh) == "−0.23至+0.50", "points as in the difference beside it"
    assert interval_text(Interval(0.0, 0.0), "Mt", en) == ""


def test_what_the_draws_do_not_vary_is_said_to_be_not_estimated():
    en, zh = Locale("en"), Locale("zh")
    assert [chance_text(math.nan, locale) for locale in (en, zh)] == ["not estimated", "未估计"]
    assert [interval_text(Interval(15.74, 15.75), unit, en) for unit in ("Mt", "%")] == ["not estimated"] * 2
    assert interval_text(Interval(15.0, 16.0), "Mt", en) == "+15.0 to +16.0 Mt"


@pytest.mark.parametrize("name", [BASELINE, OTHER, "document_implemented"])
def test_no_target_is_certain_because_the_draws_do_not_vary_it(name):
    """Management centres, brands, design tools, solid waste and water hang on numbers that were not estimated."""
    chances = uncertainty_of(shipped_scenarios()[name], END).chances
    unknown = {target.indicator for target in modelled_targets() if math.isnan(chances[target.id])}
    assert unknown == {
        "energy_management_centre_coverage",
        "brand_products",
        "design_tool_penetration",
        "solid_waste_utilisation",
        "water_per_industrial_va_change_cumulative",
    }


def test_a_difference_that_the_draws_do_not_vary_has_no_interval_in_compare(other):
    runs = comparison.run_scenarios(
        {k: shipped_scenarios()[k] for k in (BASELINE, OTHER)}, {BASELINE: "a", OTHER: "b"}, END
    )
    locale = Locale("en")
    table = comparison.delta_table(runs, runs[0], END, locale, comparison.uncertainties(runs, END))
    cells = table.set_index(locale.translate("table.indicator"))[comparison.interval_column(runs[1], locale)]
    fixed = [name for name, cell in cells.items() if cell == locale.translate("uncertainty.not_estimated")]
    assert {name.partition(" (")[0] for name in fixed} == {
        locale.translate(f"chart.{chart}")
        for chart in ("services", "tech_smes", "foreign_investment", "water", "solid_waste")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_get_their_certainty_where_it_is_known(language, other):
    app, locale = opened(lang=language, base=OTHER), Locale(language)
    certain = headline.certainties(other, baseline_uncertainty(END), 2020, locale)
    told = component(app)["data"]["answer"]["certainties"]
    assert set(told) == set(HEADLINES)
    for name in HEADLINES:
        assert told[name]["interval"] == locale.translate("uncertainty.difference", value=certain[name].interval)
    assert told[HEADLINES[0]]["chance"] == locale.translate("uncertainty.chance", value=certain[HEADLINES[0]].chance)


def test_nothing_is_computed_before_the_page_has_been_shown(monkeypatch):
    monkeypatch.setattr(uncertainty, "_compute", lambda *_: pytest.fail("computed with the first drawing"))
    monkeypatch.setattr(uncertainty, "_uncertainties", uncertainty.ResultCache(1))
    data = component(opened(lang="en", base="green_first"))["data"]
    assert "certainties" not in data["answer"] and data["pending"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_shows_intervals_chances_and_the_best(language):
    app, t = opened("compare", lang=language), Locale(language).translate
    ranking, deltas, scores = (app.dataframe[k].value for k in (0, 1, 2))
    intervals = [name for name in deltas.columns if name.startswith(t("uncertainty.range_of", title=""))]
    assert len(intervals) == len(app.multiselect(key="w_compare_chosen").value) - 1
    word = t("uncertainty.interval", low="", high="").strip()
    allowed = f"{word}|^0$|^{t('uncertainty.not_estimated')}$"
    assert deltas[intervals[0]].dropna().str.contains(allowed).all() and deltas[intervals[0]].notna().all()
    titles = list(ranking.columns[2:])
    told = scores[titles].map(lambda cell: cell.rpartition("（" if language == "zh" else "(")[2])
    not_estimated = told.map(lambda cell: t("uncertainty.not_estimated") in cell)
    assert (not_estimated | told.map(lambda cell: "%" in cell)).all().all() and not_estimated.any().any()
    assert t("uncertainty.score_note") in html(app)
    assert ranking[titles].map(lambda cell: "%" in cell and cell.endswith(")")).all().all()
    app.toggle(key="w_compare_certain").set_value(False).run()
    assert len(app.dataframe) == 3
    assert not [name for name in app.dataframe[0].value.columns if name.startswith(t("uncertainty.range_of", title=""))]
    assert scores[titles[0]][0].startswith(app.dataframe[1].value[titles[0]][0])
    assert "%" not in app.dataframe[1].value[titles[0]][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_two_scenarios_is_told_first_in_words(language):
    pair = ("closure_only", "efficiency_only")
    titles = [shipped_scenarios()[name].text("title", language) for name in pair]
    app = opened("compare", lang=language, **{"compare.chosen": ",".join(pair), "compare.reference": pair[0]})
    locale, key = Locale(language), ("energy_per_above_scale_industrial_va_change_cumulative", None)
    draws = [uncertainty_of(shipped_scenarios()[name], 2025).draws[key][:, -1] for name in pair]
    chance = chance_text(float(np.mean(draws[1] < draws[0])), locale)
    told = locale.translate("uncertainty.ahead_in", indicator=locale.translate("chart.energy_intensity"), chance=chance)
    page = unescape(html(app))
    order = page.index(locale.translate("uncertainty.order", year=2025))
    assert (
        order < page.index(titles[1], order) < page.index(told) < page.index(locale.translate("uncertainty.order_note"))
    )
    differences = locale.translate("compare.deltas", reference=titles[0], year=2025)
    assert page.index(told) < page.index(differences)


def test_one_scenario_alone_has_no_rank():
    app = opened("compare", lang="en")
    app.multiselect(key="w_compare_chosen").set_value([BASELINE]).run()
    assert not app.exception and len(app.dataframe) == 2
