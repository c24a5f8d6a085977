"""The page "Did the plan work?": every goal observed and simulated with and without the plan, and what moved results.

Rows are drawn at once from three runs; what needs the draws follows in the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calibration.weaknesses import weaknesses
from views.charts.plan import goal_figure, goal_text_alternative, movers_figure, movers_text_alternative
from views.pages.plan import cards
from views.results import plan_curves, plan_draws, plan_goals, plan_movers, plan_sentences, plan_tables
from views.results.evidence_badge import indicator_badge
from views.results.links import to_link
from views.results.plan_draws import PlanDraws
from views.results.plan_goals import Finding
from views.results.scoreboard import remark
from views.shell import session, share
from views.shell.page_elements import app_name, csv_download, data_expander, heading, note, show_figure

SECTIONS = ("goals", "detail", "movers")
OWN, OTHERS, NATIONAL = "document", "hebei_plan", "national"

remember, widget = partial(session.remember, "plan"), partial(session.page_widget, "plan")


def settings_of_links() -> dict[str, str]:
    """The part of addresses that holds for all pages: settings and language."""
    return to_link(session.settings(), session.language())


def set_by(scope: str, findings: Sequence[Finding]) -> list[Finding]:
    """The goals of one scope."""
    return [finding for finding in findings if finding.target.scope == scope]


def with_draws(draw: Callable[[PlanDraws | None], None], place: DeltaGenerator) -> None:
    """Draw what is known at once, and again when the draws of the three runs are there; a spinner shows in `place`."""
    known = plan_draws.cached_plan_draws()
    draw(known)
    if known is None:
        with place, st.spinner(session.locale().translate("plan.computing")):
            computed = plan_draws.plan_draws()
        draw(computed)


def show_verdict(place: DeltaGenerator, findings: Sequence[Finding]) -> None:
    """The verdict on the goals of the province, with the biggest caveat."""
    locale = session.locale()
    groups = plan_goals.unmodelled(locale.language)
    own_unmodelled = sum(target.scope == OWN for group in groups for target, _ in group.goals)
    told = plan_sentences.verdict(set_by(OWN, findings), set_by(OTHERS, findings), own_unmodelled, locale)
    caveat = locale.translate("plan.caveat", weakness=locale.text(weaknesses()[0]["title"]))
    evidence = cards.address("evidence", settings_of_links(), **{"evidence.section": "weaknesses"})
    place.html(cards.verdict_html(told, caveat, (locale.translate("plan.link_caveat"), evidence)))


def show_goals(verdict: DeltaGenerator, waiting: DeltaGenerator) -> None:
    """The goals of the document, then of other plans of the province; those of the nation and those that the model
    cannot judge are folded."""
    locale = session.locale()
    places = {}
    for scope in (OWN, OTHERS):
        heading(locale.translate(f"plan.goals_{scope}"))
        places[scope] = st.empty()
    national = st.expander(locale.translate("plan.goals_national"), key="plan_national", on_change="rerun")
    if national.open:
        places[NATIONAL] = national.empty()
    groups = plan_goals.unmodelled(locale.language)
    count = sum(len(group.goals) for group in groups)
    with st.expander(locale.translate("plan.unmodelled", count=count), key="plan_unmodelled"):
        st.html(cards.unmodelled_html(groups, locale))
    downloads = st.container(horizontal=True, key="plan_downloads")

    def draw(draws: PlanDraws | None) -> None:
        findings = plan_goals.findings(draws)
        show_verdict(verdict, findings)
        for scope, place in places.items():
            place.html(cards.goals_html(set_by(scope, findings), settings_of_links(), locale))

    with_draws(draw, waiting)
    with downloads:
        findings = plan_goals.findings(plan_draws.cached_plan_draws())
        csv_download("goals", lambda: plan_tables.goal_file(findings, locale), locale.translate("plan.download"))
    box = st.expander(locale.translate("cite.heading"), key="plan_cite", on_change="rerun")
    if box.open:
        with box:
            share.show_citation()


def show_detail(verdict: DeltaGenerator, waiting: DeltaGenerator) -> None:
    """One goal: its card, and its curves with the band of what the plan made beneath."""
    locale = session.locale()
    heading(locale.translate("plan.section_detail"))
    by_id = {finding.target.id: finding.target for finding in plan_goals.findings()}
    goal = st.selectbox(
        locale.translate("plan.goal"),
        list(by_id),
        format_func=lambda g: f"{locale.text(by_id[g].label)} · {by_id[g].year}",
        **widget("goal", remember("goal", next(iter(by_id)), by_id)),
    )
    target, card, chart = by_id[goal], st.empty(), st.empty()

    def draw(draws: PlanDraws | None) -> None:
        findings = plan_goals.findings(draws)
        show_verdict(verdict, findings)
        one = next(finding for finding in findings if finding.target == target)
        card.html(cards.goals_html([one], settings_of_links(), locale, with_curves=False))
        shown = plan_curves.curves(target, draws, locale)
        with chart.container():
            key = "plan_curves" if draws is None else "plan_curves_with_bands"
            alternative = goal_text_alternative(shown, locale)
            show_figure(goal_figure(shown, locale), key, goal, alternative, [("", cards.badge_of(target, locale))])

    with_draws(draw, waiting)
    note(locale.translate("plan.about_curves"))
    note(
        locale.sentences(
            text for text in (locale.translate("plan.set_in", source=target.source), remark(target, locale)) if text
        )
    )
    known = plan_draws.cached_plan_draws()
    data_expander(
        "plan_goal_data",
        f"goal_{goal}",
        lambda: plan_curves.curve_rows(plan_curves.curves(target, known, locale), locale),
    )


def show_movers(verdict: DeltaGenerator, waiting: DeltaGenerator) -> None:
    """What moved one headline result since 2015."""
    locale = session.locale()
    heading(locale.translate("plan.section_movers"))
    known = plan_movers.indicators()
    years = plan_movers.YEARS
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan_movers_choice"):
        indicator = st.selectbox(
            locale.translate("plan.result"),
            known,
            format_func=lambda name: plan_movers.indicator_name(name, locale),
            **widget("result", remember("result", known[0], known)),
        )
        year = st.segmented_control(
            locale.translate("plan.until"), years, required=True, **widget("until", remember("until", years[0], years))
        )
    with_draws(lambda draws: show_verdict(verdict, plan_goals.findings(draws)), waiting)
    with st.spinner(locale.translate("plan.computing")):
        shown = plan_movers.movers(indicator, year, locale)
    sentence = plan_movers.mover_sentence(shown, locale)
    note(sentence, "page-note question")
    title = f"{plan_movers.indicator_name(indicator, locale)}, {plan_movers.change_name(year, locale)}"
    alternative = movers_text_alternative(shown, title, locale)
    badges = [("", indicator_badge(indicator, None, locale))]
    show_figure(movers_figure(shown, locale), "plan_movers", f"{indicator}_{year}", alternative, badges)
    note(locale.translate("plan.movers_method"))
    data_expander("plan_movers_data", f"movers_{indicator}_{year}", lambda: plan_movers.mover_rows(shown, locale))
    links = {"mechanism": cards.address("why", settings_of_links(), variable=indicator)}
    st.html(cards.links_html(links, plan_movers.indicator_name(indicator, locale), locale))


VIEWS = {"goals": show_goals, "detail": show_detail, "movers": show_movers}


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    verdict, waiting = st.empty(), st.container()
    section = st.segmented_control(
        locale.translate("page.plan"),
        SECTIONS,
        format_func=lambda s: locale.translate(f"plan.section_{s}"),
        required=True,
        label_visibility="collapsed",
        **widget("section", remember("section", SECTIONS[0], SECTIONS)),
    )
    with st.sidebar:
        app_name()
        for key in ("about", "about_without", "about_intervals", f"about_{section}"):
            note(locale.translate(f"plan.{key}"))
    VIEWS[section](verdict, waiting)


page()
