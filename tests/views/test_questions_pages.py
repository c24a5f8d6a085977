"""docs/questions.md and its Chinese twin: every quoted sentence is what the app says now."""

import re
from pathlib import Path

import pytest

from tests.views import answers
from views.language import LANGUAGES, Locale

ROOT = Path(__file__).parents[2]
PAGES = {"en": "questions.md", "zh": "questions.zh.md"}
READMES = {"en": "README.md", "zh": "README.zh.md"}
LARGEST = 210_000
"""Bytes of a picture."""
PAIR = re.compile(r"Energy per above-scale.*closure / efficiency: (\d+%)")


def page_of(language):
    return (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quote_is_what_the_app_says_and_in_its_order(language):
    quoted = re.findall("^> (.+)$", page_of(language), re.MULTILINE)
    assert quoted == [text for texts in answers.quotes(Locale(language)).values() for text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_its_pictures_and_is_linked(language):
    pictures = re.findall(r"\]\((images/question_\w+\.png)\)", page_of(language))
    assert len(pictures) == 5 and all(name.endswith(f"_{language}.png") for name in pictures)
    assert all((ROOT / "docs" / name).stat().st_size < LARGEST for name in pictures)
    assert f"docs/{PAGES[language]}" in (ROOT / READMES[language]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_the_order_holds_with_everything_unsure_is_that_of_the_sensitivity_study(language):
    study = (ROOT / "docs" / "evidence" / "sensitivity.md").read_text(encoding="utf-8")
    found = PAIR.search(study)
    assert found and found[1] in page_of(language).split("## 5.")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_assumptions_that_are_quoted_are_in_their_order(language):
    strengths = [answers.assumption_effect(name, Locale(language))[0] for name in answers.MATTERING]
    assert strengths == sorted(strengths, reverse=True)
