"""The commands sensitivity, robust and attribute: what they show and write, and refusals."""

import json

import pandas as pd
import pytest

from analysis.experiments.execution import run_experiment
from cli.listing import figure

from ..analysis.experiments.support import small
from .support import hebei2025, refused, tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A finished experiment from which indices and a choice can be found."""
    place = tmp_path_factory.mktemp("answers")
    return run_experiment(small(place, sample={"method": "saltelli", "size": 32}, chunk=64), place / "runs")


def test_sensitivity_shows_numbers_and_writes_all_of_them(folder, tmp_path):
    arguments = ("sensitivity", folder, "--indicator", "crude_steel_output", "--year", 2018)
    shown = hebei2025(*arguments, "--top", 1, "--out", tmp_path / "all.csv", columns=200)
    assert shown.exit_code == 0, shown.output
    assert "capacity_closure.factor" in shown.output and "smart_manufacturing" not in shown.output
    assert len(pd.read_csv(tmp_path / "all.csv")) == 2
    (row,) = pd.read_csv(tmp_path / "all.csv").head(1).to_dict("records")
    assert f"{row['total']:.3g} ± {row['total_confidence']:.2g}" in shown.output and "source" in shown.output
    narrow = hebei2025(*arguments, columns=100).output
    assert "source" not in narrow and "capacity_closure.factor" in narrow and "wider window" in narrow
    difference = ("--difference", "document_implemented", "no_document")
    record = json.loads(hebei2025(*arguments, *difference, "--json").stdout)
    assert record["what"] == "document_implemented - no_document" and len(record["numbers"]) == 2


@pytest.mark.parametrize(
    "value, shown", [(0.12345, "0.123"), (-46_500.4, "-46,500"), (999.4, "999"), (1e-5, "1e-05"), (0.0, "0")]
)
def test_large_numbers_are_written_out(value, shown):
    assert figure(value) == shown


def test_robust_takes_policies_after_one_option_and_writes_everything(folder, tmp_path):
    arguments = ("robust", folder, "--policies", "document_implemented", "no_document", "--indicator")
    arguments += ("crude_steel_output", "--year", 2018, "--better", "lower")
    shown = hebei2025(*arguments, "--out", tmp_path / "out")
    assert shown.exit_code == 0, shown.output
    assert "document_implemented is better than no_document in" in shown.output.replace("\n", " ")
    assert "优于" in shown.output
    assert tree(tmp_path / "out") == ["information.csv", "policies.csv", "robust.json", "robust.md", "targets.csv"]
    record = json.loads(hebei2025(*arguments, "--json").stdout)
    assert [row["policy"] for row in record["policies"]] == ["document_implemented", "no_document"]
    assert record["orders"][0]["text"]["zh"] and record["orders"][0]["text"]["en"]


def test_attribute_shows_parts_that_add_up(tmp_path):
    arguments = ("attribute", "--indicator", "crude_steel_output", "--year", 2018, "--draws", 2)
    shown = hebei2025(*arguments, "--out", tmp_path / "parts.csv", columns=160)
    assert shown.exit_code == 0 and "momentum" in shown.output and "interaction" in shown.output
    parts = pd.read_csv(tmp_path / "parts.csv").set_index("part")["share"]
    assert parts.drop(["whole", "interaction"]).sum() == pytest.approx(parts["whole"])
    record = json.loads(hebei2025(*arguments, "--json").stdout)
    assert record["first"] == 2015 and record["parts"][-1]["part"] == "whole" and record["parts"][-2]["share"] is None


REFUSED = {
    "no such indicator": ("sensitivity", "FOLDER", "--indicator", "nothing", "--year", 2018),
    "no such policy": ("sensitivity", "FOLDER", "--indicator", "smart_adoption", "--year", 2018, "--policy", "me"),
    "a size for a folder": ("sensitivity", "FOLDER", "--indicator", "smart_adoption", "--year", 2018, "--size", 9),
    "a sample without indices": ("sensitivity", "plan_or_no_plan", "--indicator", "smart_adoption", "--year", 2018)
    + ("--size", 16),
    "no such design": ("robust", "nothing.yaml", "--indicator", "talent", "--year", 2018, "--better", "lower"),
    "an empty folder": ("robust", "EMPTY", "--indicator", "talent", "--year", 2018, "--better", "lower"),
    "no direction": ("robust", "FOLDER", "--indicator", "smart_adoption", "--year", 2018, "--better", "up"),
    "one policy": ("robust", "FOLDER", "--policies", "no_document", "--indicator", "smart_adoption", "--year", 2018)
    + ("--better", "higher"),
    "a year before the first": ("attribute", "--indicator", "smart_adoption", "--year", 2014),
    "one draw": ("attribute", "--indicator", "smart_adoption", "--year", 2018, "--draws", 1),
    "a place that is none": ("attribute", "--indicator", "smart_adoption", "--year", 2018, "--draws", 2)
    + ("--out", "EMPTY"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_with_what_is_allowed(folder, tmp_path, case):
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {"FOLDER": folder, "EMPTY": empty}
    message = refused(*(places.get(part, part) for part in REFUSED[case]))
    assert message.strip()
    assert tree(tmp_path) == ["empty"]
