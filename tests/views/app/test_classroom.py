"""The Classroom page: lessons unfold, links open the very step, a projector shows it; the game keeps its budget."""

import shlex

import pytest
from typer.testing import CliRunner

import cli.app_server
import cli.main
from views.language import LANGUAGES, Locale
from views.pages.classroom import game, lessons, place, sheets
from views.pages.classroom.place import Place, place_of
from views.results.sliders import slots

from .support import html, opened

LESSONS = list(lessons.lessons())
BAD_PLACES = ("no_such", "closure.9", "closure.1.7", "closure.1.0.0", "closure.x", "closure.-1", "closure.٣", "", "<b>")


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
    assert lesson.query(Locale(language)) in app.main.code[0].value
    app.button(key=f"w_again_{lesson.id}").click().run()
    assert not app.get("plotly_chart") and app.radio(key=f"w_classroom_prediction_{lesson.id}").value is None
    assert not app.exception


def test_the_command_for_live_classes_is_one_of_the_program(monkeypatch):
    started = []
    monkeypatch.setattr(cli.app_server, "start_streamlit", lambda *given: started.append(given) or 0)
    program, *words = shlex.split(opened("classroom", lang="en").sidebar.code[0].value)
    assert program == "hebei2025" and CliRunner().invoke(cli.main.app, words).exit_code == 0
    ((host, _, headless, class_file),) = started
    assert host == "0.0.0.0" and not headless and class_file.suffix == ".sqlite"


def test_a_place_is_written_and_read():
    for name in LESSONS:
        for step in range(len(lessons.STEPS)):
            for prediction in (None, *range(len(lessons.lessons()[name].choices))):
                where = Place(name, step, prediction)
                assert place_of(where.text) == where
    assert place_of("queue") == Place("queue") == place_of("queue.0") and place_of("game") == Place(place.GAME)
    assert [one for one in BAD_PLACES if place_of(one) is not None] == []
    where = Place("closure", 0, 1)
    steps = [where := where.after() for _ in range(4)]
    assert [one.step for one in steps] == [2, 3, 4, 4]
    assert [one.before().step for one in steps] == [0, 2, 3, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_the_very_step(language):
    lesson, locale = lessons.lessons()["curtailment"], Locale(language)
    app = opened("classroom", lang=language, lesson="curtailment.3.1")
    wrong = locale.translate("classroom.wrong", answer=locale.text(lesson.choices[lesson.right]))
    assert wrong in html(app) and app.radio(key="w_classroom_prediction_curtailment").value == 1
    assert app.radio(key="w_classroom_lesson").value == "curtailment"
    app.radio(key="w_classroom_lesson").set_value("queue").run()
    assert locale.text(lessons.lessons()["queue"].question) in html(app) and not app.get("plotly_chart")
    app.radio(key="w_classroom_lesson").set_value("curtailment").run()
    assert wrong in html(app), "a lesson that has been begun stays where it is"
    assert place.link_query(Place("curtailment", 3, 1), locale) == f"v=1&lang={language}&lesson=curtailment.3.1"


@pytest.mark.parametrize("part", [one for one in BAD_PLACES if one])
def test_a_place_that_is_not_there_is_told(part):
    app = opened("classroom", lang="en", lesson=part)
    assert "lesson=" in html(app) and lessons.lessons()[LESSONS[0]].question["en"] in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_projector_shows_one_step_and_one_chart_at_a_time(language):
    locale, lesson = Locale(language), lessons.lessons()["closure"]
    app = opened("classroom", lang=language, lesson="closure.0.1", view="projector")
    assert 'class="projector"' in html(app) and locale.text(lesson.question) in html(app)
    app.button(key="w_step_closure_2").click().run()
    for number in range(len(lesson.charts)):
        assert len(app.get("plotly_chart")) == 1 and locale.text(lesson.question) not in html(app)
        for entry in lesson.runs:
            assert locale.text(entry["name"]) in html(app)
        last = number + 1 == len(lesson.charts)
        app.button(key="w_step_closure_3" if last else "w_next_chart").click().run()
    assert not app.get("plotly_chart") and locale.text(lesson.choices[lesson.right]) in html(app)
    app.button(key="w_back").click().run()
    assert app.get("plotly_chart")
    app.button(key="w_leave").click().run()
    assert 'class="projector"' not in html(app) and locale.text(lesson.question) in html(app)
    app.button(key="w_projector").click().run()
    assert 'class="projector"' in html(app) and not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_and_cards_are_folded_until_the_teacher_opens_them(language):
    locale, lesson = Locale(language), lessons.lessons()["who_pays"]
    runs = lessons.runs_of(lesson, locale)
    app = opened("classroom", lang=language, lesson="who_pays")
    notes, cards = sheets.notes_body(lesson, runs, locale), sheets.card_bodies(lesson, runs, locale)
    assert notes not in html(app) and locale.text(lesson.choices[lesson.right]) not in html(app)
    app.session_state["lesson_notes_who_pays"] = app.session_state["lesson_cards_who_pays"] = True
    app.run()
    assert notes in html(app)
    assert len(cards) == len(lessons.ROLES) and all(card in html(app) for card in cards.values())
    assert not app.exception


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
