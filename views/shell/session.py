"""The state of one session: nothing here is shared between sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from model.scenario import Scenario, shipped_scenarios
from views.language import LANGUAGES, Locale, language_of_browser
from views.results.links import from_link, to_link
from views.results.scenario_groups import grouped
from views.results.settings import Settings, scenario_of, years_to_show

from . import own_scenarios
from .page_links import Allowed, from_query_value, is_allowed, to_query_value

KEEP = "keep"
"""The part of a link that holds kept runs."""
PRESENT = "present"
"""The key of the present settings among the scenarios that are compared."""
LONGEST_QUERY = 20_000
"""Characters of a state from the browser that are looked at."""
WIDGET = "w_{}"
"""Keys of widgets; their values are copied from the settings before every run."""


def language() -> str:
    """The language of this session: chosen, else from the address, else from the browser."""
    chosen = st.session_state.get("language")
    if chosen not in LANGUAGES:
        asked = st.query_params.get("lang")
        chosen = asked if asked in LANGUAGES else language_of_browser(st.context.locale)
        st.session_state["language"] = chosen
    return chosen


def locale() -> Locale:
    """How texts, units and numbers are written in the language of this session."""
    return Locale(language())


def stop_if_superseded() -> None:
    """Stop here where a newer run of this session has begun; Streamlit looks for that whenever the state is read."""
    st.session_state.get("settings")


def settings() -> Settings:
    """The settings of this session; at its start those of the link it was opened with."""
    if "settings" not in st.session_state:
        query = st.query_params.to_dict()
        found, refused = from_link(query)
        st.session_state["settings"], st.session_state["opened_with"] = found, query
        refused += own_scenarios.open_runs(query.get(KEEP, ""), shipped_scenarios())
        st.session_state.setdefault("refused", []).extend(refused)
    return st.session_state["settings"]


def restore(text: str) -> None:
    """Take back uploads and kept runs of the tab, and the upload that the link starts from, if it is among them."""
    own_scenarios.restore(text, shipped_scenarios())
    query = st.session_state.get("opened_with", {})
    if query.get("base") in uploads() and epoch() == 0:
        found, refused = from_link(query, starting_points())
        st.session_state["refused"] = refused  # the run that would have told that the upload is gone may not have ended
        change(**{each.name: getattr(found, each.name) for each in fields(found)})


def change(**values: Any) -> None:
    """Replace fields of the settings; a page that shows an earlier state in the browser has to take over this one."""
    changed = replace(settings(), **values)
    if changed.year not in years_to_show(changed.until):
        changed = replace(changed, year=years_to_show(changed.until)[-1])
    st.session_state["settings"] = changed
    st.session_state["epoch"] = epoch() + 1


def take_over(new: Settings) -> None:
    """The settings to which a person has come in the browser."""
    st.session_state["settings"] = new


def epoch() -> int:
    """How often the settings were changed otherwise than in the browser."""
    return st.session_state.setdefault("epoch", 0)


def open_page(page: str, query: Mapping[str, str]) -> NoReturn:
    """Go to a page of the app, with choices of its own as parts of the address, which replace those made before."""
    for (owner, name), (part, _, _) in st.session_state.get("linked", {}).items():
        if part in query:
            st.session_state.pop(f"{owner}_{name}", None)
    whole = dict(parse_qsl(query_of_settings())) | dict(query)
    st.switch_page(st.session_state["pages"][page], query_params=whole)


def query() -> str:
    """The present state as the query of an address: the settings, what has been chosen on the present page, and kept
    runs."""
    return "&".join(filter(None, (state_query(), kept_query())))


def come_back(query: str) -> None:
    """Take over the settings and the choices on the present page from an address of this session; language and kept
    runs stay as they are."""
    if len(query) > LONGEST_QUERY:
        return
    asked, page = dict(parse_qsl(query)), st.session_state.get("page")
    found, _ = from_link(asked, starting_points())
    change(**{each.name: getattr(found, each.name) for each in fields(found)})
    for (owner, name), (part, default, allowed) in st.session_state.get("linked", {}).items():
        if owner == page:
            text = asked.get(part)
            value = None if text is None else from_query_value(text, default, allowed)
            st.session_state[f"{owner}_{name}"] = default if value is None else value


def state_query() -> str:
    """The settings, and what has been chosen on the present page, as the query of an address."""
    page, chosen = st.session_state.get("page"), {}
    for (owner, name), (part, default, _) in st.session_state.get("linked", {}).items():
        value = st.session_state.get(f"{owner}_{name}", default)
        if owner == page and value != default:
            chosen[part] = to_query_value(value)
    return urlencode(to_link(settings(), language()) | chosen, safe=":,~")


def query_of_settings() -> str:
    """The settings and kept runs as the query of an address, without choices of a page."""
    return "&".join(filter(None, (urlencode(to_link(settings(), language()), safe=":,~"), kept_query())))


def kept_query() -> str:
    """Kept runs as a part of an address; empty where there are none or they are too long."""
    runs = own_scenarios.runs_in_link()
    return urlencode({KEEP: runs}, safe=":,~;|") if runs else ""


def widget(name: str, value: object, store: Callable[[Any], object], allowed: Allowed | None = None) -> dict[str, Any]:
    """Key and callback for a widget that shows `value` and hands changes to `store`, where they are `allowed`.

    Streamlit knows options by their labels: a message that was sent just before the language changed holds a label
    that no option has any more, and Streamlit then hands on the label as if it were the value.
    """
    key = WIDGET.format(name)
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        if chosen is not None and (allowed is None or is_allowed(chosen, allowed)):
            store(chosen)

    return {"key": key, "on_change": changed}


def remember(page: str, name: str, default: Any, allowed: Allowed | None = None, part: str = "") -> Any:
    """A value of a page that outlives a visit to another page.

    With `allowed` it is part of links to this page, and at first comes from the link that opened the session; `part` is
    its name there, where it is not made from those of the page and the value.
    """
    key, part = f"{page}_{name}", part or f"{page}.{name}"
    if allowed is not None:
        st.session_state.setdefault("linked", {})[page, name] = part, default, allowed
    if key not in st.session_state:
        st.session_state[key] = default if allowed is None else _from_address(part, default, allowed)
    return st.session_state[key]


def _from_address(name: str, default: object, allowed: Allowed) -> object:
    asked = st.query_params.get(name)
    if asked is None:
        return default
    value = from_query_value(asked, default, allowed)
    if value is None:
        st.session_state.setdefault("refused", []).append(f"{name}={asked}")
        return default
    return value


def page_widget(page: str, name: str, value: object) -> dict[str, Any]:
    """Key and callback of a widget whose value is remembered for its page, within what was allowed there."""
    _, default, allowed = st.session_state.get("linked", {}).get((page, name), ("", None, None))

    def keep(chosen: object) -> None:
        if allowed is None or chosen == default or is_allowed(chosen, allowed):
            st.session_state[f"{page}_{name}"] = chosen

    return widget(f"{page}_{name}", value, keep)


def uploads() -> dict[str, own_scenarios.Upload]:
    """Scenarios uploaded in this session, by key."""
    return own_scenarios.uploads()


def starting_points() -> dict[str, Scenario]:
    """Scenarios that the settings can start from: those that are shipped, and uploads."""
    return {**shipped_scenarios(), **{key: one.scenario for key, one in uploads().items()}}


def scenarios() -> dict[str, Scenario]:
    """Shipped scenarios, and those of the session: kept runs and uploads."""
    return {**shipped_scenarios(), **own_scenarios.own_scenarios(shipped_scenarios())}


def compared_scenarios() -> dict[str, Scenario]:
    """All scenarios, with the present settings first."""
    return {PRESENT: scenario_of(settings(), starting_points()), **scenarios()}


def start_from(key: str) -> None:
    """Start from a scenario without moved sliders, or take over a kept run with its own."""
    if key in own_scenarios.kept_runs():
        _, kept = own_scenarios.kept_runs()[key]
        change(base=kept.base, moved=kept.moved, parameters=kept.parameters, drivers=kept.drivers, until=kept.until)
    else:
        change(base=key, moved={})


def titles() -> dict[str, str]:
    """Titles of all scenarios in the language of this session; no two are the same."""
    return _titles(scenarios())


def compared_titles() -> dict[str, str]:
    """The same, with the present settings first."""
    return {PRESENT: locale().translate("compare.present")} | titles()


def _titles(known: Mapping[str, Scenario]) -> dict[str, str]:
    here, found = locale(), dict[str, str]()
    for key in (key for keys in grouped(known).values() for key in keys):
        title = here.text(known[key].title)
        title = here.translate("share.uploaded", title=title) if key in uploads() else title
        found[key] = f"{title} · {known[key].name}" if title in found.values() else title
    return found


def settings_summary() -> str:
    """The present settings in a few words."""
    here, now = locale(), settings()
    title, moved, assumed = titles()[now.base], len(now.moved), len(now.parameters) + len(now.drivers)
    text = here.translate("app.present_moved" if moved else "app.present", title=title, count=moved)
    return here.sentences([text, here.translate("app.assumed", count=assumed)]) if assumed else text
