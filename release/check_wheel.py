"""Builds the wheel, installs it in a fresh environment outside the checkout, and runs every command there.

    python -m release.check_wheel [--keep]

Ends with exit code 1 and the output of what failed. Everything happens in a temporary folder. Checks run two at a time;
all of them share one folder of compiled modules. Wheel and offline file are built twice and have to be the same.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import TypeVar

from .building import BuildError, build_wheel, tracked_files
from .facts import ROOT
from .fresh_environment import Failure, Installed, fetch, install, running_app

T = TypeVar("T")
PACKAGED = ("analysis", "batch", "calibration", "cli", "documents", "hebei2025", "model", "scenarios", "views")
"""Folders of the checkout whose files are all part of the wheel, except README files."""
CHILD = """title: Child
extends: as_happened
levers:
  energy_efficiency: 300
"""
DESIGN = """title: Small
extends: plan_or_no_plan
sample: {size: 16}
"""
NOTEBOOK = """import hebei2025 as hb
run = hb.simulate("as_happened")
assert len(hb.shipped_scenarios()) >= 30 and len(run._repr_html_()) < 20_000
run.to_netcdf("result.nc")
import xarray
assert xarray.open_dataset("result.nc")["crude_steel_output"].attrs["units"] == "Mt"
assert len(hb.observations()) > 1000
"""


def build(folder: Path) -> Path:
    """Build the wheel twice, in folders of different depth and with different masks, and require the same bytes."""
    wheels = []
    for place, mask in ((folder, 0o022), (folder / "second" / "build", 0o077)):
        place.mkdir(parents=True, exist_ok=True)
        usual = os.umask(mask)
        try:
            wheels.append(build_wheel(place))
        finally:
            os.umask(usual)
    if wheels[0].read_bytes() != wheels[1].read_bytes():
        raise Failure(f"two builds of the wheel differ: {wheels[0]}, {wheels[1]}")
    return wheels[0]


def check_content(wheel: Path) -> str:
    """Require every file of the packaged folders in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        contained = set(archive.namelist())
    packaged = (f for f in tracked_files() if f.split("/")[0] in PACKAGED and not f.endswith(".md"))
    wanted = {file for file in packaged if (ROOT / file).is_file()}
    if wanted - contained:
        raise Failure(f"not in the wheel: {', '.join(sorted(wanted - contained))}")
    stray = {f.split("/")[0] for f in contained if ".dist-info/" not in f} - set(PACKAGED)
    if stray:
        raise Failure(f"in the wheel, but no part of the product: {', '.join(sorted(stray))}")
    return f"{len(wanted)} files, {wheel.stat().st_size / 1e6:.1f} MB"


def check_lists(place: Installed) -> None:
    """Lists and texts that need no run."""
    for name in ("levers", "variables", "parameters", "targets", "clauses"):
        json.loads(place.hebei2025(name, "--json"))
        place.hebei2025(name)
    json.loads(place.hebei2025("schema"))
    place.hebei2025("check", "--model")


def check_runs(place: Installed) -> None:
    """Scenarios: checked, refused, run in every format, and scored."""
    (place.home / "child.yaml").write_text(CHILD, encoding="utf-8")
    (place.home / "faulty.yaml").write_text(CHILD.replace("as_happened", "as_hapened"), encoding="utf-8")
    place.hebei2025("check", "child.yaml")
    refusal = place.hebei2025("check", "faulty.yaml", expect=2)
    if "faulty.yaml:2:" not in refusal:
        raise Failure(f"the refusal does not name the line: {refusal}")
    for form, ending in (("csv", "csv"), ("parquet", "parquet"), ("netcdf", "nc"), ("xlsx", "xlsx")):
        place.hebei2025("run", "child.yaml", "--out", form, "--format", form, "--quiet")
        if not (place.home / form / "child" / f"timeseries.{ending}").is_file():
            raise Failure(f"run --format {form} wrote no timeseries.{ending}")
    place.hebei2025("export", "child.yaml", "--format", "xmile", "--out", "child.xmile")
    if not (place.home / "child.xmile").is_file():
        raise Failure("export wrote no file for other programs")
    place.hebei2025("export", "child.yaml", "--format", "wasm", "--out", "exported")
    if not (place.home / "exported" / "host.js").is_file():
        raise Failure("export wrote no host.js")
    place.hebei2025("targets", "--scenario", "child.yaml")
    place.hebei2025("validate", "--json")


def check_offline(place: Installed) -> None:
    """The offline file, twice, under different settings of the machine: the same bytes."""
    (place.home / "added.yaml").write_text(CHILD, encoding="utf-8")
    elsewhere = place.elsewhere(TZ="Asia/Shanghai", LC_ALL="C", LANG="zh_CN.UTF-8", PYTHONHASHSEED="7")
    for one, name in ((place, "hebei2025.html"), (elsewhere, "again.html")):
        one.hebei2025("offline", "--out", name, "--scenario", place.home / "added.yaml")
    pages = [(one.home / name).read_bytes() for one, name in ((place, "hebei2025.html"), (elsewhere, "again.html"))]
    if b"explore" not in pages[0]:
        raise Failure("offline wrote no page")
    if pages[0] != pages[1]:
        raise Failure("two offline files of the same scenarios differ")


def check_bands(place: Installed) -> None:
    """A scenario with bands."""
    (place.home / "banded.yaml").write_text(CHILD, encoding="utf-8")
    place.hebei2025("run", "banded.yaml", "--out", "bands", "--bands", "--quiet")
    for name in ("bands.csv", "bands_differences.csv", "target_probabilities.csv"):
        if not (place.home / "bands" / "banded" / name).is_file():
            raise Failure(f"run --bands wrote no {name}")


def check_experiment(place: Installed) -> None:
    """A small experiment that extends a shipped one, in both formats, resumed, and opened in Python."""
    (place.home / "small.yaml").write_text(DESIGN, encoding="utf-8")
    place.hebei2025("experiment", "small.yaml", "--dry-run")
    place.hebei2025("experiment", "small.yaml", "--out", "experiment", "--quiet")
    place.hebei2025("experiment", "small.yaml", "--out", "experiment", "--resume", "--quiet")
    place.hebei2025("experiment", "small.yaml", "--out", "arrays", "--format", "zarr", "--quiet")
    opened = "import hebei2025 as hb; print(hb.open_experiment('experiment').equals(hb.open_experiment('arrays')))"
    if "True" not in place.run("python", "-c", opened):
        raise Failure("both formats of an experiment do not hold the same")
    json.loads(place.hebei2025("schema", "--design"))


def check_python(place: Installed) -> None:
    """The package from a script, and the program as a module; a foreign module is named."""
    (place.home / "notebook.py").write_text(NOTEBOOK, encoding="utf-8")
    place.run("python", "notebook.py")
    place.run("python", "-m", "hebei2025", "--help")
    foreign = place.home / "foreign"
    foreign.mkdir()
    (foreign / "model.py").write_text("", encoding="utf-8")
    if str(foreign / "model.py") not in place.hebei2025("levers", expect=2, search_path=foreign):
        raise Failure("a foreign model.py is not named")


def check_calibration(place: Installed) -> None:
    """The shortest calibration."""
    place.hebei2025("calibrate", "--quick", "--window", "2020", "--out", "calibrated")
    if not (place.home / "calibrated" / "to_2020" / "summary.json").is_file():
        raise Failure("calibrate --quick wrote no summary")


def check_app(place: Installed) -> None:
    """The app answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running_app(place, port) as log:
        page = fetch(f"http://127.0.0.1:{port}/", log)
        fetch(f"http://127.0.0.1:{port}/_stcore/health", log)
        if "<html" not in page:
            raise Failure(f"the app answered with something else than a page: {page[:200]}")


CHECKS = (
    check_runs,
    check_calibration,
    check_bands,
    check_experiment,
    check_offline,
    check_lists,
    check_python,
    check_app,
)
"""The longest first, so that both processors are busy until the end."""


def check_all(folder: Path) -> None:
    """Build, install and check, and say how long each step took."""
    wheel = timed("built", lambda: build(folder))
    timed("content", lambda: check_content(wheel))
    place = timed("installed", lambda: install(wheel, folder))
    run_checks(place, CHECKS)


def run_checks(place: Installed, checks: Sequence[Callable[[Installed], None]]) -> None:
    """Run checks two at a time; the first failure is raised when the checks already begun have ended."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        begun = [pool.submit(timed, check.__name__.removeprefix("check_"), partial(check, place)) for check in checks]
        try:
            for check in as_completed(begun):
                check.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def timed(name: str, step: Callable[[], T]) -> T:
    """The result of a step, after a line with its name and its seconds."""
    begin = time.monotonic()
    result = step()
    detail = f"  {result}" if isinstance(result, str) else ""
    print(f"wheel: {name} ({time.monotonic() - begin:.0f} s){detail}", flush=True)
    return result


def main() -> int:
    """Check the wheel of this checkout; exit code 1 where something fails."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--keep", action="store_true", help="leave the temporary folder")
    keep = options.parse_args().keep
    folder = Path(tempfile.mkdtemp(prefix="hebei2025-wheel-"))
    try:
        check_all(folder)
    except (Failure, BuildError, subprocess.SubprocessError) as error:
        print(f"wheel: {error}", file=sys.stderr)
        return 1
    finally:
        if keep:
            print(f"wheel: left in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
