"""Colours that people with any colour vision can tell apart (Okabe and Ito), each with a line style of its own."""

BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE = (
    "#1C2733",
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#C9A600",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
)
"""The eight colours; black is softened, yellow darkened so that it reads on white."""
ON_WHITE = {
    SKY: "#1F7FB8",
    ORANGE: "#A86F00",
    YELLOW: "#7D6700",
    PURPLE: "#A84E80",
    GREEN: "#007A5A",
    VERMILION: "#B84A00",
}
"""Darker shades of the same hues for words, which need more contrast than lines."""
GHOST = "#8A96A3"
GRID = "#E8ECF0"
SHADE = "rgba(120, 134, 148, 0.07)"
INK = "#1C2733"
QUIET = "#5B6875"

STYLES = (
    (BLUE, "solid"),
    (VERMILION, "solid"),
    (GREEN, "dashed"),
    (PURPLE, "dotted"),
    (ORANGE, "dashed"),
    (SKY, "dotted"),
    (BLACK, "dashed"),
    (YELLOW, "solid"),
)
"""Colour and line style for lines that have none of their own, in order."""

SECTOR_STYLES = {
    "steel": (VERMILION, "solid"),
    "equipment": (BLUE, "solid"),
    "petrochemical": (PURPLE, "dashed"),
    "pharmaceutical": (GREEN, "dashed"),
    "building_materials": (ORANGE, "dashed"),
    "food": (SKY, "dotted"),
    "textile": (YELLOW, "dotted"),
    "other": (GHOST, "dotted"),
    "all": (BLACK, "solid"),
}
"""Colour and line style of each sector."""
