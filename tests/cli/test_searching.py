"""The commands find and frontier."""

import json

import pandas as pd
import pytest

from model.run import simulate
from model.scenario import load_scenario
from model.targets import scoreboard
from tests.cli.support import hebei2025, refused, tree

SMALL = ("--levers", "quality_and_brand,technical_renovation_investment")
QUESTION = ("find", "--target", "brand_products_2020>=850", *SMALL)


def test_find_writes_scenarios_that_run_and_give_the_scoreboard(tmp_path):
    result = hebei2025(*QUESTION, "--alternatives", "1", "--out", tmp_path / "new", "--json")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert tree(tmp_path / "new") == ["alternative_1.yaml", "found.yaml"]
    assert hebei2025("check", tmp_path / "new" / "found.yaml").exit_code == 0
    score = {each.target.id: each.reached for each in scoreboard(simulate(load_scenario(tmp_path / "new/found.yaml")))}
    assert record["keeps_hard_targets"]
    assert [row["reached"] for row in record["scoreboard"]] == [score["brand_products_2020"]]


def test_find_shows_what_it_found_and_writes_one_file(tmp_path):
    result = hebei2025(*QUESTION, "--alternatives", "0", "--out", tmp_path / "mix.yaml", columns=120)
    assert result.exit_code == 0, result.output
    assert "brand_products_2020" in result.stdout
    assert "Public cost 2016-2025" in result.stdout
    assert tree(tmp_path) == ["mix.yaml"]


def test_frontier_writes_table_and_scenarios(tmp_path):
    result = hebei2025("frontier", *SMALL, "--evaluations", "1000", "--out", tmp_path / "front", "--json")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    table = pd.read_csv(tmp_path / "front" / "front.csv")
    assert len(table) == len(record["points"])
    assert "balanced.yaml" in tree(tmp_path / "front")
    assert hebei2025("check", tmp_path / "front" / "balanced.yaml").exit_code == 0


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("find",), "no target is given; allowed: document"),
        (("find", "--target", "nonsense"), "nonsense is unknown"),
        ((*QUESTION, "--budget", "-5"), "-5 is no budget; allowed"),
        ((*QUESTION, "--base", "nobody"), "--base 'nobody'"),
        ((*QUESTION, "--base", "missing.yaml"), "no such file"),
        ((*QUESTION, "--from", "2030"), "2030 is no first year"),
        ((*QUESTION, "--most", "9"), "9 is no largest strength"),
        (("find", "--target", "document", "--levers", "magic"), "magic: no lever; allowed"),
        (("find", "--target", "document", "--hold", "magic"), "--hold magic: no lever; allowed"),
        ((*QUESTION, "--hold", "quality_and_brand,technical_renovation_investment"), "no lever may move"),
        (("frontier", "--objectives", "public_cost,magic"), "magic is unknown; allowed"),
        (("frontier", "--evaluations", "10"), "10 evaluations are too few"),
        (("frontier", "--format", "xls"), "--format 'xls' is unknown"),
    ],
)
def test_bad_input_is_refused_with_what_is_allowed(arguments, message, tmp_path):
    assert message in refused(*arguments, "--out", tmp_path / "none")
    assert tree(tmp_path) == []
