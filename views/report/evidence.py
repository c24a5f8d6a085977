"""How sure a report is and where it comes from: method, forecast test, bands, weaknesses, manifest, sources.

Figures are read from the stored calibration, so that they are those of the model that ran.
"""

from __future__ import annotations

import time

from batch.manifest import manifest_of
from calibration.posterior import DRAWS, WINDOWS
from calibration.series import LEVEL, all_series
from calibration.weaknesses import weaknesses
from model.engine.result import to_dataset
from model.run import prepared_system
from model.scenario import parse_scenario, shipped_scenarios
from views.charts.plot import Plot
from views.language import Translate, number
from views.results import evidence_tables, simulation
from views.results.settings import Settings

from .blocks import Block, Bullets, Code, Heading, Paragraph, Table

SKILLS = ("skill_random_walk", "skill_trend", "skill_last_value")
IN_THE_FILE = ("title", "levers", "parameters", "drivers")
"""Entries of the manifest that the scenario file says already."""
GRADES = "ABCD"
FORECAST_WIDTHS = (40, 10, 16, 16, 16, 16, 16)
SOURCE_WIDTHS = (26, 18, 22, 8, 60)


def method_blocks(t: Translate, language: str) -> list[Block]:
    """How the model works, what it was held against, and what grades mean."""
    found = evidence_tables.summary(WINDOWS[-1])
    return [
        Heading(2, t("report.method")),
        Paragraph(t("report.method_model", variables=len(prepared_system().variables))),
        Paragraph(t("report.method_calibration", numbers=len(found["numbers"]), last=WINDOWS[-1])),
        Paragraph(evidence_tables.diagnosis(WINDOWS[-1], t)),
        Heading(3, t("evidence.forecast_section")),
        Paragraph(evidence_tables.verdict(t)),
        forecast_table(t, language),
        Paragraph(t("evidence.about_forecast"), "small"),
        Heading(3, t("document.grade")),
        Bullets([(grade, t(f"report.grade_{grade}")) for grade in GRADES]),
    ]


def forecast_table(t: Translate, language: str) -> Table:
    """The forecast test of the headline series: mean error and skill against three simple forecasts."""
    scores = evidence_tables.scores()
    rows = scores[(scores["window"] == evidence_tables.FORECAST) & scores["headline"]]
    known = all_series()
    cells = [
        (
            evidence_tables.name_of(known[row.series], language), str(row.count_),
            f"{number(row.error, 1)} {'%' if row.kind == LEVEL else t('evidence.points')}",
            *(number(getattr(row, skill), 2) for skill in SKILLS), inside(row.inside_with_error),
        )
        for row in rows.rename(columns={"count": "count_"}).itertuples()
    ]  # fmt: skip
    keys = ("series", "count", "error", "skill_walk", "skill_trend", "skill_last", "inside_error")
    return Table([t(f"evidence.{key}") for key in keys], cells, range(1, len(keys)), FORECAST_WIDTHS)


def inside(part: float) -> str:
    """A part of the observations in per cent, or a dash where none could be held against the band."""
    return "–" if part != part else f"{100 * part:.0f} %"


def uncertainty_blocks(t: Translate, language: str) -> list[Block]:
    """What bands hold and what they do not, and what is wrong with the model."""
    numbers = len(evidence_tables.summary(WINDOWS[-1])["numbers"])
    so = t("app.then") + t("evidence.so")
    return [
        Heading(2, t("report.uncertainty")),
        Bullets(
            [
                (t("evidence.band_inner"), t("report.inner", numbers=numbers, draws=DRAWS)),
                (t("evidence.band_outer"), t("report.outer")),
                (t("report.outside"), t("report.outside_text")),
            ]
        ),
        Heading(3, t("evidence.weaknesses_section")),
        Paragraph(t("evidence.about_weaknesses"), "small"),
        Bullets([(w["title"][language], f"{w['what'][language]}{so}{w['changes'][language]}") for w in weaknesses()]),
    ]


def manifest(scenario_file: str, settings: Settings) -> dict:
    """The manifest of the present settings, with the entries of manifest.json that `hebei2025 run` writes for the
    scenario file of this report."""
    scenario = parse_scenario(scenario_file)
    runner = simulation.runner(settings.until)
    begin = time.perf_counter()
    runner.run(scenario, {})
    seconds = time.perf_counter() - begin
    return manifest_of(scenario, to_dataset(prepared_system(), runner.horizon, {}), seconds)


def manifest_blocks(scenario_file: str, link: str, made: str, settings: Settings, t: Translate) -> list[Block]:
    """What is needed to repeat the run."""
    found = {key: value for key, value in manifest(scenario_file, settings).items() if key not in IN_THE_FILE}
    flat: dict[str, object] = {}
    for key, value in found.items():
        flat |= {f"{key}.{name}": v for name, v in value.items()} if isinstance(value, dict) else {key: value}
    rows = [(key, "–" if value is None else str(value)) for key, value in flat.items()]
    notes = []
    if parse_scenario(scenario_file).pipeline is not None:
        notes.append(Paragraph(t("report.mean_stream"), "small"))
    if settings.base not in shipped_scenarios():
        notes.append(Paragraph(t("share.link_uploaded"), "small"))
    return [
        Heading(2, t("report.manifest")),
        Paragraph(t("report.about_manifest")),
        Table([t("report.entry"), t("table.value")], [("made", made), ("link", link), *rows], widths=(1, 3)),
        *notes,
        Heading(3, "scenario.yaml"),
        Code(scenario_file),
    ]


def source_blocks(plots: list[Plot], t: Translate) -> list[Block]:
    """Where every observed figure of the charts comes from."""
    years: dict[tuple[str, str, str, str], list[int]] = {}
    for plot in plots:
        for line in plot.lines:
            for point in line.points:
                key = (plot.title, line.name, point.grade, point.source or t("report.no_source"))
                years.setdefault(key, []).append(point.year)
    rows = [
        (plot, line, ", ".join(map(str, sorted(own))), grade, source)
        for (plot, line, grade, source), own in years.items()
    ]
    keys = ("report.chart", "table.indicator", "table.year", "document.grade", "table.source")
    return [
        Heading(2, t("report.sources")),
        Paragraph(t("report.about_sources")),
        Table([t(key) for key in keys], rows, widths=SOURCE_WIDTHS),
    ]
