"""What `make release` writes, and that nothing of it tells of the machine that built it."""

import hashlib
import io
import json
import sys
import tarfile
import zipfile

import pytest

from release import __main__ as command
from release.facts import NAME, ROOT, version
from release.fresh_environment import REPORT, Failure
from release.machine_paths import machine_paths


class Place:
    """An environment in which the wheel is said to be installed."""

    def __init__(self, folder, page):
        self.home, self.page = folder, page

    def hebei2025(self, *arguments):
        (self.home / arguments[arguments.index("--out") + 1]).write_text(self.page, encoding="utf-8")


@pytest.fixture
def installing(monkeypatch):
    """Let wheels be installed without a network, and the offline file be a short text."""

    def with_page(page):
        def install(wheel, folder):
            (folder / REPORT).write_text(json.dumps({"install": []}), encoding="utf-8")
            return Place(folder, page)

        monkeypatch.setattr(command, "install", install)

    return with_page


def test_the_files_of_a_release_and_their_sums(installing, tmp_path):
    installing("<!doctype html>")
    written = command.make_release(tmp_path / "dist")
    stem = f"{NAME}-{version()}"
    files = [f"{stem}-py3-none-any.whl", f"{stem}.tar.gz", f"{stem}-offline.html", f"{stem}.cdx.json"]
    assert [file.name for file in written] == [*files, "SHA256SUMS"]
    sums = dict(reversed(line.split("  ")) for line in written[-1].read_text(encoding="utf-8").splitlines())
    assert sums == {name: hashlib.sha256((tmp_path / "dist" / name).read_bytes()).hexdigest() for name in files}


def test_a_file_with_a_path_of_this_machine_is_no_release(installing, tmp_path, monkeypatch):
    installing(f"<!-- {ROOT}/views/offline/page.html -->")
    for name in ("build_wheel", "build_source_archive"):
        monkeypatch.setattr(command, name, lambda out: (out / "empty").touch() or out / "empty")
    with pytest.raises(Failure, match=r"offline\.html: "):
        command.make_release(tmp_path / "dist")


def test_packages_that_are_wrong_are_no_release(installing, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "CHECKS", {"first": lambda: ["a 1.0 has no pin"]})
    with pytest.raises(Failure, match="a 1.0 has no pin"):
        command.make_release(tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_paths_are_found_inside_archives(tmp_path):
    content = f"made in {ROOT}/model and {sys.prefix}/lib".encode()
    (tmp_path / "plain.html").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr("clean.py", "x = '/work'")
        archive.writestr("member.py", content)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        entry = tarfile.TarInfo("member.py")
        entry.size = len(content)
        packed.addfile(entry, io.BytesIO(content))
    for name, member in (("plain.html", "plain.html"), ("a.whl", "member.py"), ("a.tar.gz", "member.py")):
        assert machine_paths(tmp_path / name) == sorted([f"{ROOT} in {member}", f"{sys.prefix} in {member}"])
    (tmp_path / "clean.html").write_text("nothing of a machine", encoding="utf-8")
    assert machine_paths(tmp_path / "clean.html") == []
