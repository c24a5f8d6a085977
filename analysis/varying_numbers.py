"""The numbers that vary in an experiment: their names, and how well each is known."""

from __future__ import annotations

from calibration.estimated import candidates
from model.axes import BRANCH_LABELS
from model.engine.text import Text
from model.inputs import drivers, levers, parameters

DISTURBANCE = "disturbance."
"""Begins the names of disturbances of national demand."""
CHANGES = {
    "factor": Text("倍数", "times its path"),
    "shift": Text("加减", "added"),
    "delay": Text("推迟年数", "years later"),
    "multiply": Text("倍数", "times its path"),
    "add": Text("加减", "added"),
}
DRIVERS = Text("外部环境", "drivers")


def name_of(number: str) -> Text:
    """The name of a dimension or condition in both languages."""
    if number == "drivers":
        return DRIVERS
    if number.startswith(DISTURBANCE):
        base = _with_rest(number.removeprefix(DISTURBANCE))
        return Text(zh=f"{base.zh}的扰动", en=f"disturbance of {base.en}")
    return _with_rest(number)


def _with_rest(number: str) -> Text:
    """The name of what is before the first point, and of the branches and kinds of change after it."""
    base, *rest = number.split(".")
    owner = levers().get(base) or drivers().get(base) or parameters().get(base)
    zh, en = (owner.zh, owner.en) if owner else (base, base)
    for part in rest:
        label = CHANGES.get(part) or Text(*_branch(part))
        zh, en = f"{zh}（{label.zh}）", f"{en} ({label.en})"
    return Text(zh=zh, en=en)


def _branch(label: str) -> tuple[str, str]:
    zh, en = (*BRANCH_LABELS.get(label, (label, label)),)[:2]
    return zh, en


def unit_of(number: str) -> str:
    """The unit of a number of the model; none for what has none, and for changes of levers and drivers."""
    if number not in candidates():
        return ""
    unit = parameters()[candidates()[number].parameter].unit
    return "" if unit == "1" else unit


def evidence_of(name: str) -> tuple[str, str]:
    """Grade and source of what a dimension varies; nothing for a policy lever, which is chosen and not known."""
    if name in candidates():
        return candidates()[name].grade, candidates()[name].prior.source
    base = name.partition(".")[0]
    if base in drivers() and base not in levers():
        return drivers()[base].grade, drivers()[base].source
    return "", ""
