"""The validation tests of the model with their status and result, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.validation_tests import SUMMARY, entries
from views.language import Locale

MARKS = {"passed": "✓", "failed": "✗", "reported": "◆", "not_done": "–"}
"""Statuses in the order of the filter, with the marks before their words."""


@dataclass(frozen=True)
class ValidationTest:
    """One test: status (a key of `MARKS`), id and name, result, method and requirement."""

    status: str
    name: str
    result: str
    how: str
    asks: str


def validation_tests(locale: Locale) -> list[ValidationTest]:
    """All tests in the order of the file."""
    known, found = entries(), pd.read_csv(SUMMARY, keep_default_na=False)
    figures = found[f"figures_{locale.language}"]
    return [
        ValidationTest(
            row.status.replace(" ", "_"),
            f"{row.test} {locale.text(known[row.test]['test'])}",
            result,
            locale.text(known[row.test]["how"]),
            locale.text(known[row.test]["asks"]),
        )
        for row, result in zip(found.itertuples(), figures, strict=True)
    ]


def counts(tests: Sequence[ValidationTest]) -> dict[str, int]:
    """How many tests have each status, also those that none has."""
    counted = Counter(test.status for test in tests)
    return {status: counted[status] for status in MARKS}


def table(tests: Sequence[ValidationTest], locale: Locale) -> pd.DataFrame:
    """The tests as a table, status and name first."""
    rows = [
        (locale.translate(f"evidence.status_{test.status}"), test.name, test.result, test.how, test.asks)
        for test in tests
    ]
    keys = ("status", "test", "result", "how", "asks")
    return pd.DataFrame(rows, columns=[locale.translate(f"evidence.{key}") for key in keys])
