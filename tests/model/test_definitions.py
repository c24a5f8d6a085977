"""Definitions in both languages: complete, in Chinese where they say so, and translated from the present English."""

import hashlib
import re
import subprocess
import sys

import pytest

from model.definitions import (
    TRANSLATIONS,
    chapter_summary,
    chapter_translation,
    definition,
    file_of,
    fingerprint,
)
from model.system import CHAPTERS, system

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LOOP_NAME = re.compile(r"(?<![A-Za-z0-9])[RB]-[a-z]+(?:-[a-z]+)*")
CHAPTER_NAMES = [chapter.__name__.rpartition(".")[2] for chapter in CHAPTERS]


def variables_of(chapter):
    return {v.name: v for v in system().variables.values() if v.chapter == chapter and not v.generated}


def outdated(name, english, entry, chapter):
    """What to do about a translation of an English text that has changed since, or nothing."""
    now = fingerprint(english)
    if entry.translated == now:
        return ""
    return f'{name}: the English text has changed; revise zh in {file_of(chapter).name}, then set translated: "{now}"'


def test_every_chapter_has_one_file_of_chinese_definitions():
    assert sorted(file.stem for file in TRANSLATIONS.glob("*.yaml")) == sorted(CHAPTER_NAMES)


@pytest.mark.parametrize("chapter", CHAPTER_NAMES)
def test_every_variable_has_a_chinese_definition_and_every_definition_a_variable(chapter):
    assert list(chapter_translation(chapter).definitions) == list(variables_of(chapter))


@pytest.mark.parametrize("chapter", CHAPTER_NAMES)
def test_chinese_texts_translate_the_present_english(chapter):
    entries, summary = chapter_translation(chapter).definitions, chapter_summary(chapter, "en")
    messages = [outdated(f"summary of {chapter}", summary, chapter_translation(chapter).summary, chapter)]
    messages += [outdated(n, v.doc, entries[n], chapter) for n, v in variables_of(chapter).items()]
    assert not any(messages), "\n".join(filter(None, messages))


@pytest.mark.parametrize("chapter", CHAPTER_NAMES)
def test_chinese_texts_are_chinese_sentences(chapter):
    translation = chapter_translation(chapter)
    for entry in (translation.summary, *translation.definitions.values()):
        assert CHINESE.search(entry.zh) and entry.zh.endswith("。"), entry.zh


def test_both_languages_name_the_same_loops_and_cite_the_same_grades():
    for v in (v for v in system().variables.values() if not v.generated):
        english, chinese = definition(v, "en"), definition(v, "zh")
        assert set(LOOP_NAME.findall(english)) == set(LOOP_NAME.findall(chinese)), v.name
        assert bool(re.search(r"\bgrades? [A-D]\b", english)) == ("证据等级" in chinese), v.name


def test_a_fingerprint_ignores_line_breaks_only():
    assert fingerprint("Output of\n    steel.") == hashlib.sha256(b"Output of steel.").hexdigest()[:8]
    assert fingerprint("Output of steel") != fingerprint("Output of steel.")


def test_a_changed_english_definition_is_reported_with_the_new_fingerprint():
    entry = chapter_translation("capacity").definitions["book_capacity"]
    assert outdated("book_capacity", system().variables["book_capacity"].doc, entry, "capacity") == ""
    message = outdated("book_capacity", "Something else.", entry, "capacity")
    assert "capacity.yaml" in message and f'"{fingerprint("Something else.")}"' in message


def test_definitions_come_in_both_languages():
    book = system().variables["book_capacity"]
    assert definition(book, "en") == "Capacity on the official list: active plus idled capacity."
    assert definition(book, "zh") == "官方台账产能：在产产能加闲置产能。"
    assert chapter_summary("steel_market", "en") == "The national steel market, in which Hebei is a price taker."
    assert chapter_summary("steel_market", "zh") == "全国钢铁市场：河北是价格接受者。"


def test_parts_of_smooths_and_delays_have_chinese_definitions():
    generated = [v for v in system().variables.values() if v.generated]
    assert generated and all(CHINESE.search(definition(v, "zh")) for v in generated)
    stage = system().variables["completions_stage_2"]
    assert definition(stage, "zh") == "延迟`completions`第2阶段的存量。"
    adjustment = system().variables["competitiveness_adjustment"]
    expected = "`indicated_competitiveness`与`competitiveness`之差按调整时间`competitiveness_delay`弥合的速率。"
    assert definition(adjustment, "zh") == expected


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'fr' is not one of en, zh"):
        definition(system().variables["output"], "fr")
    with pytest.raises(ValueError, match="'fr' is not one of en, zh"):
        chapter_summary("output", "fr")


def test_importing_reads_neither_equations_nor_translations():
    code = (
        "import sys, model.definitions as d; "
        "assert not any(m.startswith('model.chapters.') for m in sys.modules), 'equations'; "
        "assert 'wasmtime' not in sys.modules, 'wasmtime'; "
        "assert d.chapter_translation.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
