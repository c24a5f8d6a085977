"""docs/find.md and its Chinese twin: what they say of the app's answers is what the app says now."""

import re
from pathlib import Path

import pytest

from analysis.optimisation.finding import find
from analysis.optimisation.question import read_wanted
from model.inputs import END, levers
from model.scenario import shipped_scenarios
from views.language import LANGUAGES, Locale
from views.results import find_sentences
from views.results.mix_settings import settings_with
from views.results.settings import Settings, scenario_of
from views.results.uncertainty import uncertainty_of
from views.results.uncertainty_texts import chance_text

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": "find.md", "zh": "find.zh.md"}
CAP = "output_cap"
START = Settings(base="no_document")


@pytest.fixture(scope="module")
def answers():
    """The cheapest mix for the targets of the document, with and without an order to cut crude steel."""
    base, wanted = shipped_scenarios()[START.base], read_wanted(["document"])
    spaces = (tuple(levers()), tuple(name for name in levers() if name != CAP))
    return [find(base, wanted, levers=names, alternatives=0) for names in spaces]


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_are_what_the_app_says(answers, language):
    locale = Locale(language)
    ordered, without = (find_sentences.answer_text(found, locale) for found in answers)
    obstacles = find_sentences.obstacles(answers[0], locale)
    assert len(obstacles) == 1
    text = (DOCS / PAGES[language]).read_text(encoding="utf-8")
    assert re.findall("^> (.+)$", text, re.MULTILINE) == [ordered, *obstacles, without]
    assert locale.text(levers()[CAP].label) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_chances_are_those_of_the_mixes(answers, language):
    locale, base = Locale(language), shipped_scenarios()[START.base]
    text = (DOCS / PAGES[language]).read_text(encoding="utf-8")
    told = text.split("![")[0].rpartition("How sure" if language == "en" else "把握程度")[2]
    for target in ("equipment_first_2020", "sei_share_2020"):
        for found in answers:
            mix = scenario_of(settings_with(START, base, found.answer.scenario), shipped_scenarios())
            assert chance_text(uncertainty_of(mix, END).chances[target], locale).lstrip(">") in told


def test_the_price_of_a_reserve_is_what_a_search_finds(answers):
    names = tuple(name for name in levers() if name != CAP)
    base, wanted = shipped_scenarios()[START.base], read_wanted(["document"])
    sure = find(base, wanted, levers=names, alternatives=0, chance=0.8)
    more = round(sure.answer.cost - answers[1].answer.cost)
    chance = round(100 * sure.chances["equipment_first_2020"])
    for page, said in (("find.md", f"{more} 亿元 more (2,139 in"), ("find.zh.md", f"多花{more}亿元（2139亿元")):
        text = (DOCS / page).read_text(encoding="utf-8")
        assert said in text and f"{chance}" in text and round(sure.answer.cost) == 2139


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_there(language):
    assert (DOCS / "images" / f"question_find_{language}.png").stat().st_size < 210_000
