"""Scenarios of a session: uploaded files and runs that a person keeps. They survive a reload of the page, and stand in
the lists of every page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from model.scenario import Scenario, parse_scenario
from model.scenario.problems import ScenarioError
from views.language import printable
from views.results.links import from_link, to_link
from views.results.scenario_groups import MOST_OWN
from views.results.settings import Settings, scenario_of

LONGEST_NAME = 60
LONGEST_LINK = 1500
"""Characters of kept runs in a link; longer ones are left out of it."""
LARGEST = 1_000_000
"""Characters that a tab may hand back."""
UPLOAD, RUN = "upload_", "run_"
FIELD_END, RUN_END = ";", "|"
FIELDS = ("base", "set", "par", "drv", "until")
"""Parts of a link that decide a run."""


@dataclass(frozen=True)
class Upload:
    """An uploaded scenario with the text of its file."""

    scenario: Scenario
    text: str


def uploads() -> dict[str, Upload]:
    """Uploaded scenarios by key."""
    return st.session_state.setdefault("uploads", {})


def kept_runs() -> dict[str, tuple[str, Settings]]:
    """Kept runs by key: name and settings."""
    return st.session_state.setdefault("kept_runs", {})


def add_upload(scenario: Scenario, text: str) -> tuple[str, bool]:
    """Keep an uploaded scenario; returns its key and whether the oldest had to go."""
    uploaded = uploads()
    key = f"{UPLOAD}{scenario.name}"
    uploaded.pop(key, None)
    full = len(uploaded) >= MOST_OWN
    if full:
        bases = {st.session_state["settings"].base} | {settings.base for _, settings in kept_runs().values()}
        uploaded.pop(next((k for k in uploaded if k not in bases), next(iter(uploaded))))
    uploaded[key] = Upload(scenario, text)
    return key, full


def keep_run(name: str, settings: Settings) -> str | None:
    """Keep the settings as a run with a name; returns its key, None where there is no room or no name."""
    name = printable(name).strip()[:LONGEST_NAME]
    runs = kept_runs()
    if not name or len(runs) >= MOST_OWN:
        return None
    number = 1 + max((int(key.removeprefix(RUN)) for key in runs), default=0)
    runs[f"{RUN}{number}"] = name, settings
    return f"{RUN}{number}"


def forget_run(key: str) -> None:
    """Keep a run no longer."""
    kept_runs().pop(key, None)


def own_scenarios(shipped: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Scenarios of the session by key: kept runs, then uploads."""
    known = {**shipped, **{key: one.scenario for key, one in uploads().items()}}
    runs = {
        key: scenario_of(settings, known).model_copy(update={"title": name, "description": "", "name": key})
        for key, (name, settings) in kept_runs().items()
        if settings.base in known
    }
    return {**runs, **{key: one.scenario for key, one in uploads().items()}}


def write_run(name: str, settings: Settings) -> str:
    """A kept run as a part of a link: its name and the parts that decide it, between semicolons."""
    parts = to_link(settings, "")
    plain = name.replace(FIELD_END, ",").replace(RUN_END, "/")
    return FIELD_END.join((plain, *(parts.get(field, "") for field in FIELDS))).rstrip(FIELD_END)


def read_run(text: str, known: Mapping[str, Scenario]) -> tuple[str, Settings] | None:
    """The name and the settings that `write_run` wrote; None where they cannot be used."""
    name, *values = text.split(FIELD_END)
    query = {field: value for field, value in zip(FIELDS, values, strict=False) if value}
    settings, refused = from_link(query, known)
    name = printable(name).strip()[:LONGEST_NAME]
    return None if refused or not name or len(values) > len(FIELDS) else (name, settings)


def runs_in_link() -> str:
    """The kept runs that a link can hold, nothing where they are too long together or stand on uploads."""
    text = RUN_END.join(write_run(name, s) for name, s in kept_runs().values() if not s.base.startswith(UPLOAD))
    return text if len(text) <= LONGEST_LINK else ""


def open_runs(text: str, known: Mapping[str, Scenario]) -> list[str]:
    """Keep the runs of a link; returns the parts that could not be used."""
    refused = []
    for part in filter(None, text.split(RUN_END)):
        run = read_run(part, known)
        if run is None or keep_run(*run) is None:
            refused.append(part)
    return refused


def has_any() -> bool:
    """Whether the session has scenarios of its own, or has had some: then what the tab holds is older."""
    if uploads() or kept_runs():
        st.session_state["own_scenarios"] = True
    return bool(st.session_state.get("own_scenarios"))


def stored_text() -> str:
    """Uploads and kept runs as a text that the browser keeps for the tab."""
    runs = [write_run(name, settings) for name, settings in kept_runs().values()]
    files = [{"name": one.scenario.name, "text": one.text} for one in uploads().values()]
    return json.dumps({"runs": runs, "files": files}, ensure_ascii=False)


def restore(text: str, shipped: Mapping[str, Scenario]) -> None:
    """Take back what an earlier session of the tab has left; what cannot be read is left out."""
    try:
        data = json.loads(text[:LARGEST])
        files = [(str(one["name"]), str(one["text"])) for one in data["files"]][:MOST_OWN]
        runs = [str(one) for one in data["runs"]][:MOST_OWN]
    except (ValueError, TypeError, KeyError):
        return
    for name, content in files:
        try:
            add_upload(parse_scenario(content, name), content)
        except ScenarioError:
            continue
    known = {**shipped, **{key: one.scenario for key, one in uploads().items()}}
    present = {write_run(*run) for run in kept_runs().values()}
    open_runs(RUN_END.join(one for one in runs if one not in present), known)
