"""hb.export."""

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
