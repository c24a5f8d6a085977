"""The pages with teacher notes and role cards: whole, the same in both languages, and with places that exist."""

import re

import pytest

from documents.lessons_page import PAGES, lessons_page
from documents.places import DOCS
from views.language import LANGUAGES, Locale
from views.pages.classroom.lessons import ROLES, figures_of, lessons, runs_of

HEAD = re.compile(r"^(#+) ", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#([^)]+))?\)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lesson_has_notes_and_five_cards(language):
    locale, page = Locale(language), lessons_page(language)
    assert page == PAGES[language].read_text(encoding="utf-8")
    parts = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    assert [part.splitlines()[0] for part in parts] == [locale.text(one.title) for one in lessons().values()]
    for part, (name, lesson) in zip(parts, lessons().items(), strict=True):
        assert f"`classroom?lesson={name}`" in part
        for role in ROLES:
            assert f"\n#### {locale.translate(f'classroom.role_{role}')}\n" in part
        figures = figures_of(lesson, runs_of(lesson, locale), locale)
        said = locale.text(lesson.cards["environment"].facts[0]).format(**figures)
        assert f"\n- {said}\n" in part and "{" not in part


def test_both_languages_have_the_same_parts():
    assert HEAD.findall(lessons_page("en")) == HEAD.findall(lessons_page("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_of_the_model_are_there(language):
    found = set(LINK.findall(lessons_page(language)))
    assert len(found) > 30
    for file, part in found:
        text = (DOCS / file).read_text(encoding="utf-8")
        assert not part or f"### {part}\n" in text, (file, part)
