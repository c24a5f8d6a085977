"""The scripts that Streamlit runs: the app where they are the program, nothing where a spawned process imports them."""

import runpy

import pytest

from views.shell import frame

from .support import ROOT

SCRIPTS = ["app.py", "views/shell/entry.py"]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(("name", "times"), [("__main__", 1), ("__mp_main__", 0)])
def test_a_script_runs_the_app_only_as_the_program(script, name, times, monkeypatch):
    """`multiprocessing` names the script of its parent `__mp_main__` where it imports it in a spawned process."""
    opened = []
    monkeypatch.setattr(frame, "run", lambda: opened.append(script))
    runpy.run_path(str(ROOT / script), run_name=name)
    assert len(opened) == times
