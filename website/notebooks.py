"""Notebooks of docs/ as pages: run once for each state of the project, with their outputs."""

from __future__ import annotations

import hashlib
import html
import json
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from plotly.io import from_json, to_html

from .places import DOCS, EXECUTED, ROOT

FOLDER = DOCS / "notebooks"
LIMIT = 600
"""Seconds that a cell may take."""
PLOTLY = "application/vnd.plotly.v1+json"
PLOTLY_SCRIPT = "../assets/plotly.min.js"
"""Plotly's own script, from the installed package; pages of notebooks load no other."""
DEPENDS_ON = ("model", "calibration", "analysis", "batch", "hebei2025", "scenarios")
"""Folders whose content may change what a notebook shows."""
CODE_ONLY = {
    "en": "*This copy of the site was built without running the notebook: it shows the code, not what comes out.*",
    "zh": "*本站此次生成时未运行笔记本：只有代码，没有结果。*",
}
SOURCE = {
    "en": "The notebook is `docs/notebooks/{name}` of the project.",
    "zh": "笔记本文件为项目中的 `docs/notebooks/{name}`（说明为英文）。",
}


def notebook_files() -> list[Path]:
    """The notebooks, by name."""
    return sorted(FOLDER.glob("*.ipynb"))


def notebook_title(file: Path) -> tuple[str, str]:
    """What a notebook is about, in Chinese and in English: the two first lines of its first cell."""
    lines = [line for line in nbformat.read(file, as_version=4).cells[0].source.splitlines() if line]
    return lines[1], lines[0].lstrip("# ")


def notebook_page(file: Path, language: str, executed: Any | None) -> str:
    """The page of a notebook: what ran, or the code alone with a sentence that says so."""
    notebook = nbformat.read(file, as_version=4) if executed is None else executed
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            _keep_what_a_page_shows(output)
    text, resources = MarkdownExporter().from_notebook_node(notebook)
    assert not resources["outputs"], "pictures are part of the text"
    title, _, rest = text.partition("\n")
    notes = [SOURCE[language].format(name=file.name), *([CODE_ONLY[language]] if executed is None else [])]
    return f"{title}\n\n" + "\n\n".join(notes) + f"\n{rest}"


def executed_notebook(file: Path) -> Any:
    """A notebook with its outputs: the stored one of this state of the project, or run now and stored."""
    stored = EXECUTED / f"{file.stem}.{_state(file)}.ipynb"
    if not stored.is_file():
        notebook = nbformat.read(file, as_version=4)
        with tempfile.TemporaryDirectory() as folder:
            NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": folder}}).execute()
        EXECUTED.mkdir(parents=True, exist_ok=True)
        for old in EXECUTED.glob(f"{file.stem}.*.ipynb"):
            old.unlink()
        nbformat.write(notebook, stored)
    return nbformat.read(stored, as_version=4)


def _state(file: Path) -> str:
    """A hash of the notebook and of everything in the project that it runs on."""
    digest = hashlib.sha256(file.read_bytes())
    for folder in DEPENDS_ON:
        for part in sorted((ROOT / folder).rglob("*")):
            if part.is_file() and "__pycache__" not in part.parts and part.suffix != ".md":
                digest.update(part.relative_to(ROOT).as_posix().encode())
                digest.update(part.read_bytes())
    return digest.hexdigest()[:16]


def _keep_what_a_page_shows(output: Any) -> None:
    """Leave one form of each output: a chart that uses the site's own copy of Plotly, a picture in the page, HTML, or
    text."""
    data = output.get("data")
    if output.output_type == "stream" or data is None:
        return
    if PLOTLY in data:
        figure = from_json(json.dumps(data[PLOTLY]), skip_invalid=True)
        chart = to_html(figure, full_html=False, include_plotlyjs=False, config={"responsive": True})
        output.data = {"text/html": f'<div class="chart"><script src="{PLOTLY_SCRIPT}"></script>{chart}</div>'}
    elif "image/png" in data:
        picture = data["image/png"].replace("\n", "")
        words = html.escape(data.get("text/plain", ""))
        output.data = {"text/html": f'<img alt="{words}" src="data:image/png;base64,{picture}">'}
    elif "text/html" in data:
        output.data = {"text/html": f'<div class="output">{_one_block(data["text/html"])}</div>'}
    else:
        output.data = {"text/plain": data.get("text/plain", "")}


def _one_block(text: str) -> str:
    """HTML without empty lines, which would end it inside Markdown."""
    return "\n".join(line for line in text.splitlines() if line.strip())
