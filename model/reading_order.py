"""The order in which the chapters of the model are read, from causes to effects."""

READING_ORDER = (
    "start",
    "demand",
    "steel_market",
    "output",
    "capacity",
    "closure",
    "enabling",
    "renovation",
    "energy",
    "smart",
    "innovation",
    "talent",
    "emerging",
    "quality",
    "opening",
    "labour",
    "finance",
    "environment",
    "cost",
    "programmes",
    "actors",
    "indicators",
    "progress",
    "belts",
)
"""Names of the modules in `model.chapters`; files of parameters and generated pages have the same names."""
