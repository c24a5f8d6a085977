"""The values of the estimated parameters: medians of the posterior of the last window.

They are stored in the files of parameters (model/data/parameters); `hebei2025 documents parameter_values` sets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from model.parameter_files import parameter_files

from .posterior import WINDOWS, load

DIGITS = 4
"""Significant digits of a value; its interval is wider than the rounding."""
PLAIN, OF_BRANCH = r"(?m)^(  value: ){}(?=\s*$)", r"(?m)^(  value: \{{.*?\b{}: ){}(?=[,}}])"
NUMBER = r"[-+.0-9e]+"


def medians() -> dict[str, float]:
    """The median of each estimated number, rounded, by id."""
    return {entry["id"]: float(f"{entry['p50']:.{DIGITS}g}") for entry in load(WINDOWS[-1]).summary["numbers"]}


def files_with_medians(files: Iterable[Path] | None = None) -> dict[Path, str]:
    """The texts of the files of parameters (default: those of the model) with the medians as values.

    Raises ValueError where no file has a value that was estimated.
    """
    chosen = parameter_files() if files is None else files
    texts = {file: file.read_text(encoding="utf-8") for file in chosen}
    for number, value in medians().items():
        file = file_of(number, texts)
        texts[file] = with_value(texts[file], number, value)
    return texts


def file_of(number: str, texts: Mapping[Path, str]) -> Path:
    """The file whose text has the parameter of a number, `parameter` or `parameter.branch`."""
    heading = re.compile(rf"(?m)^{re.escape(number.partition('.')[0])}:$")
    for file, text in texts.items():
        if heading.search(text):
            return file
    raise ValueError(f"{number}: no file of parameters has this parameter")


def with_value(text: str, number: str, value: float) -> str:
    """The text of a file of parameters with another value of a number, `parameter` or `parameter.branch`.

    A value that is equal already stays as it is written. Raises ValueError where the text has no such value.
    """
    name, _, branch = number.partition(".")
    entry = re.search(rf"(?ms)^{re.escape(name)}:\n.*?(?=^\S|\Z)", text)
    pattern = OF_BRANCH.format(re.escape(branch), NUMBER) if branch else PLAIN.format(NUMBER)

    def replaced(match: re.Match[str]) -> str:
        written = match[0][len(match[1]) :]
        return match[0] if float(written) == value else f"{match[1]}{value:.{DIGITS}g}"

    changed, count = re.subn(pattern, replaced, entry[0]) if entry else ("", 0)
    if entry is None or count != 1:
        raise ValueError(f"{number}: no value of this number is in the file of parameters")
    return text[: entry.start()] + changed + text[entry.end() :]
