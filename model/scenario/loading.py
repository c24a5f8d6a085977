"""Loading of scenarios from files and text: everything is checked, and merged with the scenarios that it extends."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from model.engine.text import Text
from model.inputs import LATEST, START, levers

from .checks import check_driver, check_parameter
from .lever_merging import range_problems
from .lever_parsing import parse_lever
from .merging import merged_scenario
from .problems import Problem, Report, ScenarioError, Where, alternatives, key_and_value, missing, quoted, unknown_key
from .scenario import MOST_REPLICATIONS, Scenario
from .yaml_source import Document, parse_document, read_document

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SHIPPED = Path(__file__).parents[2] / "scenarios"
"""Folder of the scenarios that come with the model."""
EXAMPLES = ("as_happened", "no_document", "document_implemented")
"""Shipped scenarios that messages name; there are too many to list."""
BASELINE = "as_happened"
LONGEST_CHAIN = 20
"""Most files that may extend one another."""
SUFFIX = ".yaml"

_TEXT = Text(
    zh="允许：一段文本（形似数字时加引号），或 {zh: …, en: …}，两种语言都要有",
    en="allowed: a text, in quotes where it looks like a number, or {zh: …, en: …} with both languages",
)
ALLOWED = {
    "title": _TEXT,
    "levers": Text(
        zh="允许：每行一个 `lever: value`（政策措施: 取值），没有则写 {}",
        en="allowed: `lever: value` on lines of their own, or {} for none",
    ),
    "description": _TEXT,
    "extends": Text(
        zh="允许：情景名称，或同一文件夹中的文件名",
        en="allowed: the name of a scenario, or of a file beside this one",
    ),
    "parameters": Text(
        zh="允许：每行一个 `parameter: value`（参数: 取值）", en="allowed: `parameter: value` on lines of their own"
    ),
    "drivers": Text(
        zh="允许：每行一个 `driver: value`（外部驱动: 取值）", en="allowed: `driver: value` on lines of their own"
    ),
    "until": Text(zh=f"允许：{START} 至 {LATEST} 的年份", en=f"allowed: a year from {START} to {LATEST}"),
    "pipeline": Text(
        zh="允许：deterministic、stochastic，或 {mode: stochastic, seed: 1, replications: 20}，"
        f"其中 seed 为 0 至 1000000，replications 为 1 至 {MOST_REPLICATIONS}",
        en="allowed: deterministic, stochastic, or {mode: stochastic, seed: 1, replications: 20} with a seed from "
        f"0 to 1000000 and 1 to {MOST_REPLICATIONS} replications",
    ),
}
"""The allowed values of each field of a scenario file; there are no other fields."""
FIELDS = tuple(ALLOWED)


def load_scenario(path: str | Path) -> Scenario:
    """Load and check a scenario file, with all scenarios that it extends; a `ScenarioError` lists all problems."""
    return _load(Path(path), ())


def parse_scenario(text: str | bytes, name: str = "scenario") -> Scenario:
    """Check scenario text, such as an upload; it may extend shipped scenarios only."""
    file = name if name.endswith(SUFFIX) else f"{name}{SUFFIX}"
    return _from_document(parse_document(text, file), Path(file).stem, (), None)


def scenario_from(document: Document, name: str, folder: Path | None, parent: Scenario | None = None) -> Scenario:
    """The scenario in a document that was read already, on top of `parent` where it extends nothing itself; files that
    it names are looked for in `folder`. A `ScenarioError` lists all problems."""
    return _from_document(document, name, (), folder, parent)


@functools.cache
def shipped_scenarios() -> dict[str, Scenario]:
    """The scenarios that come with the model, the baseline first."""
    files = sorted(SHIPPED.glob(f"*{SUFFIX}"), key=lambda f: (f.stem != BASELINE, f.stem))
    return {file.stem: load_scenario(file) for file in files}


def _load(path: Path, chain: tuple[Path, ...]) -> Scenario:
    return _from_document(read_document(path), path.stem, (*chain, path.resolve()), path.parent)


def _from_document(
    document: Document, name: str, chain: tuple[Path, ...], folder: Path | None, parent: Scenario | None = None
) -> Scenario:
    problems: list[Problem] = []

    def report(where: Where, text: Text) -> None:
        problems.append(document.problem(where, text))

    scenario = _shaped(document, report)
    if scenario is not None:
        _check(scenario, report)
    if scenario is None or problems:
        raise ScenarioError(dict.fromkeys(problems))
    if scenario.extends is not None:
        parent = _parent(scenario.extends, document, chain, folder)
    merged = merged_scenario(parent, scenario)
    for lever_id in scenario.levers:
        for where, text in range_problems(levers()[lever_id], merged.levers[lever_id]):
            report(("levers", lever_id, *where), text)
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return merged.model_copy(update={"name": name})


def _shaped(document: Document, report: Report) -> Scenario | None:
    """The document as a `Scenario`; None after reporting the problems of its form.

    Parameters and drivers are not checked yet; of the levers those that are wrong are reported and left out.
    """
    for key in document.data:
        if key not in FIELDS:
            report((key,), unknown_key(key, FIELDS))
    fields = {key: value for key, value in document.data.items() if key in FIELDS}
    lever_data = fields.get("levers")
    by_id = isinstance(lever_data, Mapping) and all(isinstance(name, str) for name in lever_data)
    try:
        scenario = Scenario.model_validate(fields | {"levers": {}} if by_id else fields)
    except ValidationError as error:
        for details in error.errors():
            field = str(details["loc"][0])
            what, allowed = _form_problem(field, details), ALLOWED[field]
            report((field,), Text(zh=f"{what.zh}；{allowed.zh}", en=f"{what.en}; {allowed.en}"))
        return None
    parsed = {name: parse_lever(name, value, ("levers", name), report) for name, value in (lever_data or {}).items()}
    return scenario.model_copy(update={"levers": {name: v for name, v in parsed.items() if v is not None}})


def _form_problem(field: str, details: ErrorDetails) -> Text:
    """The problem of the form of a field, from an error of pydantic."""
    if details["type"] == "missing":
        return missing(field)
    if len(details["loc"]) > 1 or isinstance(details["input"], Mapping):
        return Text(zh=f"`{field}` 的写法无法识别", en=f"`{field}` is not understood")
    return key_and_value(field, details["input"])


def _check(scenario: Scenario, report: Report) -> None:
    for field, check in (("parameters", check_parameter), ("drivers", check_driver)):
        for name, value in getattr(scenario, field).items():
            check(name, value, (field, name), report)


def _parent(target: str, document: Document, chain: tuple[Path, ...], folder: Path | None) -> Scenario:
    """The scenario that `extends` names: a file beside this one, or a shipped scenario."""

    def refuse(text: Text) -> ScenarioError:
        return ScenarioError([document.problem(("extends",), text)])

    file_name = target if target.endswith(SUFFIX) else f"{target}{SUFFIX}"
    candidates = [folder / file_name] if folder is not None else []
    if Path(file_name).name == file_name:
        candidates.append(SHIPPED / file_name)
    path = next((c for c in candidates if _is_file(c)), None)
    if path is None:
        raise refuse(_unknown_parent(target))
    if path.resolve() in chain:
        names = " -> ".join(p.stem for p in (*chain, path.resolve()))
        raise refuse(
            Text(
                zh=f"extends 形成循环：{names}；允许：有尽头的继承关系",
                en=f"circular extends: {names}; allowed: a chain that ends",
            )
        )
    if len(chain) >= LONGEST_CHAIN:
        raise refuse(
            Text(
                zh=f"extends 的层次过多；最多允许 {LONGEST_CHAIN} 个文件",
                en=f"the chain of extends is too long; at most {LONGEST_CHAIN} files are allowed",
            )
        )
    return _load(path, chain)


def _unknown_parent(target: str) -> Text:
    known, some, what = [f.stem for f in sorted(SHIPPED.glob(f"*{SUFFIX}"))], ", ".join(EXAMPLES), quoted(target)
    shipped = Text(
        zh=f"同一文件夹中的文件，或 {len(known)} 个内置情景之一，如 {some}",
        en=f"a file beside this one, or one of the {len(known)} shipped scenarios such as {some}",
    )
    allowed = alternatives(target, known, shipped)
    return Text(
        zh=f"`extends` 所指的 {what.zh} 不存在；{allowed.zh}",
        en=f"`extends` names {what.en}, which is not there; {allowed.en}",
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # names that the file system cannot hold
        return False
