"""The page about structural changes: differences from the full model, from a table written in the test."""

import pandas as pd
import pytest

from analysis.ablations import ALL, CONTRACT, EFFECT, FULL, KEPT, LIKELIHOOD, REFITTED, ablations, groups, spine
from documents.ablations_page import ablations_page


def stored():
    rows = []
    for place, name in enumerate(ablations()):
        for fit, base in ((KEPT, -100.0), (REFITTED, -50.0)):
            for group in (*groups(), ALL):
                rows.append((name, fit, LIKELIHOOD, group, base - place, ""))
            for entry in spine():
                rows.append((name, fit, EFFECT, entry.id, 2.0 * place, entry.own))
                rows.append((name, fit, CONTRACT, entry.id, 4, "a b|c e" if place else "a b c e|"))
    return pd.DataFrame(rows, columns=["ablation", "fit", "quantity", "of", "value", "text"])


def test_page_has_differences_from_the_full_model():
    page = ablations_page(stored())
    full, fit_of_full = [line for line in page.splitlines() if line.startswith("| 完整模型 / full model |")][::-1]
    assert fit_of_full.startswith("| 完整模型 / full model | -100.0 | -50.0 |")
    assert full.count("+0.00 → +0.00 (✓)") == 4
    second = ablations()[list(ablations())[2]]
    fit, levers, switch = [line for line in page.splitlines() if line.startswith(f"| {second.name.zh} / ")]
    assert fit.count("-2.0") == 2 + len(groups())
    assert levers.count("+4.00 → +4.00 (c e)") == 4
    assert all(f"`{name} = {value:g}`" in switch for name, value in second.set.items())


def test_results_of_other_ablations_are_refused():
    table = stored()
    with pytest.raises(ValueError, match="of another ablations.yaml"):
        ablations_page(table[table["ablation"] != FULL])
