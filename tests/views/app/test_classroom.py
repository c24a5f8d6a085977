"""The Classroom page: lessons unfold, say what the runs say, and can be printed; the game keeps its budget."""

import pytest

from model.engine import Text
from views.language import LANGUAGES, Locale
from views.pages.classroom import game, lessons
from views.results.links import from_link
from views.results.sliders import slots

from .support import html, opened

LESSONS = list(lessons.lessons())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_unfolds_step_by_step(language):
    app, t = opened("classroom", lang=language), Locale(language).translate
    lesson = lessons.lessons()[LESSONS[0]]
    assert lesson.question[language] in html(app) and not app.get("plotly_chart")
    assert app.button(key=f"w_step_{lesson.id}_2").disabled, "first the class predicts"
    app.radio(key=f"w_classroom_prediction_{lesson.id}").set_value(0).run()
    app.button(key=f"w_step_{lesson.id}_2").click().run()
    assert app.get("plotly_chart") and lesson.choices[lesson.right][language] not in html(app)
    app.button(key=f"w_step_{lesson.id}_3").click().run()
    assert t("classroom.wrong", answer=lesson.choices[lesson.right][language]) in html(app)
    app.button(key=f"w_step_{lesson.id}_4").click().run()
    for role in lessons.ROLES:
        assert lesson.roles[role][language] in html(app)
    assert lesson.query(Locale(language)) in app.code[0].value
    app.button(key=f"w_again_{lesson.id}").click().run()
    assert not app.get("plotly_chart") and app.radio(key=f"w_classroom_prediction_{lesson.id}").value is None
    assert not app.exception


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_says_what_its_runs_show(name):
    lesson = lessons.lessons()[name]
    assert set(lesson.roles) == set(lessons.ROLES)
    for language in LANGUAGES:
        made = lessons.runs_of(lesson, Locale(language))
        told = lessons.reveal_text(lesson, made, Locale(language))
        assert "{" not in told and "nan" not in told
        sheet = lessons.debrief_sheet(lesson, made, 0, Locale(language))
        assert sheet.startswith("<!doctype html>") and f'lang="{language}"' in sheet and "<script" not in sheet
    for text in (lesson.title, lesson.question, *lesson.choices, *lesson.discuss, *lesson.roles.values()):
        assert isinstance(text, Text)
    settings, refused = from_link({"v": "1", "lang": "en", **lesson.link})
    assert refused == [] and (settings.moved or settings.base or settings.charts)


def value(lesson, name):
    run, indicator, element, year, *_ = lessons.lessons()[lesson].figures[name]
    made = lessons.runs_of(lessons.lessons()[lesson], Locale("en"))
    return made[run].result.at(year, indicator, element)


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


def test_the_game_scores_between_nothing_and_the_whole_document():
    start = {name: game.level_2015(name) for name in game.PROGRAMMES}
    nothing, some = game.score_plan(start), game.score_plan(start | {"emerging_industry_support": 100.0})
    lavish = game.score_plan({name: slots()[name].high for name in game.PROGRAMMES})
    assert nothing.total == pytest.approx(0, abs=2) and nothing.cost == pytest.approx(0, abs=40)
    assert nothing.within and nothing.total < some.total < 100 and some.cost > nothing.cost
    assert not lavish.within and lavish.total == 0
    table = game.ranking({"B": nothing, "A": some}, Locale("en"))
    assert table[Locale("en").translate("classroom.team")].tolist() == ["A", "B"]
    assert table["Public money spent (bn yuan)"].tolist() == pytest.approx([some.cost / 10, nothing.cost / 10])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_team_hands_in_a_plan(language):
    app, t = opened("classroom", lang=language), Locale(language).translate
    app.radio(key="w_classroom_lesson").set_value("game").run()
    assert app.button(key="w_submit").disabled
    app.text_input(key="w_classroom_team").set_value("<b>First</b>").run()
    spending = app.slider(key="w_classroom_game_energy_efficiency")
    assert spending.max == {"en": 30.0, "zh": 300.0}[language], "300 亿元 a year are 30 bn yuan"
    spending.set_value(spending.max / 3).run()
    assert app.session_state["classroom_game_energy_efficiency"] == 100.0
    app.button(key="w_submit").click().run()
    assert app.dataframe[0].value[t("classroom.team")].tolist() == ["<b>First</b>"]
    assert not app.exception
