"""The table of the dose responses on the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np

from model.inputs import END

from .dose_response import DOSES, FIRST, LASTING, ONE_YEAR, Response, dose_responses
from .lever_contract import LEVER_ITEMS, SPINE_ITEMS, Verdict, quarters_text, verdicts
from .lever_expectations import Entry, Expectations, ExpectationsError, expectations
from .response_shape import is_monotone, shares_by_part, time_to_half

YEARS = (2020, END)
WIDTH = 24


def main(arguments: Sequence[str]) -> int:
    """Print the responses of the named levers (default: all) and the verdicts on them; the exit code."""
    try:
        wanted = expectations()
        entries = chosen(arguments, wanted)
    except ExpectationsError as error:
        print(error, file=sys.stderr)
        return 2
    responses = dose_responses(entries, wanted.outcomes, wanted.contract.doubling)
    results = verdicts(responses, wanted)
    for response in responses.by_entry.values():
        print("\n".join(response_lines(response, wanted)))
        print("\n".join(verdict_lines([one for one in results if one.entry == response.entry.id])), end="\n\n")
    doubling = wanted.contract.doubling
    effects = {name: responses.doubled[name][doubling.outcome][-1] for name in (ONE_YEAR, LASTING)}
    print(
        f"Doubling {doubling.lever}, {doubling.outcome} of {END}: in {doubling.year} alone {effects[ONE_YEAR]:+.4f} %, "
        f"lasting from 2016 {effects[LASTING]:+.4f} %"
    )
    failed = [one for one in results if not one.passed]
    print(f"{len(results) - len(failed)} of {len(results)} items pass")
    return 0


def chosen(names: Sequence[str], wanted: Expectations) -> list[Entry]:
    """The entries of the named levers (or entries), in the order of the file. Raises ExpectationsError."""
    known = {*wanted.entries, *(entry.lever for entry in wanted.entries.values())}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ExpectationsError(f"{unknown[0]}: no lever has this name; allowed: {', '.join(wanted.entries)}")
    return [entry for entry in wanted.entries.values() if not names or {entry.id, entry.lever} & set(names)]


def response_lines(response: Response, wanted: Expectations) -> Iterator[str]:
    """Effects of one lever by outcome and dose, and the shape of the response."""
    entry = response.entry
    doses = "".join(f"{dose:9.0%}" for dose in DOSES[1:])
    yield f"== {entry.id}: {entry.label['en']}; cost by dose {np.array2string(response.cost[:, -1].round())} 亿元"
    yield f"{'effect in':{WIDTH}}" + "".join(f"{year:>{len(doses)}}" for year in YEARS)
    yield f"{'at dose':{WIDTH}}{doses * len(YEARS)}  {'quarters':18} {'half':>5} {'marginal':>8}"
    for name in dict.fromkeys((*wanted.headline, entry.own)):
        yield _outcome_line(response, name, wanted)


def _outcome_line(response: Response, name: str, wanted: Expectations) -> str:
    effects = response.at(name)
    cells = "".join("".join(f"{value:9.2f}" for value in response.at(name, year)[1:]) for year in YEARS)
    if abs(effects[-1]) < wanted.outcomes[name].moves:
        return f"{name:{WIDTH}}{cells}  -"
    years = time_to_half(response.effects[name][-1][FIRST:])
    ratio = response.change[name][-1] / response.span / effects[-1] if response.span else float("nan")
    shape = "" if is_monotone(effects) else "  not monotone"
    quarters = quarters_text(shares_by_part(effects))
    return f"{name:{WIDTH}}{cells}  {quarters:18} {years:5.1f} {ratio:8.2f}{shape}"


def verdict_lines(results: Sequence[Verdict]) -> Iterator[str]:
    """One line for each item: whether it passes, and the figures that decide it."""
    titles = {**SPINE_ITEMS, **LEVER_ITEMS}
    for one in results:
        figures = "; ".join(f"{part.outcome} {part.figures.en}{'' if part.passed else ' <<<'}" for part in one.parts)
        yield f"  {'pass' if one.passed else 'FAIL'}  {one.item:12} {titles[one.item].en}: {figures}"
