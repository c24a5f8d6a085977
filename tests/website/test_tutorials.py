"""The tutorials: their commands print what the pages say, and the app says and names what they quote."""

import re
from importlib import metadata

import pytest

from tests.views import answers
from views.language import LANGUAGES, Locale, catalogue
from views.pages.classroom.lessons import lessons, reveal_text, runs_of
from website.places import DOCS, ROOT
from website.transcripts import BLOCK, TranscriptError, renewed, steps, tutorial_pages

PAGES = {file.name: file for file in tutorial_pages()}
NO_CLOSURES = "set=capacity_closure.steel:x0&charts=steel_capacity,steel_output"
LESSON = "closure"
ENDINGS = {"en": ".md", "zh": ".zh.md"}


def text_of(name, language):
    return PAGES[f"{name}{ENDINGS[language]}"].read_text(encoding="utf-8")


def quotes(text):
    """What stands behind bars, with one kind of space."""
    return [plain(line) for line in re.findall(r"^> (.+)$", text, re.MULTILINE)]


def plain(text):
    """Text without the thin spaces of long numbers."""
    return re.sub(r"(?<=\d)\u202f(?=\d)", "", text)


@pytest.mark.parametrize("name", PAGES)
def test_commands_print_what_the_page_says(name):
    page = PAGES[name].read_text(encoding="utf-8")
    done = list(steps(page))
    assert any(step.said for step in done)
    for step in done:
        assert step.printed == step.said, f"python -m website.transcripts renews {name}: {step.text}"


@pytest.mark.parametrize("name", ("researcher", "analyst", "teacher"))
def test_commands_are_the_same_in_both_languages(name):
    english, chinese = (BLOCK.findall(text_of(name, language)) for language in ("en", "zh"))
    assert english and english == chinese
    heads = [re.findall(r"^## (\d+)\.", text_of(name, language), re.MULTILINE) for language in LANGUAGES]
    assert heads[0] == heads[1] == [str(k + 1) for k in range(len(heads[0]))]


@pytest.mark.parametrize("name", PAGES)
def test_every_line_of_a_command_is_ours_or_a_target_of_make(name):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    page = PAGES[name].read_text(encoding="utf-8")
    lines = [line for kind, text, _ in BLOCK.findall(page) if kind == "sh" for line in text.splitlines()]
    lines += re.findall(r"^    (make .+)$", page, re.MULTILINE)
    for line in lines:
        assert line.startswith("hebei2025 ") or line.removeprefix("make ") in targets, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_researcher_reads_what_the_app_says(language):
    locale = Locale(language)
    said = [
        answers.sentence(NO_CLOSURES, locale),
        answers.intervals(NO_CLOSURES, locale)["crude_steel_output"],
        answers.explained(NO_CLOSURES, locale)[1],
    ]
    assert quotes(text_of("researcher", language)) == [plain(text) for text in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_teacher_reads_what_the_lesson_says(language):
    locale, lesson = Locale(language), lessons()[LESSON]
    said = [locale.text(lesson.question), reveal_text(lesson, runs_of(lesson, locale), locale)]
    said += [locale.text(point) for point in lesson.discuss]
    text = text_of("teacher", language)
    assert quotes(text) == [plain(sentence) for sentence in said]
    assert locale.text(lesson.title) in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ("researcher", "teacher"))
def test_bold_words_are_names_of_the_app(name, language):
    first, *names = re.findall(r"\*\*([^*]+)\*\*", text_of(name, language))
    assert first in ("bold", "粗体")
    assert names and set(names) <= set(catalogue(language).values())


def test_a_page_is_renewed_with_what_its_commands_print():
    page = "```sh\nhebei2025 --version\n```\n\n```text\nold\n```\n"
    assert renewed(page) == page.replace("old", f"hebei2025 {metadata.version('hebei2025')}")


def test_a_command_that_fails_without_a_word_in_the_page_is_an_error():
    with pytest.raises(TranscriptError, match="ended with 2"):
        list(steps("```sh\nhebei2025 check nothing.yaml\n```\n"))


def test_the_tutorials_are_all_there():
    names = {f"{name}{ending}" for name in ("researcher", "analyst", "teacher") for ending in ENDINGS.values()}
    assert set(PAGES) == names == {file.name for file in (DOCS / "tutorials").iterdir()}
