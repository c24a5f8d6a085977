"""The command offline."""

import base64
import gzip
import json
import re

import pytest

from cli import offline
from model import shipped_scenarios
from release.facts import ROOT
from release.vendored import vendored_files
from views.pages.classroom.lessons import lessons

from .support import BASELINE, EFFICIENT, SHIPPED, hebei2025, refused, tree

CAP = "title: Strict cap\nlevers:\n  output_cap: {2016: 3, 2018: -5}\n"


def section(file, name):
    """A section of the file as data."""
    packed = re.search(rf'<script type="text/plain" id="{name}">(.*?)</script>', file.read_text(encoding="utf-8"))[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_the_file_has_the_shipped_scenarios_and_those_given_and_the_licences_of_others_code(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "strict_cap.yaml").write_text(CAP)
    out = tmp_path / "hebei2025.html"
    # A shipped scenario that is given again, and a file that is given twice, stand in the file once.
    given = ("strict_cap.yaml", EFFICIENT, "strict_cap.yaml")
    done = hebei2025("offline", "--out", out, *(word for name in given for word in ("--scenario", name)))
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{out}: {out.stat().st_size / 1e6:.1f} MB\n" and done.stderr == ""
    assert tree(tmp_path) == ["hebei2025.html", "strict_cap.yaml"]
    assert out.stat().st_size < offline.MOST_BYTES
    for inputs in section(out, "common")["inputs"].values():
        assert set(inputs) == {*shipped_scenarios(), "strict_cap"}
    (_, own), *_ = section(out, "en")["scenarios"]
    assert own == [["strict_cap", "Strict cap"]]
    told = re.search(r'id="licences">(.*?)</script>', out.read_text(encoding="utf-8"), re.DOTALL)[1]
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', out.read_text(encoding="utf-8"))[1]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and not re.search(r"https?:|//|\*|'self'|connect-src", policy)
    (library,) = (file for file in vendored_files() if file.whole.name == "echarts")
    assert all((ROOT / name).read_text(encoding="utf-8").strip() in told for name in library.texts)


def test_wrong_scenarios_are_refused_with_file_and_line_and_nothing_is_written(tmp_path):
    out = tmp_path / "out.html"
    out.write_text("before")
    bad, worse = tmp_path / "bad.yaml", tmp_path / "worse.yaml"
    bad.write_text("title: x\nlevers:\n  no_such_lever: 1\n")
    worse.write_text("title: x\nlevers:\n  output_cap: 999\n")
    told = refused("offline", "--out", out, "--scenario", bad, "--scenario", worse)
    assert f"{bad}:3:" in told and "no_such_lever" in told and f"{worse}:3:" in told
    assert "no_such_file.yaml" in refused("offline", "--out", out, "--scenario", tmp_path / "no_such_file.yaml")
    assert out.read_text() == "before"
    assert tree(tmp_path) == ["bad.yaml", "out.html", "worse.yaml"]


def test_a_name_that_is_taken_is_refused(tmp_path):
    (tmp_path / "one").mkdir()
    for place in (tmp_path / "no_document.yaml", tmp_path / "cap.yaml", tmp_path / "one" / "cap.yaml"):
        place.write_text(CAP)
    out = tmp_path / "out.html"
    told = refused("offline", "--out", out, "--scenario", tmp_path / "no_document.yaml")
    assert "a shipped scenario is named 'no_document'; rename the file" in told
    both = ("--scenario", tmp_path / "cap.yaml", "--scenario", tmp_path / "one" / "cap.yaml")
    assert "two scenarios are named 'cap'" in refused("offline", "--out", out, *both)
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    assert "is a folder; give a file for --out" in refused("offline", "--out", tmp_path)
    assert "cannot be written" in refused("offline", "--out", tmp_path / "no_folder" / "out.html")
    assert refused("offline", "--scenario", BASELINE)
    assert tree(tmp_path) == []


def test_a_file_that_would_be_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(offline, "_page", lambda files, lesson: "x" * (offline.MOST_BYTES + 1))
    told = refused("offline", "--out", tmp_path / "out.html", "--scenario", SHIPPED / "no_document.yaml")
    assert "at most 5 MB are allowed" in told
    assert tree(tmp_path) == []


def test_where_the_page_cannot_be_made_the_program_says_why(tmp_path):
    with pytest.raises(RuntimeError, match="the page could not be made: .*no_such.yaml"):
        offline._page([tmp_path / "no_such.yaml"])


def test_a_lesson_is_chosen_or_refused(tmp_path):
    told = refused("offline", "--out", tmp_path / "out.html", "--lesson", "closur")
    assert "--lesson 'closur' is unknown; did you mean closure?" in told
    assert tree(tmp_path) == []
    done = hebei2025("offline", "--out", tmp_path / "out.html", "--lesson", "shares")
    assert done.exit_code == 0, done.output
    assert 'data-first="shares"' in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_the_lessons_are_those_of_the_app():
    assert offline.lesson_ids() == tuple(lessons())
