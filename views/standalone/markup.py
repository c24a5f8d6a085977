"""The parts of a page of HTML that holds the Explore component, the chart library, the model and its data."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from views.component import model_data
from views.component.component import CHART_LIBRARY, code, styles
from views.language import LANGUAGES, catalogue

FOLDER = Path(__file__).parent
SCRIPTS = ("link_check.js", "words.js", "kept.js", "files.js", "host.js")
"""The code that stands in for the app, in an order in which every part comes after those that it builds on."""
LICENCES = ("LICENSE", "NOTICE", "LICENSE-zrender")
"""Texts beside the chart library that everybody who is given it has to be given with it."""
MODULE = "module"
"""The section with the model; the others hold JSON."""
RULES = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'"
)
"""The content security policy: the browser may load nothing and ask nobody."""


def scripts() -> str:
    """The code of the component and of its host; what begins the page follows it."""
    return "\n".join([code(), *(read(FOLDER / "js" / name) for name in SCRIPTS)])


def library() -> str:
    """The code of the chart library, which is a script of its own."""
    return read(CHART_LIBRARY)


def style() -> str:
    """The style sheets of the component and of what stands around it."""
    return f"{styles()}\n{read(FOLDER / 'frame.css')}"


def read(file: Path) -> str:
    """The text of a file."""
    return file.read_text(encoding="utf-8")


def data_sections(sections: Mapping[str, Mapping[str, Any]]) -> str:
    """The model, data by the name of their section, and licences, as elements that browsers leave alone."""
    data = {MODULE: model_data.module(), **{name: _packed(part) for name, part in sections.items()}}
    licences = "\n\n".join(read(CHART_LIBRARY.with_name(name)) for name in LICENCES)
    parts = [_section(name, content) for name, content in data.items()]
    return "\n".join([*parts, f'<script type="text/plain" id="licences">\n{licences}\n</script>'])


def _packed(part: Mapping[str, Any]) -> bytes:
    text = json.dumps(part, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _section(name: str, content: bytes) -> str:
    return f'<script type="text/plain" id="{name}">{base64.b64encode(content).decode()}</script>'


def in_both(key: str) -> str:
    """A text in every language, for what is shown before a language is chosen."""
    texts = {language: escape(catalogue(language)[key]) for language in LANGUAGES}
    return " ".join(f'<span lang="{language}">{text}</span>' for language, text in texts.items())
