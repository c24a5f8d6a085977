"""Orders as plain data and back."""

import json
import math

import pytest

from analysis.robustness.discovery import Density, Discovered
from analysis.robustness.findings import Order
from analysis.robustness.records import order_of, order_record
from analysis.robustness.words import conditions_text, frequency_text, order_text
from model.engine.text import Text

DENSITY = Density(0.1, 0.5, 0.8, 0.2)
BOX = {"hebei_steel_advantage": (1.1, math.inf), "drivers": frozenset({"drivers_low", "drivers_high"})}


@pytest.mark.parametrize(
    "boxes",
    [None, (), (Discovered(BOX, DENSITY, DENSITY),), (Discovered({"talent": (-math.inf, 2.0)}, DENSITY, DENSITY),)],
)
def test_an_order_comes_back_as_it_was(boxes):
    order = Order("closure_only", "smart_only", 0.25, 0.5, boxes)
    record = json.loads(json.dumps(order_record(order)))
    assert order_of(record) == order and record["rare"] == order.rare == "closure_only"


def test_policies_are_named_as_asked():
    def quoted(policy):
        return Text(zh=f"“{policy}甲”", en=f"“{policy} A”")

    order = Order("one", "two", 1.0, 0.0, None)
    assert frequency_text(order, quoted) == Text(
        "在所有运行中“one甲”优于“two甲”。", "“one A” is better than “two A” in all runs."
    )
    assert frequency_text(order).zh == "在所有运行中 one 优于 two。"
    assert order_text(order, quoted).en.endswith("Too few runs differ from the rest to look for conditions.")


def test_policies_that_are_always_equal_have_no_conditions():
    order = Order("one", "two", 0.0, 0.0, None)
    assert order.always_equal and conditions_text(order) is None
    assert order_text(order) == Text("one 与 two 在所有运行中相同。", "one and two are equal in all runs.")
