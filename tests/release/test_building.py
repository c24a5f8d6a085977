"""The wheel and the source archive are the same bytes wherever, whenever and by whomever they are built."""

import hashlib
import os
import subprocess
import sys
import tarfile
import time
import zipfile

import pytest

from release import building
from release.building import build_wheel, copy_source, tracked_files
from release.facts import NAME, ROOT, epoch, version

BUILD = """
import os, sys
from pathlib import Path
from release.building import build_source_archive, build_wheel
os.umask(int(sys.argv[2], 8))
for build in (build_wheel, build_source_archive):
    build(Path(sys.argv[1]))
"""
ELSEWHERE = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}


def built(folder, source, mask="022", **variables):
    """Build in a process of its own from a copy of the source."""
    folder.mkdir(parents=True)
    environment = {**os.environ, **variables, "PYTHONPATH": str(source)}
    subprocess.run([sys.executable, "-c", BUILD, folder, mask], cwd=source, env=environment, check=True)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """The files of a release, built here and from a copy that is newer and lies elsewhere, by someone else."""
    folder = tmp_path_factory.mktemp("builds")
    copy = folder / "a copy" / "of the source"
    copy_source(copy)
    later = time.time() + 90_000
    for file in copy.rglob("*"):
        os.utime(file, (later, later))
    return folder / "here", [built(folder / "here", ROOT), built(folder / "deeper" / "there", copy, "077", **ELSEWHERE)]


def test_two_builds_are_the_same(builds):
    _, (here, there) = builds
    assert here == there
    assert set(here) == {f"{NAME}-{version()}-py3-none-any.whl", f"{NAME}-{version()}.tar.gz"}


def test_files_in_the_wheel_are_of_the_day_of_the_release(builds):
    day = time.gmtime(epoch())[:3]
    with zipfile.ZipFile(next(builds[0].glob("*.whl"))) as archive:
        entries = archive.infolist()
    assert {entry.date_time[:3] for entry in entries} == {day}
    assert {entry.external_attr >> 16 & 0o777 for entry in entries} <= {0o644, 0o664, 0o755}


def test_the_source_archive_has_every_file_and_nothing_of_who_packed_it(builds):
    with tarfile.open(next(builds[0].glob("*.tar.gz"))) as archive:
        entries = archive.getmembers()
    assert [entry.name for entry in entries] == [f"{NAME}-{version()}/{name}" for name in tracked_files()]
    owners = {(entry.uid, entry.gid, entry.uname, entry.gname, entry.mtime) for entry in entries}
    assert owners == {(0, 0, "", "", epoch())}


def test_without_git_everything_but_what_was_built_is_source(tmp_path):
    copy_source(tmp_path / "copy")
    for name in (
        "build/lib/a.py",
        "dist/a.whl",
        "hebei2025.egg-info/PKG-INFO",
        "model/__pycache__/a.pyc",
        ".ruff_cache/a",
    ):
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copy" / name).write_text("built")
    assert tracked_files(tmp_path / "copy") == tracked_files()


def test_a_wheel_that_cannot_be_built_is_an_error_with_the_reason(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[build-system]\nrequires = []\nbuild-backend = 'no_such_backend'\n")
    with pytest.raises(building.BuildError, match="no_such_backend"):
        build_wheel(tmp_path / "out", tmp_path)
