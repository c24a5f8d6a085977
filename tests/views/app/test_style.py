"""The style sheet of the app holds nothing that no page uses."""

import ast
import re

from .support import ROOT

VIEWS = ROOT / "views"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTOR = re.compile(r"([^{}]+){")
CLASS = re.compile(r"\.([a-zA-Z_][\w-]*)")
WORD = re.compile(r"[\w-]+")
OF_STREAMLIT = re.compile(r"st[A-Z]\w*|token")
"""Classes that Streamlit gives its own elements, and the parts of a listing."""
KEY = "st-key-"


def words_of_pages():
    """Words of the texts in the code of the pages; Explore has a style sheet of its own."""
    found = set()
    for path in VIEWS.rglob("*.py"):
        if "component" not in path.parts:
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            literals = (node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str))
            found.update(word for text in literals for word in WORD.findall(text))
    return found


def test_every_class_of_the_style_sheet_is_used_by_a_page():
    style = COMMENT.sub("", (VIEWS / "shell" / "style.css").read_text(encoding="utf-8"))
    classes = {name for selector in SELECTOR.findall(style) for name in CLASS.findall(selector)}
    assert len(classes) > 40
    words = words_of_pages() | {"links_causes", "links_uses"}  # keys made from the kind of link
    own = {name.removeprefix(KEY) for name in classes if not OF_STREAMLIT.fullmatch(name)}
    assert {name for name in own if name not in words} == set()
