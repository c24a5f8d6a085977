"""A folder of results: which of its files belong to which run, and how those of a new run take their place.

Results of other scenarios stay, marked by their manifests as another run's. What would look like a part of the new run
goes: older files of its scenarios, and tables of an earlier run about several scenarios. Files that no run has written
are never touched.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from .manifest import MANIFEST
from .staging import Mover, OutputError, Staged

SERIES, INDICATORS, TARGETS, COMPARISON = "timeseries", "indicators", "targets", "comparison"
PROJECTS, REPLICATIONS = "projects", "replications"
BANDS, DIFFERENCES, TARGET_PROBABILITIES = "bands", "bands_differences", "target_probabilities"
FURTHER = (PROJECTS, REPLICATIONS, BANDS, DIFFERENCES, TARGET_PROBABILITIES)
"""Tables that only some runs have."""
BEST = "best"
_SUFFIXES = (".csv", ".parquet", ".nc", ".xlsx")
COMPARISON_COLUMNS = ("reference", "difference")
"""Columns that a comparison has beside those of the indicators."""
_SHARED = {
    f"{COMPARISON}.csv": (frozenset(COMPARISON_COLUMNS), "comparison"),
    f"{BEST}.csv": (frozenset({"probability_best", "expected_regret"}), "ranking of scenarios"),
}
"""Files about several scenarios, beside their folders: columns by which one of an earlier run is known, and its name in
messages."""
FILES, RUN = "files", "run"
"""Keys of the manifest: files written with it, and the run that wrote them."""


def run_record(names: Sequence[str]) -> dict[str, object]:
    """What the manifests of one run have in common: an id, the time of writing, and the scenarios that ran together."""
    return {"id": uuid.uuid4().hex, "written": datetime.now(UTC).isoformat(timespec="seconds"), "scenarios": [*names]}


def write_manifest(place: Path, manifest: dict[str, object]) -> None:
    """Write the manifest of the files that lie in `place`, and list them in it."""
    files = sorted(file.name for file in place.iterdir())
    text = json.dumps(manifest | {FILES: files}, ensure_ascii=False, indent=2)
    (place / MANIFEST).write_text(text + "\n", encoding="utf-8")


def require_writable(folder: Path, names: Sequence[str]) -> None:
    """Raise an `OutputError` unless results of scenarios `names` can be put into `folder`; asking leaves no trace."""
    with Staged(folder, move=None):
        for name in names:
            place = folder / name
            if place.exists() and not place.is_dir():
                raise OutputError(f"{place} is a file where a folder of results would go; choose another --out")
            if place.is_dir() and any(place.iterdir()) and not (place / MANIFEST).is_file():
                raise OutputError(f"{place} holds other files than results of a run; choose another --out")
            if place.is_symlink() and not place.exists():
                raise OutputError(f"{place} is a link that leads nowhere; choose another --out")
        for file, (_, kind) in _SHARED.items():
            if len(names) > 1 and (folder / file).exists() and not _written_by_run(folder / file):
                raise OutputError(f"{folder / file} is no {kind} that a run has written; choose another --out")


def earlier_results(folder: Path, names: Sequence[str]) -> list[str]:
    """Scenarios whose results of earlier runs lie in `folder` beside those of `names`."""
    return sorted(p.parent.name for p in folder.glob(f"*/{MANIFEST}") if p.parent.name not in names)


def replace_results(folder: Path, names: Sequence[str], stage: Path, mover: Mover) -> None:
    """Put the results in `stage` into `folder`; older results of the same scenarios and of several give way."""
    for name in names:
        goal = folder / name
        mover.make_folder(goal)
        new = {file.name for file in (stage / name).iterdir()}
        written = _written(goal)
        foreign = sorted(file for file in new if (goal / file).exists() and file not in {*written, MANIFEST})
        if foreign:
            raise OutputError(f"{goal / foreign[0]} was not written by a run; move it away or choose another --out")
        for old in written - new:
            mover.remove(goal / old)
        # The manifest comes last: its presence marks complete results.
        for file in sorted(new, key=lambda each: each == MANIFEST):
            mover.put(stage / name / file, goal / file)
    for file in _SHARED:
        if (stage / file).exists():
            mover.put(stage / file, folder / file)
        elif (folder / file).is_file() and _written_by_run(folder / file):
            mover.remove(folder / file)


def _written(place: Path) -> set[str]:
    """Names of the files in `place` that a run has written: those listed in its manifest, where it lists them."""
    present = {file.name for file in place.iterdir()}
    try:
        listed = json.loads((place / MANIFEST).read_text(encoding="utf-8")).get(FILES)
    except (OSError, ValueError, AttributeError):
        listed = None
    usual = {f"{stem}{suffix}" for stem in (SERIES, INDICATORS, TARGETS, *FURTHER) for suffix in _SUFFIXES}
    return present & (usual if listed is None else _plain_names(listed))


def _plain_names(listed: Iterable[object]) -> set[str]:
    """Names that lie in the folder itself; a manifest changed by hand must not lead elsewhere."""
    return {name for name in listed if isinstance(name, str) and name == Path(name).name}


def _written_by_run(file: Path) -> bool:
    """Whether a file about several scenarios has the heading that a run writes."""
    try:
        with file.open(encoding="utf-8") as lines:
            heading = lines.readline().rstrip("\r\n").split(",")
    except (OSError, UnicodeDecodeError):
        return False
    return heading[:1] == ["scenario"] and _SHARED[file.name][0] <= set(heading)
