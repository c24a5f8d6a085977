"""Every text of the catalogues is used: its key stands in the code, or the code can build it from words that exist."""

import ast
import re

from model.inputs import drivers, levers, parameters
from model.system import system
from model.targets import targets
from views.language import catalogue
from views.results.sliders import slots

from .support import ROOT

UNIT = "unit."
PART = r"([\w.]+)"
TEMPLATE = re.compile(r"`([\w.]*\${[^`]*)`")
"""A text of JavaScript with places for values."""
SECTION = re.compile(r"\w+\\\.")
"""What the pattern of a key begins with: a fixed section, since one that is built could be any."""
PLACE = re.compile(r"\${[^}]*}")
WORD = re.compile(r"\w+")
STEM = 4
"""Letters that what the code builds a part of a key from has at least, such as about_{section}."""


def python_texts():
    """Fixed texts of the code, and built ones as patterns, from all Python files but tests."""
    fixed, built = set(), set()
    for path in ROOT.rglob("*.py"):
        if path.relative_to(ROOT).parts[0] in ("tests", "build", ".venv"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(one.value) if isinstance(one, ast.Constant) else PART for one in node.values]
                built.add("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                fixed.add(node.value)
    return fixed, built


def script_texts():
    """The same of the JavaScript of the app."""
    scripts = [path for path in (ROOT / "views").rglob("*.js") if "vendor" not in path.parts]
    code = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    fixed = {text for _, text in re.findall(r"""(["'`])([\w.]+)\1""", code)} | set(re.findall(r"(\w+):", code))
    return fixed, {PART.join(map(re.escape, PLACE.split(text))) for text in TEMPLATE.findall(code)}


def known_words(fixed):
    """Words of which keys are built: those of texts of the code, of data files, and names of variables."""
    data = [path for path in ROOT.rglob("*.yaml") if not {"text", "tests"} & set(path.relative_to(ROOT).parts)]
    texts = [*fixed, *(path.read_text(encoding="utf-8") for path in data)]
    return {word for text in texts for word in WORD.findall(text)} | set(system().variables)


def unused(keys):
    """Keys that the code neither has nor can build."""
    (python, built), (script, templates) = python_texts(), script_texts()
    fixed = python | script
    words = known_words(fixed)
    patterns = [re.compile(one) for one in built | templates if SECTION.match(one)]
    parts = [
        re.compile(one) for one in built if len(one.replace(PART, "")) >= STEM and WORD.fullmatch(one.replace(PART, ""))
    ]

    def is_word(text):
        found = (pattern.fullmatch(text) for pattern in parts)
        return text in words or any(words.issuperset(match.groups()) for match in found if match)

    def is_built(key):
        found = (pattern.fullmatch(key) for pattern in patterns)
        return any(all(map(is_word, match.groups())) for match in found if match)

    endings = [one for one in fixed if re.fullmatch(r"_\w+", one)]
    joined = {start + ending for ending in endings for start in fixed if "." in start}
    return {key for key in keys if key not in fixed and key not in joined and not is_built(key)}


def test_no_text_is_left_that_nothing_uses():
    assert unused(key for key in catalogue("en") if not key.startswith(UNIT)) == set()


def test_a_text_that_nothing_uses_is_found():
    made_up = {"compare.never_" + "shown", "evidence.never_" + "shown", "no_section.at_" + "all"}
    assert unused(made_up | {"move.later_one", "plan.about_movers", "chart.shares"}) == made_up


def test_every_unit_is_one_of_the_model_or_of_the_app():
    fixed, _ = python_texts()
    groups = (system().variables, levers(), parameters(), drivers(), slots())
    known = {each.unit for group in groups for each in group.values()} | {target.unit for target in targets()} | fixed
    assert {key for key in catalogue("en") if key.startswith(UNIT) and key.removeprefix(UNIT) not in known} == set()
