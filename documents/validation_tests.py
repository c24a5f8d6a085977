"""The matrix of validation tests, with the status of each as it was found and the file that shows it.

Run `python -m analysis.matrix --write` after `calibration.pages` and `calibration.sensitivity` to renew
docs/evidence/test_matrix.md and the files beside it (some minutes: it runs tests).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from analysis.integration_error import largest_moves
from analysis.knockouts import run_knockouts
from analysis.sensitivity import INDICATORS, PACKAGES, REFERENCE, TABLE, YEAR
from analysis.structure import chapters
from calibration.forecast import KNOWN_UNTIL
from calibration.posterior import RESULTS
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.units import check_units
from model.inputs import LAST_OBSERVED, START, drivers, load_yaml
from model.run import prepared_system
from model.scenario import BASELINE, inputs_of, shipped_scenarios
from model.system import system

from .equation_pages import table

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "evidence"
PAGE = FOLDER / "test_matrix.md"
FILES = FOLDER / "matrix"
SUMMARY = RESULTS / "matrix.csv"
ENTRIES = Path(__file__).parent / "validation_tests.yaml"
PASSED, FAILED, REPORTED, NOT_DONE = "passed", "failed", "reported", "not done"
FINEST = 0.01
"""Largest move of a headline indicator by the step or the method."""
DECISIVE = 10
"""Numbers that count as decisive for an indicator."""
HEADLINE = (
    "crude_steel_output", "cement_output", "steelmaking_capacity", "sector_va_share", "equipment_minus_steel_share",
    "vai_above_scale_real", "vai_above_scale_growth", "energy_consumption_industry", "hightech_share", "sei_share",
    "energy_per_above_scale_industrial_va_change_cumulative", "smart_adoption", "rd_expenditure",
    "co2_emissions_industry", "employment", "public_cost",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a test gave: its status, the figures in a few words, and the file of evidence with its text (None for a file
    that another command writes)."""

    status: str
    figures: str
    file: Path
    text: str | None = None


def _judged(fine: bool) -> str:
    return PASSED if fine else FAILED


def boundary() -> Found:
    """S1: effects of the packages with each driver held at its value of the year before the policy."""
    horizon = Horizon(START, YEAR)
    function = compiled(prepared_system(), horizon, tuple(INDICATORS))
    cases = {name: inputs_of(shipped_scenarios()[name], horizon.path_years) for name in (REFERENCE, *PACKAGES)}
    rows = []
    for held in ("", *drivers()):
        last = {}
        for name, (parameters, tables) in cases.items():
            found = function(parameters, tables | ({held: _frozen(tables[held])} if held else {}))
            last[name] = {n: float(np.asarray(v).reshape(len(horizon.years), -1)[-1, -1]) for n, v in found.items()}
        for indicator in INDICATORS:
            effects = {p: last[p][indicator] - last[REFERENCE][indicator] for p in PACKAGES}
            strongest = max(effects, key=lambda p: abs(effects[p]))
            rows.append({"held": held or "none", "indicator": indicator, **effects, "strongest": strongest})
    found = pd.DataFrame(rows)
    as_driven = found[found["held"] == "none"].set_index("indicator")["strongest"]
    found["reversed"] = found["strongest"] != found["indicator"].map(as_driven)
    others = found[found["held"] != "none"]
    told = [f"{r.indicator} without {r.held}" for r in others[others["reversed"]].itertuples()]
    figures = f"{len(others)} cases, {len(told)} reversals" + (f": {', '.join(told)}" if told else "")
    return Found(REPORTED if told else PASSED, figures, FILES / "boundary.csv", _csv(found))


def _frozen(array: np.ndarray) -> np.ndarray:
    frozen = np.array(array, dtype=float)
    frozen[KNOWN_UNTIL + 1 - START :] = frozen[KNOWN_UNTIL - START]
    return frozen


def structure(tests: pd.DataFrame) -> Found:
    """S2: every variable with unit, definition and causes."""
    rows = [
        {"variable": v.name, "kind": v.kind, "unit": v.unit, "causes": " ".join(v.causes), "definition": v.doc}
        for v in system().variables.values()
    ]
    found = pd.DataFrame(rows)
    # The inside of a delay is described by the delay that it belongs to.
    bare = found[(found["definition"].str.strip() == "") & ~found["variable"].str.startswith("_")]
    tested, fine = _counted(tests, "S2")
    figures = f"{len(found)} variables in {len(chapters())} chapters, {len(bare)} without definition; {tested}"
    return Found(_judged(bare.empty and fine), figures, FILES / "equations.csv", _csv(found))


def units() -> Found:
    """S3: the unit of every equation."""
    problems = check_units(system())
    text = "\n".join(problems) if problems else f"{len(system().variables)} variables: all units agree"
    return Found(_judged(not problems), f"{len(problems)} errors", FILES / "units.log", text + "\n")


def decisive_numbers() -> Found:
    """S4: the numbers that decide the results, with their grades."""
    ranks = pd.read_csv(TABLE, index_col="number")
    columns = [c for c in ranks.columns if c.startswith("prcc_")]
    chosen = sorted({n for c in columns for n in ranks[c].abs().nlargest(DECISIVE).index})
    found = ranks.loc[chosen]
    weak = int(found["grade"].isin(["C", "D"]).sum())
    figures = f"{len(found)} decisive numbers, {weak} of them grade C or D (labelled wherever they are shown)"
    return Found(REPORTED if weak else PASSED, figures, FILES / "parameters.csv", _csv(found.reset_index()))


def integration() -> Found:
    """S6: half the step, and another method."""
    horizon = Horizon(START, YEAR)
    inputs = inputs_of(shipped_scenarios()[BASELINE], horizon.path_years)
    usual, rk4 = Horizon(START, YEAR, 16), Horizon(START, YEAR, 16, "rk4")
    found = pd.DataFrame(
        {
            "half_step": largest_moves(inputs, usual, Horizon(START, YEAR, 32), names=HEADLINE),
            "euler_against_rk4": largest_moves(inputs, usual, rk4, names=HEADLINE),
        }
    ).rename_axis("indicator")
    worst = found.to_numpy().max()
    return Found(_judged(worst < FINEST), f"largest move {worst:.2%}", FILES / "integ.csv", _csv(found.reset_index()))


def reproduction() -> Found:
    """B1: scores of fit and forecast."""
    scores = pd.read_csv(RESULTS / "scores.csv")
    ahead = scores[(scores["window"] == "forecast") & scores["headline"]]
    won = int((ahead["skill_random_walk"] > 0).sum())
    compared = int(ahead["skill_random_walk"].notna().sum())
    figures = f"{scores['series'].nunique()} series; forecast better than a random walk for {won} of {compared}"
    return Found(REPORTED, figures, RESULTS / "scores.csv")


def anomaly() -> Found:
    """B2: knock-outs."""
    rows = run_knockouts()
    found = pd.DataFrame(
        [
            {
                "loop": r.knockout.id, "indicator": r.shown.indicator, "sector": r.shown.sector, "with": r.with_loop,
                "without": r.without_loop, "change_percent": r.change, "expected": r.shown.expected,
                "at_least_percent": r.shown.minimum, "right_direction": r.right_direction, "as_expected": r.as_expected,
            }
            for r in rows
        ]
    )  # fmt: skip
    wrong, small = found[~found["right_direction"]], found[~found["as_expected"]]
    figures = f"{found['loop'].nunique()} loops and links; of {len(found)} changes {len(wrong)} go the wrong way"
    figures += f", {len(small)} are smaller than was expected"
    status = REPORTED if wrong.empty and not small.empty else _judged(wrong.empty)
    return Found(status, figures, FILES / "anomaly.csv", _csv(found))


def surprises() -> Found:
    """B4: the page written by hand."""
    file = FOLDER / "surprises.md"
    count = file.read_text(encoding="utf-8").count("\n## ")
    return Found(REPORTED if count else FAILED, f"{count} surprises", file)


def sensitivity() -> Found:
    """B5: written by calibration.sensitivity."""
    count = len(pd.read_csv(TABLE))
    return Found(REPORTED, f"{count} numbers drawn together; see docs/evidence/sensitivity.md", TABLE)


def improvement() -> Found:
    """P1: did headline series go the way that the forecast from data to 2015 said?"""
    years = pd.read_csv(RESULTS / "years.csv")
    years = years[(years["window"] == KNOWN_UNTIL) & years["grade"].isin(["A", "B", "C"])]
    rows = []
    for name, own in years.groupby("series", sort=False):
        before, after = own[own["year"] <= KNOWN_UNTIL], own[own["year"] > KNOWN_UNTIL]
        if len(before) and len(after):
            first, last = before.iloc[-1], after.iloc[-1]
            observed, said = last["observed"] - first["observed"], last["median"] - first["median"]
            rows.append(
                {
                    "series": name, "from": int(first["year"]), "to": int(last["year"]), "observed_change": observed,
                    "forecast_change": said, "direction_right": bool(np.sign(observed) == np.sign(said)),
                }
            )  # fmt: skip
    found = pd.DataFrame(rows)
    wrong = found[~found["direction_right"]]["series"].tolist()
    figures = f"{len(found) - len(wrong)} of {len(found)} directions right" + (
        f"; wrong: {', '.join(wrong)}" if wrong else ""
    )
    return Found(PASSED if not wrong else REPORTED, figures, FILES / "holdout.csv", _csv(found))


def run_tests(entries: Mapping[str, Mapping]) -> pd.DataFrame:
    """Run the test files that the entries name: entry, file, test, and whether it passed."""
    rows = []
    for name, entry in entries.items():
        for file in entry.get("files", ()):
            with tempfile.TemporaryDirectory() as folder:
                report = Path(folder) / "report.xml"
                command = [sys.executable, "-m", "pytest", "-q", file, f"--junitxml={report}"]
                subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
                cases = ElementTree.parse(report).iter("testcase")
                rows += [
                    {"entry": name, "file": file, "test": case.get("name"), "passed": _fine(case)} for case in cases
                ]
    return pd.DataFrame(rows)


def _fine(case: ElementTree.Element) -> bool:
    return not any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))


def _counted(tests: pd.DataFrame, name: str) -> tuple[str, bool]:
    own = tests[tests["entry"] == name]
    failed = int((~own["passed"]).sum())
    return f"{len(own)} tests, {failed} failed", len(own) > 0 and failed == 0


def _csv(frame: pd.DataFrame) -> str:
    return frame.to_csv(index=False, float_format="%.6g", lineterminator="\n")


def matrix(tests: pd.DataFrame) -> dict[str, Found]:
    """Every entry with what was found."""

    def tested(name: str) -> Found:
        figures, fine = _counted(tests, name)
        return Found(_judged(fine), figures, FILES / "tests.csv", _csv(tests))

    checks: dict[str, Callable[[], Found]] = {
        "S1": boundary, "S2": lambda: structure(tests), "S3": units, "S4": decisive_numbers, "S6": integration,
        "B1": reproduction, "B2": anomaly, "B4": surprises, "B5": sensitivity, "P1": improvement,
        "P2": lambda: Found(NOT_DONE, "no experts were asked", PAGE),
    }  # fmt: skip
    return {name: checks[name]() if name in checks else tested(name) for name in load_yaml(ENTRIES)}


TEXT = """# 检验矩阵 / Test matrix

由 `python -m analysis.matrix --write` 生成，状态和数字都是算出来的。“reported”表示没有及格线，或没有达到而写明。

Generated by `python -m analysis.matrix --write`; status and figures are computed. "reported" says that there is no pass
mark, or that it was missed and the figures say how. Structure comes before fit: read S before B. Observed years:
{first}-{last}.

{rows}
"""


def page(found: Mapping[str, Found]) -> str:
    """The page."""
    entries, rows = load_yaml(ENTRIES), []
    for name, one in found.items():
        entry = entries[name]
        told = [f"{entry[key]['zh']} / {entry[key]['en']}" for key in ("test", "how", "asks")]
        place = one.file.relative_to(ROOT)
        shown = "" if one.file == PAGE else f"[{place}](../../{place})"
        rows.append((name, *told, f"**{one.status}**", one.figures, shown))
    heads = ("", "检验 / test", "怎样做 / how", "要求 / asks", "状态 / status", "结果 / result", "证据 / evidence")
    return TEXT.format(first=START, last=LAST_OBSERVED, rows=table(heads, rows))


def summary(found: Mapping[str, Found]) -> str:
    """Status and figures of every entry, for the app."""
    rows = [{"test": name, "status": one.status, "figures": one.figures} for name, one in found.items()]
    return _csv(pd.DataFrame(rows))


def main() -> None:
    """Print the page, or write it with its files."""
    found = matrix(run_tests(load_yaml(ENTRIES)))
    if "--write" in sys.argv:
        FILES.mkdir(parents=True, exist_ok=True)
        for one in found.values():
            if one.text is not None:
                one.file.write_text(one.text, encoding="utf-8")
        PAGE.write_text(page(found), encoding="utf-8")
        SUMMARY.write_text(summary(found), encoding="utf-8")
    print(page(found))


if __name__ == "__main__":
    main()
