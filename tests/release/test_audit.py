"""Packages fit together, have pins and allowed licences; what is wrong is found, what cannot be read is said."""

import json
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from release import audit
from release.facts import ROOT
from release.packages import Package
from release.vendored import Part, Vendored, vendored_files


@pytest.mark.parametrize("name", audit.CHECKS)
def test_nothing_is_wrong(name):
    assert audit.CHECKS[name]() == []


def package(name, version="1.0", licence="MIT", scope="required"):
    return Package(name, version, licence, scope, "", ())


def test_missing_needless_and_different_pins_are_found(monkeypatch):
    monkeypatch.setattr(audit, "packages", lambda: {"a": package("a"), "b": package("b", "2.0")})
    monkeypatch.setattr(audit, "pins", lambda: {"b": "1.0", "c": "1.0"})
    assert audit.wrong_pins() == [
        "a 1.0 has no pin",
        "c is pinned and nothing needs it",
        "b is installed in 2.0 and pinned to 1.0",
    ]


def test_refused_licences_are_found_in_packages_and_in_vendored_code(monkeypatch):
    monkeypatch.setattr(audit, "packages", lambda: {"a": package("a", licence="AGPL-3.0-only")})
    vendored = Vendored("a/vendor/b.js", Part("b", "1", "MIT"), (Part("c", "1", "GPL-2.0-only"),), ())
    monkeypatch.setattr(audit, "vendored_files", lambda: [vendored])
    assert audit.refused_licences() == ["a: AGPL-3.0-only is not allowed", "c: GPL-2.0-only is not allowed"]


def test_vendored_code_that_nobody_described_is_found(monkeypatch):
    known = vendored_files()
    monkeypatch.setattr(audit, "tracked_files", lambda: [*(file.path for file in known), "views/vendor/other.js"])
    assert audit.undescribed_code() == ["views/vendor/other.js is not in vendored.yaml"]
    gone = Vendored("views/vendor/gone.js", Part("gone", "1", "MIT"), (), ("views/vendor/LICENSE",))
    monkeypatch.setattr(audit, "vendored_files", lambda: [*known, gone])
    assert "no file views/vendor/gone.js" in audit.undescribed_code()
    assert "no file views/vendor/LICENSE" in audit.undescribed_code()


def test_packages_from_another_place_are_found(tmp_path, monkeypatch):
    (tmp_path / "Makefile").write_text("install:\n\tpip install --extra-index-url $(PLACE) a\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('dependencies = ["a @ https://example.org/a.whl"]\n', encoding="utf-8")
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    assert [line.partition(": ")[0] for line in audit.other_places()] == ["pyproject.toml:1", "Makefile:2"]


def answering(monkeypatch, report, stderr=""):
    """Let pip-audit be there and write a report, or none."""

    def run(command, **options):
        if report is not None:
            with open(command[command.index("--output") + 1], "w", encoding="utf-8") as stream:
                json.dump({"dependencies": report}, stream)
        return SimpleNamespace(returncode=1, stdout="", stderr=stderr)

    monkeypatch.setattr(audit.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(audit.subprocess, "run", run)


def test_known_vulnerabilities_are_named_with_the_version_that_mends_them(monkeypatch):
    found = {"name": "a", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
    answering(monkeypatch, [found, {"name": "b", "version": "1.0", "vulns": []}])
    assert audit.advisories() == ["a 1.0: PYSEC-1, mended in 1.1"]


def test_advisories_that_cannot_be_read_are_an_error_with_the_reason(monkeypatch):
    answering(monkeypatch, None, "ERROR: no connection\n")
    with pytest.raises(audit.NotReadError, match="no connection"):
        audit.advisories()
    answering(monkeypatch, [{"name": "a", "skip_reason": "not found"}])
    with pytest.raises(audit.NotReadError, match="a: not found"):
        audit.advisories()


def test_the_command_says_what_it_checked_and_what_it_could_not(monkeypatch, capsys):
    monkeypatch.setattr(audit, "CHECKS", {"first": list})
    monkeypatch.setattr(audit.importlib.util, "find_spec", lambda name: None)
    assert audit.main([]) == 0
    assert audit.main(["--advisories"]) == audit.NOT_READ
    told = capsys.readouterr().out
    assert "ok           first" in told and "NOT CHECKED  known vulnerabilities: pip-audit is not installed" in told
    monkeypatch.setattr(audit, "CHECKS", {"first": lambda: ["this is wrong"]})
    assert audit.main([]) == audit.FAULTY
    assert "WRONG        first\n             this is wrong\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "code",
    [
        "import yaml\n\nyaml.load('', Loader=yaml.Loader)\n",
        "import pickle\n\npickle.loads(b'')\n",
        "import subprocess\n\nsubprocess.run('ls', shell=True, check=True)\n",
        "eval('1')\n",
        "import tarfile\n\ntarfile.open('a').extractall()\n",
    ],
)
def test_unsafe_code_is_refused_by_the_linter(code):
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", "model/new.py", "-"]
    done = subprocess.run(command, cwd=ROOT, input=code, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and re.search(r"^S\d+ ", done.stdout, re.MULTILINE), done.stdout
