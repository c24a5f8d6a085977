"""Lever values of the command line: `--set lever=value`, with short forms for changed paths."""

from __future__ import annotations

import re

from model.inputs import levers

from .lever_parsing import parse_lever
from .lever_values import LeverValue
from .problems import Report, ScenarioError
from .yaml_source import parse_document

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_SHORT = re.compile(
    rf"(?:[x×](?P<scale>{_NUMBER})|(?P<word>add:)?(?P<add>[+-]{_NUMBER}))(?:@(?P<year>\d{{4}}))?", re.ASCII
)
_SHORT_DELAY = re.compile(r"delay:(?P<delay>[+-]?\d{1,4})", re.ASCII)


def parse_setting(name: str, sector: str | None, text: str, report: Report) -> LeverValue | None:
    """The value of `--set` for a lever, or for one sector of it: a short form, or YAML as after `lever:`.

    Short forms change the path of the scenario: `x1.2` scales it and `add:+5` or `add:-5` shifts it, from 2016 or from
    the year after an `@` on, and `delay:2` delays it. `+5` and `-5` are short for `add:+5` and `add:-5`, except for a
    lever that may be negative: there a number with a sign is a value like any other.
    """
    try:
        data = _setting_data(text, signed=_may_be_negative(name))
    except ScenarioError as error:
        for problem in error.problems:
            report((), problem.text)
        return None
    return parse_lever(name, data if sector is None else {sector: data}, (), report)


def _may_be_negative(name: str) -> bool:
    return name in levers() and levers()[name].min < 0


def _setting_data(text: str, signed: bool) -> object:
    """The plain data of a setting; `signed` says that a number with a sign is a value and no shift."""
    short = _SHORT.fullmatch(text)
    if short and not (signed and short["add"] and not short["word"]):
        year = {} if short["year"] is None else {"from": int(short["year"])}
        mark = "add" if short["scale"] is None else "scale"
        return {mark: float(short[mark])} | year
    if delay := _SHORT_DELAY.fullmatch(text):
        return {"delay": int(delay["delay"])}
    if not text or "\n" in text or "\r" in text:
        return text
    return parse_document(f"value: {text}\n", "setting").data["value"]
