"""Commands of the tutorials with what they print: run one after another in a folder of their own.

`python -m website.transcripts` puts what they print now into the pages.

In a page, a block `yaml` that begins with `# NAME.yaml` is a file, a block `sh` holds commands, a block `python` a
script; a block `text` after one of the two last is what it prints.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .places import DOCS, ROOT

FOLDER = DOCS / "tutorials"
BLOCK = re.compile(r"^```(yaml|sh|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
PROGRAM = "hebei2025"
PROGRESS = re.compile(r"^.*━.*$\n?", re.MULTILINE)
"""Bars of progress, which differ from run to run."""
LIMIT = 600
"""Seconds that a command may take."""


@dataclass(frozen=True)
class Step:
    """A block of a page: its kind, its text, what the page says that it prints, and what it prints now."""

    kind: str
    text: str
    said: str
    printed: str
    start: int
    end: int


class TranscriptError(Exception):
    """A command of a page fails in a way that the page does not show."""


def tutorial_pages() -> list[Path]:
    """The tutorials in both languages."""
    return sorted(FOLDER.glob("*.md"))


def steps(page: str) -> Iterator[Step]:
    """Carry out the blocks of a page, in their order, in a folder that has the shipped scenarios as a checkout has.

    Commands that are not ours (`make app`) are not run. Raises TranscriptError for a command that fails without a word
    in the page.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "scenarios", folder / "scenarios")
        for match in BLOCK.finditer(page):
            kind, text, said = match[1], match[2], match[3]
            printed = _carried_out(kind, text, said, folder)
            yield Step(kind, text, said or "", printed, *match.span(3))


def renewed(page: str) -> str:
    """The page with what its commands print now."""
    for step in reversed(list(steps(page))):
        if step.start >= 0:
            page = page[: step.start] + step.printed + page[step.end :]
    return page


def _carried_out(kind: str, text: str, said: str | None, folder: Path) -> str:
    if kind == "yaml":
        first = text.partition("\n")[0]
        (folder / first.removeprefix("# ")).write_text(text, encoding="utf-8")
        return ""
    if kind == "python":
        return _run([sys.executable, "-c", text], folder, said)
    commands = [shlex.split(line, comments=True) for line in text.splitlines()]
    ours = [words for words in commands if words[0] == PROGRAM]
    return "".join(_run([sys.executable, "-m", PROGRAM, *words[1:]], folder, said) for words in ours)


def _run(command: list[str], folder: Path, said: str | None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=LIMIT, check=False
    )
    if done.returncode not in (0, 2) or (done.returncode and said is None):
        raise TranscriptError(f"{shlex.join(command[1:])}\nended with {done.returncode}\n{done.stderr}")
    lines = f"{done.stdout}{PROGRESS.sub('', done.stderr)}".splitlines()
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return f"{text}\n" if text else ""


if __name__ == "__main__":
    for file in tutorial_pages():
        file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8")
