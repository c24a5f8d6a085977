"""What a report says, gathered once: the present settings in words, headline figures, charts, targets, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from model.inputs import LAST_OBSERVED
from model.scenario import Scenario
from views.charts.plot import Plot, plot_for_files
from views.language import Locale
from views.results import headline, scoreboard, simulation, summary
from views.results.catalogue import CHARTS
from views.results.citation import cited_link
from views.results.evidence_badge import chart_badges
from views.results.settings import ENDS, Settings, is_baseline, scenario_of
from views.results.simulation import Result
from views.results.uncertainty import Uncertainty, baseline_uncertainty, uncertainty_of
from views.results.uncertainty_texts import chance_text

from .blocks import Block, Bullets, Heading, Paragraph, Picture, Table
from .changes import change_blocks, clause_blocks, settings_title
from .chart_tables import short_table
from .evidence import citation_blocks, manifest_blocks, method_blocks, source_blocks, uncertainty_blocks

ALWAYS = ("shares", "energy_intensity", "steel_output", "co2", "cost")
"""Charts of every report, after the two that were chosen."""
HEADLINE_WIDTHS = (23, 11, 12, 12, 15, 20, 17, 12, 16)
SCORE_WIDTHS = (32, 14, 9, 18, 12, 19, 12, 12, 19)
PROBABILITY_COLUMN = 6
"""Place of the probability of meeting a target in the scoreboard: after the status of the present run."""
TIME = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True)
class Request:
    """What a report is asked for: settings on top of scenarios, the language, the link that opens this state, the same
    as a scenario file, and the moment (UTC)."""

    settings: Settings
    scenarios: Mapping[str, Scenario]
    locale: Locale
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
    locale: Locale
    blocks: tuple[Block, ...]


def build_report(request: Request) -> Report:
    """Run the model, take the bands, and put everything into words, tables and charts."""
    settings, locale = request.settings, request.locale
    whole = scenario_of(settings, request.scenarios)
    now, ghost = simulation.runner(settings.until).run(whole), simulation.baseline(settings.until)
    uncertain = uncertainty_of(whole, settings.until)
    plots = [plot_for_files(CHARTS[name], now, ghost, uncertain.bands, locale) for name in charts_of(settings)]
    return Report(
        locale.translate("report.title", title=settings_title(settings, request.scenario, locale)),
        locale,
        (
            *_opening(request, now, ghost, uncertain),
            *change_blocks(settings, request.scenario, locale),
            *_chart_blocks(plots, locale),
            *_target_blocks(now, ghost, uncertain, locale),
            *method_blocks(locale),
            *uncertainty_blocks(locale),
            *manifest_blocks(request.scenario_file, request.link, request.moment.strftime(TIME), settings, locale),
            *clause_blocks(settings, request.scenario, locale),
            *source_blocks(plots, locale),
            *citation_blocks(cited_link(request.link, settings), request.moment.date(), locale),
        ),
    )


def charts_of(settings: Settings) -> list[str]:
    """The charts of a report: those chosen first, each once."""
    return list(dict.fromkeys([*settings.charts, *ALWAYS]))


def _opening(request: Request, now: Result, ghost: Result, uncertain: Uncertainty) -> list[Block]:
    """Title, the sentence, warnings, and the four figures with how sure they are."""
    settings, locale, scenario = request.settings, request.locale, request.scenario
    sentence = summary.sentence(settings, scenario, now, ghost, locale)
    blocks: list[Block] = [
        Heading(1, locale.translate("report.title", title=settings_title(settings, scenario, locale))),
        Paragraph(locale.translate("report.made", time=request.moment.strftime(TIME), until=settings.until), "small"),
        Paragraph(locale.translate("report.baseline") if is_baseline(settings) else sentence, "lead"),
    ]
    found = summary.warnings(settings, scenario, now, locale)
    if settings.until > ENDS[0]:
        found.append(locale.translate("explore.extrapolated"))
    if found:
        blocks.append(Bullets([("⚠", note) for note in found], "caution"))
    certain = headline.certainties(uncertain, baseline_uncertainty(settings.until), settings.year, locale)
    return [
        *blocks,
        Heading(2, locale.translate("report.figures", year=settings.year)),
        _headline_table(headline.figures(now, ghost, settings.year, locale), certain, locale),
        Paragraph(locale.translate("uncertainty.note"), "small"),
    ]


def _headline_table(figures: list[headline.Figure], certain: Mapping[str, headline.Certainty], locale: Locale) -> Table:
    rows = []
    for figure in figures:
        status = "" if figure.met is None else _standing(figure.met, locale)
        rows.append(
            (
                locale.translate(f"headline.{figure.indicator}"),
                figure.unit.text,
                headline.value_text(figure, figure.value),
                headline.value_text(figure, figure.value - figure.delta),
                headline.delta_text(figure.indicator, figure.delta, locale) or "0",
                certain[figure.indicator].interval or "0",
                figure.target,
                status,
                certain[figure.indicator].chance,
            )
        )
    keys = (
        "table.indicator",
        "table.unit",
        "table.now",
        "table.ghost",
        "report.difference",
        "uncertainty.range",
        "report.target",
        "document.now_status",
        "uncertainty.probability",
    )
    return Table([locale.translate(key) for key in keys], rows, range(2, 6), HEADLINE_WIDTHS)


def _standing(met: bool, locale: Locale) -> str:
    return f"✓ {locale.translate('headline.met')}" if met else f"✗ {locale.translate('headline.missed')}"


def _chart_blocks(plots: list[Plot], locale: Locale) -> list[Block]:
    """Every chart with its caption and a small table."""
    blocks: list[Block] = [
        Heading(2, locale.translate("report.charts")),
        Paragraph(locale.translate("report.reading", year=LAST_OBSERVED)),
    ]
    for place, plot in enumerate(plots, 1):
        name = locale.translate("report.with_unit", title=plot.title, unit=plot.unit) if plot.unit else plot.title
        caption = locale.translate("report.caption", number=place, title=name)
        if not plot.has_bands:
            caption += locale.translate("app.then") + locale.translate("report.no_band")
        blocks += [Picture(plot, caption, short_table(plot)), _badges(plot, locale)]
    return blocks


def _badges(plot: Plot, locale: Locale) -> Block:
    """How far to trust the strong lines of a chart."""
    named = chart_badges(plot.id, locale)
    if len(named) == 1:
        return Paragraph(named[0][1].text, "small")
    return Bullets([(name, badge.text) for name, badge in named], "small")


def _target_blocks(now: Result, ghost: Result, uncertain: Uncertainty, locale: Locale) -> list[Block]:
    """The scoreboard with the probability of meeting each target; those that no run can be held to are counted and left
    out."""
    pairs = scoreboard.pairs(now, ghost)
    decided = {scoreboard.MET, scoreboard.MISSED, scoreboard.NOT_DUE}
    shown = [pair for pair in pairs if decided & {scoreboard.status_of(pair.now), scoreboard.status_of(pair.ghost)}]
    rows = scoreboard.score_rows(shown, locale).iloc[:, :-1].astype(str)
    chances = [uncertain.chances.get(pair.target.id) for pair in shown]
    texts = ["" if chance is None else chance_text(chance, locale) for chance in chances]
    rows.insert(PROBABILITY_COLUMN, locale.translate("uncertainty.probability"), texts)
    return [
        Heading(2, locale.translate("compare.scoreboard")),
        Paragraph(scoreboard.summary(pairs, locale)),
        Table(list(rows.columns), rows.to_numpy().tolist(), (4, 6, 7), SCORE_WIDTHS),
    ]
