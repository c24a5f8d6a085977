"""The command export for browsers."""

import json

from model import shipped_scenarios
from model.browser import browser_files

from .support import BASELINE, EFFICIENT, SHIPPED, hebei2025, refused, tree


def _exported(*arguments):
    done = hebei2025("export", "--format", "wasm", *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def _refused(*arguments):
    return refused("export", "--format", "wasm", *arguments)


def test_the_files_for_browsers_are_written_and_listed(tmp_path):
    out = tmp_path / "new" / "folder"
    printed = _exported(BASELINE, EFFICIENT, "--out", out, "--until", "2030")
    scenarios = shipped_scenarios()
    expected = browser_files([scenarios["as_happened"], scenarios["efficiency_only"]], 2030)
    assert tree(out) == sorted([*expected, "scenarios"])
    for name, content in expected.items():
        assert (out / name).read_bytes() == content
        assert str(out / name) in printed
    assert json.loads((out / "scenarios/as_happened.json").read_text())["horizon"]["end"] == 2030


def test_settings_step_and_method_enter_the_data(tmp_path):
    _exported(BASELINE, "--out", tmp_path, "--set", "output_cap=2", "--dt", "1/8", "--method", "rk4")
    data = json.loads((tmp_path / "scenarios/as_happened.json").read_text())
    assert data["horizon"] == {"start": 2010, "end": 2025, "steps": 8, "method": "rk4"}
    assert data["tables"]["output_cap"][6:] == [2.0] * 11


def test_without_scenarios_the_run_as_happened_is_exported_and_a_second_export_replaces_it(tmp_path):
    _exported("--out", tmp_path)
    assert [p.name for p in (tmp_path / "scenarios").iterdir()] == ["as_happened.json"]
    (tmp_path / "host.js").write_text("old")
    (tmp_path / "mine.txt").write_text("mine")
    _exported("--out", tmp_path)
    assert "instantiate" in (tmp_path / "host.js").read_text()
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_bad_input_is_refused_and_nothing_is_written(tmp_path):
    out = tmp_path / "out"
    assert "--format 'wasn' is unknown; did you mean wasm?" in refused("export", "--format", "wasn", "--out", out)
    assert "--until 2050 is out of range" in _refused("--out", out, "--until", 2050)
    assert "--format wasm needs --out" in _refused(BASELINE)
    assert "--method 'heun' is unknown" in _refused("--out", out, "--method", "heun")
    assert "--dt 2 does not fit" in _refused("--out", out, "--dt", "2")
    assert "no_such_lever" in _refused("--out", out, "--set", "no_such_lever=1")
    assert "pipeline: stochastic" in refused(
        "export", "--format", "wasm", SHIPPED / "projects_at_random.yaml", "--out", out
    )
    assert "two scenarios are named 'as_happened'" in refused(
        "export", "--format", "wasm", BASELINE, BASELINE, "--out", out
    )
    (tmp_path / "file").write_text("x")
    assert "is a file; give a folder for --out" in _refused("--out", tmp_path / "file")
    assert tree(tmp_path) == ["file"]
