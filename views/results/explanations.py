"""Sentences that explain an indicator: period by period, and its difference from actual policies."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.diagram import name_of
from analysis.difference import Cause, Difference
from analysis.dominance import loops
from analysis.explanation import SMALL, Part, Period
from analysis.knockouts import knockouts
from model.system import system
from views.display_units import difference, display_unit, quantity
from views.language import Locale

MOSTLY = 0.5
"""Part of a change from which a loop explains most of it."""
INDEX_DIGITS = 2
NAMED = 3
"""Causes of a difference that are named."""
MOST_CHANGED = 5
"""Indicators that are named as those that the settings change most."""


def loop_name(loop: str, locale: Locale) -> str:
    """Name of a loop in a sentence, with its id, which begins with its kind."""
    return locale.translate("explanation.loop", name=locale.text(knockouts()[loop].name), id=loop)


def plain_loop_name(loop: str, locale: Locale) -> str:
    """The same as a label, without quotation marks."""
    return f"{locale.text(knockouts()[loop].name)} ({loop})"


def decimals(unit: str, locale: Locale) -> int | None:
    """Decimals of an index, whose values are near 1; those of other quantities follow from their size."""
    return None if display_unit(unit, locale, 1.0).text else INDEX_DIGITS


def period_sentences(period: Period, indicator: str, locale: Locale) -> list[str]:
    """A period in sentences: what happens, the loops for and against it, all loops, and what comes from outside.

    Every number in them is that of a run without what the sentence names.
    """
    words = _Words(indicator, period, locale)
    if period.held:
        return words.of_a_rule()
    if period.hardly_changes:
        return [words.say("hardly", change=words.change(period.change))]
    return [words.course(), *words.of_loops(), *words.from_outside()]


class _Words:
    """Words for one period."""

    def __init__(self, indicator: str, period: Period, locale: Locale) -> None:
        self.period, self.locale = period, locale
        self.unit = system().variables[indicator].unit

    def say(self, key: str, **values: object) -> str:
        """A text with the years filled in where it has a place for them."""
        return self.locale.translate(f"explanation.{key}", first=self.period.first, last=self.period.last, **values)

    def value(self, value: float) -> str:
        """A value with its unit."""
        return quantity(value, self.unit, self.locale, digits=decimals(self.unit, self.locale))

    def change(self, value: float) -> str:
        """A change with sign and unit."""
        return difference(value, self.unit, self.locale, digits=decimals(self.unit, self.locale))

    def without(self, part: Part) -> str:
        """What the change would be without a cause, or the value in the last year where a rule decides."""
        return self.value(part.without) if self.period.held else self.change(part.without)

    def course(self) -> str:
        """From where to where the indicator goes."""
        period = self.period
        return self.say(
            "rises" if period.change > 0 else "falls",
            start=self.value(period.start),
            end=self.value(period.end),
            change=self.change(period.change),
        )

    def of_loops(self) -> list[str]:
        """The loop that adds most, the one that works against it, and all together."""
        period, told = self.period, []
        if period.leading:
            mostly = abs(period.leading.added) >= MOSTLY * abs(period.change)
            key = "mostly" if mostly else "leading"
            told.append(self.loop(key, period.leading))
        else:
            told.append(self.say("no_leading", share=quantity(100 * SMALL, "%", self.locale, digits=0)))
        if period.opposing:
            told.append(self.loop("opposing", period.opposing))
        return [*told, self.say("all_loops", count=len(loops()), without=self.without(period.all_loops))]

    def loop(self, key: str, part: Part) -> str:
        """What the change, or the value, would be without one loop."""
        return self.say(key, loop=loop_name(part.cause, self.locale), without=self.without(part))

    def from_outside(self) -> list[str]:
        """What the change would be had drivers, and had levers, stayed as they were."""
        period = self.period
        pairs = (("drivers", period.all_drivers, period.driver), ("levers", period.all_levers, period.lever))
        told = []
        for key, together, largest in pairs:
            text = self.say(key, without=self.without(together))
            if largest:
                name = name_of(largest.cause, self.locale.language)
                text += self.say("alone", name=name, without=self.without(largest))
            told.append(text + self.locale.translate("explanation.stop"))
        return told

    def of_a_rule(self) -> list[str]:
        """A period in which a rule decides: the rule, and what loops can do nevertheless."""
        period = self.period
        assert period.without_rule is not None
        years = self.locale.enumeration(map(str, period.held))
        rule = name_of(period.without_rule.cause, self.locale.language)
        without = self.without(period.without_rule)
        told = [
            self.say("rule", years=years, rule=rule),
            self.say("rule_value", end=self.value(period.end), without=without),
            self.say("rule_and_loops"),
        ]
        told += [self.loop("under_rule", part) for part in (period.leading, period.opposing) if part]
        return told


def difference_sentences(found: Difference, locale: Locale) -> list[str]:
    """A difference from actual policies in sentences: how large it is, and what each cause does alone."""
    unit, language = system().variables[found.indicator].unit, locale.language
    digits = decimals(unit, locale)
    told = [
        locale.translate(
            "explanation.differs",
            indicator=name_of(found.indicator, language),
            year=found.year,
            before=quantity(found.before, unit, locale, digits=digits),
            after=quantity(found.after, unit, locale, digits=digits),
            change=difference(found.change, unit, locale, digits=digits),
        )
    ]
    named = [_alone(cause, unit, locale) for cause in found.causes[:NAMED]]
    if len(found.causes) > 1:
        told.append(locale.translate("explanation.each_alone", causes=locale.clauses(named)))
        told.append(locale.translate("explanation.together", change=difference(found.rest(NAMED), unit, locale)))
    return told


def largest_changes_sentence(changes: Mapping[str, float], year: int, locale: Locale) -> str:
    """What the settings change most, from the changes of indicators, the largest first."""
    if not changes:
        return locale.translate("explanation.changes_nothing", year=year)
    named = [
        locale.translate(
            "explanation.cause",
            name=name_of(name, locale.language),
            change=_change_text(change, system().variables[name].unit, locale),
        )
        for name, change in list(changes.items())[:MOST_CHANGED]
    ]
    return locale.translate("explanation.changes_most", year=year, changes=locale.clauses(named))


def _change_text(change: float, unit: str, locale: Locale) -> str:
    return difference(change, unit, locale, digits=decimals(unit, locale))


def _alone(cause: Cause, unit: str, locale: Locale) -> str:
    change = difference(cause.change, unit, locale)
    return locale.translate("explanation.cause", name=name_of(cause.input, locale.language), change=change)
