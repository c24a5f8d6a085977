"""The Chinese pages are Chinese: no sentence, heading, cell or label of theirs is in English."""

import json
import re
from html import unescape

import pytest

from .support import in_order, opened, views

CHINESE = re.compile("[\u4e00-\u9fff]")
PHRASE = re.compile(r"(?<![\w/.=:-])[A-Za-z][a-z]*(?:[ ,;]+[a-z]{2,}){2,}")
"""Three English words one after the other, which no name or command of the project has."""
WORD = re.compile(r"(?<![\w./\[-])[a-z]{3,}(?![\w./(=-])")
"""A word, in a text of several parts without any Chinese."""
MARKUP = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)
ALLOWED = ("English", "hebei2025 ")
"""The button of the other language, and commands."""
OPTIONS = ("label", "help", "placeholder", "body")


def told(element):
    """The texts of an element."""
    kind, proto = element.type, element.proto
    if kind == "html":
        yield from MARKUP.sub("|", proto.body).split("|")
    elif kind == "plotly_chart":
        yield from strings(json.loads(proto.spec)["data"], ("name", "text"))
        yield from strings(json.loads(proto.spec)["layout"], ("text",))
    elif kind == "arrow_data_frame":
        frame = element.value
        yield from map(str, frame.columns)
        yield from (str(cell) for name in frame.columns if frame[name].dtype == object for cell in frame[name].unique())
    elif kind not in ("code", "bidi_component"):
        values = [getattr(proto, name, "") for name in OPTIONS]
        yield from (value for value in values if isinstance(value, str))
        yield from (str(getattr(one, "content", one)) for one in getattr(proto, "options", ()))


def strings(part, names):
    """The texts under some names in a figure."""
    if isinstance(part, list):
        for each in part:
            yield from strings(each, names)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in names and isinstance(value, str):
                yield value
            yield from strings(value, names)


def english(text):
    """Whether a text, or a part of it, is in English."""
    text = unescape(text).strip()
    if text.startswith(ALLOWED):
        return False
    return bool(PHRASE.search(text) or (" " in text and WORD.search(text) and not CHINESE.search(text)))


@pytest.mark.parametrize(("page", "query", "view"), views())
def test_no_english_is_left_on_a_chinese_page(page, query, view):
    app = opened(page, lang="zh", **query)
    elements = [*in_order(app.sidebar), *in_order(app.main)]
    found = {text.strip() for element in elements for text in told(element) if english(text)}
    assert found == set()


def test_english_is_recognised():
    assert english("18 tests, 0 failed") and english("没有请专家：no experts were asked")
    assert english("largest move 0.75 %")
    assert not english("见docs/evidence/sensitivity.md") and not english("Crude") and not english("18项测试，0项未通过")
