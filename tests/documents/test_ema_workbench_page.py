"""The connector of docs/ema_workbench.md runs as it stands, and gives what single runs give."""

import re
from pathlib import Path

import pytest

import hebei2025 as hb

PAGE = Path(__file__).parents[2] / "docs" / "ema_workbench.md"
NAMES = ("capacity_closure.factor", "smart_manufacturing", "national_steel_demand.multiply")


@pytest.fixture(scope="module")
def page():
    """The names that the example leaves behind."""
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(block.splitlines()) <= 60
    names = {}
    exec(compile(block, str(PAGE), "exec"), names)
    return names


def test_all_experiments_are_run_in_one_batch(page):
    assert len(page["experiments"]) == 100
    assert all(len(values) == 100 for values in page["outcomes"].values())


@pytest.mark.parametrize("row", [0, 37])
def test_an_experiment_of_the_workbench_is_the_single_run(page, row, tmp_path):
    point = {name: float(page["experiments"][name].iloc[row]) for name in NAMES}
    closure, smart, demand = point.values()
    (tmp_path / "one.yaml").write_text(
        "title: One\nextends: document_implemented\nlevers:\n"
        f"  capacity_closure: {{scale: {closure!r}, clip: true}}\n  smart_manufacturing: {smart!r}\n"
        f"drivers:\n  national_steel_demand: {{multiply: {demand!r}, from: 2016}}\n",
        encoding="utf-8",
    )
    run = hb.simulate(tmp_path / "one.yaml")
    for name, values in page["outcomes"].items():
        known = run[name].sel(year=2025)
        whole = known.sel(sector_and_all="all") if "sector_and_all" in known.dims else known
        assert values[row] == pytest.approx(float(whole), rel=1e-9)
