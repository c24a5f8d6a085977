"""The upgrade notes give the numbers of both editions as they are, and list what is refused as it is refused."""

import re

import pytest

import hebei2025 as hb
from model.scenario import first_edition
from release.facts import ROOT

from .stored import GONE_LOOPS, RANGES, rows

PAGES = ("upgrading.md", "upgrading.zh.md")
NUMBER = re.compile(r"-?[\d,.]*\d")


def text_of(page):
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def tables(page):
    """The tables of a page, each a list of rows of cells without its head."""
    found = re.findall(r"(?:^\|.*\n)+", text_of(page), re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]] for table in found]


@pytest.fixture(scope="module")
def now():
    """The same outcomes today: under actual policies and without the plan."""
    runs = [hb.simulate(name) for name in ("as_happened", "no_document")]

    def of(row):
        values = [run[row["indicator"]].sel(year=int(row["year"])) for run in runs]
        values = [value.sel({dim: row["sector"] for dim in value.dims}) for value in values]
        return [float(value) for value in values]

    return of


@pytest.mark.parametrize("page", PAGES)
def test_outcomes_are_those_of_both_editions(page, now):
    shown, stored = tables(page)[0], rows("results/headline.csv")
    assert len(shown) == len(stored)
    for (_, year, *cells), row in zip(shown, stored, strict=True):
        assert year == row["year"]
        actual, without = now(row)
        then, then_without = float(row["as_happened"]), float(row["no_document"])
        for cell, value in zip(cells, (then, actual, then - then_without, actual - without), strict=True):
            digits = len(cell.partition(".")[2])
            assert float(cell) == pytest.approx(value, abs=0.51 * 10**-digits), (row["indicator"], year)


@pytest.mark.parametrize("page", PAGES)
def test_ranges_are_those_of_the_levers(page):
    given = {row[0].strip("`"): NUMBER.findall(row[2])[:2] for row in tables(page)[2]}
    assert {name: tuple(float(text.replace(",", "")) for text in ends) for name, ends in given.items()} == RANGES


@pytest.mark.parametrize("page", PAGES)
def test_what_is_gone_is_listed(page):
    text = text_of(page)
    named = set(re.findall(r"`([^`]+)`", text))
    assert first_edition.PARAMETERS | GONE_LOOPS | {first_edition.DRIVER, first_edition.CAP} <= named
