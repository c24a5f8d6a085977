"""Goals of the plan as cards: what is known in words and figures, and links to mechanism, clauses and evidence.

All texts are the project's own, and escaped all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import parse_qsl, urlencode

from model.system import system
from model.targets import Score, Target, status
from views.display_units import difference
from views.language import Locale
from views.results.evidence_badge import Badge, indicator_badge
from views.results.plan_draws import ACTUAL, FULL, WITHOUT, Spread
from views.results.plan_goals import Finding, Unmodelled
from views.results.plan_sentences import fact, is_judged, sentences, spread_text, value_text
from views.results.scoreboard import goal_text, reached_number, status_text
from views.results.uncertainty_texts import chance_text

COLUMNS = (ACTUAL, WITHOUT, FULL)
"""The simulated columns in their order."""


def address(page: str, settings: dict[str, str], **chosen: str) -> str:
    """The address of a page of the app with the present settings and language, and with what is chosen there."""
    return f"{page}?{urlencode(settings | chosen, safe=':,~')}"


def badge_of(target: Target, locale: Locale) -> Badge:
    """How far to trust the result of a goal; without the link that leads back to the goal."""
    if target.indicator is None:
        raise KeyError(f"{target.id} has no indicator")
    element = None if system().variables[target.indicator].axis is None else target.sector
    badge = indicator_badge(target.indicator, element, locale)
    return replace(badge, link=None) if badge.link and badge.link.page == "plan" else badge


def links(target: Target, settings: dict[str, str], locale: Locale) -> dict[str, str]:
    """Addresses of the pages behind a goal: its curves, its mechanism, its clauses, and its evidence where there is
    a series."""
    indicator, evidence = target.indicator or "", badge_of(target, locale).link
    found = {
        "curves": address("plan", settings, **{"plan.section": "detail", "plan.goal": target.id}),
        "mechanism": address("why", settings, variable=indicator),
        "clauses": address("document", settings, **{"document.indicator": indicator}),
    }
    if evidence is not None:
        found["evidence"] = address(evidence.page, settings, **dict(parse_qsl(evidence.query)))
    return found


def goals_html(findings: Iterable[Finding], settings: dict[str, str], locale: Locale, with_curves: bool = True) -> str:
    """Cards of some goals; `settings` are the part of addresses that holds for all pages."""
    return "".join(_card(finding, settings, locale, with_curves) for finding in findings)


def _card(finding: Finding, settings: dict[str, str], locale: Locale, with_curves: bool) -> str:
    target = finding.target
    due = f"{target.year} · {goal_text(target, locale)} · {locale.translate('plan.grade', grade=target.grade)}"
    figures, below = _figures(finding, locale), _links(target, settings, locale, with_curves)
    return (
        f'<article class="goal"><div class="goal-head"><h3>{escape(locale.text(target.label))}</h3>'
        f'<span class="goal-due">{escape(due)}</span>{_judged(finding, locale)}</div>'
        f"<p>{escape(sentences(finding, locale))}</p>"
        f'<dl class="goal-figures">{figures}</dl>{below}</article>'
    )


def _judged(finding: Finding, locale: Locale) -> str:
    """Whether an observed figure says that the goal was met; never colour alone."""
    word = fact(finding) if is_judged(finding) else "open"
    return f'<span class="goal-status {word}">{escape(locale.translate(f"plan.judged_{word}"))}</span>'


def _figures(finding: Finding, locale: Locale) -> str:
    """The columns of a goal: observed, the three runs, and both differences."""
    cells = [_cell(locale.translate("plan.observed"), *_observed(finding, locale))]
    cells += [_cell(locale.translate(f"plan.run_{run}"), *_run(finding, run, locale)) for run in COLUMNS]
    both = {
        "made": (finding.actual - finding.without, finding.made),
        "left": (finding.full - finding.actual, finding.left),
    }
    for name, (value, spread) in both.items():
        shown = difference(value, finding.target.unit, locale)
        cells.append(_cell(locale.translate(f"plan.{name}"), shown, _spread(finding, spread, locale)))
    return "".join(cells)


def _cell(name: str, value: str, *lines: str) -> str:
    """A column: its name, its figure, and lines of smaller letters."""
    small = "".join(f"<small>{escape(text)}</small>" for text in lines)
    return f"<div><dt>{escape(name)}</dt><dd><b>{escape(value)}</b>{small}</dd></div>"


def _observed(finding: Finding, locale: Locale) -> Sequence[str]:
    point = finding.observed
    if point is None:
        return (locale.translate("plan.no_figure"),)
    lines = [locale.translate("plan.point", year=point.year, grade=point.grade)]
    after = finding.observed_after
    if after is not None:
        value = value_text(finding.target, after.value, locale)
        lines.append(locale.translate("plan.figure", observed=value, year=after.year, grade=after.grade))
    return [value_text(finding.target, point.value, locale), *lines]


def _run(finding: Finding, run: str, locale: Locale) -> Sequence[str]:
    """What a run reaches, whether that meets the goal, its interval, and the chance of meeting it."""
    target, value = finding.target, finding.value(run)
    score = Score(target, value, status(target, value))
    lines = [value_text(target, value, locale), status_text(score, locale)]
    if finding.reached is None:
        return [*lines, "", ""]
    reached = finding.reached[run]
    if not reached.is_quantified:
        return [*lines, locale.translate("uncertainty.not_estimated_because"), ""]
    low, high = (reached_number(target, end, locale) for end in (reached.low, reached.high))
    interval = locale.translate("uncertainty.interval", low=low, high=high)
    chance = locale.translate("uncertainty.chance", value=chance_text(reached.probability, locale))
    return [*lines, locale.translate("uncertainty.difference", value=interval), chance]


def _spread(finding: Finding, spread: Spread | None, locale: Locale) -> str:
    """The interval of a difference; empty while it is still to come."""
    if spread is None:
        return ""
    if not finding.is_quantified:
        return locale.translate("uncertainty.not_estimated_because")
    return locale.translate("uncertainty.difference", value=spread_text(finding.target, spread, locale))


def _links(target: Target, settings: dict[str, str], locale: Locale, with_curves: bool) -> str:
    """The links below a goal."""
    found = {name: link for name, link in links(target, settings, locale).items() if with_curves or name != "curves"}
    lacking = "" if "evidence" in found else locale.translate("plan.no_series")
    return links_html(found, locale.text(target.label), locale, lacking)


def links_html(found: Mapping[str, str], subject: str, locale: Locale, lacking: str = "") -> str:
    """Links in a row, each with its subject for those who hear it; `lacking` says what there is no link to."""
    anchors = [
        f'<a href="{escape(link)}" target="_self" aria-label="{escape(f"{word}: {subject}")}">{escape(word)}</a>'
        for name, link in found.items()
        for word in [locale.translate(f"plan.link_{name}")]
    ]
    if lacking:
        anchors.append(f"<span>{escape(lacking)}</span>")
    return f'<p class="goal-links">{"".join(anchors)}</p>'


def unmodelled_html(groups: Sequence[Unmodelled], locale: Locale) -> str:
    """The goals that the model cannot judge, each reason once."""
    parts = []
    for group in groups:
        items = "".join(
            f"<li>{escape(locale.text(target.label))} ({escape(locale.enumeration(map(str, years)))}; "
            f"{escape(locale.translate(f'document.scope_{target.scope}'))})</li>"
            for target, years in group.goals
        )
        parts.append(f"<li><p>{escape(group.reason)}</p><ul>{items}</ul></li>")
    return f'<ul class="unmodelled">{"".join(parts)}</ul>'


def verdict_html(told: Sequence[str], caveat: str, link: tuple[str, str]) -> str:
    """The verdict on all goals, and the biggest caveat with a link to its evidence."""
    items = "".join(f"<p>{escape(sentence)}</p>" for sentence in told)
    words, where = link
    return (
        f'<div class="verdict" role="status">{items}<p class="caveat">{escape(caveat)} '
        f'<a href="{escape(where)}" target="_self">{escape(words)}</a></p></div>'
    )
