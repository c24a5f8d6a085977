"""The command export."""

import xml.etree.ElementTree as ET

import pytest

from model import load_scenario
from model.exchange import xmile_of

from .support import BASELINE, SHIPPED, hebei2025, refused


@pytest.fixture(scope="module")
def baseline():
    return xmile_of(load_scenario(BASELINE))


def test_the_file_is_the_exported_model(tmp_path, baseline):
    result = hebei2025("export", BASELINE, "--format", "xmile", "--out", tmp_path / "model.xmile")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "model.xmile").read_text(encoding="utf-8") == baseline
    assert [p.name for p in tmp_path.iterdir()] == ["model.xmile"]


def test_without_a_file_the_model_is_printed(baseline):
    assert hebei2025("export", BASELINE).stdout == baseline


def test_settings_of_a_run_hold_for_the_export():
    options = ("--set", "output_cap=2", "--until", "2020", "--dt", "1/8", "--method", "rk4")
    root = ET.fromstring(hebei2025("export", BASELINE, *options).stdout)
    space = root.tag.removesuffix("xmile")
    specs = root.find(f"{space}sim_specs")
    assert specs.get("method") == "rk4"
    assert [specs.findtext(f"{space}{tag}") for tag in ("stop", "dt")] == ["2021", "8"]
    table = root.find(f".//{space}aux[@name='output_cap']/{space}gf/{space}ypts").text
    assert table.split(",")[-1] == "2"


def test_the_help_names_the_formats():
    assert "xmile" in hebei2025("export", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "stella"), "--format 'stella' is unknown; allowed: wasm, xmile"),
        (("--method", "heun"), "--method 'heun' is unknown"),
        (("--dt", "0.3"), "--dt 0.3 does not fit"),
        (("--until", "2050"), "--until 2050 is out of range"),
        (("--set", "talents=1"), "talents"),
    ],
)
def test_wrong_options_are_refused_and_write_nothing(arguments, message, tmp_path):
    assert message in refused("export", BASELINE, *arguments, "--out", tmp_path / "model.xmile")
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_scenario_is_refused_with_its_line(tmp_path):
    file = tmp_path / "faulty.yaml"
    file.write_text("title: x\nlevers:\n  talents: 1\n", encoding="utf-8")
    assert f"{file}:3:" in refused("export", file)


def test_discrete_projects_cannot_be_exported():
    assert "`pipeline: stochastic`" in refused("export", SHIPPED / "projects_at_random.yaml")


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "taken").mkdir()
    assert "cannot be written" in refused("export", BASELINE, "--out", tmp_path / "taken")
