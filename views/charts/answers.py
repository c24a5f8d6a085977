"""Charts of the answers from many runs: what decides a result, how policies spread, and what a change was made of.

Each is a list of rows with its name above the bar, so that long names need no room beside it on a narrow screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.group_wedges import DRIVERS, MOMENTUM
from views.language import Locale
from views.palette import BLACK, BLUE, GHOST, INK, ORANGE, QUIET, SKY, VERMILION
from views.results.answer_texts import frequency, percent, small_text
from views.results.attributions import Attribution, band_text
from views.results.decisive_numbers import DOWN, DRAWN, EITHER, SHARES, UP, Decisive
from views.results.policy_choices import Choice

from .labels import shorten
from .named_rows import BAR, BREAK, FITTING, bars, named_rows, wrapped
from .text_alternatives import chart_text

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

THIN = 0.14
"""Width of a bar within another, in rows."""
WAY_COLOURS = {UP: BLUE, DOWN: ORANGE, EITHER: GHOST}
WHISKER = {"color": INK, "thickness": 1.4, "width": 5}


def _named(name: str, told: str, strong: bool) -> str:
    """A name with what is told of it beside it, or beneath where a phone has no room."""
    fits = shorten(f"{name}  {told}", FITTING) == f"{name}  {told}"
    shown = f"<b>{escape(name)}</b>" if strong else escape(name)
    return f"{shown}{'  ' if fits else BREAK}{escape(told)}"


def numbers_figure(shown: Decisive, locale: Locale) -> go.Figure:
    """The numbers that decide most: shares of the variance alone and in all, or changes by each number."""
    table = shown.table.head(DRAWN)
    names = [wrapped(f"{name} ({grade})") for name, grade in zip(table["name"], table["grade"], strict=True)]
    if shown.method == SHARES:
        return _shares_figure(table, names, locale)
    sizes, errors = table["mu_star"].to_numpy(), table["mu_star_confidence"].to_numpy()
    title = shown.spread_unit.named(locale.translate("answers.mu_star"))
    figure = named_rows(names, title, [0.0, *(sizes + errors)])
    for way, colour in WAY_COLOURS.items():
        chosen = table["way"] == way
        if chosen.any():
            figure.add_bar(
                y=np.flatnonzero(chosen),
                x=sizes[chosen],
                orientation="h",
                width=BAR,
                name=locale.translate(f"answers.way_{way}"),
                marker={"color": colour},
                error_x={"array": errors[chosen], **WHISKER},
                hovertemplate="%{x:,.3g}<extra></extra>",
                showlegend=True,
            )
    return figure


def _shares_figure(table: pd.DataFrame, names: Sequence[str], locale: Locale) -> go.Figure:
    first, total = (100 * table[name].to_numpy() for name in ("first", "total"))
    errors = 100 * table["total_confidence"].to_numpy()
    figure = named_rows(names, locale.translate("answers.share_axis"), [0.0, *(total + errors)])
    hover = "%{x:.1f}<extra></extra>"
    together, alone = locale.translate("answers.total_share"), locale.translate("answers.first")
    whiskers = {"array": errors, **WHISKER}
    bars(figure, total, BAR, name=together, marker={"color": SKY}, error_x=whiskers, hovertemplate=hover)
    bars(figure, first.clip(min=0), THIN, name=alone, marker={"color": BLUE}, hovertemplate=hover)
    return figure


def numbers_text(shown: Decisive, title: str, locale: Locale) -> str:
    """The same in words."""
    parts = []
    for row in shown.table.head(DRAWN).to_dict("records"):
        if shown.method == SHARES:
            told = locale.translate(
                "answers.share_alternative",
                total=percent(row["total"], locale),
                error=percent(row["total_confidence"], locale),
                first=percent(max(row["first"], 0.0), locale),
            )
        else:
            way = locale.translate(f"answers.way_{row['way']}")
            told = f"{shown.spread_unit.with_unit(shown.spread_unit.figure(row['mu_star']))} ({way})"
        parts.append((f"{row['name']} ({row['grade']})", told))
    return chart_text(title, "", parts, locale)


def choice_figure(shown: Choice, locale: Locale) -> go.Figure:
    """Median and middle 90 % of each policy, with the probability of being best and the mean regret in its name."""
    table = shown.policies
    names = [_named(row["name"], _judgement(shown, row, locale), True) for row in table.to_dict("records")]
    low, middle, high = (table[name].to_numpy() for name in ("p5", "p50", "p95"))
    figure = named_rows(names, shown.unit.text, [*low, *high], showlegend=False)
    colours = [VERMILION if policy == shown.best else BLUE for policy in table["policy"]]
    for place, colour in enumerate(colours):
        figure.add_scatter(
            x=[low[place], high[place]],
            y=[place, place],
            mode="lines",
            line={"color": colour, "width": 7},
            opacity=0.45,
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=middle,
        y=np.arange(len(middle)),
        mode="markers",
        marker={"size": 11, "color": colours, "symbol": ["diamond", *["circle"] * (len(middle) - 1)]},
        hovertemplate="%{x:,.4g}<extra></extra>",
    )
    return figure


def _judgement(shown: Choice, row: dict[str, Any], locale: Locale) -> str:
    unit = shown.regret_unit
    return locale.translate(
        "answers.judgement",
        share=frequency(row["probability_best"], locale),
        regret=small_text(unit, row["expected_regret"]),
    )


def choice_text(shown: Choice, title: str, locale: Locale) -> str:
    """The same in words."""
    parts = []
    for row in shown.policies.to_dict("records"):
        low, middle, high = (shown.unit.figure(row[name]) for name in ("p5", "p50", "p95"))
        band = locale.translate("answers.with_band", value=middle, low=low, high=high)
        parts.append((row["name"], locale.enumeration([band, _judgement(shown, row, locale)])))
    return chart_text(title, shown.unit.text, parts, locale)


def attribution_figure(shown: Attribution, locale: Locale) -> go.Figure:
    """A waterfall from no change to the whole change; whiskers are the middle 90 % of each part."""
    table = shown.table
    shares = table["share"].to_numpy()
    starts = np.concatenate([[0.0], np.cumsum(shares)[:-1], [0.0]])
    values = np.append(shares, shown.whole["share"])
    low = np.append(table["share_p5"].to_numpy(), shown.whole["share_p5"])
    high = np.append(table["share_p95"].to_numpy(), shown.whole["share_p95"])
    told = [band_text(shown, row, "share", locale) for _, row in table.iterrows()]
    told.append(band_text(shown, shown.whole, "share", locale))
    labels = [*table["name"], shown.whole["name"]]
    names = [_named(*pair, strong=False) for pair in zip(labels[:-1], told[:-1], strict=True)]
    names.append(_named(labels[-1], told[-1], strong=True))
    colours = [_colour(part) for part in table["part"]] + [BLACK]
    figure = named_rows(names, shown.unit.text, [0.0, *(starts + low), *(starts + high)], showlegend=False)
    whiskers = {"array": high - values, "arrayminus": values - low, "symmetric": False, **WHISKER, "color": QUIET}
    bars(figure, values, BAR, base=starts, marker={"color": colours}, error_x=whiskers, customdata=told,
          hovertemplate="%{customdata}<extra></extra>")  # fmt: skip
    ends = starts + values
    for place in range(len(values) - 1):
        figure.add_shape(
            type="line", x0=ends[place], x1=ends[place], y0=place, y1=place + 1, line={"color": GHOST, "width": 1}
        )
    return figure


def _colour(part: str) -> str:
    """Momentum, drivers and measures apart; the names say the same."""
    return {MOMENTUM: GHOST, DRIVERS: ORANGE}.get(part, BLUE)


def attribution_text(shown: Attribution, title: str, locale: Locale) -> str:
    """The same in words."""
    parts = [(row["name"], band_text(shown, row, "share", locale)) for _, row in shown.table.iterrows()]
    parts.append((shown.whole["name"], band_text(shown, shown.whole, "share", locale)))
    return chart_text(title, shown.unit.text, parts, locale)
