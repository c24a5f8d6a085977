"""What the lessons say: answers that the runs give, figures that come from runs, notes and cards that are whole."""

import re

import numpy as np
import pytest

from calibration.differences import scenario_draws
from model.clauses import clauses
from model.engine import Text
from model.inputs import END, START, levers
from model.system import system
from views.language import LANGUAGES, Locale
from views.pages.classroom import lessons, sheets
from views.results.links import from_link
from views.results.uncertainty import calibrated

LESSONS = list(lessons.lessons())
LESSON_MINUTES = 45
PLACE = re.compile(r"{(\w+)(?:\.year)?}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
BASE_YEAR = "2015"


def all_texts(part):
    """Every text of a lesson, or of a part of it."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, dict):
        for one in part.values():
            yield from all_texts(one)
    elif isinstance(part, (list, tuple)):
        for one in part:
            yield from all_texts(one)
    elif hasattr(part, "__dataclass_fields__"):
        yield from all_texts([getattr(part, name) for name in part.__dataclass_fields__])


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_says_what_its_runs_show(name):
    lesson = lessons.lessons()[name]
    assert set(lesson.roles) == set(lesson.cards) == set(lessons.ROLES)
    for language in LANGUAGES:
        locale = Locale(language)
        runs = lessons.runs_of(lesson, locale)
        for made in (
            lessons.reveal_text(lesson, runs, locale),
            sheets.debrief_sheet(lesson, runs, 0, locale),
            sheets.notes_sheet(lesson, runs, locale),
            sheets.cards_sheet(lesson, runs, locale),
        ):
            assert "{" not in re.sub("<style>.*</style>", "", made, flags=re.DOTALL)
            assert "nan" not in re.findall("[a-z]+", made) and "$" not in made
    settings, refused = from_link({"v": "1", "lang": "en", **lesson.link})
    assert refused == [] and (settings.moved or settings.base or settings.charts)


@pytest.mark.parametrize("name", LESSONS)
def test_every_figure_is_used_and_of_a_size_that_words_can_say(name):
    """Words such as less need a positive difference: where the model turns it round, the sentence is wrong."""
    lesson = lessons.lessons()[name]
    texts = list(all_texts(lesson))
    for language in LANGUAGES:
        used = {place for text in texts for place in PLACE.findall(text[language])}
        assert used <= set(lesson.figures)
    assert {place for text in texts for place in PLACE.findall(text["zh"] + text["en"])} == set(lesson.figures)
    runs = lessons.runs_of(lesson, Locale("en"))
    differences = {key: figure for key, figure in lesson.figures.items() if isinstance(figure[0], list)}
    assert {key for key, figure in differences.items() if lessons.figure_value(figure, runs) <= 0} == set()


@pytest.mark.parametrize("name", LESSONS)
def test_numbers_on_the_cards_come_from_the_runs(name):
    """Facts have places for figures and their years; what is typed stands in the question or in the name of a run."""
    lesson = lessons.lessons()[name]
    for language in LANGUAGES:
        said = " ".join([lesson.question[language], *(entry["name"][language] for entry in lesson.runs), BASE_YEAR])
        for card in lesson.cards.values():
            facts = " ".join(fact[language] for fact in card.facts)
            assert len(PLACE.findall(facts)) >= 2
            assert set(NUMBER.findall(PLACE.sub("", facts))) <= set(NUMBER.findall(said)), facts


@pytest.mark.parametrize("name", LESSONS)
def test_notes_are_whole(name):
    lesson, notes = lessons.lessons()[name], lessons.lessons()[name].notes
    assert sum(stage.minutes for stage in notes.plan) == LESSON_MINUTES
    steps = [lessons.STEPS.index(stage.step) for stage in notes.plan]
    assert steps == sorted(steps) and set(steps) == set(range(len(lessons.STEPS)))
    assert len(notes.answers) == len(lesson.choices)
    assert set(notes.variants) == set(lessons.VARIANTS)
    assert notes.cannot and notes.mechanism and notes.needed
    for place in notes.variables:
        chapter, variable = place.split(".")
        assert system().variables[variable].chapter == chapter, place
    assert set(notes.levers) <= set(levers()) and set(notes.clauses) <= {clause.id for clause in clauses()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_role_card_has_a_page_of_its_own(language):
    locale, lesson = Locale(language), lessons.lessons()["upgrading"]
    page = sheets.cards_sheet(lesson, lessons.runs_of(lesson, locale), locale)
    assert page.startswith("<!doctype html>") and f'lang="{locale.tag}"' in page and "<script" not in page
    assert page.count('<section class="role">') == len(lessons.ROLES)
    rules = page[page.index("@media print") :]
    assert "break-after: page" in rules[: rules.index("</style>")]
    assert page.count(locale.translate("classroom.card_facts")) == len(lessons.ROLES)


def test_a_figure_has_the_years_of_its_sum():
    lesson = lessons.lessons()["who_pays"]
    for language, years in (("zh", "2016—2025"), ("en", "2016–2025")):
        figures = lessons.figures_of(lesson, lessons.runs_of(lesson, Locale(language)), Locale(language))
        assert figures["tax_cap"].year == years and figures["jobs_cap"].year == "2025"
    runs = lessons.runs_of(lesson, Locale("en"))
    one, other = (runs[k].result.series("tax_revenue")[2016 - START :].sum() for k in (0, 3))
    assert lessons.figure_value(lesson.figures["tax_cap"], runs) == pytest.approx(one - other)


def value(lesson, name):
    return lessons.figure_value(
        lessons.lessons()[lesson].figures[name], lessons.runs_of(lessons.lessons()[lesson], Locale("en"))
    )


def test_the_right_answers_are_right():
    """The figures behind each answer, so that a change of the model that makes a lesson wrong is noticed."""
    lost = 1 - value("closure", "output") / value("closure", "output_without")
    booked = 1 - value("closure", "capacity") / value("closure", "capacity_without")
    assert 0.005 < lost < 0.1, "a few per cent"
    assert booked > 3 * lost, "far more capacity than output"
    assert value("closure", "output_strict") < value("closure", "output")
    closed = value("closure", "capacity_without") - value("closure", "capacity")
    assert value("closure", "capacity") - value("closure", "capacity_strict") < closed, "further orders close less"
    first = value("efficiency", "none") - value("efficiency", "first")
    second = value("efficiency", "first") - value("efficiency", "second")
    third = value("efficiency", "second") - value("efficiency", "third")
    assert first > second > third > 0
    assert value("efficiency", "none") < 0, "intensity falls without the money too"
    assert value("shares", "lead_2017") > max(0, value("shares", "lead_2018")), "equipment leads, then its lead shrinks"
    back = value("shares", "lead_2018") - value("shares", "lead_2017")
    assert back < value("shares", "flat_2018") - value("shares", "flat_2017"), "because steel got dearer"
    assert value("shares", "flat_2020") > value("shares", "lead_2020")
    by_money = value("queue", "waiting") - value("queue", "unreformed")
    by_permits = value("queue", "waiting") - value("queue", "waiting_reform")
    assert by_permits > 3 * by_money > 0, "approval makes the queue, not the subsidy"
    assert value("queue", "waiting_reform") > value("queue", "planned")
    assert value("queue", "delay") > value("queue", "delay_reform")
    gained = value("machines", "with_skills") - value("machines", "nothing")
    assert 0 < value("machines", "with_skills") - value("machines", "without_skills") < gained / 2
    assert value("machines", "value") > value("machines", "value_without") > value("machines", "value_nothing")
    assert value("machines", "early_machines") < value("machines", "early_nothing"), "conversion costs output first"


def test_upgrading_lowers_energy_per_value_added_and_raises_energy_use():
    more = value("upgrading", "energy_more") / value("upgrading", "energy_none")
    worth = value("upgrading", "value_more") / value("upgrading", "value_none")
    assert 0.005 < more < worth / 2, "a little, and far less than value added"
    assert 0.02 < worth < 0.1, "several per cent"
    assert value("upgrading", "intensity") < value("upgrading", "intensity_none") - 1
    assert value("upgrading", "energy_saving") < value("upgrading", "energy_none"), "saving on top lowers it"
    assert value("upgrading", "lead") - value("upgrading", "lead_none") < 1, "the lead hardly grows"


def test_what_a_cap_has_cut_comes_back_and_what_was_closed_does_not():
    fall = value("curtailment", "fall")
    assert 0.25 < fall / value("curtailment", "output_none") < 0.35, "about 30 per cent"
    assert value("curtailment", "left") < fall / 5
    assert value("curtailment", "closure_fall") < fall / 5
    assert value("curtailment", "closure_left") > 2 * value("curtailment", "closure_fall"), "closures work later"
    assert value("curtailment", "closure_left") > value("curtailment", "left_later")
    assert value("curtailment", "capacity_cap") > 0.98 * value("curtailment", "capacity_none"), "the furnaces are there"
    assert value("curtailment", "capacity_closure") < 0.9 * value("curtailment", "capacity_none")
    assert value("curtailment", "profit_cap") < value("curtailment", "profit_none")


def test_the_cap_costs_the_treasury_most():
    green = value("who_pays", "spent_green") - value("who_pays", "tax_green")
    closure = value("who_pays", "spent_closure") + value("who_pays", "tax_closure")
    cap = value("who_pays", "tax_cap") - value("who_pays", "spared_cap")
    assert cap > 2 * closure > 0 > green
    assert cap > 2 * value("who_pays", "spent_green"), "even without the taxes of what is sold in addition"
    assert value("who_pays", "firms_green") > 9 * value("who_pays", "spent_green"), "firms pay nine tenths"


def drawn(lesson, position, outputs):
    """Draws of a run of a lesson with the uncertain numbers."""
    run = lessons.runs_of(lessons.lessons()[lesson], Locale("en"))[position]
    return scenario_draws(calibrated()[0], run.scenario, END, outputs)


def whole(draws, indicator, element="all"):
    return draws[indicator][:, :, system().variables[indicator].axis.index(element)]


def test_the_answers_of_the_second_edition_hold_in_nearly_all_draws():
    """The texts say so; "nearly all" is nine of ten."""
    energy = ("energy_consumption_industry",)
    before, after = (whole(drawn("upgrading", k, energy), *energy)[:, -1] for k in (0, 1))
    assert (after > before).mean() > 0.9
    steel = "crude_steel_output"
    free, capped, closed = (drawn("curtailment", k, (steel,))[steel] for k in range(3))
    in_2018, in_2019, in_2020 = (year - START for year in (2018, 2019, 2020))
    fall = free - capped
    assert (fall[:, in_2019] < fall[:, in_2018] / 3).mean() > 0.9
    assert ((free - closed)[:, in_2020] > (free - closed)[:, in_2018]).mean() > 0.9
    years = slice(2016 - START, None)
    sums = [drawn("who_pays", k, ("tax_revenue", "public_cost")) for k in range(4)]
    net = np.stack([(one["tax_revenue"] - whole(one, "public_cost"))[:, years].sum(axis=1) for one in sums])
    assert (net.argmin(axis=0) == 3).mean() > 0.9, "the cap leaves the treasury with least"
