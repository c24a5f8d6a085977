"""Pictures of charts, drawn on the server: SVG whose words stay words, and PNG.

matplotlib is imported when the first picture is drawn, so that starting and moving sliders do not wait for it.
"""

from __future__ import annotations

import io
import re
import threading
import warnings
from typing import TYPE_CHECKING, Any

from model.inputs import LAST_OBSERVED, POLICY_START
from views.language import Locale, printable
from views.palette import GHOST, GRID, INK, ON_WHITE, QUIET
from views.results.observed import UNVERIFIED

from .fonts import FILE_FONTS, chinese_font, font_families
from .labels import shorten, spread
from .plot import Plot, PlotLine

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

WIDTH, HEIGHT, LEGEND_ROW = 6.7, 2.45, 0.19
"""Inches: a picture fills the width of an A4 page; each row of the legend adds to its height."""
DOTS = 200
"""Dots an inch of a PNG."""
LEFT, RIGHT, RIGHT_OF_ONE, BELOW, ABOVE = 0.55, 1.15, 0.15, 0.28, 0.27
"""Inches round the plot; lines that have company are named at its right."""
TITLE, SECOND_LINE = 0.5, 0.27
"""Inches for the title of a picture that stands alone, and where its second line begins."""
LONGEST = 100
"""Longest name of a scenario in a picture, in narrow characters; a Chinese one is as wide as two."""
SMALL, PLAIN, LARGE = 7.5, 8.5, 11.0
"""Sizes of letters in points."""
LABEL_GAP = 10.0
"""Points between the names of lines."""
LEGEND_COLUMNS = 4
INNER, OUTER = 0.30, 0.13
"""How opaque the bands are."""
SHADED = "#F1F3F5"
DASH: dict[str, Any] = {"solid": "-", "dashed": (0, (4, 2)), "dotted": (0, (1, 1.4))}
_FAMILY = re.compile(r"font-family: [^;\"]+|font: [^;\"]+")
_drawing = threading.Lock()
"""matplotlib keeps its settings for the whole process, so one picture is drawn at a time."""


def drawn_locale(plot: Plot) -> Locale:
    """The language of the words in a PNG of this chart: its own, or English where no font has its characters."""
    return plot.english.locale if plot.english and chinese_font() is None else plot.locale


def png(plot: Plot, scenario: str = "") -> bytes:
    """The chart as PNG, with a title where the name of a `scenario` is given. Words are English on a machine without a
    Chinese font."""
    shown = plot.english if plot.english and drawn_locale(plot) != plot.locale else plot
    return _file(shown, scenario, "png")


def svg(plot: Plot, scenario: str = "") -> str:
    """The chart as an SVG file, with a title where the name of a `scenario` is given. Its words are text in the fonts
    of whoever reads it."""
    text = _file(plot, scenario, "svg").decode()
    return _FAMILY.sub(lambda found: _with_fonts(found.group(), FILE_FONTS[plot.locale.language]), text)


def inline_svg(plot: Plot) -> str:
    """The chart as an element for a page of HTML, with ids that no other chart of the page has."""
    text = svg(plot)
    text = text[text.index("<svg") :].strip()
    text = re.sub(r'\bid="', f'id="{plot.id}-', text)
    return re.sub(r'(url\(|href=")#', rf"\1#{plot.id}-", text)


def _with_fonts(style: str, fonts: str) -> str:
    """A style of matplotlib with the list of fonts in place of the one that was measured."""
    if style.startswith("font-family"):
        return f"font-family: {fonts}"
    size = re.findall(r"[\d.]+px", style)[0]
    weight = "bold " if "bold" in style or "700" in style else ""
    return f"font: {weight}{size} {fonts}"


def _file(plot: Plot, scenario: str, form: str) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    settings: Any = {
        "font.family": font_families(plot.locale),
        "font.size": PLAIN,
        "svg.fonttype": "none",
        "svg.hashsalt": plot.id,
        "axes.edgecolor": GHOST,
        "text.color": INK,
        "axes.labelcolor": QUIET,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "axes.axisbelow": True,
        "text.parse_math": False,
    }
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type")) if form == "svg" else {"Software": None}
    buffer = io.BytesIO()
    with _drawing, matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # an SVG is only measured here; its reader has the font
        figure = _figure(plot, scenario, Figure)
        figure.savefig(buffer, format=form, dpi=DOTS, metadata=nothing)
    return buffer.getvalue()


def _figure(plot: Plot, scenario: str, kind: type[Figure]) -> Figure:
    keys = _legend_handles(plot)
    rows = -(-len(keys) // LEGEND_COLUMNS)
    above = ABOVE + rows * LEGEND_ROW + (TITLE if scenario else 0)
    height = HEIGHT + above - ABOVE
    right = RIGHT if len(plot.lines) > 1 else RIGHT_OF_ONE
    figure = kind(figsize=(WIDTH, height))
    place = (LEFT / WIDTH, BELOW / height, 1 - (LEFT + right) / WIDTH, 1 - (BELOW + above) / height)
    axes = figure.add_axes(place)
    _draw_background(axes, plot)
    for line in plot.lines:
        _draw_line(axes, plot, line)
    for mark in plot.targets:
        _marks(axes, [mark.year], [mark.value], "D", INK, mark.national, 6)
    if plot.from_zero:
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    _name_lines(axes, plot, height - BELOW - above)
    if scenario:
        figure.text(0.01, 1 - 0.06 / height, plot.title, fontsize=LARGE, weight="bold", va="top")
        words = shorten(printable(scenario), LONGEST)
        figure.text(0.01, 1 - SECOND_LINE / height, words, fontsize=PLAIN, color=QUIET, va="top")
    top = 1 - ((TITLE if scenario else 0) + 0.02) / height
    figure.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(LEFT / WIDTH, top),
        ncols=min(LEGEND_COLUMNS, len(keys)),
        frameon=False,
        fontsize=SMALL,
        labelcolor=QUIET,
        borderaxespad=0,
        borderpad=0,
        handlelength=1.8,
        columnspacing=1.4,
        handletextpad=0.6,
        labelspacing=0.35,
    )
    return figure


def _draw_background(axes: Axes, plot: Plot) -> None:
    """Axes, the unit, the start of the policy, and a shade where no observation is used."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    locale, first, last = plot.locale, int(plot.years[0]), plot.last_year
    axes.set_xlim(first, last)
    axes.set_xticks(range(first, last + 1, 5))
    axes.axvspan(LAST_OBSERVED, last, color=SHADED, linewidth=0, zorder=0)
    axes.axvline(POLICY_START, color=GHOST, linewidth=0.8, zorder=1)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=SMALL)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}".replace("-", "−")))
    for year, words, side in (
        (first, plot.unit, "left"),
        (POLICY_START, locale.translate("chart.policy"), "center"),
        ((LAST_OBSERVED + last) / 2, locale.translate("chart.unobserved", year=LAST_OBSERVED), "center"),
    ):
        axes.annotate(
            words,
            (year, 1),
            (0, 4),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha=side,
            fontsize=SMALL,
            color=QUIET,
            annotation_clip=False,
        )


def _draw_line(axes: Axes, plot: Plot, line: PlotLine) -> None:
    colour, style = line.style
    for band in line.bands:
        axes.fill_between(
            band.years,
            band.low,
            band.high,
            color=colour,
            alpha=OUTER if band.with_error else INNER,
            linewidth=0,
            zorder=2,
        )
    if line.strong and line.ghost is not None:
        axes.plot(plot.years, line.ghost, color=GHOST, linewidth=1.3, linestyle=(0, (5, 3)), zorder=3)
    axes.plot(
        plot.years,
        line.now,
        color=colour,
        linestyle=DASH[style],
        linewidth=2.0 if line.strong else 1.1,
        zorder=5 if line.strong else 4,
    )
    for hollow in (False, True):
        shown = [point for point in line.verified(not hollow) if point.year <= plot.last_year]
        _marks(axes, [point.year for point in shown], [point.value for point in shown], "o", colour, hollow, 4.5)
    later = [point for point in line.later if point.year <= plot.last_year]
    _marks(axes, [point.year for point in later], [point.value for point in later], "^", colour, True, 5.0)


def _marks(axes: Axes, years: list, values: list, sign: str, colour: str, hollow: bool, size: float) -> None:
    axes.plot(
        years,
        values,
        linestyle="none",
        marker=sign,
        markersize=size,
        zorder=6,
        clip_on=False,
        markerfacecolor="#FFFFFF" if hollow else colour,
        markeredgecolor=colour if hollow else "#FFFFFF",
        markeredgewidth=1.0 if hollow else 0.6,
    )


def _name_lines(axes: Axes, plot: Plot, height: float) -> None:
    """The names of several lines at their ends, moved apart where they would touch; `height` of the plot in inches."""
    if len(plot.lines) == 1:
        return
    low, high = axes.get_ylim()
    points = height * 72.0
    wanted = [(float(line.now[-1]) - low) / (high - low) * points for line in plot.lines]
    for line, at in zip(plot.lines, spread(wanted, LABEL_GAP, points), strict=True):
        colour = line.style[0]
        axes.annotate(
            line.name,
            (1, at / points),
            (6, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            va="center",
            fontsize=PLAIN,
            color=ON_WHITE.get(colour, colour),
            annotation_clip=False,
            weight="bold" if line.strong else "normal",
        )


def _legend_handles(plot: Plot) -> list[Any]:
    """The legend of what all charts share."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    locale = plot.locale
    contents = {band.with_error for line in plot.lines for band in line.bands}
    hollow = {p.grade == UNVERIFIED for line in plot.lines for p in line.used}
    national = {mark.national for mark in plot.targets}
    keys: list[Any] = []
    if len(plot.lines) == 1:
        colour, style = plot.lines[0].style
        keys.append(
            Line2D([], [], color=colour, linestyle=DASH[style], linewidth=2.0, label=locale.translate("table.now"))
        )
    keys.append(
        Line2D([], [], color=GHOST, linestyle=(0, (5, 3)), linewidth=1.3, label=locale.translate("chart.ghost"))
    )
    for with_error, label, opaque in ((False, "evidence.band_inner", INNER), (True, "evidence.band_outer", OUTER)):
        if with_error in contents:
            keys.append(Patch(facecolor=INK, alpha=opaque, linewidth=0, label=locale.translate(label)))
    for is_hollow, label in ((False, "chart.observed"), (True, "chart.unverified")):
        if is_hollow in hollow:
            keys.append(_legend_handle("o", QUIET, is_hollow, locale.translate(label)))
    if any(line.later for line in plot.lines):
        keys.append(_legend_handle("^", QUIET, True, locale.translate("chart.not_used")))
    for is_national, label in ((False, "chart.target"), (True, "chart.target_national")):
        if is_national in national:
            keys.append(_legend_handle("D", INK, is_national, locale.translate(label)))
    return keys


def _legend_handle(sign: str, colour: str, hollow: bool, label: str) -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D(
        [],
        [],
        linestyle="none",
        marker=sign,
        markersize=5,
        markerfacecolor="#FFFFFF" if hollow else colour,
        markeredgecolor=colour,
        label=label,
    )
