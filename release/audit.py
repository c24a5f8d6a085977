"""What can be wrong with the packages that the product is installed with, and with the code of others inside it.

    python -m release.audit [--advisories]

Everything but the advisories is checked without a network. Exit code 1 where something is wrong, 2 where the
advisories were asked for and could not be read.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .building import tracked_files
from .facts import CONSTRAINTS, ROOT, pins
from .packages import is_allowed, packages
from .vendored import vendored_files

INSTALLING = ("constraints.txt", "pyproject.toml", "Dockerfile", "Makefile", ".ci/run")
"""Files that say where packages are installed from."""
ADDRESS = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|\bgit\+|@ *(https?|file):")
"""What would take a package from another place than the index that the machine is set up with."""
BESIDE = re.compile(r"/vendor/(LICENSE|NOTICE|README|package\.json|entry\.js)")
"""Files in a folder of vendored code that are not code of others."""
LIMIT = 600
"""Seconds that the advisories may take."""
FAULTY, NOT_READ = 1, 2
"""Exit codes."""


class NotReadError(Exception):
    """The advisories could not be read; the message says why."""


def conflicts() -> list[str]:
    """Installed packages that lack what they need, or have it in a version that they cannot use."""
    command = [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip().splitlines() if done.returncode else []


def wrong_pins() -> list[str]:
    """Packages without a pin, pins without a package, and packages in another version than their pin."""
    found, pinned = packages(), pins()
    wrong = [f"{name} {found[name].version} has no pin" for name in sorted(set(found) - set(pinned))]
    wrong += [f"{name} is pinned and nothing needs it" for name in sorted(set(pinned) - set(found))]
    return wrong + [
        f"{name} is installed in {found[name].version} and pinned to {pinned[name]}"
        for name in sorted(set(found) & set(pinned))
        if found[name].version != pinned[name]
    ]


def other_places() -> list[str]:
    """Lines that take packages from somewhere else than the index of the machine."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name in INSTALLING
        if (ROOT / name).is_file()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(line)
    ]


def refused_licences() -> list[str]:
    """Packages and vendored code under a licence that is not on the list."""
    parts = [part for file in vendored_files() for part in (file.whole, *file.inside)]
    used = [(one.name, one.licence, one.scope) for one in packages().values()]
    used += [(part.name, part.licence, "required") for part in parts]
    return [f"{name}: {licence} is not allowed" for name, licence, scope in used if not is_allowed(licence, scope)]


def undescribed_code() -> list[str]:
    """Vendored files that vendored.yaml leaves out, and files that it names and that are not there."""
    described = vendored_files()
    there = {name for name in tracked_files() if "/vendor/" in name and not BESIDE.search(name)}
    named = {file.path for file in described}
    missing = [text for file in described for text in (file.path, *file.texts) if not (ROOT / text).is_file()]
    return [f"{name} is not in vendored.yaml" for name in sorted(there - named)] + [
        f"no file {name}" for name in missing
    ]


CHECKS: dict[str, Callable[[], list[str]]] = {
    "packages fit together": conflicts,
    "every package has its pin": wrong_pins,
    "packages come from one index": other_places,
    "licences are allowed": refused_licences,
    "vendored code is described": undescribed_code,
}
"""What is checked without a network, in words."""


def advisories() -> list[str]:
    """Known vulnerabilities of the pinned packages, by pip-audit, which asks a service on the network.

    Raises NotReadError where pip-audit is not installed or the service cannot be reached.
    """
    if importlib.util.find_spec("pip_audit") is None:
        raise NotReadError("pip-audit is not installed (`pip install pip-audit`)")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip"]
        command += ["--progress-spinner", "off", "--format", "json", "--output", str(report)]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired as error:
            raise NotReadError(f"pip-audit took more than {LIMIT} s") from error
        if not report.is_file():
            raise NotReadError(f"pip-audit: {(done.stderr.strip().splitlines() or ['no report'])[-1]}")
        read = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
    skipped = [f"{one['name']}: {one['skip_reason']}" for one in read if "skip_reason" in one]
    if skipped:
        raise NotReadError("; ".join(skipped))
    return [
        f"{one['name']} {one['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'no version'}"
        for one in read
        for known in one["vulns"]
    ]


def main(arguments: list[str] | None = None) -> int:
    """Check, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m release.audit", description="Check packages and vendored code.")
    parser.add_argument("--advisories", action="store_true", help="also known vulnerabilities, over the network")
    asked = parser.parse_args(arguments).advisories
    faulty = [_told(name, check()) for name, check in CHECKS.items()]
    if asked:
        try:
            faulty.append(_told("no known vulnerabilities", advisories()))
        except NotReadError as error:
            print(f"NOT CHECKED  known vulnerabilities: {error}")
            return FAULTY if any(faulty) else NOT_READ
    return FAULTY if any(faulty) else 0


def _told(name: str, found: list[str]) -> bool:
    """Print the result of a check; whether something was found."""
    print(f"{'WRONG' if found else 'ok':<11}  {name}")
    for line in found:
        print(f"             {line}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
