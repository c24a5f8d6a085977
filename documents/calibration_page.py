"""The page about the estimated numbers and the diagnostics of the calibrations, from their stored results."""

from __future__ import annotations

from calibration.estimated import parts
from calibration.posterior import LEAST_CONTRACTION, POOR_R_HAT, WINDOWS, Posterior, load

from .markdown import number_text, table

AT_END = 0.02
"""Distance from an end of its range, as a part of it, at which a mode is marked."""
TEXT = """# Calibration

Written by `hebei2025 documents calibration` from the stored results of `hebei2025 calibrate`.

{full} numbers of the model, chosen by their influence on what is observed ([screening](screening.md)), are estimated
from observations up to 2020; the values in the model are their medians. A second calibration uses observations up to
2015 only, so that 2016-2020 is a forecast; it also estimates {more} further numbers that had been set by a search in
data up to 2020. Every number has a flat prior on its range. Errors: `calibration/errors.yaml`; series:
`calibration/series.yaml`; numbers: `calibration/estimated.yaml`. Figures of grade D and figures after 2020 are never
fitted. Figures for a part of a year count where the year has no graded figure.

Each search for a mode starts at a random point, fits the parts of the model one by one ({parts}), then moves all
numbers together. *Partial* is the end of the first stage of the best search; where it is far from the mode, the series
of different parts contradict each other.

*Contraction* says how much narrower the posterior is than the prior; a number with less than {little:.0%} is **not
identified** and stays an assumption. R-hat compares the independent ensembles; above {poor} (marked !) the chains have
not converged, and the interval is rough. A mode marked (end) is at an end of its range: the observations favour values
beyond what is plausible, which points to something missing in the model."""
HEADER = (
    "number",
    "grade",
    "prior range",
    "partial",
    "mode",
    "median",
    "90 % interval",
    "contraction",
    "R-hat",
    "effective draws",
)


def calibration_page() -> str:
    """The page, from the stored calibrations of both windows."""
    posteriors = [load(window) for window in WINDOWS]
    early, full = (len(posterior.numbers) for posterior in posteriors)
    names = "; ".join(part.en.lower() for part in parts())
    text = TEXT.format(little=LEAST_CONTRACTION, poor=POOR_R_HAT, full=full, more=early - full, parts=names)
    return "\n\n".join([text, *(_window(posterior) for posterior in posteriors)]) + "\n"


def _window(posterior: Posterior) -> str:
    """Settings, diagnostics and numbers of one calibration."""
    summary, settings = posterior.summary, posterior.summary["settings"]
    searches = ", ".join(f"{mode['start']}: {mode['log_density']:.2f}" for mode in summary["modes"])
    return (
        f"## Observations up to {posterior.window}\n\n{settings['ensembles']} independent ensembles of "
        f"{settings['walkers']} walkers, {settings['steps']} steps each, the first half discarded, seed "
        f"{settings['seed']}. Log density at the ends of the searches: {searches}. Largest R-hat "
        f"{summary['worst_r_hat']:.3f}, smallest effective sample {summary['least_ess']:.0f}, walkers that never "
        f"moved: {summary['stuck_walkers']}. Data hash `{summary['data_hash']}`.\n\n"
        + table(HEADER, [_row(entry) for entry in summary["numbers"]])
    )


def _row(entry: dict) -> list[str]:
    """One estimated number."""
    return [
        f"`{entry['id']}`",
        entry["grade"],
        f"{number_text(entry['low'])} - {number_text(entry['high'])}",
        number_text(entry["partial"]),
        number_text(entry["mode"]) + _at_end(entry),
        number_text(entry["p50"]),
        f"{number_text(entry['p5'])} - {number_text(entry['p95'])}",
        "**not identified**" if entry["contraction"] < LEAST_CONTRACTION else f"{entry['contraction']:.0%}",
        f"{entry['r_hat']:.3f}" + (" !" if entry["r_hat"] > POOR_R_HAT else ""),
        f"{entry['ess']:.0f}",
    ]


def _at_end(entry: dict) -> str:
    """A mark for a mode at an end of its range."""
    place = (entry["mode"] - entry["low"]) / (entry["high"] - entry["low"])
    return " (end)" if min(place, 1 - place) < AT_END else ""
