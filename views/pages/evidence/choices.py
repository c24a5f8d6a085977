"""The sidebar of the Evidence page: what each section asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from calibration.posterior import WINDOWS
from calibration.series import all_series
from views.results import dose_responses, evidence_tables, projection_fans
from views.shell import session

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


CHOICES: dict[str, tuple[Callable[[], str | int], ...]] = {
    "forecast": (choose_series,),
    "fit": (choose_series, choose_window),
    "estimates": (choose_window,),
    "projections": (choose_indicator, choose_path),
    "responses": (choose_lever,),
}
"""What the sections ask for, in the order in which they are given it; the others ask for nothing."""
