"""Builds everything that a release consists of: `python -m release [--out FOLDER]`, by default in dist/.

The wheel, the source archive, the offline file, the bill of materials, and their SHA-256 sums. The same source gives
the same bytes. The wheel is installed in a fresh environment, which writes the offline file; pip fetches the packages.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .audit import CHECKS
from .building import BuildError, build_source_archive, build_wheel
from .facts import DIST, NAME, version
from .fresh_environment import REPORT, Failure, install
from .machine_paths import machine_paths
from .materials import bill_of_materials, fetched_hashes

SUMS = "SHA256SUMS"


def make_release(out: Path) -> list[Path]:
    """Write all files of the release into a folder. Raises Failure where something is wrong with them."""
    wrong = [line for check in CHECKS.values() for line in check()]
    if wrong:
        raise Failure("\n".join(wrong))
    out.mkdir(parents=True, exist_ok=True)
    wheel = build_wheel(out)
    with tempfile.TemporaryDirectory(prefix="hebei2025-release-") as name:
        folder = Path(name)
        place = install(wheel, folder)
        place.hebei2025("offline", "--out", "offline.html")
        offline = Path(shutil.copyfile(place.home / "offline.html", out / f"{NAME}-{version()}-offline.html"))
        hashes = fetched_hashes(folder / REPORT)
    bill = out / f"{NAME}-{version()}.cdx.json"
    bill.write_text(bill_of_materials(hashes), encoding="utf-8", newline="\n")
    files = [wheel, build_source_archive(out), offline, bill]
    named = [f"{file.name}: {path}" for file in files for path in machine_paths(file)]
    if named:
        raise Failure("paths of this machine are in what was built\n" + "\n".join(named))
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files)]
    (out / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return [*files, out / SUMS]


def main() -> int:
    """Make the release; exit code 1 with what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m release", description="Build the files of a release.")
    parser.add_argument("--out", type=Path, default=DIST, help="folder to write to (default: dist)")
    out = parser.parse_args().out
    try:
        for file in make_release(out):
            print(f"{file.stat().st_size / 1e6:6.2f} MB  {file}")
    except (BuildError, Failure, subprocess.SubprocessError) as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
