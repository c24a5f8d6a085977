"""The examples of docs/python.md run as they stand, one after another."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.M | re.S)
SCRIPT = "# script.py\n"
"""First line of an example that is a file by itself."""


@pytest.fixture(scope="module")
def namespace():
    return {}


@pytest.mark.parametrize("number", [k for k, block in enumerate(BLOCKS) if not block.startswith(SCRIPT)])
def test_an_example_runs(number, namespace, tmp_path_factory, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path_factory.getbasetemp())
    exec(compile(BLOCKS[number], f"docs/python.md, example {number + 1}", "exec"), namespace)
    comments = re.findall(r"print\(.*\)  # (.+)$", BLOCKS[number], re.M)
    assert capsys.readouterr().out.splitlines() == comments


def test_the_script_runs(tmp_path):
    (script,) = (block for block in BLOCKS if block.startswith(SCRIPT))
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=600,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    happened, without = eval(done.stdout)
    assert 200 < happened < without < 300


def test_examples_show_the_results_they_are_about(namespace):
    assert namespace["short"].sizes["year"] == 11 and namespace["short"].attrs["method"] == "rk4"
    assert set(namespace["difference"]["scenario"]) == {"as_happened", "half", "no_document"}
    assert set(namespace["bands"]["indicator"]) == {"crude_steel_output"}
    assert set(namespace["gain"]["scenario"]) == {"document_implemented", "half"}
    assert set(namespace["chances"]["scenario"]) == {"as_happened", "document_implemented"}
    assert set(namespace["ranks"]["better"]) == {"lower"}
    assert namespace["again"].equals(namespace["run"])
    names = [run.attrs["scenario"] for run in namespace["runs"]]
    assert names == ["as_happened", "no_document", "document_implemented"]
