"""How sure the order of policies is: stored comparisons in words and as tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.answers import asked, files
from analysis.robustness.findings import Order
from analysis.robustness.records import order_of
from analysis.robustness.words import conditions_text, frequency_text
from analysis.varying_numbers import evidence_of
from model.targets import modelled_targets
from views.display_units import DisplayUnit
from views.language import Locale

from .answer_texts import (
    calibrated_text,
    frequency,
    inside_sentence,
    number_name,
    percent,
    policy_name,
    prior_text,
    quoted,
    result_unit,
    small_text,
    whole,
)
from .scoreboard import goal_text
from .uncertainty_texts import chance_text

CLEAR = 0.95
"""Probability of being best from which the runner-up is not named."""
NOTHING = 1e-6
"""Part of the spread of a policy below which what knowing is worth is rounding."""
SPREAD = ("p5", "p50", "p95")
REGRETS = ("expected_regret", "p95_regret", "maximum_regret")


@dataclass(frozen=True)
class Choice:
    """A choice between policies by one indicator. `policies` has a row for each, the likeliest best first: policy,
    name, p5, p50, p95 in `unit`, probability_best, and regrets in `regret_unit`; `information` a row for each number:
    number, value, error (both in `regret_unit`), changes; `everything` is what knowing everything would be worth."""

    policies_set: str
    under: str
    indicator: str
    year: int
    better: str
    unit: DisplayUnit
    regret_unit: DisplayUnit
    runs: int
    everything: float
    policies: pd.DataFrame
    information: pd.DataFrame
    orders: tuple[Order, ...]

    @property
    def best(self) -> str:
        """The policy that is best most often."""
        return str(self.policies["policy"].iloc[0])

    @property
    def nothing_to_learn(self) -> bool:
        """Whether knowing everything would be worth nothing but rounding."""
        return self.everything <= NOTHING * float((self.policies["p95"] - self.policies["p5"]).max())

    @property
    def worthwhile(self) -> pd.DataFrame:
        """The numbers that are worth knowing: more than some standard errors."""
        known = self.information
        chosen = known[(known["value"] > 0) & (known["value"] >= asked.WORTH_ERRORS * known["error"])]
        return chosen.iloc[:0] if self.nothing_to_learn else chosen


def choice(policies_set: str, under: str, indicator: str, year: int, better: str, locale: Locale) -> Choice:
    """The stored answer. Raises a `NoAnswerError` where there is none."""
    found = files.answer(
        files.CHOICES, **{"set": policies_set}, under=under, indicator=indicator, year=year, better=better
    )
    policies, information = files.table_of(found["policies"]), files.table_of(found["information"])
    size = float(policies["p50"].abs().max())
    unit = result_unit(found["unit"], size, False, locale)
    regret_unit = result_unit(found["unit"], float(policies["expected_regret"].max()), True, locale)
    policies[list(SPREAD)] *= unit.scaled(1.0)
    policies[list(REGRETS)] *= regret_unit.scaled(1.0)
    information[["value", "error"]] *= regret_unit.scaled(1.0)
    policies.insert(1, "name", [policy_name(policy, locale) for policy in policies["policy"]])
    policies = policies.sort_values(
        ["probability_best", "expected_regret"], ascending=[False, True], kind="stable", ignore_index=True
    )
    return Choice(
        policies_set,
        under,
        indicator,
        year,
        better,
        unit,
        regret_unit,
        found["runs"],
        max(regret_unit.scaled(found["everything"]), 0.0),
        policies,
        information,
        tuple(order_of(record) for record in found["orders"]),
    )


def median_of(indicator: str, year: int, policy: str) -> float:
    """The median of a policy under draws of the calibration, in the unit of the model."""
    for name, policies in asked.SETS.items():
        if policy in policies:
            found = files.answer(files.CHOICES, **{"set": name}, under=asked.CALIBRATED, indicator=indicator, year=year)
            return float(files.table_of(found["policies"]).set_index("policy").at[policy, "p50"])
    raise files.NoAnswerError(f"no stored choice has the policy {policy}")


def title(shown: Choice, locale: Locale) -> str:
    """What is asked, as a heading."""
    key = f"answers.order_{shown.better}"
    return locale.translate(key, name=inside_sentence(shown.indicator, locale), year=shown.year)


def sentence(shown: Choice, locale: Locale) -> str:
    """The answer: which policy is best how often, what choosing it costs, and what knowing more would be worth."""
    t, unit = locale.translate, shown.regret_unit
    first, second = shown.policies.head(2).to_dict("records")
    parts = [
        t(
            "answers.best",
            name=first["name"],
            share=frequency(first["probability_best"], locale),
            runs=whole(shown.runs, locale),
        )
    ]
    if first["maximum_regret"] > NOTHING * abs(first["p95"] - first["p5"]):
        regrets = {key: small_text(unit, first[key]) for key in ("expected_regret", "maximum_regret")}
        parts.append(t("answers.regret", **regrets))
    else:
        parts.append(t("answers.no_regret"))
    if first["probability_best"] < CLEAR:
        share = frequency(second["probability_best"], locale)
        parts.append(t("answers.next", name=second["name"], share=share))
    return locale.sentences([*parts, _worth_text(shown, locale)])


def _worth_text(shown: Choice, locale: Locale) -> str:
    unit = shown.regret_unit
    if shown.nothing_to_learn:
        return locale.translate("answers.worth_nothing")
    everything = small_text(unit, shown.everything)
    if shown.worthwhile.empty:
        return locale.translate("answers.worth_of_none", everything=everything)
    first = shown.worthwhile.iloc[0]
    return locale.translate(
        "answers.worth_of_one",
        everything=everything,
        name=number_name(first["number"], locale),
        value=small_text(unit, first["value"]),
        error=unit.figure(first["error"]),
    )


def order_texts(shown: Choice, locale: Locale) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """How often each of two policies is better, and when, where that was found: pairs with the best policy, and the
    others."""
    told: tuple[list[tuple[str, str]], list[tuple[str, str]]] = [], []
    for order in shown.orders:
        conditions = conditions_text(order, quoted) if order.boxes else None
        text = (locale.text(frequency_text(order, quoted)), "" if conditions is None else locale.text(conditions))
        told[shown.best not in (order.first, order.second)].append(text)
    return told


def policy_rows(shown: Choice, locale: Locale) -> pd.DataFrame:
    """The policies as a table for people."""
    t, table = locale.translate, shown.policies
    columns: dict[str, object] = {t("answers.policy"): table["name"]}
    names = {"p5": percent(0.05, locale), "p50": t("fan.median"), "p95": percent(0.95, locale)}
    columns |= {shown.unit.named(names[name]): table[name] for name in SPREAD}
    columns[t("answers.probability_best")] = 100 * table["probability_best"]
    columns |= {shown.regret_unit.named(t(f"answers.{name}")): table[name] for name in REGRETS}
    return pd.DataFrame({**columns, "id": table["policy"]})


def order_rows(shown: Choice, locale: Locale) -> pd.DataFrame:
    """Every pair as a table for people, with the conditions in words."""
    t, found = locale.translate, []
    for order in shown.orders:
        conditions = conditions_text(order, quoted)
        found.append(
            {
                t("answers.one"): policy_name(order.often, locale),
                t("answers.other"): policy_name(order.rare, locale),
                t("answers.one_better"): 100 * max(order.first_better, order.second_better),
                t("answers.other_better"): 100 * min(order.first_better, order.second_better),
                t("answers.equal"): 100 * max(order.equal, 0.0),
                t("answers.conditions"): "" if conditions is None else locale.text(conditions),
            }
        )
    return pd.DataFrame(found)


def information_rows(shown: Choice, locale: Locale) -> pd.DataFrame:
    """What knowing each number that would change the choice would be worth, for people."""
    t, unit = locale.translate, shown.regret_unit
    table = shown.information[shown.information["changes"] > 0]
    worthwhile = set(shown.worthwhile["number"])
    return pd.DataFrame(
        {
            t("evidence.number"): [number_name(number, locale) for number in table["number"]],
            t("evidence.grade"): [evidence_of(number)[0] for number in table["number"]],
            unit.named(t("answers.worth")): table["value"],
            unit.named(t("answers.worth_error")): table["error"],
            t("answers.reads_as"): [
                t("answers.worth_something" if number in worthwhile else "answers.worth_none")
                for number in table["number"]
            ],
            t("answers.changes"): 100 * table["changes"],
            t("evidence.prior"): [prior_text(number) for number in table["number"]],
            t("answers.calibrated"): [calibrated_text(number) for number in table["number"]],
            "id": table["number"],
        }
    )


def target_rows(policies_set: str, under: str, locale: Locale) -> pd.DataFrame:
    """The probability that each policy reaches each goal, for people; "not estimated" where nothing varies it."""
    t = locale.translate
    table = files.table_of(files.answer(files.TARGETS, **{"set": policies_set}, under=under)["table"])
    wide = {
        policy: dict(zip(rows["target"], rows["probability"], strict=True)) for policy, rows in table.groupby("policy")
    }
    known = [target for target in modelled_targets() if target.id in set(table["target"])]
    columns: dict[str, object] = {
        t("document.target"): [locale.text(target.label) for target in known],
        t("table.year"): [target.year for target in known],
        t("document.goal"): [goal_text(target, locale) for target in known],
    }
    for policy in asked.SETS[policies_set]:
        columns[policy_name(policy, locale)] = [chance_text(float(wide[policy][target.id]), locale) for target in known]
    columns[t("document.scope")] = [t(f"document.scope_{target.scope}") for target in known]
    columns[t("document.grade")] = [target.grade for target in known]
    return pd.DataFrame(columns)


def command(shown: Choice) -> str:
    """The command that gives the same."""
    policies = " ".join(asked.SETS[shown.policies_set])
    return (
        f"hebei2025 robust {asked.DESIGNS[shown.under]} --policies {policies} --indicator {shown.indicator} "
        f"--year {shown.year} --better {shown.better}"
    )
