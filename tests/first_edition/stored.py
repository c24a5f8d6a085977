"""The stored set: links, files and results of the first edition, and what of them the second refuses by intent."""

import csv
import json
from pathlib import Path
from urllib.parse import parse_qsl

FOLDER = Path(__file__).parent
RANGES = {
    "capacity_closure": (0, 40),
    "capacity_transfer_abroad": (0, 3),
    "circular_economy": (30, 100),
    "clusters_and_parks": (30, 75),
    "emerging_industry_support": (0, 200),
    "energy_efficiency": (0, 300),
    "finance_support": (0, 90),
    "output_cap": (-10, 3),
    "quality_and_brand": (0, 40),
    "servitisation": (0, 30),
    "sme_support": (0, 40),
    "smart_manufacturing": (0, 120),
    "water_saving": (0, 40),
    "worker_retraining": (0, 100_000),
}
"""Levers whose range is another one than in the first edition: values outside are refused."""
GONE_LOOPS = {"B-depth", "B-target"}
"""Feedback loops that the equations of the second edition do not have."""
GONE_VARIABLES = {
    "capacity_in_renovation",
    "indicated_value_added_price",
    "initial_expected_margin",
    "initial_upgrade_index",
    "initial_value_added_price",
    "inputs_bought",
    "intelligent_closure",
    "intelligent_share_in_use",
    "interest",
    "interest_relief",
    "local_push",
    "national_upgrade_index",
    "national_upgrading",
    "old_capacity",
    "perceived_sei_gap",
    "perceived_sei_gap_adjustment",
    "remaining_potential",
    "sei_gap",
    "target_pressure",
    "treatment_operation",
    "upgrade_index",
}
"""Variables of time series that the equations of the second edition do not have; all of them are internal ones."""
GONE_DRIVERS = {"national_industrial_growth"}


def rows(name):
    """The rows of a stored table."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def data(name):
    """A stored JSON file."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def links(page):
    """The stored links of a page as their parts, each link once."""
    return [dict(parse_qsl(row["query"])) for row in rows("links.csv") if row["page"] == page]


def pages():
    """The pages of which there are links."""
    return list(dict.fromkeys(row["page"] for row in rows("links.csv")))
