"""Builds the wheel and the source archive so that the same files give the same bytes: anywhere, at any time.

The time of all files is the day of the release, their modes do not depend on the umask, and the build tool is the
one that constraints.txt pins, from the environment: nothing is fetched.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from .facts import NAME, ROOT, epoch, version

EXECUTABLE, PLAIN = 0o755, 0o644
USUAL_UMASK = 0o022
"""Of the process that builds, since the build tool gives files that it writes the usual modes."""
LEFT_OUT = (".git", ".venv", "build", "dist")
"""Folders at the top that are no part of the source where git does not say what is."""


class BuildError(Exception):
    """Something could not be built; the message has the output of what failed."""


def tracked_files(root: Path = ROOT) -> list[str]:
    """Files of the source, relative to the checkout: those under version control, and new ones unless ignored.

    Without git, as in an unpacked source archive, all files but those that are built.
    """
    if not (root / ".git").exists():
        found = (file.relative_to(root) for file in root.rglob("*") if file.is_file())
        return sorted(file.as_posix() for file in found if _is_source(file))
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, encoding="utf-8")
    return sorted(name for name in done.stdout.split("\0") if name and (root / name).is_file())


def _is_source(file: Path) -> bool:
    built = ("__pycache__", ".egg-info", "_cache")
    return file.parts[0] not in LEFT_OUT and not any(part.endswith(built) for part in file.parts)


def copy_source(target: Path, root: Path = ROOT) -> None:
    """Copy the source to a folder, apart from untracked files of the checkout, with modes that all copies share."""
    for name in tracked_files(root):
        copied = target / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, copied)
        copied.chmod(_mode(root / name))


def _mode(file: Path) -> int:
    return EXECUTABLE if file.stat().st_mode & 0o100 else PLAIN


def build_wheel(out: Path, root: Path = ROOT) -> Path:
    """Build the wheel of a checkout into a folder."""
    with tempfile.TemporaryDirectory(prefix="hebei2025-build-") as folder:
        source = Path(folder) / "source"
        copy_source(source, root)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
        command += ["--disable-pip-version-check", "--wheel-dir", str(out), str(source)]
        done = subprocess.run(
            command, cwd=folder, env=_environment(), capture_output=True, encoding="utf-8", umask=USUAL_UMASK
        )
    if done.returncode:
        raise BuildError(f"the wheel could not be built\n{done.stdout}\n{done.stderr}")
    return out / f"{NAME}-{version()}-py3-none-any.whl"


def _environment() -> dict[str, str]:
    apart = ("PYTHONPATH", "PYTHONHOME")
    return {k: v for k, v in os.environ.items() if k not in apart} | {"SOURCE_DATE_EPOCH": str(epoch())}


def build_source_archive(out: Path, root: Path = ROOT) -> Path:
    """Pack the source, with tests and documentation, into a folder; pip can install from it."""
    top = f"{NAME}-{version()}"
    target = out / f"{top}.tar.gz"
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=epoch()) as packed,
        tarfile.open(mode="w", fileobj=packed, format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in tracked_files(root):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mode, entry.mtime = (root / name).stat().st_size, _mode(root / name), epoch()
            with (root / name).open("rb") as content:
                archive.addfile(entry, content)
    return target
