"""Entries of a manifest on the environment of a run."""

import platform
import subprocess

from batch.environment import commit_of, environment


def git(folder, *arguments):
    identity = ["-c", "user.name=A", "-c", "user.email=a@b.invalid"]
    done = subprocess.run(["git", "-C", folder, *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_platform_and_version_of_the_layout(tmp_path):
    described = environment(tmp_path)
    assert described["schema_version"] == 1
    assert described["platform"]["system"] == platform.system()
    assert described["platform"]["machine"] == platform.machine()
    assert platform.python_version() in described["platform"]["python"]
    assert "commit" not in described, "no checkout"


def test_the_commit_of_a_checkout_and_whether_it_was_changed(tmp_path):
    git(tmp_path, "init", "-q")
    assert commit_of(tmp_path) is None, "no commit yet"
    (tmp_path / "a.py").write_text("1")
    git(tmp_path, "add", "a.py")
    git(tmp_path, "commit", "-qm", "x")
    commit_of.cache_clear()
    assert commit_of(tmp_path) == {"id": git(tmp_path, "rev-parse", "HEAD"), "changed": False}
    (tmp_path / "a.py").write_text("2")
    commit_of.cache_clear()
    assert commit_of(tmp_path)["changed"] is True
    (tmp_path / "inner").mkdir()
    assert commit_of(tmp_path / "inner") is None, "a folder inside another project's checkout is not this project"
