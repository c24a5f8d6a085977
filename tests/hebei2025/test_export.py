"""hb.export and hb.save_scenario."""

import pytest

import hebei2025 as hb
from model import shipped_scenarios
from model.exchange import xmile_of


def test_a_scenario_by_name_is_exported_to_a_file(tmp_path):
    text = hb.export("efficiency_only", tmp_path / "model.xmile", until=2012, dt="1/8", method="rk4")
    assert text == xmile_of(shipped_scenarios()["efficiency_only"], 2012, 8, "rk4")
    assert (tmp_path / "model.xmile").read_text(encoding="utf-8") == text


def test_unknown_formats_are_refused():
    with pytest.raises(ValueError, match="format 'mdl' is unknown; allowed: xmile"):
        hb.export("as_happened", format="mdl")


def test_a_saved_scenario_can_be_read_and_builds_on_a_shipped_one(tmp_path):
    own = hb.parse_scenario("title: Own\nextends: no_document\nlevers: {talent: 50}\n", "own")
    for extends in (None, "no_document"):
        file = hb.save_scenario(own, tmp_path / "own.yaml", extends)
        assert hb.load_scenario(file).levers == own.levers
        assert ("extends: no_document" in file.read_text(encoding="utf-8")) == (extends is not None)
    with pytest.raises(ValueError, match="extends 'nobody' is no shipped scenario"):
        hb.save_scenario(own, tmp_path / "own.yaml", "nobody")
