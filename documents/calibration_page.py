"""The page about the estimated numbers and the diagnostics of the calibrations, from their stored results."""

from __future__ import annotations

from calibration.draws import SMOOTHER
from calibration.plausible import FAILED, limits
from calibration.posterior import LEAST_CONTRACTION, POOR_R_HAT, WINDOWS, Posterior, load

from .markdown import number_text, table

TEXT = """# Calibration

Written by `hebei2025 documents calibration` from the stored results of `hebei2025 calibrate`.

{count} numbers of the model, those that decide what is observed or how policies differ ([screening](screening.md)), are
estimated from the observations up to the last year of each window ({windows}), the same numbers in all windows; the
values in the model are the medians of the last. Numbers: `calibration/estimated.yaml`; series:
`calibration/series.yaml`; errors: `calibration/errors.yaml`. Figures of grade D and figures after the window are never
fitted. Figures for a part of a year count where the year has no graded figure.

**Priors** come from outside the observations and are declared with the parameters (`model/data/parameters`): lognormal,
logit-normal or normal with median and 5-95 %, truncated at the bounds. A number without a declared prior is uniform
between its bounds; the table says so. Draws of the prior whose run leaves plausible limits
(`calibration/plausible.yaml`) are refused.

**Errors** have two parts: that of the figure, by grade, and that of the model, correlated from year to year. The size
of the second is unknown for every series; the sizes of all series of a kind (levels, shares, growth) scatter about a
common scale that is estimated too. Sizes, scales and correlations are integrated out.

**Draws** are computed by tempered sequential Monte Carlo. *Contraction* says how much narrower the posterior is than
the prior (1 - standard deviation of the standard normal score); a number with less than {little:.0%} is **not
identified** and stays what its prior says. R-hat compares the independent runs; above {poor} (marked !) they do not
agree, and the interval is rough. A median marked (outside) lies outside the 5-95 % of its prior: the observations
contradict the evidence, which points to something missing in the model."""
HEADER = (
    "number",
    "grade",
    "prior",
    "5-95 % of the prior",
    "mode",
    "median",
    "90 % interval",
    "contraction",
    "R-hat",
    "effective draws",
)


def calibration_page() -> str:
    """The page, from the stored calibrations of all windows."""
    posteriors = [load(window) for window in WINDOWS]
    text = TEXT.format(
        count=len(posteriors[-1].numbers),
        windows=", ".join(map(str, WINDOWS)),
        little=LEAST_CONTRACTION,
        poor=POOR_R_HAT,
    )
    return "\n\n".join([text, *(_window(posterior) for posterior in posteriors)]) + "\n"


def _window(posterior: Posterior) -> str:
    """Settings, diagnostics and numbers of one calibration."""
    summary = posterior.summary
    searches = ", ".join(f"{mode['start']}: {mode['log_density']:.2f}" for mode in summary["modes"])
    return (
        f"## Observations up to {posterior.window}\n\n{_runs(summary)} Log posterior at the ends of the searches for "
        f"the mode: {searches}. Largest R-hat {summary['worst_r_hat']:.3f}, smallest effective sample "
        f"{summary['least_ess']:.0f}. Data hash `{summary['data_hash']}`.\n\nPrior predictive check, shares of draws "
        f"refused: {_refused(summary['refused'])}.\n\n" + table(HEADER, [_row(entry) for entry in summary["numbers"]])
    )


def _runs(summary: dict) -> str:
    """How the draws were computed."""
    settings = summary["settings"]
    if summary["method"] == SMOOTHER:
        return f"Approximate draws of ensemble smoothers of {settings['members']} members."
    evidence = ", ".join(f"{value:.1f}" for value in summary["log_evidence"])
    levels = "; ".join(", ".join(f"{level:.1f}" for level in run) for run in summary["last_levels"])
    steps = ", ".join(map(str, summary["temperatures"]))
    return (
        f"{settings['runs']} independent runs of {settings['particles']} particles, {steps} temperatures, "
        f"{summary['acceptance']:.0%} of the proposals accepted, seed {settings['seed']}. Log evidence: {evidence}. "
        f"Mean log likelihood before, in the middle and at the end of the last moves: {levels}."
    )


def _refused(shares: dict[str, float]) -> str:
    """Shares of refused prior draws by reason."""
    names = {limit.id: limit.en for limit in limits()} | {FAILED: "run failed", "all": "together"}
    return "; ".join(f"{names.get(reason, reason)} {share:.1%}" for reason, share in shares.items())


def _row(entry: dict) -> list[str]:
    """One estimated number."""
    return [
        f"`{entry['id']}`",
        entry["grade"],
        entry["shape"].replace("_", "-") if entry["declared"] else "none (uniform)",
        f"{number_text(entry['prior_p5'])} - {number_text(entry['prior_p95'])}",
        number_text(entry["mode"]),
        number_text(entry["p50"]) + _outside(entry),
        f"{number_text(entry['p5'])} - {number_text(entry['p95'])}",
        "**not identified**" if entry["contraction"] < LEAST_CONTRACTION else f"{entry['contraction']:.0%}",
        f"{entry['r_hat']:.3f}" + (" !" if entry["r_hat"] > POOR_R_HAT else ""),
        f"{entry['ess']:.0f}",
    ]


def _outside(entry: dict) -> str:
    """A mark for a median outside the 5-95 % of its prior."""
    return "" if entry["prior_p5"] <= entry["p50"] <= entry["prior_p95"] else " (outside)"
