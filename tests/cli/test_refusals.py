"""What the command line refuses, and that a refusal leaves nothing behind."""

import errno
import os

import pandas as pd
import pytest

from .support import BASELINE, SHIPPED, hebei2025, refused, tree


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder in which nobody may write")
def test_a_folder_in_which_nobody_may_write():
    assert "cannot be written" in refused("run", BASELINE, "--out", "/proc/self/results")


def full_disk(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(pd.DataFrame, "to_csv", full_disk)
    assert "No space left" in refused("run", BASELINE, "--out", tmp_path / "a" / "b")
    assert tree(tmp_path) == []


def test_a_failed_rename_leaves_no_stage_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "replace", full_disk)
    assert "No space left" in refused("run", BASELINE, "--out", tmp_path)
    assert not [p for p in tree(tmp_path) if "hebei2025" in p]


def test_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("batch.writing.write_results", interrupted)
    result = hebei2025("run", BASELINE, "--out", tmp_path / "r")
    assert result.exit_code == 130
    assert "interrupted; nothing was written" in result.stderr
    assert tree(tmp_path) == []


# --- What is refused ---


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--format", "cvs"], "--format 'cvs' is unknown; did you mean csv? allowed: csv, parquet, netcdf, xlsx"),
        (["--method", "heun"], "--method 'heun' is unknown; allowed: euler, rk4"),
        (["--until", "2009"], "--until 2009 is out of range; allowed: 2010 to 2035"),
        (["--until", "2036"], "--until 2036 is out of range; allowed: 2010 to 2035"),
        (["--until", "soon"], "Invalid value for '--until'"),
        (["--dt", "0.3"], "--dt 0.3 does not fit; allowed: 1/n of a year"),
        (["--dt", "1/1000"], "--dt 1/1000 does not fit; allowed: 1/n of a year"),
        (["--dt", "1/2"], "--dt 1/2 does not fit; allowed: 1/n of a year"),
        (["--dt", "0"], "--dt '0' is no step; allowed: 1/n of a year"),
        (["--dt", "1/0"], "--dt '1/0' is no step; allowed"),
        (["--dt", "1e-999999999"], "is no step; allowed: 1/n of a year"),
        (["--dt", "nan"], "--dt 'nan' is no step; allowed"),
        (["--set", "output_cup=3"], "--set output_cup=3: unknown lever 'output_cup'; did you mean output_cap?"),
        (["--set", "output_cap"], "--set output_cap: no value; allowed: lever=value or lever.sector=value"),
        (["--set", "output_cap=30"], "--set output_cap=30: 30 is out of range for output_cap; allowed: -10 to 3 %"),
        (["--set", "output_cap=.nan"], "nan is no finite number"),
        (["--set", "output_cap="], "'' is no value for output_cap; allowed: a number from -10 to 3 %"),
        (["--set", "output_cap.steel=2"], "output_cap is not set by sector"),
        (["--set", "capacity_closure=3"], "needs a value for each sector that changes"),
        (["--set", "capacity_closure.stele=3"], "unknown sector 'stele' for capacity_closure; did you mean steel?"),
        (
            ["--set", "output_cap=\uff13\uff10\uff10"],
            "'\uff13\uff10\uff10' is no value for output_cap; allowed: a number from -10 to 3 %",
        ),
        (["--set", "output_cap=true"], "true is no finite number; output_cap allows -10 to 3 %"),
        (["--set", "output_cap=x2"], "--set output_cap=x2: 6 in 2016 is out of range for output_cap"),
        (["--set", "output_cap={delay: 1.5}"], "`delay` is 1.5; allowed: whole years from -19 to 19"),
        (["--set", "a=1", "--set", "b=2"], "--set b=2: unknown lever 'b'"),
        ([BASELINE], "two scenarios are named 'as_happened'"),
        (["nowhere.yaml"], "nowhere.yaml:1: no such file"),
        ([SHIPPED], "this is a directory"),
        (["--wrong"], "No such option"),
    ],
)
def test_bad_input_is_refused_before_anything_is_written(options, expected, tmp_path):
    message = " ".join(refused("run", BASELINE, "--out", tmp_path / "r", *options).replace("│", " ").split())
    assert expected in message
    assert tree(tmp_path) == []


@pytest.mark.parametrize("path", ["", " "])
def test_an_empty_path_is_refused(path, tmp_path, monkeypatch):
    """It would be the current folder."""
    monkeypatch.chdir(tmp_path)
    for arguments in (
        ["run", BASELINE, "--out", path],
        ["validate", "--out", path],
        ["schema", "--out", path],
        ["calibrate", "--quick", "--out", path],
        ["validate", "--observations", path],
        ["check", path],
        ["targets", "--scenario", path],
    ):
        assert "the path is empty" in refused(*arguments)
    assert tree(tmp_path) == []


def test_a_link_that_leads_nowhere(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    message = refused("run", BASELINE, "--out", tmp_path / "link")
    assert (
        f"{tmp_path / 'link'} is a link to {tmp_path / 'gone'}, which does not exist; choose another --out" in message
    )
    assert tree(tmp_path) == ["link"]


def test_run_without_out_or_scenario():
    assert "--out" in refused("run", BASELINE)
    assert "SCENARIO" in refused("run", "--out", "x")


@pytest.mark.parametrize(("text", "steps"), [("1/16", 16), ("0.0625", 16), (".25", 4), ("1/512", 512), ("01/10", 10)])
def test_steps(text, steps):
    from model.run_limits import steps_per_year

    assert steps_per_year(text) == steps


def test_too_many_rows_for_a_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("batch.writing.LONGEST_SHEET", 10)
    assert "more than an Excel sheet holds; use --format csv" in refused(
        "run", BASELINE, "--out", tmp_path / "r", "--format", "xlsx"
    )
    assert tree(tmp_path) == []
