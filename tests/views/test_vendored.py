"""Vendored code is the one that is described: version, fingerprint, licence."""

import json
import re

import pytest

from release.facts import ROOT
from release.vendored import vendored_files

FILES = {file.whole.name: file for file in vendored_files()}
GRANTS = {
    "Apache-2.0": "Apache License\n                           Version 2.0",
    "BSD-3-Clause": "BSD 3-Clause License",
    "MIT": "Permission is hereby granted, free of charge",
}
WITHOUT_NOTICE = {"0BSD"}
"""Licences that ask for no text beside a copy."""


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_dagre_is_the_version_that_is_described():
    dagre = FILES["@dagrejs/dagre"]
    described = text_of("views/diagram/vendor/README.md")
    assert re.search(r"SHA-256: `(\w+)`", described)[1] == dagre.sha256
    versions = re.search(r"dagre ([\d.]+) .*graphlib ([\d.]+) ", described)
    assert versions.groups() == (dagre.whole.version, *(part.version for part in dagre.inside))
    assert f'"{dagre.whole.version}"' in text_of(dagre.path)


def test_echarts_is_the_version_that_its_build_asks_for():
    echarts = FILES["echarts"]
    build = json.loads(text_of("views/component/vendor/package.json"))
    assert build["devDependencies"]["echarts"] == echarts.whole.version
    assert f"Apache ECharts {echarts.whole.version} and ZRender" in text_of(echarts.path).splitlines()[0]


@pytest.mark.parametrize("name", FILES)
def test_the_licences_of_all_parts_are_beside_it(name):
    file = FILES[name]
    texts = "\n".join(map(text_of, file.texts))
    for part in (file.whole, *file.inside):
        assert part.licence in WITHOUT_NOTICE or GRANTS[part.licence] in texts, part.name
