"""Results still have the columns, names and units that programs which read those of the first edition expect."""

import csv
import json

import pytest

from tests.cli.support import hebei2025

from .stored import FOLDER, GONE_VARIABLES, data, rows

NOT_BY_PROVINCE = {"wages"}
"""Internal variables that are by branch now and were one number for the province."""
KEYS = {"timeseries": "variable", "indicators": "indicator", "targets": "target"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Results of two runs, one of them with single projects."""
    folder = tmp_path_factory.mktemp("results")
    files = [FOLDER / "scenarios" / f"{name}.yaml" for name in ("as_happened", "projects_at_random")]
    done = hebei2025("run", *files, "--out", folder / "out", "--quiet")
    assert done.exit_code == 0, done.output
    return folder / "out"


def path_of(written, name):
    places = (written / "as_happened" / name, written / "projects_at_random" / name, written / name)
    return next(place for place in places if place.is_file())


@pytest.mark.parametrize("name", data("results/columns.json")["columns"])
def test_columns_are_the_same(written, name):
    with path_of(written, name).open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == data("results/columns.json")["columns"][name]


def test_the_manifest_has_all_keys_that_it_had(written):
    manifest = json.loads((written / "as_happened" / "manifest.json").read_text(encoding="utf-8"))
    assert set(data("results/columns.json")["manifest"]) <= set(manifest)


@pytest.mark.parametrize("name", KEYS)
def test_names_units_and_sectors_are_the_same(written, name):
    key, now = KEYS[name], {}
    with path_of(written, f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            now.setdefault(row[key], {})[row["sector"]] = row["unit"]
    gone, moved = set(), set()
    for row in rows(f"results/{name}.csv"):
        if row[key] not in now:
            gone.add(row[key])
        elif now[row[key]] != dict.fromkeys(row["sectors"].split(), row["unit"]):
            moved.add(row[key])
    assert gone == (GONE_VARIABLES if name == "timeseries" else set())
    assert moved == (NOT_BY_PROVINCE if name == "timeseries" else set())
