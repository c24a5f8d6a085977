"""Targets: each has an indicator of the model behind it, and knows when it is missed."""

import dataclasses

import pytest

from model.axes import SECTOR, SECTOR_AND_ALL
from model.build import system
from model.inputs import END, START
from model.targets import targets

SCOPES = ("document", "hebei_plan", "national")


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.id)
def test_target_names_an_indicator_its_sector_and_its_unit(target):
    indicator = system().variables[target.indicator]
    assert indicator.kind == "annual"
    assert target.unit == indicator.unit
    assert target.sector in (indicator.of, *SECTOR_AND_ALL.labels)
    assert target.sector == indicator.of or target.sector in SECTOR.labels
    assert START <= target.year <= END
    assert target.direction in ("up", "down")
    assert target.scope in SCOPES
    assert target.grade in "ABCD"
    assert target.source and target.zh and target.en


def test_ids_are_unique_and_the_documents_own_targets_come_first():
    known = targets()
    assert len({target.id for target in known}) == len(known)
    scopes = [SCOPES.index(target.scope) for target in known]
    assert scopes == sorted(scopes)
    assert "document" in {target.scope for target in known}


def test_how_far_a_target_is_missed():
    at_least = dataclasses.replace(targets()[0], value=20.0, direction="up")
    assert [at_least.missed_by(result) for result in (15.0, 20.0, 25.0)] == [5.0, 0.0, 0.0]
    at_most = dataclasses.replace(at_least, direction="down")
    assert [at_most.missed_by(result) for result in (15.0, 20.0, 25.0)] == [0.0, 0.0, 5.0]
