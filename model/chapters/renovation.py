"""Technical renovation: investment renews plants, again and again, after a project has been approved, financed and
built. Renewed conventional plants become modern; modern plants move on towards the frontier (chapter `technology`)."""

from model.axes import BRANCH
from model.engine import auxiliary, delay3, flow, stock
from model.engine.ops import maximum, minimum, ratio, smooth_minimum

awaiting_approval = stock(
    "亿元/yr",
    "待审批技改项目",
    "Renovation projects awaiting approval",
    "Capacity (still operating) whose renovation project awaits approval.",
    initial="initial_awaiting_approval",
    inflows=["renovation_applications"],
    outflows=["renovation_starts", "renovation_withdrawals"],
    over=BRANCH,
)


@auxiliary("亿元/yr", "初始待审批项目", "Initial projects awaiting approval", over=BRANCH)
def initial_awaiting_approval(initial_renovation_rate, reference_approval_time):
    """Capacity awaiting approval at the start, in equilibrium with the initial renovation rate."""
    return initial_renovation_rate * reference_approval_time


@auxiliary("亿元/yr", "技改资金盘子", "Renovation programme", over=BRANCH)
def renovation_programme(
    technical_renovation_investment,
    renovation_effective_share,
    renovation_subsidy,
    subsidy_additionality,
    implementation_factor,
    budget_coverage,
):
    """Funds for renovating existing capacity. Reported renovation investment includes much new building and other
    spending, so only a share counts. A yuan of subsidy adds itself and the private funds it induces (additionality
    0.3-3, not the gross leverage of 12-273 in reports)."""
    firms = technical_renovation_investment * renovation_effective_share
    return firms + renovation_subsidy * (budget_coverage + subsidy_additionality * implementation_factor)


@auxiliary("1", "财政占技改资金比例", "Public share of renovation money", over=BRANCH)
def public_renovation_share(renovation_subsidy, renovation_programme):
    """Share of the subsidy in the renovation programme."""
    return ratio(renovation_subsidy, renovation_programme)


@auxiliary("yr", "单位产能技改成本", "Renovation cost per unit of capacity", over=BRANCH)
def renovation_cost(capital_output_ratio, renovation_cost_share):
    """Investment per unit of renovated capacity: a share of the cost of building it anew."""
    return capital_output_ratio * renovation_cost_share


@auxiliary("亿元/yr/yr", "可实施的技改", "Renovation wanted", over=BRANCH)
def wanted_renovation(renovation_programme, renovation_cost, active_capacity, fastest_renewal):
    """Capacity that firms want to renew: what the programme can pay, with diminishing returns as it approaches the
    fastest pace at which plants can be renewed. There is no sharp limit: plants can be renewed again."""
    affordable = ratio(renovation_programme, renovation_cost)
    fastest = fastest_renewal * active_capacity
    return ratio(affordable * fastest, affordable + fastest)


@flow("亿元/yr/yr", "技改申报", "Renovation applications", over=BRANCH)
def renovation_applications(wanted_renovation, funding_ratio, public_renovation_share):
    """Renovation projects submitted: firms postpone what they cannot finance in a slump, while the publicly funded part
    continues (B-finance)."""
    return wanted_renovation * (funding_ratio + (1 - funding_ratio) * public_renovation_share)


@auxiliary("亿元/yr/yr", "技改审批通过", "Renovation approvals", over=BRANCH)
def renovation_approvals(awaiting_approval, approval_time, shortest_desk_time, review_capacity, active_capacity):
    """Projects approved after the approval time, limited by review capacity (B-queue: subsidies without approval reform
    lengthen the queue). Handling takes at least some weeks."""
    asked = awaiting_approval / maximum(approval_time, shortest_desk_time)
    return smooth_minimum(asked, review_capacity * active_capacity)


@flow("亿元/yr/yr", "技改开工", "Renovation starts", over=BRANCH)
def renovation_starts(renovation_approvals):
    """Approved projects begin at once; the plants keep running while they are renovated line by line."""
    return renovation_approvals


@flow("亿元/yr/yr", "技改撤项", "Renovation withdrawn", over=BRANCH)
def renovation_withdrawals(awaiting_approval, closure, retirement, active_capacity):
    """Applications that lapse because the plant is closed or retired."""
    return awaiting_approval * ratio(closure + retirement, active_capacity)


renovation_completions = delay3(
    "亿元/yr/yr",
    "技改完工",
    "Renovation completions",
    "Capacity leaving renovation after a project duration of about two years (grade B).",
    of="renovation_starts",
    time="renovation_duration",
    initial="initial_renovation_rate",
    over=BRANCH,
)


@flow("亿元/yr/yr", "技改失败", "Renovation failures", over=BRANCH)
def renovation_failures(renovation_completions, project_failure_share):
    """Projects that end without result; the plants stay as they are."""
    return renovation_completions * project_failure_share


@flow("亿元/yr/yr", "技改成功", "Renovation successes", over=BRANCH)
def renovation_successes(renovation_completions, renovation_failures):
    """Renovated capacity returning to full operation."""
    return renovation_completions - renovation_failures


@auxiliary("1", "常规产能技改份额", "Conventional share of renovation", over=BRANCH)
def conventional_renovation_share(conventional_capacity, renovated_capacity, intelligent_capacity, old_first):
    """Share of renewal that goes to conventional plants, which are renovated `old_first` times as readily as modern
    ones."""
    old = old_first * conventional_capacity
    return ratio(old, old + renovated_capacity + intelligent_capacity)


@flow("亿元/yr/yr", "常规产能改造", "Conventional plants renovated", over=BRANCH)
def renovations(renovation_successes, conventional_renovation_share):
    """Conventional plants that become modern."""
    return renovation_successes * conventional_renovation_share


@auxiliary("亿元/yr/yr", "先进产能再升级", "Modern plants upgraded", over=BRANCH)
def upgradings(renovation_successes, renovations):
    """Modern plants renewed once more; they stay modern and move on towards the frontier."""
    return renovation_successes - renovations


@auxiliary("亿元/yr", "技改支出", "Renovation spending", over=BRANCH)
def renovation_spending(renovation_starts, renovation_cost):
    """Actual spending on renovation, public and private."""
    return renovation_starts * renovation_cost


@auxiliary("亿元/yr", "财政技改支出", "Public renovation spending", over=BRANCH)
def public_renovation_spending(renovation_subsidy, renovation_spending):
    """Subsidy actually paid out, at most the renovation spending."""
    return minimum(renovation_subsidy, renovation_spending)


@auxiliary("亿元/yr", "企业技改支出", "Private renovation spending", over=BRANCH)
def private_renovation_spending(renovation_spending, public_renovation_spending, budget_coverage):
    """Part of renovation spending paid by firms and banks."""
    return renovation_spending - public_renovation_spending * budget_coverage
