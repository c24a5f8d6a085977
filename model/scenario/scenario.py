"""Scenarios: files in which people say what the levers do, checked before anything runs."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    field_validator,
)

from model.engine.text import LANGUAGES, Text
from model.inputs import (
    DEFAULT,
    END,
    LATEST,
    START,
    branches_of,
    levers,
)

from .checks import check_driver, check_parameter
from .lever_merging import merge, range_problems
from .lever_parsing import lever_value, parse_lever
from .lever_values import LeverValue
from .problems import Problem, Report, ScenarioError, Where, alternatives, given, missing, shown, unknown_key
from .yaml_source import Document, parse_document, read_document

SHIPPED = Path(__file__).parents[2] / "scenarios"
"""Folder of the scenarios that come with the model."""
EXAMPLES = ("as_happened", "no_document", "document_implemented")
"""Shipped scenarios that messages name; there are too many to list."""
BASELINE = "as_happened"
MOST_REPLICATIONS = 1000
"""Most replications of a run with discrete projects."""
LONGEST_CHAIN = 20
"""Most files that may extend one another."""
SUFFIX = ".yaml"

NonEmpty = Annotated[str, Field(min_length=1)]


def _lever_values(data: object) -> dict[str, LeverValue]:
    """Lever values by id, from plain data where they are not parsed yet."""
    if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
        raise ValueError("a mapping of levers is expected")
    return {k: v if isinstance(v, LeverValue) else lever_value(k, v) for k, v in data.items()}


def plain_levers(values: Mapping[str, LeverValue]) -> dict[str, object]:
    """Lever values as plain data, in the form in which scenario files, manifests and cache keys have them."""
    return {name: value.to_data() for name, value in values.items()}


Levers = Annotated[
    dict[str, LeverValue],
    PlainValidator(_lever_values),
    PlainSerializer(plain_levers),
    WithJsonSchema({"type": "object"}),
]


def _text_only(value: object) -> object:
    """A mapping with other keys than the two languages is refused, which a dataclass would overlook."""
    if isinstance(value, Mapping) and set(value) - set(LANGUAGES):
        raise ValueError("only zh and en are allowed")
    return value


BothLanguages = Annotated[
    Text,
    BeforeValidator(_text_only),
    WithJsonSchema(
        {
            "description": "A text in Chinese and English.",
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": list(LANGUAGES),
            "additionalProperties": False,
        }
    ),
]


class Pipeline(BaseModel):
    """How projects are run: `seed` of the first replication and how many there are."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    mode: Literal["stochastic"]
    seed: int = Field(default=1, ge=0, le=10**6, strict=True)
    replications: int = Field(default=1, ge=1, le=MOST_REPLICATIONS, strict=True)


class Scenario(BaseModel):
    """One scenario: what the levers do, and what else differs from the run "as happened".

    Only `title` and `levers` are needed. `parameters` and `drivers` override what the model assumes,
    `extends` names a scenario to start from, `until` is the last year of the run. `pipeline` lets projects be discrete
    and random (see `model.projects`); without it the stocks use the delay that the pipeline implies.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: NonEmpty | BothLanguages
    levers: Levers
    description: str | BothLanguages = ""
    extends: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    drivers: dict[str, Any] = Field(default_factory=dict)
    until: int | None = Field(default=None, ge=START, le=LATEST, strict=True)
    pipeline: Pipeline | None = None
    name: str = Field(default="scenario", exclude=True)
    """That of the file; it cannot be given in the file."""

    @field_validator("pipeline", mode="before")
    @classmethod
    def _named_pipeline(cls, value: object) -> object:
        """The two modes may be given by name alone."""
        return (
            {"deterministic": None, "stochastic": {"mode": "stochastic"}}.get(value, value)
            if isinstance(value, str)
            else value
        )

    def text(self, field: str, language: str) -> str:
        """Title or description in "zh" or "en"."""
        value = getattr(self, field)
        return value if isinstance(value, str) else value[language]


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
"""What each field of a scenario file may be; files have no other fields."""
FIELDS = tuple(ALLOWED)


def load_scenario(path: str | Path) -> Scenario:
    """Load and check a scenario file, with everything it extends; a `ScenarioError` lists what is wrong."""
    return _load(Path(path), ())


def parse_scenario(text: str | bytes, name: str = "scenario") -> Scenario:
    """Check scenario text, such as an upload; it may extend shipped scenarios only."""
    file = name if name.endswith(SUFFIX) else f"{name}{SUFFIX}"
    return _from_document(parse_document(text, file), Path(file).stem, (), None)


@functools.cache
def shipped_scenarios() -> dict[str, Scenario]:
    """The scenarios that come with the model, the baseline first."""
    files = sorted(SHIPPED.glob(f"*{SUFFIX}"), key=lambda f: (f.stem != BASELINE, f.stem))
    return {file.stem: load_scenario(file) for file in files}


def _load(path: Path, chain: tuple[Path, ...]) -> Scenario:
    return _from_document(read_document(path), path.stem, (*chain, path.resolve()), path.parent)


def _from_document(document: Document, name: str, chain: tuple[Path, ...], folder: Path | None) -> Scenario:
    problems: list[Problem] = []

    def report(where: Where, text: Text) -> None:
        problems.append(document.problem(where, text))

    scenario = _shaped(document, report)
    if scenario is not None:
        _check(scenario, report)
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    parent = None
    if scenario.extends is not None:
        parent = _parent(scenario.extends, document, chain, folder)
    merged = _merged(parent, scenario)
    for lever_id in scenario.levers:
        for where, text in range_problems(levers()[lever_id], merged.levers[lever_id]):
            report(("levers", lever_id, *where), text)
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return merged.model_copy(update={"name": name})


def _shaped(document: Document, report: Report) -> Scenario | None:
    """The document as a `Scenario`; None after reporting what is wrong with its form.

    Parameters and drivers are not checked yet; of the levers those that are wrong are reported and left out.
    """
    for key in document.data:
        if key not in FIELDS:
            report((key,), unknown_key(key, FIELDS))
    fields = {key: value for key, value in document.data.items() if key in FIELDS}
    levers_given = fields.get("levers")
    by_id = isinstance(levers_given, Mapping) and all(isinstance(name, str) for name in levers_given)
    try:
        scenario = Scenario.model_validate(fields | {"levers": {}} if by_id else fields)
    except ValidationError as error:
        for found in error.errors():
            field = found["loc"][0]
            what, allowed = _form_problem(field, found), ALLOWED[field]
            report((field,), Text(zh=f"{what.zh}；{allowed.zh}", en=f"{what.en}; {allowed.en}"))
        return None
    parsed = {name: parse_lever(name, value, ("levers", name), report) for name, value in levers_given.items()}
    return scenario.model_copy(update={"levers": {name: v for name, v in parsed.items() if v is not None}})


def _form_problem(field: str, found: Mapping[str, Any]) -> Text:
    """What is wrong with the form of a field, from an error of pydantic."""
    if found["type"] == "missing":
        return missing(field)
    if len(found["loc"]) > 1 or isinstance(found["input"], Mapping):
        return Text(zh=f"`{field}` 的写法无法识别", en=f"`{field}` is not understood")
    return given(field, found["input"])


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
    known, some, what = [f.stem for f in sorted(SHIPPED.glob(f"*{SUFFIX}"))], ", ".join(EXAMPLES), shown(target)
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


def _merged(parent: Scenario | None, child: Scenario) -> Scenario:
    """The child on top of its parent; levers and parameters that the child sets by sector keep the parent's rest."""
    if parent is None:
        return child.model_copy(update={"levers": with_levers({}, child.levers)})
    return child.model_copy(
        update={
            "levers": with_levers(parent.levers, child.levers),
            "parameters": parent.parameters
            | {n: _joined_parameter(parent.parameters.get(n), v) for n, v in child.parameters.items()},
            "drivers": parent.drivers | child.drivers,
            "until": parent.until if child.until is None else child.until,
            "pipeline": child.pipeline if "pipeline" in child.model_fields_set else parent.pipeline,
        }
    )


def with_levers(old: Mapping[str, LeverValue], new: Mapping[str, LeverValue]) -> dict[str, LeverValue]:
    """Lever values `new` on top of `old`, sector by sector; changed paths change those of `old`."""
    return {**old, **{name: merge(levers()[name], old.get(name), value) for name, value in new.items()}}


def _joined_parameter(old: object, new: object) -> object:
    if old is None or not isinstance(new, Mapping):
        return new
    before = old if isinstance(old, Mapping) else {DEFAULT: old}
    renewed = {branch for name in new if name != DEFAULT for branch in branches_of(name)}
    kept = {n: v for n, v in before.items() if n == DEFAULT or not renewed.issuperset(branches_of(n))}
    return dict(new) if DEFAULT in new else {**kept, **new}


def last_year(scenario: Scenario, until: int | None = None) -> int:
    """Last year of the run: `until`, else the scenario's own, else 2025."""
    return until or scenario.until or END
