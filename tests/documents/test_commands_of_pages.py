"""The commands of pages that are written in both languages take their arguments, and are the same in both."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from cli.main import app

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("find", "experiments", "offline")


def commands(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    return [re.sub(r" +#.*", "", line) for line in re.findall(r"^    hebei2025 (.+)$", text, flags=re.M)]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_are_the_same_in_both_languages(page):
    assert commands(f"{page}.md") and commands(f"{page}.md") == commands(f"{page}.zh.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_take_their_arguments(page):
    for line in commands(f"{page}.md"):
        name, *arguments = shlex.split(line)
        get_command(app).commands[name].make_context(name, arguments)
