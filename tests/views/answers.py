"""What the app answers to five questions of a policy researcher, as its sentences, from runs in Python."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.difference import explain_difference, largest_changes
from analysis.dominance import INDICATORS
from model.inputs import POLICY_START, START, drivers
from model.scenario import BASELINE, shipped_scenarios
from views.display_units import SPACES, difference
from views.results import comparison, headline, plan_draws, plan_goals, plan_sentences, simulation, summary
from views.results.assumption_spans import driver_span, parameter_span
from views.results.assumptions import parameter_slots
from views.results.catalogue import CHARTS, HEADLINES, LEAD, line_name
from views.results.explanations import difference_sentences, largest_changes_sentence
from views.results.links import from_link
from views.results.settings import scenario_of
from views.results.uncertainty import baseline_uncertainty, uncertainty_of

LATER = "set=capacity_closure.steel:d2&charts=steel_capacity,steel_output"
RENOVATION = "set=technical_renovation_investment.equipment:x1.5&year=2025"
PAIR = ("closure_only", "efficiency_only")
COMPARED_CHARTS = ("lead", "energy_intensity", "steel_output", "steel_capacity", "cost")
DIGITS = 3


def settings_of(query=""):
    """The settings of a link."""
    found, refused = from_link(dict(part.split("=") for part in query.split("&") if part))
    assert refused == []
    return found


def verdict(locale):
    """Whether the plan worked."""
    findings = plan_goals.findings(plan_draws.plan_draws())
    own, others = ([one for one in findings if one.target.scope == scope] for scope in ("document", "hebei_plan"))
    unmodelled = [target for group in plan_goals.unmodelled(locale.language) for target, _ in group.goals]
    return plan_sentences.verdict(own, others, sum(target.scope == "document" for target in unmodelled), locale)


def sentence(query, locale):
    """What is moved, and what it does to the headline figures."""
    settings = settings_of(query)
    run = simulation.runner(settings.until).run(scenario_of(settings, shipped_scenarios()))
    scenario, ghost = shipped_scenarios()[settings.base], simulation.baseline(settings.until)
    return summary.sentence(settings, scenario, run, ghost, locale)


def intervals(query, locale):
    """The 90 % intervals of the differences on the cards, by indicator."""
    settings = settings_of(query)
    uncertain = uncertainty_of(scenario_of(settings, shipped_scenarios()), settings.until)
    found = headline.certainties(uncertain, baseline_uncertainty(settings.until), settings.year, locale)
    return {name: locale.translate("uncertainty.difference", value=one.interval) for name, one in found.items()}


def explained(query, locale, indicator=LEAD):
    """What Why says of settings: the difference of an indicator, and what changes most."""
    settings = settings_of(query)
    scenario, actual = scenario_of(settings, shipped_scenarios()), shipped_scenarios()[BASELINE]
    found = explain_difference(scenario, actual, indicator, settings.year)
    changes = largest_changes(scenario, actual, INDICATORS, settings.year)
    return [*difference_sentences(found, locale), largest_changes_sentence(changes, settings.year, locale)]


def order(locale, year=2025):
    """How sure the order of two policies is."""
    titles = {name: locale.text(shipped_scenarios()[name].title) for name in PAIR}
    runs = comparison.run_scenarios({name: shipped_scenarios()[name] for name in PAIR}, titles, year)
    certain = comparison.uncertainties(runs, year)
    return comparison.order_sentence(runs[1], runs[0], year, COMPARED_CHARTS, certain, locale)


def assumption_name(name, locale):
    """The name of an assumption."""
    return locale.text(drivers()[name].label) if name in drivers() else parameter_slots()[name].name(locale)


def assumption_effect(name, locale, query=""):
    """How much an assumption matters for what Explore shows: its strength, and what it changes in words."""
    settings = settings_of(query)
    isdriver = name in drivers()
    span = driver_span(drivers()[name]) if isdriver else parameter_span(parameter_slots()[name])
    kind = "drivers" if isdriver else "parameters"
    states = [replace(settings, **{kind: {name: end}}) for end in span]
    run, scenarios = simulation.runner(settings.until).run, shipped_scenarios()
    now, *ends = (run(scenario_of(one, scenarios)) for one in (settings, *states))
    found = []
    for what, values, words in _shown(settings, locale):
        path = values(now)
        at = settings.year - START
        size = max(float(np.nanmax(np.abs(path))), abs(_figure(what, path, at)))
        changes = [_figure(what, values(end), at) - _figure(what, path, at) for end in ends]
        found.append((max(map(abs, changes)) / size, what, list(map(words, changes))))
    strength, what, told = max(found, key=lambda each: each[0])
    low, high = (_end_text(name, end, locale) for end in span)
    text = locale.translate(
        "component.strongest_effect",
        result=what[0],
        year=settings.year,
        low=low,
        high=high,
        at_low=told[0],
        at_high=told[1],
    )
    return strength, text


def _figure(what, path, at):
    """A value in a year; costs are summed."""
    return float(np.sum(path[POLICY_START - START : at + 1]) if what[1] in headline.COSTS else path[at])


def _shown(settings, locale):
    """Figures and strong lines of the charts: (name, indicator), their path in a run, and the words for a change."""
    for indicator in HEADLINES:
        element = headline.WHOLE if indicator in headline.COSTS else None
        unit = headline.UNITS.get(indicator, "%")
        yield (
            (locale.translate(f"headline.{indicator}"), indicator),
            lambda run, indicator=indicator, element=element: run.series(indicator, element),
            lambda change, unit=unit: difference(change, unit, locale),
        )
    for chart in (CHARTS[name] for name in settings.charts):
        strong = [line for line in chart.lines if line.strong]
        title, shown = locale.translate(f"chart.{chart.id}"), chart.display(locale).text
        unit = locale.translate("component.points") if shown == "%" else shown
        for line in strong:
            name = f"{title} · {line_name(line, locale)}" if len(strong) > 1 else title
            yield (
                (name, None),
                lambda run, line=line: run.series(line.indicator, line.element),
                lambda change, chart=chart, unit=unit: (
                    locale.number(change * chart.scale_in(locale), sign=True) + SPACES[locale.language] + unit
                ),
            )


def _end_text(name, end, locale):
    """An end of the span of an assumption with its unit."""
    if name in drivers():
        return f"× {end:.2f}"
    figure = f"{float(f'{end:.{DIGITS}g}'):g}".replace("-", "−")
    unit = locale.unit(parameter_slots()[name].parameter.unit)
    return f"{figure}{SPACES[locale.language]}{unit}" if unit else figure


SHARES_AND_ENERGY = (LEAD, "energy_per_above_scale_industrial_va_change_cumulative")
MATTERING = ("market_trend.equipment", "national_steel_demand", "steel_capacity_outside")
"""The assumptions that matter most at first, in their order (tests/views/browser/test_five_questions.py)."""


def quotes(locale):
    """The sentences of the app that docs/questions.md quotes, by question."""
    later_2025 = f"{LATER}&year=2025"
    steel = ("crude_steel_output", *SHARES_AND_ENERGY)
    return {
        "plan": verdict(locale),
        "later": [sentence(LATER, locale), _in_a_row(intervals(LATER, locale), steel, locale)],
        "later_2025": [sentence(later_2025, locale), _in_a_row(intervals(later_2025, locale), steel, locale)],
        "renovation": [
            sentence(RENOVATION, locale),
            _in_a_row(intervals(RENOVATION, locale), SHARES_AND_ENERGY, locale),
        ],
        "why": explained(RENOVATION, locale),
        "assumption": [f"{assumption_name(name, locale)} — {assumption_effect(name, locale)[1]}" for name in MATTERING],
        "order": [order(locale)],
    }


def _in_a_row(found, names, locale):
    return locale.clauses(found[name] for name in names)
