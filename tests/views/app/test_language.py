"""Texts, units and numbers in both languages."""

import re
from pathlib import Path

import pytest

from model.inputs import drivers, parameters
from views.language import LANGUAGES, Locale, catalogue, language_of_browser
from views.results.catalogue import CHARTS
from views.results.sliders import slots

VIEWS = Path(__file__).parents[3] / "views"
PLACEHOLDER = re.compile(r"{(\w+)}")
FIXED_KEY = re.compile(r"""\btranslate\(\s*f?["']([a-z_.]+(?:\.[a-z_]+)*)["']""")
BUILT_KEY = re.compile(r"""\btranslate\(\s*f["']([a-z_.]+){""")


def test_both_catalogues_have_the_same_keys_and_placeholders():
    zh, en = catalogue("zh"), catalogue("en")
    assert set(zh) == set(en)
    for key in zh:
        assert set(PLACEHOLDER.findall(zh[key])) == set(PLACEHOLDER.findall(en[key])), key


def test_every_text_used_in_the_code_is_in_the_catalogues():
    texts = catalogue("en")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in VIEWS.rglob("*.py"))
    fixed = {key for key in FIXED_KEY.findall(sources) if not key.endswith(".")}
    assert len(fixed) > 50
    assert fixed <= set(texts)
    for stem in BUILT_KEY.findall(sources):
        assert any(key.startswith(stem) for key in texts), stem


def test_chinese_texts_are_chinese_and_english_texts_are_not():
    chinese = re.compile("[\u4e00-\u9fff]")
    for key, text in catalogue("en").items():
        assert key.startswith("unit.") or not chinese.search(text), key
    told = [text for key, text in catalogue("zh").items() if not key.startswith("unit.") and PLACEHOLDER.sub("", text)]
    assert sum(bool(chinese.search(text)) for text in told) > 0.9 * len(told)


def test_every_chart_line_group_and_unit_has_a_text_in_both_languages():
    for language in LANGUAGES:
        t = Locale(language).translate
        for chart in CHARTS.values():
            assert t(f"chart.{chart.id}") and t(f"unit.{chart.unit}") is not None
            for line in chart.lines:
                assert t(f"line.{line.name}")
        for slot in slots().values():
            assert t(f"group.{slot.lever.group}") and t(f"unit.{slot.unit}") is not None
            assert slot.name(Locale(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unit_of_every_assumption_is_in_the_language_of_the_reader(language):
    units = {one.unit for one in (*parameters().values(), *drivers().values())}
    assert {unit for unit in units if f"unit.{unit}" not in catalogue(language)} == set()
    if language == "en":
        assert not re.search("[\u4e00-\u9fff]", "".join(Locale(language).unit(unit) for unit in units))


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh"), ("zh", "zh"), ("en-US", "en"), ("fr", "en"), (None, "en")]
)
def test_the_language_follows_the_browser(locale, language):
    assert language_of_browser(locale) == language


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0.00"), (-0.001, "0.00"), (-23.84, "−23.8"), (1234.5, "1,234"), (float("nan"), "–")]
)
def test_numbers_are_written_for_people(value, text):
    assert Locale.number(value) == text
