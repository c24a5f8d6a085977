"""What reports say: figures of the run, both languages, method, manifest and sources."""

import re

import numpy as np
import pytest

from calibration.forecast import FORECAST
from calibration.posterior import WINDOWS
from calibration.weaknesses import weaknesses
from model.clauses import clauses
from model.scenario import BASELINE, parse_scenario, shipped_scenarios
from views.charts.plot import plot_of
from views.language import LANGUAGES, Locale
from views.report import evidence
from views.report.block_html import words
from views.report.blocks import Picture, Table
from views.report.changes import change_blocks, changes
from views.results import evidence_tables, headline, scoreboard, simulation, uncertainty
from views.results.catalogue import CHARTS
from views.results.evidence_badge import chart_badges
from views.results.moves import held, scaled
from views.results.observed import observed
from views.results.settings import Settings, scenario_of
from views.results.sliders import slots

from .report_support import SETTINGS, page_of, request_of, tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_a_report_are_those_of_the_run(language, reports, now, ghost):
    report = reports[language]
    wanted = headline.figures(now, ghost, SETTINGS.year, Locale(language))
    shown = tables(report)[0]
    for row, figure in zip(shown.rows, wanted, strict=True):
        before = headline.headline_value(ghost, figure.indicator, SETTINGS.year)
        assert row[2] == headline.value_text(figure, figure.value)
        assert row[3] == headline.value_text(figure, before)
        assert row[4] == headline.delta_text(figure.indicator, figure.delta, Locale(language)) != ""
        assert row[7][:1] == {True: "✓", False: "✗", None: ""}[figure.met]
        assert bool(row[8]) == (figure.met is not None), "a probability for every target"
        assert Locale(language).translate("uncertainty.interval", low="|", high="|").strip("|").strip() in row[5]
    steel = now.at(2020, "crude_steel_output", "steel")
    expected = {"en": ("Mt", Locale.number(steel, 0)), "zh": ("亿吨", Locale.number(steel / 100, 2))}
    assert shown.rows[2][1:3] == expected[language] and shown.rows[2][2] != shown.rows[2][3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_hold_runs_bands_observations_and_targets_the_chosen_first(language, reports, now, ghost):
    pictures = [block for block in reports[language].blocks if isinstance(block, Picture)]
    assert [p.plot.id for p in pictures] == ["co2", "lead", "shares", "energy_intensity", "steel_output", "cost"]
    made = uncertainty.uncertainty_of(scenario_of(SETTINGS, shipped_scenarios()), SETTINGS.until).bands
    steel = pictures[4]
    line = steel.plot.lines[0]
    factor, digits = {"en": (1.0, None), "zh": (0.01, 2)}[language]
    np.testing.assert_array_equal(line.now, now.series("crude_steel_output", "steel") * factor)
    np.testing.assert_array_equal(line.ghost, ghost.series("crude_steel_output", "steel") * factor)
    known = [(p.year, p.value * factor, p.source) for p in observed("crude_steel_output", "steel")]
    assert [(p.year, p.value, p.source) for p in line.points] == known
    outer, inner = line.bands
    assert outer.with_error and not inner.with_error
    np.testing.assert_array_equal(inner.low, made["crude_steel_output", "steel"][1].low * factor)
    present = dict(zip(steel.table.columns, steel.table.rows[0], strict=True))
    assert present["2020"] == Locale.number(factor * now.at(2020, "crude_steel_output", "steel"), digits)
    inside = dict(zip(steel.table.columns, steel.table.rows[2], strict=True))["2020"]
    at = list(inner.years).index(2020)
    assert inside == f"[{Locale.number(inner.low[at], digits)}, {Locale.number(inner.high[at], digits)}]"
    assert {mark.year for mark in pictures[3].plot.targets} == {2020, 2025}
    assert steel.plot.alternative.startswith(Locale(language).translate("chart.steel_output"))


def test_values_are_in_the_unit_that_is_shown(now, ghost):
    plots = [plot_of(CHARTS["employment"], now, ghost, {}, Locale(language)) for language in ("en", "zh")]
    people = now.at(2025, "employment", "steel")
    assert [plot.lines[1].now[-1] for plot in plots] == pytest.approx([people / 1_000_000, people / 10_000])
    assert [plot.unit for plot in plots] == ["million people", "万人"]
    assert not any(plot.has_bands for plot in plots)


@pytest.mark.parametrize(
    ("language", "paths", "how"),
    [
        (
            "en",
            ("bn yuan/yr", "0.5 (2016) → 1.0 (2025)", "0.5 (2016) → 1.0 (2025)"),
            "× 0.98",
        ),
        (
            "zh",
            ("亿元/年", "5 (2016) → 10 (2025)", "5 (2016) → 10 (2025)"),
            "×0.98",
        ),
    ],
)
def test_a_scaled_path_is_reported_as_scaled(language, paths, how):
    settings = Settings(moved={"talent": scaled(0.98)})
    blocks = change_blocks(settings, shipped_scenarios()[BASELINE], Locale(language))
    (row,) = next(block for block in blocks if isinstance(block, Table)).rows
    assert row[1:5] == (*paths, how)


def test_what_differs_is_told_with_from_and_to_and_its_clauses(reports):
    found = {change.slot.id: change for change in changes(SETTINGS, shipped_scenarios()[SETTINGS.base])}
    assert (found["output_cap"].move, found["capacity_closure.steel"].move) == (held(-5.0), held(20.0))
    assert found["energy_efficiency"].move is None
    row = next(r for r in tables(reports["en"])[1].rows if r[0] == slots()["output_cap"].name(Locale("en")))
    assert row[1:5] == ("%", "no cap (2016) → 0.0 (2025)", "\u22125.0", "held from 2016 on")
    assert row[5] == ", ".join(slots()["output_cap"].lever.clauses)
    text, _ = page_of(reports["en"])
    quotes = {clause.id: clause for clause in clauses()}
    for name, quote in slots()["output_cap"].lever.quote.items():
        assert quote in text and quotes[name].en.split(",")[0] in text
    assert changes(Settings(), shipped_scenarios()[BASELINE]) == []


def test_the_scoreboard_of_a_report_is_that_of_the_run(reports, now, ghost):
    t = Locale("en").translate
    pairs = scoreboard.pairs(now, ghost)
    text, _ = page_of(reports["en"])
    assert scoreboard.summary(pairs, Locale("en")) in text
    shown = next(x for x in tables(reports["en"]) if x.columns[0] == t("document.target"))
    told = {(row[0], row[2]): row[4:6] for row in shown.rows}
    some = [p for p in pairs if scoreboard.status_of(p.now) == "missed"]
    assert some
    for pair in some:
        assert told[pair.target.en, str(pair.target.year)] == [
            scoreboard.reached_text(pair.now, Locale("en")),
            scoreboard.status_text(pair.now, Locale("en")),
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_method_and_weaknesses_are_read_from_the_calibration(language, reports):
    text, _ = page_of(reports[language])
    locale = Locale(language)
    for sentence in (evidence_tables.forecast_verdict(locale), evidence_tables.convergence_text(WINDOWS[-1], locale)):
        assert words(sentence) in text
    for entry in weaknesses():
        assert words(entry["changes"][language]) in text
    scores = evidence_tables.scores()
    steel = scores[(scores["window"] == FORECAST) & (scores["series"] == "crude_steel_output")].iloc[0]
    row = evidence.forecast_table(Locale(language)).rows[0]
    assert row[1] == str(steel["count"]) and row[3] == Locale.number(steel["skill_random_walk"], 2)
    assert "nan" not in re.sub("<[^>]+>", " ", text).split()


def test_the_manifest_is_the_one_that_a_run_of_the_scenario_file_writes():
    from batch.manifest import manifest_of
    from model.run import simulate

    file = request_of().scenario_file
    scenario = parse_scenario(file)
    written = manifest_of(scenario, simulate(scenario, outputs=("crude_steel_output",)), 1.0)
    found = evidence.manifest(file, SETTINGS)
    assert found.keys() == written.keys()
    assert {**found, "run_time_seconds": 0} == {**written, "run_time_seconds": 0}
    other = evidence.manifest(request_of(settings=Settings(moved={"output_cap": held(-5.0)})).scenario_file, Settings())
    assert other["data_hash"] != found["data_hash"]


def test_the_run_of_the_scenario_file_is_the_run_of_the_report(now):
    again = simulation.runner(SETTINGS.until).run(parse_scenario(request_of().scenario_file), {})
    np.testing.assert_allclose(again.values["crude_steel_output"], now.values["crude_steel_output"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_followed_by_how_far_to_trust_it(language, reports):
    blocks = reports[language].blocks
    for place, block in enumerate(blocks):
        if isinstance(block, Picture):
            wanted = chart_badges(block.plot.id, Locale(language))
            found = blocks[place + 1]
            said = [(name, badge.text) for name, badge in wanted]
            assert list(found.items) == said if len(said) > 1 else found.text == said[0][1]


def test_every_observed_point_has_its_source(reports):
    shown = tables(reports["en"])[-1]
    years = sum(len(row[2].split(", ")) for row in shown.rows)
    pictures = [block.plot for block in reports["en"].blocks if isinstance(block, Picture)]
    assert years == sum(len(line.points) for plot in pictures for line in plot.lines)
    steel = observed("crude_steel_output", "steel")
    assert {p.source for p in steel if p.source} <= {row[4] for row in shown.rows}
