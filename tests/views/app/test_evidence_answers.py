"""The sections of the Evidence page about answers from many runs: words, charts and tables are the stored answers."""

import json
from html import escape, unescape
from urllib.parse import parse_qs

import pytest

from analysis.answers import asked, files
from analysis.group_wedges import DRIVERS, MOMENTUM, WHOLE, groups
from views.charts.answers import DRAWN
from views.language import LANGUAGES, Locale
from views.results import attributions, decisive_numbers, policy_choices
from views.results.answer_texts import (
    frequency,
    indicator_name,
    number_name,
    percent,
    policy_name,
    result_unit,
    small_text,
)
from views.results.uncertainty_texts import chance_text

from .support import html, opened

CO2, STEEL, JOBS = "co2_emissions_industry", "crude_steel_output", "employment.steel"


def section(name, language="en", **chosen):
    choices = {f"evidence.{key}": str(value) for key, value in chosen.items()}
    return opened("evidence", lang=language, **{"evidence.section": name, **choices})


def told(app):
    return unescape(html(app))


def traces(app):
    return json.loads(app.get("plotly_chart")[0].proto.spec)["data"]


def labels(app):
    return [one["text"] for one in json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["annotations"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", asked.MEASURES)
def test_decisive_numbers_are_those_that_are_stored(language, measure):
    locale = Locale(language)
    app = section("decides", language, answered=STEEL, answer_year=2020, measure=measure)
    found = files.answer(files.SENSITIVITY, indicator=STEEL, year=2020, measure=measure, method="saltelli")
    table = files.table_of(found["table"])
    first = table.iloc[0]
    shown = told(app)
    assert number_name(first["number"], locale) in shown
    assert f"{percent(first['total'], locale)} ± {percent(first['total_confidence'], locale)}" in shown
    assert locale.translate("answers.caveat_shares") in shown
    names = labels(app)
    assert len(names) == len(table) == 12 and number_name(first["number"], locale) in unescape(names[0])
    assert all(name.endswith(("(A)", "(B)", "(C)", "(D)")) for name in names), "every number has its grade"
    rows = app.dataframe[0].value
    assert rows["id"].to_list() == table["number"].to_list()
    column = locale.translate("answers.total_share")
    assert rows[column].to_numpy() == pytest.approx(100 * table["total"].to_numpy(), abs=0.06)
    assert app.get("download_button") and not app.exception
    alternative = app.get("plotly_chart")[0].proto.alt
    assert all(number_name(number, locale) in alternative for number in table["number"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_screening_has_all_numbers_and_says_which_way_they_move_the_result(language):
    locale = Locale(language)
    app = section("decides", language, method="screening")
    head = {"indicator": CO2, "year": 2025, "measure": asked.LEVEL, "method": "morris"}
    table = files.table_of(files.answer(files.SENSITIVITY, **head)["table"])
    rows = app.dataframe[0].value
    assert rows["id"].to_list() == table["number"].to_list() and len(labels(app)) == DRAWN < len(rows)
    shown = decisive_numbers.decisive(CO2, 2025, asked.LEVEL, "screening", locale)
    assert shown.spread_unit.with_unit(shown.spread_unit.figure(shown.table["mu_star"][0])) in told(app)
    ways = {trace["name"] for trace in traces(app)}
    assert ways <= {locale.translate(f"answers.way_{way}") for way in decisive_numbers.WAYS} and len(ways) >= 2
    above = shown.table["mu_star"] > 0.1 * shown.table["mu_star"].max()
    assert str(int(above.sum())) in decisive_numbers.sentence(shown, locale)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policies", asked.SETS)
def test_the_order_of_policies_is_that_which_is_stored(language, policies):
    locale = Locale(language)
    app = section("order", language, policies=policies, answered=JOBS, answer_year=2025)
    found = files.answer(
        files.CHOICES, **{"set": policies}, under=asked.CALIBRATED, indicator=JOBS, year=2025, better="higher"
    )
    table = files.table_of(found["policies"])
    best = table.loc[table["probability_best"].idxmax()]
    shown = told(app)
    assert f"“{policy_name(best['policy'], locale)}”" in shown and frequency(best["probability_best"], locale) in shown
    rows = app.dataframe[0].value.set_index("id")
    assert set(rows.index) == set(asked.SETS[policies])
    column = locale.translate("answers.probability_best")
    for row in table.itertuples():
        assert rows.at[row.policy, column] == pytest.approx(100 * row.probability_best)
        assert escape(policy_name(row.policy, locale)) in " ".join(labels(app))
    pairs = shown.count("<li><b>")
    assert pairs == len(table) * (len(table) - 1) // 2
    goals = app.dataframe[-1].value
    stored = files.table_of(files.answer(files.TARGETS, **{"set": policies}, under=asked.CALIBRATED)["table"])
    assert len(goals) == stored["target"].nunique()
    own = stored[stored["policy"] == best["policy"]]["probability"]
    assert sorted(goals[policy_name(best["policy"], locale)]) == sorted(chance_text(one, locale) for one in own)
    assert locale.translate("uncertainty.not_estimated") in set(goals[policy_name(best["policy"], locale)])
    assert not app.exception


def test_conditions_are_told_where_they_were_found():
    locale = Locale("en")
    found = {}
    for one in files.stored(files.CHOICES)["answers"]:
        if one["set"] == asked.PLANS and any(order["boxes"] for order in one["orders"]):
            found = one
    assert found, "some orders turn under conditions that were confirmed"
    keys = {"policies": found["set"], "under": found["under"], "answered": found["indicator"]}
    app = section("order", **keys, answer_year=found["year"], better=found["better"])
    box = next(order["boxes"][0] for order in found["orders"] if order["boxes"])
    assert f"Where {box['text']['en']}, “" in told(app)
    assert locale.translate("answers.about_pairs") in told(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worth_below_three_errors_is_read_as_none(language):
    locale = Locale(language)
    kinds = set()
    for one in files.stored(files.CHOICES)["answers"]:
        shown = policy_choices.choice(one["set"], one["under"], one["indicator"], one["year"], one["better"], locale)
        rows = policy_choices.information_rows(shown, locale)
        reads = rows[locale.translate("answers.reads_as")] == locale.translate("answers.worth_something")
        known = files.table_of(one["information"]).set_index("number")
        for number, worth in zip(rows["id"], reads, strict=True):
            kinds.add(bool(worth))
            if worth:
                assert known.at[number, "value"] >= 3 * known.at[number, "error"]
            elif not shown.nothing_to_learn:
                assert known.at[number, "value"] < 3 * known.at[number, "error"] or known.at[number, "value"] <= 0
        assert policy_choices.sentence(shown, locale)
    assert kinds == {True, False}


def test_what_is_better_is_asked_only_where_the_model_takes_no_side():
    assert "w_evidence_better" in {group.key for group in section("order", answered=STEEL).button_group}
    app = section("order", answered=CO2)
    assert "w_evidence_better" not in {group.key for group in app.button_group}
    assert Locale("en").translate("answers.order_lower", name="CO2 emissions of industry", year=2025) in told(app)


def test_under_priors_the_last_year_alone_is_offered():
    app = section("order", answered=CO2, answer_year=2020)
    assert app.button_group(key="w_evidence_answer_year").value == 2020
    app.button_group(key="w_evidence_under").set_value(asked.PRIORS).run()
    assert app.button_group(key="w_evidence_answer_year").options == ["2025"]
    assert Locale("en").translate("answers.caveat_priors") in told(app) and not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator", asked.SPLIT)
def test_the_attribution_is_that_which_is_stored(language, indicator):
    locale = Locale(language)
    app = section("policy", language, split=indicator, until=2020)
    table = files.table_of(files.answer(files.ATTRIBUTION, indicator=indicator, year=2020)["table"]).set_index("part")
    shown = attributions.attribution(indicator, 2020, locale)
    scale = shown.unit.scaled(1.0)
    words = told(app)
    for value in (table.at[WHOLE, "share"], table.at[MOMENTUM, "share"], table.at[DRIVERS, "share"]):
        assert shown.unit.figure(scale * value, sign=True) in words
    levers = scale * table.loc[list(groups()), "share"].sum()
    assert shown.unit.figure(levers, sign=True) in words
    rows = app.dataframe[0].value
    assert len(rows) == len(table) == len(labels(app)) + 1, "the remainder is named in the table"
    assert locale.translate("answers.part_interaction") in rows.iloc[:, 0].to_list()
    share = rows.iloc[:, 1].dropna()
    assert share.iloc[:-1].sum() == pytest.approx(share.iloc[-1], abs=1e-3 * share.abs().max()), "parts add up"
    assert indicator_name(indicator, locale) in words and not app.exception


def test_shares_are_called_conventions_where_alone_and_last_are_far_apart():
    locale = Locale("en")
    shown = attributions.attribution(STEEL, 2023, locale)
    assert "overcapacity" in shown.conventions["part"].to_list()
    text = attributions.convention_text(shown, locale)
    row = shown.table.set_index("part").loc["overcapacity"]
    assert shown.unit.figure(row["alone"], sign=True) in text and shown.unit.figure(row["last"], sign=True) in text
    assert "+22.2 Mt (data grade D, A)" in attributions.observed_text(shown, locale), "210.5 and 188.3 Mt are observed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_stored_can_be_told(language):
    locale = Locale(language)
    for one in files.stored(files.SENSITIVITY)["answers"]:
        method = next(name for name, known in decisive_numbers.METHODS.items() if known == one["method"])
        shown = decisive_numbers.decisive(one["indicator"], one["year"], one["measure"], method, locale)
        assert decisive_numbers.sentence(shown, locale) and decisive_numbers.spread_text(shown, locale)
    for one in files.stored(files.ATTRIBUTION)["answers"]:
        shown = attributions.attribution(one["indicator"], one["year"], locale)
        assert attributions.sentence(shown, locale) and attributions.convention_text(shown, locale)


POLICIES = "closure_only renovation_only efficiency_only smart_only no_document"
COMMANDS = {
    "decides": "sensitivity what_decides --indicator {} --year 2025 --difference document_implemented no_document",
    "order": "robust what_decides --policies {policies} --indicator {} --year 2025 --better lower",
    "policy": "attribute --indicator {} --year 2023 --from 2015",
}


@pytest.mark.parametrize(
    ("name", "chosen"), [("decides", {"measure": "difference"}), ("order", {"under": "priors"}), ("policy", {})]
)
def test_the_command_that_gives_the_same_is_told(name, chosen):
    command = COMMANDS[name].format(CO2, policies=POLICIES)
    assert f"hebei2025 {command}" in [code.value for code in section(name, **chosen).code]


def test_choices_are_part_of_the_link():
    app = section("order", policies=asked.PLANS, under=asked.PRIORS, answered=STEEL, better="higher")
    component = next(block for block in app.main if "page_address" in str(getattr(block, "proto", "")))
    query = str(component.proto).replace("\\", "").split('query": "')[1].split('"')[0]
    kept = {key: value for key, [value] in parse_qs(query).items() if key.startswith("evidence.")}
    assert kept == {
        "evidence.section": "order",
        "evidence.policies": "plans",
        "evidence.under": "priors",
        "evidence.answered": STEEL,
        "evidence.better": "higher",
    }


def test_groups_of_sections_open_their_first_section():
    app = opened("evidence", lang="en")
    groups_of = app.button_group(key="w_evidence_group")
    assert groups_of.value == "data"
    groups_of.set_value("sure").run()
    assert app.button_group(key="w_evidence_section").value == "decides"
    app.button_group(key="w_evidence_section").set_value("policy").run()
    app.button_group(key="w_evidence_group").set_value("limits").run()
    assert app.button_group(key="w_evidence_section").value == "responses" and not app.exception


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [("en", 0.0, "0.00 Mt"), ("en", 0.003, "<0.01 Mt"), ("en", 0.25, "0.25 Mt"), ("en", 12.34, "12.3 Mt")],
)
def test_a_size_that_would_be_shown_as_nothing_is_said_to_be_small(language, value, text):
    assert small_text(result_unit("Mt", 300, True, Locale(language)), value) == text


def test_only_what_is_always_so_is_a_hundred_per_cent():
    locale = Locale("en")
    shares = {1.0: "100 %", 0.9999: ">99.9 %", 0.5: "50.0 %", 0.0002: "<0.1 %", 0.0: "0 %"}
    assert {share: frequency(share, locale) for share in shares} == shares
    assert frequency(0.9999, Locale("zh")) == ">99.9%"
