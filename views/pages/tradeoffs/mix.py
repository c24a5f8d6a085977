"""One mix of a search on the Trade-offs page: its measures and outcomes, and the ways to take it along."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from analysis.optimisation.findings import Answer
from analysis.optimisation.frontier import FrontPoint
from analysis.optimisation.lever_space import STRONGEST
from model.engine import Text
from views.language import LANGUAGES, Locale
from views.results import mix_tables
from views.results.mix_searches import Space, outcomes_of
from views.results.mix_settings import settings_with
from views.results.scenario_groups import MOST_OWN
from views.results.search_jobs import Job
from views.results.settings import Settings, scenario_of, to_yaml
from views.shell import own_scenarios, session
from views.shell.page_elements import csv_download, data_table, heading, note

Value = TypeVar("Value")
CAP = "output_cap"
"""The order to cut crude steel, which costs the public purse nothing."""
LOADED = "tradeoffs_load"
"""The settings of the mix that is to go into the sliders."""
LOOK_EVERY = 0.15
"""Seconds between two looks at a search."""


def follow(job: Job[Value], draw: Callable[[Value, int], None]) -> None:
    """Show how far a search has got, and draw what it has found after each stage, with the number of the stage."""
    locale, drawn = session.locale(), 0
    bar, place = st.empty(), st.empty()
    while True:
        job.ask()
        over = job.finished
        if len(job.stages) > drawn:
            drawn = len(job.stages)
            with place.container():
                draw(job.stages[-1], drawn)
        if over:
            bar.empty()
            return
        text = "search.waits" if job.waits else "search.runs" if not drawn else "search.goes_on"
        bar.progress(job.done / job.total if job.total else 0.0, locale.translate(text))
        time.sleep(LOOK_EVERY)


def show_mix(key: str, mix: Answer | FrontPoint, space: Space, title: Text | str) -> None:
    """The measures of a mix, its outcomes beside those of the start, and buttons to take it along. `key` is unlike that
    of any other mix drawn in this run."""
    locale = session.locale()
    settings = settings_with(space.start, space.base, mix.scenario)
    show_actions(key, settings, title)
    heading(locale.translate("find.measures"))
    table = mix_tables.lever_table(mix.strengths, mix.first_years, mix.scenario, space.base, locale)
    note(locale.translate("find.measures_note"))
    columns = {
        locale.translate("find.strength"): st.column_config.ProgressColumn(
            format="%.2f", min_value=0.0, max_value=STRONGEST, color="blue"
        ),
        locale.translate("find.first_year"): st.column_config.NumberColumn(format="%d"),
        table.columns[-1]: st.column_config.NumberColumn(format="%.1f"),
    }
    data_table(table, column_config=columns, key=f"levers_{key}", height="content")
    csv_download(f"levers_{key}", table, locale.translate("evidence.download"))
    if CAP in mix.strengths and mix.strengths[CAP] > 0:
        note(locale.translate("find.caveat_cap"), "page-note caution")
    heading(locale.translate("find.effects"))
    scenario = scenario_of(settings, session.starting_points())
    effects = mix_tables.side_effects(outcomes_of(scenario), outcomes_of(space.base), locale)
    data_table(effects, key=f"effects_{key}", height="content")


def show_actions(key: str, settings: Settings, title: Text | str) -> None:
    """Buttons: into the sliders, keep as a run of one's own, download as a scenario file."""
    locale = session.locale()
    with st.container(horizontal=True, key=f"actions_{key}"):
        st.button(
            locale.translate("search.load"),
            key=f"w_load_{key}",
            type="primary",
            icon=":material/tune:",
            on_click=lambda: st.session_state.update({LOADED: settings}),
        )
        name = locale.text(title)
        full = len(own_scenarios.kept_runs()) >= MOST_OWN
        st.button(
            locale.translate("search.keep"),
            key=f"w_keep_{key}",
            icon=":material/bookmark_add:",
            disabled=full,
            on_click=keep,
            args=(name, settings),
        )
        st.download_button(
            locale.translate("search.file"),
            lambda: _file(settings, title).encode(),
            "hebei2025_mix.yaml",
            "application/yaml",
            key=f"w_file_{key}",
            on_click="ignore",
            icon=":material/download:",
        )
    kept = st.session_state.pop("tradeoffs_kept", None)
    if kept is not None:
        note(locale.translate("search.kept" if kept else "search.not_kept"))


def load_where_asked() -> None:
    """Move the sliders to the mix whose button was pressed, and open Explore. The page does so first of all: where the
    search has gone on since, that button is not drawn again."""
    settings = st.session_state.pop(LOADED, None)
    if settings is None:
        return
    session.change(base=settings.base, moved=settings.moved, parameters=settings.parameters, drivers=settings.drivers)
    session.open_page("explore", {})


def keep(name: str, settings: Settings) -> None:
    """Keep a mix as a run, which Compare shows beside others."""
    st.session_state["tradeoffs_kept"] = own_scenarios.keep_run(name, settings) is not None


def _file(settings: Settings, title: Text | str) -> str:
    """A scenario file with the mix, in both languages."""
    both = {code: Locale(code) for code in LANGUAGES}
    titles = Text(**{code: title if isinstance(title, str) else title[code] for code in both})
    about = Text(**{code: here.translate("search.file_about") for code, here in both.items()})
    return to_yaml(settings, session.scenarios(), titles, about)
