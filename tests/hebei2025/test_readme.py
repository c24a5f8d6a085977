"""The READMEs are short, say the same in both languages, and what they tell people to do works."""

import contextlib
import io
import re
import shlex
import subprocess
import sys

import pytest

from model.clauses import clauses
from model.inputs import levers
from model.system import system
from release.facts import ROOT

PAGES = ("README.md", "README.zh.md")
LONGEST = 120
MEGABYTES = re.compile(r"(\d\.\d) MB")


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


def targets(page):
    """Files that a page links to or shows, without the ending of its language."""
    found = re.findall(r"\]\(([^)#]+)\)", text_of(page))
    return [re.sub(r"(\.zh\.md|\.md|_zh\.png|_en\.png)$", "", target) for target in found]


@pytest.mark.parametrize("page", PAGES)
def test_it_is_short_and_its_links_lead_somewhere(page):
    assert len(text_of(page).splitlines()) <= LONGEST
    for target in re.findall(r"\]\(([^)#]+)\)", text_of(page)):
        assert (ROOT / target).exists(), target


def test_both_languages_link_to_the_same_and_have_the_same_numbers():
    assert targets(PAGES[0]) == targets(PAGES[1])
    heads = [re.findall(r"^#+ ", text_of(page), re.MULTILINE) for page in PAGES]
    assert heads[0] == heads[1]
    blocks = [re.findall(r"^    (make \w+|\.venv\S+ .*?)(?:  |$)", text_of(page), re.MULTILINE) for page in PAGES]
    assert blocks[0] == blocks[1]


def test_chinese_pages_are_linked_where_there_are_some():
    for target in re.findall(r"\]\((docs/[^)#]+\.md)\)", text_of("README.zh.md")):
        chinese = target.removesuffix(".md") + ".zh.md"
        assert target.endswith(".zh.md") or not (ROOT / chinese).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_the_command_runs(page, tmp_path):
    (command,) = re.findall(r"^    \.venv/bin/hebei2025 (.+)$", text_of(page), re.MULTILINE)
    words = shlex.split(command.replace("--out results", f"--out {tmp_path / 'results'}"))
    subprocess.run([sys.executable, "-m", "hebei2025", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "results" / "comparison.csv").is_file()


@pytest.mark.parametrize("page", PAGES)
def test_the_example_prints_what_the_page_says(page):
    (code,) = re.findall(r"```python\n(.*?)```", text_of(page), re.DOTALL)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, {})
    assert f"`{printed.getvalue().strip()}`" in text_of(page)


def test_make_has_the_targets():
    makefile = text_of("Makefile")
    for page in PAGES:
        for target in re.findall(r"\bmake (app|test|docs|release)\b", text_of(page)):
            assert f"\n{target}: " in makefile


@pytest.mark.parametrize("page", PAGES)
def test_counts_are_those_of_the_model(page):
    variables = len([v for v in system().variables.values() if not v.generated])
    for number in (len(clauses()), len(levers()), variables):
        assert re.search(rf"(?<!\d){number}(?!\d)", text_of(page)), number
