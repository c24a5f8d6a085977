"""The sidebar of the Evidence page: what each section asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st

from analysis.answers import asked
from calibration.posterior import WINDOWS
from calibration.series import all_series
from views.results import decisive_numbers, dose_responses, evidence_tables, projection_fans
from views.results.answer_texts import indicator_name
from views.shell import session

T = TypeVar("T", str, int)
remember, widget = partial(session.remember, "evidence"), partial(session.page_widget, "evidence")


def choose_series() -> str:
    """Which observed series."""
    locale, names = session.locale(), evidence_tables.series_with_paths()
    return st.selectbox(
        locale.translate("evidence.series"),
        names,
        **widget("series", remember("series", names[0], names)),
        format_func=lambda name: evidence_tables.name_of(all_series()[name], locale),
    )


def choose_window() -> int:
    """Up to which year the data behind the run go."""
    return st.segmented_control(
        session.locale().translate("evidence.window"),
        WINDOWS,
        required=True,
        **widget("window", remember("window", WINDOWS[-1], WINDOWS)),
    )


def choose_lever() -> str:
    """Which lever."""
    locale, entries = session.locale(), dose_responses.entry_ids()
    return st.selectbox(
        locale.translate("evidence.response_lever"),
        entries,
        **widget("lever", remember("lever", entries[0], entries)),
        format_func=lambda entry: dose_responses.entry_name(entry, locale),
    )


def choose_indicator() -> str:
    """Which projected indicator."""
    locale, names = session.locale(), tuple(projection_fans.INDICATORS)
    return st.selectbox(
        locale.translate("fan.indicator"),
        names,
        **widget("indicator", remember("indicator", names[0], names)),
        format_func=lambda name: projection_fans.indicator_name(name, locale),
    )


def choose_path() -> str:
    """Under which path of the drivers."""
    locale, paths = session.locale(), projection_fans.DRIVER_PATHS
    return st.segmented_control(
        locale.translate("fan.drivers"),
        paths,
        required=True,
        **widget("path", remember("path", projection_fans.CENTRAL, paths)),
        format_func=lambda path: locale.translate(f"evidence.path_{path}"),
    )


def _indicator(key: str, names: Sequence[str]) -> str:
    locale = session.locale()
    return st.selectbox(
        locale.translate("fan.indicator"),
        names,
        **widget(key, remember(key, names[0], names)),
        format_func=lambda name: indicator_name(name, locale),
    )


def _segments(
    key: str, label: str, options: Sequence[T], named: Callable[[T], str] = str, default: T | None = None
) -> T:
    """A control with a few options, by default on the last."""
    start = options[-1] if default is None else default
    return st.segmented_control(
        session.locale().translate(label),
        options,
        required=True,
        **widget(key, remember(key, start, options)),
        format_func=named,
    )


def choose_answered() -> str:
    """Which indicator of those that answers are stored about."""
    return _indicator("answered", asked.INDICATORS)


def choose_answer_year() -> int:
    """Which year of those answers."""
    return _segments("answer_year", "evidence.year", asked.YEARS)


def choose_measure() -> str:
    """A result with the plan, or what the plan changes in it."""
    return _segments(
        "measure",
        "answers.measure",
        asked.MEASURES,
        lambda one: session.locale().translate(f"answers.measure_{one}"),
        asked.LEVEL,
    )


def choose_method() -> str:
    """Shares of the variance, or a screening of all numbers."""
    methods = tuple(decisive_numbers.METHODS)
    return _segments(
        "method", "answers.method", methods, lambda one: session.locale().translate(f"answers.method_{one}"), methods[0]
    )


def choose_policies() -> str:
    """Which policies are compared."""
    return _segments(
        "policies",
        "answers.policies",
        tuple(asked.SETS),
        lambda one: session.locale().translate(f"answers.set_{one}"),
        asked.PACKAGES,
    )


def choose_uncertainty() -> str:
    """Under what uncertainty they are."""
    return _segments(
        "under",
        "answers.under",
        tuple(asked.UNDER),
        lambda one: session.locale().translate(f"answers.under_{one}"),
        asked.CALIBRATED,
    )


def choose_compared_year() -> int:
    """Which year, of those that are stored for that uncertainty; one that is not gives way to the last."""
    offered = asked.UNDER[remember("under", asked.CALIBRATED, tuple(asked.UNDER))]
    chosen = remember("answer_year", asked.YEARS[-1], asked.YEARS)
    return st.segmented_control(
        session.locale().translate("evidence.year"),
        offered,
        required=True,
        **widget("answer_year", chosen if chosen in offered else offered[-1]),
    )


def choose_better() -> str:
    """Whether more or less is better; asked only where the model takes no side."""
    known = asked.better_of(remember("answered", asked.INDICATORS[0], asked.INDICATORS))
    return (
        known[0]
        if len(known) == 1
        else _segments(
            "better", "answers.better", known, lambda one: session.locale().translate(f"answers.better_{one}"), known[0]
        )
    )


def choose_split() -> str:
    """Which indicator whose change is split."""
    return _indicator("split", asked.SPLIT)


def choose_until() -> int:
    """Until which year it is."""
    return _segments("until", "answers.until", asked.UNTIL)


CHOICES: dict[str, tuple[Callable[[], str | int], ...]] = {
    "forecast": (choose_series,),
    "fit": (choose_series, choose_window),
    "estimates": (choose_window,),
    "decides": (choose_answered, choose_answer_year, choose_measure, choose_method),
    "order": (choose_policies, choose_uncertainty, choose_answered, choose_compared_year, choose_better),
    "policy": (choose_split, choose_until),
    "projections": (choose_indicator, choose_path),
    "responses": (choose_lever,),
}
"""What the sections ask for, in the order in which they are given it; the others ask for nothing."""
