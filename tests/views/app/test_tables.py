"""Tables of clauses, targets and belts."""

from html import unescape

import pytest

from model.clauses import KINDS, clauses
from model.targets import targets
from views.charts.tables import csv_bytes
from views.language import LANGUAGES, Locale
from views.pages.document import clause_table
from views.results import belts, scoreboard

from .support import run


def test_filters_of_clauses_narrow_each_other():
    for kind in KINDS:
        assert {clause.kind for clause in clause_table.filtered([kind])} == {kind}
    both = clause_table.filtered(["lever"], "task_1", "capacity_closure")
    assert both and all(c.part == "task_1" and "capacity_closure" in c.mapping["levers"] for c in both)
    assert clause_table.filtered(words="四个全面") == clause_table.filtered(words="four comprehensives")
    assert clause_table.filtered() == list(clauses())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_can_be_read_in_full_with_names_for_all_it_is_mapped_to(language):
    locale = Locale(language)
    for clause in clauses():
        told = unescape(clause_table.details_html(clause, locale, lambda lever: f"[{lever}]"))
        assert clause.quote in told and clause_table.explanation(clause, locale) in told
        for place, names in clause.mapping.items():
            for name in names:
                assert clause_table.name_of(place, name, locale) in told
                assert clause_table.name_of(place, name, locale) != name
                assert place != "levers" or f"[{name}]" in told


def test_the_scoreboard_says_how_every_target_stands(ghost):
    found = scoreboard.pairs(run("no_document"), ghost)
    assert [pair.target for pair in found] == list(targets())
    standings = [scoreboard.status_of(pair.now) for pair in found]
    assert set(standings) <= set(scoreboard.STATUSES)
    assert {"met", "missed", "not_modelled"} <= set(standings)
    for language in LANGUAGES:
        rows = scoreboard.score_rows(found, Locale(language))
        told = dict(zip(rows.iloc[:, 0], rows.iloc[:, 5], strict=True))
        for pair in found:
            if scoreboard.status_of(pair.now) == "missed":
                assert told[pair.target.label[language]].startswith("✗")
    file = scoreboard.score_file(found, Locale("en"))
    assert len(file) == len(targets()) and csv_bytes(file).startswith(b"\xef\xbb\xbf")
    assert scoreboard.filtered(found, ["national"], ["met"]) == [
        p for p, s in zip(found, standings, strict=True) if p.target.scope == "national" and s == "met"
    ]


def test_the_data_of_the_belts_add_up_to_the_province(ghost):
    rows = belts.long_table(ghost, ghost, Locale("en"))
    one = rows[(rows["Year"] == 2020) & (rows["Kind"] == "actual policies") & (rows["Indicator"] == "Value added")]
    assert one["Value"][:-1].sum() == pytest.approx(one["Value"].iloc[-1], rel=1e-4)
    assert set(one["Unit"]) == {"bn yuan"}
    year = belts.with_units(belts.belt_table(ghost, ghost, 2020, Locale("en")), Locale("en"))
    assert {"Value added (bn yuan)", "actual policies (bn yuan)", "Energy (Mtce)"} <= set(year.columns)
