"""The page about the test of the calibration on synthetic data, from the stored sets."""

from __future__ import annotations

import pandas as pd

from calibration.synthetic import SETTINGS, covers_true_value

from .markdown import table


def synthetic_page(sets: pd.DataFrame) -> str:
    """The page, with the coverage of all intervals and of those of each number.

    Raises ValueError where no set was made from the present data, series and settings.
    """
    if sets.empty:
        raise ValueError("no stored set was made from the present data and settings")
    sets = sets.assign(inside=covers_true_value(sets), width=sets["high"] - sets["low"])
    by_set = sets.groupby("set")["inside"].mean()
    spread = by_set.std() / len(by_set) ** 0.5
    worst = sets.groupby("set")["r_hat"].max()
    numbers = sets.groupby("number", sort=False)[["inside", "width"]].mean()
    rows = [
        [f"`{name}`", f"{share:.0%}", f"{width:.2f}"]
        for name, share, width in zip(numbers.index, numbers["inside"], numbers["width"], strict=True)
    ]
    return f"""# Synthetic data

Written by `hebei2025 documents synthetic` from `calibration/results/synthetic.csv`.

{len(by_set)} sets of observations were computed from numbers drawn from the prior, with errors as the likelihood
assumes them, at the years and grades of the real observations. The numbers were then estimated with {SETTINGS.runs}
runs of {SETTINGS.particles} particles, which is less than in the real calibration
(worst R-hat of a set from {worst.min():.2f} to {worst.max():.2f}).

**{sets["inside"].mean():.1%} of the {len(sets)} intervals of 90 % contain the true number** (standard error between
sets {spread:.1%}; by set from {by_set.min():.0%} to {by_set.max():.0%}).

Mean width is the probability of the 90 % interval under the prior: at 0.9 the observations say nothing about the
number.

{table(("number", "intervals that contain it", "mean width"), rows)}
"""
