"""What a report says, gathered once: the present settings in words, headline figures, charts, targets, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from model.scenario import Scenario
from views.charts.plot import Plot, plot_of
from views.language import Translate, translator
from views.results import headline, scoreboard, simulation, summary
from views.results.bands import bands_of
from views.results.catalogue import CHARTS
from views.results.settings import ENDS, Settings, is_baseline, scenario_of
from views.results.simulation import Result

from .blocks import Block, Bullets, Heading, Paragraph, Picture, Table
from .changes import change_blocks, clause_blocks, title_of
from .chart_tables import short_table
from .evidence import manifest_blocks, method_blocks, source_blocks, uncertainty_blocks

ALWAYS = ("shares", "energy_intensity", "steel_output", "co2", "cost")
"""Charts of every report, after the two that were chosen."""
HEADLINE_WIDTHS = (27, 14, 13, 14, 14, 22, 12)
SCORE_WIDTHS = (34, 15, 10, 20, 13, 21, 13, 21)
TIME = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True)
class Request:
    """What a report is asked for: settings on top of scenarios, the language, the link that opens this state, the same
    as a scenario file, and the moment (UTC)."""

    settings: Settings
    scenarios: Mapping[str, Scenario]
    language: str
    link: str
    scenario_file: str
    moment: datetime

    @property
    def scenario(self) -> Scenario:
        """The scenario that the settings start from."""
        return self.scenarios[self.settings.base]


@dataclass(frozen=True)
class Report:
    """A report, ready to be written to either kind of file."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def gather(request: Request) -> Report:
    """Run the model, take the bands, and put everything into words, tables and charts."""
    settings, language = request.settings, request.language
    t = translator(language)
    now = simulation.runner(settings.until).run(request.scenario, settings.moved)
    ghost = simulation.baseline(settings.until)
    bands = bands_of(scenario_of(settings, request.scenarios), settings.until)
    plots = [plot_of(CHARTS[name], now, ghost, bands, language) for name in charts_of(settings)]
    return Report(
        t("report.title", title=title_of(settings, request.scenario, language)),
        language,
        (
            *_opening(request, now, ghost, t),
            *change_blocks(settings, request.scenario, t, language),
            *_chart_blocks(plots, t),
            *_target_blocks(now, ghost, t, language),
            *method_blocks(t, language),
            *uncertainty_blocks(t, language),
            *manifest_blocks(request.scenario_file, request.link, request.moment.strftime(TIME), settings, t),
            *clause_blocks(settings, request.scenario, t, language),
            *source_blocks(plots, t),
        ),
    )


def charts_of(settings: Settings) -> list[str]:
    """The charts of a report: those chosen first, each once."""
    return list(dict.fromkeys([*settings.charts, *ALWAYS]))


def _opening(request: Request, now: Result, ghost: Result, t: Translate) -> list[Block]:
    """Title, the sentence, warnings, and the four figures."""
    settings, language, scenario = request.settings, request.language, request.scenario
    said = summary.sentence(settings, scenario, now, ghost, t, language)
    blocks: list[Block] = [
        Heading(1, t("report.title", title=title_of(settings, scenario, language))),
        Paragraph(t("report.made", time=request.moment.strftime(TIME), until=settings.until), "small"),
        Paragraph(t("report.baseline") if is_baseline(settings) else said, "lead"),
    ]
    found = summary.warnings(settings, scenario, now, t, language)
    if settings.until > ENDS[0]:
        found.append(t("explore.extrapolated"))
    if found:
        blocks.append(Bullets([("⚠", note) for note in found], "caution"))
    return [
        *blocks,
        Heading(2, t("report.figures", year=settings.year)),
        _headline_table(headline.figures(now, ghost, settings.year, t, language), t, language),
    ]


def _headline_table(made: list[headline.Figure], t: Translate, language: str) -> Table:
    rows = []
    for figure in made:
        status = "" if figure.met is None else _standing(figure.met, t)
        rows.append(
            (
                t(f"headline.{figure.indicator}"), figure.unit.text,
                headline.value_text(figure, figure.value), headline.value_text(figure, figure.value - figure.delta),
                headline.delta_text(figure.indicator, figure.delta, language) or "0", figure.target, status,
            )
        )  # fmt: skip
    keys = ("table.indicator", "table.unit", "table.now", "table.ghost", "report.difference", "report.target",
            "document.now_status")  # fmt: skip
    return Table([t(key) for key in keys], rows, range(2, 5), HEADLINE_WIDTHS)


def _standing(met: bool, t: Translate) -> str:
    return f"✓ {t('headline.met')}" if met else f"✗ {t('headline.missed')}"


def _chart_blocks(plots: list[Plot], t: Translate) -> list[Block]:
    """Every chart with its caption and a small table."""
    blocks: list[Block] = [Heading(2, t("report.charts")), Paragraph(t("report.reading"))]
    for place, plot in enumerate(plots, 1):
        name = t("report.with_unit", title=plot.title, unit=plot.unit) if plot.unit else plot.title
        told = t("report.caption", number=place, title=name)
        caption = told if plot.banded else told + t("app.then") + t("report.no_band")
        blocks.append(Picture(plot, caption, short_table(plot)))
    return blocks


def _target_blocks(now: Result, ghost: Result, t: Translate, language: str) -> list[Block]:
    """The scoreboard; targets that no run can tell are counted and left out."""
    pairs = scoreboard.pairs(now, ghost)
    told = {scoreboard.MET, scoreboard.MISSED, scoreboard.NOT_DUE}
    shown = [pair for pair in pairs if told & {scoreboard.standing(pair.now), scoreboard.standing(pair.ghost)}]
    rows = scoreboard.score_rows(shown, t, language).iloc[:, :-1].astype(str)
    return [
        Heading(2, t("compare.scoreboard")),
        Paragraph(scoreboard.summary(pairs, t)),
        Table(list(rows.columns), rows.to_numpy().tolist(), (4, 6), SCORE_WIDTHS),
    ]
