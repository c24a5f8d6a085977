"""What describes the package agrees with itself: extras, pins, settings of the app, version, citation."""

import re
import tomllib
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from model.extras import EXTRAS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULE_OF = {"netcdf4": "netCDF4", "python-docx": "docx", "salib": "SALib", "dask": "distributed"}
APART = {"cluster"}
"""Extras that [all] leaves out: only those with a cluster need them."""
REQUIREMENT = re.compile(r"([A-Za-z0-9_.-]+)(\[[a-z,]+\])?(.*)")


def requirements(lists):
    """Name and version bound of each direct dependency in some lists, without the package's own extras."""
    requirements = [REQUIREMENT.fullmatch(text).groups() for texts in lists for text in texts]
    return [(name.lower(), bound) for name, _, bound in requirements if name != PROJECT["name"]]


EVERY = requirements([PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()])
PINS = dict(line.lower().split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("extra", EXTRAS)
def test_extras_install_what_their_commands_need(extra):
    names = [name for name, _ in requirements([PROJECT["optional-dependencies"][extra]])]
    assert sorted(MODULE_OF.get(name, name) for name in names) == sorted(EXTRAS[extra])


def test_all_is_every_extra_that_the_product_uses():
    used = ",".join(extra for extra in EXTRAS if extra not in APART)
    assert PROJECT["optional-dependencies"]["all"] == [f"hebei2025[{used}]"]


@pytest.mark.parametrize(("name", "bound"), EVERY)
def test_direct_dependencies_have_a_lower_bound_and_a_pin_above_it(name, bound):
    lowest = re.match(r">=([0-9.]+)", bound)
    assert lowest, f"{name} has no lower bound"
    assert numbers(PINS[name]) >= numbers(lowest.group(1))


def numbers(version):
    """The first numbers of a version, to compare it by."""
    return [int(part) for part in re.findall(r"\d+", version)][:3]


def test_constraints_hold_pins_only():
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9A-Za-z.+]+", line), line


def test_a_checkout_and_a_wheel_start_the_app_with_the_same_settings():
    packaged = ROOT / "views" / "shell" / ".streamlit" / "config.toml"
    assert packaged.read_bytes() == (ROOT / ".streamlit" / "config.toml").read_bytes()


def test_streamlit_finds_the_settings_beside_the_packaged_entry(tmp_path, monkeypatch):
    from streamlit import config

    from cli.app_server import ENTRY

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    expected = tomllib.loads((ENTRY.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    settings = {}
    try:
        for place in (None, str(ENTRY)):
            monkeypatch.setattr(config, "_main_script_path", place)
            config.get_config_options(force_reparse=True)
            settings[place] = {
                s: {n: config.get_option(f"{s}.{n}") for n in options} for s, options in expected.items()
            }
    finally:
        monkeypatch.undo()
        config.get_config_options(force_reparse=True)
    assert settings[None]["theme"] != expected["theme"]
    assert settings[str(ENTRY)] == expected


def test_the_citation_is_of_this_version_and_names_what_the_format_requires():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == PROJECT["version"]
    assert citation["authors"] == [{"name": "hebei2025 contributors"}]
    assert citation["message"] and citation["title"] and citation["type"] == "software"
    assert isinstance(citation["date-released"], date)


def test_the_changelog_has_a_section_for_what_is_coming_and_for_each_release():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[[0-9.]+\]( - \d{4}-\d{2}-\d{2})?", head) for head in heads[1:])
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_last_release_in_the_changelog_is_this_version_on_the_day_of_the_citation():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[1] == f"[{PROJECT['version']}] - {citation['date-released']}"


def test_pages_that_name_a_version_name_this_one():
    pages = [ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").rglob("*.md")]
    named = {v for p in pages for v in re.findall(r"\bhebei2025[- ](\d+\.\d+\.\d+)\b", p.read_text(encoding="utf-8"))}
    assert named == {PROJECT["version"]}


def test_the_installed_package_is_of_this_version():
    """Where an environment was made from an older checkout, `make venv` renews it."""
    assert metadata.version(PROJECT["name"]) == PROJECT["version"]


def test_each_package_ships_its_types():
    for folder in ("analysis", "batch", "calibration", "cli", "documents", "hebei2025", "model", "views"):
        assert (ROOT / folder / "py.typed").is_file(), folder
