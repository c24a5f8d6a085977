"""Tables of levers and drivers that tests compare: those of a scenario, and those of the baseline."""

import json

import numpy as np

from model import parse_scenario
from model.axes import BRANCH
from model.inputs import lever_table, levers
from model.scenario import inputs_of

YEARS = np.arange(2010, 2036)
STEEL, CEMENT, GLASS = (BRANCH.index(b) for b in ("steel", "cement", "glass"))


def at(year):
    return year - 2010


def tables(**fields):
    """Tables of a scenario with these fields."""
    return inputs_of(parse_scenario(json.dumps({"title": "x", "levers": {}, **fields})), YEARS)[1]


def lever(name, value, **fields):
    return tables(levers={name: value}, **fields)[name]


def baseline(name):
    known = levers()[name]
    return lever_table(known, known.baseline, YEARS)
