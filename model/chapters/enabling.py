"""Enabling conditions: the safeguards of the provincial opinion, which produce nothing themselves and speed up or slow
down other processes.

Approval reform shortens delays and raises review capacity; land and credit limit what can be started; coordination
determines how much of a programme is implemented. Each condition is measured against the practice of the years before
the provincial opinion, so a lever that stays at that level changes nothing.
"""

from model.axes import BRANCH
from model.engine import auxiliary, flow, smooth, stock
from model.engine.ops import fraction, maximum, ratio, total

approval_practice = smooth(
    "1",
    "审批实际水平",
    "Approval practice",
    "Extent to which simplified approval is daily practice; follows the reform with a delay.",
    of="approval_reform",
    time="reform_delay",
)

implementation_strength = smooth(
    "1",
    "落实力度",
    "Implementation strength",
    "Effectiveness with which departments and cities implement the programmes; follows the coordination mechanism "
    "with a delay.",
    of="coordination",
    time="coordination_delay",
)

cluster_share = smooth(
    "1",
    "集群和园区占比",
    "Share of industry in clusters and parks",
    "Share of industry located in clusters and parks; follows the programme target as plants relocate and parks fill.",
    of="cluster_goal",
    time="cluster_building_time",
)

guaranteed_loans = stock(
    "亿元",
    "担保及贴息贷款余额",
    "Guaranteed loans",
    "Outstanding loans that exist because of guarantees, interest subsidies and public funds.",
    initial="initial_guaranteed_loans",
    inflows=["guaranteed_credit"],
    outflows=["guaranteed_repayment"],
)


@auxiliary("yr", "审批用时", "Approval time")
def approval_time(approval_practice, slowest_approval_time, fastest_approval_time):
    """Mean time from application to permit: between the old procedure and complete online filing with a fast track for
    projects that need no land."""
    return slowest_approval_time - (slowest_approval_time - fastest_approval_time) * approval_practice


@auxiliary("1/yr", "审批能力", "Review capacity")
def review_capacity(approval_practice, base_review_capacity, review_widening):
    """Share of active capacity whose projects can be reviewed in a year. Reform raises it by exempting most projects
    from review (negative list, filing instead of approval)."""
    return base_review_capacity * (1 + review_widening * approval_practice)


@auxiliary("yr", "建设周期（含审批）", "Building time with approval", over=BRANCH)
def building_time(construction_time, approval_time, reference_approval_time, shortest_building_time):
    """Time from investment decision to first output: planning and construction, plus the change in approval time
    relative to the practice of 2010-2015."""
    return maximum(construction_time + approval_time - reference_approval_time, shortest_building_time)


@auxiliary("1", "供地系数", "Land factor")
def land_factor(land_supply, reference_land_supply, land_sensitivity):
    """Share of fundable construction that obtains land in time, relative to the practice before the provincial
    opinion."""
    return 1 + land_sensitivity * (land_supply - reference_land_supply)


@auxiliary("1", "落实系数", "Implementation factor")
def implementation_factor(implementation_strength, reference_coordination, implementation_sensitivity, budget_coverage):
    """Share of a programme that is implemented, relative to the practice before the provincial opinion; coordination,
    accountability and evaluation narrow the implementation gap, and a budget that does not suffice cuts every
    programme."""
    return (1 + implementation_sensitivity * (implementation_strength - reference_coordination)) * budget_coverage


@auxiliary("1", "集群和园区目标", "Goal of clusters and parks")
def cluster_goal(clusters_and_parks):
    """Target share of industry in clusters and parks, as a fraction."""
    return fraction(clusters_and_parks)


@flow("亿元/yr", "新增担保贷款", "Guaranteed credit")
def guaranteed_credit(finance_support, guarantee_multiple, implementation_factor):
    """New lending induced by a year's guarantees, interest subsidies and funds."""
    return finance_support * guarantee_multiple * implementation_factor


@flow("亿元/yr", "担保贷款偿还", "Repayment of guaranteed loans")
def guaranteed_repayment(guaranteed_loans, loan_lifetime):
    """Guaranteed loans repaid at maturity."""
    return guaranteed_loans / loan_lifetime


@auxiliary("亿元", "初始担保贷款", "Initial guaranteed loans")
def initial_guaranteed_loans(finance_support, guarantee_multiple, loan_lifetime):
    """Outstanding loans in equilibrium with the support of the first year."""
    return finance_support * guarantee_multiple * loan_lifetime


@auxiliary("1", "融资便利度", "Access to finance")
def finance_access(guaranteed_loans, value_added_nominal, finance_half_saturation):
    """Share of young and emerging firms that obtain finance: half at the half-saturation value of guaranteed loans over
    value added."""
    relative = ratio(guaranteed_loans, total(value_added_nominal))
    return relative / (relative + finance_half_saturation)
