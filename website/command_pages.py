"""The reference of the command line, from the program's own help."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.cli import get_docs_for_click
from typer.main import get_command

from cli.main import app

NAME = "hebei2025"
HEADS = {"en": "# Command line", "zh": "# 命令行"}
NOTES = {
    "en": "Written from the program's own help, which `hebei2025 COMMAND --help` shows.",
    "zh": "由程序自带的帮助生成，与 `hebei2025 命令 --help` 显示的相同（帮助为英文）。",
}


def command_page(language: str) -> str:
    """Every command with its arguments and options."""
    command = get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name=NAME), name=NAME)
    body = _with_whole_help(text.partition("\n")[2], command, NAME)
    return f"{HEADS[language]}\n\n{NOTES[language]}\n{_plain(body)}"


def _with_whole_help(text: str, group: Any, name: str) -> str:
    """Lists of commands with links and what each does, which the generator of the text cuts off."""
    for inner, command in getattr(group, "commands", {}).items():
        about = (command.help or "").partition("\n\n")[0].replace("\n", " ")
        anchor = f"{name} {inner}".replace(" ", "-")
        text = re.sub(rf"^\* `{inner}`:.*$", f"* [`{inner}`](#{anchor}): {about}", text, count=1, flags=re.MULTILINE)
        text = _with_whole_help(text, command, f"{name} {inner}")
    return text


def _plain(text: str) -> str:
    """Help in which square brackets are text, not the beginning of a link."""
    return re.sub(r"\[(default|required)", r"\\[\1", text)
