"""Names of indicators with their units, as tables of pages show them."""

from __future__ import annotations

from model.axes import BRANCH_LABELS
from model.system import system


def english_label(name: str) -> str:
    """English name and unit of a variable."""
    variable = system().variables[name]
    return f"{variable.en}, {variable.unit}"


def bilingual_label(name: str) -> str:
    """Chinese and English name and unit of a variable."""
    variable = system().variables[name]
    return f"{variable.zh} / {variable.en}, {variable.unit}"


def branch_label(branch: str) -> str:
    """Chinese and English name of a branch or sector."""
    return " ".join(BRANCH_LABELS.get(branch, (branch,)))
