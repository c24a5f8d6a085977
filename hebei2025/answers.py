"""What many runs say: about the numbers that decide a result, a choice between policies, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from model.engine.progress import Progress, ignored
from model.extras import require

if TYPE_CHECKING:
    import pandas as pd

    from analysis.robustness.choice import Robust

PURPOSE = "answers from many runs"


def sensitivity(
    source: str | Path,
    indicator: str,
    year: int,
    policy: str | None = None,
    difference: tuple[str, str] | None = None,
    method: str | None = None,
    size: int | None = None,
    progress: Progress = ignored,
) -> pd.DataFrame:
    """Sobol indices or Morris effects of every number that varies in an experiment, the most influential first.

    source: the folder of a finished experiment, or a design (a file, or the name of a shipped one), which is run for
    this; policy: default the last of the experiment; difference: analyse the first of two policies less the second;
    method ("saltelli" or "morris") and size: of the sample, for a design in place of its own.

    Columns: number, grade, source; first, first_confidence, total, total_confidence (shares of the variance), or mu,
    mu_star, mu_star_confidence, sigma (in the unit of the indicator) and effects, their number. `attrs` say what was
    analysed, its unit, mean and deviation, and points used and dropped. Raises a ValueError where the experiment has no
    answer.
    """
    require("analysis", PURPOSE)
    from analysis.global_sensitivity import sensitivity as analysed

    return analysed(source, indicator, year, policy, difference, method, size, progress)


def robust(
    source: str | Path,
    indicator: str,
    year: int,
    better: str,
    policies: Sequence[str] = (),
    target: str | None = None,
    progress: Progress = ignored,
) -> Robust:
    """Compare policies at all points of an experiment (a folder, or a design, which is run for this).

    better: "higher" or "lower"; policies: default those of the experiment; target: id of one of which the conditions of
    missing it are sought. The result has tables `policies` (probability of being best, regret), `targets` (probability
    of meeting each), `information` (worth of knowing each number), and `orders` and `misses` with boxes of conditions.
    Raises a ValueError where the experiment has no answer.
    """
    require("analysis", PURPOSE)
    from analysis.robustness.choice import robust as compared

    return compared(source, indicator, year, better, policies, target, progress)


def attribute(
    indicator: str, year: int, first: int = 2015, draws: int = 100, progress: Progress = ignored
) -> pd.DataFrame:
    """What changed an indicator from year `first` to `year` in the run "as happened", in its unit.

    Rows: momentum, drivers, each group of levers, interaction, whole. Columns: part; share (parts add up to the whole)
    and alone (nothing else moves; the remainder is the row interaction), each with p5, p50 and p95 over draws of the
    calibration; last (what is missing without this part). Raises a ValueError for what cannot be.
    """
    require("analysis", PURPOSE)
    from analysis.attribution import attribute as split

    return split(indicator, year, first, draws, progress)
