"""Enabling conditions: the document's safeguards, which produce nothing and speed up or slow down everything else.

Approval reform shortens delays and widens review capacity; land and credit decide what may be begun; co-ordination
decides how much of a programme arrives. Each is measured against the practice of the years before the document, so a
lever that stays there changes nothing.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import fraction, maximum, ratio, total

approval_practice = smooth(
    "1", "审批实际水平", "Approval practice",
    "How far simplified approval has become daily practice; follows the reform with a delay.",
    of="approval_reform", time="reform_delay",
)  # fmt: skip

implementation_strength = smooth(
    "1", "落实力度", "Implementation strength",
    "How well departments and cities carry out the programmes; follows the co-ordination mechanism with a delay.",
    of="coordination", time="coordination_delay",
)  # fmt: skip

cluster_share = smooth(
    "1", "集群和园区占比", "Share of industry in clusters and parks",
    "Part of industry that works in clusters and parks; follows the programme's goal as plants move and parks fill.",
    of="cluster_goal", time="cluster_building_time",
)  # fmt: skip

guaranteed_loans = stock(
    "亿元", "担保及贴息贷款余额", "Guaranteed loans",
    "Loans outstanding that exist because of guarantees, interest discounts and funds.",
    initial="initial_guaranteed_loans", inflows=["guaranteed_credit"], outflows=["guaranteed_repayment"],
)  # fmt: skip


@auxiliary("yr", "审批用时", "Approval time")
def approval_time(approval_practice, slowest_approval_time, fastest_approval_time):
    """Mean time from application to permit: between the old procedure and full on-line filing with a fast track for
    projects that need no land."""
    return slowest_approval_time - (slowest_approval_time - fastest_approval_time) * approval_practice


@auxiliary("1/yr", "审批能力", "Review capacity")
def review_capacity(approval_practice, base_review_capacity, review_widening):
    """Part of active capacity whose projects can be reviewed in a year. Reform widens it by taking most projects off
    the desk (negative list, filing instead of approval)."""
    return base_review_capacity * (1 + review_widening * approval_practice)


@auxiliary("yr", "建设周期（含审批）", "Building time with approval", over=BRANCH)
def building_time(construction_time, approval_time, reference_approval_time, shortest_building_time):
    """Time from the decision to the first product: planning and construction, plus or minus what approval takes
    against the practice of 2010-2015."""
    return maximum(construction_time + approval_time - reference_approval_time, shortest_building_time)


@auxiliary("1", "供地系数", "Land factor")
def land_factor(land_supply, reference_land_supply, land_sensitivity):
    """Part of fundable construction that finds land in time, against the practice before the document."""
    return 1 + land_sensitivity * (land_supply - reference_land_supply)


@auxiliary("1", "落实系数", "Implementation factor")
def implementation_factor(implementation_strength, reference_coordination, implementation_sensitivity):
    """Part of a programme that arrives, against the practice before the document: co-ordination, responsibility and
    evaluation close the implementation gap."""
    return 1 + implementation_sensitivity * (implementation_strength - reference_coordination)


@auxiliary("1", "集群和园区目标", "Goal of clusters and parks")
def cluster_goal(clusters_and_parks):
    """Programme goal as a fraction."""
    return fraction(clusters_and_parks)


@flow("亿元/yr", "新增担保贷款", "Guaranteed credit")
def guaranteed_credit(finance_support, guarantee_multiple, implementation_factor):
    """New lending that a year's guarantees, discounts and funds call forth."""
    return finance_support * guarantee_multiple * implementation_factor


@flow("亿元/yr", "担保贷款偿还", "Repayment of guaranteed loans")
def guaranteed_repayment(guaranteed_loans, loan_lifetime):
    """Loans paid back at the end of their life."""
    return guaranteed_loans / loan_lifetime


@auxiliary("亿元", "初始担保贷款", "Initial guaranteed loans")
def initial_guaranteed_loans(finance_support, guarantee_multiple, loan_lifetime):
    """Loans outstanding when the support of the first year had always been given."""
    return finance_support * guarantee_multiple * loan_lifetime


@auxiliary("1", "融资便利度", "Access to finance")
def finance_access(guaranteed_loans, value_added_nominal, finance_half_saturation):
    """Part of young and emerging firms that find money: half at the half-saturation of guaranteed loans over value
    added."""
    relative = ratio(guaranteed_loans, total(value_added_nominal))
    return relative / (relative + finance_half_saturation)
