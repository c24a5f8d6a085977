"""The bill of materials is valid, complete, and the same for the same packages."""

import json
import os
import subprocess
import sys

import pytest
from cyclonedx.validation.json import JsonStrictValidator

from release.facts import NAME, ROOT, normalised, pins, project, version
from release.materials import SCHEMA, bill_of_materials, fetched_hashes
from release.packages import LicenceError, is_allowed, licence_of
from release.vendored import vendored_files

PRINT = "from release.materials import bill_of_materials; print(bill_of_materials(), end='')"


@pytest.fixture(scope="module")
def text():
    return bill_of_materials()


@pytest.fixture(scope="module")
def bill(text):
    return json.loads(text)


def inside(components):
    """Components with all their parts."""
    for one in components:
        yield one
        yield from inside(one.get("components", ()))


def test_it_follows_the_schema(text):
    assert JsonStrictValidator(SCHEMA).validate_str(text) is None
    broken = text.replace('"bomFormat"', '"formatOfBom"')
    assert JsonStrictValidator(SCHEMA).validate_str(broken) is not None


def test_it_is_of_this_version_and_names_every_pinned_package_with_its_licence(bill):
    product = bill["metadata"]["component"]
    assert (product["name"], product["version"]) == (NAME, version())
    packages = {normalised(c["name"]): c for c in bill["components"] if c["purl"].startswith("pkg:pypi/")}
    assert {name: component["version"] for name, component in packages.items()} == pins()
    assert all(component["licenses"] for component in packages.values())
    scopes = {name: component["scope"] for name, component in packages.items()}
    assert (scopes["numpy"], scopes["streamlit"], scopes["pytest"]) == ("required", "optional", "excluded")


def test_it_says_who_needs_whom(bill):
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    direct = {ref.split("/")[1].split("@")[0] for ref in needs[NAME] if ref.startswith("pkg:pypi/")}
    assert {text.partition(">")[0] for text in project()["dependencies"]} <= direct
    assert "pytest" not in direct
    assert any(ref.startswith("pkg:pypi/numpy@") for ref in needs[f"pkg:pypi/scipy@{pins()['scipy']}"])


def test_it_has_the_vendored_code_with_fingerprints(bill):
    parts = {one["bom-ref"]: one for one in inside(bill["components"])}
    for file in vendored_files():
        assert parts[file.path]["hashes"] == [{"alg": "SHA-256", "content": file.sha256}]
        for part in (file.whole, *file.inside):
            found = next(one for one in parts.values() if one["name"] == part.name)
            assert found["version"] == part.version
            assert found["licenses"] == [{"license": {"id": part.licence}}]


def test_it_is_the_same_in_another_process_and_place(text, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", PRINT], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == text


def test_fingerprints_of_what_was_fetched_are_in_it_and_change_its_number(text, tmp_path):
    report = {
        "install": [
            {"metadata": {"name": "NumPy"}, "download_info": {"archive_info": {"hashes": {"sha256": "ab" * 32}}}},
            {"metadata": {"name": "scipy"}, "download_info": {"dir_info": {}}},
        ]
    }
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    hashes = fetched_hashes(tmp_path / "report.json")
    assert hashes == {"numpy": "ab" * 32}
    bill = json.loads(bill_of_materials(hashes))
    (numpy,) = (one for one in bill["components"] if one["name"] == "numpy")
    assert numpy["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert bill["serialNumber"] != json.loads(text)["serialNumber"]


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"license_expression": "MIT AND PSF-2.0", "license": "BSD"}, "MIT AND PSF-2.0"),
        ({"license": "Apache Software License"}, "Apache-2.0"),
        ({"license": "BSD 3-Clause License\n\nCopyright (c) a person"}, "BSD-3-Clause"),
        ({"license": "UNKNOWN", "classifier": ["License :: OSI Approved :: ISC License (ISCL)"]}, "ISC"),
        ({"license": "MPL-2.0 AND MIT"}, "MPL-2.0 AND MIT"),
    ],
)
def test_licences_are_read_from_what_packages_write(fields, licence):
    assert licence_of("some-package", fields) == licence


@pytest.mark.parametrize(
    "fields", [{}, {"license": "see the file"}, {"classifier": ["License :: OSI Approved :: BSD License"]}]
)
def test_a_licence_that_is_not_clear_has_to_be_read(fields):
    with pytest.raises(LicenceError, match="some-package"):
        licence_of("some-package", fields)


@pytest.mark.parametrize(
    ("licence", "scope", "allowed"),
    [
        ("MIT", "required", True),
        ("GPL-2.0-only", "required", False),
        ("GPL-2.0-only", "excluded", True),
        ("AGPL-3.0-only", "excluded", False),
        ("Apache-2.0 OR GPL-2.0-only", "optional", True),
        ("Apache-2.0 AND GPL-2.0-only", "optional", False),
        ("Apache-2.0 WITH LLVM-exception", "required", True),
    ],
)
def test_licences_are_allowed_by_what_a_package_is_for(licence, scope, allowed):
    assert is_allowed(licence, scope) is allowed
