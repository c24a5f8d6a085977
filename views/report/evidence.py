"""How sure a report is and where it comes from: method, forecast test, bands, weaknesses, manifest, sources.

Figures are read from the stored calibration, so that they are those of the model that ran.
"""

from __future__ import annotations

import time
from datetime import date

from batch.manifest import manifest_of
from calibration.forecast import FORECAST
from calibration.posterior import DRAWS, WINDOWS
from calibration.series import all_series
from calibration.weaknesses import weaknesses
from model.engine.result import to_dataset
from model.scenario import parse_scenario, shipped_scenarios
from model.system import system
from views.charts.plot import Plot
from views.display_units import PER_CENT, quantity
from views.language import Locale
from views.results import evidence_tables, simulation
from views.results.citation import citation, licence_text, versions_text
from views.results.settings import Settings

from .blocks import Block, Bullets, Code, Heading, Paragraph, Table

SKILLS = ("skill_random_walk", "skill_trend", "skill_last_value")
IN_THE_FILE = ("title", "levers", "parameters", "drivers")
"""Entries of the manifest that the scenario file says already."""
GRADES = "ABCD"
FORECAST_WIDTHS = (40, 10, 16, 16, 16, 16, 16)
SOURCE_WIDTHS = (26, 18, 22, 8, 60)


def method_blocks(locale: Locale) -> list[Block]:
    """How the model works, what it was held against, and what grades mean."""
    found = evidence_tables.calibration_summary(WINDOWS[-1])
    return [
        Heading(2, locale.translate("report.method")),
        Paragraph(locale.translate("report.method_model", variables=len(system().variables))),
        Paragraph(locale.translate("report.method_calibration", numbers=len(found["numbers"]), last=WINDOWS[-1])),
        Paragraph(evidence_tables.convergence_text(WINDOWS[-1], locale)),
        Heading(3, locale.translate("evidence.forecast_section")),
        Paragraph(evidence_tables.forecast_verdict(locale)),
        forecast_table(locale),
        Paragraph(locale.translate("evidence.about_forecast"), "small"),
        Heading(3, locale.translate("document.grade")),
        Bullets([(grade, locale.translate(f"report.grade_{grade}")) for grade in GRADES]),
    ]


def forecast_table(locale: Locale) -> Table:
    """The forecast test of the headline series: mean error and skill against three simple forecasts."""
    scores = evidence_tables.scores()
    rows = scores[(scores["window"] == FORECAST) & scores["headline"]]
    known = all_series()
    cells = [
        (
            evidence_tables.name_of(known[row.series], locale),
            str(row.count_),
            evidence_tables.error_text(row.kind, row.error, locale),
            *(locale.number(getattr(row, skill), 2) for skill in SKILLS),
            percent_inside(row.inside_with_error, locale),
        )
        for row in rows.rename(columns={"count": "count_"}).itertuples()
    ]
    keys = ("series", "count", "error", "skill_walk", "skill_trend", "skill_last", "inside_error")
    return Table([locale.translate(f"evidence.{key}") for key in keys], cells, range(1, len(keys)), FORECAST_WIDTHS)


def percent_inside(part: float, locale: Locale) -> str:
    """A part of the observations in per cent, or a dash where none could be held against the band."""
    return "–" if part != part else quantity(100 * part, PER_CENT, locale, digits=0)


def uncertainty_blocks(locale: Locale) -> list[Block]:
    """What bands hold and what they do not, and what is wrong with the model."""
    numbers = len(evidence_tables.calibration_summary(WINDOWS[-1])["numbers"])
    so = locale.translate("app.then") + locale.translate("evidence.so")
    return [
        Heading(2, locale.translate("report.uncertainty")),
        Bullets(
            [
                (
                    locale.translate("evidence.band_inner"),
                    locale.translate("report.inner", numbers=numbers, draws=DRAWS),
                ),
                (locale.translate("evidence.band_outer"), locale.translate("report.outer")),
                (locale.translate("report.outside"), locale.translate("report.outside_text")),
            ]
        ),
        Heading(3, locale.translate("evidence.weaknesses_section")),
        Paragraph(locale.translate("evidence.about_weaknesses"), "small"),
        Bullets(
            [
                (locale.text(w["title"]), f"{locale.text(w['what'])}{so}{locale.text(w['changes'])}")
                for w in weaknesses()
            ]
        ),
    ]


def manifest(scenario_file: str, settings: Settings) -> dict:
    """The manifest of the present settings, with the entries of manifest.json that `hebei2025 run` writes for the
    scenario file of this report."""
    scenario = parse_scenario(scenario_file)
    runner = simulation.runner(settings.until)
    begin = time.perf_counter()
    runner.run(scenario, {})
    seconds = time.perf_counter() - begin
    return manifest_of(scenario, to_dataset(system(), runner.horizon, {}), seconds)


def manifest_blocks(scenario_file: str, link: str, moment: str, settings: Settings, locale: Locale) -> list[Block]:
    """What is needed to repeat the run."""
    found = {key: value for key, value in manifest(scenario_file, settings).items() if key not in IN_THE_FILE}
    flat: dict[str, object] = {}
    for key, value in found.items():
        flat |= {f"{key}.{name}": v for name, v in value.items()} if isinstance(value, dict) else {key: value}
    rows = [(key, "–" if value is None else str(value)) for key, value in flat.items()]
    notes = []
    if parse_scenario(scenario_file).pipeline is not None:
        notes.append(Paragraph(locale.translate("report.mean_stream"), "small"))
    if settings.base not in shipped_scenarios():
        notes.append(Paragraph(locale.translate("share.link_uploaded"), "small"))
    return [
        Heading(2, locale.translate("report.manifest")),
        Paragraph(locale.translate("report.about_manifest")),
        Table(
            [locale.translate("report.entry"), locale.translate("table.value")],
            [("made", moment), ("link", link), *rows],
            widths=(1, 3),
        ),
        *notes,
        Heading(3, "scenario.yaml"),
        Code(scenario_file),
    ]


def citation_blocks(link: str, today: date, locale: Locale) -> list[Block]:
    """How to cite the report's state."""
    one = citation(link, locale, today)
    return [
        Heading(2, locale.translate("cite.heading")),
        Paragraph(one.text),
        Code(one.bibtex),
        Paragraph(versions_text(one, locale), "small"),
        Paragraph(licence_text(one, locale), "small"),
    ]


def source_blocks(plots: list[Plot], locale: Locale) -> list[Block]:
    """Where every observed figure of the charts comes from."""
    years: dict[tuple[str, str, str, str], list[int]] = {}
    for plot in plots:
        for line in plot.lines:
            for point in line.points:
                key = (plot.title, line.name, point.grade, point.source or locale.translate("report.no_source"))
                years.setdefault(key, []).append(point.year)
    rows = [
        (plot, line, ", ".join(map(str, sorted(years_seen))), grade, source)
        for (plot, line, grade, source), years_seen in years.items()
    ]
    keys = ("report.chart", "table.indicator", "table.year", "document.grade", "table.source")
    return [
        Heading(2, locale.translate("report.sources")),
        Paragraph(locale.translate("report.about_sources")),
        Table([locale.translate(key) for key in keys], rows, widths=SOURCE_WIDTHS),
    ]
