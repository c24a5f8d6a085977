"""Innovation and emerging industries: new capital brings new products; research follows.

Each branch carries the emerging share of its capital as a co-flow: what is built or renovated is
more often emerging than what it replaces.
"""

from .axes import BRANCH
from .engine import auxiliary, flow, smooth, stock
from .engine.ops import ratio, total

emerging_share = stock(
    "1", "新兴产业资本占比", "Emerging share of capital",
    "Share of the branch's capital that makes products of the strategic emerging industries.",
    initial="initial_emerging_share", inflows=["emerging_renewal"], over=BRANCH,
)  # fmt: skip


@auxiliary("1/yr", "资本更新率", "Renewal of capital")
def capital_renewal(completions, renovation_completions, smart_conversion_completions, active_capacity):
    """Part of the capital that is new, renovated or converted in a year."""
    return ratio(completions + renovation_completions + smart_conversion_completions, active_capacity)


@flow("1/yr", "新兴产业资本更新", "Emerging renewal")
def emerging_renewal(capital_renewal, emerging_share_of_new_capital, emerging_share):
    """New capital carries its own emerging share; the mean follows with the pace of renewal."""
    return capital_renewal * (emerging_share_of_new_capital - emerging_share)


rd_intensity = smooth(
    "1", "研发强度", "Research intensity",
    "R&D spending of the province in relation to industrial value added.",
    of="indicated_rd_intensity", time="research_adjustment_time", initial="initial_rd_intensity",
)  # fmt: skip


@auxiliary("1", "目标研发强度", "Indicated research intensity")
def indicated_rd_intensity(base_rd_intensity, rd_intensity_slope, emerging_value_added_share):
    """Emerging products need research: intensity rises with their share."""
    return base_rd_intensity + rd_intensity_slope * emerging_value_added_share


@auxiliary("1", "新兴产业增加值占比", "Emerging share of value added")
def emerging_value_added_share(value_added_nominal, emerging_share):
    """Strategic emerging industries in nominal value added (a cross-class, not to be added to sectors)."""
    return ratio(total(value_added_nominal * emerging_share), total(value_added_nominal))


@auxiliary("1", "高技术产业增加值占比", "High-tech share of value added")
def hightech_value_added_share(value_added_nominal, emerging_share, hightech_part_of_emerging):
    """High-tech industry (new materials and equipment in its wide provincial sense) in nominal value added."""
    return ratio(total(value_added_nominal * emerging_share * hightech_part_of_emerging), total(value_added_nominal))
