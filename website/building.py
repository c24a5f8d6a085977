"""Building the site: both languages, and what must hold of the result."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from views.language import LANGUAGES

from .built_pages import problems
from .places import ASSETS, BUILD
from .staging import BUILT, stage

NOT_FOUND = "404.html"
"""A page of the generator for the root of a server, which no language has here."""
Say = Callable[[str], None]


class SiteError(Exception):
    """The site cannot be built, or a page of it is not as it must be; the message says what."""


def build(out: Path = BUILD, run_notebooks: bool = True, say: Say = print) -> None:
    """Build the site into `out`, which is replaced. Raises SiteError for a warning of the generator, a link that leads
    nowhere, and a page that would load something from another machine."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "built"
        built.mkdir()
        for language in LANGUAGES:
            work = Path(folder) / language
            work.mkdir()
            _generate(stage(work, language, run_notebooks))
            (work / BUILT / NOT_FOUND).unlink()
            (work / BUILT).rename(built / language)
        shutil.copyfile(ASSETS / "start.html", built / "index.html")
        found = problems(built)
        if found:
            raise SiteError("\n".join(found))
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(built, out)
    say(f"{sum(1 for _ in out.rglob('*.html'))} pages in {out}. Open index.html there; search needs a server:")
    say(f"{sys.executable} -m http.server --bind 127.0.0.1 --directory {out} 8600")


def _generate(settings: Path) -> None:
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", settings.name]
    done = subprocess.run(command, cwd=settings.parent, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SiteError(f"the generator ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
