"""Technical renovation: money becomes modern capacity, after a project has been approved, paid for and built."""

from model.axes import BRANCH
from model.engine import auxiliary, delay3, flow, stock
from model.engine.ops import maximum, minimum, ratio, smooth_minimum

awaiting_approval = stock(
    "亿元/yr", "待审批技改项目", "Renovation projects awaiting approval",
    "Capacity (still running) for whose renovation an application is on the desk.",
    initial="initial_awaiting_approval", inflows=["renovation_applications"],
    outflows=["renovation_starts", "renovation_withdrawals"], over=BRANCH,
)  # fmt: skip


@auxiliary("亿元/yr", "初始待审批项目", "Initial projects awaiting approval", over=BRANCH)
def initial_awaiting_approval(initial_renovation_rate, reference_approval_time):
    """What lies on the desk at the start when the initial rate flows through steadily."""
    return initial_renovation_rate * reference_approval_time


@auxiliary("亿元/yr", "技改资金盘子", "Renovation programme", over=BRANCH)
def renovation_programme(
    technical_renovation_investment, renovation_effective_share, renovation_subsidy, subsidy_additionality,
    implementation_factor,
):  # fmt: skip
    """Money meant for renovating existing capacity. Reported renovation investment holds much that is new building or
    other spending; only a share counts. A subsidised yuan adds itself and the private money it draws (additionality
    0.3-3, not the gross leverage of 12-273 in reports)."""
    firms = technical_renovation_investment * renovation_effective_share
    return firms + renovation_subsidy * (1 + subsidy_additionality * implementation_factor)


@auxiliary("1", "财政占技改资金比例", "Public share of renovation money", over=BRANCH)
def public_renovation_share(renovation_subsidy, renovation_programme):
    """Part of the programme that is subsidy."""
    return ratio(renovation_subsidy, renovation_programme)


@auxiliary("yr", "单位产能技改成本", "Renovation cost per unit of capacity", over=BRANCH)
def renovation_cost(capital_output_ratio, renovation_cost_share, depth_cost, renovated_share, intelligent_share):
    """Investment for renovating a unit of capacity: a share of what building it anew costs, dearer the fewer
    old plants are left (the easy ones go first)."""
    modern = renovated_share + intelligent_share
    return capital_output_ratio * renovation_cost_share * (1 + depth_cost * modern)


@auxiliary("亿元/yr/yr", "可实施的技改", "Renovation wanted", over=BRANCH)
def wanted_renovation(
    renovation_programme, renovation_cost, conventional_capacity, awaiting_approval, renovation_minimum_time
):
    """Conventional capacity that the programme would renovate, as far as there are plants to renovate that have not
    yet applied."""
    affordable = ratio(renovation_programme, renovation_cost)
    return smooth_minimum(affordable, maximum(conventional_capacity - awaiting_approval, 0) / renovation_minimum_time)


@flow("亿元/yr/yr", "技改申报", "Renovation applications", over=BRANCH)
def renovation_applications(wanted_renovation, funding_ratio, public_renovation_share):
    """Projects handed in: what firms cannot pay for in a slump is put off, the public part goes on (B-finance)."""
    return wanted_renovation * (funding_ratio + (1 - funding_ratio) * public_renovation_share)


@auxiliary("亿元/yr/yr", "技改审批通过", "Renovation approvals", over=BRANCH)
def renovation_approvals(awaiting_approval, approval_time, shortest_desk_time, review_capacity, active_capacity):
    """Projects approved: after the approval time, and never more than the desks can review (B-queue: subsidies
    without approval reform fill the desk). A file lies on the desk for some weeks at least."""
    asked = awaiting_approval / maximum(approval_time, shortest_desk_time)
    return smooth_minimum(asked, review_capacity * active_capacity)


@flow("亿元/yr/yr", "技改开工", "Renovation starts", over=BRANCH)
def renovation_starts(renovation_approvals, conventional_capacity, renovation_minimum_start_time):
    """Approved renovation begun, as far as the plants still run: closures may have overtaken the application."""
    return smooth_minimum(renovation_approvals, conventional_capacity / renovation_minimum_start_time)


@flow("亿元/yr/yr", "技改撤项", "Renovation withdrawn", over=BRANCH)
def renovation_withdrawals(renovation_approvals, renovation_starts):
    """Approved projects whose plant is gone."""
    return renovation_approvals - renovation_starts


renovation_completions = delay3(
    "亿元/yr/yr", "技改完工", "Renovation completions",
    "Capacity leaving renovation after a project of about two years (grade B).",
    of="renovation_starts", time="renovation_duration", initial="initial_renovation_rate", over=BRANCH,
)  # fmt: skip


@flow("亿元/yr/yr", "技改失败", "Renovation failures", over=BRANCH)
def renovation_failures(renovation_completions, project_failure_share):
    """Projects that end without result; their plants go on as before."""
    return renovation_completions * project_failure_share


@flow("亿元/yr/yr", "技改成功", "Renovation successes", over=BRANCH)
def renovation_successes(renovation_completions, renovation_failures):
    """Renovated capacity going back into full operation."""
    return renovation_completions - renovation_failures


@auxiliary("亿元/yr", "技改中产能", "Capacity in renovation", over=BRANCH)
def capacity_in_renovation(
    renovation_completions_stage_1, renovation_completions_stage_2, renovation_completions_stage_3
):
    """Capacity inside renovation projects."""
    return renovation_completions_stage_1 + renovation_completions_stage_2 + renovation_completions_stage_3


@auxiliary("亿元/yr", "技改支出", "Renovation spending", over=BRANCH)
def renovation_spending(renovation_starts, renovation_cost):
    """Money that is really spent on renovation, public and private."""
    return renovation_starts * renovation_cost


@auxiliary("亿元/yr", "财政技改支出", "Public renovation spending", over=BRANCH)
def public_renovation_spending(renovation_subsidy, renovation_spending):
    """Subsidy that is paid out: never more than what is spent."""
    return minimum(renovation_subsidy, renovation_spending)


@auxiliary("亿元/yr", "企业技改支出", "Private renovation spending", over=BRANCH)
def private_renovation_spending(renovation_spending, public_renovation_spending):
    """What firms and banks pay of renovation."""
    return renovation_spending - public_renovation_spending
