"""Commands whose extra is missing say which one; everything else runs without extras."""

import os
import subprocess
import sys

import pytest

from model.extras import EXTRAS, MissingExtraError, is_installed, require

from .support import BASELINE, refused, tree

OPTIONAL = sorted({module for modules in EXTRAS.values() for module in modules})
WITHOUT_EXTRAS = f"""
import sys
blocked = {OPTIONAL!r}
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ImportError(name)
sys.meta_path.insert(0, Blocker())
"""
CORE = """
import hebei2025 as hb
from cli.main import app
from typer.testing import CliRunner
run = hb.simulate("as_happened")
run.to_netcdf("run.nc")
hb.plot(run, "crude_steel_output")
hb.compare([run]), hb.observations(), hb.levers()
from calibration.posterior import load
import calibration.bands
load(2020)
run_both = [["run", FILE, "--out", form, "--format", form] for form in ("csv", "netcdf")]
for arguments in (*run_both, ["validate"], ["levers"]):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, (arguments, result.output, result.exception)
assert not [m for m in blocked if m in sys.modules]
print("done")
"""


def test_every_module_of_the_extras_is_there_in_this_environment():
    assert all(map(is_installed, OPTIONAL))
    for extra in EXTRAS:
        require(extra, "the test")


def test_the_message_names_modules_purpose_and_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "streamlit", None)
    with pytest.raises(MissingExtraError) as error:
        require("app", "the app")
    assert str(error.value) == 'the app needs streamlit, which is not installed; run: pip install "hebei2025[app]"'


@pytest.mark.parametrize("module", EXTRAS["app"])
def test_the_app_without_its_extra(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    message = refused("app", "--headless")
    assert module in message and 'pip install "hebei2025[app]"' in message


@pytest.mark.parametrize(("form", "module"), [("parquet", "pyarrow"), ("xlsx", "openpyxl")])
def test_formats_without_their_extra(monkeypatch, form, module, tmp_path):
    monkeypatch.setitem(sys.modules, module, None)
    message = refused("run", BASELINE, "--out", tmp_path / "new", "--format", form)
    assert message.startswith(f"--format {form} needs {module}") and 'pip install "hebei2025[files]"' in message
    assert tree(tmp_path) == []


def test_everything_else_runs_without_extras(tmp_path):
    code = f"{WITHOUT_EXTRAS}\nFILE = {str(BASELINE)!r}\n{CORE}"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
        env={**os.environ, "PYTHONPATH": str(BASELINE.parents[1])},
    )
    assert done.stdout.strip() == "done", done.stderr[-3000:]
